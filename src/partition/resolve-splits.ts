import type { Random } from "../math/random.js"
import { findCandidates } from "../math/transport/candidates.js"
import { descendCost } from "../math/transport/descend.js"
import { repairViolations } from "../math/transport/repair.js"
import { createWholePlan, totalViolation } from "../math/transport/whole-plan.js"
import type { TransportProblem } from "../math/transport/transport-problem.js"
import type { Allocation } from "./allocate.js"

/** A plan in which every account is whole. */
export interface WholeAllocation {
  /** n. */
  readonly owner: Int32Array
  /** Sum of what is outside the bounds, relative; 0 when every territory is inside. */
  readonly violation: number
  /** At the allocation's centers, in the problem's unit. */
  readonly cost: number
  /** Whether the search for a plan inside the bounds ran out of its counted moves. */
  readonly exhausted: boolean
}

/** Accounts may go to territories within so many spacings of their cheapest; in small problems to all. */
const BAND = 0.25
const ALL_PAIRS = 40_000
const FIRST_MOVES = 3000
const MOVES_PER_TERRITORY = 100
const PASSES = 10

/**
 * Makes divided accounts whole: each goes to the territory with its largest share (Hess & Samuels 1971), then accounts move
 * until every territory is inside its bounds, then the cost falls as far as shifts and swaps within the bounds let it.
 *
 * @yields now and then
 */
export function* resolveSplits(problem: TransportProblem, allocation: Allocation, random: Random): Generator<undefined, WholeAllocation> {
  const { n, k } = problem
  const band = n * k <= ALL_PAIRS ? Infinity : BAND
  const candidates = findCandidates(problem, allocation.centers, allocation.prices, allocation.spacing, band)
  const plan = createWholePlan(problem, candidates, allocation.owner)
  yield undefined
  const left = yield* repairViolations(plan, allocation.prices, allocation.spacing, random, FIRST_MOVES + MOVES_PER_TERRITORY * k)
  yield* descendCost(plan, PASSES)
  let cost = 0
  const owner = new Int32Array(n)
  for (let i = 0; i < n; i++) {
    cost += candidates.cost[plan.entry[i]]
    owner[i] = candidates.territory[plan.entry[i]]
  }
  return { owner, violation: totalViolation(plan), cost, exhausted: left > 0 }
}
