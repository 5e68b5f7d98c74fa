import type { Field } from "../../model/account.js"
import type { Alignment } from "../../model/alignment.js"
import type { TextField } from "../../model/read-text-field.js"

/** Rows of account x period, and how they become a history of territories. */
export interface HistoryOptions<R> {
  /** The account of a record, by field or function. Null: counted as unplaced. */
  readonly account: TextField<R>
  /** The period of a record, text: "2019-03", "2019-Q1", "2019", or any text whose order is that of time. With `periodLength`: a day or a month. */
  readonly period: TextField<R>
  /** Days ("2019-03-31") or months ("2019-03") are put together to periods of this length. Default: periods are taken as they are. */
  readonly periodLength?: "month" | "quarter" | "year"
  /** What is counted up: sales. Finite; negative amounts (returns) are fine. */
  readonly outcome: Field<R>
  /** What it is measured against, >= 0: visits, stores, days. Figures are then ratios of sums. Default: none, figures are sums. */
  readonly exposure?: Field<R>
  /**
   * What a record belongs to that several territories share and that moves all of them: a chain with stores in several, the region or country of a
   * territory. Then the error is that by territories and by clusters together. What lies within one territory (its accounts, a customer of it)
   * needs none: a territory is one number, whatever hangs together inside. Null: the account by itself. Default: none.
   */
  readonly cluster?: TextField<R>
  /** The alignment that history is restated on, one territory an account: all periods are added up by who owns the account under it. */
  readonly alignment: Alignment
  /** Periods that only a part of is known, such as a year that has not ended: shown with a flag, and left out of comparisons. Default: none. */
  readonly partial?: readonly string[]
  /**
   * With `periodLength: "year"` and `partial`: of every year only the part up to the last day or month that partial years have is read, so that these are
   * comparable and take part. Default false.
   */
  readonly yearToDate?: boolean
}

/**
 * How changes are measured. `log`: the logarithm of the ratio of after to before, so that effects are shares; needs a positive sum of every tested
 * territory, single periods may be 0 or negative. `none`: after - before, per period.
 */
export type ChangeTransform = "log" | "none"

export const HISTORY_OPTION_KEYS: readonly (keyof HistoryOptions<never>)[] = Object.freeze(["account", "period", "periodLength", "outcome", "exposure", "cluster", "alignment", "partial", "yearToDate"] as const)
