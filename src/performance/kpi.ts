import type { Field } from "../model/account.js"

/**
 * A figure of merit: the sum of one number of the rows over the sum of another. Never the mean of the rows' ratios, in which a
 * corner shop counts as much as a supermarket. The usual ones come ready made: `winRate`, `quotaAttainment` and the others of the catalog.
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
  /** What the two numbers are, and so how far chance can move the value; see {@link KpiKind}. Default `ratio`. */
  readonly kind?: KpiKind
  /**
   * Of a `proportion`: the exact interval (Clopper & Pearson 1934), at least 95 % whatever the rate, but mostly wider than Wilson's, whose
   * 95 % hold over many rates. Default false.
   */
  readonly exact?: boolean
  /** Whether a larger value is the better one: of costs the lower is. It orders the ranks; "above" and "below" speak of the value. Default `higher`. */
  readonly better?: "higher" | "lower"
  /** The value as an index, 100 for all together: 120 is a fifth more. Default false. */
  readonly indexed?: boolean
  /**
   * What the reader has to know of a value, by code: the rows that it holds for are counted, those that `where` leaves out too. For
   * example `{ "part-year": (rep) => rep.staffedShare < 1 }`.
   */
  readonly cautions?: Readonly<Record<string, (record: R) => boolean>>
}

/**
 * - `ratio`: any two amounts. Interval from the spread of the rows (bootstrap or linearized).
 * - `proportion`: the numerator is so many of the denominator (won of closed), and every row has 0 <= numerator <= denominator. Wilson's, or the
 *   exact one. Where the cases of a row go together (20 visits of an account, mostly made or mostly missed) they count for what they are worth:
 *   see `designEffect`. With one row a territory that cannot be seen: 60 of 120 is judged as 120 independent cases, and a warning says so.
 * - `count`: the numerator counts events that come one by one (visits, complaints), a whole number >= 0; the denominator is what they are
 *   counted in. Exact for Poisson counts; where events come in bunches, use `ratio`.
 * - `per-count`: the denominator counts such events (new customers), the numerator is what was spent, >= 0. Exact likewise; without any
 *   event there is no value, but a bound that it exceeds, `atLeast`.
 */
export type KpiKind = "ratio" | "proportion" | "count" | "per-count"

/** What a {@link Kpi} is unless it says otherwise. */
export const DEFAULT_KPI: Readonly<{ kind: "ratio"; better: "higher"; indexed: false; exact: false }> = Object.freeze({
  kind: "ratio", // holds for any two amounts; the others are promises about the rows
  better: "higher",
  indexed: false,
  exact: false, // Wilson's is the one to compare by
})

export const KPI_KINDS: readonly KpiKind[] = Object.freeze(["ratio", "proportion", "count", "per-count"] as const)

export const KPI_KEYS: readonly (keyof Kpi<never>)[] = Object.freeze(["numerator", "denominator", "where", "kind", "exact", "better", "indexed", "cautions"] as const)
