import { embedPoint } from "../math/geo/sphere.js"
import type { Eligibility } from "../math/transport/transport-problem.js"
import { isPlainObject } from "../model/check-keys.js"
import type { Issue } from "../model/error.js"
import { issue, NOTHING, show } from "../model/issue.js"
import type { AccountTable } from "../model/read-accounts.js"
import type { TerritorySpec } from "../model/territory.js"
import { listNearest } from "./list-nearest.js"

/** A way of the caller's own, from an account to a territory. */
export interface DistanceRow {
  readonly accountId: string
  readonly territoryId: string
  /** 0 or more, in any one unit: minutes, km by road. */
  readonly distance: number
}

/** Ways as a function, asked for pairs that may matter, or as rows: pairs without a row are none. */
export type OwnDistance<A> = ((account: A, territory: TerritorySpec) => number) | readonly DistanceRow[]

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
}

/** With more territories than this an account is asked about the nearest so many by center only, where all have centers. */
export const ASKED = 16
/** Wrong answers are named so often. */
const MAX_NAMED = 20
/** Pairs asked about between two pauses. */
const PAUSE = 1 << 16

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
  const rows = typeof distance === "function" ? null : readRows(distance, specs, table, issues)
  const nearest = rows === null && k > ASKED ? nearestByCenter(specs, table) : null
  const asked = also === null ? null : askedToo(also.rows, specs, table)
  const start = new Int32Array(n + 1)
  const territories: number[] = []
  const costs: number[] = []
  let named = 0
  let isPartial = false
  for (let i = 0, seen = 0; i < n; i++) {
    const row = order[i]
    const found = new Map<number, number>()
    let least = Infinity
    for (const t of pairsOf(i)) {
      const length = rows === null ? ask(row, t) : rows[row]?.get(t)
      if (length === undefined) {
        isPartial = true
        continue
      }
      if (lockedTo[i] < 0 || lockedTo[i] === t) least = Math.min(least, length)
      if (length <= maxDistance) found.set(t, length)
    }
    // where answers are wrong, that is told first
    if ((lockedTo[i] >= 0 ? !found.has(lockedTo[i]) : found.size === 0) && named === 0) {
      const why = least < Infinity ? `is farther than ${maxDistance} from every territory that it may go to: the nearest is ${least} away` : "has no distance to any territory that it may go to"
      issues.push(issue("account-unreachable", `accounts[${row}]`, `account ${show(ids[row])} ${why}`, NOTHING, least < Infinity ? "raise maxDistance, or leave it out" : "add a row, or leave it out"))
    }
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
  return { lists: { start, territories: Int32Array.from(territories), costs: Float64Array.from(costs) }, isPartial }

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

  function ask(row: number, t: number): number | undefined {
    const answer: unknown = (distance as (account: A, territory: TerritorySpec) => number)(accounts[row], specs[t])
    if (typeof answer === "number" && Number.isFinite(answer) && answer >= 0) return answer
    if (named++ < MAX_NAMED) issues.push(issue("distance", "compactness.distance", `must return a number of 0 or more, for account ${show(ids[row])} and territory ${show(specs[t].id)} too`, answer))
    return undefined
  }
}

/** By row of accounts: territory, distance. A pair of two rows is an issue. */
function readRows(rows: readonly DistanceRow[], specs: readonly TerritorySpec[], table: AccountTable, issues: Issue[]): (Map<number, number> | undefined)[] {
  const indexOf = new Map(specs.map(({ id }, t) => [id, t]))
  const found: (Map<number, number> | undefined)[] = new Array(table.ids.length)
  let named = 0
  rows.forEach((one: unknown, r) => {
    const { accountId, territoryId, distance } = (typeof one === "object" && one !== null ? one : {}) as Partial<DistanceRow>
    const path = `compactness.distance[${r}]`
    const row = typeof accountId === "string" ? table.rowOf.get(accountId) : undefined
    const t = typeof territoryId === "string" ? indexOf.get(territoryId) : undefined
    const isLength = typeof distance === "number" && Number.isFinite(distance) && distance >= 0
    if (row === undefined || t === undefined || !isLength || found[row]?.has(t) === true) {
      if (named++ >= MAX_NAMED) return
      if (row === undefined) issues.push(issue("id-unknown", `${path}.accountId`, "is no account of this call", accountId))
      else if (t === undefined) issues.push(issue("id-unknown", `${path}.territoryId`, "is no listed territory", territoryId))
      else if (!isLength) issues.push(issue("distance", `${path}.distance`, "must be a number of 0 or more", distance))
      else issues.push(issue("distance-duplicate", path, `account ${show(accountId)} and territory ${show(territoryId)} have another row`, NOTHING, "remove one"))
      return
    }
    ;(found[row] ??= new Map()).set(t, distance as number)
  })
  return found
}

/** By row of accounts the nearest territories; null where one has no center. */
function nearestByCenter(specs: readonly TerritorySpec[], { space, first, second }: AccountTable): Int32Array | null {
  const dimension = space === "globe" ? 3 : 2
  const n = first.length
  const points = new Float64Array(n * dimension)
  const centers = new Float64Array(specs.length * dimension)
  for (let row = 0; row < n; row++) place(first[row], second[row], points, row * dimension)
  for (let t = 0; t < specs.length; t++) {
    const { center } = specs[t]
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
