import { compareIds } from "../../model/compare-ids.js"
import type { MeasureColumn } from "../../model/read-measures.js"
import type { Owners } from "../planes/find-owner-findings.js"
import type { AccountIds } from "../read-account-ids.js"
import type { ListedTerritories } from "../read-coverage-territories.js"
import { atStake, quote, quoteAll, severityOf } from "../word-finding.js"
import { makeProposal, type Proposal } from "./proposal.js"

/** Who would serve what. */
export interface HandedOver {
  /** n: null for nobody. */
  readonly ownerOf: (string | null)[]
  /** Reps to be listed, by territory, beside those that are. */
  readonly repsOf: ReadonlyMap<string, readonly string[]>
  readonly proposals: readonly Proposal[]
}

/**
 * Hands accounts whose owner belongs elsewhere, is not known, or is nobody, to a rep of their territory: of several to the one who serves
 * most there. Where several who belong to a territory serve it, they are listed as its reps: nobody has to change. O(n).
 *
 * @param homeOf n: the territory that an account would have
 */
export function handOver(accounts: AccountIds, homeOf: readonly (string | null)[], { ownerOf: today, territoriesOf }: Owners, listed: ListedTerritories | null, measures: readonly MeasureColumn[]): HandedOver {
  const ownerOf = [...today]
  const proposals: Proposal[] = []
  const repsOf = new Map<string, string[]>()
  const served = new Map<string, Map<string, number>>()
  for (const i of accounts.order) {
    const [home, owner] = [homeOf[i], today[i]]
    if (home === null || owner === null) continue
    const own = served.get(home) ?? new Map<string, number>()
    served.set(home, own)
    own.set(owner, (own.get(owner) ?? 0) + 1)
  }
  const staff = new Map<string, string[]>()
  for (const { id, repIds } of listed?.specs ?? []) if (repIds !== undefined) staff.set(id, [...repIds])
  for (const [owner, ids] of territoriesOf ?? []) for (const id of ids) staff.set(id, [...new Set([...(staff.get(id) ?? []), owner])])
  const best = new Map([...staff].map(([id, reps]) => [id, [...reps].sort((a, b) => (served.get(id)?.get(b) ?? 0) - (served.get(id)?.get(a) ?? 0) || compareIds(a, b))[0]]))

  for (const i of accounts.order) {
    const [home, owner] = [homeOf[i], today[i]]
    if (home === null) continue
    const isHere = owner !== null && (territoriesOf === null || (territoriesOf.get(owner) ?? []).includes(home))
    const to = best.get(home)
    if (isHere || to === undefined || to === owner) continue
    ownerOf[i] = to
    const severity = severityOf([i], measures)
    const code = owner === null ? "owner-missing" : territoriesOf?.has(owner) === false ? "owner-unknown" : "owner-elsewhere"
    const before = owner === null ? "" : ` from ${quote(owner)}`
    proposals.push(makeProposal({ kind: "hand-over", accountId: accounts.ids[i], territoryId: home, from: owner === null ? [] : [owner], ownerIds: [to], severity, removes: [code], message: `Hand account ${quote(accounts.ids[i])}${atStake(severity)}${before} to ${quote(to)}, who has ${quote(home)}.` }))
  }
  const serving = new Map<string, number[]>()
  for (const i of accounts.order) {
    const home = homeOf[i]
    if (home === null || ownerOf[i] === null) continue
    const rows = serving.get(home)
    if (rows === undefined) serving.set(home, [i])
    else rows.push(i)
  }
  for (const [id, rows] of [...serving].sort(([a], [b]) => compareIds(a, b))) {
    const owners = [...new Set(rows.map((i) => ownerOf[i] as string))].sort(compareIds)
    const declared = listed?.specs[listed.indexOf.get(id) as number]?.repIds ?? []
    const missing = owners.filter((owner) => !declared.includes(owner))
    if (owners.length < 2 || missing.length === 0) continue
    repsOf.set(id, missing)
    proposals.push(makeProposal({ kind: "list-reps", territoryId: id, ownerIds: missing, severity: severityOf([], measures), removes: ["owners-several"], message: `List ${quoteAll(missing)} as reps of ${quote(id)}, or hand their accounts to one of them.` }))
  }
  return { ownerOf, repsOf, proposals }
}
