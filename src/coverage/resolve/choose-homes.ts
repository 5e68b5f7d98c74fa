import { formatAmount } from "../../model/format-amount.js"
import type { MeasureColumn } from "../../model/read-measures.js"
import type { Claims } from "../claims.js"
import type { AccountIds } from "../read-account-ids.js"
import { atStake, quote, quoteAll, severityOf } from "../word-finding.js"
import { makeProposal, type Proposal } from "./proposal.js"
import type { TerritoryCosts } from "./territory-costs.js"

/** What homes are chosen by. */
export interface HomeChoice {
  readonly accounts: AccountIds
  readonly claims: Claims
  /** Where place or rules put accounts; null: not known. */
  readonly located: Claims | null
  /** Territories that are no overlay, ascending by id. */
  readonly territoryIds: readonly string[]
  readonly costs: TerritoryCosts
  /** Farther is too far; Infinity: nothing is. */
  readonly maxDistance: number
  readonly measures: readonly MeasureColumn[]
}

/** One territory for every account for which one can be chosen; null for the others. */
export interface Homes {
  readonly homeOf: (string | null)[]
  readonly proposals: Proposal[]
}

/**
 * Gives every account one territory at the least disruption: who has exactly one keeps it, unless place or rules put it elsewhere or it is
 * too far; who has several keeps the best of them; who has none gets the one where place or rules put it, else the cheapest. Ties: the
 * smaller id. O(n), and O(k) for every account that changes.
 */
export function chooseHomes(choice: HomeChoice): Homes {
  const { accounts, claims, located, territoryIds, costs, maxDistance, measures } = choice
  const known = new Set(territoryIds)
  const homeOf: (string | null)[] = new Array(accounts.ids.length).fill(null)
  const proposals: Proposal[] = []
  const unit = (i: number, id: string): string => {
    const length = costs.distance(i, id)
    return length === null ? "" : `, ${formatAmount(length)} from its center`
  }
  for (const i of accounts.order) {
    const today = claims.primary[i]
    const belongs = (located?.claimants[i] ?? []).filter((id) => known.has(id))
    const id = quote(accounts.ids[i])
    if (today.length === 1 && (belongs.length === 0 || belongs.includes(today[0]))) {
      homeOf[i] = today[0]
      const length = maxDistance === Infinity ? null : costs.distance(i, today[0])
      if (length === null || length <= maxDistance) continue
      const nearer = belongs.length > 0 ? null : cheapest(i, territoryIds.filter((t) => within(i, t)))
      if (nearer === null) continue
      homeOf[i] = nearer
      propose(i, "move", nearer, today, "account-too-far", `Move account ${id} from ${quote(today[0])} to ${quote(nearer)}${unit(i, nearer)}: ${formatAmount(length)} is too far.`)
      continue
    }
    if (today.length > 1) {
      const best = cheapest(i, today.filter((t) => belongs.includes(t))) ?? belongs.find((t) => today.includes(t)) ?? cheapest(i, today.filter((t) => within(i, t))) ?? today[0]
      homeOf[i] = best
      propose(i, "keep", best, today, "account-overlap", `Keep account ${id} in ${quote(best)}${unit(i, best)}, and take it from ${quoteAll(today.filter((t) => t !== best))}.`)
      continue
    }
    const place = belongs.length > 0 ? (cheapest(i, belongs) ?? belongs[0]) : (cheapest(i, territoryIds.filter((t) => within(i, t))) ?? cheapest(i, territoryIds))
    if (today.length === 0) {
      homeOf[i] = place
      if (place !== null) propose(i, "assign", place, claims.strangers[i], "account-gap", `Assign account ${id} to ${quote(place)}${belongs.includes(place) ? ", where place or rules put it" : unit(i, place)}.`)
    } else if (place !== null) {
      homeOf[i] = place
      propose(i, "move", place, today, "account-elsewhere", `Move account ${id} from ${quoteAll(today)} to ${quote(place)}, where place or rules put it.`)
    }
  }
  return { homeOf, proposals }

  function within(i: number, t: string): boolean {
    const length = maxDistance === Infinity ? null : costs.distance(i, t)
    return length === null || length <= maxDistance
  }

  /** The territory of the least cost; null where no place is known. */
  function cheapest(i: number, among: readonly string[]): string | null {
    let best: string | null = null
    let least = Infinity
    for (const t of among) {
      const cost = costs.cost(i, t)
      if (cost === null || cost >= least) continue
      least = cost
      best = t
    }
    return best
  }

  function propose(i: number, kind: Proposal["kind"], territoryId: string, from: readonly string[], code: Proposal["removes"][number], message: string): void {
    const severity = severityOf([i], measures)
    proposals.push(makeProposal({ kind, accountId: accounts.ids[i], territoryId, from, distance: costs.distance(i, territoryId), severity, removes: [code], message: `${message.slice(0, -1)}${atStake(severity)}.` }))
  }
}
