import { holdCenters } from "../math/cluster/anchors.js"
import { meanCenters, medoidCenters } from "../math/cluster/center-of-members.js"
import { pairCost } from "../math/transport/transport-problem.js"
import type { Allocation } from "./allocate.js"
import type { CompiledProblem } from "./compile-problem.js"
import { ownersApart } from "./owners-apart.js"
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
  const { problem, searched, fixed } = compiled
  let centers = ownMeans(compiled, whole.owner, allocation.centers, fixed)
  if (compiled.centersAre === "account") centers = yield* ownMedoids(compiled, whole.owner, centers)
  else yield undefined
  let cost = 0
  for (let i = 0; i < problem.n; i++) cost += pairCost(searched, centers, i, whole.owner[i])
  return { whole, centers, cost, prices: allocation.prices }
}

/** The means of what is theirs, held where anchors are; fixed centers stay. O(n). */
export function ownMeans({ problem, anchors }: CompiledProblem, owner: Int32Array, previous: Float64Array, fixed: Uint8Array): Float64Array {
  const centers = meanCenters(problem, owner, previous, fixed)
  if (anchors !== null) holdCenters(centers, anchors, fixed, problem.dimension, problem.radius)
  return centers
}

/** The accounts that serve their territories best, as of {@link medoidCenters}; accounts that stand for several do so one by one. */
export function* ownMedoids(compiled: CompiledProblem, owner: Int32Array, near: Float64Array): Generator<undefined, Float64Array> {
  return yield* medoidCenters(compiled.apart?.places ?? compiled.problem, ownersApart(compiled, owner), near, compiled.fixed)
}
