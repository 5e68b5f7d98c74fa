import { embedPoint } from "../math/geo/sphere.js"
import type { Eligibility } from "../math/transport/transport-problem.js"
import { isPlainObject } from "../model/check-keys.js"
import type { Issue } from "../model/error.js"
import type { AccountTable } from "../model/read-accounts.js"
import { statedCenter } from "../model/stated-center.js"
import type { TerritorySpec } from "../model/territory.js"
import { listNearest } from "./list-nearest.js"
import { createWayReader, unreachable, type OwnDistance } from "./read-ways.js"

/** Pairs that a plan, or a question about it, needs a distance of beside those that the search needs. */
export interface WantedPairs {
  /** Rows that name pairs; what is no row is left to the checks of alignments. */
  readonly rows: readonly unknown[]
  /** Whether locked accounts are asked about like all others, not about their lock alone. */
  readonly ofLocked: boolean
}

/** What own distances make of the pairs. */
export interface OwnDistances {
  /** Every account has a list; `costs` are distances as the caller gave them. */
  readonly lists: Eligibility
  /** Whether some pairs that an account would be eligible for were not asked for, or have no row. */
  readonly isPartial: boolean
  /** The longest of them. */
  readonly longest: number
}

/** With more territories than this an account is asked about the nearest so many by center only, where all have centers. */
export const ASKED = 16
/** Pairs asked about between two pauses. */
const PAUSE = 1 << 13

/**
 * Asks for, or looks up, the distance of every account to the territories that it may go to: all of them, or the nearest 16 by
 * center. Its owner of today, its lock and what `also` wants are asked for in any case. Adds issues for distances that are none, for
 * rows with unknown ids, and for accounts that are left without a territory. O(n k).
 *
 * @param lockedTo n, by sorted position, as `home`: the territory of today, -1 for none
 * @param lists the territories that accounts may go to; null: any
 * @param maxDistance pairs that are farther are none
 * @yields after every few ten thousand pairs
 */
export function* readDistances<A>(
  accounts: readonly A[],
  distance: OwnDistance<A>,
  specs: readonly TerritorySpec[],
  table: AccountTable,
  { lockedTo, home, also, lists, maxDistance }: { readonly lockedTo: Int32Array; readonly home: Int32Array | null; readonly also: WantedPairs | null; readonly lists: Eligibility | null; readonly maxDistance: number },
  issues: Issue[],
): Generator<undefined, OwnDistances> {
  const n = accounts.length
  const k = specs.length
  const { ids, order } = table
  const ways = createWayReader(accounts, distance, specs, table, issues)
  const nearest = typeof distance === "function" && k > ASKED ? nearestByCenter(specs, table) : null
  const asked = also === null ? null : askedToo(also.rows, specs, table)
  const start = new Int32Array(n + 1)
  const territories: number[] = []
  const costs: number[] = []
  let isPartial = false
  let longest = 0
  for (let i = 0, seen = 0; i < n; i++) {
    const row = order[i]
    const found = new Map<number, number>()
    let least = Infinity
    for (const t of pairsOf(i)) {
      const length = ways.lengthOf(row, t)
      if (length === undefined) {
        isPartial = true
        continue
      }
      if (lockedTo[i] < 0 || lockedTo[i] === t) least = Math.min(least, length)
      if (length > maxDistance) continue
      found.set(t, length)
      longest = Math.max(longest, length)
    }
    // where answers are wrong, that is told first
    if ((lockedTo[i] >= 0 ? !found.has(lockedTo[i]) : found.size === 0) && !ways.hasFaults()) issues.push(unreachable(row, ids[row], least, maxDistance))
    for (const t of [...found.keys()].sort((a, b) => a - b)) {
      territories.push(t)
      costs.push(found.get(t) as number)
    }
    start[i + 1] = territories.length
    seen += found.size
    if (seen >= PAUSE) {
      seen = 0
      yield undefined
    }
  }
  return { lists: { start, territories: Int32Array.from(territories), costs: Float64Array.from(costs) }, isPartial, longest }

  /** The territories to ask account i about. */
  function pairsOf(i: number): readonly number[] {
    if (lockedTo[i] >= 0 && also?.ofLocked !== true) return [...new Set([lockedTo[i], ...(asked?.get(ids[order[i]]) ?? [])])]
    const listed = lists === null || lists.start[i] === lists.start[i + 1] ? null : lists.territories.subarray(lists.start[i], lists.start[i + 1])
    if (nearest === null) return listed === null ? Array.from({ length: k }, (_, t) => t) : [...listed]
    const near = new Set(nearest.subarray(ASKED * order[i], ASKED * (order[i] + 1)))
    if (home !== null && home[i] >= 0 && home[i] < k) near.add(home[i])
    if (lockedTo[i] >= 0) near.add(lockedTo[i])
    for (const t of asked?.get(ids[order[i]]) ?? []) near.add(t)
    const pairs = listed === null ? [...near] : [...near].filter((t) => listed.includes(t))
    const all = listed === null ? k : listed.length
    if (pairs.length < all) isPartial = true
    return pairs.length > 0 ? pairs : [...(listed ?? [])]
  }
}

/** By row of accounts the nearest territories; null where one has no center. */
function nearestByCenter(specs: readonly TerritorySpec[], { space, first, second }: AccountTable): Int32Array | null {
  const dimension = space === "globe" ? 3 : 2
  if (space === "none") return null
  const n = first.length
  const points = new Float64Array(n * dimension)
  const centers = new Float64Array(specs.length * dimension)
  for (let row = 0; row < n; row++) place(first[row], second[row], points, row * dimension)
  for (let t = 0; t < specs.length; t++) {
    const center = statedCenter(specs[t])
    if (center === undefined) return null
    if ("x" in center) place(center.x, center.y, centers, t * dimension)
    else place(center.longitude, center.latitude, centers, t * dimension)
  }
  return listNearest(points, centers, dimension, ASKED)

  function place(x: number, y: number, into: Float64Array, at: number): void {
    if (space === "globe") embedPoint(x, y, 1, into, at)
    else into.set([x, y], at)
  }
}

/** By account id the territories that rows name. */
function askedToo(rows: readonly unknown[], specs: readonly TerritorySpec[], table: AccountTable): Map<string, number[]> {
  const indexOf = new Map(specs.map(({ id }, t) => [id, t]))
  const asked = new Map<string, number[]>()
  for (const row of rows) {
    const { accountId, territoryId } = (isPlainObject(row) ? row : {}) as { accountId?: string; territoryId?: string }
    const t = territoryId === undefined ? undefined : indexOf.get(territoryId)
    if (t !== undefined && accountId !== undefined && table.rowOf.has(accountId)) asked.set(accountId, [...(asked.get(accountId) ?? []), t])
  }
  return asked
}
