import { isLate } from "../math/lateness.js"
import type { Random } from "../math/random.js"
import { cancelCycles } from "../math/transport/cancel-cycles.js"
import type { Candidates } from "../math/transport/candidates.js"
import type { Split } from "../math/transport/read-splits.js"
import { repairViolations } from "../math/transport/repair.js"
import { roundForest } from "../math/transport/round-forest.js"
import { settleForest } from "../math/transport/settle-forest.js"
import { shortestAugmentation } from "../math/transport/shortest-augmentation.js"
import { changeProblem, pairCost, type TransportProblem } from "../math/transport/transport-problem.js"
import { createWholePlan, isAsGoodAsPossible, totalViolation, violationAt, type WholePlan } from "../math/transport/whole-plan.js"
import type { Allocation } from "./allocate.js"

/** Rounds of narrower bounds, where accounts made whole leave some; the last narrows all of them. */
const ROUNDS = 3
/** A side that is left is moved in by so many times what it is left by, and more each time. */
const GENEROUS = 2
const PATHS_PER_TERRITORY = 20
/** Moves and looks of the search after each rounding, and at the bounds as they are three times as many: narrower ones cost more. */
const MOVES = 1000
const MOVES_PER_TERRITORY = 30
const LOOKS = 2_000_000
const AT_FIRST = 3

/** A divisible plan: who has the accounts that are not divided, and the shares of the others. */
interface Divided {
  readonly owner: Int32Array
  readonly splits: readonly Split[]
}

/**
 * Makes the divided accounts of one measure whole by the best rounding of their forest, and settles its trees. Where that leaves
 * bounds, the divisible optimum is found again with the bounds that it left moved in, on the given pairs and from prices that
 * are nearly optimal, and rounded again. The last time all bounds are moved in by the largest account that may be divided, or to
 * the middle: where the largest account is at most half of every window and the bounds so moved in can be kept on these pairs,
 * no bound is left then.
 *
 * @param pairs where accounts may go: near their cheapest at the allocation's prices
 * @param allocation an optimum
 * @yields now and then
 */
export function* roundSplits(problem: TransportProblem, allocation: Allocation, pairs: Candidates, random: Random): Generator<undefined, WholePlan> {
  const { k, activities, lower, upper } = problem
  const costOf = (i: number, t: number): number => pairCost(problem, allocation.centers, i, t)
  const most = largestRoom(problem)
  // bounds without room between them cannot be moved in
  const rounds = most.some((room) => room > 0) ? ROUNDS : 0
  const above = new Float64Array(k)
  const below = new Float64Array(k)
  let divided: Divided = allocation
  let { prices } = allocation
  let best: WholePlan | null = null
  for (let round = 1; ; round++) {
    const forest = cancelCycles(divided.splits, activities, costOf)
    const rounded = roundForest(problem, divided.owner, forest, costOf)
    yield undefined
    const plan = createWholePlan(problem, pairs, rounded)
    const told: unknown = yield undefined
    for (let t = 0; t < k; t++) {
      const left = violationAt(plan, t, plan.activity[t]) * plan.scale[t]
      if (plan.activity[t] < lower[t]) above[t] = Math.min(most[t], GENEROUS * (above[t] + left))
      else if (left > 0) below[t] = Math.min(most[t], GENEROUS * (below[t] + left))
    }
    yield* settleForest(plan, forest, allocation.prices)
    const effort = round === 1 ? AT_FIRST : 1
    yield* repairViolations(plan, allocation.prices, allocation.spacing, random, effort * (MOVES + MOVES_PER_TERRITORY * k), effort * LOOKS)
    if (best === null || totalViolation(plan) < totalViolation(best)) best = plan
    if (isAsGoodAsPossible(best) || round > rounds || isLate(told)) return best
    const isLast = round === rounds
    const narrow = changeProblem(problem, {
      lower: lower.map((bound, t) => bound + (bound > 0 ? (isLast ? most[t] : above[t]) : 0)),
      upper: upper.map((bound, t) => bound - (isLast ? most[t] : below[t])),
    })
    const vertex = yield* shortestAugmentation(narrow, pairs, prices, null, PATHS_PER_TERRITORY * k)
    if (vertex.status !== "optimal") return best
    divided = vertex
    prices = vertex.prices
  }
}

/** k: the largest account that may be divided, or half the window if that is less. */
function largestRoom({ n, activities, lockedTo, lower, upper }: TransportProblem): Float64Array {
  let largest = 0
  for (let i = 0; i < n; i++) if (lockedTo[i] < 0) largest = Math.max(largest, activities[i])
  return lower.map((bound, t) => Math.min(largest, (upper[t] - bound) / 2))
}
