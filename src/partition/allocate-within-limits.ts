import { homeWeight } from "../math/transport/pair-rules.js"
import { NO_MOVE_PRICES, type MovePrices } from "../math/transport/move-limits.js"
import { createMoveRows } from "../math/transport/move-rows.js"
import { changeProblem, type TransportProblem } from "../math/transport/transport-problem.js"
import { allocateAccounts, allocateBySimplex, type Allocation } from "./allocate.js"
import { priceBudget } from "./price-budget.js"

/** Why limits on moves and bounds cannot be kept together. */
export interface MoveConflict {
  /** The weight that has to move at least, about; null where limits of territories are in the way, not that on all moves. */
  readonly leastMoved: number | null
}

/** The divisible optimum within limits on moves. */
export interface LimitedAllocation {
  /** Its `moves` are what the limits cost. */
  readonly allocation: Allocation
  /** Null where divided accounts can keep limits and bounds; else the allocation keeps the bounds, and moves little that need not. */
  readonly conflict: MoveConflict | null
}

/** With more rows than this the limit on all moves gets its price by trying, and limits of territories get none. */
const MANY_ROWS = 1600

/**
 * Divides accounts exactly within the problem's limits on moves, which are rows of the linear program beside the bounds. Without
 * limits, or where none binds, the plain optimum.
 *
 * @param startMoves a guess at what the limits cost
 * @yields as the allocation
 */
export function* allocateWithinLimits(problem: TransportProblem, centers: Float64Array, prices: Float64Array, startMoves: MovePrices = NO_MOVE_PRICES): Generator<undefined, LimitedAllocation> {
  const rows = createMoveRows(problem)
  const free = problem.homes ? changeProblem(problem, { homes: { ...problem.homes, limits: null } }) : problem
  const stays = problem.homes?.limits?.stays ?? null
  const isMany = rows !== null && problem.k * problem.measureCount + rows.count > MANY_ROWS
  if (rows === null || (isMany && stays === null)) {
    const allocation = yield* allocateAccounts(free, centers, prices)
    // without its limits no plan costs more, but it is no optimum of the limited problem
    return { allocation: rows === null ? allocation : { ...allocation, relaxedCost: null }, conflict: null }
  }
  let start: { readonly prices: Float64Array; readonly moves: MovePrices } = { prices, moves: startMoves }
  if (stays !== null && (isMany || startMoves.rate === 0)) {
    // far from its price a limit on all moves is a long way for a simplex
    const { allocation, rate, leastMoved, isExact } = yield* priceBudget(free, centers, prices, homeWeight(problem) - stays, isMany)
    const moves = { ...startMoves, rate: rate - (free.homes?.rate ?? 0) }
    if (leastMoved !== null) return { allocation: { ...allocation, moves }, conflict: { leastMoved } }
    const terms = moves.rate * stays
    const isPlain = moves.rate === 0 && rows.count === 1
    if (isMany || isPlain || allocation.status === "infeasible") {
      return { allocation: { ...allocation, moves, bound: allocation.bound + terms, relaxedCost: isExact && rows.count === 1 && allocation.relaxedCost !== null ? allocation.relaxedCost + terms : null }, conflict: null }
    }
    start = { prices: allocation.prices, moves }
  }
  const allocation = yield* allocateBySimplex(problem, centers, start.prices, start.moves)
  if (allocation.status !== "infeasible") return { allocation, conflict: null }
  const plain = yield* allocateAccounts(free, centers, prices)
  if (plain.status === "infeasible" || stays === null) return { allocation: plain, conflict: plain.status === "infeasible" ? null : { leastMoved: null } }
  const { allocation: stuck, leastMoved } = yield* priceBudget(free, centers, plain.prices, homeWeight(problem) - stays, false)
  return { allocation: stuck, conflict: { leastMoved } }
}
