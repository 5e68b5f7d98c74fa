import type { LocatedAccount } from "../../model/account.js"
import { explainFailure } from "../../model/guard-call.js"
import { ownOptions } from "../../model/own-options.js"
import { watchInput } from "../../model/watch-input.js"
import { checkWhenRead } from "../check-when-read.js"
import { DATA_OPTIONS } from "../partition-options.js"
import { isAborted, runInTurns } from "../run-in-turns.js"
import type { ExploreOptions } from "./explore-options.js"
import type { ExploreResult } from "./explore-result.js"
import { exploreSteps } from "./explore-steps.js"

/**
 * The same plans as {@link explorePlans}, byte for byte, but gives the event loop a turn every 12 ms, or after a pass
 * over the accounts where that takes longer. Leave the accounts as they are until `onProgress` tells of a phase other
 * than "read".
 *
 * @param options as of `explorePlans`; `signal` rejects with its reason and ends the work
 * @throws (rejects) what `explorePlans` throws, or `signal.reason`
 * @example
 * const accounts = [0, 1, 2, 3, 10, 11, 12, 13, 14, 15].map((x, i) => ({ id: `a${i}`, x, y: 0, hours: 1 }))
 * const { plans } = await explorePlansAsync(accounts, { territories: 2, measures: { workload: { value: "hours" } }, signal: AbortSignal.timeout(5000) })
 * plans.length // 2
 */
export async function explorePlansAsync<A extends LocatedAccount>(accounts: readonly A[], options: ExploreOptions<A> & { readonly signal?: AbortSignal }): Promise<ExploreResult> {
  const watched = watchInput({ accounts, options })
  if (watched.unfit !== null) throw watched.unfit
  try {
    const own = ownOptions(watched.own.options, DATA_OPTIONS)
    return await runInTurns(() => checkWhenRead(exploreSteps(watched.own.accounts, own, ["signal"]), watched), own?.signal, own?.onProgress)
  } catch (error) {
    throw isAborted(options) ? error : explainFailure(error, { accounts, options })
  }
}
