import { allocateAccounts, isLong, provePrices, type Allocation } from "./allocate.js"
import type { CompiledProblem } from "./compile-problem.js"

/**
 * What is proven for the problem that was asked for, at the centers of a plan that was searched for by rounded or
 * reachable bounds, or with weights in place of none. Of bounds that not even divided accounts can meet nothing is.
 *
 * @param found the allocation of the search at these centers
 */
export function* proveAsked(
  { problem, reach }: CompiledProblem,
  centers: Float64Array,
  found: Allocation,
): Generator<undefined, Allocation> {
  if (reach?.isDividedEnough === false) return { ...found, status: "infeasible", relaxedCost: null }
  if (isLong(problem) && found.status !== "infeasible") return yield* provePrices(problem, centers, found)
  return yield* allocateAccounts(problem, centers, found.prices)
}
