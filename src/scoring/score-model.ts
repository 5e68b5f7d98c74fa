import type { FactorTransform, MissingPolicy } from "./factor.js"

/** One factor as it was used: everything but the accounts. */
export interface FactorModel {
  readonly factor: string
  /** The field that it reads; null: an accessor, which JSON cannot hold. */
  readonly field: string | null
  /** As the caller gave it. */
  readonly weight: number
  /** weight / sum of weights. */
  readonly share: number
  readonly direction: "higher" | "lower"
  readonly transform: FactorTransform
  readonly missing: MissingPolicy
  /** Reference bounds in the value's unit; null: no account had a value, and the factor is neutral for everyone. */
  readonly low: number | null
  readonly high: number | null
  /** The value that contributes nothing; null: the middle of the (transformed) bounds. */
  readonly neutral: number | null
  /** Where the bounds come from: both `given`, or fitted (one or both) as `min-max` or as `quantiles` with this tail share (type 7 of Hyndman & Fan 1996). */
  readonly bounds: "given" | "min-max" | "quantiles"
  readonly tailShare: number
}

/** Tiers as they were cut. */
export interface TierModel {
  readonly method: "score-cuts" | "account-share" | "value-share"
  /** The field of `value-share`; null: an accessor, or the score. */
  readonly field: string | null
  /**
   * Best first. An account is in the first tier whose `from` it reaches (a score, or a value with `value-share`). Null: in the
   * last tier, everything below; in an earlier one, nobody reached it.
   */
  readonly levels: readonly { readonly tier: string; readonly share: number | null; readonly from: number | null }[]
}

/**
 * All that makes a score, as plain JSON: store it, and a later call with it scores every account the same, whatever other
 * accounts there are.
 */
export interface ScoreModel {
  /** How scores are made; other methods may join. */
  readonly method: "weighted-factors"
  readonly version: 1
  readonly scale: { readonly low: number; readonly high: number }
  /** In the order of the factors' names. */
  readonly factors: readonly FactorModel[]
  readonly tiers: TierModel | null
}
