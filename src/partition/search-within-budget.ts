import { pow } from "../math/exact/pow.js"
import { createRandom } from "../math/random.js"
import { NO_MOVE_PRICES, withMovePrices, type MovePrices } from "../math/transport/move-limits.js"
import { homeWeight, movedWeight } from "../math/transport/pair-rules.js"
import { changeProblem, type TransportProblem } from "../math/transport/transport-problem.js"
import { centerSpacing } from "../math/transport/center-spacing.js"
import { violationOf } from "../math/transport/whole-plan.js"
import { tellSteps } from "../model/tell-steps.js"
import { allocateAccounts, type Allocation } from "./allocate.js"
import { allocateWithinLimits, type LimitedAllocation } from "./allocate-within-limits.js"
import { changeBoth, type CompiledProblem } from "./compile-problem.js"
import { findRate } from "./find-rate.js"
import { atRate, movedOf, ROOT } from "./home-rate.js"
import { locateCenters, type LocatedCenters } from "./locate.js"
import { DEFAULT_PARTITION_OPTIONS, type PartitionOptions, type PartitionProgress } from "./partition-options.js"
import { recenter, type Candidate } from "./recenter.js"
import { createRepairEffort } from "./repair-effort.js"
import { improveWithinLimits, resolveSplits } from "./resolve-splits.js"
import { isBetter } from "./is-better.js"
import { searchPlan, type FoundPlan } from "./search-plan.js"
import { sendHome } from "./send-home.js"
import { startCenters } from "./start-centers.js"
import { unproven } from "./unproven.js"

/** Rounds of dividing within the limits and making whole, at most. */
const ROUNDS = 4
/** A plan that costs at most this share more than the divisible optimum at its centers is left as it is. */
const CLOSE = 3e-3
/** Divided accounts leave this share of what may move, so that making them whole does not move too much; so many times more where it does. */
const ROOM = 4e-3
const MORE_ROOM = 1.2
/** Moves of all centers in a large problem. */
const MOVES = 3
/** Its price is then looked for to within this share of what may move. */
const ROUGHLY = 0.2
/** Where divided accounts move less than this share of what may, whatever the price, the limit does not bind. */
const SLACK = 0.5
/** A price changes by no more than this factor at once. */
const LONGEST_STEP = 3
/** With more pairs than this one search is all there is time for: the one for centers within the limits. */
const MANY_PAIRS = 2_000_000

/**
 * The search under limits on what may move. In a large problem centers move from where they are today to the means of what the
 * divisible optimum within the limits gives them; in a small one the limits get prices at the centers of today, and the search
 * runs at these. Then accounts are divided within the limits, made whole at the prices of that, and what still moves too much is
 * sent home, as long as that helps. Without limits the search alone.
 *
 * @yields as the search
 */
export function* searchWithinBudget<A>(compiled: CompiledProblem, options: PartitionOptions<A>, outOfTime: () => boolean): Generator<PartitionProgress, FoundPlan> {
  const { searched, problem, fixed } = compiled
  const limits = problem.homes?.limits ?? null
  if (limits === null) return yield* searchPlan(compiled, options, outOfTime)
  const waiting: PartitionProgress = { phase: "locate", start: 1, starts: 1, share: 0, cost: null }
  const initial = yield* tellSteps(startCenters(compiled, createRandom(0), 0), waiting)
  const today = yield* tellSteps(locateCenters(atPrices(searched, NO_MOVE_PRICES), initial, fixed, 0, outOfTime), waiting)
  const most = limits.stays === null ? Infinity : homeWeight(searched) - limits.stays
  const random = createRandom(options.seed ?? DEFAULT_PARTITION_OPTIONS.seed)
  const effort = createRepairEffort()
  let room = ROOM
  const last: PartitionProgress = { phase: "resolve", start: 1, starts: 1, share: 0.6, cost: null }
  if (searched.n * searched.k > MANY_PAIRS && options.starts === undefined) {
    const located = yield* tellSteps(moveCenters(today), { ...waiting, phase: "allocate", share: 0.2 })
    if (located !== null) {
      const { divided, iterations } = located
      return (yield* tellSteps(polish(null, divided, { stoppedBy: "iteration-limit", iterations }), last)).plan
    }
  }
  const first = yield* tellSteps(allocateWithinLimits(withRoom(), today.centers, today.prices), waiting)
  const { moves } = first.allocation
  const found = yield* searchPlan(changeBoth(compiled, (one) => atPrices(one, moves)), options, outOfTime)
  // prices are not limits: which start is the best is known only within the limits
  const within: { readonly plan: FoundPlan; readonly end: Candidate }[] = []
  for (const one of [...(found.earlier ?? []), found]) {
    room = ROOM
    const kept = yield* tellSteps(keepLimits(one.owner, one.centers, one.allocation.prices, moves), last)
    const divided = yield* tellSteps(allocateWithinLimits(withRoom(), kept.centers, one.allocation.prices, moves), last)
    const next = yield* tellSteps(polish(kept, divided, one), last)
    if (isBetter(next.end, within.at(-1)?.end ?? null)) within.push(next)
  }
  const plans = within.map(({ plan }) => plan)
  return { ...plans[plans.length - 1], earlier: plans.slice(0, -1) }

  /**
   * Lloyd's iteration (1982) under the limits: centers to the means of what is theirs, what is theirs to the centers. On the way
   * the limit on all moves is a price, which follows what moves; only the end is exact. Null where that limit does not bind, and a
   * change of owner has its own price or none: then the search without it is the better one.
   */
  function* moveCenters(from: Pick<LocatedCenters, "centers" | "prices">): Generator<undefined, { readonly divided: LimitedAllocation; readonly iterations: number } | null> {
    if (limits === null || limits.stays === null || most === 0) return { divided: yield* allocateWithinLimits(withRoom(), from.centers, from.prices), iterations: 0 }
    const base = searched.homes?.rate ?? 0
    const found = yield* findRate(searched, from.centers, most, { rate: 0, prices: from.prices }, ROUGHLY)
    let { rate, allocation } = found
    if (outOfTime()) return { divided: atPrice(allocation, rate - base), iterations: 0 }
    if (rate <= base || (found.isKept && movedOf(searched, allocation) < SLACK * most)) return null
    let iterations = 0
    for (; fixed.includes(0) && iterations < MOVES && found.isKept && !outOfTime(); iterations++) {
      const { centers } = yield* recenter(compiled, { owner: allocation.owner, violation: 0 }, allocation)
      const priced = atRate(searched, rate)
      allocation = yield* allocateAccounts(priced, centers, allocation.prices)
      const step = pow(Math.max(movedOf(priced, allocation), most / LONGEST_STEP) / most, ROOT)
      rate = Math.max(base, rate * Math.min(Math.max(step, 1 / LONGEST_STEP), LONGEST_STEP))
    }
    if (outOfTime()) return { divided: atPrice(allocation, rate - base), iterations }
    return { divided: yield* allocateWithinLimits(withRoom(), allocation.centers, allocation.prices, { ...NO_MOVE_PRICES, rate: rate - base }), iterations }
  }

  function* polish(
    from: Candidate | null,
    at: LimitedAllocation,
    { stoppedBy, iterations }: Pick<FoundPlan, "stoppedBy" | "iterations">,
  ): Generator<undefined, { readonly plan: FoundPlan; readonly end: Candidate }> {
    let best = from
    let divided = at
    for (let round = 0; round < ROUNDS && (best === null || !outOfTime()); round++) {
      const { allocation } = divided
      if (best !== null && (allocation.status === "infeasible" || divided.conflict !== null)) break
      if (best !== null && best.whole.violation === 0 && best.cost <= allocation.bound + CLOSE * Math.abs(allocation.bound + worthOfAll())) break
      const whole = yield* resolveSplits(atPrices(searched, allocation.moves), allocation, random, effort)
      const tooMuch = movedWeight(searched, whole.owner) - most
      if (tooMuch > 0 && most > 0) room += MORE_ROOM * (tooMuch / most)
      const next = yield* keepLimits(whole.owner, allocation.centers, allocation.prices, allocation.moves)
      if (isBetter(next, best)) best = next
      else if (best !== null && best.whole.violation === 0) break
      // what cannot be kept together is not tried at other centers
      if (divided.conflict !== null || outOfTime()) break
      divided = yield* allocateWithinLimits(withRoom(), (best as Candidate).centers, allocation.prices, allocation.moves)
    }
    const { whole, centers: ends } = best as Candidate // there is at least one round
    // what excludes each other with room for rounding may fit without; a large problem that is out of time keeps the prices at hand
    const isCutShort = outOfTime() && problem.n * problem.k > MANY_PAIRS
    const { allocation, conflict } = isCutShort
      ? { allocation: unproven(ends, divided.allocation), conflict: null }
      : yield* allocateWithinLimits(problem, ends, divided.allocation.prices, divided.allocation.moves)
    const outcome = outOfTime() && options.timeLimitMs !== undefined ? "time-limit" : whole.violation > 0 ? "work-limit" : stoppedBy
    const plan = { owner: whole.owner, centers: ends, allocation, moveConflict: conflict, stoppedBy: outcome, iterations }
    return { plan, end: best as Candidate }
  }

  /** The problem with a limit on all moves that leaves some of them. */
  function withRoom(): TransportProblem {
    const { homes } = searched
    if (!homes || limits === null || limits.stays === null) return searched
    return changeProblem(searched, { homes: { ...homes, limits: { ...limits, stays: limits.stays + Math.min(1, room) * most } } })
  }

  /** Sends home what moves too much, improves what is left within the limits, and lets the centers follow. */
  function* keepLimits(owner: Int32Array, centers: Float64Array, prices: Float64Array, at: MovePrices): Generator<undefined, Candidate> {
    const kept = owner.slice()
    sendHome(changeProblem(searched, { homes: withLimitsAt(at) }), centers, kept)
    const spacing = centerSpacing(centers, searched.k, searched.dimension, searched.power)
    const whole = yield* improveWithinLimits(searched, kept, { centers, prices, spacing, moves: at }, random)
    return yield* recenter(compiled, { owner: whole.owner, violation: violationOf(searched, whole.owner) }, { centers, prices })
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

/** An allocation whose limit on all moves is a price, as it stands when time is over. */
function atPrice(allocation: Allocation, rate: number): LimitedAllocation {
  return { allocation: { ...allocation, relaxedCost: null, moves: { ...NO_MOVE_PRICES, rate: Math.max(0, rate) } }, conflict: null }
}

/** The same problem with limits as costs. */
function atPrices(problem: TransportProblem, moves: MovePrices): TransportProblem {
  return changeProblem(problem, { homes: withMovePrices(problem, moves) })
}
