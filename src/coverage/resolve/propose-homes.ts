import { formatAmount } from "../../model/format-amount.js"
import type { MeasureColumn } from "../../model/read-measures.js"
import { rowsByTerritory } from "../group-rows.js"
import { layersOf } from "../planes/find-account-findings.js"
import { atStake, quote, quoteAll, severityOf } from "../word-finding.js"
import { bestOf, type HomeChoice, type Homes } from "./choose-homes.js"
import { makeProposal, type Proposal } from "./proposal.js"

/** Words the change of every account whose territory changes, one proposal each, in the order of their ids. O(n). */
export function proposeHomes({ accounts, claims, costs }: HomeChoice, { homeOf, reasonOf }: Homes, measures: readonly MeasureColumn[]): Proposal[] {
  const proposals: Proposal[] = []
  for (const i of accounts.order) {
    const [home, reason] = [homeOf[i], reasonOf[i]]
    const today = claims.primary[i]
    const from = [...today, ...claims.strangers[i]]
    if (home === null || reason === null || (from.length === 1 && from[0] === home)) continue
    const kind = today.length === 0 ? "assign" : today.includes(home) ? "keep" : "move"
    const severity = severityOf([i], measures)
    const distance = costs.distance(i, home)
    const where = reason.where ?? (distance === null ? "" : `, ${formatAmount(distance)}${costs.unit} from its center`)
    const [id, to] = [`account ${quote(accounts.ids[i])}${atStake(severity)}`, quote(home)]
    const taken = quoteAll(from.filter((one) => one !== home))
    const message = kind === "assign" ? `Assign ${id} to ${to}${where}${reason.why}.` : kind === "keep" ? `Keep ${id} in ${to}${where}, and take it from ${taken}${reason.why}.` : `Move ${id} from ${taken} to ${to}${where}${reason.why}.`
    proposals.push(makeProposal({ kind, accountId: accounts.ids[i], territoryId: home, from, distance, severity, removes: reason.removes, message }))
  }
  return proposals
}

/** Overlay territories that accounts keep, one a layer, by row; and the proposals where there are several. O(claims). */
export function chooseOverlays(choice: HomeChoice, overlays: ReadonlyMap<string, string>, measures: readonly MeasureColumn[]): { readonly kept: readonly (readonly string[])[]; readonly proposals: readonly Proposal[] } {
  const { accounts, claims, costs } = choice
  const proposals: Proposal[] = []
  const kept: (readonly string[])[] = accounts.ids.map(() => [])
  const countOf = new Map([...rowsByTerritory(accounts, claims.claimants)].map(([id, rows]) => [id, rows.length]))
  for (const i of overlays.size === 0 ? [] : accounts.order) {
    kept[i] = [...layersOf(claims.claimants[i], overlays)].map(([layer, ids]) => {
      if (ids.length === 1) return ids[0]
      const best = bestOf(choice, i, ids, countOf, true) as string
      const severity = severityOf([i], measures)
      const others = ids.filter((id) => id !== best)
      for (const id of others) countOf.set(id, (countOf.get(id) as number) - 1)
      const taken = quoteAll(others)
      proposals.push(makeProposal({ kind: "keep", accountId: accounts.ids[i], territoryId: best, from: ids, distance: costs.distance(i, best), severity, removes: ["account-overlap"], message: `Keep account ${quote(accounts.ids[i])}${atStake(severity)} in ${quote(best)} of the overlay ${quote(layer)}, and take it from ${taken}.` }))
      return best
    })
  }
  return { kept, proposals }
}
