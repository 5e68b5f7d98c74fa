import { createRandom } from "../math/random.js"
import { NO_MOVE_PRICES, withMovePrices, type MovePrices } from "../math/transport/move-limits.js"
import { changeProblem, type TransportProblem } from "../math/transport/transport-problem.js"
import { violationOf } from "../math/transport/whole-plan.js"
import { allocateWithinLimits } from "./allocate-within-limits.js"
import type { CompiledProblem } from "./compile-problem.js"
import { locateCenters } from "./locate.js"
import type { PartitionOptions, PartitionProgress } from "./partition-options.js"
import { recenter, type Candidate } from "./recenter.js"
import { resolveSplits } from "./resolve-splits.js"
import { isBetter, searchPlan, type FoundPlan } from "./search-plan.js"
import { sendHome } from "./send-home.js"
import { startCenters } from "./start-centers.js"

/** Rounds of dividing within the limits and making whole, at most. */
const ROUNDS = 4
/** A plan that costs at most this share more than the divisible optimum at its centers is left as it is. */
const CLOSE = 3e-3

/**
 * The search under limits on what may move: the limits get their prices at the centers of today, the search runs at these, and
 * at the centers that it finds accounts are divided within the limits, made whole at the prices of that, and what still moves
 * too much is sent home; as long as that helps. Without limits the search alone.
 *
 * @yields as the search
 */
export function* searchWithinBudget<A>(compiled: CompiledProblem, options: PartitionOptions<A>, outOfTime: () => boolean): Generator<PartitionProgress, FoundPlan> {
  const { searched, problem, fixed } = compiled
  const limits = problem.homes?.limits ?? null
  if (limits === null) return yield* searchPlan(compiled, options, outOfTime)
  const waiting: PartitionProgress = { phase: "locate", start: 1, starts: 1, share: 0, cost: null }
  const initial = yield* told(startCenters(compiled, createRandom(0), 0), waiting)
  const start = yield* told(locateCenters(atPrices(searched, NO_MOVE_PRICES), initial, fixed, 0, outOfTime), waiting)
  const first = yield* told(allocateWithinLimits(searched, start.centers, start.prices), waiting)
  const { moves } = first.allocation
  const priced: CompiledProblem = { ...compiled, searched: atPrices(searched, moves), problem: atPrices(problem, moves) }
  const found = yield* searchPlan(priced, options, outOfTime)
  const last: PartitionProgress = { phase: "resolve", start: 1, starts: 1, share: 1, cost: null }
  return yield* told(polish(), last)

  function* polish(): Generator<undefined, FoundPlan> {
    const random = createRandom(options.seed ?? 0)
    let best = yield* keepLimits(found.owner, found.centers, found.allocation.prices, moves)
    let divided = yield* allocateWithinLimits(searched, best.centers, found.allocation.prices, moves)
    for (let round = 0; round < ROUNDS && !outOfTime(); round++) {
      const { allocation } = divided
      if (allocation.status !== "optimal" || divided.leastMoved !== null) break
      if (best.whole.violation === 0 && best.cost <= allocation.bound + CLOSE * Math.abs(allocation.bound + worthOfAll())) break
      const whole = yield* resolveSplits(atPrices(searched, allocation.moves), allocation, random)
      const next = yield* keepLimits(whole.owner, allocation.centers, allocation.prices, allocation.moves)
      if (!isBetter(next, best)) break
      best = next
      divided = yield* allocateWithinLimits(searched, best.centers, allocation.prices, allocation.moves)
    }
    const { allocation, leastMoved } = searched === problem ? divided : yield* allocateWithinLimits(problem, best.centers, divided.allocation.prices, divided.allocation.moves)
    return { ...found, owner: best.whole.owner, centers: best.centers, allocation, leastMoved }
  }

  /** Sends home what moves too much, and lets the centers follow. */
  function* keepLimits(owner: Int32Array, centers: Float64Array, prices: Float64Array, at: MovePrices): Generator<undefined, Candidate> {
    const kept = owner.slice()
    sendHome(changeProblem(searched, { homes: withLimitsAt(at) }), centers, kept)
    return yield* recenter({ ...compiled, problem: atPrices(problem, NO_MOVE_PRICES), searched: atPrices(searched, NO_MOVE_PRICES) }, { owner: kept, violation: violationOf(searched, kept) }, { centers, prices })
  }

  function withLimitsAt(at: MovePrices): TransportProblem["homes"] {
    const homes = withMovePrices(searched, at)
    return homes === null ? null : { ...homes, limits }
  }

  /** What all accounts at home are worth: costs count less by that. */
  function worthOfAll(): number {
    const { homes } = searched
    return homes ? homes.rate * homes.total.reduce((sum, weight) => sum + weight, 0) : 0
  }
}

/** The same problem with limits as costs. */
function atPrices(problem: TransportProblem, moves: MovePrices): TransportProblem {
  return changeProblem(problem, { homes: withMovePrices(problem, moves) })
}

/** Tells of a part's pauses how far the whole is. */
function* told<T>(steps: Generator<undefined, T>, progress: PartitionProgress): Generator<PartitionProgress, T> {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    yield progress
  }
}
