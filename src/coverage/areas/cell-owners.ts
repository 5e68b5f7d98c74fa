import type { Warning } from "../../model/error.js"
import { formatCount } from "../../model/format-amount.js"
import { compareIds } from "../../model/compare-ids.js"
import { quoteAll } from "../word-finding.js"

/** A place with accounts. */
export interface Site {
  readonly x: number
  readonly y: number
  readonly rows: readonly number[]
}

/** A site, and whose the land around it is. */
export interface OwnedSite {
  readonly x: number
  readonly y: number
  /** Ascending; none for land around accounts without a territory. */
  readonly owners: readonly string[]
}

/** Who has the land around each place, and what that leaves unsaid. */
export interface CellOwners {
  readonly sites: readonly OwnedSite[]
  /** By territory, how many of its accounts are at places that are drawn for others, or that it shares with others. */
  readonly sharedCounts: ReadonlyMap<string, number>
  readonly warnings: readonly Warning[]
}

/** How far beside a place another territory of it stands, grid steps: 11 cm. */
const BESIDE = 10
/** Directions around a place, in the order in which they are taken. */
const AROUND: readonly (readonly [number, number])[] = Object.freeze([[1, 0], [-1, 0], [0, 1], [0, -1], [1, 1], [-1, -1], [1, -1], [-1, 1]])

/**
 * Gives each place to the territory, or territories, of most of its accounts; of equals to the first by id. A territory that no place would
 * be given to takes a part of the land around the place where it has most accounts: a site of its own stands 11 cm beside it. O(n log n).
 *
 * @param sites from west to east, then south to north
 * @param claimants the territories of each row
 */
export function ownCells(sites: readonly Site[], claimants: readonly (readonly string[])[]): CellOwners {
  const owned: OwnedSite[] = sites.map(({ x, y, rows }) => ({ x, y, owners: ownersOf(rows, claimants) }))
  const drawn = new Set(owned.flatMap(({ owners }) => owners))
  const sharedCounts = new Map<string, number>()
  // of those that no place was given to, the place with most of their accounts
  const best = new Map<string, { readonly s: number; readonly count: number }>()
  sites.forEach(({ rows }, s) => {
    // one account that several territories have is an overlap, not a shared place
    if (rows.every((i) => JSON.stringify(claimants[i]) === JSON.stringify(claimants[rows[0]]))) return
    for (const [id, count] of countOwners(rows, claimants)) {
      sharedCounts.set(id, (sharedCounts.get(id) ?? 0) + count)
      if (!drawn.has(id) && count > (best.get(id)?.count ?? 0)) best.set(id, { s, count })
    }
  })
  const taken = new Set(sites.map(({ x, y }) => `${x},${y}`))
  const beside = [...best].sort(([a], [b]) => compareIds(a, b)).map(([id, { s }]) => ({ ...placeBeside(sites[s], taken), owners: [id] }))
  return { sites: [...owned, ...beside], sharedCounts, warnings: warnOfShared(sharedCounts, beside.map(({ owners }) => owners[0])) }
}

function placeBeside({ x, y }: Site, taken: Set<string>): { readonly x: number; readonly y: number } {
  for (let turn = 0; ; turn++) {
    const [east, north] = AROUND[turn % AROUND.length]
    const far = BESIDE * (1 + Math.floor(turn / AROUND.length))
    const place = { x: x + east * far, y: y + north * far }
    const key = `${place.x},${place.y}`
    if (taken.has(key)) continue
    taken.add(key)
    return place
  }
}

/** Accounts by territory, of rows at one place. */
function countOwners(rows: readonly number[], claimants: readonly (readonly string[])[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const i of rows) for (const id of claimants[i]) counts.set(id, (counts.get(id) ?? 0) + 1)
  return counts
}

/** Whose the cell of some accounts is: the territory or territories of most of them, of equals the first by id; nobody's counts too. */
function ownersOf(rows: readonly number[], claimants: readonly (readonly string[])[]): readonly string[] {
  const votes = new Map<string, { count: number; owners: readonly string[] }>()
  for (const i of rows) {
    const key = JSON.stringify(claimants[i])
    const vote = votes.get(key) ?? { count: 0, owners: claimants[i] }
    vote.count++
    votes.set(key, vote)
  }
  return [...votes].sort(([a, left], [b, right]) => right.count - left.count || Number(left.owners.length === 0) - Number(right.owners.length === 0) || compareIds(a, b))[0][1].owners
}

function warnOfShared(sharedCounts: ReadonlyMap<string, number>, beside: readonly string[]): Warning[] {
  if (sharedCounts.size === 0) return []
  const ids = [...sharedCounts.keys()].sort(compareIds)
  const without = beside.length === 0 ? "" : `; ${quoteAll(beside)} would have none, and ${beside.length === 1 ? "has" : "have"} a part of it`
  const who = formatCount(ids.length, "territory has", "territories have")
  const message = `alignment: ${who} accounts at the same place as others: ${quoteAll(ids)}; the land around each place is drawn for the one with most accounts there${without}`
  return [{ code: "place-shared", path: "alignment", message }]
}
