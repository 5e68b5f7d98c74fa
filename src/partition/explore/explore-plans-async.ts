import type { LocatedAccount } from "../../model/account.js"
import { throwIssues } from "../../model/error.js"
import { issue } from "../../model/issue.js"
import { ownOptions } from "../../model/own-options.js"
import { DATA_OPTIONS } from "../partition-options.js"
import type { ExploreOptions } from "./explore-options.js"
import type { ExploreResult } from "./explore-result.js"
import { exploreSteps } from "./explore-steps.js"

/** Work goes on for so long before timers, input and abort get their turn. */
const TURN_MS = 25

/**
 * The same plans as {@link explorePlans}, byte for byte, but gives the event loop a turn every 25 ms, or after a pass over the accounts
 * where that takes longer. Leave the accounts as they are until the promise settles.
 *
 * @param options as of `explorePlans`; `signal` rejects with its reason and ends the work
 * @throws (rejects) what `explorePlans` throws, or `signal.reason`
 * @example
 * const accounts = [0, 1, 5, 6, 7].map((x, i) => ({ id: `a${i}`, x, y: 0, hours: 1 }))
 * const { plans } = await explorePlansAsync(accounts, { territories: 2, measures: { workload: { value: "hours" } }, signal: AbortSignal.timeout(5000) })
 * plans.map(({ label }) => label)
 */
export async function explorePlansAsync<A extends LocatedAccount>(accounts: readonly A[], options: ExploreOptions<A> & { readonly signal?: AbortSignal }): Promise<ExploreResult> {
  const own = ownOptions(options, DATA_OPTIONS)
  const signal: AbortSignal | undefined = own?.signal
  if (signal !== undefined && typeof signal?.throwIfAborted !== "function") {
    throwIssues([issue("option-type", "signal", "must be an AbortSignal", signal)])
  }
  signal?.throwIfAborted()
  const steps = exploreSteps(accounts, own, ["signal"])
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
