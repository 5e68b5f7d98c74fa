import type { Field } from "../model/account.js"
import type { MeasureField } from "../model/measure.js"
import type { TerritoryShare } from "./read-territory-shares.js"

/** What `compareAlignments` may be told. */
export interface CompareOptions<A> {
  /** What is shared out and what moves: activity per account, >= 0. Default: none, and accounts are counted. */
  readonly measures?: Readonly<Record<string, MeasureField<A>>>
  /** Weight of an account in `cost`, >= 0. Default: the first measure; 1 without measures. */
  readonly weight?: Field<A>
  /**
   * Look for the heir of every territory of before, so that other names move nothing. Default true; false: names are owners,
   * another name is another owner.
   */
  readonly match?: boolean
  /**
   * The territories of either alignment, so that one without accounts counts, and their shares. Default: those that have accounts,
   * with equal shares.
   */
  readonly territories?: { readonly before?: readonly TerritoryShare[]; readonly after?: readonly TerritoryShare[] }
}

/** The defaults of {@link CompareOptions}. */
export const DEFAULT_COMPARE_OPTIONS: Readonly<{ match: boolean }> = Object.freeze({
  match: true, // a territory is the accounts that somebody knows, not the name on top
})

/** All keys of {@link CompareOptions}. */
export const COMPARE_OPTION_KEYS: readonly (keyof CompareOptions<never>)[] = Object.freeze(["measures", "weight", "match", "territories"] as const)
