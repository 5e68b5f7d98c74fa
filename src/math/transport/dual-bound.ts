import { reducedCost } from "./candidates.js"
import { costOfSquare, squareBetween, type TransportProblem } from "./transport-problem.js"

/**
 * The lower bound that prices prove: sum_i min_t (cost_it - sum_m price_tm activity_im) + sum_r min(lower_r price_r,
 * upper_r price_r). It holds for any prices (weak duality); the optimal ones make it equal to the divisible optimum. O(n k),
 * pruned by the straight line, which is never longer than the arc.
 */
export function dualBound(problem: TransportProblem, centers: Float64Array, prices: Float64Array): number {
  const { n, k, measureCount: M, points, dimension, weights, activities, power, radius, lockedTo, lower, upper } = problem
  let bound = 0
  for (let r = 0; r < k * M; r++) bound += Math.min(lower[r] * prices[r], upper[r] * prices[r])
  for (let i = 0; i < n; i++) {
    const from = lockedTo[i] >= 0 ? lockedTo[i] : 0
    const to = lockedTo[i] >= 0 ? lockedTo[i] + 1 : k
    let least = Infinity
    for (let t = from; t < to; t++) {
      const square = squareBetween(points, i, centers, t, dimension)
      const straight = weights[i] * (power === 2 ? square : Math.sqrt(square))
      if (reducedCost(straight, prices, t, activities, i, M) >= least) continue
      const f = reducedCost(weights[i] * costOfSquare(square, power, radius), prices, t, activities, i, M)
      if (f < least) least = f
    }
    bound += least
  }
  return bound
}
