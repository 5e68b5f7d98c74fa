import type { Alignment } from "../model/alignment.js"
import type { Issue } from "../model/error.js"
import { inPieces } from "../model/in-pieces.js"
import { issue, NOTHING, show } from "../model/issue.js"
import { suggestId } from "../model/nearest-name.js"
import { compareIds } from "../model/compare-ids.js"
import type { AccountTable } from "../model/read-accounts.js"
import { FORCED, listHomes, NOBODY, type CurrentHomes } from "./current-homes.js"
import { homesAfter, type EventEffects } from "./events/event-effects.js"
import type { PartitionOptions } from "./partition-options.js"

/** Who owns what today, and which accounts stay there. */
export interface CurrentPlan {
  /** n: place in `currentHomes`, that of one territory being its index into `currentIds`; `NOBODY` or `FORCED`. Null without `current`. */
  readonly current: Int32Array | null
  readonly currentIds: readonly string[]
  readonly currentHomes: CurrentHomes
  /** n: the territory that a locked account stays in, -1 for none. */
  readonly lockedTo: Int32Array
}

/**
 * Locks on ids that are none, or on accounts that `current` does not place, or not in one territory that still stands. Needs rows
 * of `current` in good form. O(rows).
 */
export function* findLockIssues<A>(options: PartitionOptions<A>, rowOf: ReadonlyMap<string, number>, effects: EventEffects): Generator<undefined, Issue[]> {
  const issues: Issue[] = []
  const { current = [], locked = [] } = options
  const placed = new Map<string, string>()
  if (locked.length > 0) {
    yield* inPieces(current.length, (from, to) => {
      for (let r = from; r < to; r++) {
        const { accountId, territoryId } = current[r]
        if (!effects.closed.has(accountId) && (!placed.has(accountId) || homesAfter(effects, territoryId).length > 0)) placed.set(accountId, territoryId)
      }
    })
  }
  const checkLock = (id: unknown, l: number): void => {
    const path = `locked[${l}]`
    if (typeof id !== "string") issues.push(issue("id-type", path, "must be a string", id, typeof id === "number" ? "use String(id)" : ""))
    else if (!rowOf.has(id)) {
      issues.push(issue("id-unknown", path, `is no account of this call: ${show(id)}`, NOTHING, suggestId(id, rowOf)))
    } else if (!placed.has(id)) {
      issues.push(issue("locked-without-current", path, `account ${show(id)} has no territory in \`current\` to stay in`, NOTHING, "add its row to current, or do not lock it"))
    } else {
      const territoryId = placed.get(id) as string
      const homes = homesAfter(effects, territoryId)
      if (homes.length === 0) {
        issues.push(issue("locked-removed", path, `account ${show(id)} is to stay in territory ${show(territoryId)}, which events remove`, NOTHING, "do not lock it"))
      } else if (homes.length > 1) {
        const remedy = "do not lock it, or tell by `eligible` which part it may go to"
        issues.push(issue("locked-split", path, `account ${show(id)} is to stay in territory ${show(territoryId)}, which events split into ${homes.map(show).join(", ")}`, NOTHING, remedy))
      }
    }
  }
  yield* inPieces(locked.length, (from, to) => {
    for (let l = from; l < to; l++) checkLock(locked[l], l)
  })
  return issues
}

/**
 * Reads `current` and `locked`, which have been checked row by row, as they are after the events. Where the caller named no
 * territories, those of locked accounts come first among the k, and where changes cost something, then those that hold the most.
 * O(n + rows).
 *
 * @param order n: the input row of every account, by sorted position
 * @param moveColumn by row: what counts when an account moves; null: 1
 */
export function* readCurrent<A>(
  options: PartitionOptions<A>,
  order: Int32Array,
  table: Pick<AccountTable, "ids">,
  specIds: ReadonlyMap<string, number> | null,
  k: number,
  moveColumn: Float64Array | null,
  effects: EventEffects,
  issues: Issue[],
): Generator<undefined, CurrentPlan> {
  const n = order.length
  const lockedTo = new Int32Array(n).fill(-1)
  const rows = options.current
  if (rows === undefined) return { current: null, currentIds: [], currentHomes: listHomes(0, []), lockedTo }
  /** By id: the account's sorted position. */
  const placeOf = new Map<string, number>()
  yield* inPieces(n, (from, to) => {
    for (let i = from; i < to; i++) placeOf.set(table.ids[order[i]], i)
  })
  const isLocked = new Uint8Array(n)
  for (const id of options.locked ?? []) isLocked[placeOf.get(id) as number] = 1
  const held = yield* weightsHeld(rows, placeOf, order, moveColumn, effects)
  const lockedIds = new Set<string>()
  if (options.locked !== undefined) {
    yield* inPieces(rows.length, (from, to) => {
      for (let r = from; r < to; r++) {
        const { accountId, territoryId } = rows[r]
        if (isLocked[placeOf.get(accountId) as number] === 1 && !effects.closed.has(accountId)) for (const id of homesAfter(effects, territoryId)) lockedIds.add(id)
      }
    })
  }
  const currentIds = specIds === null ? orderIds(held, lockedIds, effects, options.disruption !== undefined) : [...specIds.keys()]
  if (specIds === null && lockedIds.size > k) {
    issues.push(issue("territory-count", "territories", `must be at least the ${lockedIds.size} territories of the locked accounts`, k))
  }
  const { currentHomes, homeOf } = indexHomes(held.keys(), currentIds, effects)
  const current = new Int32Array(n).fill(NOBODY)
  yield* inPieces(rows.length, (from, to) => {
    for (let r = from; r < to; r++) {
      const row = rows[r]
      if (effects.closed.has(row.accountId)) continue
      const i = placeOf.get(row.accountId) as number
      const t = homeOf.get(row.territoryId) as number
      if (current[i] >= 0 && t >= 0 && current[i] !== t) {
        const others = Array.from(currentHomes.ids.subarray(currentHomes.start[current[i]], currentHomes.start[current[i] + 1]), (home) => show(currentIds[home])).join(" or ")
        issues.push(issue("current-overlap", `current[${r}]`, `account ${show(row.accountId)} is also in territory ${others}`, row.territoryId, "an account has one current territory; see checkCoverage"))
      }
      // who had two owners, of whom one leaves, is the other's
      if (t >= 0 || current[i] < 0) current[i] = t
      if (isLocked[i] === 1) lockedTo[i] = current[i]
    }
  })
  return { current, currentIds, currentHomes, lockedTo }
}

/** What every territory held before all events, without accounts that are closed. */
function* weightsHeld(rows: Alignment, placeOf: ReadonlyMap<string, number>, order: Int32Array, moveColumn: Float64Array | null, { closed }: EventEffects): Generator<undefined, Map<string, number>> {
  const held = new Map<string, number>()
  yield* inPieces(rows.length, (from, to) => {
    for (let r = from; r < to; r++) {
      const { accountId, territoryId } = rows[r]
      if (closed.has(accountId)) continue
      held.set(territoryId, (held.get(territoryId) ?? 0) + (moveColumn === null ? 1 : moveColumn[order[placeOf.get(accountId) as number]]))
    }
  })
  return held
}

/**
 * The ids of numbered territories: those of locked accounts first, each part ascending. Where fewer territories are wanted than
 * there are, those that hold the most stay; parts of a split one hold their share of it.
 */
function orderIds(held: ReadonlyMap<string, number>, lockedIds: ReadonlySet<string>, effects: EventEffects, byWeight: boolean): string[] {
  const weightOf = new Map<string, number>()
  for (const [before, weight] of held) {
    const homes = homesAfter(effects, before)
    for (const id of homes) weightOf.set(id, (weightOf.get(id) ?? 0) + weight / homes.length)
  }
  const ids = [...weightOf.keys()].sort(compareIds)
  const rest = ids.filter((id) => !lockedIds.has(id))
  if (byWeight) rest.sort((a, b) => (weightOf.get(b) as number) - (weightOf.get(a) as number) || compareIds(a, b))
  return [...ids.filter((id) => lockedIds.has(id)), ...rest]
}

/** By id of before: the place where its accounts are at home. O(ids). */
function indexHomes(before: Iterable<string>, currentIds: readonly string[], effects: EventEffects): { currentHomes: CurrentHomes; homeOf: ReadonlyMap<string, number> } {
  const indexOf = new Map(currentIds.map((id, t) => [id, t]))
  const parts: number[][] = []
  const splitAt = new Map<string, number>()
  const homeOf = new Map<string, number>()
  for (const id of [...before].sort(compareIds)) {
    const homes = homesAfter(effects, id)
    if (homes.length < 2) {
      homeOf.set(id, homes.length === 0 ? FORCED : (indexOf.get(homes[0]) as number))
      continue
    }
    const key = JSON.stringify(homes)
    if (!splitAt.has(key)) splitAt.set(key, currentIds.length + parts.push(homes.map((home) => indexOf.get(home) as number).sort((a, b) => a - b)) - 1)
    homeOf.set(id, splitAt.get(key) as number)
  }
  return { currentHomes: listHomes(currentIds.length, parts), homeOf }
}
