import { centerSpacing } from "../math/transport/center-spacing.js"
import { createSmoothDual } from "../math/transport/smooth-dual.js"
import { smoothAscent } from "../math/transport/smooth-ascent.js"
import type { TransportProblem } from "../math/transport/transport-problem.js"

/** Softness of the accounts' choice and of the bounds in every round, how balanced each ends, after how many steps at most. */
const SOFTNESS = [0.05, 0.02]
const BALANCED = 0.01
const MOST = 8
/** So small a problem needs no help. */
const FEW_PAIRS = 1_000_000

/**
 * Prices of a like plan on their way to those of this problem: Newton's steps on the smoothed dual, where several measures would make
 * a long way for the simplex. A small problem, or one measure, needs no such help. O(n near territories) a step.
 *
 * @yields after every pass over the accounts
 */
export function* warmPrices(problem: TransportProblem, centers: Float64Array, prices: Float64Array): Generator<undefined, Float64Array> {
  const { n, k, measureCount, dimension, power } = problem
  if (measureCount === 1 || n * k <= FEW_PAIRS) return prices
  const warm = prices.slice()
  const dual = createSmoothDual(problem)
  yield undefined
  const spacing = centerSpacing(centers, k, dimension, power)
  for (const softness of SOFTNESS) yield* smoothAscent(dual, problem, centers, warm, spacing, softness, BALANCED, MOST)
  return warm
}
