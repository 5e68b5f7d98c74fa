import { createHeap } from "../../math/select/heap.js"
import { formatAmount } from "../../model/format-amount.js"
import { rowsByTerritory } from "../group-rows.js"
import { quote } from "../word-finding.js"
import type { HomeChoice, Homes } from "./choose-homes.js"
import type { TerritoryLoads } from "./territory-loads.js"

/**
 * Moves accounts that are too far from their center to the cheapest territory whose center is near enough, as long as that brings no
 * finding. Who goes where place or rules put it stays. O(accounts too far x k) a round; there are two, but where rounds make room.
 */
export function bringNearer(choice: HomeChoice, { homeOf, reasonOf, countOf }: Homes, loads: TerritoryLoads): void {
  const { accounts, located, territoryIds, costs, isTooFar, isListed } = choice
  let far = [...accounts.order].filter((i) => homeOf[i] !== null && isTooFar(i, homeOf[i]) && (located?.primary[i].length ?? 0) === 0)
  // who moves makes room for others
  for (let count = Infinity; far.length < count; ) {
    count = far.length
    far = far.filter((i) => {
      const home = homeOf[i] as string
      const to = isListed && countOf.get(home) === 1 ? null : cheapestOf(choice, i, loads, loads.indexOf.get(home) as number)
      if (to === null) return true
      loads.move(i, territoryIds[to.u])
      reasonOf[i] = { removes: reasonOf[i]?.removes ?? ["account-too-far"], where: null, why: `: ${formatAmount(costs.distance(i, home) as number)}${costs.unit} is too far` }
      return false
    })
  }
}

/**
 * Moves accounts out of territories that have too much to such as have room: first those that change anyway, then the cheapest for what
 * they relieve, as long as that brings no new finding: nobody goes over a capacity, too far, from where place or rules put it or to where
 * nobody can serve it, and no territory is left empty. What is then still too much stays.
 * O(accounts of full territories x k), and O(k) more for every place that was taken by another.
 */
export function relieveCapacity(choice: HomeChoice, homes: Homes, loads: TerritoryLoads, isFullToday: (territoryId: string) => boolean): void {
  const { accounts, territoryIds } = choice
  const rankOf = new Int32Array(accounts.ids.length)
  accounts.order.forEach((i, rank) => (rankOf[i] = rank))
  // who leaves makes room for others; every move takes away from what is too much
  for (let moved = 1; moved > 0; ) {
    moved = 0
    if (!territoryIds.some((_, t) => loads.isOver(t))) return
    const members = rowsByTerritory(accounts, homes.homeOf.map((id) => (id === null ? [] : [id])))
    territoryIds.forEach((id, t) => {
      if (loads.isOver(t)) moved += relieveOne(choice, homes, loads, t, members.get(id) ?? [], rankOf, isFullToday(id))
    })
  }
}

/** Relieves one territory of some of its accounts; answers how many. */
function relieveOne(choice: HomeChoice, { reasonOf, countOf }: Homes, loads: TerritoryLoads, t: number, rows: readonly number[], rankOf: Int32Array, isFullToday: boolean): number {
  const { claims, located, territoryIds, costs, isListed } = choice
  const id = territoryIds[t]
  let moved = 0
  // of every account its cheapest place with room: what has no room now has none later
  const heap = createHeap<{ readonly i: number; readonly u: number; readonly isNew: boolean; readonly price: number }>((a, b) => Number(b.isNew) - Number(a.isNew) || a.price - b.price || rankOf[a.i] - rankOf[b.i] || a.u - b.u)
  const reliefOf = new Map<number, number>()
  const offer = (i: number): void => {
    const here = costs.cost(i, id)
    const to = here === null ? null : cheapestOf(choice, i, loads, t)
    if (here === null || to === null) return
    const today = claims.primary[i]
    const isNew = !today.includes(id) || (today.length > 1 && today.includes(territoryIds[to.u]))
    heap.push({ i, u: to.u, isNew, price: (to.cost - here) / (reliefOf.get(i) as number) })
  }
  for (const i of rows) {
    const relief = (located?.primary[i].length ?? 0) > 0 ? 0 : loads.relief(i, t)
    if (relief <= 0) continue
    reliefOf.set(i, relief)
    offer(i)
  }
  for (let next = heap.pop(); next !== undefined && loads.isOver(t); next = heap.pop()) {
    const { i, u } = next
    if (isListed && countOf.get(id) === 1) break
    if (loads.relief(i, t) <= 0) continue
    if (!loads.hasRoom(i, u)) {
      offer(i)
      continue
    }
    loads.move(i, territoryIds[u])
    moved++
    const removes = reasonOf[i]?.removes ?? (["capacity-exceeded"] as const)
    reasonOf[i] = { removes, where: null, why: `: ${quote(id)} ${isFullToday ? "has" : "would have"} too much` }
  }
  return moved
}

/** The cheapest territory but one that an account may go to without a new finding; null where there is none. Ties: the smaller id. */
function cheapestOf({ territoryIds, costs, isTooFar, isServed }: HomeChoice, i: number, loads: TerritoryLoads, but: number): { readonly u: number; readonly cost: number } | null {
  let best: { readonly u: number; readonly cost: number } | null = null
  for (let u = 0; u < territoryIds.length; u++) {
    const to = territoryIds[u]
    if (u === but || !loads.hasRoom(i, u) || isTooFar(i, to) || !isServed(i, to)) continue
    const cost = costs.cost(i, to)
    if (cost !== null && (best === null || cost < best.cost)) best = { u, cost }
  }
  return best
}
