import type { Alignment } from "../model/alignment.js"
import type { Warning } from "../model/error.js"

/** A value of the accounts that the lists do not give to exactly one territory. */
export interface ListedValue {
  /** Null: the accounts have no value. */
  readonly value: string | null
  readonly accountCount: number
  /** Activity of these accounts, by measure of the call. */
  readonly measures: Readonly<Record<string, number>>
}

/** What `alignByLists` returns. Plain JSON. */
export interface ListAlignment {
  /** In the order of the accounts; none for an account in no list, several for one in several. */
  readonly alignment: Alignment
  /** Every territory that has a list, also an empty one: the `territories` of `checkCoverage`. */
  readonly territories: readonly { readonly id: string; readonly valueCount: number; readonly accountCount: number }[]
  /** Values in no list: gaps. Worst first by the first measure, then by accounts, then by value. */
  readonly unlisted: readonly ListedValue[]
  /** Values in several lists: overlaps, in the same order; also those that no account has yet. */
  readonly shared: readonly (ListedValue & { readonly territoryIds: readonly string[] })[]
  /** How many listed values no account has. */
  readonly unusedCount: number
  /** `value-repeated`: twice in one list. `value-similar`: unlisted, but a list has it in another spelling: spaces, leading zeros, ZIP+4, O for 0, case. */
  readonly warnings: readonly Warning[]
}
