import type { LocatedAccount } from "../model/account.js"
import { tellSteps } from "../model/tell-steps.js"
import { arrangeProblem } from "./arrange-problem.js"
import { compileProblem } from "./compile-problem.js"
import { createDeadline, createLateness } from "./deadline.js"
import { joinGroups } from "./join-groups.js"
import { judgePlan } from "./judge.js"
import { digestOptions } from "./living/plan-digest.js"
import { nameTerritories } from "./name-territories.js"
import { DEFAULT_PARTITION_OPTIONS, type PartitionOptions, type PartitionProgress } from "./partition-options.js"
import type { PartitionResult } from "./partition-result.js"
import { placeWeightless } from "./place-weightless.js"
import { proveAllCenters } from "./prove-all-centers.js"
import { aimAtReachable } from "./reachable/aim-at-reachable.js"
import { renumberReachable } from "./reachable/renumber-reachable.js"
import { renumber } from "./renumber.js"
import { areMovesFree, evenOutPlan, isBalanceOnly } from "./search-balance.js"
import { searchToOptimum } from "./optimal/search-to-optimum.js"
import { settleCenters } from "./settle-centers.js"

/** About how much of the work is done when the search begins, and when it ends. */
const SEARCH_BEGINS = 0.1
const SEARCH_ENDS = 0.95
/** Of the work, and of a time limit, this share is the search's where the bound over all centers is to be proven after it. */
const SEARCH_SHARE = 2 / 3

/**
 * The whole of `partitionAccounts` as steps: compile, arrange, search, name, judge, and prove if asked to. Both runners drive it.
 *
 * @param extraKeys options that only the runner knows
 * @yields at least every few hundred thousand accounts looked at
 */
export function* planSteps<A extends LocatedAccount>(
  accounts: readonly A[],
  options: PartitionOptions<A>,
  extraKeys: readonly string[] = [],
): Generator<PartitionProgress, PartitionResult> {
  const outOfTime = createDeadline(options?.timeLimitMs)
  let last: PartitionProgress = { phase: "read", start: 0, starts: 0, share: 0, cost: null }
  const searchOutOfTime = createDeadline(typeof options?.timeLimitMs === "number" ? SEARCH_SHARE * options.timeLimitMs : undefined)
  const lateness = createLateness(options?.timeLimitMs)
  const searchLateness = createLateness(typeof options?.timeLimitMs === "number" ? SEARCH_SHARE * options.timeLimitMs : undefined)
  const compiled = yield* tellSteps(compileProblem(accounts, options, extraKeys), last)
  yield last
  const proves = options.certificate === "all-centers"
  const searchEnds = proves ? SEARCH_SHARE : SEARCH_ENDS
  const joined = yield* tellSteps(joinGroups(compiled), last)
  const aimed = yield* tellSteps(aimAtReachable(joined.compiled), last, lateness)
  const arranged = yield* tellSteps(arrangeProblem(aimed), last)
  const search = searchToOptimum(arranged.compiled, options, proves ? searchOutOfTime : outOfTime)
  let step = search.next()
  for (; step.done !== true; step = search.next((proves ? searchLateness : lateness)())) {
    last = { ...step.value, share: SEARCH_BEGINS + (searchEnds - SEARCH_BEGINS) * step.value.share }
    yield last
  }
  const isUneven = isBalanceOnly(arranged.compiled) && !areMovesFree(arranged.compiled)
  const plan = isUneven ? yield* tellSteps(evenOutPlan(arranged.compiled, step.value.found), last, lateness) : step.value.found
  const restored = yield* tellSteps(arranged.restore(plan), last)
  const divided = { ...restored, owner: placeWeightless(joined.compiled, restored.owner, restored.centers) }
  const found = settleCenters(compiled, joined.restore(divided))
  last = { ...last, phase: "judge", share: searchEnds }
  yield last
  const { placeOf, ids } = nameTerritories(compiled, found.owner, found.centers)
  const { problem, owner, centers, allocation } = renumber(found, placeOf, compiled.problem)
  const reach = aimed.reach === null ? null : renumberReachable(aimed.reach, placeOf)
  const joinedProblem = compiled.groups === null ? problem : renumber(divided, placeOf, joined.compiled.problem).problem
  const units = { ...joined.compiled, problem: joinedProblem, reach }
  const judged = yield* tellSteps(judgePlan({ ...compiled, problem }, owner, centers, allocation, ids, true, found.moveConflict ?? null, units, step.value.proof), last, lateness)
  const certificate = proves
    ? yield* tellSteps(proveAllCenters({ ...compiled, problem }, judged, owner, centers, allocation.prices, outOfTime), last)
    : judged.certificate
  return {
    ...judged,
    certificate,
    stoppedBy: found.stoppedBy,
    iterations: found.iterations,
    seed: options.seed ?? DEFAULT_PARTITION_OPTIONS.seed,
    digest: digestOptions(options, compiled.space),
  }
}
