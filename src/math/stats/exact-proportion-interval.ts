import { betaQuantile } from "./beta-ratio.js"
import type { Interval } from "./interval.js"

/**
 * The 95 % interval of a proportion, exact: at least 95 %, whatever the rate, and so mostly wider than Wilson's.
 *
 * Clopper & Pearson, Biometrika 26, 1934.
 *
 * @param successes 0 to `trials`
 * @param trials > 0
 */
export function exactProportionInterval(successes: number, trials: number): Interval {
  return {
    low: successes <= 0 ? 0 : betaQuantile(0.025, successes, trials - successes + 1),
    high: successes >= trials ? 1 : betaQuantile(0.975, successes + 1, trials - successes),
  }
}
