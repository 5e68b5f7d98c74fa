import type { MeasureColumn } from "../model/read-measures.js"
import type { Claims } from "./claims.js"
import type { DatedSubject } from "./planes/find-date-findings.js"
import type { AccountIds } from "./read-account-ids.js"
import type { ListedTerritories } from "./read-coverage-territories.js"
import type { ReadTenures } from "./read-tenures.js"
import { severityOf } from "./word-finding.js"

/**
 * What has to have exactly one owner a day: where tenures name territories, every listed one and those that they name; where they name
 * accounts, every account. O(claims + tenures).
 */
export function listSubjects(accounts: AccountIds, claims: Claims, { ofTerritories, ofAccounts }: ReadTenures, listed: ListedTerritories | null, measures: readonly MeasureColumn[]): DatedSubject[] {
  const subjects: DatedSubject[] = []
  if (ofTerritories !== null) {
    const members = new Map<string, number[]>()
    for (const i of accounts.order) {
      for (const id of claims.claimants[i]) {
        const rows = members.get(id)
        if (rows === undefined) members.set(id, [i])
        else rows.push(i)
      }
    }
    for (const id of new Set([...(listed?.indexOf.keys() ?? []), ...ofTerritories.keys()])) {
      const spec = listed?.specs[listed.indexOf.get(id) as number]
      subjects.push({ kind: "territory", id, isOverlay: spec?.overlay !== undefined, tenures: ofTerritories.get(id) ?? [], severity: severityOf(members.get(id) ?? [], measures) })
    }
  }
  if (ofAccounts !== null) for (const i of accounts.order) subjects.push({ kind: "account", id: accounts.ids[i], isOverlay: false, tenures: ofAccounts.get(i) ?? [], severity: severityOf([i], measures) })
  return subjects
}
