import { smallestOf } from "../../math/stats/extremes.js"
import { log10 } from "../../math/exact/log10.js"
import { powerOfTen } from "../../math/exact/power-of-ten.js"
import { formatAmount } from "../../model/format-amount.js"
import type { Axes, ChosenPlan } from "./choose-plans.js"
import type { NextStep, PlanRole } from "./explore-result.js"
import type { Trial } from "./trial.js"

/** Significant digits of a figure in a label, and how many more where two labels would be the same. */
const DIGITS = 2
const MOST_DIGITS = 6
/** A digit of rounding is no tighter balance. */
const ROUNDING = 1e-9

/** What a role is called; today's owners have words of their own. */
const ROLES: Readonly<Record<PlanRole, string>> = {
  "most-compact": "most compact",
  "best-balanced": "best balanced",
  "fewest-moves": "fewest moves",
  knee: "knee",
}

/**
 * A label for every plan: what it stands for, how balanced it is, what moves. No two are the same: figures get more digits where it
 * takes these to tell two plans apart.
 *
 * @param moving what moves, in the words of a sentence: "of the accounts"
 */
export function labelPlans(chosen: readonly ChosenPlan[], axes: Axes, moving: string): string[] {
  const least = smallestOf(chosen.map(({ trial }) => trial.cost))
  for (let digits = DIGITS; digits <= MOST_DIGITS; digits++) {
    const labels = chosen.map((plan) => labelOf(plan, axes, moving, least, digits))
    if (new Set(labels).size === labels.length) return labels
  }
  return chosen.map((plan, at) => `${labelOf(plan, axes, moving, least, MOST_DIGITS)} (${at + 1})`)
}

function labelOf(
  { trial, roles }: ChosenPlan,
  { hasImbalance, hasMoves, areBoundsKept }: Axes,
  moving: string,
  least: number,
  digits: number,
): string {
  const isToday = hasMoves && trial.moved === 0
  const names = roles.filter((role) => !(isToday && role === "fewest-moves")).map((role) => ROLES[role])
  if (isToday) names.unshift("today's owners")
  const parts: string[] = []
  if (hasImbalance) parts.push(wordBalance(trial.imbalance, areBoundsKept, digits))
  if (hasMoves) parts.push(isToday ? "nothing moves" : `${showShare(trial.moved, digits)} ${moving} ${moving === OF_ACCOUNTS ? "move" : "moves"}`)
  else if (trial.cost > least && least > 0) parts.push(`costs ${showShare(trial.cost / least - 1, digits)} more than the most compact`)
  const figures = parts.join(", ")
  return names.length === 0 ? figures : figures === "" ? names.join(", ") : `${names.join(", ")}: ${figures}`
}

function wordBalance(imbalance: number, areBoundsKept: boolean, digits: number): string {
  if (imbalance === 0) return areBoundsKept ? "exactly balanced" : "as fair as can be"
  const within = `within ${showWithin(imbalance, digits)}`
  return areBoundsKept ? `balanced ${within}` : `${within} of what is fair`
}

/** How what moves is called where every account counts 1. */
export const OF_ACCOUNTS = "of the accounts"

/** One step in a sentence. */
export function wordStep(direction: NextStep["direction"], from: Trial, to: Trial, moving: string): string {
  const difference = Math.abs(to.cost - from.cost)
  const amount = from.cost > 0 ? showShare(difference / from.cost, DIGITS) : formatAmount(Number(difference.toPrecision(DIGITS + 1)))
  const effect = to.cost < from.cost ? `would save ${amount} of the distance cost` : `would cost ${amount} more in distance`
  if (direction === "more-moves") return `moving another ${showShare(to.moved - from.moved, DIGITS)} ${moving} ${effect}`
  if (direction === "fewer-moves") return `moving ${showShare(from.moved - to.moved, DIGITS)} ${moving} less ${effect}`
  if (from.imbalance === 0) return `balance within ${showWithin(to.imbalance, DIGITS)} instead of exact balance ${effect}`
  if (to.imbalance === 0) return `exact balance instead of one within ${showWithin(from.imbalance, DIGITS)} ${effect}`
  for (let digits = DIGITS; ; digits++) {
    const [one, other] = [showWithin(from.imbalance, digits), showWithin(to.imbalance, digits)]
    if (one !== other || digits === MOST_DIGITS) return `balance within ${other} instead of ${one} ${effect}`
  }
}

/** A fraction as per cent, rounded. */
function showShare(share: number, digits: number): string {
  return `${formatAmount(Number((100 * share).toPrecision(digits)))} %`
}

/** A fraction as per cent, rounded up: what is within 2.51 % is not within 2.5 %. */
function showWithin(share: number, digits: number): string {
  const percent = 100 * share
  const near = Number(percent.toPrecision(digits))
  if (near >= percent * (1 - ROUNDING)) return `${formatAmount(near)} %`
  return `${formatAmount(Number((near + powerOfTen(Math.floor(log10(percent)) - digits + 1)).toPrecision(digits)))} %`
}
