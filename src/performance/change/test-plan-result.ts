import type { Warning } from "../../model/error.js"

/** One treated territory and those that are held against it. */
export interface TestMatch {
  readonly treatedId: string
  /** Nearest first. */
  readonly controls: readonly {
    readonly territoryId: string
    /** Root mean square difference of both paths, each as a share of its own mean. */
    readonly pathDifference: number
    /** Its mean / that of the treated one. */
    readonly levelRatio: number
    /** Both together, see `levelWeight`: what was made small. */
    readonly distance: number
  }[]
}

/** How controls together follow the treated together, before the change. */
export interface TestFit {
  /** Root mean square of treated / scaled controls - 1, with both as sums (or ratios of sums). */
  readonly error: number
  /** Of both paths; null where one does not move. */
  readonly correlation: number | null
  /** The difference of slopes and its p-value, as `preTrend` of `evaluateChange` has them; null where they cannot be had. */
  readonly slopeDifference: number | null
  readonly pValue: number | null
}

/** What `planTest` returns. Plain JSON. */
export interface TestPlanResult {
  /** By id; pass them on to `evaluateChange`. */
  readonly treated: readonly string[]
  readonly controls: readonly string[]
  readonly matches: readonly TestMatch[]
  /** Null without controls. */
  readonly fit: TestFit | null
  /** The smallest relative effect that the test finds after `plannedPeriods`, at the stated power; null where it cannot find any, or history is too short. */
  readonly minimumDetectableEffect: number | null
  readonly plannedPeriods: number
  /** The same by number of periods after the change, as far as history lets one try. */
  readonly byPeriods: readonly { readonly periods: number; readonly minimumDetectableEffect: number; readonly placebos: number }[]
  /** The fewest periods from which on `effect` is found; null: not asked for, or more than could be tried. */
  readonly neededPeriods: number | null
  /** By how much the square of the error is larger because territories share clusters, over history; 1 without `cluster`. */
  readonly designEffect: number
  /** What the design lacks, a sentence; null: nothing. */
  readonly needs: string | null
  readonly warnings: readonly Warning[]
  readonly seed: number
}
