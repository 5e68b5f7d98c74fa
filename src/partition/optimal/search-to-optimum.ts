import { findBestWholePlan, type WholeOptimum } from "../../math/branch/best-whole-plan.js"
import { costOfOwners, keepsRows } from "../../math/branch/whole-program.js"
import { createRandom } from "../../math/random.js"
import { listWithinReach } from "../../math/transport/limit-to-reach.js"
import { changeProblem, pairCost, type TransportProblem } from "../../math/transport/transport-problem.js"
import { violationOf } from "../../math/transport/whole-plan.js"
import { tellSteps } from "../../model/tell-steps.js"
import { allocateWithinLimits } from "../allocate-within-limits.js"
import type { CompiledProblem } from "../compile-problem.js"
import { DEFAULT_PARTITION_OPTIONS, type PartitionOptions, type PartitionProgress } from "../partition-options.js"
import { proveAsked } from "../prove-asked.js"
import { ownMedoids } from "../recenter.js"
import type { FoundPlan } from "../search-plan.js"
import { searchWithinBudget } from "../search-within-budget.js"
import { improveInTime } from "./improve-in-time.js"
import { wholeProgramOf } from "./whole-program-of.js"
import type { WholeProof } from "./whole-proof.js"

/** With more pairs of account and territory than this, whole plans are too many to look through. */
export const MOST_PAIRS = 3000
/**
 * Entries that branch and bound looks at for the plan of the first start: about three seconds of a processor, enough
 * for most. Each plan of a later start that was the best one gets at most half of what then is left of all. With a
 * time limit there is no other limit.
 */
const MOST_WORK = 320_000_000
const MOST_WORK_OF_ALL = 400_000_000
/** What it may take where bounds cannot be kept anyway. */
const WORK_WITHIN_REACH = 40_000_000
/** Of these, what accounts without weight may take for their own places. */
const WORK_WITHOUT_WEIGHT = 20_000_000
/** Medoids follow a better plan so many times, at most. */
const ROUNDS = 20

/** What came of a plan, and how many entries were looked at. */
interface LookedThrough {
  readonly found: FoundPlan
  readonly proof: WholeProof
  readonly work: number
}

const NOTHING_PROVEN: WholeProof = Object.freeze({ isOptimal: false, isImpossible: false })

/**
 * The search, and where it is small and its centers are given or medoids, branch and bound from what it found: the
 * best plan of whole accounts at its centers. Where that costs less, medoids move to it, and so on. What is left of a
 * time limit goes to better plans in the neighborhoods of the best one, unless that is proven optimal.
 *
 * @yields as the search, and after every node
 */
export function* searchToOptimum<A>(
  compiled: CompiledProblem,
  options: PartitionOptions<A>,
  outOfTime: () => boolean,
): Generator<PartitionProgress, { readonly found: FoundPlan; readonly proof: WholeProof }> {
  let last: PartitionProgress = { phase: "locate", start: 1, starts: 1, share: 0, cost: null }
  const search = searchWithinBudget(compiled, options, outOfTime)
  let step = search.next()
  while (step.done !== true) {
    last = step.value
    const told: unknown = yield last
    step = search.next(told)
  }
  const found = step.value
  const { proof, found: best } = yield* tellSteps(lookThroughAll(compiled, found, options, outOfTime), { ...last, phase: "resolve" })
  if (options.timeLimitMs === undefined || options.starts !== undefined || proof.isOptimal || outOfTime()) return { found: best, proof }
  return { found: yield* tellSteps(improveInTime(compiled, best, options, outOfTime), { ...last, phase: "resolve" }), proof }
}

/**
 * Branch and bound from all plans of the search that were the best one for a while; the best outcome counts, a proven
 * one first.
 */
function* lookThroughAll<A>(
  compiled: CompiledProblem,
  found: FoundPlan,
  options: PartitionOptions<A>,
  outOfTime: () => boolean,
): Generator<undefined, LookedThrough> {
  if (compiled.reach !== null) return yield* lookWithinReach(compiled, found, options, outOfTime)
  const isHopeless = found.allocation.status === "infeasible" || (found.moveConflict ?? null) !== null
  if (!isSmall(compiled) || isHopeless) return { found, proof: NOTHING_PROVEN, work: 0 }
  let best: LookedThrough | null = null
  let left = MOST_WORK_OF_ALL
  for (const plan of [...(found.earlier ?? []), found]) {
    const most = options.timeLimitMs !== undefined ? Infinity : best === null ? MOST_WORK : left / 2
    const next: LookedThrough = yield* lookThrough(compiled, plan, options, most, outOfTime)
    left -= next.work
    if (best === null || isBetter(compiled, next, best)) best = next
    // at the same centers there is nothing better
    if (best.proof.isOptimal && !compiled.fixed.includes(0)) break
  }
  return best as LookedThrough // there is at least the last plan
}

/** Less violation first, then less cost, then what is proven. */
function isBetter({ searched }: CompiledProblem, one: LookedThrough, than: LookedThrough): boolean {
  const violation = violationOf(searched, one.found.owner) - violationOf(searched, than.found.owner)
  if (Math.abs(violation) > 1e-12) return violation < 0
  const [cost, otherCost] = [costOf(searched, one.found), costOf(searched, than.found)]
  return cost < otherCost || (cost === otherCost && one.proof.isOptimal && !than.proof.isOptimal)
}

function costOf(problem: TransportProblem, { owner, centers }: FoundPlan): number {
  let cost = 0
  for (let i = 0; i < problem.n; i++) cost += pairCost(problem, centers, i, owner[i])
  return cost
}

/**
 * The same within the bounds that can be reached, where those asked for cannot: the plan may be better, but nothing is
 * proven of what was asked for.
 */
function* lookWithinReach<A>(
  compiled: CompiledProblem,
  found: FoundPlan,
  options: PartitionOptions<A>,
  outOfTime: () => boolean,
): Generator<undefined, LookedThrough> {
  const { problem, searched } = compiled
  if (!isSmall(compiled) || (found.moveConflict ?? null) !== null) return { found, proof: NOTHING_PROVEN, work: 0 }
  const { lower, upper, lockedTo } = searched
  const aimed = { ...compiled, problem: changeProblem(problem, { lower, upper, lockedTo }) }
  const most = options.timeLimitMs === undefined ? WORK_WITHIN_REACH : Infinity
  const better = yield* lookThrough(aimed, found, options, most, outOfTime)
  const { owner, centers } = better.found
  const isMoved = centers.some((value, d) => value !== found.centers[d])
  const allocation = isMoved ? yield* proveAsked(compiled, centers, found.allocation) : found.allocation
  return { found: { ...found, owner, centers, allocation }, proof: NOTHING_PROVEN, work: better.work }
}

/**
 * Whether whole plans of a problem can be looked through: few pairs, and centers that do not depend on more than which
 * account is one.
 */
function isSmall({ problem: { n, k }, fixed, centersAre }: CompiledProblem): boolean {
  return k > 1 && n * k <= MOST_PAIRS && (centersAre === "account" || !fixed.includes(0))
}

/** Branch and bound at the plan's centers, and again where medoids follow the better plan. */
function* lookThrough<A>(
  compiled: CompiledProblem,
  found: FoundPlan,
  options: PartitionOptions<A>,
  mostWork: number,
  outOfTime: () => boolean,
): Generator<undefined, LookedThrough> {
  const { problem, searched, fixed } = compiled
  const random = createRandom(options.seed ?? DEFAULT_PARTITION_OPTIONS.seed)
  const isTimed = options.timeLimitMs !== undefined
  let plan = found
  let left = mostWork
  let work = 0
  // what goes too far is closed, until no whole plan is left without
  let isOpen = problem.reach === null || problem.reach === undefined || found.allocation.isBeyond
  for (let round = 0; ; round++) {
    const within = isOpen ? problem : changeProblem(problem, { eligibility: yield* listWithinReach(problem, plan.centers), reach: null })
    const { program, rowPrices } = wholeProgramOf(within, searched, plan.centers)
    const known = costOfOwners(program, plan.owner) < Infinity && keepsRows(program, plan.owner) ? plan.owner : null
    const { prices, moves } = plan.allocation
    const optimum = yield* findBestWholePlan(program, known, rowPrices(prices, moves), random, left, outOfTime)
    left -= optimum.work
    work += optimum.work
    const { owner } = optimum
    if (owner === null && optimum.isProven && !isOpen) {
      isOpen = true
      continue
    }
    if (owner === null) return { found: outcome(plan, optimum), proof: { isOptimal: false, isImpossible: optimum.isProven }, work }
    if (owner !== known) plan = { ...plan, owner }
    const proof = { isOptimal: optimum.isProven, isImpossible: false }
    const centers = owner === known || !fixed.includes(0) ? plan.centers : yield* ownMedoids(compiled, owner, plan.centers)
    if (centers.every((value, d) => value === plan.centers[d])) {
      return { found: outcome(yield* placeWeightless(within, searched, plan, outOfTime), optimum), proof, work }
    }
    const { allocation } = yield* allocateWithinLimits(problem, centers, prices, moves)
    plan = { ...plan, centers, allocation }
    if (round === ROUNDS || left <= 0) return { found: outcome(plan, optimum), proof: NOTHING_PROVEN, work }
  }

  function outcome(of: FoundPlan, { owner, isProven }: WholeOptimum): FoundPlan {
    const isOver = !isProven && isTimed && outOfTime()
    if (isOver) return { ...of, stoppedBy: "time-limit" }
    return owner === null || of.stoppedBy === "iteration-limit" ? of : { ...of, stoppedBy: "converged" }
  }
}

/**
 * Accounts without weight cost nothing wherever they are; among plans that cost the same they should be near all the
 * same.
 */
function* placeWeightless(
  problem: TransportProblem,
  searched: TransportProblem,
  plan: FoundPlan,
  outOfTime: () => boolean,
): Generator<undefined, FoundPlan> {
  const { n, k, weights } = problem
  if (searched.weights === weights) return plan
  const { program } = wholeProgramOf(changeProblem(problem, { weights: searched.weights, groups: searched.groups }), searched, plan.centers)
  const cost = program.cost.slice()
  for (let i = 0; i < n; i++) {
    for (let t = 0; t < k; t++) if (weights[i] > 0 && t !== plan.owner[i]) cost[i * k + t] = Infinity
  }
  const { owner } = yield* findBestWholePlan({ ...program, cost }, plan.owner, new Float64Array(program.rowCount), createRandom(0), WORK_WITHOUT_WEIGHT, outOfTime)
  return owner === null ? plan : { ...plan, owner }
}
