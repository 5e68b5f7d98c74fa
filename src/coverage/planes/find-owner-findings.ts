import { compareIds } from "../../model/compare-ids.js"
import { formatCount } from "../../model/format-amount.js"
import type { MeasureColumn } from "../../model/read-measures.js"
import type { Claims } from "../claims.js"
import { makeFinding, type Finding } from "../finding.js"
import { addTo } from "../group-rows.js"
import type { AccountIds } from "../read-account-ids.js"
import type { ListedTerritories } from "../read-coverage-territories.js"
import { atStake, quote, quoteAll, severityOf } from "../word-finding.js"

/** Who serves which account, and which territories are theirs. */
export interface Owners {
  /** By row: the person; null for none. */
  readonly ownerOf: readonly (string | null)[]
  /** By person; null: unknown. */
  readonly territoriesOf: ReadonlyMap<string, readonly string[]> | null
}

/** Accounts that lie, or are ruled, in one territory and are aligned to another; overlays aside, which come beside it. O(n). */
export function findElsewhere(accounts: AccountIds, claims: Claims, located: Claims, measures: readonly MeasureColumn[]): Finding[] {
  const findings: Finding[] = []
  for (const i of accounts.order) {
    const [belongs, isIn] = [located.primary[i], claims.primary[i]]
    if (belongs.length === 0 || isIn.length === 0 || belongs.some((id) => isIn.includes(id))) continue
    const severity = severityOf([i], measures)
    const id = quote(accounts.ids[i])
    findings.push(makeFinding({
      plane: "owners",
      code: "account-elsewhere",
      accountId: accounts.ids[i],
      territoryIds: [...new Set([...belongs, ...isIn])].sort(compareIds),
      severity,
      message: `Account ${id}${atStake(severity)} belongs to ${quoteAll(belongs)} by place or rule, but is in ${quoteAll(isIn)}.`,
      suggestion: `Assign ${id} to ${quote(belongs[0])}, or name it an exception.`,
    }))
  }
  return findings
}

/**
 * Accounts that are served by nobody, by somebody who is not listed, or by somebody of another territory; and territories that several
 * serve although they do not list them all. O(n).
 */
export function findOwnerFindings(accounts: AccountIds, claims: Claims, { ownerOf, territoriesOf }: Owners, listed: ListedTerritories | null, measures: readonly MeasureColumn[]): Finding[] {
  const findings: Finding[] = []
  const served = new Map<string, Map<string, number[]>>()
  const strangers = new Map<string, number[]>()
  for (const i of accounts.order) {
    const owner = ownerOf[i]
    const accountId = accounts.ids[i]
    const isIn = claims.claimants[i]
    if (owner === null) {
      const severity = severityOf([i], measures)
      findings.push(makeFinding({ plane: "owners", code: "owner-missing", accountId, territoryIds: isIn, severity, message: `Nobody serves account ${quote(accountId)}${atStake(severity)}.`, suggestion: `Name who serves ${quote(accountId)}.` }))
      continue
    }
    // an overlay's accounts have the persons of the territories that it comes beside
    for (const t of claims.primary[i]) {
      const own = served.get(t) ?? new Map<string, number[]>()
      if (own.size === 0) served.set(t, own)
      addTo(own, owner, i)
    }
    if (territoriesOf === null) continue
    const theirs = territoriesOf.get(owner)
    if (theirs === undefined) addTo(strangers, owner, i)
    else if (isIn.length > 0 && !isIn.some((t) => theirs.includes(t))) {
      const severity = severityOf([i], measures)
      findings.push(makeFinding({
        plane: "owners",
        code: "owner-elsewhere",
        accountId,
        territoryIds: [...new Set([...isIn, ...theirs])].sort(compareIds),
        ownerIds: [owner],
        severity,
        message: `Account ${quote(accountId)}${atStake(severity)} is in ${quoteAll(isIn)}, but ${quote(owner)}, who serves it, ${theirs.length === 0 ? "has no territory" : `belongs to ${quoteAll(theirs)}`}.`,
        suggestion: `Hand ${quote(accountId)} to somebody of ${quote(isIn[0])}${theirs.length === 0 ? "" : `, or assign it to ${quote(theirs[0])}`}.`,
      }))
    }
  }
  for (const [owner, rows] of strangers) {
    const severity = severityOf(rows, measures)
    findings.push(makeFinding({ plane: "owners", code: "owner-unknown", ownerIds: [owner], severity, message: `${quote(owner)} serves ${formatCount(rows.length, "account")}${atStake(severity)}, but is not listed among who has territories.`, suggestion: `List the territories of ${quote(owner)}, or hand the accounts on.` }))
  }
  for (const [t, own] of served) if (own.size > 1) pushSeveral(t, own)
  return findings

  function pushSeveral(territoryId: string, own: ReadonlyMap<string, readonly number[]>): void {
    const spec = listed?.specs[listed.indexOf.get(territoryId) ?? -1]
    const declared = spec?.repIds ?? []
    if ([...own.keys()].every((owner) => declared.includes(owner))) return
    const ownerIds = [...own.keys()].sort(compareIds)
    // a rep, else who serves most, is taken to be meant: at stake is what the others serve
    const main = [...ownerIds].sort((a, b) => Number(declared.includes(b)) - Number(declared.includes(a)) || (own.get(b) as readonly number[]).length - (own.get(a) as readonly number[]).length)[0]
    const others = ownerIds.filter((owner) => owner !== main).flatMap((owner) => own.get(owner) as readonly number[])
    const severity = severityOf(others, measures)
    findings.push(makeFinding({
      plane: "owners",
      code: "owners-several",
      territoryIds: [territoryId],
      ownerIds,
      severity,
      message: `Territory ${quote(territoryId)} is served by ${ownerIds.length}: ${quoteAll(ownerIds)}; all but ${quote(main)} serve ${formatCount(others.length, "account")}${atStake(severity)}.`,
      suggestion: `Hand these to ${quote(main)}, split ${quote(territoryId)}, or list all of them as its reps.`,
    }))
  }
}
