import { isLate } from "../math/lateness.js"
import { homeWeight } from "../math/transport/pair-rules.js"
import type { TransportProblem } from "../math/transport/transport-problem.js"
import { allocateAccounts, type Allocation } from "./allocate.js"
import { atRate, movedOf } from "./home-rate.js"

/** What a limit on moves costs at given centers. */
export interface BudgetPrice {
  /** What one unit of disruption weight is worth at home, the price of the limit included; the problem's unit of cost. */
  readonly rate: number
  /** The divisible optimum at that rate. */
  readonly allocation: Allocation
  /** Where divided accounts cannot keep the limit and the bounds together: the weight that has to move; the rate is then one at which next to nothing moves that need not. Null where they can. */
  readonly leastMoved: number | null
  /** Whether the rate is the best to the last digits, so that the allocation's cost is that of the limited problem. */
  readonly isExact: boolean
}

/** First guess of a price, as a share of what accounts cost for their weight; and how it grows until it is enough. */
const FIRST = 0.02
const GROWTH = 4
const GROWTHS = 10
/** Beyond so many, faster: little tells that the bounds leave no other way than moving too much. */
const FEW_GROWTHS = 5
const FASTER = 16
/** Evaluations between two prices that enclose the best. */
const ROUNDS = 30
/** Close enough for a guess: from this share of what may move. */
const CLOSE = 0.8
/** Values that differ by less than this share are the same. */
const SAME = 1e-10

/**
 * The price at which divided accounts move no more than may. The least cost as a function of the rate is concave and made of straight
 * pieces, whose slope is the weight that moves: two rates enclose the best one, and where their tangents meet is the next to
 * look at (Kelley 1960, in one dimension). Each look is an exact allocation.
 *
 * @param problem with homes; their rate is the least
 * @param most weight of homes that may move
 * @param exact whether to go on to the very best; else to a rate at which nearly as much moves as may
 */
export function* priceBudget(problem: TransportProblem, centers: Float64Array, prices: Float64Array, most: number, exact: boolean): Generator<undefined, BudgetPrice> {
  const base = problem.homes?.rate ?? 0
  const all = homeWeight(problem)
  let low = yield* look(base, prices)
  if (low.moved <= most + 1e-9 * all || low.allocation.status === "infeasible") return { rate: base, allocation: low.allocation, leastMoved: null, isExact: true }
  let step = (FIRST * problem.k) / all
  let high = low
  let isOver = isLate(yield undefined)
  for (let growth = 0; high.moved > most && growth < GROWTHS && !isOver; growth++) {
    if (growth > 0) low = high
    high = yield* look(base + step, high.allocation.prices)
    step *= growth < FEW_GROWTHS ? GROWTH : FASTER
    isOver = isLate(yield undefined)
  }
  // that more has to move than may is only known where there was time to look
  if (isOver) return { rate: high.rate, allocation: high.allocation, leastMoved: null, isExact: false }
  if (high.moved > most) return { rate: high.rate, allocation: high.allocation, leastMoved: high.moved, isExact: false }
  for (let round = 0; round < ROUNDS && !isOver; round++) {
    const meet = (high.value - low.value + low.moved * low.rate - high.moved * high.rate) / (low.moved - high.moved)
    if (!exact && high.moved >= CLOSE * most) break
    // near the end tangents tell most; far from it a rate that halves what is between
    const rate = exact || round % 2 === 0 ? meet : Math.sqrt(Math.max(low.rate, 1e-3 * high.rate) * high.rate)
    if (!(rate > low.rate && rate < high.rate)) return { rate: high.rate, allocation: high.allocation, leastMoved: null, isExact: true }
    const next = yield* look(rate, high.allocation.prices)
    const value = low.value + low.moved * (rate - low.rate)
    if (rate === meet && next.value >= value - SAME * Math.abs(value)) return { rate, allocation: next.allocation, leastMoved: null, isExact: true }
    if (next.moved > most) low = next
    else high = next
    isOver = isLate(yield undefined)
  }
  return { rate: high.rate, allocation: high.allocation, leastMoved: null, isExact: false }

  function* look(rate: number, from: Float64Array): Generator<undefined, { rate: number; allocation: Allocation; moved: number; value: number }> {
    const priced = atRate(problem, rate)
    const allocation = yield* allocateAccounts(priced, centers, from)
    return { rate, allocation, moved: movedOf(priced, allocation), value: allocation.bound + rate * all }
  }
}
