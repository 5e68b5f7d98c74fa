import { territoryIdsOf } from "../model/alignment.js"
import type { Issue } from "../model/error.js"
import { issue, NOTHING, show } from "../model/issue.js"
import { suggestName } from "../model/nearest-name.js"
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

/** Locks on ids that are none, or on accounts that `current` does not place. Needs rows of `current` in good form. O(locked). */
export function findLockIssues<A>(options: PartitionOptions<A>, rowOf: ReadonlyMap<string, number>): Issue[] {
  const issues: Issue[] = []
  const placed = new Set((options.current ?? []).map((row) => row.accountId))
  options.locked?.forEach((id: unknown, l) => {
    const path = `locked[${l}]`
    if (typeof id !== "string") issues.push(issue("id-type", path, "must be a string", id, typeof id === "number" ? "use String(id)" : ""))
    else if (!rowOf.has(id)) {
      issues.push(issue("id-unknown", path, `is no account of this call: ${show(id)}`, NOTHING, rowOf.size <= MAX_KNOWN ? suggestName(id, rowOf.keys()) : ""))
    } else if (!placed.has(id)) {
      issues.push(issue("locked-without-current", path, `account ${show(id)} has no territory in \`current\` to stay in`, NOTHING, "add its row to current, or do not lock it"))
    }
  })
  return issues
}

/**
 * Reads `current` and `locked`, which have been checked row by row. Where the caller named no territories, those of locked
 * accounts come first among the k. O(n + rows).
 *
 * @param order n: the input row of every account, by sorted position
 */
export function readCurrent<A>(
  options: PartitionOptions<A>,
  order: Int32Array,
  rowOf: ReadonlyMap<string, number>,
  specIds: ReadonlyMap<string, number> | null,
  k: number,
  issues: Issue[],
): CurrentPlan {
  const n = order.length
  const lockedTo = new Int32Array(n).fill(-1)
  if (options.current === undefined) return { current: null, currentIds: [], lockedTo }
  const ids = specIds === null ? territoryIdsOf(options.current) : [...specIds.keys()]
  const lockedRows = new Set((options.locked ?? []).map((id) => rowOf.get(id)))
  const lockedIds = new Set(options.current.filter((row) => lockedRows.has(rowOf.get(row.accountId))).map((row) => row.territoryId))
  const currentIds = specIds === null ? [...ids.filter((id) => lockedIds.has(id)), ...ids.filter((id) => !lockedIds.has(id))] : ids
  if (specIds === null && lockedIds.size > k) {
    issues.push(issue("territory-count", "territories", `must be at least the ${lockedIds.size} territories of the locked accounts`, k))
  }
  const indexOf = new Map(currentIds.map((id, t) => [id, t]))
  const sorted = new Int32Array(n)
  order.forEach((row, i) => (sorted[row] = i))
  const current = new Int32Array(n).fill(-1)
  options.current.forEach((row, r) => {
    const i = sorted[rowOf.get(row.accountId) as number]
    const t = indexOf.get(row.territoryId) as number
    if (current[i] >= 0 && current[i] !== t) {
      const rule = `account ${show(row.accountId)} is also in territory ${show(currentIds[current[i]])}`
      issues.push(issue("current-overlap", `current[${r}]`, rule, row.territoryId, "an account has one current territory; see checkCoverage"))
    }
    current[i] = t
  })
  for (let i = 0; i < n; i++) if (lockedRows.has(order[i])) lockedTo[i] = current[i]
  return { current, currentIds, lockedTo }
}
