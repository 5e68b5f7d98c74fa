import { HISTORY_OPTION_KEYS, type ChangeTransform, type HistoryOptions } from "./history-options.js"

/** What `planTest` needs to know. */
export interface TestPlanOptions<R> extends HistoryOptions<R> {
  /** Territories that will be changed. Either this or `count`. */
  readonly treated?: readonly string[]
  /** How many will be changed: they are chosen by matched pairs, and a seeded coin says which of a pair. An integer >= 1. */
  readonly count?: number
  /** Territories that may be chosen, as controls and, with `count`, as treated. Default: all. */
  readonly candidates?: readonly string[]
  /** Territories that may not: neighbors of treated ones that the change spills over to. Default: none. */
  readonly exclude?: readonly string[]
  /** Controls for each treated territory. An integer >= 1, default 3; fewer where there are not enough. */
  readonly controlsPerTreated?: number
  /**
   * What it costs that two territories differ in size: the natural logarithm of the ratio of their levels is multiplied by this and counts beside the
   * root mean square difference of their paths. >= 0, default 0.1: twice as large is as bad as paths 7 % apart.
   */
  readonly levelWeight?: number
  /** Periods after the change that the test is planned for. An integer >= 1, default: a third of the history, at most 12. */
  readonly plannedPeriods?: number
  /** A relative effect that should be found, above 0: 0.05 is 5 %. Default: none, and no number of periods is worked out. */
  readonly effect?: number
  /** As in `ChangeOptions`. */
  readonly transform?: ChangeTransform
  readonly seasons?: "matched" | "pooled"
  readonly falseAlarmRate?: number
  readonly power?: number
  readonly seed?: number
}

/** The defaults of {@link TestPlanOptions} beside those of `ChangeOptions`. */
export const DEFAULT_TEST_PLAN_OPTIONS: Readonly<{ controlsPerTreated: number; levelWeight: number; plannedPeriodsMost: number }> = Object.freeze({
  controlsPerTreated: 3, // the fourth takes less than 4 % off the standard error
  levelWeight: 0.1, // changes are measured as shares, so size matters less than the path
  plannedPeriodsMost: 12, // a year of months
})

export const TEST_PLAN_OPTION_KEYS: readonly string[] = Object.freeze([
  ...HISTORY_OPTION_KEYS, "treated", "count", "candidates", "exclude", "controlsPerTreated", "levelWeight", "plannedPeriods", "effect", "transform", "seasons", "falseAlarmRate", "power", "seed",
])
