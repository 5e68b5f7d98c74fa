import type { LocatedAccount } from "../model/account.js"
import { compileProblem } from "./compile-problem.js"
import { createDeadline } from "./deadline.js"
import { judgePlan } from "./judge.js"
import { nameTerritories } from "./name-territories.js"
import { DEFAULT_PARTITION_OPTIONS, type PartitionOptions, type PartitionProgress } from "./partition-options.js"
import type { PartitionResult } from "./partition-result.js"
import { renumber } from "./renumber.js"
import { searchPlan } from "./search-plan.js"

/**
 * The whole of `partitionAccounts` as steps: compile, search, name, judge. Both runners drive it.
 *
 * @param extraKeys options that only the runner knows
 */
export function* planSteps<A extends LocatedAccount>(
  accounts: readonly A[],
  options: PartitionOptions<A>,
  extraKeys: readonly string[] = [],
): Generator<PartitionProgress, PartitionResult> {
  const compiled = compileProblem(accounts, options, extraKeys)
  const found = yield* searchPlan(compiled, options, createDeadline(options.timeLimitMs))
  const { placeOf, ids } = nameTerritories(compiled, found.owner, found.centers)
  const { problem, owner, centers, allocation } = renumber(found, placeOf, compiled.problem)
  return {
    ...judgePlan({ ...compiled, problem }, owner, centers, allocation, ids, true),
    stoppedBy: found.stoppedBy,
    iterations: found.iterations,
    seed: options.seed ?? DEFAULT_PARTITION_OPTIONS.seed,
  }
}
