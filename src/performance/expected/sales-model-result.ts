import type { Interval } from "../../math/stats/interval.js"
import type { Warning } from "../../model/error.js"
import type { Verdict } from "../performance-result.js"

/** A number of the model, and how well it is known. */
export interface Coefficient {
  readonly value: number
  /** 0 where the model leaves no residual. */
  readonly standardError: number
  /** value / standardError; null, as the p-value, where the model leaves no residual. */
  readonly t: number | null
  /** How probable so large a value is if the true one is 0, both sides. */
  readonly pValue: number | null
  /** 95 %. */
  readonly interval: Interval
  /** Degrees of freedom of both: of the model, or with `cluster` what clusters leave (Satterthwaite), which need not be whole. */
  readonly degrees: number
}

/** What one driver brings, the others being equal. */
export interface DriverCoefficient extends Coefficient {
  /** Variance inflation: by how much the square of the error is larger than if the driver were unrelated to the others; above 10 it is not to be told from them. */
  readonly vif: number
}

/** One territory against what the others let expect of it. */
export interface TerritoryExpectation {
  readonly id: string
  readonly actual: number
  /**
   * What a territory like it sells by the model of all *other* territories; half of such territories sell more. Null where the others do
   * not tell (`alone` in the warnings), or where it is beyond the range of numbers.
   */
  readonly expected: number | null
  /** actual - expected. */
  readonly residual: number | null
  /** actual / expected; null where expected is not above 0. */
  readonly index: number | null
  /** Where the sales of such a territory lie with 95 %; null without a degree of freedom, or beyond the range of numbers. */
  readonly interval: Interval | null
  /** How much of its own fit it would decide if it took part, 1 / territories to 1. */
  readonly leverage: number
  /** Difference to the expectation in its standard errors, on the model's scale; null where the others leave none. */
  readonly studentized: number | null
  /**
   * How probable so large a difference is by chance alone, both sides: if luck is normal on the model's scale, or if it has tails as heavy as the
   * others' residuals allow, whichever is the more probable.
   */
  readonly pValue: number | null
  /** Adjusted for the number of territories (Benjamini & Hochberg 1995). */
  readonly adjustedPValue: number | null
  /** "too little data" where `isReliable` is false or the others do not tell. */
  readonly verdict: Verdict
}

/** What `modelSales` returns. Plain JSON. */
export interface SalesModelResult {
  readonly form: "log-linear" | "linear"
  /** Of the log-linear form: the natural logarithm of a. */
  readonly intercept: Coefficient
  readonly drivers: Readonly<Record<string, DriverCoefficient>>
  /** Share of the outcome's variation that the drivers explain, of its logarithm in the log-linear form; null where it does not vary. */
  readonly rSquared: number | null
  /** The same, less what so many drivers explain by chance. */
  readonly adjustedRSquared: number | null
  /** Standard deviation of the residuals: in the outcome's unit, or of its logarithm. */
  readonly residualError: number
  /** Territories - drivers - 1. */
  readonly degrees: number
  /** How many clusters the territories are in, one that belongs to none by itself; null without `cluster`. */
  readonly clusterCount: number | null
  /** Mean sales / median sales of territories that are alike (Duan 1983): `expected` x this adds up to what all sell. 1 in the linear form. */
  readonly smearing: number
  /** In the order of the call. */
  readonly territories: readonly TerritoryExpectation[]
  /** Whether there are territories enough for verdicts. */
  readonly isReliable: boolean
  /** So many there should be at least: drivers + 12. */
  readonly neededCount: number
  /** `too-few-territories`, `few-per-driver`, `driver-inflated`, `alone`, `leverage-high`, `extrapolation`, `outcome-constant`, `fit-exact`, `rows-clustered`, `few-clusters`. */
  readonly warnings: readonly Warning[]
}
