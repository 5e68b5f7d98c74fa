import { DEFAULT_TOLERANCE } from "../../model/measure.js"
import { NO_MOVE_PRICES } from "../../math/transport/move-limits.js"
import { homeWeight } from "../../math/transport/pair-rules.js"
import { changeProblem } from "../../math/transport/transport-problem.js"
import { allocateAccounts } from "../allocate.js"
import { allocateWithinLimits, type LimitedAllocation } from "../allocate-within-limits.js"
import type { CompiledProblem } from "../compile-problem.js"
import type { JoinedProblem } from "../join-groups.js"
import { judgePlan } from "../judge.js"
import { limitHomes } from "../limit-homes.js"
import { digestOptions } from "../living/plan-digest.js"
import type { TerritoryNames } from "../name-territories.js"
import type { PartitionOptions } from "../partition-options.js"
import type { PartitionResult } from "../partition-result.js"
import { renumber } from "../renumber.js"
import { DEFAULT_EXPLORE_OPTIONS } from "./explore-options.js"
import { findRate } from "../find-rate.js"
import { roundUp } from "./round-up.js"
import { stayAtHome } from "./search-point.js"
import { scaleProblem, type ToleranceScale } from "./tolerance-scale.js"
import { mayLeave, type Trial } from "./trial.js"

/** A plan as the caller sees it, and the limits that it was judged by. */
export interface JudgedTrial {
  readonly plan: PartitionResult
  readonly tolerances: Readonly<Record<string, number | null>>
  readonly maxMovedShare: number | null
}

/** A plan that uses this share of its tolerance is stated to keep that, not a rounder one. */
const NEARLY_ALL = 0.95
/** A price is near enough where divided accounts move so much more, or less, than may. */
const OVER = 0.15

/**
 * Judges a plan by limits that it keeps: the tolerance and the share that it was searched for with, or, where it stays well below or did
 * not reach them, its own figures rounded up. The bound is proven at its own centers.
 *
 * @param joined the same with groups as accounts, which is what the trial is of
 * @yields now and then
 */
export function* judgeTrial<A>(compiled: CompiledProblem, joined: JoinedProblem, options: PartitionOptions<A>, scale: ToleranceScale, trial: Trial, { placeOf, ids }: TerritoryNames, seed: number): Generator<undefined, JudgedTrial> {
  const scaled = scaleProblem(compiled, scale, toleranceFor(trial), [])
  const hasMoves = compiled.disruption !== null && compiled.problem.homes
  const maxMovedShare = hasMoves ? shareFor(trial) : null
  const own = limitMoves(scaled.compiled, maxMovedShare)
  const units = compiled.groups === null ? own : limitMoves(scaleProblem(joined.compiled, scale, toleranceFor(trial), []).compiled, maxMovedShare)
  const { allocation, conflict } = yield* prove(units, trial, maxMovedShare)
  const { owner, centers, stoppedBy, iterations } = trial
  const divided = { owner, centers, allocation, stoppedBy, iterations }
  const found = renumber(joined.restore(divided), placeOf, own.problem)
  const single = { ...own, problem: found.problem }
  const placed = units === own ? single : { ...units, problem: renumber(divided, placeOf, units.problem).problem }
  const judged = yield* judgePlan(single, found.owner, found.centers, found.allocation, ids, true, conflict, placed)
  return {
    plan: { ...judged, stoppedBy, iterations, seed, digest: digestOptions({ ...options, measures: scaled.measures as PartitionOptions<A>["measures"] }, compiled.space) },
    tolerances: Object.fromEntries(compiled.measures.map((name) => [name, scaled.measures[name].tolerance === undefined ? DEFAULT_TOLERANCE : scaled.measures[name].tolerance])),
    maxMovedShare,
  }
}

/** The divisible optimum at the plan's centers, with the price that the limit on moves has there. */
function* prove(limited: CompiledProblem, { centers, prices, rate }: Trial, maxMovedShare: number | null): Generator<undefined, LimitedAllocation> {
  const { problem } = limited
  if (maxMovedShare === null || maxMovedShare === 0) return { allocation: yield* allocateAccounts(problem, centers, prices), conflict: null }
  if (problem.n * problem.k <= DEFAULT_EXPLORE_OPTIONS.largePairs) return yield* allocateWithinLimits(problem, centers, prices)
  // at a price that is only near the best, what is proven is no optimum of the limited problem
  const most = mayLeave(limited, maxMovedShare)
  const near = yield* findRate(problem, centers, most, { rate, prices }, OVER)
  const bound = near.allocation.bound + near.rate * (homeWeight(problem) - most)
  return { allocation: { ...near.allocation, moves: { ...NO_MOVE_PRICES, rate: near.rate }, bound, relaxedCost: null }, conflict: null }
}

/** The problem with a limit on what may move; where nothing may, everybody is locked at home. */
function limitMoves(compiled: CompiledProblem, maxMovedShare: number | null): CompiledProblem {
  const { problem, disruption, currentIds } = compiled
  if (disruption === null) return compiled
  const limited = { ...disruption, maxMovedShare }
  if (maxMovedShare === null || !problem.homes) return { ...compiled, disruption: limited }
  if (maxMovedShare === 0) return stayAtHome({ ...compiled, disruption: limited })
  const homes = limitHomes({ ...problem.homes, rate: 0 }, limited, problem.k, currentIds)
  return { ...compiled, disruption: limited, problem: changeProblem(problem, { homes }) }
}

function toleranceFor({ imbalance, tolerance }: Trial): number {
  if (imbalance > tolerance) return roundUp(imbalance)
  return imbalance > NEARLY_ALL * tolerance ? tolerance : Math.min(tolerance, roundUp(imbalance))
}

function shareFor({ moved, movedShare }: Trial): number {
  const rounded = Math.min(1, roundUp(moved))
  return movedShare !== null && moved <= movedShare ? Math.min(movedShare, rounded) : rounded
}
