import { quantileSorted } from "simple-statistics"
import { exp } from "../../math/exact/exp.js"
import { listDetectableShifts } from "../../math/stats/detectable-shifts.js"
import type { SharedEffect } from "../../math/stats/shared-effect.js"
import { setsForLevel } from "../../math/stats/shift-test.js"
import type { ChangeTransform } from "./history-options.js"
import { inflationOf, type Noise, type TestLevel } from "./judge-change.js"
import { matchPeriods, type LikePeriods } from "./like-periods.js"
import type { History } from "./read-history.js"
import { measureShared, type SharedClusters } from "./shared-clusters.js"
import { compareTerritories, isPositive, measureChanges } from "./territory-changes.js"

/** Placebo moments of change that one length is tried at, the latest first; placebos of all, and sets that each is tested with. */
const MOMENTS = 8
const DRAWS = 96
const SETS = 300
/** Periods before a placebo moment, at least. */
const LEAST_BEFORE = 3

/** What a test of one length would find. */
export interface Foreseen {
  readonly periods: number
  /** Relative. */
  readonly minimumDetectableEffect: number
  /** Placebo moments of change that history has room for. */
  readonly placebos: number
}

/** A design that is tried out on history. */
export interface Design {
  readonly history: History
  /** Indices of territories, treated first. */
  readonly tested: readonly number[]
  readonly treatedCount: number
  /** Whole periods of history, ascending indices. */
  readonly periods: readonly number[]
  readonly transform: ChangeTransform
  readonly seasons: "matched" | "pooled"
}

/** What territories did from before to after a moment at which nothing was changed. */
interface Moment {
  readonly like: LikePeriods
  readonly numbers: Float64Array
  /** Mean of the tested territories after it, per period. */
  readonly level: number
}

/** The latest first, a whole test apart; empty where history has no room for one. @param length periods after the change */
function listMoments({ history, tested, periods, transform, seasons }: Design, length: number): Moment[] {
  const moments: Moment[] = []
  const span = spanOf(history, length)
  let mode = seasons
  for (let end = periods.length; moments.length < MOMENTS && end - length >= LEAST_BEFORE; end -= length) {
    const like = matchPeriods(history.periods.calendar, periods.slice(0, end - length), periods.slice(end - length, end), mode)
    if (like.isUnmatched && moments.length > 0) break
    mode = like.seasons // less than a year of history before the latest moment: seasons count as noise
    const changes = compareTerritories(history, like)
    const found = tested.map((t) => changes[t])
    if (found.some((one) => one.before === null || one.after === null || (transform === "log" && !isPositive(one)))) break
    const level = found.reduce((sum, { after }) => sum + (after ?? 0), 0) / found.length / span
    moments.push({ like, numbers: measureChanges(found, transform, span), level })
  }
  return moments
}

/** Periods that a sum goes over; 1 for ratios. */
const spanOf = ({ exposures }: History, length: number): number => (exposures === null ? length : 1)

/**
 * The minimum detectable effect of a design by placebos over history: nothing was changed at a past moment, so the territories' changes from before to
 * after it are what chance does, seasons and persistence included.
 *
 * @param length periods after the change
 * @param clusters what territories have in common, see {@link foreseeClusters}
 * @returns null where history has no room for it, or so few territories cannot find anything
 */
export function foreseeEffect(design: Design, length: number, clusters: Noise["clusters"], { falseAlarmRate, seed, power }: TestLevel): Foreseen | null {
  const { treatedCount, periods, transform } = design
  const draws = Math.ceil(DRAWS / Math.max(1, Math.min(MOMENTS, Math.floor((periods.length - LEAST_BEFORE) / length))))
  const moments = listMoments(design, length)
  const shifts = moments.flatMap(({ numbers }, placebo) => {
    const mean = numbers.reduce((sum, change) => sum + change, 0) / numbers.length
    const widened = Math.sqrt(numbers.length / (numbers.length - 1))
    const effort = { level: falseAlarmRate, seed: seed + placebo, draws, sets: setsForLevel(falseAlarmRate, SETS) }
    return Array.from(listDetectableShifts(numbers.map((change) => (change - mean) * widened), treatedCount, effort))
  })
  if (shifts.length === 0) return null
  const shift = Math.max(0, quantileSorted(shifts.sort((a, b) => a - b), power)) * Math.sqrt(inflationOf(clusters))
  const level = moments.reduce((sum, moment) => sum + moment.level, 0)
  const relative = transform === "log" ? exp(shift) - 1 : level > 0 ? (shift * moments.length) / level : NaN
  return Number.isFinite(relative) ? { periods: length, minimumDetectableEffect: relative, placebos: moments.length } : null
}

/** What shared clusters do to a test of one length: variances of all moments added up, with the degrees of freedom of one test. Null: one makes up a side. */
export function foreseeClusters(design: Design, length: number, shared: SharedClusters): SharedEffect | null {
  const { history, treatedCount, transform } = design
  const effects = listMoments(design, length).map(({ like, numbers }) => measureShared(shared, history, like, numbers, treatedCount, transform, spanOf(history, length)))
  const known = effects.filter((effect) => effect !== null)
  if (known.length === 0) return null
  const sum = (pick: (effect: SharedEffect) => number): number => known.reduce((all, effect) => all + pick(effect), 0)
  return {
    ...known[0],
    independent: sum((one) => one.independent),
    clustered: sum((one) => one.clustered),
    z: sum((one) => one.z) / Math.sqrt(known.length),
    widening: sum((one) => one.widening) / known.length,
  }
}
