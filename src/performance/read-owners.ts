import type { OwnerTable } from "../criteria/disruption.js"
import type { Alignment } from "../model/alignment.js"
import type { Warning } from "../model/error.js"
import { formatCount } from "../model/format-amount.js"
import { compareIds } from "../model/compare-ids.js"
import { territoryIdsOf } from "../model/alignment.js"

/** An alignment as columns. */
export interface Owners extends OwnerTable {
  /** Ascending; territory t is `territoryIds[t]`. */
  readonly territoryIds: readonly string[]
  readonly indexOf: ReadonlyMap<string, number>
  readonly warnings: readonly Warning[]
}

/**
 * Compiles an alignment into columns: the owners of each account, each once. A row given twice is a warning. O(rows log rows).
 *
 * @param rowOf the account's row by id; knows every account of the alignment
 * @param listed the territories there are, if the caller lists them; knows every territory of the alignment
 */
export function readOwners(alignment: Alignment, rowOf: ReadonlyMap<string, number>, listed: readonly string[] | null, path: string): Owners {
  const territoryIds = listed === null ? territoryIdsOf(alignment) : [...listed].sort(compareIds)
  const indexOf = new Map(territoryIds.map((id, t) => [id, t]))
  // one number for a pair of account and territory sorts by account, then by territory
  const k = territoryIds.length
  const pairs = Float64Array.from(alignment, (row) => (rowOf.get(row.accountId) as number) * k + (indexOf.get(row.territoryId) as number)).sort()
  const unique = pairs.filter((pair, p) => p === 0 || pair !== pairs[p - 1])

  const starts = new Int32Array(rowOf.size + 1)
  const owners = new Int32Array(unique.length)
  unique.forEach((pair, p) => {
    const i = Math.floor(pair / k)
    owners[p] = pair - i * k
    starts[i + 1] = p + 1
  })
  // accounts without owners begin where the one before them ends
  for (let i = 0; i < rowOf.size; i++) starts[i + 1] = Math.max(starts[i + 1], starts[i])
  const repeated = pairs.length - unique.length
  const warnings = repeated === 0 ? [] : [{ code: "assignment-repeated", path, message: `${path}: ${formatCount(repeated, "row repeats", "rows repeat")} another row; each counts once` }]
  return { starts, owners, territoryIds, indexOf, warnings }
}
