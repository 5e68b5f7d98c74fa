import { createRandom, type Random } from "../math/random.js"
import { centerSpacing } from "../math/transport/center-spacing.js"
import { tellSteps } from "../model/tell-steps.js"
import { allocateAccounts, isLong, type Allocation } from "./allocate.js"
import type { MoveConflict } from "./allocate-within-limits.js"
import { annealRegions, annealWhole, canAnneal } from "./anneal-plan.js"
import type { CompiledProblem } from "./compile-problem.js"
import { isBetter } from "./is-better.js"
import { locateCenters, type LocatedCenters } from "./locate.js"
import { narrowBounds } from "./narrow-bounds.js"
import { DEFAULT_PARTITION_OPTIONS, type PartitionOptions, type PartitionProgress } from "./partition-options.js"
import type { PartitionResult } from "./partition-result.js"
import { proveAsked } from "./prove-asked.js"
import { ownMedoids, recenter, type Candidate } from "./recenter.js"
import { createRepairEffort } from "./repair-effort.js"
import { improvePlan, resolveSplits } from "./resolve-splits.js"
import { areMovesFree, isBalanceOnly, searchBalance } from "./search-balance.js"
import { startCenters } from "./start-centers.js"
import { unproven } from "./unproven.js"

/** The best plan of a search, with the divisible optimum at its own centers. */
export interface FoundPlan {
  readonly owner: Int32Array
  readonly centers: Float64Array
  readonly allocation: Allocation
  readonly stoppedBy: PartitionResult["stoppedBy"]
  readonly iterations: number
  /** Where divided accounts cannot keep limits on moves and the bounds together. */
  readonly moveConflict?: MoveConflict | null
  /**
   * The plans that were the best one for a while, in order; none with a time limit. What is done to the best one later
   * is done to these too, and the best outcome counts: so more starts never end worse than fewer.
   */
  readonly earlier?: readonly FoundPlan[]
}

/** Rounds of re-centering on whole accounts, at most. */
const ROUNDS = 6
/** A round that saves less than this share of the cost is the last. */
const WORTHWHILE = 1e-5
/** A start is polished when it costs less by this share than the last one that was: polishing takes longer than starting. */
const PROMISING = 1e-3
/** A plan that costs at most this share more than the divisible optimum at its centers is left as it is. */
const CLOSE = 0.0045
/** So often at most a plan further off is allocated anew. */
const ANEW = 3
/** Where allocations are long, the first one leaves this share of the window on each side: a second one will not follow. */
const ROOM = 0.005
/** With a time limit the best of so many starts is improved at length before there are more. */
const FIRST_STARTS = 3
/** So many accounts are not annealed. */
const MANY_ACCOUNTS = 20_000
/** Out of time, a plan with more pairs than this is not divided anew: the prices at hand prove a bound. */
const MANY_PAIRS = 1_000_000
/** How far the directions of bisection are turned at random, from the second start on. */
const WOBBLE = 0.6

/** Where accounts are at home: centers as they are today, and centers free to move; in a large problem these alone. */
const STARTS_FROM_TODAY = 2

/** Where a search goes on from: the centers of a like plan, and prices that were good there. */
export interface LikePlan {
  /** k x dimension. */
  readonly centers: Float64Array
  /** k x M. */
  readonly prices: Float64Array
}

/** What a search is at. */
type SearchPhase = Exclude<PartitionProgress["phase"], "read" | "judge">

/** About how much of a start is done when a phase begins. */
const PHASE_BEGINS: Readonly<Record<SearchPhase, number>> = { locate: 0, allocate: 0.6, resolve: 0.7 }

/** A plan and the divisible optimum at its centers. */
interface Divided {
  readonly plan: Candidate
  readonly allocation: Allocation
}

/** A polished plan. */
interface Finished extends Divided {
  /** Whether its centers stood still when they were last moved freely. */
  readonly converged: boolean
}

/**
 * The search: locate centers, allocate accounts exactly, make the divided ones whole, move the centers to what came out and
 * allocate again; from several starts, the best plan wins (least violation, then least cost).
 *
 * @param outOfTime asked between steps; once true, the best plan so far is taken
 * @param likePlan where the first start begins, instead of at centers of its own; without `starts` it is the only one, and what
 * it finds is not allocated anew: its allocation is the one before the centers followed, not a proof
 * @yields progress, at least after every O(n k) pass
 */
export function* searchPlan<A>(compiled: CompiledProblem, options: PartitionOptions<A>, outOfTime: () => boolean, likePlan: LikePlan | null = null): Generator<PartitionProgress, FoundPlan> {
  if (isBalanceOnly(compiled) && areMovesFree(compiled)) return yield* searchBalance(compiled, options, outOfTime)
  const { searched: problem, fixed } = compiled
  const { k } = problem
  // where all accounts are at one place there are no other centers
  const allFixed = !fixed.includes(0) || isBalanceOnly(compiled)
  const budgeted = Math.floor(DEFAULT_PARTITION_OPTIONS.startBudget / (problem.n * k))
  const byDefault = allFixed || k === 1 || likePlan !== null ? 1 : Math.max(problem.homes && budgeted > 0 ? STARTS_FROM_TODAY : 1, Math.min(DEFAULT_PARTITION_OPTIONS.maxStarts, budgeted))
  const timed = options.timeLimitMs !== undefined
  const canMove = !allFixed && k > 1
  // where centers move in the annealing, settling is left to it
  const annealed = canAnneal(compiled)
  const goesOn = timed && canMove && options.starts === undefined
  const first = goesOn ? Math.min(FIRST_STARTS, byDefault) : byDefault
  // with centers as they are today alone, one start would be worse than two, and better where accounts should stay
  const atLeast = problem.homes && canMove && likePlan === null ? STARTS_FROM_TODAY : 1
  const starts = options.starts !== undefined ? Math.max(atLeast, options.starts) : goesOn ? Infinity : byDefault
  const maxIterations = options.maxIterations ?? DEFAULT_PARTITION_OPTIONS.maxIterations
  const seed = options.seed ?? DEFAULT_PARTITION_OPTIONS.seed
  const costUnit = compiled.costUnit
  const effort = createRepairEffort()

  let best: Finished | null = null
  const earlier: Finished[] = []
  let record: Candidate | null = null
  let iterations = 0
  let interrupted = false
  let started = 0
  for (let start = 1; start <= starts && !interrupted; start++) {
    started = start
    const random = createRandom(seed, start)
    const work = searchFrom(start, random)
    let latest: Finished | null = null
    let told: unknown = undefined
    for (;;) {
      const step = work.next(told)
      if (step.done === true) {
        latest = step.value
        if (latest !== null && isBetter(latest.plan, best?.plan ?? null)) {
          if (best !== null && !timed) earlier.push(best)
          best = latest
        }
        break
      }
      // a start that has nothing to lose is dropped where it stands; the first one shortens itself
      if (best !== null && outOfTime()) {
        interrupted = true
        break
      }
      told = yield progress(step.value, start)
    }
    if (goesOn && start >= first && !outOfTime()) {
      // the first starts were for a good plan to go on from; later ones each go on by themselves
      const from: Finished | null = start === first ? best : latest
      if (from !== null) {
        const further: Finished = yield* report(goFurther(from, random), start)
        if (isBetter(further.plan, (best as Finished | null)?.plan ?? null)) best = further
      }
    }
    interrupted ||= outOfTime() && (start < starts || timed)
  }
  const { plan, converged } = best as unknown as Finished // there is at least one start
  let { allocation } = best as unknown as Finished
  if (compiled.searched !== compiled.problem && likePlan === null) {
    // the certificate is of the true weights and bounds; where the rounded ones cannot be met, that says nothing of these
    allocation = outOfTime() && problem.n * k > MANY_PAIRS
      ? unproven(plan.centers, allocation)
      : yield* report(tellSteps(proveAsked(compiled, plan.centers, allocation), "resolve"), started)
  }
  const stoppedBy = interrupted ? "time-limit" : plan.whole.violation > 0 ? "work-limit" : converged ? "converged" : "iteration-limit"
  const asFound = (one: Divided): FoundPlan => ({ owner: one.plan.whole.owner, centers: one.plan.centers, allocation: one.allocation, stoppedBy, iterations })
  return { ...asFound({ plan, allocation }), earlier: earlier.map(asFound) }

  function progress(phase: SearchPhase, start: number): PartitionProgress {
    const isCounted = Number.isFinite(starts)
    return {
      phase,
      start,
      starts: isCounted ? starts : start,
      share: isCounted ? (start - 1 + PHASE_BEGINS[phase]) / starts : 0,
      cost: best === null ? null : best.plan.cost * costUnit,
    }
  }

  function* report<T>(work: Generator<SearchPhase, T>, start: number): Generator<PartitionProgress, T> {
    let told: unknown = undefined
    for (;;) {
      const step = work.next(told)
      if (step.done === true) return step.value
      told = yield progress(step.value, start)
    }
  }

  /** One start, from its first centers to a finished plan; null when it promises no better one than is known. */
  function* searchFrom(start: number, random: Random): Generator<SearchPhase, Finished | null> {
    const located = likePlan !== null && start === 1 ? { ...likePlan, iterations: 0, converged: true } : yield* locate(start, random)
    iterations += located.iterations
    let { centers, prices } = located
    if (compiled.centersAre === "account") {
      const first = yield* tellSteps(allocateAccounts(problem, centers, prices), "allocate")
      centers = yield* tellSteps(ownMedoids(compiled, first.owner, centers), "allocate")
      prices = first.prices
    }
    const allocation = yield* tellSteps(isLong(problem) || likePlan !== null ? allocateWithRoom(centers, prices) : allocateAccounts(problem, centers, prices), "allocate")
    const whole = yield* tellSteps(resolveSplits(problem, allocation, random, effort), "resolve")
    const placed = yield* tellSteps(recenter(compiled, whole, allocation), "resolve")
    if (allFixed) {
      const plan = yield* tellSteps(settle(placed, true, random), "resolve")
      return { plan, allocation: isLong(problem) ? yield* tellSteps(prove(plan, allocation), "resolve") : allocation, converged: true }
    }
    const found = yield* tellSteps(settle(placed, false, random), "resolve")
    if (start <= first || !goesOn) {
      if (record !== null && !isBetter({ ...found, cost: found.cost * (1 + PROMISING) }, record)) return null
      record = found
    }
    // every record, not only the last: so more starts never end worse than fewer
    const finished = yield* tellSteps(finish(found, allocation, createRandom(seed)), "resolve")
    return { ...finished, converged: located.converged }
  }

  /** Centers of a start's own. */
  function* locate(start: number, random: Random): Generator<SearchPhase, LocatedCenters> {
    const initial = yield* tellSteps(startCenters(compiled, random, start === 1 && seed === 0 ? 0 : WOBBLE), "locate")
    // what is at home stays there most easily when centers stay too; later starts let them go
    const iterationsNow = problem.homes && start === 1 && starts > 1 ? 0 : maxIterations
    return yield* tellSteps(locateCenters(problem, initial, fixed, iterationsNow, outOfTime, compiled.anchors), "locate")
  }

  /** Improves a finished plan by annealing its regions and by allocating anew in turn, as long as that helps and there is time. */
  function* goFurther(from: Finished, random: Random): Generator<SearchPhase, Finished> {
    let { plan, allocation } = yield* tellSteps(allocateAnew(from, 0, random), "allocate")
    while (!outOfTime()) {
      const whole = yield* tellSteps(annealRegions(compiled, plan.whole.owner, plan.centers, random, outOfTime), "resolve")
      if (whole === null) break
      const cooled = yield* tellSteps(settle(yield* tellSteps(recenter(compiled, whole, plan), "resolve"), false, random), "resolve")
      if (!isBetter(cooled, plan)) break
      const proven = yield* tellSteps(allocateAccounts(problem, cooled.centers, cooled.prices), "allocate")
      const anew = yield* tellSteps(allocateAnew({ plan: cooled, allocation: proven }, 0, random), "allocate")
      plan = anew.plan
      allocation = anew.allocation
      if (plan === cooled) break
    }
    return { plan, allocation, converged: from.converged }
  }

  /** Polishes a plan, and proves its certificate at its own centers. */
  function* finish(from: Candidate, before: Allocation, random: Random): Generator<undefined, Divided> {
    let plan = yield* settle(from, !annealed, random)
    if (annealed) {
      const whole = yield* annealWhole(compiled, plan.whole.owner, plan.centers, random, outOfTime)
      const found = whole === null ? plan : yield* settle(yield* recenter(compiled, whole, plan), false, random)
      if (isBetter(found, plan)) plan = found
    }
    return yield* allocateAnew({ plan, allocation: yield* prove(plan, before) }, CLOSE, random)
  }

  /** Accounts divided with room left to make them whole, or without where that does not fit. */
  function* allocateWithRoom(centers: Float64Array, prices: Float64Array): Generator<undefined, Allocation> {
    const roomy = yield* allocateAccounts(narrowBounds(problem, null, ROOM), centers, prices)
    return roomy.status === "optimal" && !roomy.isBeyond ? roomy : yield* allocateAccounts(problem, centers, prices)
  }

  /** The certificate at a plan's own centers; nothing yet where it is long and will be of the true weights. */
  function* prove({ centers, prices }: Candidate, before: Allocation): Generator<undefined, Allocation> {
    if (outOfTime() && problem.n * k > MANY_PAIRS) return unproven(centers, before)
    return likePlan !== null || (isLong(problem) && compiled.searched !== compiled.problem) ? before : yield* allocateAccounts(problem, centers, prices)
  }

  /**
   * Allocates accounts exactly at the plan's own centers and makes them whole again, where the plan is outside its bounds or
   * costs more than the share `close` above what is proven for these centers.
   */
  function* allocateAnew(from: Divided, close: number, random: Random): Generator<undefined, Divided> {
    let { plan, allocation } = from
    for (let round = 0; round < (isLong(problem) || likePlan !== null ? 0 : ANEW) && !outOfTime(); round++) {
      const isInside = plan.whole.violation === 0 || allocation.status === "infeasible"
      const isClose = allocation.status !== "optimal" || plan.cost <= (1 + close) * allocation.bound
      if (isInside && isClose) break
      const whole = yield* resolveSplits(problem, allocation, random, effort)
      const found = yield* settle(yield* recenter(compiled, whole, allocation), !annealed, random)
      if (isBetter(found, plan)) {
        plan = found
        allocation = yield* allocateAccounts(problem, plan.centers, plan.prices)
      } else if (isInside) break
    }
    return { plan, allocation }
  }

  /** Moves centers to the plan and accounts to the centers in turn, until nothing gets better. */
  function* settle(from: Candidate, thorough: boolean, random: Random): Generator<undefined, Candidate> {
    let settled = from
    // where nothing moves and single accounts hardly matter, there is nothing to settle
    if (allFixed && problem.n > MANY_ACCOUNTS) return settled
    for (let round = 0; round < ROUNDS && !outOfTime(); round++) {
      const { centers, prices } = settled
      const spacing = centerSpacing(centers, k, problem.dimension, problem.power)
      const next = yield* recenter(compiled, yield* improvePlan(problem, settled.whole.owner, { centers, prices, spacing }, random, thorough), { centers, prices })
      const saved = settled.cost - next.cost
      if (isBetter(next, settled)) settled = next
      if (!(saved > WORTHWHILE * settled.cost)) break
    }
    return settled
  }
}
