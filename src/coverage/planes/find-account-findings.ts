import { formatCount } from "../../model/format-amount.js"
import { suggestName } from "../../model/nearest-name.js"
import type { MeasureColumn } from "../../model/read-measures.js"
import type { Claims } from "../claims.js"
import { makeFinding, type Finding } from "../finding.js"
import { addTo } from "../group-rows.js"
import type { AccountIds } from "../read-account-ids.js"
import type { LeftOut } from "../read-located.js"
import { sayExcluded } from "../rules/say-excluded.js"
import { atStake, quote, severityOf } from "../word-finding.js"

/** Pairs of an unknown and a listed territory up to which names are compared: half a second's work. */
const MAX_PAIRS = 1e6

/**
 * Words what is wrong per account, the gaps and overlaps, and per territory, the unknown and the empty ones. Overlays come beside the
 * others: an account needs one territory that is none, and may have one of each overlay. O(n).
 *
 * @param leftOut accounts on which rules did not decide
 */
export function findAccountFindings(
  accounts: AccountIds,
  claims: Claims,
  leftOut: ReadonlyMap<string, LeftOut>,
  territories: ReadonlyMap<string, number> | null,
  overlays: ReadonlyMap<string, string>,
  measures: readonly MeasureColumn[],
): Finding[] {
  const findings: Finding[] = []
  const strangers = new Map<string, number[]>()
  const occupied = new Set<string>()
  for (const i of accounts.order) {
    const owners = claims.primary[i]
    const left = leftOut.get(accounts.ids[i])
    if (owners.length === 0 && left !== undefined) findings.push(excluded(accounts.ids[i], left, severityOf([i], measures)))
    else if (owners.length === 0) findings.push(gap(accounts.ids[i], claims.strangers[i], severityOf([i], measures)))
    else if (owners.length > 1) findings.push(overlap(accounts.ids[i], owners, "", severityOf([i], measures)))
    for (const id of claims.claimants[i]) occupied.add(id)
    if (claims.claimants[i].length > owners.length + 1) {
      for (const [layer, ids] of layersOf(claims.claimants[i], overlays)) if (ids.length > 1) findings.push(overlap(accounts.ids[i], ids, layer, severityOf([i], measures)))
    }
    for (const id of claims.strangers[i]) addTo(strangers, id, i)
  }
  const listed = territories === null ? [] : [...territories.keys()]
  // among other ids altogether there is no near one to look for
  const nearby = listed.length * strangers.size <= MAX_PAIRS ? listed : []
  for (const [id, rows] of strangers) findings.push(stranger(id, rows, nearby, measures))
  for (const id of listed) if (!occupied.has(id)) findings.push(vacancy(id, measures))
  return findings
}

/** Overlay territories by the name of their overlay. */
export function layersOf(ids: readonly string[], overlays: ReadonlyMap<string, string>): Map<string, string[]> {
  const layers = new Map<string, string[]>()
  for (const id of ids) {
    const layer = overlays.get(id)
    if (layer !== undefined) addTo(layers, layer, id)
  }
  return layers
}

function gap(accountId: string, strangers: readonly string[], severity: Finding["severity"]): Finding {
  const only = strangers.length === 0 ? "" : `: ${strangers.map(quote).join(" and ")} is not in the list`
  const message = `Account ${quote(accountId)}${atStake(severity)} has no territory${only}.`
  return makeFinding({ plane: "accounts", code: "account-gap", accountId, severity, message, suggestion: strangers.length === 0 ? `Assign ${quote(accountId)} to a territory.` : `Assign ${quote(accountId)} to a territory of the list, or list ${strangers.map(quote).join(" and ")}.` })
}

function excluded(accountId: string, left: LeftOut, severity: Finding["severity"]): Finding {
  const names = left.excludedValues.map(({ dimension }) => dimension).join(", ")
  const message = `Account ${quote(accountId)}${atStake(severity)} has no territory: ${sayExcluded(left)}`
  const suggestion = `Correct ${names} of ${quote(accountId)}, or include it in a rule by its id.`
  return makeFinding({ plane: "accounts", code: "value-excluded", accountId, severity, message, suggestion })
}

function overlap(accountId: string, owners: readonly string[], layer: string, severity: Finding["severity"]): Finding {
  const message = `Account ${quote(accountId)}${atStake(severity)} is in ${owners.length} territories${layer === "" ? "" : ` of the overlay ${quote(layer)}`}: ${owners.map(quote).join(", ")}.`
  return makeFinding({ plane: "accounts", code: "account-overlap", accountId, territoryIds: owners, severity, message, suggestion: `Keep ${quote(accountId)} in one of them${layer === "" ? ", or declare the others an overlay" : ""}.` })
}

function stranger(id: string, rows: readonly number[], listed: readonly string[], measures: readonly MeasureColumn[]): Finding {
  const severity = severityOf(rows, measures)
  const remedy = suggestName(id, listed)
  const message = `Territory ${quote(id)} is not in the list, but ${formatCount(rows.length, "account is", "accounts are")} assigned to it${atStake(severity)}${remedy === "" ? "." : `; ${remedy}`}`
  return makeFinding({ plane: "accounts", code: "territory-unknown", territoryIds: [id], severity, message, suggestion: `List ${quote(id)}, or assign its accounts to a territory of the list.` })
}

function vacancy(id: string, measures: readonly MeasureColumn[]): Finding {
  return makeFinding({ plane: "accounts", code: "territory-empty", territoryIds: [id], severity: severityOf([], measures), message: `Territory ${quote(id)} has no accounts.`, suggestion: `Assign accounts to ${quote(id)}, or leave it out of the list.` })
}
