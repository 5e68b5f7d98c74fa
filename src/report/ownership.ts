import type { LocatedAccount } from "../model/account.js"
import type { Alignment } from "../model/alignment.js"
import type { Issue } from "../model/error.js"
import { throwIssues } from "../model/error.js"
import { findAccountIssues } from "../model/find-account-issues.js"
import { isPlainObject } from "../model/check-keys.js"
import { issue } from "../model/issue.js"
import { readAccounts, type AccountTable } from "../model/read-accounts.js"
import { compareIds } from "../model/compare-ids.js"
import { findAlignmentIssues } from "../model/find-alignment-issues.js"
import type { PartitionResult, PlanTerritory } from "../partition/partition-result.js"
import { findResultIssues } from "./result-shape.js"

/** Owner of an account without a row. */
export const GAP = -1
/** Owner of an account with rows of several territories. */
export const OVERLAP = -2

/** An alignment as numbers: who owns account i. Accounts are in the order of their ids, whatever the caller's order. */
export interface Ownership {
  readonly accounts: readonly LocatedAccount[]
  /** The caller's row of account i. */
  readonly rows: readonly number[]
  readonly table: AccountTable
  /** The plan's territories first, in its order; then all others by id. */
  readonly territoryIds: readonly string[]
  /** Territory of account i, {@link GAP} or {@link OVERLAP}. */
  readonly owners: Int32Array
  /** The territories of each account that has several, ascending. */
  readonly sharers: ReadonlyMap<number, readonly number[]>
  readonly gapCount: number
  readonly overlapCount: number
  /** The plan's own words on its territories; empty when only an alignment was given. */
  readonly territories: readonly PlanTerritory[]
}

/** Whether something is a judged alignment rather than rows. */
export function isPlan(value: unknown): value is PartitionResult {
  return isPlainObject(value) && Array.isArray(value.alignment) && Array.isArray(value.territories) && isPlainObject(value.imbalance)
}

/**
 * Reads who owns what from rows or from a plan. The same row twice counts once. O(n log n + rows).
 *
 * Accounts are put in the order of their ids first: sums of floating-point numbers depend on the order, and a shuffled
 * input must not move a label by a tenth of a pixel.
 *
 * @throws TerritoryError with every unusable account and row
 */
export function readOwnership(accounts: readonly LocatedAccount[], given: Alignment | PartitionResult, path: string): Ownership {
  throwIssues(findAccountIssues(accounts))
  const rows = accounts.map((_, row) => row).sort((a, b) => compareIds(accounts[a].id, accounts[b].id))
  const sorted = rows.map((row) => accounts[row])
  const table = readAccounts(sorted)
  const plan = isPlan(given) ? given : null
  const issues: Issue[] = []
  if (plan === null && !Array.isArray(given)) {
    issues.push(issue("input-type", path, "must be an alignment (rows { accountId, territoryId }) or a plan", given))
    throwIssues(issues)
  }
  if (plan !== null) throwIssues(findResultIssues(plan, "plan", path))
  const alignment = plan === null ? (given as Alignment) : plan.alignment
  throwIssues(findAlignmentIssues(alignment, table.rowOf, null, plan === null ? path : `${path}.alignment`))

  const listed = plan === null ? [] : plan.territories.map((territory) => territory.id)
  const others = new Set(alignment.map((row) => row.territoryId))
  for (const id of listed) others.delete(id)
  const territoryIds = [...listed, ...[...others].sort(compareIds)]
  const territoryOf = new Map(territoryIds.map((id, t) => [id, t]))

  const owners = new Int32Array(table.ids.length).fill(GAP)
  const sharers = new Map<number, number[]>()
  for (const row of alignment) {
    const i = table.rowOf.get(row.accountId) as number
    const t = territoryOf.get(row.territoryId) as number
    if (owners[i] === GAP) owners[i] = t
    else if (owners[i] >= 0 && owners[i] !== t) {
      sharers.set(i, [owners[i], t])
      owners[i] = OVERLAP
    } else if (owners[i] === OVERLAP) {
      const list = sharers.get(i) as number[]
      if (!list.includes(t)) list.push(t)
    }
  }
  for (const list of sharers.values()) list.sort((a, b) => a - b)
  let gapCount = 0
  for (let i = 0; i < owners.length; i++) if (owners[i] === GAP) gapCount++
  return { accounts: sorted, rows, table, territoryIds, owners, sharers, gapCount, overlapCount: sharers.size, territories: plan === null ? [] : plan.territories }
}
