import { isLate } from "../math/lateness.js"
import { log } from "../math/exact/log.js"
import { pow } from "../math/exact/pow.js"
import { homeWeight } from "../math/transport/pair-rules.js"
import type { TransportProblem } from "../math/transport/transport-problem.js"
import { allocateAccounts, type Allocation } from "./allocate.js"
import { atRate, movedOf, ROOT } from "./home-rate.js"
import { warmPrices } from "./warm-prices.js"

/** What staying at home has to be worth. */
export interface FoundRate {
  /** The problem's unit of cost for each unit of disruption weight. */
  readonly rate: number
  /** The divisible optimum at that rate. */
  readonly allocation: Allocation
  /** Whether divided accounts can keep the limit and the bounds together. */
  readonly isKept: boolean
}

/** Close enough: divided accounts move from this share of what may move to all of it; the next guess aims between. */
const CLOSE = 0.85
const AIM = 0.94
/** Looks at most; each is an exact allocation that begins at the prices of the last. */
const LOOKS = 7
/** A guess is off by less than these factors. */
const LEAST_STEP = 1.4
const LONGEST_STEP = 30
/** A rate so many times higher that moves less by less than this share moves what has to move in any case. */
const MUCH_HIGHER = 4
const NO_LESS = 0.02
/** A first guess, as a share of what accounts cost for their weight; and what is as good as nothing. */
const FIRST = 0.5
const NOTHING = 1e-6

/**
 * A price at which divided accounts move nearly as much as may: a few looks that begin at the rate of a like plan and home in by
 * the power law that what moves follows between two rates. A limit below what has to move in any case ends at a rate at which next
 * to nothing moves that need not. As `priceBudget`, which goes on to the best to the last digits, but in two or three
 * allocations.
 *
 * @param problem with homes
 * @param most weight of homes that may move, > 0
 * @param over by how much of the limit divided accounts may move more: what is proven holds at any rate
 * @param near rate and prices of a like plan; a rate of 0: none is known
 * @yields now and then
 */
export function* findRate(problem: TransportProblem, centers: Float64Array, most: number, near: { readonly rate: number; readonly prices: Float64Array }, over = 0): Generator<undefined, FoundRate> {
  const unit = problem.k / homeWeight(problem)
  let low: { rate: number; moved: number } | null = null
  let high: { rate: number; moved: number; allocation: Allocation } | null = null
  let rate = near.rate > 0 ? near.rate : FIRST * unit
  let { prices } = near
  for (let look = 1; ; look++) {
    const priced = atRate(problem, rate)
    const allocation = yield* allocateAccounts(priced, centers, over > 0 ? prices : yield* warmPrices(priced, centers, prices))
    const moved = movedOf(priced, allocation)
    const here = { rate, moved: Math.max(moved, NOTHING * most), allocation }
    const isFloor = low !== null && high === null && rate >= MUCH_HIGHER * low.rate && here.moved > (1 - NO_LESS) * low.moved
    const isClose = moved <= (1 + over) * most && (moved >= (CLOSE - over) * most || rate <= NOTHING * unit)
    if (isClose || allocation.status === "infeasible" || (moved > most && isFloor)) return { rate, allocation, isKept: moved <= (1 + over) * most }
    prices = allocation.prices
    const told: unknown = yield undefined
    if (moved > most) low = here
    else high = here
    if (look >= LOOKS || isLate(told)) return high !== null ? { ...high, isKept: true } : { rate, allocation, isKept: false }
    if (low !== null && high !== null) {
      const share = log(low.moved / (AIM * most)) / log(low.moved / high.moved)
      const next: number = low.rate * pow(high.rate / low.rate, Math.min(Math.max(share, 0.1), 0.9))
      if (!(next > low.rate && next < high.rate)) return { ...high, isKept: true }
      rate = next
    } else {
      const step = Math.min(Math.max(pow(moved > most ? moved / (AIM * most) : (AIM * most) / here.moved, ROOT), high === null && look > 2 ? MUCH_HIGHER : LEAST_STEP), LONGEST_STEP)
      rate = moved > most ? rate * step : rate / step
    }
  }
}
