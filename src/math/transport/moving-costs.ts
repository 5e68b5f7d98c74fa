import { givenCosts } from "./given-costs.js"
import { meanDistanceCosts } from "./mean-distance-costs.js"
import { meanSquareCosts } from "./mean-square-costs.js"
import { medoidCosts } from "./medoid-costs.js"
import type { TransportProblem } from "./transport-problem.js"

/** Costs of territories whose centers follow their accounts. The plan changes the member lists and then tells it. */
export interface MovingCosts {
  /** k x dimension: where the centers are now. */
  readonly centers: Float64Array
  /** k. */
  readonly cost: Float64Array
  /**
   * By how much the cost rises when i goes from a to b and j (or nobody: -1) from b to a, centers following. A rise above
   * `limit` may be answered by anything above it.
   */
  change(i: number, j: number, a: number, b: number, limit: number): number
  /** Tells that i went from a to b, and j (or nobody: -1) from b to a. */
  moved(i: number, j: number, a: number, b: number): void
}

/** The costs of means or of medoids, or those that are given: see there. Fixed centers stay, and a territory without accounts keeps its center. */
export function createMovingCosts(problem: TransportProblem, centersAre: "mean" | "account", fixed: Uint8Array, members: readonly number[][], centers: Float64Array): MovingCosts {
  if (problem.eligibility && problem.eligibility.costs !== null) return givenCosts(problem, members, centers)
  if (centersAre === "account") return medoidCosts(problem, fixed, members, centers)
  return problem.power === 2 ? meanSquareCosts(problem, fixed, members, centers) : meanDistanceCosts(problem, fixed, members, centers)
}
