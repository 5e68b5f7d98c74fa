import { sumOf } from "../math/stats/sum-of.js"
import type { IdentifiedAccount } from "../model/account.js"
import type { Alignment } from "../model/alignment.js"
import { checkKeys, isPlainObject } from "../model/check-keys.js"
import { throwIssues, type Issue, type Warning } from "../model/error.js"
import { findAlignmentIssues } from "../model/find-alignment-issues.js"
import { formatCount } from "../model/format-amount.js"
import { guardCall } from "../model/guard-call.js"
import { issue } from "../model/issue.js"
import { ownOptions } from "../model/own-options.js"
import { readMeasures, type MeasureColumn } from "../model/read-measures.js"
import { gatherClaims, type Claims } from "./claims.js"
import { COVERAGE_OPTION_KEYS, type CoverageOptions } from "./coverage-options.js"
import type { CoverageResult } from "./coverage-result.js"
import { FINDING_CODES, type Finding } from "./finding.js"
import { orderFindings } from "./order-findings.js"
import { findAccountFindings } from "./planes/find-account-findings.js"
import { findExceeded, findTooFar, findUnstaffed } from "./planes/find-capacity-findings.js"
import { findDateFindings } from "./planes/find-date-findings.js"
import { findElsewhere, findOwnerFindings } from "./planes/find-owner-findings.js"
import { readAccountIds, type AccountIds } from "./read-account-ids.js"
import { checkCenterSpaces, readAccountPlaces } from "./read-account-places.js"
import { checkCapacity, overlaysOf, readCoverageTerritories } from "./read-coverage-territories.js"
import { readLocated } from "./read-located.js"
import { readOwners } from "./read-owners.js"
import { readTenures } from "./read-tenures.js"
import { listSubjects } from "./list-subjects.js"

/** Options that are rows, checked where they are read. */
const DATA_OPTIONS: readonly string[] = Object.freeze(["located", "tenures", "areas"])

/**
 * Audits the coverage of a market on up to five planes, and lists every place where it fails, with what is at stake and what would mend it.
 *
 * - **Accounts**, always: every account is counted once, by the rows that name it: none is a gap, several territories are an overlap. A
 *   row that names a territory outside of the list does not cover its account. Territories that are declared an `overlay` (a role, a
 *   product) come beside the others and are no overlap.
 * - **Owners**, with `located` or `owners`: accounts that place or rules put elsewhere; that nobody serves, or somebody of another
 *   territory; territories that several serve.
 * - **Capacity**, with `capacity`, `maxDistance` or territories with `repIds`: work above what there is, accounts too far from their
 *   center, territories without a rep.
 * - **Dates**, with `tenures`: days with two owners, days with none, stretch by stretch.
 * - **Geometry**, with `areas`, what `checkAreas` has found.
 *
 * @param accounts unique, non-empty ids; coordinates are looked at for `maxDistance` only
 * @param alignment rows in any order; an account may have none, or several. The same row twice counts once, with a warning
 * @param options see {@link CoverageOptions}
 * @returns `complete` (no account is a gap), `exclusive` (no account is an overlap), the findings with one sentence each, and the sums. An
 *   empty alignment is a normal case: everything is a gap
 * @throws TerritoryError with all issues: unusable accounts or rows, a row of an unknown account (`id-unknown`), a measure that
 *   is missing or negative, a capacity of a measure that there is not, a day that is none (`day-invalid`), an unknown option
 *
 * Deterministic: the order of accounts and rows changes nothing. O((n + rows) log n + tenures log tenures): 100,000 accounts and 1,000
 * territories on all planes but geometry in about a second.
 *
 * Source: "complete and exclusive assignment of basic units" is the first criterion of Kalcsics & Rios-Mercado, "Districting
 * Problems", in: Location Science, 2nd ed. 2019.
 *
 * @example
 * const accounts = [{ id: "a", revenue: 10, rep: "Ann" }, { id: "b", revenue: 5, rep: "Bob" }]
 * const alignment = [{ accountId: "a", territoryId: "north" }, { accountId: "a", territoryId: "south" }]
 * const { complete, exclusive, findings } = checkCoverage(accounts, alignment, { measures: { revenue: "revenue" } })
 * complete || exclusive // false
 * findings.map((f) => f.message)
 * // ['Account "b" (revenue 5) has no territory.', 'Account "a" (revenue 10) is in 2 territories: "north", "south".']
 */
export function checkCoverage<A extends IdentifiedAccount>(accounts: readonly A[], alignment: Alignment, options: CoverageOptions<A> = {}): CoverageResult {
  return guardCall({ accounts, alignment, options }, (own) => checkCoverageUnguarded(own.accounts, own.alignment, own.options))
}

function checkCoverageUnguarded<A extends IdentifiedAccount>(
  accounts: readonly A[],
  alignment: Alignment,
  options: CoverageOptions<A>,
): CoverageResult {
  // all issues at once, and no work before there are none
  const issues: Issue[] = []
  if (!isPlainObject(options)) throwIssues([issue("option-type", "options", "must be an object such as { measures: { revenue: \"revenue\" } }", options)])
  const own = ownOptions(options, DATA_OPTIONS)
  checkKeys(own, COVERAGE_OPTION_KEYS, "", issues)
  const table = readAccountIds(accounts, issues)
  const measures = table === null ? [] : readMeasures(accounts, own.measures, issues)
  const names = isPlainObject(own.measures) ? Object.keys(own.measures) : []
  const territories = readCoverageTerritories(own.territories, names, issues)
  const indexOf = territories?.indexOf ?? null
  if (own.capacity !== undefined) checkCapacity(own.capacity, "capacity", names, issues)
  checkDistance(own.maxDistance, territories !== null && territories.specs.some(({ center }) => center !== undefined), issues)
  checkAreaFindings(own.areas, issues)
  const rowOf = table?.rowOf ?? new Map<string, number>()
  const places = table === null || own.maxDistance === undefined ? null : readAccountPlaces(accounts, issues)
  if (places !== null) checkCenterSpaces(territories, places, issues)
  const owners = table === null ? null : readOwners(accounts, own.owners, indexOf, issues)
  const tenures = table === null ? null : readTenures(own.tenures, rowOf, indexOf, issues)
  if (table !== null) for (const one of findAlignmentIssues(alignment, rowOf, null, "alignment")) issues.push(one)
  const located = table === null ? null : readLocated(own.located, rowOf, indexOf, issues)
  throwIssues(issues)
  const read = table as AccountIds

  const overlays = overlaysOf(territories)
  const claims = gatherClaims(alignment, rowOf, indexOf, overlays)
  const findings: Finding[] = findAccountFindings(read, claims, located?.leftOut ?? new Map(), indexOf, overlays, measures)
  const add = (more: readonly Finding[]): void => more.forEach((one) => findings.push(one))
  if (located !== null) add(findElsewhere(read, claims, gatherClaims(located.alignment, rowOf, indexOf, overlays), measures))
  if (owners !== null) add(findOwnerFindings(read, claims, owners, territories, measures))
  if (measures.length > 0) add(findExceeded(read, claims, territories, own.capacity ?? {}, measures))
  if (places !== null && territories !== null) add(findTooFar(read, claims, territories, places, own.maxDistance as number, measures))
  if (territories !== null) add(findUnstaffed(read, claims, territories, measures))
  if (tenures !== null) add(findDateFindings(listSubjects(read, claims, tenures, territories, measures), tenures.from, tenures.until))
  if (own.areas !== undefined) add(own.areas.findings)
  orderFindings(findings, measures.length > 0 ? measures[0].name : null)

  const gapCount = claims.primary.filter((ids) => ids.length === 0).length
  const overlapCount = new Set(findings.filter(({ code }) => code === "account-overlap").map(({ accountId }) => accountId)).size
  return {
    complete: gapCount === 0,
    exclusive: overlapCount === 0,
    findings,
    summary: {
      accountCount: read.ids.length,
      territoryCount: territories?.indexOf.size ?? new Set(claims.claimants.flat()).size,
      coveredCount: read.ids.length - gapCount,
      gapCount,
      overlapCount,
      counts: countCodes(findings),
      measures: sumMeasures(read, claims, findings, measures),
    },
    warnings: [...claims.warnings, ...warnOfUnplaced(places?.unplacedCount ?? 0)],
  }
}

function checkDistance(maxDistance: unknown, hasCenters: boolean, issues: Issue[]): void {
  if (maxDistance === undefined) return
  if (!(typeof maxDistance === "number" && maxDistance >= 0)) issues.push(issue("option-range", "maxDistance", "must be a number of 0 or more, km or the plane's unit", maxDistance))
  else if (!hasCenters) issues.push(issue("center-missing", "maxDistance", "needs territories with a center to take distances to", maxDistance, "give `territories` as objects with center, such as those of a plan"))
}

function checkAreaFindings(areas: unknown, issues: Issue[]): void {
  if (areas !== undefined && !(isPlainObject(areas) && Array.isArray(areas.findings) && Array.from(areas.findings as readonly unknown[]).every(isFinding))) issues.push(issue("option-type", "areas", "must be what checkAreas returns", areas))
}

/** Whether it has what findings are sorted and counted by. */
function isFinding(one: unknown): boolean {
  if (!isPlainObject(one) || !FINDING_CODES.includes(one.code as Finding["code"]) || typeof one.message !== "string" || !isPlainObject(one.severity)) return false
  return [one.territoryIds, one.ownerIds, one.areaIds].every((ids) => Array.isArray(ids) && ids.every((id) => typeof id === "string"))
}

function countCodes(findings: readonly Finding[]): CoverageResult["summary"]["counts"] {
  const counts: Partial<Record<Finding["code"], number>> = {}
  for (const { code } of findings) counts[code] = (counts[code] ?? 0) + 1
  return counts
}

function warnOfUnplaced(count: number): Warning[] {
  return count === 0 ? [] : [{ code: "account-unplaced", path: "accounts", message: `accounts: ${formatCount(count, "account has", "accounts have")} no coordinates; their distance was not checked` }]
}

function sumMeasures(accounts: AccountIds, claims: Claims, findings: readonly Finding[], measures: readonly MeasureColumn[]): CoverageResult["summary"]["measures"] {
  const shared = new Set(findings.flatMap(({ code, accountId }) => (code === "account-overlap" ? [accountId] : [])))
  const inGaps = accounts.order.filter((i) => claims.primary[i].length === 0)
  const inOverlaps = accounts.order.filter((i) => shared.has(accounts.ids[i]))
  return Object.fromEntries(measures.map(({ name, activities }) => [name, { total: sumOf(activities, accounts.order), inGaps: sumOf(activities, inGaps), inOverlaps: sumOf(activities, inOverlaps) }]))
}
