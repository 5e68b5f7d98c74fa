import type { Interval } from "./interval.js"
import { Z_95 } from "./normal-limits.js"

/**
 * The 95 % interval of a proportion, which stays inside 0 to 1 and is sound for few trials and for rates near 0 and 1.
 *
 * Wilson, J. Am. Statist. Assoc. 22, 1927; without continuity correction, method 3 of Newcombe, Statist. Med. 17, 1998.
 *
 * @param successes 0 to `trials`
 * @param trials > 0
 */
export function wilsonInterval(successes: number, trials: number): Interval {
  // in trials, not in shares of them: 1 / trials may be beyond the range of numbers
  const z2 = Z_95 * Z_95
  const middle = successes + z2 / 2
  const half = Z_95 * Math.sqrt((successes / trials) * (trials - successes) + z2 / 4)
  // at 0 and at `trials` one end is exact; rounding must not move it
  const low = successes === 0 ? 0 : Math.max(0, (middle - half) / (trials + z2))
  const high = successes === trials ? 1 : Math.min(1, (middle + half) / (trials + z2))
  return { low, high }
}
