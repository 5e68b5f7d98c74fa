import { homeWeight } from "../math/transport/pair-rules.js"
import { createMoveRows, NO_MOVE_PRICES, type MovePrices } from "../math/transport/move-limits.js"
import { changeProblem, type TransportProblem } from "../math/transport/transport-problem.js"
import { allocateAccounts, allocateBySimplex, type Allocation } from "./allocate.js"
import { movedOf, priceBudget } from "./price-budget.js"

/** The divisible optimum within limits on moves. */
export interface LimitedAllocation {
  /** Its `moves` are what the limits cost. */
  readonly allocation: Allocation
  /**
   * Where divided accounts cannot keep the limits and the bounds together: the weight that has to move at least; the allocation
   * is then one in which little else does. Null where they can.
   */
  readonly leastMoved: number | null
}

/** With more rows than this the limit on all moves gets its price by trying, and limits of territories get none. */
const MANY_ROWS = 1600
/** A rate at which next to nothing moves that need not, per unit of what accounts cost for their weight. */
const DEAR = 1e4

/**
 * Divides accounts exactly within the problem's limits on moves, which are rows of the linear program beside the bounds. Without
 * limits the plain optimum.
 *
 * @param startMoves a guess at what the limits cost
 * @yields as the allocation
 */
export function* allocateWithinLimits(problem: TransportProblem, centers: Float64Array, prices: Float64Array, startMoves: MovePrices = NO_MOVE_PRICES): Generator<undefined, LimitedAllocation> {
  const rows = createMoveRows(problem)
  const free = problem.homes ? changeProblem(problem, { homes: { ...problem.homes, limits: null } }) : problem
  if (rows === null) return { allocation: yield* allocateAccounts(free, centers, prices), leastMoved: null }
  const stays = problem.homes?.limits?.stays ?? null
  if (problem.k * problem.measureCount + rows.count > MANY_ROWS) {
    if (stays === null) return { allocation: yield* allocateAccounts(free, centers, prices), leastMoved: null }
    const { allocation, rate, leastMoved, isExact } = yield* priceBudget(free, centers, prices, homeWeight(problem) - stays, true)
    const moves = { ...NO_MOVE_PRICES, rate: rate - (free.homes?.rate ?? 0) }
    const terms = moves.rate * stays
    return { allocation: { ...allocation, moves, bound: allocation.bound + terms, relaxedCost: isExact && allocation.relaxedCost !== null ? allocation.relaxedCost + terms : null }, leastMoved }
  }
  let start: { readonly prices: Float64Array; readonly moves: MovePrices } = { prices, moves: startMoves }
  if (stays !== null && startMoves.rate === 0) {
    // far from its price a limit on all moves is a long way for a simplex
    const guess = yield* priceBudget(free, centers, prices, homeWeight(problem) - stays, false)
    start = { prices: guess.allocation.prices, moves: { ...startMoves, rate: guess.rate - (free.homes?.rate ?? 0) } }
  }
  const allocation = yield* allocateBySimplex(problem, centers, start.prices, start.moves)
  if (allocation.status !== "infeasible") return { allocation, leastMoved: null }
  const plain = yield* allocateAccounts(free, centers, prices)
  if (plain.status === "infeasible" || !free.homes) return { allocation: plain, leastMoved: null }
  const rate = (DEAR * problem.k) / homeWeight(problem)
  const dear = changeProblem(free, { homes: { ...free.homes, rate: free.homes.rate + rate } })
  const stuck = yield* allocateAccounts(dear, centers, plain.prices)
  return { allocation: { ...stuck, moves: { ...NO_MOVE_PRICES, rate } }, leastMoved: movedOf(dear, stuck) }
}
