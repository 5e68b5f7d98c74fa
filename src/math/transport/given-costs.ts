import type { MovingCosts } from "./moving-costs.js"
import { wayCost, type TransportProblem } from "./transport-problem.js"

/**
 * Territories whose cost is the sum of what the problem's lists say that their accounts cost there. Where centers are does not matter:
 * they stay where they are given. A move is O(listed), foretold or made; Infinity where a pair is not listed.
 */
export function givenCosts(problem: TransportProblem, members: readonly number[][], given: Float64Array): MovingCosts {
  const centers = new Float64Array(given)
  const costOf = (i: number, t: number): number => wayCost(problem, centers, i, t)
  const cost = Float64Array.from(members, (own, t) => own.reduce((sum, i) => sum + costOf(i, t), 0))
  return {
    centers,
    cost,
    change: (i, j, a, b) => costOf(i, b) - costOf(i, a) + (j >= 0 ? costOf(j, a) - costOf(j, b) : 0),
    moved(_i, _j, a, b) {
      for (const t of [a, b]) cost[t] = members[t].reduce((sum, i) => sum + costOf(i, t), 0)
    },
  }
}
