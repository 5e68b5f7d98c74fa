import { holdCenters } from "../math/cluster/anchors.js"
import { meanCenters, medoidCenters } from "../math/cluster/center-of-members.js"
import { pairCost } from "../math/transport/transport-problem.js"
import type { Allocation } from "./allocate.js"
import type { CompiledProblem } from "./compile-problem.js"
import type { WholeAllocation } from "./resolve-splits.js"

/** A plan of whole accounts at the centers that it was made for. */
export interface Candidate {
  readonly whole: WholeAllocation
  /** Centers of the plan's own accounts, and its cost at these. */
  readonly centers: Float64Array
  readonly cost: number
  /** Of the divisible optimum at the centers before: a good guess at the new ones. */
  readonly prices: Float64Array
}

/** Moves the centers to the plan's own accounts, where it costs less. */
export function* recenter(compiled: CompiledProblem, whole: WholeAllocation, allocation: Pick<Allocation, "centers" | "prices">): Generator<undefined, Candidate> {
  const { problem, searched, fixed, anchors } = compiled
  let centers = meanCenters(problem, whole.owner, allocation.centers, fixed)
  if (anchors !== null) holdCenters(centers, anchors, fixed, problem.dimension, problem.radius)
  if (compiled.centersAre === "account") centers = yield* ownMedoids(compiled, whole.owner, centers)
  let cost = 0
  for (let i = 0; i < problem.n; i++) cost += pairCost(searched, centers, i, whole.owner[i])
  return { whole, centers, cost, prices: allocation.prices }
}

/** The accounts that serve their territories best, as of {@link medoidCenters}; accounts that stand for several do so one by one. */
export function* ownMedoids({ problem, fixed, apart }: CompiledProblem, owner: Int32Array, near: Float64Array): Generator<undefined, Float64Array> {
  return apart === null ? yield* medoidCenters(problem, owner, near, fixed) : yield* medoidCenters(apart.places, apart.unitOf.map((u) => owner[u]), near, fixed)
}
