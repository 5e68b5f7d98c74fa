import { createRandom } from "../random.js"
import { shiftInterval, unitOf } from "./shift-test.js"
import { listTreatedSets } from "./treated-sets.js"

/** Halvings of each end: to a hundredth of a standard error, and more than placebos tell. */
const HALVINGS = 10

/** What is simulated. */
export interface DetectableEffort {
  readonly level: number
  readonly seed: number
  /** Placebos: how often units are dealt out anew. */
  readonly draws: number
  /** Sets that each placebo is tested with, at most. */
  readonly sets: number
  /** How many times as much treated units vary as others; default 1. Those of `changes` are to be free of it. */
  readonly spread?: number
}

/**
 * How large a shift has to be for {@link testShift} to find it, once for every placebo and either direction: units without an effect are dealt
 * out to treated and others at random, and the smallest shift that would be found is the end of the placebo's interval. The quantile of
 * these at the power is the minimum detectable effect. O(draws x sets x (size + log sets)).
 *
 * Source: the definition, Bloom, Evaluation Review 19, 1995; by placebos instead of a t distribution, so that few sets count as what they are.
 *
 * @param changes finite, without an effect, one number a unit
 * @param size treated units
 * @returns ascending, 2 x draws numbers; empty where so few sets cannot find anything
 */
export function listDetectableShifts(changes: Float64Array, size: number, { level, seed, draws, sets: limit, spread = 1 }: DetectableEffort): Float64Array {
  const n = changes.length
  const sets = listTreatedSets(n, size, limit, seed)
  const random = createRandom(seed, 22)
  const unit = unitOf(changes)
  const dealt = changes.map((change) => change / unit)
  const shifts: number[] = []
  for (let draw = 0; draw < draws; draw++) {
    for (let j = n - 1; j > 0; j--) {
      const other = Math.floor(random() * (j + 1))
      const change = dealt[other]
      dealt[other] = dealt[j]
      dealt[j] = change
    }
    const placebo = spread === 1 ? dealt : dealt.map((change, i) => (i < size ? change * spread : change))
    const interval = shiftInterval(placebo, sets, level, HALVINGS)
    // a shift upward is found as soon as it lifts the lower end above 0
    if (interval !== null) shifts.push(-interval.low * unit, interval.high * unit)
  }
  return Float64Array.from(shifts).sort()
}
