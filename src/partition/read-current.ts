import type { Alignment } from "../model/alignment.js"
import type { Issue } from "../model/error.js"
import { inPieces } from "../model/in-pieces.js"
import { issue, NOTHING, show } from "../model/issue.js"
import { suggestName } from "../model/nearest-name.js"
import { compareIds } from "../model/compare-ids.js"
import type { AccountTable } from "../model/read-accounts.js"
import type { PartitionOptions } from "./partition-options.js"

/** Who owns what today, and which accounts stay there. */
export interface CurrentPlan {
  /** n: index into `currentIds`, -1 for none; null without `current`. */
  readonly current: Int32Array | null
  readonly currentIds: readonly string[]
  /** n: the territory that a locked account stays in, -1 for none. */
  readonly lockedTo: Int32Array
}

/** Among more ids than this no near name is looked for. */
const MAX_KNOWN = 10_000

/** Locks on ids that are none, or on accounts that `current` does not place. Needs rows of `current` in good form. O(rows). */
export function* findLockIssues<A>(options: PartitionOptions<A>, rowOf: ReadonlyMap<string, number>): Generator<undefined, Issue[]> {
  const issues: Issue[] = []
  const { current = [], locked = [] } = options
  const placed = new Set<string>()
  if (locked.length > 0) {
    yield* inPieces(current.length, (from, to) => {
      for (let r = from; r < to; r++) placed.add(current[r].accountId)
    })
  }
  const checkLock = (id: unknown, l: number): void => {
    const path = `locked[${l}]`
    if (typeof id !== "string") issues.push(issue("id-type", path, "must be a string", id, typeof id === "number" ? "use String(id)" : ""))
    else if (!rowOf.has(id)) {
      issues.push(issue("id-unknown", path, `is no account of this call: ${show(id)}`, NOTHING, rowOf.size <= MAX_KNOWN ? suggestName(id, rowOf.keys()) : ""))
    } else if (!placed.has(id)) {
      issues.push(issue("locked-without-current", path, `account ${show(id)} has no territory in \`current\` to stay in`, NOTHING, "add its row to current, or do not lock it"))
    }
  }
  yield* inPieces(locked.length, (from, to) => {
    for (let l = from; l < to; l++) checkLock(locked[l], l)
  })
  return issues
}

/**
 * Reads `current` and `locked`, which have been checked row by row. Where the caller named no territories, those of locked
 * accounts come first among the k, and where changes cost something, then those that hold the most. O(n + rows).
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
  issues: Issue[],
): Generator<undefined, CurrentPlan> {
  const n = order.length
  const lockedTo = new Int32Array(n).fill(-1)
  const rows = options.current
  if (rows === undefined) return { current: null, currentIds: [], lockedTo }
  /** By id: the account's sorted position. */
  const placeOf = new Map<string, number>()
  yield* inPieces(n, (from, to) => {
    for (let i = from; i < to; i++) placeOf.set(table.ids[order[i]], i)
  })
  const isLocked = new Uint8Array(n)
  for (const id of options.locked ?? []) isLocked[placeOf.get(id) as number] = 1
  const lockedIds = new Set<string>()
  const allIds = new Set<string>()
  yield* inPieces(rows.length, (from, to) => {
    for (let r = from; r < to; r++) {
      const { accountId, territoryId } = rows[r]
      allIds.add(territoryId)
      if (isLocked[placeOf.get(accountId) as number] === 1) lockedIds.add(territoryId)
    }
  })
  const ids = [...allIds].sort(compareIds)
  const held = options.disruption === undefined ? null : yield* weightsHeld(rows, placeOf, order, moveColumn)
  const rest = ids.filter((id) => !lockedIds.has(id))
  // where fewer territories are wanted than there are, those that hold the most stay
  if (held !== null) rest.sort((a, b) => (held.get(b) as number) - (held.get(a) as number) || compareIds(a, b))
  const currentIds = specIds === null ? [...ids.filter((id) => lockedIds.has(id)), ...rest] : [...specIds.keys()]
  if (specIds === null && lockedIds.size > k) {
    issues.push(issue("territory-count", "territories", `must be at least the ${lockedIds.size} territories of the locked accounts`, k))
  }
  const indexOf = new Map(currentIds.map((id, t) => [id, t]))
  const current = new Int32Array(n).fill(-1)
  yield* inPieces(rows.length, (from, to) => {
    for (let r = from; r < to; r++) {
      const row = rows[r]
      const i = placeOf.get(row.accountId) as number
      const t = indexOf.get(row.territoryId) as number
      if (current[i] >= 0 && current[i] !== t) {
        const rule = `account ${show(row.accountId)} is also in territory ${show(currentIds[current[i]])}`
        issues.push(issue("current-overlap", `current[${r}]`, rule, row.territoryId, "an account has one current territory; see checkCoverage"))
      }
      current[i] = t
      if (isLocked[i] === 1) lockedTo[i] = t
    }
  })
  return { current, currentIds, lockedTo }
}

/** What every territory of today holds. */
function* weightsHeld(rows: Alignment, placeOf: ReadonlyMap<string, number>, order: Int32Array, moveColumn: Float64Array | null): Generator<undefined, Map<string, number>> {
  const held = new Map<string, number>()
  yield* inPieces(rows.length, (from, to) => {
    for (let r = from; r < to; r++) {
      const { accountId, territoryId } = rows[r]
      held.set(territoryId, (held.get(territoryId) ?? 0) + (moveColumn === null ? 1 : moveColumn[order[placeOf.get(accountId) as number]]))
    }
  })
  return held
}
