import type { Alignment, Assignment } from "../model/alignment.js"
import type { Warning } from "../model/error.js"
import { formatCount } from "../model/format-amount.js"
import { show } from "../model/issue.js"
import { compareIds } from "../model/compare-ids.js"

/** Which territories claim each account, row by row, as an alignment states it. */
export interface Claims {
  /** Territories that exist, ascending by id. */
  readonly claimants: readonly (readonly string[])[]
  /** Those of them that are no overlay: every account needs exactly one. */
  readonly primary: readonly (readonly string[])[]
  /** Territories that are named but not listed, ascending by id. */
  readonly strangers: readonly (readonly string[])[]
  readonly warnings: readonly Warning[]
}

const NOBODY: readonly string[] = Object.freeze([])
const NO_OVERLAYS: ReadonlyMap<string, string> = new Map()

/**
 * Gathers the rows of an alignment by account. The same row twice is one claim and a warning, not an overlap. O(rows), where
 * few territories claim one account.
 *
 * @param rowOf the account's row by id; knows every account of the alignment
 * @param territories the listed territories; null: all that are named exist
 * @param overlays the overlay of each territory that is one
 */
export function gatherClaims(alignment: Alignment, rowOf: ReadonlyMap<string, number>, territories: ReadonlyMap<string, number> | null, overlays: ReadonlyMap<string, string> = NO_OVERLAYS): Claims {
  const claimants = new Array<readonly string[]>(rowOf.size).fill(NOBODY)
  const strangers = new Array<readonly string[]>(rowOf.size).fill(NOBODY)
  const repeated: Assignment[] = []
  for (let r = 0; r < alignment.length; r++) {
    const { accountId, territoryId } = alignment[r]
    const i = rowOf.get(accountId) as number
    const side = territories === null || territories.has(territoryId) ? claimants : strangers
    if (!side[i].includes(territoryId)) side[i] = side[i].length === 0 ? [territoryId] : [...side[i], territoryId].sort(compareIds)
    else repeated.push(alignment[r])
  }
  const primary = overlays.size === 0 ? claimants : claimants.map((owners) => owners.filter((id) => !overlays.has(id)))
  return { claimants, primary, strangers, warnings: warnOfRepetition(repeated) }
}

/** Names the repeated row with the smallest ids, whatever the order of the rows. */
function warnOfRepetition(rows: readonly Assignment[]): Warning[] {
  if (rows.length === 0) return []
  const { accountId, territoryId } = rows.reduce((least, row) => ((compareIds(row.accountId, least.accountId) || compareIds(row.territoryId, least.territoryId)) < 0 ? row : least))
  const more = rows.length === 1 ? "" : ` (and ${formatCount(rows.length - 1, "more such row")})`
  const message = `alignment: account ${show(accountId)} is in territory ${show(territoryId)} by an earlier row; the row counts once${more}`
  return [{ code: "assignment-repeated", path: "alignment", message }]
}
