import type { Candidates } from "./candidates.js"
import type { LimitPlaces } from "./standings.js"

/**
 * Tells which accounts a change of prices cannot have reached yet: an account keeps its choice until the prices of its territories
 * have changed by what its second best lacks, over what the account has of everything. There is a clock for every territory.
 */
export interface PriceClock {
  /** k: by how much prices of the territory have changed, at most, since the beginning; and how fast along the direction. */
  readonly times: Float64Array
  readonly rates: Float64Array
  /** The same, of the limit on all moves. */
  time: number
  rate: number
  /** The largest of the rates. */
  largest: number
  /** By how much prices change in a step, lately. */
  usual: number
  /** n: until what sum of the clocks of its territories an account keeps its choice; -Infinity: to be looked at. */
  readonly due: Float64Array
  /** n: sum of an account's activities, or its weight at home where that is more. */
  readonly sizes: Float64Array
  start: Int32Array
  territory: Int32Array
}

/** A step is taken to change prices by less than this times the usual; and how fast the usual follows the last. */
const USUAL = 2
const MEMORY = 0.8
/** Prices are of order one. */
const LEAST_GUESS = 1e-9
/** What rounding may add to a clock. */
const ROUNDING = 1e-13

/** All accounts are to be looked at. */
export function createPriceClock(sizes: Float64Array, k: number, { start, territory }: Candidates): PriceClock {
  return { times: new Float64Array(k), rates: new Float64Array(k), time: 0, rate: 0, largest: 0, usual: 0, due: new Float64Array(sizes.length).fill(-Infinity), sizes, start, territory }
}

/** Other candidates, or other costs: all accounts are to be looked at again. */
export function resetClock(clock: PriceClock, { start, territory }: Candidates): void {
  clock.start = start
  clock.territory = territory
  clock.due.fill(-Infinity)
}

/** Takes the direction that prices go along next: M rows for each territory, then those of limits. O(k M). */
export function aimClock(clock: PriceClock, direction: Float64Array, M: number, limits: LimitPlaces | null): void {
  const { rates } = clock
  clock.rate = limits === null || limits.common < 0 ? 0 : Math.abs(direction[limits.common])
  clock.largest = clock.rate
  for (let t = 0; t < rates.length; t++) {
    let rate = 0
    for (let r = t * M; r < (t + 1) * M; r++) rate = Math.max(rate, Math.abs(direction[r]))
    if (limits !== null) {
      const leaving = limits.leaving[t] < 0 ? 0 : Math.abs(direction[limits.leaving[t]])
      const coming = limits.coming[t] < 0 ? 0 : Math.abs(direction[limits.coming[t]])
      rate += Math.max(leaving, coming)
    }
    rates[t] = rate
    clock.largest = Math.max(clock.largest, rate)
  }
}

/** How long the next step is likely to be: prices change by about as much as they did lately. */
export function guessStep({ largest, usual }: PriceClock): number {
  return largest > 0 ? Math.max(LEAST_GUESS, USUAL * usual) / largest : Infinity
}

/** Prices went along the direction by such a step. */
export function advanceClock(clock: PriceClock, step: number): void {
  const { times, rates } = clock
  clock.time += step * clock.rate
  for (let t = 0; t < times.length; t++) times[t] += step * rates[t]
  clock.usual = MEMORY * clock.usual + (1 - MEMORY) * step * clock.largest
}

/** Whether account i may have another cheapest place after a step along the direction. O(its candidates). */
export function isDue({ times, rates, time, rate, due, start, territory }: PriceClock, i: number, step: number): boolean {
  let sum = time + step * rate
  for (let e = start[i]; e < start[i + 1]; e++) sum += times[territory[e]] + step * rates[territory[e]]
  return !(sum < due[i])
}

/** Account i lacks so much, at the prices of now, to its next place. O(its candidates). */
export function noteGap({ times, time, due, sizes, start, territory }: PriceClock, i: number, gap: number): void {
  let sum = time
  for (let e = start[i]; e < start[i + 1]; e++) sum += times[territory[e]]
  due[i] = sum + gap / sizes[i] - ROUNDING * (1 + sum)
}
