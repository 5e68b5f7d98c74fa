import { measureCompactness } from "../criteria/compactness.js"
import { wayCost, type TransportProblem } from "../math/transport/transport-problem.js"

/** k: what every territory costs, in the problem's unit: by the distance to its center, or by distances that are given. O(n), with these O(listed). */
export function costsByTerritory(problem: TransportProblem, owner: Int32Array, centers: Float64Array): Float64Array {
  if (!problem.eligibility || problem.eligibility.costs === null) return measureCompactness(problem, owner, centers).costs
  const costs = new Float64Array(problem.k)
  for (let i = 0; i < problem.n; i++) costs[owner[i]] += wayCost(problem, centers, i, owner[i])
  return costs
}
