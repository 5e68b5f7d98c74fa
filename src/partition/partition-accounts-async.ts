import type { LocatedAccount, PlacedAccount } from "../model/account.js"
import { explainFailure } from "../model/guard-call.js"
import { ownOptions } from "../model/own-options.js"
import { watchInput } from "../model/watch-input.js"
import { checkWhenRead } from "./check-when-read.js"
import { DATA_OPTIONS, type PartitionOptions } from "./partition-options.js"
import type { PartitionResult, PlacedPlan } from "./partition-result.js"
import { planSteps } from "./plan-steps.js"
import { isAborted, runInTurns } from "./run-in-turns.js"

/**
 * The same plan as {@link partitionAccounts}, byte for byte, but gives the event loop a turn about every 12 ms; with
 * 300,000 accounts and two measures few of its pauses are longer than 50 ms, the longest 77 (`bench/pauses.js`). For
 * more accounts, call the synchronous form in a worker. Accounts are read in pieces: leave them as they are until
 * `onProgress` reports a phase other than "read"; what changes before is an error (`changed-input`).
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
export function partitionAccountsAsync<A extends LocatedAccount & PlacedAccount>(accounts: readonly A[], options: PartitionOptions<A> & { readonly signal?: AbortSignal }): Promise<PlacedPlan>
export function partitionAccountsAsync<A extends LocatedAccount>(accounts: readonly A[], options: PartitionOptions<A> & { readonly signal?: AbortSignal }): Promise<PartitionResult>
export async function partitionAccountsAsync<A extends LocatedAccount>(
  accounts: readonly A[],
  options: PartitionOptions<A> & { readonly signal?: AbortSignal },
): Promise<PartitionResult> {
  const watched = watchInput({ accounts, options })
  if (watched.unfit !== null) throw watched.unfit
  try {
    const own = ownOptions(watched.own.options, DATA_OPTIONS)
    return await runInTurns(() => checkWhenRead(planSteps(watched.own.accounts, own, ["signal"]), watched), own?.signal, own?.onProgress)
  } catch (error) {
    throw isAborted(options) ? error : explainFailure(error, { accounts, options })
  }
}
