import type { LocatedAccount, PlacedAccount } from "../model/account.js"
import { guardCall } from "../model/guard-call.js"
import { ownOptions } from "../model/own-options.js"
import { DATA_OPTIONS, type PartitionOptions } from "./partition-options.js"
import type { PartitionResult, PlacedPlan } from "./partition-result.js"
import { runAtOnce } from "./ask-progress.js"
import { planSteps } from "./plan-steps.js"

/**
 * Divides accounts into territories that are balanced in every measure at once and compact on the map, and proves how good
 * the plan is.
 *
 * Centers are found by balanced k-means (Lloyd's iteration under prices, from several starts); for these centers the accounts
 * are allocated by an exact linear program, solved through its k x M prices; the few accounts that it divides are made whole,
 * and shifts and swaps bring every territory inside its bounds. Up to some thousand accounts the plan is then annealed, centers
 * moving along; with a time limit that goes on, region by region. The certificate compares the plan with the divisible optimum
 * at its own centers and can be recomputed from `prices` alone.
 *
 * Up to 3,000 pairs of account and territory, where all centers are fixed, distances are the caller's or centers are
 * accounts, branch and bound then looks through the plans of whole accounts at the centers found: to the end where
 * about four seconds of a processor are enough (or `timeLimitMs`, which is used up until then), which
 * `certificate.isOptimal` says. Source: Land & Doig (1960).
 *
 * An amount that no plan can meet is a result, not an error: `violations` and `infeasibility` say what is missed and why, and
 * the best plan found comes back. With two measures, or a compactness weight that is not the measure, accounts at the same
 * place may rightly go to different territories.
 *
 * Accounts without any place are a normal input: where no account has coordinates, distances do not count, only
 * measures, current owners, eligibility and groups do (or `compactness.distance`). The plan is then as even as the
 * search finds, within what `disruption` asks, beyond the tolerances too: first the worst deviations, relative to the
 * tolerances. `cost` and `center` are null.
 *
 * @param accounts rows with a unique text `id` and either `longitude` and `latitude` (WGS84 degrees) or `x` and `y`,
 * all of one kind; or all of them without any
 * @param options how many territories and what to balance; see {@link PartitionOptions} for units and defaults
 * @returns the alignment in input order, the territories with activities, targets, deviations and prices, and the certificate
 * @throws TerritoryError before any work, with all issues: unusable accounts, unknown options or ids, bounds that contradict
 * themselves, shares that do not sum to 1; code `unsupported` for options that this version does not have
 *
 * Deterministic: the same accounts (in any order), options and seed give the same plan in every JavaScript engine;
 * only `timeLimitMs` breaks that. On the globe distances are great circles on a sphere of 6371.0088 km (up to 0.5 %
 * off the ellipsoid); while centers move, the engine works with chords, whose squares are 0.05 % less at 500 km. Time
 * grows a little faster than the number of accounts, and with territories x measures x accounts near a border for the
 * exact allocation of several measures; with more than 1,600 bounds (territories x measures), at times with more than
 * 800, it proves a lower bound only, and `relaxedCost` is null. One measure is exact at any size.
 *
 * Not suitable for: driving times that nobody gives (`compactness.distance` takes them), contiguity along administrative borders, more than about 2,000 bounds of several measures, many
 * thousands of territories (memory grows with their square).
 *
 * Source: Hess et al. (1965) location-allocation; Aurenhammer, Hoffmann & Aronov (1998) for prices as power diagram weights.
 * @example
 * const plan = partitionAccounts(
 *   [
 *     { id: "a", x: 0, y: 0, hours: 4 },
 *     { id: "b", x: 1, y: 0, hours: 5 },
 *     { id: "c", x: 9, y: 9, hours: 5 },
 *     { id: "d", x: 9, y: 8, hours: 4 },
 *   ],
 *   { territories: 2, measures: { workload: { value: "hours" } } },
 * )
 * plan.territories.map((territory) => territory.measures.workload.activity) // [9, 9]
 */
export function partitionAccounts<A extends LocatedAccount & PlacedAccount>(accounts: readonly A[], options: PartitionOptions<A>): PlacedPlan
export function partitionAccounts<A extends LocatedAccount>(accounts: readonly A[], options: PartitionOptions<A>): PartitionResult
export function partitionAccounts<A extends LocatedAccount>(accounts: readonly A[], options: PartitionOptions<A>): PartitionResult {
  return guardCall({ accounts, options }, (own) => partitionAccountsUnguarded(own.accounts, own.options))
}

function partitionAccountsUnguarded<A extends LocatedAccount>(
  accounts: readonly A[],
  options: PartitionOptions<A>,
): PartitionResult {
  const own = ownOptions(options, DATA_OPTIONS)
  return runAtOnce(planSteps(accounts, own), own?.onProgress)
}
