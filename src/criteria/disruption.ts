import { matchMaximum } from "../math/graph/match-maximum.js"

/**
 * Who owns each account, as columns: the owners of account i are `owners[starts[i]]` to `owners[starts[i + 1] - 1]`, indices of
 * territories, ascending and without repetition. None: a gap; several: an overlap.
 */
export interface OwnerTable {
  readonly starts: Int32Array
  readonly owners: Int32Array
}

/** What becomes of an account. */
export const KEPT = 0
export const MOVED = 1
/** No territory owned it before. */
export const UNOWNED = 2
/** Several territories owned it before. */
export const SHARED = 3

/** Number of owners of an account. */
export function ownerCount(table: OwnerTable, account: number): number {
  return table.starts[account + 1] - table.starts[account]
}

/**
 * Finds for every territory of before the one of after that is its heir, so that giving a territory another name moves nothing: the
 * matching that keeps the most accounts, and among those with equally many the one that keeps the most names.
 *
 * Only accounts with exactly one owner before and one after count. Exact: a matching of maximum weight, found by
 * {@link matchMaximum} on integers. Two territories without an account in common are heirs only by name.
 *
 * @param sameName for every territory of before the one of after with the same name, or -1
 * @returns for every territory of before its heir, or -1
 */
export function matchTerritories(before: OwnerTable, after: OwnerTable, afterCount: number, sameName: Int32Array): Int32Array {
  const beforeCount = sameName.length
  const common = new Float64Array(beforeCount * afterCount)
  const n = before.starts.length - 1
  for (let i = 0; i < n; i++) {
    if (ownerCount(before, i) !== 1 || ownerCount(after, i) !== 1) continue
    common[before.owners[before.starts[i]] * afterCount + after.owners[after.starts[i]]]++
  }
  // one account outweighs all names: there are at most min(beforeCount, afterCount) of those
  const names = Math.min(beforeCount, afterCount) + 1
  const profits = common
  for (let p = 0; p < profits.length; p++) profits[p] *= names
  for (let b = 0; b < beforeCount; b++) {
    if (sameName[b] !== -1) profits[b * afterCount + sameName[b]]++
  }
  return matchMaximum(beforeCount, afterCount, profits)
}

/**
 * Says of every account what becomes of it: kept when the heir of its one owner before is among its owners after, moved
 * when not. An account without an owner before, or with several, is no disruption: nobody loses what was not clearly theirs.
 *
 * @param heirs for every territory of before its heir, or -1
 * @returns KEPT, MOVED, UNOWNED or SHARED for every account
 */
export function classifyMoves(before: OwnerTable, after: OwnerTable, heirs: Int32Array): Uint8Array {
  const n = before.starts.length - 1
  const fates = new Uint8Array(n)
  for (let i = 0; i < n; i++) {
    const count = ownerCount(before, i)
    if (count === 1) {
      const heir = heirs[before.owners[before.starts[i]]]
      const owners = after.owners.subarray(after.starts[i], after.starts[i + 1])
      fates[i] = heir !== -1 && owners.includes(heir) ? KEPT : MOVED
    } else fates[i] = count === 0 ? UNOWNED : SHARED
  }
  return fates
}
