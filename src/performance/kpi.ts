import type { Field } from "../model/account.js"

/**
 * A figure of merit: the sum of one number of the rows over the sum of another. Never the mean of the rows' ratios, in which a
 * corner shop counts as much as a supermarket.
 */
export interface Kpi<R> {
  /** What is counted up: revenue, won deals. Finite; negative amounts (returns) are fine. */
  readonly numerator: Field<R>
  /** What it is measured against: order days, last year's revenue, deals. Finite, >= 0. Default: 1 a row, so that the value is a mean. */
  readonly denominator?: Field<R>
  /**
   * Which rows count. Default: all, and then every row needs both numbers. Leave out here what does not belong: open deals from a
   * win rate, stores that did not trade in both years from growth. A row left out is not read.
   */
  readonly where?: (record: R) => boolean
  /**
   * `proportion`: the numerator is so many of the denominator (won of closed), and every row has 0 <= numerator <= denominator;
   * the interval is Wilson's. Default `ratio`.
   */
  readonly kind?: "ratio" | "proportion"
}

/** What a {@link Kpi} is unless it says otherwise. */
export const DEFAULT_KPI: Readonly<{ kind: "ratio" }> = Object.freeze({
  kind: "ratio", // holds for any two amounts; a proportion is a promise about the rows
})

export const KPI_KEYS: readonly (keyof Kpi<never>)[] = Object.freeze(["numerator", "denominator", "where", "kind"] as const)
