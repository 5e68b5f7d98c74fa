import type { LocatedAccount, PlacedAccount } from "../model/account.js"
import type { Alignment } from "../model/alignment.js"
import { throwIssues, type Issue } from "../model/error.js"
import { formatCount } from "../model/format-amount.js"
import { guardCall } from "../model/guard-call.js"
import { finishSteps } from "../model/in-pieces.js"
import { issue, NOTHING, show } from "../model/issue.js"
import { findAlignmentIssues } from "../model/find-alignment-issues.js"
import { territoryIdsOf } from "../model/alignment.js"
import { medoidCenters } from "../math/cluster/center-of-members.js"
import { ownOptions } from "../model/own-options.js"
import { allocateWithinLimits } from "./allocate-within-limits.js"
import { compileProblem, type CompiledProblem } from "./compile-problem.js"
import { createDeadline } from "./deadline.js"
import { findMissingDistances } from "./find-missing-distances.js"
import { joinGroups } from "./join-groups.js"
import { judgePlan } from "./judge.js"
import { digestOptions } from "./living/plan-digest.js"
import { limitHomes } from "./limit-homes.js"
import { placeHomes } from "./read-homes.js"
import { changeProblem, type TransportProblem } from "../math/transport/transport-problem.js"
import { locateCenters } from "./locate.js"
import { proveAllCenters } from "./prove-all-centers.js"
import { DATA_OPTIONS, DEFAULT_PARTITION_OPTIONS, type PartitionOptions } from "./partition-options.js"
import type { PartitionResult, PlacedPlan } from "./partition-result.js"
import { ownMeans } from "./recenter.js"
import { startCenters } from "./start-centers.js"
import { createRandom } from "../math/random.js"

/**
 * Judges any alignment, from any tool or from history, by the same figures as `partitionAccounts`: activities, deviations,
 * violations, cost, and a certificate that tells how much cheaper its own centers could be served.
 *
 * Centers are the weighted means (or medoids) of the alignment's own territories unless `centerFixed` says otherwise.
 *
 * @param alignment one territory per account, a repeated row counts once, with a warning; for gaps and overlaps use
 * `checkCoverage` first
 * @param options as of `partitionAccounts`. With a number, the alignment's territory ids are used (at most so many; missing
 * ones are those of `current`, and stay empty); options of the search have no effect; `timeLimitMs` limits the proof of `certificate: "all-centers"`
 * @throws TerritoryError as `partitionAccounts`, and `account-gap`, `account-overlap` or `id-unknown` for rows that do not make a plan
 *
 * Deterministic but for `timeLimitMs`. The bound takes what the exact allocation of `partitionAccounts` takes, the rest is
 * O(accounts + territories^2); it runs without a pause. Not suitable for alignments with several owners per account.
 * @example
 * const accounts = [{ id: "a", x: 0, y: 0, hours: 4 }, { id: "b", x: 1, y: 0, hours: 5 }]
 * const alignment = [{ accountId: "a", territoryId: "north" }, { accountId: "b", territoryId: "south" }]
 * evaluateAlignment(accounts, alignment, { territories: 2, measures: { workload: { value: "hours" } } }).violations.length // 2
 */
export function evaluateAlignment<A extends LocatedAccount & PlacedAccount>(accounts: readonly A[], alignment: Alignment, options: PartitionOptions<A>): PlacedPlan
export function evaluateAlignment<A extends LocatedAccount>(accounts: readonly A[], alignment: Alignment, options: PartitionOptions<A>): PartitionResult
export function evaluateAlignment<A extends LocatedAccount>(accounts: readonly A[], alignment: Alignment, options: PartitionOptions<A>): PartitionResult {
  return guardCall({ accounts, alignment, options }, (own) => evaluateAlignmentUnguarded(own.accounts, own.alignment, own.options))
}

function evaluateAlignmentUnguarded<A extends LocatedAccount>(
  accounts: readonly A[],
  alignment: Alignment,
  options: PartitionOptions<A>,
): PartitionResult {
  const own = ownOptions(options, DATA_OPTIONS)
  const compiled = finishSteps(compileProblem(accounts, own, [], Array.isArray(alignment) ? { rows: alignment, ofLocked: false } : null))
  const { problem, specs, ids, fixed } = compiled
  const { n, k } = problem
  const rowOf = new Map(ids.map((id, i) => [id, i]))
  const issues: Issue[] = findAlignmentIssues(alignment, rowOf, specs === null ? null : new Map(specs.map((spec, t) => [spec.id, t])), "alignment")
  throwIssues(issues)
  alignment.forEach(({ territoryId }, r) => {
    if (compiled.goneIds.has(territoryId)) issues.push(issue("event-gone", `alignment[${r}].territoryId`, `territory ${show(territoryId)} is gone after the events`, NOTHING, "what is judged is the plan after them"))
  })
  // locks count in territories of `current`, the locked ones first
  const lockedIds = compiled.currentIds.slice(0, problem.lockedTo.reduce((most, t) => Math.max(most, t + 1), 0))
  const named = specs === null ? [...new Set([...lockedIds, ...territoryIdsOf(alignment)])] : specs.map((spec) => spec.id)
  if (named.length > k) issues.push(issue("territory-count", "territories", `must be at least the ${named.length} territories of the alignment`, k))
  const taken = new Set([...named, ...compiled.goneIds])
  // a territory of today that has lost all of its accounts is still there
  for (const id of compiled.currentIds) {
    if (named.length === k) break
    if (!taken.has(id)) named.push(id)
    taken.add(id)
  }
  for (let number = 1; named.length < k; number++) if (!taken.has(`t${number}`)) named.push(`t${number}`)
  const place = new Map(named.map((id, t) => [id, t]))
  const owner = new Int32Array(n).fill(-1)
  let repeated = 0
  alignment.forEach((row, r) => {
    const i = rowOf.get(row.accountId) as number
    const t = place.get(row.territoryId) as number
    if (owner[i] === t) repeated++
    else if (owner[i] >= 0) {
      issues.push(issue("account-overlap", `alignment[${r}]`, `account ${show(row.accountId)} is also in ${show(named[owner[i]])}`, row.territoryId, "see checkCoverage"))
    }
    owner[i] = t
  })
  ids.forEach((id, i) => {
    if (owner[i] < 0) issues.push(issue("account-gap", "alignment", `has no row for account ${JSON.stringify(id)}`, NOTHING, "see checkCoverage"))
  })
  for (const one of findMissingDistances(compiled, owner, named, "alignment")) issues.push(one)
  throwIssues(issues)

  const initial = finishSteps(startCenters(compiled, createRandom(0), 0))
  let centers = ownMeans(compiled, owner, initial, compiled.stays)
  if (compiled.centersAre === "account") centers = finishSteps(medoidCenters(problem, owner, centers, fixed))
  // with every center fixed, "locating" only finds good prices, from which the exact optimum is near
  const { prices } = finishSteps(locateCenters(problem, centers, new Uint8Array(k).fill(1), 0, () => false))
  // homes count in the territories of today; here they are those of the alignment
  const placed = { ...compiled, problem: placeProblem(compiled, named) }
  const units = finishSteps(joinGroups(placed)).compiled
  const { allocation, conflict } = finishSteps(allocateWithinLimits(units.problem, centers, prices))
  const message = `alignment: ${formatCount(repeated, "row repeats", "rows repeat")} another row; each counts once`
  const warnings = repeated === 0 ? compiled.warnings : [...compiled.warnings, { code: "assignment-repeated", path: "alignment", message }]
  const judged = finishSteps(judgePlan({ ...placed, warnings }, owner, centers, allocation, named, false, conflict, units))
  const certificate =
    own.certificate === "all-centers"
      ? finishSteps(proveAllCenters(compiled, judged, owner, centers, allocation.prices, createDeadline(own.timeLimitMs)))
      : judged.certificate
  return {
    ...judged,
    certificate,
    stoppedBy: "converged",
    iterations: 0,
    seed: own.seed ?? DEFAULT_PARTITION_OPTIONS.seed,
    digest: digestOptions(own, compiled.space),
  }
}

/** The problem with homes, and limits on moves, in the territories of the alignment. */
function placeProblem({ problem, disruption, currentIds }: CompiledProblem, named: readonly string[]): TransportProblem {
  if (!problem.homes || disruption === null) return problem
  const place = new Map(named.map((id, t) => [id, t]))
  const homes = placeHomes(problem.homes, (t) => place.get(currentIds[t]) ?? -1)
  return changeProblem(problem, { homes: limitHomes(homes, disruption, problem.k, named) })
}
