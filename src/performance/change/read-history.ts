import type { Field } from "../../model/account.js"
import { territoryIdsOf, type Alignment } from "../../model/alignment.js"
import { compareIds } from "../../model/compare-ids.js"
import type { Issue, Warning } from "../../model/error.js"
import { findAlignmentIssues } from "../../model/find-alignment-issues.js"
import { formatCount } from "../../model/format-amount.js"
import { issue, NOTHING, show } from "../../model/issue.js"
import { readField } from "../../model/read-field.js"
import { checkSum } from "../../model/read-measures.js"
import { readTextField } from "../../model/read-text-field.js"
import { sumOf } from "../../math/stats/sum-of.js"
import type { HistoryOptions } from "./history-options.js"
import { readPeriods, type Periods } from "./read-periods.js"

/** Records as a panel of territories x periods; cell t * periods + p. */
export interface History {
  readonly periods: Periods
  /** Ascending. */
  readonly territoryIds: readonly string[]
  readonly indexOf: ReadonlyMap<string, number>
  /** By cell; after the last territory, one more of what has no territory. */
  readonly outcomes: Float64Array
  /** Null without exposure. */
  readonly exposures: Float64Array | null
  readonly rowCounts: Int32Array
  /** Rows in an order that does not depend on the caller's: by cell, then by amounts. */
  readonly order: Int32Array
  /** By row of the records: its cell, -1 where it is left out; and its account. */
  readonly cells: Int32Array
  readonly accountIds: readonly (string | null)[]
  /** By row of the records. */
  readonly amounts: Float64Array
  /** By row of the records; null without exposure. */
  readonly exposed: Float64Array | null
  /** Null: territories are independent. */
  readonly clusters: RecordClusters | null
  readonly warnings: readonly Warning[]
}

/** Which cluster each record belongs to, 0 to count - 1. */
export interface RecordClusters {
  readonly clusterOf: Int32Array
  readonly count: number
}

/** Reads and adds up all records; null where issues were found. O(n log n). */
export function readHistory<R>(records: readonly R[], options: HistoryOptions<R>, issues: Issue[]): History | null {
  const before = issues.length
  const accountIds = readTextField(records, options.account, "records", "account", { noun: "id", row: "record", remedy: "use String(id)" }, issues)
  const periods = readPeriods(records, options, issues)
  const amounts = readAmounts(records, options.outcome, "outcome", issues)
  const exposed = options.exposure === undefined ? null : readAmounts(records, options.exposure, "exposure", issues)
  const clusterIds = options.cluster === undefined ? null : readTextField(records, options.cluster, "records", "cluster", { noun: "id", row: "record", remedy: "use String(id)" }, issues)
  const territoryOf = readOneOwner(options.alignment, "alignment", issues)
  if (issues.length > before) return null

  const territoryIds = territoryIdsOf(options.alignment)
  const indexOf = new Map(territoryIds.map((id, t) => [id, t]))
  const width = periods.names.length
  const owners = accountIds.map((id) => (id === null ? undefined : territoryOf.get(id)))
  if (owners.every((owner) => owner === undefined)) {
    issues.push(issue("account-unknown", "alignment", `has a territory for none of the accounts of the records, such as ${show(accountIds.find((id) => id !== null) ?? null)}`, NOTHING, "give both the same ids"))
    return null
  }
  const cells = Int32Array.from(owners, (owner, i) => {
    const p = periods.ofRecord[i]
    return p < 0 ? -1 : (owner === undefined ? territoryIds.length : (indexOf.get(owner) as number)) * width + p
  })
  const order = Int32Array.from(cells.keys()).filter((i) => cells[i] >= 0)
  order.sort((i, j) => cells[i] - cells[j] || amounts[i] - amounts[j] || (exposed === null ? 0 : exposed[i] - exposed[j]))
  const count = (territoryIds.length + 1) * width
  const rowCounts = new Int32Array(count)
  for (const i of order) rowCounts[cells[i]]++
  const outcomes = new Float64Array(count)
  const exposures = exposed === null ? null : new Float64Array(count)
  for (let cell = 0, from = 0; cell < count; from += rowCounts[cell++]) {
    const rows = order.subarray(from, from + rowCounts[cell])
    outcomes[cell] = sumOf(amounts, rows)
    if (exposures !== null && exposed !== null) exposures[cell] = sumOf(exposed, rows)
  }
  return { periods, territoryIds, indexOf, outcomes, exposures, rowCounts, order, cells, accountIds, amounts, exposed, clusters: clusterIds === null ? null : groupClusters(clusterIds, accountIds), warnings: warn() }

  function warn(): Warning[] {
    const warnings: Warning[] = [...periods.warnings]
    const unplaced = owners.filter((owner) => owner === undefined).length
    if (unplaced > 0) {
      const all = sumOf(outcomes)
      const lost = sumOf(outcomes.subarray(territoryIds.length * width))
      const share = all > 0 ? `, with ${(100 * (lost / all)).toFixed(1)} % of the outcome` : ""
      warnings.push({ code: "account-unplaced", path: "records", message: `records: ${formatCount(unplaced, "record is", "records are")} of accounts without a territory in the alignment${share}; see totals` })
    }
    const places = new Map<string, number>()
    const number = (text: string | null): number => {
      const place = places.get(text ?? "")
      if (place !== undefined) return place
      places.set(text ?? "", places.size)
      return places.size - 1
    }
    const accounts = Float64Array.from(accountIds, number)
    const texts = Float64Array.from(periods.written, number)
    const seen = new Set<number>()
    let repeated = 0
    accountIds.forEach((id, i) => {
      if (id === null || cells[i] < 0) return
      const pair = accounts[i] * places.size + texts[i]
      if (seen.has(pair)) repeated++
      else seen.add(pair)
    })
    if (repeated > 0) warnings.push({ code: "row-repeated", path: "records", message: `records: ${formatCount(repeated, "record repeats", "records repeat")} an account and period of another; they are added up` })
    const again = options.alignment.length - territoryOf.size
    if (again > 0) warnings.push({ code: "assignment-repeated", path: "alignment", message: `alignment: ${formatCount(again, "row repeats", "rows repeat")} another row; each counts once` })
    return warnings
  }
}

/** The one territory of every account; a second one is an issue. Accounts need no records. */
export function readOneOwner(alignment: Alignment, path: string, issues: Issue[]): ReadonlyMap<string, string> {
  const rows: readonly unknown[] = Array.isArray(alignment) ? alignment : []
  const ids = new Map(Array.from(rows, (row, r) => [(row as { accountId?: unknown } | null | undefined)?.accountId as string, r]))
  const found = findAlignmentIssues(alignment, ids, null, path)
  for (const one of found) issues.push(one)
  const owners = new Map<string, string>()
  if (found.length > 0) return owners
  alignment.forEach(({ accountId, territoryId }, r) => {
    const owner = owners.get(accountId)
    if (owner === undefined) owners.set(accountId, territoryId)
    else if (owner !== territoryId) issues.push(issue("account-shared", `${path}[${r}]`, `account ${show(accountId)} is already in territory ${show(owner)}; history needs one owner`, NOTHING, "keep one row"))
  })
  if (alignment.length === 0) issues.push(issue("no-assignments", path, "must have at least one row", NOTHING, "give { accountId, territoryId } rows"))
  return owners
}

/** Numbers clusters by id, whatever the order of the records; a record without one is of its account. O(n log n). */
export function groupClusters(ids: readonly (string | null)[], accountIds: readonly (string | null)[]): RecordClusters {
  const keys = ids.map((id, i) => (id === null ? `account ${accountIds[i] ?? ""}` : `cluster ${id}`))
  const sorted = [...new Set(keys)].sort(compareIds)
  const numberOf = new Map(sorted.map((key, number) => [key, number]))
  return { clusterOf: Int32Array.from(keys, (key) => numberOf.get(key) as number), count: sorted.length }
}

function readAmounts<R>(records: readonly R[], field: unknown, noun: "outcome" | "exposure", issues: Issue[]): Float64Array {
  if (typeof field !== "string" && typeof field !== "function") {
    issues.push(issue("option-type", noun, "must be the name of a field or a function of the record", field))
    return new Float64Array(records.length)
  }
  const amounts = readField(records, field as Field<R>, "records", noun, noun === "exposure" ? { noun, minimum: 0 } : { noun }, issues)
  checkSum(amounts.map(Math.abs), noun, issues)
  return amounts
}
