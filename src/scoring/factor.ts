/** A number of an account by field name or accessor; null or undefined: the value is missing. */
export type FactorField<A> = string | ((account: A) => number | null | undefined)

/**
 * What a factor does for an account without a value:
 *
 * - `neutral`: it counts as the factor's `neutral` value and contributes exactly 0 points.
 * - `penalize`: it counts as the worst reference bound. For figures that a good account would have.
 * - `renormalize`: the factor's weight goes to the account's factors that have a value, in proportion to their weights; where
 *   there are none, as `neutral`. Beware: one good known factor then makes a good account.
 * - `exclude`: the account gets no score of its own: it keeps the lowest score, stands in `excluded` and has no score tier.
 */
export type MissingPolicy = "neutral" | "penalize" | "renormalize" | "exclude"

/** What is done to a value and its bounds before it is scaled. `log1p` is log(1 + value). */
export type FactorTransform = "linear" | "log1p" | "sqrt"

/** One ingredient of a score. */
export interface Factor<A> {
  /** The value of one account, any unit; `log1p` and `sqrt` need values >= 0. */
  readonly value: FactorField<A>
  /** Importance relative to the other factors, > 0; default 1. Weights are divided by their sum. */
  readonly weight?: number
  /** Which end is good; default "higher". Applied before scaling. */
  readonly direction?: "higher" | "lower"
  /** Default "linear"; "log1p" suits money and counts, where ten times as much is one step. */
  readonly transform?: FactorTransform
  /** The value at the lower end of the scale, in the value's unit; default: fitted to the accounts of this call. */
  readonly low?: number
  /** The value at the upper end, > `low`; default: fitted. Values outside the bounds count as the bound. */
  readonly high?: number
  /** Share of the values that a fitted bound leaves outside, on each side: 0 to 0.5; default 0, the bounds are min and max. */
  readonly tailShare?: number
  /**
   * The value that contributes nothing, in the value's unit. Default: the median where a bound is fitted; the middle of the
   * (transformed) bounds where both are given, so that nothing depends on the other accounts then.
   */
  readonly neutral?: number
  /** Default "neutral": a gap in the data is no evidence, neither for nor against. */
  readonly missing?: MissingPolicy
}

/** What a factor is when it does not say. */
export const DEFAULT_FACTOR: {
  readonly weight: number
  readonly direction: "higher"
  readonly transform: "linear"
  readonly tailShare: number
  readonly missing: "neutral"
} = Object.freeze({ weight: 1, direction: "higher", transform: "linear", tailShare: 0, missing: "neutral" })
