import { compareIds } from "./compare-ids.js"

/** One row of an alignment: this account belongs to that territory. */
export interface Assignment {
  readonly accountId: string
  readonly territoryId: string
}

/**
 * Who owns what, as rows. An account without a row is a gap, one with several rows is an overlap; a partition has exactly
 * one row per account.
 */
export type Alignment = readonly Assignment[]

/** The ids of the territories that the rows name, ascending. */
export function territoryIdsOf(alignment: Alignment): string[] {
  return [...new Set(alignment.map((row) => row.territoryId))].sort(compareIds)
}
