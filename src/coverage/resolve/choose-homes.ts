import type { Claims } from "../claims.js"
import type { FindingCode } from "../finding.js"
import type { AccountIds } from "../read-account-ids.js"
import type { TerritoryCosts } from "./territory-costs.js"

/** What homes are chosen by. */
export interface HomeChoice {
  readonly accounts: AccountIds
  readonly claims: Claims
  /** Where place or rules put accounts; null: not known. */
  readonly located: Claims | null
  /** Accounts with a value to be corrected first: none is chosen for them. */
  isLeftOut(i: number): boolean
  /** Territories that are no overlay, ascending by id. */
  readonly territoryIds: readonly string[]
  /** Whether a territory without accounts is a finding. */
  readonly isListed: boolean
  readonly costs: TerritoryCosts
  /** With a plan of accounts without places: what account i adds to the load of a territory. Null where places tell what is near. */
  readonly sizeOf: ((i: number) => number) | null
  /** Whether the account is farther from a center than it may be, as `checkCoverage` sees it. */
  isTooFar(i: number, territoryId: string): boolean
  /** Whether its person has the territory, or another has, who may be handed it; true where that is not asked. */
  isServed(i: number, territoryId: string): boolean
}

/** One territory for every account for which one can be chosen, as it stands; later steps change it. */
export interface Homes {
  /** n: null for none. */
  readonly homeOf: (string | null)[]
  /** n: why it changes, if it does. */
  readonly reasonOf: (HomeReason | null)[]
  /** How many accounts a territory has. */
  readonly countOf: Map<string, number>
}

/** Why the territory of an account changes. */
export interface HomeReason {
  readonly removes: readonly FindingCode[]
  /** After where it goes, such as `, where place or rules put it`; null: how far it is. */
  readonly where: string | null
  /** At the end, such as `: "north" has too much`. */
  readonly why: string
}

/**
 * Gives every account one territory at the least disruption: who has exactly one keeps it, unless place or rules put it elsewhere; who has
 * several keeps the best of them; who has none gets the one where place or rules put it, else the best. Best: not too far, with somebody
 * to serve it there, not to leave a territory empty, at the least cost, or in a plan without places with the least to do; ties: the smaller id. O(n), and O(k) for every account that changes.
 */
export function chooseHomes(choice: HomeChoice): Homes {
  const { accounts, claims, located, territoryIds, sizeOf } = choice
  const known = new Set(territoryIds)
  const homeOf: (string | null)[] = new Array<null>(accounts.ids.length).fill(null)
  const reasonOf: (HomeReason | null)[] = new Array<null>(accounts.ids.length).fill(null)
  const countOf = new Map<string, number>()
  const loadOf = new Map<string, number>()
  const add = (id: string, change: number, i: number): void => {
    countOf.set(id, (countOf.get(id) ?? 0) + change)
    if (sizeOf !== null) loadOf.set(id, (loadOf.get(id) ?? 0) + change * sizeOf(i))
  }
  const costs: Pick<TerritoryCosts, "cost"> = sizeOf === null ? choice.costs : { cost: (_, id) => loadOf.get(id) ?? 0 }
  claims.primary.forEach((ids, i) => {
    for (const id of ids) add(id, 1, i)
  })
  for (const i of accounts.order) {
    if (choice.isLeftOut(i)) continue
    const today = claims.primary[i]
    const belongs = (located?.primary[i] ?? []).filter((id) => known.has(id))
    const here = today.filter((id) => belongs.includes(id))
    const isElsewhere = today.length > 0 && belongs.length > 0 && here.length === 0
    const isRuled = belongs.length > 0 && (today.length === 0 || isElsewhere)
    const among = isRuled ? belongs : here.length > 0 ? here : today.length > 0 ? today : territoryIds
    const isSure = isRuled || today.length > 0
    const home = isSure && among.length === 1 ? among[0] : bestOf({ ...choice, costs }, i, among, countOf, isSure)
    homeOf[i] = home
    for (const id of today) if (id !== home) add(id, -1, i)
    if (home === null) continue
    if (!today.includes(home)) add(home, 1, i)
    const removes: FindingCode[] = []
    if (today.length === 0) removes.push("account-gap")
    if (today.length > 1) removes.push("account-overlap")
    if (claims.strangers[i].length > 0) removes.push("territory-unknown")
    if (isElsewhere) removes.push("account-elsewhere")
    if (removes.length > 0) reasonOf[i] = { removes, where: isRuled ? ", where place or rules put it" : null, why: "" }
  }
  return { homeOf, reasonOf, countOf }
}

/**
 * The best territory for an account, of ids in ascending order.
 *
 * @param isSure whether it is one of them although its place is not known; else null then
 */
export function bestOf({ costs, isTooFar, isServed, isListed }: Pick<HomeChoice, "isTooFar" | "isServed" | "isListed"> & { readonly costs: Pick<TerritoryCosts, "cost"> }, i: number, among: readonly string[], countOf: ReadonlyMap<string, number>, isSure: boolean): string | null {
  let best: string | null = null
  let [leastFaults, leastCost] = [Infinity, Infinity]
  for (const id of among) {
    const cost = costs.cost(i, id) ?? Infinity
    if (cost === Infinity && !isSure) continue
    const faults = (isTooFar(i, id) ? 4 : 0) + (isServed(i, id) ? 0 : 2) + (isSure && isListed && countOf.get(id) === 1 ? 0 : 1)
    if (best !== null && (faults > leastFaults || (faults === leastFaults && cost >= leastCost))) continue
    best = id
    leastFaults = faults
    leastCost = cost
  }
  return best
}
