import { sumOf } from "../math/stats/sum-of.js"
import { formatAmount, formatCount } from "../model/format-amount.js"
import { suggestName } from "../model/nearest-name.js"
import { compareIds } from "../model/compare-ids.js"
import type { MeasureColumn } from "../model/read-measures.js"
import type { Claims } from "./claims.js"
import { NO_WITNESS, type Finding } from "./finding.js"
import type { AccountIds } from "./read-account-ids.js"

/** Pairs of an unknown and a listed territory up to which names are compared: half a second's work. */
const MAX_PAIRS = 1e6

/**
 * Words what is wrong with the coverage: per account the gaps and overlaps, per territory the unknown and the empty ones, in this
 * order of codes, each worst first by the first measure, then by id. O(n log n).
 */
export function findFindings(accounts: AccountIds, claims: Claims, territories: ReadonlyMap<string, number> | null, measures: readonly MeasureColumn[]): Finding[] {
  const gaps: Finding[] = []
  const overlaps: Finding[] = []
  const strangers = new Map<string, number[]>()
  const occupied = new Set<string>()
  for (const i of accounts.order) {
    const owners = claims.claimants[i]
    const severity = (): Readonly<Record<string, number>> => severityOf([i], measures)
    if (owners.length === 0) gaps.push(gap(accounts.ids[i], claims.strangers[i], severity(), measures))
    else if (owners.length > 1) overlaps.push(overlap(accounts.ids[i], owners, severity(), measures))
    for (const id of owners) occupied.add(id)
    for (const id of claims.strangers[i]) {
      const rows = strangers.get(id)
      if (rows === undefined) strangers.set(id, [i])
      else rows.push(i)
    }
  }
  const listed = territories === null ? [] : [...territories.keys()]
  // among other ids altogether there is no near one to look for
  const nearby = listed.length * strangers.size <= MAX_PAIRS ? listed : []
  const unknown = [...strangers].map(([id, rows]) => stranger(id, rows, nearby, measures))
  const empty = listed.filter((id) => !occupied.has(id)).map((id) => vacancy(id, measures))

  const first = measures.length > 0 ? measures[0].name : null
  return [gaps, overlaps, unknown, empty].flatMap((findings) => findings.sort((a, b) => bySeverity(a, b, first)))
}

function bySeverity(a: Finding, b: Finding, measure: string | null): number {
  const worse = measure === null ? 0 : b.severity[measure] - a.severity[measure]
  return worse !== 0 ? worse : compareIds(a.accountId ?? a.territoryIds[0], b.accountId ?? b.territoryIds[0])
}

function gap(accountId: string, strangers: readonly string[], severity: Finding["severity"], measures: readonly MeasureColumn[]): Finding {
  const only = strangers.length === 0 ? "" : `: ${strangers.map(quote).join(" and ")} is not in the list`
  const message = `Account ${quote(accountId)}${atStake(severity, measures)} has no territory${only}.`
  return { ...NO_WITNESS, plane: "accounts", code: "account-gap", accountId, severity, message, suggestion: strangers.length === 0 ? `Assign ${quote(accountId)} to a territory.` : `Assign ${quote(accountId)} to a territory of the list, or list ${strangers.map(quote).join(" and ")}.` }
}

function overlap(accountId: string, owners: readonly string[], severity: Finding["severity"], measures: readonly MeasureColumn[]): Finding {
  const message = `Account ${quote(accountId)}${atStake(severity, measures)} is in ${owners.length} territories: ${owners.map(quote).join(", ")}.`
  return { ...NO_WITNESS, plane: "accounts", code: "account-overlap", accountId, territoryIds: owners, severity, message, suggestion: `Keep ${quote(accountId)} in one of them, or declare the others an overlay.` }
}

function stranger(id: string, rows: readonly number[], listed: readonly string[], measures: readonly MeasureColumn[]): Finding {
  const severity = severityOf(rows, measures)
  const remedy = suggestName(id, listed)
  const message = `Territory ${quote(id)} is not in the list, but ${formatCount(rows.length, "account is", "accounts are")} assigned to it${atStake(severity, measures)}${remedy === "" ? "." : `; ${remedy}`}`
  return { ...NO_WITNESS, plane: "accounts", code: "territory-unknown", territoryIds: [id], severity, message, suggestion: `List ${quote(id)}, or assign its accounts to a territory of the list.` }
}

function vacancy(id: string, measures: readonly MeasureColumn[]): Finding {
  return { ...NO_WITNESS, plane: "accounts", code: "territory-empty", territoryIds: [id], severity: severityOf([], measures), message: `Territory ${quote(id)} has no accounts.`, suggestion: `Assign accounts to ${quote(id)}, or leave it out of the list.` }
}

function severityOf(rows: readonly number[], measures: readonly MeasureColumn[]): Readonly<Record<string, number>> {
  return Object.fromEntries(measures.map(({ name, activities }) => [name, sumOf(activities, rows)]))
}

/** " (revenue 1,200, visits 4)". */
function atStake(severity: Finding["severity"], measures: readonly MeasureColumn[]): string {
  return measures.length === 0 ? "" : ` (${measures.map(({ name }) => `${name} ${formatAmount(severity[name])}`).join(", ")})`
}

const quote = (id: string): string => JSON.stringify(id)
