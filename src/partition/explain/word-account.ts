import type { AccountExplanation, BrokenBound, TerritoryChoice } from "./explanation-result.js"
import { BOUND_DIGITS, showApart, showRound } from "./show-figures.js"

/** What a sentence about an account is made of. */
type Facts = Omit<AccountExplanation, "message">

/**
 * Says in one or two sentences where an account is and why.
 *
 * @param unit of distances, after a space; empty where it is the caller's
 */
export function wordAccount(facts: Facts, unit: " km" | "", groupSize: number): string {
  const { accountId, territoryId, decidedBy, alternative, runnerUp } = facts
  const distance = facts.distance ?? 0 // told elsewhere where distances do not count
  const [own, other] = showApart(distance, (alternative ?? runnerUp)?.distance ?? distance)
  const here = `${accountId} is in ${JSON.stringify(territoryId)} (${own}${unit} away)`
  if (alternative === null) {
    const next = runnerUp === null ? "; there is no other for it" : `. Next is ${named(runnerUp, other + unit)}: ${describeChange(runnerUp)}`
    return `${here}, the nearest territory${next}.`
  }
  const there = named(alternative, other + unit)
  if (decidedBy === "balance") {
    const bound = facts.brokenBound === null ? "" : ` ${capitalized(whyWhole(facts.brokenBound, territoryId))}.`
    return `${here}, not in the nearer ${there}, which would be ${describeChange(alternative)}.${bound}`
  }
  if (decidedBy === "none") {
    return alternative.extraCost < 0
      ? `${here}, not in the nearer ${there}, where it would cost ${showRound(-alternative.extraCost)} less for distance: no bound and no other option is in the way of that move.`
      : `${here}, not in the nearer ${there}: it has no weight, so that its distance costs nothing.`
  }
  // without prices, or without weight, being nearer may be all that can be said
  const gain = alternative.totalChange < 0 ? `, where it would cost ${showRound(-alternative.totalChange)} less${hasPrices(alternative) ? " at the plan's prices" : ""}` : ""
  const instead = `${here}, not in the nearer ${there}${gain}`
  if (decidedBy === "locked") return `${instead}: it is locked.`
  if (decidedBy === "distance") return `${instead}: it would be farther from its center than maxDistance.`
  if (decidedBy === "eligible") return `${instead}: it is not eligible there.`
  if (decidedBy === "together") return `${instead}: the ${groupSize} accounts of its group stay together.`
  if (decidedBy === "disruption") return `${instead}: a change of owner costs more than that, or more than the budget allows.`
  return `${instead}: ${whyWhole(facts.brokenBound as BrokenBound, territoryId)}.`
}

/** "t04" (12.4 km away) */
function named({ territoryId }: TerritoryChoice, distance: string): string {
  return `${JSON.stringify(territoryId)} (${distance} away)`
}

const hasPrices = ({ priceChanges }: TerritoryChoice): boolean => Object.values(priceChanges).some((change) => change !== 0)

/** `345 more for distance, 12 less for hours, 333 more in all` */
function describeChange(choice: TerritoryChoice): string {
  const parts = [changeOf(choice.extraCost, "distance"), ...Object.entries(choice.priceChanges).flatMap(([name, change]) => (change === 0 ? [] : [changeOf(change, name)]))]
  return parts.length === 1 ? parts[0] : `${parts.join(", ")}, ${choice.totalChange === 0 ? "the same" : changeOf(choice.totalChange, null)} in all`
}

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

function changeOf(change: number, what: string | null): string {
  return `${showRound(Math.abs(change))} ${change < 0 ? "less" : "more"}${what === null ? "" : ` for ${what}`}`
}

function whyWhole({ territoryId, measure, side, activity, limit }: BrokenBound, own: string): string {
  const [has, bound] = showApart(activity, limit, BOUND_DIGITS)
  const what = side === "max" ? `more than its maximum of ${bound}` : `less than its minimum of ${bound}`
  return side === "min" && territoryId === own ? `${JSON.stringify(territoryId)} would be left with ${has} of ${measure}, ${what}` : `there would then be ${has} of ${measure} in ${JSON.stringify(territoryId)}, ${what}`
}
