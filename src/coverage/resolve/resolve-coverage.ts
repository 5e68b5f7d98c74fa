import type { Field, IdentifiedAccount } from "../../model/account.js"
import type { Alignment } from "../../model/alignment.js"
import { compareIds } from "../../model/compare-ids.js"
import { isPlainObject } from "../../model/check-keys.js"
import { throwIssues, type Issue } from "../../model/error.js"
import { guardCall } from "../../model/guard-call.js"
import { issue } from "../../model/issue.js"
import { ownOptions } from "../../model/own-options.js"
import { readWeights } from "../../model/read-field.js"
import { readMeasures } from "../../model/read-measures.js"
import { checkCoverage } from "../check-coverage.js"
import { gatherClaims } from "../claims.js"
import type { CoverageOptions } from "../coverage-options.js"
import { FINDING_CODES } from "../finding.js"
import { readAccountIds, type AccountIds } from "../read-account-ids.js"
import { rowsByTerritory } from "../group-rows.js"
import { checkCenterSpaces, distanceTo, readAccountPlaces } from "../read-account-places.js"
import { capacityOf, overlaysOf, readCoverageTerritories, readLocation } from "../read-coverage-territories.js"
import { rowsOfLocated } from "../read-located.js"
import { readOwners } from "../read-owners.js"
import { chooseHomes, type HomeChoice } from "./choose-homes.js"
import { handOver, staffOf } from "./hand-over.js"
import { mendTenures } from "./mend-tenures.js"
import type { CoverageResolution } from "./proposal.js"
import { chooseOverlays, proposeHomes } from "./propose-homes.js"
import { bringNearer, relieveCapacity } from "./relieve-capacity.js"
import { createTerritoryCosts, type PricedPlan } from "./territory-costs.js"
import { createTerritoryLoads } from "./territory-loads.js"

/** Options that are rows, checked where they are read. */
const DATA_OPTIONS: readonly string[] = Object.freeze(["located", "tenures", "areas", "plan"])

/** What `resolveCoverage` may be told. */
export interface ResolveOptions<A> extends CoverageOptions<A> {
  /** A plan of `partitionAccounts`, or its copy from JSON, whose centers and prices say what an account costs in a territory. Default: the nearest center counts. */
  readonly plan?: PricedPlan
  /** The plan's compactness weight, >= 0. Default: the first measure, as in `partitionAccounts`. */
  readonly weight?: Field<A>
}

/**
 * Proposes the changes that remove what `checkCoverage` finds, at the least disruption, and applies none of them: who has exactly one
 * territory keeps it as long as nothing is wrong with that.
 *
 * - An account in none goes where place or rules put it, else to the territory that is cheapest: by the plan's centers and prices, or the
 *   nearest center; without centers that of the accounts that a territory has. One in several keeps the best of them.
 * - An account that place or rules put elsewhere, or that is too far, moves; so do the cheapest accounts of territories that have too much
 *   work, to such as have room.
 * - Who is served from elsewhere is handed to a rep of its territory; several who serve a territory are listed as its reps.
 * - An account in two territories of one overlay keeps one of them, too.
 * - Days with several owners go to the one who came last, days with none to the one before.
 *
 * What cannot be mended so stays in `remaining`: accounts without coordinates and rules, or with values that rules exclude, territories without a rep, work that fits nowhere,
 * areas (mend the lists by `checkAreas`). Something may stand there that is not found today: an account that gets its territory, or goes
 * where place or rules put it, may be too far there, too much, or served by somebody else, and may leave a territory empty, as one that
 * was shared may. To bring an account nearer or to relieve a capacity, nothing of that kind is proposed.
 *
 * @param accounts and @param alignment as of `checkCoverage`; coordinates where the nearest territory matters
 * @param options see {@link ResolveOptions}: those of `checkCoverage`, and a plan
 * @returns the proposals, each with a sentence; what alignment, owners and tenures would be; and what would still be found then
 * @throws TerritoryError as `checkCoverage`, and for coordinates that are none or of two kinds; `plan-invalid` for what is no plan
 *
 * Deterministic: the order of accounts, rows and tenures changes nothing of the proposals. O(n log n), and O(territories) for every account
 * that changes or is in a territory that has too much.
 *
 * Not suitable for planning anew: it mends, and does not balance beyond capacities; use `partitionAccounts` with `current`.
 *
 * @example
 * const accounts = [{ id: "a", x: 0, y: 0 }, { id: "b", x: 9, y: 0 }, { id: "c", x: 1, y: 0 }]
 * const alignment = [{ accountId: "a", territoryId: "west" }, { accountId: "b", territoryId: "east" }]
 * const { proposals, remaining } = resolveCoverage(accounts, alignment)
 * proposals.map((p) => p.message) // ['Assign account "c" to "west", 1 from its center.']
 * remaining // []
 */
export function resolveCoverage<A extends IdentifiedAccount>(accounts: readonly A[], alignment: Alignment, options: ResolveOptions<A> = {}): CoverageResolution {
  return guardCall({ accounts, alignment, options }, (own) => resolveCoverageUnguarded(own.accounts, own.alignment, own.options))
}

function resolveCoverageUnguarded<A extends IdentifiedAccount>(
  accounts: readonly A[],
  alignment: Alignment,
  options: ResolveOptions<A>,
): CoverageResolution {
  if (!isPlainObject(options)) throwIssues([issue("option-type", "options", "must be an object such as { measures: { revenue: \"revenue\" } }", options)])
  const { plan, weight, ...coverage } = ownOptions(options, DATA_OPTIONS)
  const issues: Issue[] = []
  if (plan !== undefined && !isPlan(plan)) throwIssues([issue("plan-invalid", "plan", "must be what partitionAccounts returns: territories with id, center and prices", plan)])
  const today = checkCoverage(accounts, alignment, coverage)

  // what has been checked is read again
  const read = readAccountIds(accounts, issues) as AccountIds
  const measures = readMeasures(accounts, coverage.measures, issues)
  const listed = readCoverageTerritories(coverage.territories, measures.map(({ name }) => name), issues)
  const places = readAccountPlaces(accounts, issues)
  checkCenterSpaces(listed, places, issues)
  const weights = weight !== undefined ? readWeights(accounts, weight, "weight", issues) : measures.length > 0 ? measures[0].activities : null
  throwIssues(issues)
  const indexOf = listed?.indexOf ?? null
  const overlays = overlaysOf(listed)
  const claims = gatherClaims(alignment, read.rowOf, indexOf, overlays)
  const named = listed === null ? [...new Set([...claims.primary.flat(), ...(plan?.territories ?? []).map(({ id }) => id)])] : [...listed.indexOf.keys()].filter((id) => !overlays.has(id))
  const members = rowsByTerritory(read, claims.primary.map((ids) => (ids.length === 1 ? ids : [])))
  const centers = new Map((listed?.specs ?? []).flatMap(({ id, center }) => (center === undefined ? [] : [[id, center] as const])))
  const owners = readOwners(accounts, coverage.owners, indexOf, issues)
  const territoriesOf = owners?.territoriesOf ?? null
  const staff = owners === null ? null : staffOf(owners, listed)
  const { capacity = {}, maxDistance = Infinity } = coverage
  const left = new Set(today.findings.flatMap(({ code, accountId }) => (code === "value-excluded" ? [accountId] : [])))
  const choice: HomeChoice = {
    accounts: read,
    claims,
    located: coverage.located === undefined ? null : gatherClaims(rowsOfLocated(coverage.located), read.rowOf, indexOf, overlays),
    isLeftOut: (i) => left.has(read.ids[i]),
    territoryIds: named.sort(compareIds),
    isListed: listed !== null,
    costs: createTerritoryCosts(places, centers, members, plan ?? null, weights, measures),
    sizeOf: plan?.territories.every(({ center }) => center === null) !== true ? null : (i) => (measures.length > 0 ? measures[0].activities[i] : 1),
    isTooFar(i, id) {
      const center = maxDistance === Infinity ? undefined : centers.get(id)
      return center !== undefined && distanceTo(places, i, center) > maxDistance
    },
    isServed(i, id) {
      const owner = owners === null ? null : owners.ownerOf[i]
      return staff === null || staff.has(id) || (owner !== null && territoriesOf === null)
    },
  }
  const homes = chooseHomes(choice)
  const loads = createTerritoryLoads(choice, homes, measures, (id, m) => capacityOf(listed, id, measures[m].name, capacity))
  if (maxDistance < Infinity) bringNearer(choice, homes, loads)
  const full = new Set(today.findings.flatMap(({ code, territoryIds }) => (code === "capacity-exceeded" ? territoryIds : [])))
  relieveCapacity(choice, homes, loads, (id) => full.has(id))
  const layers = chooseOverlays(choice, overlays, measures)
  const proposals = [...proposeHomes(choice, homes, measures), ...layers.proposals]

  const after: { -readonly [K in keyof CoverageOptions<A>]: CoverageOptions<A>[K] } = { ...coverage }
  const handed = owners === null ? null : handOver(read, homes.homeOf, owners, listed, measures)
  if (handed !== null && coverage.owners !== undefined) {
    for (const one of handed.proposals) proposals.push(one)
    const ownerOf = new Map(accounts.map((account, i) => [account.id, handed.ownerOf[i]]))
    after.owners = { ...coverage.owners, field: ({ id }) => ownerOf.get(id) }
  }
  const mended = coverage.tenures === undefined ? null : mendTenures(coverage.tenures.rows, today.findings)
  if (mended !== null && coverage.tenures !== undefined) {
    for (const one of mended.proposals) proposals.push(one)
    after.tenures = { ...coverage.tenures, rows: mended.rows }
  }
  const proposed = accounts.flatMap(({ id: accountId }, i) => {
    const home = homes.homeOf[i]
    // rows of who has no home stay as they are
    return [...(home === null ? claims.strangers[i] : [home]), ...layers.kept[i]].map((territoryId) => ({ accountId, territoryId }))
  })
  // who is listed as a rep of a territory may serve it beside others
  const remaining = checkCoverage(accounts, proposed, after).findings.filter(({ code, territoryIds }) => code !== "owners-several" || handed?.repsOf.has(territoryIds[0]) !== true)
  return {
    proposals: proposals.sort((a, b) => FINDING_CODES.indexOf(a.removes[0]) - FINDING_CODES.indexOf(b.removes[0])),
    alignment: proposed,
    owners: handed === null || owners === null ? [] : accounts.flatMap(({ id: accountId }, i) => (handed.ownerOf[i] === owners.ownerOf[i] ? [] : [{ accountId, ownerId: handed.ownerOf[i] as string }])),
    tenures: mended?.rows ?? null,
    remaining,
    findingCount: { before: today.findings.length, after: remaining.length },
    movedCount: accounts.filter((_, i) => claims.primary[i].length > 0 && homes.homeOf[i] !== null && !claims.primary[i].includes(homes.homeOf[i])).length,
  }
}

function isPlan(plan: unknown): boolean {
  if (!isPlainObject(plan) || !Array.isArray(plan.territories)) return false
  const { digest } = plan
  if (digest !== undefined && !(isPlainObject(digest) && isPlainObject(digest.compactness) && (digest.compactness.power === 1 || digest.compactness.power === 2))) return false
  return plan.territories.every((one: unknown) => isPlainObject(one) && typeof one.id === "string" && (one.center === null || readLocation(one.center) !== null) && isPlainObject(one.prices) && Object.values(one.prices).every(Number.isFinite))
}
