import { homeWeight, movedWeight } from "../math/transport/pair-rules.js"
import type { CompiledProblem } from "./compile-problem.js"
import { locateCenters } from "./locate.js"
import type { PartitionOptions, PartitionProgress } from "./partition-options.js"
import { atRate, priceBudget } from "./price-budget.js"
import { createRandom } from "../math/random.js"
import { recenter } from "./recenter.js"
import { searchPlan, type FoundPlan } from "./search-plan.js"
import { sendHome } from "./send-home.js"
import { startCenters } from "./start-centers.js"

/** A plan for divided accounts that moves a little less than may leaves room to make them whole. */
const ROOM = 0.02

/**
 * The search under a limit on what may move: the limit gets a price at the centers of today, the search runs at that price, what
 * still moves too much is sent home, and the price is found anew at the plan's own centers, which is its certificate. Without a
 * limit the search alone.
 *
 * @yields as the search
 */
export function* searchWithinBudget<A>(compiled: CompiledProblem, options: PartitionOptions<A>, outOfTime: () => boolean): Generator<PartitionProgress, FoundPlan> {
  const most = budgetOf(compiled)
  if (most === null) return yield* searchPlan(compiled, options, outOfTime)
  const { searched, problem, fixed } = compiled
  const waiting: PartitionProgress = { phase: "locate", start: 1, starts: 1, share: 0, cost: null }
  const initial = yield* told(startCenters(compiled, createRandom(0), 0), waiting)
  const { centers, prices } = yield* told(locateCenters(searched, initial, fixed, 0, outOfTime), waiting)
  const first = yield* told(priceBudget(searched, centers, prices, (1 - ROOM) * most, false), waiting)
  const priced = { ...compiled, searched: atRate(searched, first.rate), problem: atRate(problem, first.rate) }
  const found = yield* searchPlan(priced, options, outOfTime)
  const last: PartitionProgress = { phase: "resolve", start: 1, starts: 1, share: 1, cost: null }
  let { owner, centers: ends } = found
  if (movedWeight(problem, owner) > most) {
    owner = owner.slice()
    sendHome(priced.searched, ends, owner, most)
    ends = (yield* told(recenter(priced, { owner, violation: 0 }, { centers: ends, prices: found.allocation.prices }), last)).centers
  }
  const { rate, allocation, leastMoved, isExact } = yield* told(priceBudget(problem, ends, found.allocation.prices, most, true), last)
  return { ...found, owner, centers: ends, allocation: isExact ? allocation : { ...allocation, relaxedCost: null }, rate, leastMoved }
}

/** Weight at home that may leave it; less where accounts have to move in any case. Null: all may. */
export function budgetOf({ problem, disruption }: CompiledProblem): number | null {
  if (!problem.homes || disruption === null || disruption.maxMovedShare === null) return null
  return Math.max(0, disruption.maxMovedShare * disruption.total - (disruption.total - homeWeight(problem)))
}

/** Tells of a part's pauses how far the whole is. */
function* told<T>(steps: Generator<undefined, T>, progress: PartitionProgress): Generator<PartitionProgress, T> {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    yield progress
  }
}
