import { quantileSorted } from "simple-statistics"
import { exp } from "../../math/exact/exp.js"
import { listDetectableShifts } from "../../math/stats/detectable-shifts.js"
import { setsForLevel } from "../../math/stats/shift-test.js"
import type { ChangeTransform } from "./history-options.js"
import type { TestLevel } from "./judge-change.js"
import { matchPeriods } from "./like-periods.js"
import type { History } from "./read-history.js"
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

/**
 * The minimum detectable effect of a design by placebos over history: nothing was changed at a past moment, so the territories' changes from before to
 * after it are what chance does, seasons and persistence included. Moments lie a whole test apart.
 *
 * @param tested indices of territories, treated and controls; order does not matter
 * @param periods whole periods of history, ascending indices
 * @param length periods after the change
 * @returns null where history has no room for it, or so few territories cannot find anything
 */
export function foreseeEffect(history: History, tested: readonly number[], treatedCount: number, periods: readonly number[], length: number, transform: ChangeTransform, seasons: "matched" | "pooled", strictness: TestLevel): Foreseen | null {
  const draws = Math.ceil(DRAWS / Math.max(1, Math.min(MOMENTS, Math.floor((periods.length - LEAST_BEFORE) / length))))
  const shifts: number[] = []
  let placebos = 0
  let level = 0
  let mode = seasons
  for (let end = periods.length; placebos < MOMENTS && end - length >= LEAST_BEFORE; end -= length) {
    const like = matchPeriods(history.periods.calendar, periods.slice(0, end - length), periods.slice(end - length, end), mode)
    if (like.isUnmatched && placebos > 0) break
    mode = like.seasons // less than a year of history before the latest moment: seasons count as noise
    const changes = compareTerritories(history, like)
    const found = tested.map((t) => changes[t])
    if (found.some((one) => one.before === null || one.after === null || (transform === "log" && !isPositive(one)))) break
    const span = history.exposures === null ? length : 1
    const numbers = measureChanges(found, transform, span)
    const mean = numbers.reduce((sum, change) => sum + change, 0) / numbers.length
    const widened = Math.sqrt(numbers.length / (numbers.length - 1))
    const effort = { level: strictness.falseAlarmRate, seed: strictness.seed + placebos, draws, sets: setsForLevel(strictness.falseAlarmRate, SETS) }
    const own = listDetectableShifts(numbers.map((change) => (change - mean) * widened), treatedCount, effort)
    for (const shift of own) shifts.push(shift)
    level += found.reduce((sum, { after }) => sum + (after ?? 0), 0) / found.length / span
    placebos++
  }
  if (shifts.length === 0) return null
  const shift = Math.max(0, quantileSorted(shifts.sort((a, b) => a - b), strictness.power))
  const relative = transform === "log" ? exp(shift) - 1 : level > 0 ? (shift * placebos) / level : NaN
  return Number.isFinite(relative) ? { periods: length, minimumDetectableEffect: relative, placebos } : null
}
