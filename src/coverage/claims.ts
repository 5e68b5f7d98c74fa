import type { Alignment } from "../model/alignment.js"
import type { Warning } from "../model/error.js"
import { compareIds } from "../model/compare-ids.js"

/** Which territories claim each account, row by row, as an alignment states it. */
export interface Claims {
  /** Territories that exist, ascending by id. */
  readonly claimants: readonly (readonly string[])[]
  /** Territories that are named but not listed, ascending by id. */
  readonly strangers: readonly (readonly string[])[]
  readonly warnings: readonly Warning[]
}

const NOBODY: readonly string[] = Object.freeze([])

/**
 * Gathers the rows of an alignment by account. The same row twice is one claim and a warning, not an overlap. O(rows), where
 * few territories claim one account.
 *
 * @param rowOf the account's row by id; knows every account of the alignment
 * @param territories the listed territories; null: all that are named exist
 */
export function gatherClaims(alignment: Alignment, rowOf: ReadonlyMap<string, number>, territories: ReadonlyMap<string, number> | null): Claims {
  const claimants = new Array<readonly string[]>(rowOf.size).fill(NOBODY)
  const strangers = new Array<readonly string[]>(rowOf.size).fill(NOBODY)
  let repeated = 0
  let firstRepeated = 0
  for (let r = 0; r < alignment.length; r++) {
    const { accountId, territoryId } = alignment[r]
    const i = rowOf.get(accountId) as number
    const side = territories === null || territories.has(territoryId) ? claimants : strangers
    if (!side[i].includes(territoryId)) side[i] = side[i].length === 0 ? [territoryId] : [...side[i], territoryId].sort(compareIds)
    else if (repeated++ === 0) firstRepeated = r
  }
  return { claimants, strangers, warnings: repeated === 0 ? [] : [repetitionWarning(alignment, firstRepeated, repeated)] }
}

function repetitionWarning(alignment: Alignment, row: number, count: number): Warning {
  const { accountId, territoryId } = alignment[row]
  const path = `alignment[${row}]`
  const more = count > 1 ? ` (and ${count - 1} more such rows)` : ""
  return { code: "assignment-repeated", path, message: `${path}: account ${JSON.stringify(accountId)} is in territory ${JSON.stringify(territoryId)} already; the row counts once${more}` }
}
