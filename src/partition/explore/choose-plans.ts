import { smallestOf } from "../../math/stats/extremes.js"
import { findKnee, scaleRows } from "../../math/pareto/knee.js"
import { findNonDominated } from "../../math/pareto/non-dominated.js"
import { pickSpread } from "../../math/pareto/spread.js"
import type { PlanRole } from "./explore-result.js"
import type { Trial } from "./trial.js"

/** A plan of the set, with what it stands for. */
export interface ChosenPlan {
  readonly trial: Trial
  readonly roles: readonly PlanRole[]
}

/** What is left of all trials, and what is shown of that. */
export interface ChosenPlans {
  /** Different plans none of which dominates another, the cheapest first. */
  readonly frontier: readonly Trial[]
  /** From few moves to many, then from tight balance to loose. */
  readonly chosen: readonly ChosenPlan[]
}

/** Axes that a frontier has beside cost. */
export interface Axes {
  /** Whether cost is one itself: without distances all plans cost nothing. */
  readonly hasCost: boolean
  readonly hasImbalance: boolean
  readonly hasMoves: boolean
  /** Whether imbalance is around targets; else around the fairest activities that can be reached. */
  readonly areBoundsKept: boolean
}

/** Two plans are one where so much of the weight has the same owner, and every figure differs by less than this share of its own or of the frontier. */
const SAME_OWNERS = 0.995
const SAME_FIGURES = 0.002

/**
 * The plans worth showing: not dominated, different, and of these the extremes, the knee and others that lie far apart. Plans that
 * break a stated bound take part only where none keeps all. O(trials^2 n).
 *
 * @param weights n: what counts as the same
 */
export function choosePlans(
  trials: readonly Trial[],
  { hasCost, hasImbalance, hasMoves }: Axes,
  weights: Float64Array,
  count: number,
): ChosenPlans {
  const figuresOf = ({ cost, imbalance, moved }: Trial): number[] => [cost, ...(hasImbalance ? [imbalance] : []), ...(hasMoves ? [moved] : [])]
  const least = smallestOf(trials.map((trial) => trial.outside))
  const kept = trials.filter((trial) => trial.outside <= least)
  const rows = kept.map(figuresOf)
  const nonDominated = findNonDominated(rows).sort((a, b) => kept[a].cost - kept[b].cost || a - b)
  // extremes stay, whatever is like them
  const bare = nonDominated.map((at) => rows[at])
  const extremes = (bare[0] ?? []).map((_, f) => firstLeast(bare, f))
  const order = [...new Set([...extremes, ...nonDominated.keys()])]
  const scaled = scaleRows(bare)
  const different: number[] = []
  for (const at of order) {
    const isKnown = different.some((other) => areAlike(scaled[at], scaled[other]) && sameWeight(kept[nonDominated[at]].owner, kept[nonDominated[other]].owner, weights) >= SAME_OWNERS)
    if (extremes.includes(at) || !isKnown) different.push(at)
  }
  different.sort((a, b) => a - b)
  const frontier = different.map((at) => kept[nonDominated[at]])
  const again = scaleRows(frontier.map(figuresOf))
  const knee = findKnee(again)
  const roleOf: (readonly [PlanRole, number])[] = [
    ...(hasCost ? ([["most-compact", 0]] as const) : []),
    ...(hasImbalance ? ([["best-balanced", firstLeast(again, 1)]] as const) : []),
    ...(hasMoves ? ([["fewest-moves", firstLeast(again, again[0].length - 1)]] as const) : []),
    ...(knee === null ? [] : ([["knee", knee]] as const)),
  ]
  const shown = pickSpread(again, roleOf.map(([, at]) => at), count)
  const chosen = shown.map((at) => ({ trial: frontier[at], roles: roleOf.flatMap(([role, place]) => (place === at ? [role] : [])) }))
  chosen.sort((a, b) => a.trial.moved - b.trial.moved || a.trial.imbalance - b.trial.imbalance || a.trial.cost - b.trial.cost)
  return { frontier, chosen }
}

/** The first row whose figure f is the least; of several the one that is least in all others, as rows come by cost. */
function firstLeast(rows: readonly (readonly number[])[], f: number): number {
  let best = 0
  rows.forEach((row, at) => {
    if (row[f] < rows[best][f]) best = at
  })
  return best
}

function areAlike(one: readonly number[], other: readonly number[]): boolean {
  return one.every((figure, f) => Math.abs(figure - other[f]) <= SAME_FIGURES)
}

/** Weight of accounts with the same owner, as a share of all; of accounts alone where nothing weighs. */
function sameWeight(one: Int32Array, other: Int32Array, weights: Float64Array): number {
  let [same, all, count] = [0, 0, 0]
  for (let i = 0; i < one.length; i++) {
    all += weights[i]
    if (one[i] !== other[i]) continue
    same += weights[i]
    count++
  }
  return all > 0 ? same / all : count / one.length
}
