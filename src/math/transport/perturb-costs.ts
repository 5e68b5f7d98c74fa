import { createRandom } from "../random.js"
import type { Candidates } from "./candidates.js"
import type { TransportProblem } from "./transport-problem.js"

/** By about so much costs are made to differ, per unit of price, weight and activity: above rounding, far below what counts. */
const PERTURBATION = 1e-10

/**
 * Costs that differ a little, each by its own share of `PERTURBATION`. Where accounts are equally well placed in many ways (a
 * regular grid, one place for all), steps of no length may go round in circles; this ends it (Charnes 1952). A vertex that
 * comes out is feasible for the true costs, and dearer than the optimum by no more than was added.
 */
export function perturbCosts({ n, measureCount: M, weights, activities }: TransportProblem, { start, cost }: Candidates, prices: Float64Array): Float64Array {
  const random = createRandom(1)
  const perturbed = cost.slice()
  let unit = 0
  for (const price of prices) unit = Math.max(unit, PERTURBATION * Math.abs(price))
  if (unit === 0) unit = PERTURBATION
  for (let i = 0; i < n; i++) {
    let size = weights[i]
    for (let m = 0; m < M; m++) size += activities[i * M + m]
    for (let e = start[i]; e < start[i + 1]; e++) perturbed[e] += unit * size * (0.5 + random())
  }
  return perturbed
}
