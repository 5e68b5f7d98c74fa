import type { LocatedAccount } from "../../model/account.js"
import { TerritoryError, throwIssues } from "../../model/error.js"
import { isPlainObject } from "../../model/check-keys.js"
import { tellSteps } from "../../model/tell-steps.js"
import { changeBoth, compileProblem, type CompiledProblem } from "../compile-problem.js"
import { createDeadline, createLateness } from "../deadline.js"
import { joinGroups } from "../join-groups.js"
import { nameTerritories } from "../name-territories.js"
import { ownersApart } from "../owners-apart.js"
import { DEFAULT_PARTITION_OPTIONS, type PartitionOptions } from "../partition-options.js"
import { findExplorationIssues } from "./check-exploration.js"
import { choosePlans } from "./choose-plans.js"
import { describeToday } from "./describe-today.js"
import { DEFAULT_EXPLORE_OPTIONS, EXPLORE_KEYS, type ExploreOptions, type ExploreProgress } from "./explore-options.js"
import type { ExploredPlan, ExploreResult, PlanFigures } from "./explore-result.js"
import { atRate } from "../home-rate.js"
import { judgeTrial } from "./judge-trial.js"
import { findNextSteps } from "./next-steps.js"
import { refineFrontier } from "./refine-frontier.js"
import { searchFrontier } from "./search-frontier.js"
import type { Trial } from "./trial.js"
import { labelPlans, OF_ACCOUNTS } from "./word-plans.js"

/** About how much of the work is done when the search begins, and when it ends. */
const SEARCH_BEGINS = 0.03
const SEARCH_ENDS = 0.9
/** Makes homes of the owners of today; every plan has its own limit. */
const SOME_SHARE = 0.5

/**
 * The whole of `explorePlans` as steps: compile, search the grid, choose, judge, word. Both runners drive it.
 *
 * @param extraKeys options that only the runner knows
 * @yields at least every few hundred thousand accounts looked at
 */
export function* exploreSteps<A extends LocatedAccount>(accounts: readonly A[], options: ExploreOptions<A>, extraKeys: readonly string[] = []): Generator<ExploreProgress, ExploreResult> {
  const outOfTime = createDeadline(options?.timeLimitMs)
  const lateness = createLateness(options?.timeLimitMs)
  let last: ExploreProgress = { phase: "read", point: 0, points: 0, share: 0 }
  const singles = yield* tellSteps(compile(accounts, options, extraKeys), last)
  const joined = yield* tellSteps(joinGroups(singles), last)
  // what stays together is one account of the search
  const { compiled } = joined
  yield last
  const search = searchOptions(options)
  const exploration = searchFrontier(compiled, options, search, outOfTime)
  let step = exploration.next()
  for (; step.done !== true; step = exploration.next(lateness())) {
    const { point, points, share } = step.value
    last = { phase: "search", point, points, share: Math.max(last.share, SEARCH_BEGINS + (SEARCH_ENDS - SEARCH_BEGINS) * ((point - 1 + share) / points)) }
    yield last
  }
  const { scale, isCutShort, limits } = step.value
  const hasMoves = compiled.disruption !== null && compiled.problem.homes !== null && compiled.problem.homes !== undefined
  const axes = {
    hasCost: compiled.countsDistance,
    hasImbalance: scale.widest !== null,
    hasMoves,
    areBoundsKept: scale.fairest === null,
  }
  const weights = hasMoves && compiled.disruption !== null ? compiled.disruption.weights : compiled.problem.weights
  const trials = yield* tellSteps(refineFrontier(compiled, scale, step.value.trials, axes, limits, outOfTime), last, lateness)
  const { frontier, chosen } = choosePlans(trials, axes, weights, options.plans ?? DEFAULT_EXPLORE_OPTIONS.plans)
  const moving = wordsForMoving(options)
  const labels = labelPlans(chosen, axes, moving)
  const labelOf = (trial: Trial): string | undefined => labels[chosen.findIndex((plan) => plan.trial === trial)]
  // territories keep their names from plan to plan
  const names = nameTerritories(singles, ownersApart(compiled, trials[0].owner), trials[0].centers)
  const seed = options.seed ?? DEFAULT_PARTITION_OPTIONS.seed
  const plans: ExploredPlan[] = []
  for (const [at, { trial, roles }] of chosen.entries()) {
    last = { ...last, phase: "judge", share: SEARCH_ENDS + (1 - SEARCH_ENDS) * (at / chosen.length) }
    yield last
    const { plan, tolerances, maxMovedShare } = yield* tellSteps(judgeTrial({ singles, joined }, search, scale, trial, names, seed), last, lateness)
    const figures: PlanFigures = {
      cost: plan.cost,
      imbalance: axes.hasImbalance ? trial.needed : null,
      imbalances: plan.imbalance,
      movedCount: plan.disruption === null ? null : plan.disruption.movedCount,
      movedShare: plan.disruption === null ? null : plan.disruption.movedShare,
    }
    plans.push({ label: labels[at], roles, figures, tolerances, maxMovedShare, next: findNextSteps(trial, frontier, axes, labelOf, moving), plan })
  }
  return {
    plans,
    today: yield* tellSteps(describeToday(singles, scale, chosen.map(({ trial }) => ({ ...trial, owner: ownersApart(compiled, trial.owner) })), labels), last),
    explored: trials.length,
    nonDominated: frontier.length,
    warnings: compiled.warnings,
    stoppedBy: isCutShort ? "time-limit" : "completed",
    seed,
  }
}

/** Checks all options at once, those of the exploration first, and compiles with homes where there are owners of today. */
function* compile<A extends LocatedAccount>(accounts: readonly A[], options: ExploreOptions<A>, extraKeys: readonly string[]): Generator<undefined, CompiledProblem> {
  const issues = findExplorationIssues(options)
  let compiled: CompiledProblem
  try {
    compiled = yield* compileProblem(accounts, withHomes(options), [...EXPLORE_KEYS, ...extraKeys])
  } catch (error) {
    if (issues.length === 0 || !(error instanceof TerritoryError)) throw error
    throw new TerritoryError([...issues, ...error.issues])
  }
  throwIssues(issues)
  // the limit has made homes; every plan has its own
  return changeBoth(compiled, (problem) => atRate(problem, 0))
}

/** Owners of today are homes here, whatever limit is stated; what cannot be used stays as it is, for the checks to see. */
function withHomes<A>(options: ExploreOptions<A>): PartitionOptions<A> {
  // all but whom progress is told, which is only checked there to be a function
  const stated = options as unknown as PartitionOptions<A>
  if (!isPlainObject(options) || options.current === undefined) return stated
  const { disruption } = options
  if (disruption !== undefined && !isPlainObject(disruption)) return stated
  const share = disruption?.maxMovedShare
  const isUsable = share === undefined || (typeof share === "number" && share >= 0 && share <= 1)
  return isUsable ? { ...stated, disruption: { ...disruption, maxMovedShare: SOME_SHARE } } : stated
}

/** What the search of one point is asked for. */
function searchOptions<A>({ plans, tolerances, movedShares, timeLimitMs, onProgress, disruption, ...options }: ExploreOptions<A>): PartitionOptions<A> {
  return options
}

function wordsForMoving<A>({ disruption }: ExploreOptions<A>): string {
  const weight = disruption?.weight
  return weight === undefined ? OF_ACCOUNTS : typeof weight === "string" ? `of ${weight}` : "of the disruption weight"
}
