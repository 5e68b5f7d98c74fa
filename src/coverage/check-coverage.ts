import { sumOf } from "../math/stats/sum-of.js"
import type { IdentifiedAccount } from "../model/account.js"
import type { Alignment } from "../model/alignment.js"
import { checkKeys, isPlainObject } from "../model/check-keys.js"
import { throwIssues, type Issue } from "../model/error.js"
import { issue } from "../model/issue.js"
import { ownOptions } from "../model/own-options.js"
import { readMeasures, type MeasureColumn } from "../model/read-measures.js"
import { findAlignmentIssues } from "../model/find-alignment-issues.js"
import { gatherClaims, type Claims } from "./claims.js"
import { COVERAGE_OPTION_KEYS, type CoverageOptions } from "./coverage-options.js"
import type { CoverageResult } from "./coverage-result.js"
import { findFindings } from "./find-findings.js"
import { readAccountIds, type AccountIds } from "./read-account-ids.js"
import { readTerritoryIds } from "./read-territory-ids.js"

/**
 * Proves that every account has exactly one territory, or lists every account and territory where that fails.
 *
 * Every account is counted once, by the rows that name it: none is a gap, several territories are an overlap. With `measures`
 * each finding says what is at stake, and the worst come first. A row that names a territory outside of the list does not
 * cover its account.
 *
 * @param accounts unique, non-empty ids; coordinates are not needed and not looked at
 * @param alignment rows in any order; an account may have none, or several. The same row twice counts once, with a warning
 * @param options see {@link CoverageOptions}
 * @returns `complete` (no gaps), `exclusive` (no overlaps), the findings with one sentence each, and the sums. An empty
 *   alignment is a normal case: everything is a gap
 * @throws TerritoryError with all issues: unusable accounts or rows, a row of an unknown account (`id-unknown`), a measure that
 *   is missing or negative, an unknown option
 *
 * Deterministic: the order of accounts and rows changes nothing. O((n + rows) log n): 100,000
 * accounts and 1,000 territories in a fraction of a second.
 *
 * Not suitable for areas: it sees accounts only, and an area without accounts is nobody's loss here.
 *
 * Source: "complete and exclusive assignment of basic units" is the first criterion of Kalcsics & Rios-Mercado, "Districting
 * Problems", in: Location Science, 2nd ed. 2019.
 *
 * @example
 * const accounts = [{ id: "a", revenue: 10 }, { id: "b", revenue: 5 }]
 * const alignment = [{ accountId: "a", territoryId: "north" }, { accountId: "a", territoryId: "south" }]
 * const { complete, exclusive, findings } = checkCoverage(accounts, alignment, { measures: { revenue: "revenue" } })
 * complete || exclusive // false
 * findings.map((f) => f.message)
 * // ['Account "b" (revenue 5) has no territory.', 'Account "a" (revenue 10) is in 2 territories: "north", "south".']
 */
export function checkCoverage<A extends IdentifiedAccount>(accounts: readonly A[], alignment: Alignment, options: CoverageOptions<A> = {}): CoverageResult {
  // all issues at once, and no work before there are none
  const issues: Issue[] = []
  if (!isPlainObject(options)) throwIssues([issue("option-type", "options", "must be an object such as { measures: { revenue: \"revenue\" } }", options)])
  const own = ownOptions(options)
  checkKeys(own, COVERAGE_OPTION_KEYS, "", issues)
  const territories = readTerritoryIds(own.territories, issues)
  const table = readAccountIds(accounts, issues)
  const measures = table === null ? [] : readMeasures(accounts, own.measures, issues)
  if (table !== null) for (const one of findAlignmentIssues(alignment, table.rowOf, null, "alignment")) issues.push(one)
  throwIssues(issues)
  const read = table as AccountIds

  const claims = gatherClaims(alignment, read.rowOf, territories)
  const findings = findFindings(read, claims, territories, measures)
  const gapCount = claims.claimants.filter((owners) => owners.length === 0).length
  const overlapCount = claims.claimants.filter((owners) => owners.length > 1).length
  return {
    complete: gapCount === 0,
    exclusive: overlapCount === 0,
    findings,
    summary: {
      accountCount: read.ids.length,
      territoryCount: territories?.size ?? new Set(claims.claimants.flat()).size,
      coveredCount: read.ids.length - gapCount,
      gapCount,
      overlapCount,
      measures: sumMeasures(read, claims, measures),
    },
    warnings: claims.warnings,
  }
}

function sumMeasures(accounts: AccountIds, claims: Claims, measures: readonly MeasureColumn[]): CoverageResult["summary"]["measures"] {
  return Object.fromEntries(
    measures.map(({ name, activities }) => {
      const inGaps = accounts.order.filter((i) => claims.claimants[i].length === 0)
      const inOverlaps = accounts.order.filter((i) => claims.claimants[i].length > 1)
      return [name, { total: sumOf(activities, accounts.order), inGaps: sumOf(activities, inGaps), inOverlaps: sumOf(activities, inOverlaps) }]
    }),
  )
}
