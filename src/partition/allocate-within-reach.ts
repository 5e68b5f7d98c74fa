import { dualBound } from "../math/transport/dual-bound.js"
import { limitToReach } from "../math/transport/limit-to-reach.js"
import { changeProblem, type TransportProblem } from "../math/transport/transport-problem.js"
import type { Allocation } from "./allocate.js"

/**
 * Along a ray of prices that sums to 1 the bounds ask for more than this above what the accounts can give: they
 * exclude each other.
 */
const PROVEN = 1e-9

/**
 * Divides accounts so that none goes too far that need not: first as if what is too far were closed; where the bounds
 * leave no such way, with a surcharge on it. That they leave none is proven anew, by prices on the accounts themselves
 * (Farkas).
 *
 * @param allocate divides the accounts of a problem at the same centers
 * @yields as the allocation
 */
export function* allocateWithinReach(
  problem: TransportProblem,
  centers: Float64Array,
  allocate: (problem: TransportProblem) => Generator<undefined, Allocation>,
): Generator<undefined, Allocation> {
  if (!problem.reach) return yield* allocate(problem)
  const limited = yield* limitToReach(problem, centers)
  // smoothed prices are found by what lies together in the tree, whatever lists say
  const near = changeProblem(limited, { tree: problem.measureCount === 1 ? problem.tree : undefined })
  const within = yield* allocate(near)
  if (within.status !== "infeasible") return within
  const anyhow = yield* allocate(changeProblem(problem, { tree: undefined }))
  if (anyhow.status !== "optimal") return anyhow
  if (within.ray !== null && (yield* isProven(near, centers, within.ray))) return { ...anyhow, isBeyond: true }
  return { ...anyhow, status: "work-limit", relaxedCost: null }
}

/**
 * Whether no divided plan can give the bounds what they ask for along a ray of prices: costs and what staying is worth
 * are left out.
 */
function* isProven(problem: TransportProblem, centers: Float64Array, ray: Float64Array): Generator<undefined, boolean> {
  const length = ray.reduce((sum, price) => sum + Math.abs(price), 0)
  if (!(length > 0)) return false
  const free = changeProblem(problem, { weights: new Float64Array(problem.n), groups: null, homes: null, tree: undefined })
  return (yield* dualBound(free, centers, ray.map((price) => price / length))) > PROVEN
}
