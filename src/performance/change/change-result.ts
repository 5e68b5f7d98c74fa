import type { Interval } from "../../math/stats/interval.js"
import type { Warning } from "../../model/error.js"
import type { ChangeTransform } from "./history-options.js"

/**
 * What has to be said about a figure, the first that applies:
 *
 * - `partial`: the period is one of `partial`.
 * - `empty`: no record.
 * - `incomplete`: records for less than half of what the territory usually has (the median of its other periods).
 */
export type HistoryFlag = "partial" | "empty" | "incomplete"

/** One territory in one period, restated on the alignment. */
export interface HistoryRow {
  readonly territoryId: string
  readonly period: string
  /** Sum of the outcome, or outcome / exposure; null where there is no record, or no exposure. */
  readonly value: number | null
  readonly outcome: number
  /** Null without `exposure`. */
  readonly exposure: number | null
  readonly rowCount: number
  readonly flag: HistoryFlag | null
}

/** One period over all records, placed or not. */
export interface PeriodTotal {
  readonly period: string
  readonly outcome: number
  readonly exposure: number | null
  readonly rowCount: number
  /** Of accounts that no territory has. */
  readonly unplacedOutcome: number
  /** unplacedOutcome / outcome; null where the outcome is not positive. */
  readonly unplacedShare: number | null
  readonly flag: HistoryFlag | null
}

/** One territory before and after: a line of a slope chart, for which `renderSlope` wants the id as `id` and a `group`. */
export interface ChangeSlope {
  readonly territoryId: string
  /** Sum over the comparable periods before, scaled to as many as there are after; with `exposure` the ratio. Null: there is none. */
  readonly before: number | null
  /** Sum over the periods after; with `exposure` the ratio. */
  readonly after: number | null
  /** after / before - 1; null where before is not positive. */
  readonly change: number | null
  readonly isTreated: boolean
  /** Neither treated nor a control: it takes no part in the test. */
  readonly isAside: boolean
}

/** Treated against controls, after against before. */
export interface ChangeEffect {
  readonly transform: ChangeTransform
  /** Difference in differences on that scale: the mean change of treated territories - that of controls. */
  readonly estimate: number
  /** What the data do not refute, with 1 - falseAlarmRate; null where there are too few ways to tell. */
  readonly interval: Interval | null
  /** As a share of what treated territories would have had without the change; null where that is not positive. */
  readonly relative: number | null
  readonly relativeInterval: Interval | null
  /** In units of the outcome, per treated territory and period (with `exposure`, of the ratio); null where it is beyond the range of numbers. */
  readonly absolute: number | null
  /** How probable so large a difference is by chance alone, both sides: by exchanging territories. */
  readonly pValue: number
  /** Ways in which so many of the territories might have been the treated ones. */
  readonly ways: number
  /** All of them were looked at; else a seeded sample. */
  readonly isExact: boolean
  readonly treatedCount: number
  readonly controlCount: number
  /**
   * By how much the square of the error is larger than that of independent territories because they share clusters, which are fewer: 1 without
   * `cluster`, and where no two tested territories share one.
   */
  readonly designEffect: number
}

/** Whether treated territories and controls already went different ways. */
export interface PreTrend {
  /** Mean slope of treated - that of controls, per period: in shares of the level with `log`, else in units of the outcome. */
  readonly slopeDifference: number
  readonly interval: Interval | null
  readonly pValue: number
  /** What the difference would make of the estimate if it went on: on the scale of the estimate. */
  readonly carriedForward: number
  readonly periodCount: number
}

/** The smallest effect that such a test finds, at the stated power. */
export interface MinimumDetectableEffect {
  /** As a share of what there would have been; null where that is not positive, or beyond the range of numbers. */
  readonly relative: number | null
  /** Per treated territory and period; null where it is beyond the range of numbers. */
  readonly absolute: number | null
}

/** Accounts that had a treated owner before and a control now, or the other way round. */
export interface Contamination {
  readonly accounts: readonly { readonly accountId: string; readonly from: string; readonly to: string; readonly share: number | null }[]
  readonly accountCount: number
  /** Of the outcome of treated and controls before the change; null where that is not positive. */
  readonly share: number | null
  readonly shareIntoTreated: number | null
  readonly shareOutOfTreated: number | null
}

/** What the change did when chance is taken into account. */
export type ChangeVerdict = "higher" | "lower" | "consistent with chance" | "too little data"

/** What `evaluateChange` returns. Plain JSON. */
export interface ChangeResult {
  /** Null: nothing was tested. */
  readonly verdict: ChangeVerdict | null
  /** What "too little data" lacks, a sentence. */
  readonly needs: string | null
  /** Null where it cannot be computed: without `treated`, controls, or periods on both sides. */
  readonly effect: ChangeEffect | null
  /** Null with fewer than 3 periods before. */
  readonly preTrend: PreTrend | null
  readonly minimumDetectableEffect: MinimumDetectableEffect | null
  /** Null without `before` and `treated`. */
  readonly contamination: Contamination | null
  /** By id; empty without `changedAt`. */
  readonly slopes: readonly ChangeSlope[]
  /** Periods that take part, before and after. */
  readonly compared: { readonly before: readonly string[]; readonly after: readonly string[]; readonly seasons: "matched" | "pooled" } | null
  /** By territory, then by period. */
  readonly history: readonly HistoryRow[]
  readonly totals: readonly PeriodTotal[]
  readonly warnings: readonly Warning[]
  readonly seed: number
}
