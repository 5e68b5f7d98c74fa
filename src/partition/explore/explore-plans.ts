import type { LocatedAccount } from "../../model/account.js"
import { guardCall } from "../../model/guard-call.js"
import { ownOptions } from "../../model/own-options.js"
import { DATA_OPTIONS } from "../partition-options.js"
import type { ExploreOptions } from "./explore-options.js"
import type { ExploreResult } from "./explore-result.js"
import { runAtOnce } from "../ask-progress.js"
import { exploreSteps } from "./explore-steps.js"

/**
 * Finds a small set of different plans none of which dominates another, over compactness, imbalance and, with `current`, disruption: so
 * that people can choose, and see what a little less of one thing costs in the others.
 *
 * For every tolerance of a grid, and every share that may move, the cheapest plan that keeps both is searched for, each from the
 * centers and prices of its neighbor; with `current` all begin at today's centers, today's owners themselves are one plan, and one
 * is searched from scratch. Dominated plans and all but the same ones go; what is shown are the extremes of every axis, the
 * knee (the plan that bulges most from the plane through the extremes) and others that lie far apart.
 *
 * @param accounts as of `partitionAccounts`
 * @param options as of `partitionAccounts`, and how many plans, which tolerances, which shares that may move; see
 * {@link ExploreOptions}. `disruption` may state what counts as moved and the most that may
 * @returns the plans, each with a label, its figures, what the next step along each axis would cost or save, and the plan itself as
 * `partitionAccounts` returns it, judged by limits that it keeps. Without `current` there are two axes, and one where no measure has a
 * tolerance. Bounds stated as `min` or `max` hold in every plan; where none can keep them, the plans that break them least come back
 * with their `violations`
 * @throws TerritoryError before any search, with all issues: as `partitionAccounts`, and lists or counts that cannot be used
 *
 * Deterministic: the same accounts (in any order), options and seed give the same plans; only `timeLimitMs` breaks that. Time is
 * that of so many searches as `explored` says, most of them shorter than one from scratch: about a minute in all for 33,000 accounts, 100
 * territories and two measures. The plans
 * are as good as the search, which proves the bound of each at its own centers, not that none better exists. What moves is never
 * more than was allowed; where that leaves no plan within a tolerance, the plan comes with the one that it needs.
 *
 * With `compactness.distance` plans are compared by the caller's own distances, on the pairs that have one, and differ in who owns
 * what alone: as in `partitionAccounts`, centers follow and cost nothing.
 *
 * Not suitable for (refused; use `partitionAccounts`): a price for moves, limits on the moves of single territories, a bound over all
 * centers.
 *
 * Source: Haimes, Lasdon & Wismer (1971), epsilon-constraint method; Das (1999), knee; Salazar-Aguilar, Rios-Mercado &
 * Gonzalez-Velarde (2011), frontiers of territory designs; Bayser, "Optimal may not be ideal" (2002), why several plans.
 * @example
 * const accounts = [0, 1, 2, 3, 10, 11, 12, 13, 14, 15].map((x, i) => ({ id: `a${i}`, x, y: 0, hours: 1 }))
 * const current = accounts.map((account, i) => ({ accountId: account.id, territoryId: i < 4 ? "west" : "east" }))
 * const { plans } = explorePlans(accounts, { territories: 2, measures: { workload: { value: "hours" } }, current })
 * plans.map((plan) => plan.label) // ["today's owners, most compact: balanced within 20 %, nothing moves", "best balanced: exactly balanced, 10 % of the accounts move"]
 */
export function explorePlans<A extends LocatedAccount>(accounts: readonly A[], options: ExploreOptions<A>): ExploreResult {
  return guardCall({ accounts, options }, (own) => explorePlansUnguarded(own.accounts, own.options))
}

function explorePlansUnguarded<A extends LocatedAccount>(
  accounts: readonly A[],
  options: ExploreOptions<A>,
): ExploreResult {
  const own = ownOptions(options, DATA_OPTIONS)
  return runAtOnce(exploreSteps(accounts, own), own?.onProgress)
}
