import { formatAmount } from "../../model/format-amount.js"
import { atStake, quote, severityOf } from "../word-finding.js"
import type { HomeChoice, Homes } from "./choose-homes.js"
import { makeProposal } from "./proposal.js"

/** What territories can take, by territory and measure: k x M, Infinity where open. */
export type Capacities = (territoryId: string, measure: number) => number

/** Activity above a capacity by less than this share of it is rounding. */
const ROUNDING = 1e-9

/**
 * Moves accounts out of territories that have too much to such as have room, the cheapest for what they relieve first, as long as that
 * brings no new finding: nobody goes over a capacity, too far, or from where place or rules put it. What is then still too much stays.
 * O(accounts of full territories x k), sorted.
 */
export function relieveCapacity({ accounts, located, territoryIds, costs, maxDistance, measures }: HomeChoice, { homeOf, proposals }: Homes, capacityOf: Capacities): void {
  const M = measures.length
  const placeOf = new Map(territoryIds.map((id, t) => [id, t]))
  const load = new Float64Array(territoryIds.length * M)
  const capacity = Float64Array.from({ length: territoryIds.length * M }, (_, r) => capacityOf(territoryIds[Math.floor(r / M)], r % M) * (1 + ROUNDING))
  const members: number[][] = territoryIds.map(() => [])
  const rankOf = new Int32Array(accounts.ids.length)
  accounts.order.forEach((i, rank) => (rankOf[i] = rank))
  const proposalOf = new Map(proposals.map(({ accountId }, at) => [accountId, at]))
  for (const i of accounts.order) {
    const t = homeOf[i] === null ? undefined : placeOf.get(homeOf[i])
    if (t === undefined) continue
    members[t].push(i)
    for (let m = 0; m < M; m++) load[t * M + m] += measures[m].activities[i]
  }
  territoryIds.forEach((id, t) => {
    if (excess(t) <= 0) return
    const options = members[t].flatMap((i) => {
      const relief = reliefOf(i, t)
      const here = costs.cost(i, id)
      if (relief <= 0 || here === null || (located?.claimants[i].length ?? 0) > 0) return []
      return territoryIds.flatMap((to, u) => {
        const cost = u === t ? null : costs.cost(i, to)
        const length = cost === null ? null : costs.distance(i, to)
        return cost === null || length === null || length > maxDistance ? [] : [{ i, u, price: (cost - here) / relief }]
      })
    })
    options.sort((a, b) => a.price - b.price || rankOf[a.i] - rankOf[b.i] || a.u - b.u)
    const gone = new Set<number>()
    for (const { i, u } of options) {
      if (excess(t) <= 0) break
      if (gone.has(i) || reliefOf(i, t) <= 0 || !hasRoom(i, u)) continue
      gone.add(i)
      for (let m = 0; m < M; m++) {
        load[t * M + m] -= measures[m].activities[i]
        load[u * M + m] += measures[m].activities[i]
      }
      const to = territoryIds[u]
      homeOf[i] = to
      const severity = severityOf([i], measures)
      const length = costs.distance(i, to)
      // who has just been given a territory gets another one instead: one proposal an account
      const at = proposalOf.get(accounts.ids[i])
      const first = at === undefined ? null : proposals[at]
      const proposal = makeProposal({
        kind: first === null || (first.kind === "keep" && !first.from.includes(to)) ? "move" : first.kind,
        accountId: accounts.ids[i],
        territoryId: to,
        from: first?.from ?? [id],
        distance: length,
        severity,
        removes: first === null ? ["capacity-exceeded"] : first.removes,
        message: `${first?.kind === "assign" ? "Assign" : "Move"} account ${quote(accounts.ids[i])}${atStake(severity)} ${first === null ? `from ${quote(id)}, which has too much, ` : ""}to ${quote(to)}${length === null ? "" : `, ${formatAmount(length)} from its center`}${first === null ? "" : `: ${quote(id)} would have too much`}.`,
      })
      if (at === undefined) {
        proposalOf.set(accounts.ids[i], proposals.length)
        proposals.push(proposal)
      } else proposals[at] = proposal
    }
  })

  /** How much of what is too much an account takes along, in shares of the capacities. */
  function reliefOf(i: number, t: number): number {
    let relief = 0
    for (let m = 0; m < M; m++) {
      const over = load[t * M + m] - capacity[t * M + m]
      if (over > 0) relief += Math.min(over, measures[m].activities[i]) / Math.max(capacity[t * M + m], Number.MIN_VALUE)
    }
    return relief
  }

  function excess(t: number): number {
    let most = 0
    for (let m = 0; m < M; m++) most = Math.max(most, load[t * M + m] - capacity[t * M + m])
    return most
  }

  function hasRoom(i: number, u: number): boolean {
    for (let m = 0; m < M; m++) if (measures[m].activities[i] > 0 && load[u * M + m] + measures[m].activities[i] > capacity[u * M + m]) return false
    return true
  }
}
