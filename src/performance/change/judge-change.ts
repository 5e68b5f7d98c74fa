import { quantileSorted } from "simple-statistics"
import { exp } from "../../math/exact/exp.js"
import { listDetectableShifts } from "../../math/stats/detectable-shifts.js"
import type { SharedEffect } from "../../math/stats/shared-effect.js"
import type { Interval } from "../../math/stats/interval.js"
import { setsForLevel, smallestPValue, testShift } from "../../math/stats/shift-test.js"
import { countWays, listTreatedSets, type TreatedSets } from "../../math/stats/treated-sets.js"
import { formatCount } from "../../model/format-amount.js"
import type { ChangeEffect, ChangeVerdict, MinimumDetectableEffect } from "./change-result.js"
import type { ChangeTransform } from "./history-options.js"
import { LEAST_CLUSTERS } from "./shared-clusters.js"
import { measureChanges, type TerritoryChange } from "./territory-changes.js"

/** How strictly to judge; see `ChangeOptions`. */
export interface TestLevel {
  readonly falseAlarmRate: number
  readonly power: number
  readonly seed: number
}

/** With fewer treated or control territories one odd one would be the verdict. */
export const LEAST_TERRITORIES = 3
/** Ways up to this are all looked at; of more, so many are drawn. */
const MOST_SETS = 20_000
/** Units in all sets: with hundreds of treated territories fewer sets do. */
const MOST_MEMBERS = 2e7
/** Placebos, and sets that each is tested with; more where the level asks for more. */
const PLACEBOS = 100
const PLACEBO_SETS = 500

/** What is known of chance beside the changes themselves. */
export interface Noise {
  /** How many times as much treated territories fluctuate as controls, for the minimum detectable effect. */
  readonly spread: number
  /** What territories have in common: `none` where they share nothing, `one` where one cluster makes up all of a side. */
  readonly clusters: SharedEffect | "none" | "one"
}

/** Effect, verdict and what would have been found. */
export interface JudgedChange {
  readonly effect: ChangeEffect
  readonly verdict: ChangeVerdict
  readonly needs: string | null
  readonly minimumDetectableEffect: MinimumDetectableEffect | null
}

/** The sets that a test of these numbers of territories looks at. @param treated and @param controls at least 1 */
export function setsFor(treated: number, controls: number, seed: number): TreatedSets {
  return listTreatedSets(treated + controls, treated, Math.min(MOST_SETS, Math.max(1000, Math.floor(MOST_MEMBERS / treated))), seed)
}

/**
 * Judges the change of treated territories against that of controls. One number a territory: so the dependence of its periods does no harm
 * (Bertrand, Duflo & Mullainathan 2004), and with one moment of change the mean difference is the two-way fixed effects estimate.
 *
 * @param changes treated first, then controls; each with both sides, positive with `log`
 * @param length periods that a sum goes over; 1 for ratios
 * @param noise what is known of chance beside the numbers themselves
 */
export function judgeChange(changes: readonly TerritoryChange[], treatedCount: number, transform: ChangeTransform, length: number, sets: TreatedSets, noise: Noise, { falseAlarmRate, power, seed }: TestLevel): JudgedChange {
  const controlCount = changes.length - treatedCount
  const numbers = measureChanges(changes, transform, length)
  const { spread, clusters } = noise
  const inflation = inflationOf(clusters)
  const { estimate, interval, pValue } = testShift(numbers, sets, falseAlarmRate, inflation)
  const mean = (side: "before" | "after"): number => changes.slice(0, treatedCount).reduce((sum, change) => sum + (change[side] ?? 0), 0) / treatedCount / length
  const after = mean("after")
  // what treated territories would have had, were the effect as given
  const without = (shift: number): number => (transform === "log" ? after / exp(shift) : after - shift)
  const relativeOf = (shift: number): number | null => {
    const relative = transform === "log" ? exp(shift) - 1 : without(shift) > 0 ? shift / without(shift) : NaN
    return Number.isFinite(relative) ? (relative === 0 ? 0 : relative) : null
  }
  const [low, high] = interval === null ? [null, null] : [relativeOf(interval.low), relativeOf(interval.high)]
  const relativeInterval: Interval | null = low === null || high === null ? null : { low, high }
  const finite = (value: number): number | null => (Number.isFinite(value) ? value + 0 : null)
  const effect: ChangeEffect = {
    transform,
    estimate: estimate === 0 ? 0 : estimate,
    interval,
    relative: relativeOf(estimate),
    relativeInterval,
    absolute: finite(after - without(estimate)),
    pValue,
    ways: sets.ways,
    isExact: sets.isExact,
    treatedCount,
    controlCount,
    designEffect: inflation,
  }
  const needs = findNeeds(treatedCount, controlCount, sets, falseAlarmRate) ?? findClusterNeeds(clusters)
  if (needs !== null) return { effect, verdict: "too little data", needs, minimumDetectableEffect: null }
  const verdict: ChangeVerdict = pValue > falseAlarmRate ? "consistent with chance" : estimate > 0 ? "higher" : "lower"
  const independent = detectableShift(withoutEffect(numbers, treatedCount, spread), treatedCount, spread, { falseAlarmRate, power, seed })
  const shift = independent === null ? null : independent * Math.sqrt(inflation)
  const counterfactual = without(estimate)
  const shown = shift === null ? null : transform === "log"
    ? { relative: finite(exp(shift) - 1), absolute: finite(counterfactual * (exp(shift) - 1)) }
    : { relative: counterfactual > 0 ? finite(shift / counterfactual) : null, absolute: finite(shift) }
  return { effect, verdict, needs: null, minimumDetectableEffect: shown }
}

/** The quantile at the power of what placebos would find; at least 0. Null where they find nothing at all. */
function detectableShift(changes: Float64Array, treatedCount: number, spread: number, { falseAlarmRate, power, seed }: TestLevel): number | null {
  const shifts = listDetectableShifts(changes, treatedCount, { level: falseAlarmRate, seed, draws: PLACEBOS, sets: setsForLevel(falseAlarmRate, PLACEBO_SETS), spread })
  return shifts.length === 0 ? null : Math.max(0, quantileSorted(Array.from(shifts), power))
}

/** Residuals within treated and within controls, widened by what two means have taken from their spread, and of one spread. */
function withoutEffect(numbers: Float64Array, treatedCount: number, spread: number): Float64Array {
  const n = numbers.length
  const mean = (from: number, to: number): number => numbers.subarray(from, to).reduce((sum, change) => sum + change, 0) / (to - from)
  const [treated, others] = [mean(0, treatedCount), mean(treatedCount, n)]
  const widened = Math.sqrt(n / (n - 2))
  return numbers.map((change, j) => (j < treatedCount ? (change - treated) / spread : change - others) * widened)
}

/** By how much the variance is larger because territories share clusters; what they take from both sides is not counted. */
export function inflationOf(clusters: Noise["clusters"]): number {
  if (typeof clusters === "string" || !(clusters.independent > 0)) return 1
  const inflation = (clusters.clustered / clusters.independent) * clusters.widening
  return Number.isFinite(inflation) ? Math.max(1, inflation) : 1
}

/** What clusters lack for a verdict; null: nothing. */
export function findClusterNeeds(clusters: Noise["clusters"]): string | null {
  if (clusters === "one") return "A verdict needs treated territories and controls of several clusters: one cluster makes up all of a side."
  if (clusters === "none") return null
  const [treated, controls] = clusters.clusterCounts
  if (Math.min(treated, controls) >= LEAST_CLUSTERS) return null
  return `A verdict needs at least ${LEAST_CLUSTERS} clusters among treated territories and ${LEAST_CLUSTERS} among controls; there are ${treated} and ${controls}.`
}

/** What is missing for a verdict; null: nothing. */
export function findNeeds(treated: number, controls: number, sets: Pick<TreatedSets, "n" | "size" | "count" | "ways">, level: number): string | null {
  const have = `there are ${treated} and ${controls}`
  if (treated < LEAST_TERRITORIES || controls < LEAST_TERRITORIES) return `A verdict needs at least ${LEAST_TERRITORIES} treated territories and ${LEAST_TERRITORIES} controls with records before and after; ${have}.`
  if (smallestPValue(sets) <= level) return null
  let more = controls + 1
  while (more < 10_000 && (2 * treated === treated + more ? 2 : 1) / countWays(treated + more, treated) > level) more++
  return `A verdict at a false alarm rate of ${level} needs ${formatCount(more, "control")} with ${treated} treated: ${have}, and in ${sets.ways} ways of choosing them the p-value cannot be below ${Number(smallestPValue(sets).toFixed(4))}.`
}
