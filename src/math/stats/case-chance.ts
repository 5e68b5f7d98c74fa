import { gammaln } from "simple-statistics"
import { exp } from "../exact/exp.js"
import { betaRatio } from "./beta-ratio.js"

/** Events, and what they are counted of or in. */
export interface Cases {
  readonly events: number
  readonly exposure: number
}

/** Terms smaller than this share of the sum so far end it. */
const NEGLIGIBLE = 1e-17

/**
 * How probable so many events or more are, and so many or fewer, if those of a group and those of the others come at
 * the same rate, given how many there are in all: both one-sided p-values.
 *
 * - `proportion`: events are so many of the exposure, one by one. Hypergeometric (Fisher's exact test), numbers
 *   rounded to whole ones. O(standard deviation).
 * - `count`: events come one by one in the exposure (Poisson). Binomial with the group's share of the exposure
 *   (Przyborowski & Wilenski 1940).
 *
 * Source: Fisher, J. R. Statist. Soc. 98, 1935; Przyborowski & Wilenski, Biometrika 31, 1940.
 *
 * @param own and @param others exposures > 0; of a proportion 0 <= events <= exposure
 */
export function caseChance(
  law: "proportion" | "count",
  own: Cases,
  others: Cases,
): { readonly atLeast: number; readonly atMost: number } {
  if (law === "proportion") return hypergeometric(Math.round(own.events), Math.round(own.exposure), Math.round(others.events), Math.round(others.exposure))
  const share = own.exposure / (own.exposure + others.exposure)
  // P(X >= y) of n is I_share(y, n - y + 1)
  return {
    atLeast: own.events <= 0 ? 1 : betaRatio(share, own.events, others.events + 1),
    atMost: others.events <= 0 ? 1 : betaRatio(1 - share, others.events, own.events + 1),
  }
}

function hypergeometric(
  y: number,
  n: number,
  z: number,
  m: number,
): { readonly atLeast: number; readonly atMost: number } {
  const events = y + z
  const [least, most] = [Math.max(0, events - m), Math.min(n, events)]
  const own = exp(ways(n, y) + ways(m, events - y) - ways(n + m, events))
  // each term from the one before it, away from y
  const sum = (step: 1 | -1): number => {
    let [term, total] = [own, own]
    for (let k = y; k + step >= least && k + step <= most && term > NEGLIGIBLE * total; k += step) {
      term *= step === 1 ? ((n - k) * (events - k)) / ((k + 1) * (m - events + k + 1)) : (k * (m - events + k)) / ((n - k + 1) * (events - k + 1))
      total += term
    }
    return total
  }
  // the tail toward the middle is long: the other one is exact
  const isHigh = y * (n + m) >= events * n
  const tail = Math.min(1, sum(isHigh ? 1 : -1))
  const rest = Math.min(1, Math.max(own, 1 - tail + own))
  return isHigh ? { atLeast: tail, atMost: rest } : { atLeast: rest, atMost: tail }
}

/** The logarithm of n over k. */
function ways(n: number, k: number): number {
  return k <= 0 || k >= n ? 0 : gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
}
