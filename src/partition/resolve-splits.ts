import { isLate, isTooLate } from "../math/lateness.js"
import { annealPlan } from "../math/transport/anneal.js"
import { homeWeight } from "../math/transport/pair-rules.js"
import { areBoundsOfLuck } from "../math/transport/bounds-of-luck.js"
import type { Random } from "../math/random.js"
import { listWithinReach } from "../math/transport/limit-to-reach.js"
import { findCandidates, type Candidates } from "../math/transport/candidates.js"
import { hasFewPlaces } from "../math/transport/has-few-places.js"
import { descendCost } from "../math/transport/descend.js"
import { repairViolations } from "../math/transport/repair.js"
import { withMovePrices, type MovePrices } from "../math/transport/move-limits.js"
import { createWholePlan, isAsGoodAsPossible, totalViolation, violationOf, type WholePlan } from "../math/transport/whole-plan.js"
import { changeProblem, pairCost, type TransportProblem } from "../math/transport/transport-problem.js"
import { allocateAccounts, isLong, type Allocation } from "./allocate.js"
import { narrowBounds } from "./narrow-bounds.js"
import type { RepairEffort } from "./repair-effort.js"
import { roundSplits } from "./round-splits.js"

/** A plan in which every account is whole. */
export interface WholeAllocation {
  /** n. */
  readonly owner: Int32Array
  /** Sum of what is outside the bounds, relative; 0 when every territory is inside. */
  readonly violation: number
}

/** Accounts may go to territories within so many spacings of their cheapest; less far where there are many; in small problems to all. */
const BAND = 0.25
const CROWD = 250
const ALL_PAIRS = 40_000
const FIRST_MOVES = 3000
const MOVES_PER_TERRITORY = 100
/** From so many territories on, a surplus has further to travel. */
const MANY_TERRITORIES = 125
/**
 * Moves looked at, at most: so many where bounds can be met, fewer where some accounts are too heavy to meet all of them, and
 * fewer still where not even divided accounts do, or whole ones only by luck.
 */
const MAX_LOOKS = 40_000_000
const MAX_LOOKS_WITH_HEAVY = 8_000_000
const MAX_LOOKS_WITHOUT_HOPE = 500_000
const PASSES = 10
/** So many times what a mean account gives up when it leaves home is a violation of its size worth at first. */
const WORTH_OF_HOME = 2
/**
 * Fewer places than this share of the accounts are few; a violation is then worth at least this share of the mean
 * spacing of centers.
 */
const FEW_PLACES = 0.25
const LEAST_SPACING = 1
/** With so many accounts, what whole accounts cost more than divided ones is not pursued below this share. */
const MANY = 50_000
const NEGLIGIBLE = 2e-3
/** Where whole accounts do not fit, bounds come closer on each side by these shares of the window, one after the other. */
const NARROWER = [0.01, 0.03, 0.1]
/** Too late, a plan with more pairs than this stays as it is; in a smaller one they are soon looked at. */
const MANY_PAIRS = 1_000_000
/** Annealing pays while every candidate pair can be tried often; a large problem has small accounts and no need of it. */
const TRIES_PER_PAIR = 200
const MAX_TRIES = 750_000
const MIN_TRIES_PER_PAIR = 20

/**
 * Makes divided accounts whole. With one measure the forest of divided accounts is rounded; with more, or with no optimum to
 * round, each goes to the territory with its largest share (Hess & Samuels 1971). Then accounts move until every territory is
 * inside its bounds, then the cost falls as far as shifts and swaps within the bounds let it.
 *
 * @param effort of the repairs of one search
 * @yields now and then
 */
export function* resolveSplits(
  problem: TransportProblem,
  allocation: Allocation,
  random: Random,
  effort: RepairEffort,
): Generator<undefined, WholeAllocation> {
  const toldAtFirst: unknown = yield undefined
  if (isTooLate(toldAtFirst) && problem.n * problem.k > MANY_PAIRS) return asItIs(problem, allocation.owner)
  const isForest = problem.measureCount === 1 && allocation.status === "optimal"
  const pairs = yield* nearbyPairs(problem, allocation.centers, allocation.prices, allocation.spacing, allocation.owner, allocation.isBeyond)
  yield undefined
  let plan = isForest ? yield* roundSplits(problem, allocation, pairs, random) : createWholePlan(problem, pairs, allocation.owner)
  yield undefined
  const isInVain = areBoundsOfLuck(problem)
  yield* repair(plan, allocation, random, isInVain, effort)
  for (const share of isForest || isInVain || isLong(problem) ? [] : NARROWER) {
    const told: unknown = yield undefined
    if (isAsGoodAsPossible(plan) || allocation.status !== "optimal" || isLate(told)) break
    // with some room left by the divided accounts, making them whole breaks fewer bounds
    const narrow = yield* allocateAccounts(narrowBounds(problem, allocation.owner, share), allocation.centers, allocation.prices)
    if (narrow.status !== "optimal" || narrow.isBeyond !== allocation.isBeyond) break
    const others = yield* nearbyPairs(problem, allocation.centers, allocation.prices, narrow.spacing, narrow.owner, narrow.isBeyond)
    yield undefined
    const other = createWholePlan(problem, others, narrow.owner)
    yield undefined
    yield* repair(other, allocation, random, isInVain, effort)
    if (totalViolation(other) < totalViolation(plan)) plan = other
  }
  yield undefined
  const isDone = problem.n > MANY && allocation.status === "optimal" && costOf(plan) <= (1 + NEGLIGIBLE) * allocation.bound
  if (!isDone) yield* descendCost(plan, allocation.prices, PASSES)
  yield undefined
  return readPlan(plan)
}

function* repair(
  plan: WholePlan,
  { status, prices, spacing }: Allocation,
  random: Random,
  isInVain: boolean,
  effort: RepairEffort,
): Generator<undefined, void> {
  if (isAsGoodAsPossible(plan)) return
  const { k, measureCount } = plan.problem
  const further = measureCount === 1 ? 1 : Math.max(1, k / MANY_TERRITORIES)
  const maxLooks = isInVain || status === "infeasible" ? MAX_LOOKS_WITHOUT_HOPE : plan.unavoidable > 0 ? MAX_LOOKS_WITH_HEAVY : MAX_LOOKS * further
  // a bound is worth keeping to somebody who would rather stay at home
  const { homes, n } = plan.problem
  // where many accounts share few places, centers nearly coincide, and tell nothing of how far it is to where there is
  // room
  const isCrowded = yield* hasFewPlaces(plan.problem, FEW_PLACES * n)
  const least = isCrowded ? (LEAST_SPACING * spacing.reduce((sum, unit) => sum + unit, 0)) / k : 0
  const worth = homes ? (WORTH_OF_HOME * homes.rate * homeWeight(plan.problem)) / k : 0
  const share = effort.share()
  const maxMoves = share * (FIRST_MOVES + MOVES_PER_TERRITORY * k * further)
  const penalty = spacing.map((unit) => Math.max(unit, least) + worth)
  yield* repairViolations(plan, prices, penalty, random, maxMoves, share * maxLooks)
  effort.record(isAsGoodAsPossible(plan))
}

function costOf({ entry, candidates }: WholePlan): number {
  let sum = 0
  for (const e of entry) sum += candidates.cost[e]
  return sum
}

/**
 * Goes on from a whole plan at other centers: shifts and swaps, and in a small problem, where single accounts matter,
 * annealing.
 *
 * @param owner n: the plan
 * @param thorough whether to anneal
 */
export function* improvePlan(
  problem: TransportProblem,
  owner: Int32Array,
  at: { readonly centers: Float64Array; readonly prices: Float64Array; readonly spacing: Float64Array },
  random: Random,
  thorough: boolean,
): Generator<undefined, WholeAllocation> {
  const plan = createWholePlan(problem, yield* nearbyPairs(problem, at.centers, at.prices, at.spacing, owner), owner)
  yield undefined
  yield* descendCost(plan, at.prices, PASSES)
  const tries = Math.min(MAX_TRIES, TRIES_PER_PAIR * plan.members.length)
  if (thorough && tries >= MIN_TRIES_PER_PAIR * plan.members.length && (yield* annealPlan(plan, at.spacing, random, tries))) {
    yield* descendCost(plan, at.prices, PASSES)
  }
  yield undefined
  return readPlan(plan)
}

/**
 * Goes on from a whole plan within the problem's limits on moves: what is outside the bounds is repaired, then shifts and swaps at true costs;
 * what limits cost tells who is near to what, and how soon a look ends.
 */
export function* improveWithinLimits(problem: TransportProblem, owner: Int32Array, at: { readonly centers: Float64Array; readonly prices: Float64Array; readonly spacing: Float64Array; readonly moves: MovePrices }, random: Random): Generator<undefined, WholeAllocation> {
  const told: unknown = yield undefined
  if (isTooLate(told) && problem.n * problem.k > MANY_PAIRS) return asItIs(problem, owner)
  const priced = changeProblem(problem, { homes: withMovePrices(problem, at.moves) })
  const pairs = yield* nearbyPairs(priced, at.centers, at.prices, at.spacing, owner)
  const { start, territory, cost } = pairs
  for (let i = 0; i < problem.n; i++) for (let e = start[i]; e < start[i + 1]; e++) cost[e] = pairCost(problem, at.centers, i, territory[e])
  yield undefined
  const plan = createWholePlan(problem, pairs, owner)
  yield undefined
  if (!isAsGoodAsPossible(plan)) yield* repairViolations(plan, at.prices, at.spacing, random, FIRST_MOVES, MAX_LOOKS_WITH_HEAVY)
  yield* descendCost(plan, at.prices, PASSES, at.moves)
  return readPlan(plan)
}

/**
 * Pairs that a plan may be changed by; with a limit on distances only such as are near enough, unless `isBeyond`, and
 * those of `owner`.
 */
function* nearbyPairs(
  problem: TransportProblem,
  centers: Float64Array,
  prices: Float64Array,
  spacing: Float64Array,
  owner: Int32Array | null,
  isBeyond = false,
): Generator<undefined, Candidates> {
  const band = problem.n * problem.k <= ALL_PAIRS ? Infinity : BAND * Math.min(1, (CROWD * problem.k) / problem.n)
  const listed = problem.reach && !isBeyond ? changeProblem(problem, { eligibility: yield* listWithinReach(problem, centers, owner) }) : problem
  return yield* findCandidates(listed, centers, prices, spacing, band, owner)
}

/** A plan that there is no time to improve. */
function asItIs(problem: TransportProblem, owner: Int32Array): WholeAllocation {
  return { owner: owner.slice(), violation: violationOf(problem, owner) }
}

function readPlan(plan: WholePlan): WholeAllocation {
  return { owner: plan.entry.map((e) => plan.candidates.territory[e]), violation: totalViolation(plan) }
}
