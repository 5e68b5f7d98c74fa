import { DEFAULT_TOLERANCE } from "../../model/measure.js"
import { NO_MOVE_PRICES } from "../../math/transport/move-limits.js"
import { homeWeight } from "../../math/transport/pair-rules.js"
import { changeProblem } from "../../math/transport/transport-problem.js"
import { allocateAccounts, type Allocation } from "../allocate.js"
import { allocateWithinLimits } from "../allocate-within-limits.js"
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
import { settleCenters } from "../settle-centers.js"
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
 * @yields now and then
 */
export function* judgeTrial<A>({ singles, joined }: { readonly singles: CompiledProblem; readonly joined: JoinedProblem }, options: PartitionOptions<A>, scale: ToleranceScale, trial: Trial, { placeOf, ids }: TerritoryNames, seed: number): Generator<undefined, JudgedTrial> {
  const { compiled } = joined
  const hasMoves = compiled.disruption !== null && compiled.problem.homes
  const maxMovedShare = hasMoves ? shareFor(trial) : null
  const scaled = scaleProblem(compiled, scale, toleranceFor(trial), [])
  const limited = (problem: CompiledProblem): CompiledProblem => limitMoves({ ...problem, disruption: problem.disruption === null ? null : { ...problem.disruption, maxMovedShare } }, maxMovedShare)
  const open = limited(scaled.compiled)
  const own = maxMovedShare === 0 ? stayAtHome(open, false) : open
  const { owner, centers, stoppedBy, iterations } = trial
  const found = { owner, centers, allocation: yield* prove(own, trial, maxMovedShare), stoppedBy, iterations }
  const units = { ...own, problem: renumber(found, placeOf, own.problem).problem }
  // to stay is a limit of the caller's, not a lock on every account
  const whole = compiled === singles ? open : limited(scaleProblem(singles, scale, toleranceFor(trial), []).compiled)
  const renamed = renumber(settleCenters(whole, joined.restore(found)), placeOf, whole.problem)
  const judged = yield* judgePlan({ ...whole, problem: renamed.problem }, renamed.owner, renamed.centers, renamed.allocation, ids, true, null, units)
  return {
    plan: { ...judged, stoppedBy, iterations, seed, digest: digestOptions({ ...options, measures: scaled.measures as PartitionOptions<A>["measures"] }, compiled.space) },
    tolerances: Object.fromEntries(compiled.measures.map((name) => [name, scaled.measures[name].tolerance === undefined ? DEFAULT_TOLERANCE : scaled.measures[name].tolerance])),
    maxMovedShare,
  }
}

/** The divisible optimum at the plan's centers, with the price that the limit on moves has there. */
function* prove(own: CompiledProblem, { centers, prices, rate }: Trial, maxMovedShare: number | null): Generator<undefined, Allocation> {
  const { problem } = own
  if (maxMovedShare === null || maxMovedShare === 0) return yield* allocateAccounts(problem, centers, prices)
  if (problem.n * problem.k <= DEFAULT_EXPLORE_OPTIONS.largePairs) return (yield* allocateWithinLimits(problem, centers, prices)).allocation
  // at a price that is only near the best, what is proven is no optimum of the limited problem
  const most = mayLeave(own, maxMovedShare)
  const near = yield* findRate(problem, centers, most, { rate, prices }, OVER)
  const bound = near.allocation.bound + near.rate * (homeWeight(problem) - most)
  return { ...near.allocation, moves: { ...NO_MOVE_PRICES, rate: near.rate }, bound, relaxedCost: null }
}

/** The problem with a limit on what may move; null: none. Where nothing may, every account stays: see {@link stayAtHome}. */
function limitMoves(compiled: CompiledProblem, maxMovedShare: number | null): CompiledProblem {
  const { problem, disruption, currentIds } = compiled
  if (maxMovedShare === null || maxMovedShare === 0 || disruption === null || !problem.homes) return compiled
  const homes = limitHomes({ ...problem.homes, rate: 0 }, disruption, problem.k, currentIds)
  return { ...compiled, problem: changeProblem(problem, { homes }) }
}

function toleranceFor({ imbalance, needed, tolerance }: Trial): number {
  // where the bounds cannot all be kept no plan is judged as if it kept them: they stay what was searched for
  if (needed > imbalance && needed > tolerance) return tolerance
  if (needed > tolerance) return roundUp(needed)
  return needed > NEARLY_ALL * tolerance ? tolerance : Math.min(tolerance, roundUp(needed))
}

function shareFor({ moved, movedShare }: Trial): number {
  const rounded = Math.min(1, roundUp(moved))
  return movedShare !== null && moved <= movedShare ? Math.min(movedShare, rounded) : rounded
}
