import type { LocatedAccount } from "../model/account.js"
import { throwIssues } from "../model/error.js"
import { issue } from "../model/issue.js"
import { ownOptions } from "../model/own-options.js"
import { DATA_OPTIONS, type PartitionOptions } from "./partition-options.js"
import type { PartitionResult } from "./partition-result.js"
import { planSteps } from "./plan-steps.js"

/** Work goes on for so long before timers, input and abort get their turn. */
const TURN_MS = 25

/**
 * The same plan as {@link partitionAccounts}, byte for byte, but gives the event loop a turn every 25 ms, or after a pass over
 * the accounts where that takes longer. For more than that, call the synchronous form in a worker. Accounts are read in pieces:
 * leave them as they are until the promise settles.
 *
 * @param options as of `partitionAccounts`; `signal` rejects with its reason and ends the work
 * @throws (rejects) what `partitionAccounts` throws, or `signal.reason`
 * @example
 * const plan = await partitionAccountsAsync(
 *   [{ id: "a", x: 0, y: 0, hours: 4 }, { id: "b", x: 1, y: 0, hours: 4 }],
 *   { territories: 2, measures: { workload: { value: "hours" } }, signal: AbortSignal.timeout(5000) },
 * )
 * plan.stoppedBy // "converged"
 */
export async function partitionAccountsAsync<A extends LocatedAccount>(
  accounts: readonly A[],
  options: PartitionOptions<A> & { readonly signal?: AbortSignal },
): Promise<PartitionResult> {
  const own = ownOptions(options, DATA_OPTIONS)
  const signal: AbortSignal | undefined = own?.signal
  if (signal !== undefined && typeof signal?.throwIfAborted !== "function") {
    throwIssues([issue("option-type", "signal", "must be an AbortSignal", signal)])
  }
  signal?.throwIfAborted()
  const steps = planSteps(accounts, own, ["signal"])
  let turn = performance.now()
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    own.onProgress?.(step.value)
    signal?.throwIfAborted()
    if (performance.now() - turn >= TURN_MS) {
      await new Promise((resolve) => setTimeout(resolve, 0))
      signal?.throwIfAborted()
      turn = performance.now()
    }
  }
}
