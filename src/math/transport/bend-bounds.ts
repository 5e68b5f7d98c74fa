import { exp } from "../exact/exp.js"
import { log1p } from "../exact/log1p.js"
import type { TransportProblem } from "./transport-problem.js"

/**
 * The bound terms of a smoothed dual, sum_r min(lower_r price_r, upper_r price_r), each bent around price 0 over the range
 * 2 temperature spacing_t. O(k M).
 *
 * @param gradient k x M: set to the terms' derivatives by price
 * @param diagonal k x M x M: minus their second derivatives are added
 * @returns the sum
 */
export function bendBounds(
  { k, measureCount: M, lower, upper }: Pick<TransportProblem, "k" | "measureCount" | "lower" | "upper">,
  prices: Float64Array,
  spacing: Float64Array,
  temperature: number,
  gradient: Float64Array,
  diagonal: Float64Array,
): number {
  let value = 0
  for (let t = 0; t < k; t++) {
    const kappa = 2 * temperature * spacing[t]
    for (let m = 0; m < M; m++) {
      const r = t * M + m
      const width = upper[r] - lower[r]
      const z = prices[r] / kappa
      const bend = z > 0 ? exp(-z) / (1 + exp(-z)) : 1 / (1 + exp(z)) // sigma(-z)
      value += lower[r] * prices[r] - width * kappa * (z > 0 ? log1p(exp(-z)) : log1p(exp(z)) - z)
      gradient[r] = lower[r] + width * bend
      diagonal[(t * M + m) * M + m] += (width * bend * (1 - bend)) / kappa
    }
  }
  return value
}
