import type { Alignment } from "../../model/alignment.js"
import { HISTORY_OPTION_KEYS, type ChangeTransform, type HistoryOptions } from "./history-options.js"

/** What `evaluateChange` needs to know. */
export interface ChangeOptions<R> extends HistoryOptions<R> {
  /** The alignment that was in force before: tells accounts that moved between treated and control territories. Default: none. */
  readonly before?: Alignment
  /** Territories of `alignment` that the change was made in. Default: none, and nothing is tested. */
  readonly treated?: readonly string[]
  /** Territories that it is compared with. Default: all others. */
  readonly controls?: readonly string[]
  /** The first period after the change, in the form of the periods. Needed with `treated`; without it, for `slopes` only. */
  readonly changedAt?: string
  /** Default: `log` where every tested territory has a positive sum before and after, else `none`. */
  readonly transform?: ChangeTransform
  /**
   * `matched`: where periods are months or quarters, each one after the change is compared with those of the same season before. `pooled`: all before
   * with all after. Default `matched`.
   */
  readonly seasons?: "matched" | "pooled"
  /** How often a verdict "higher" or "lower" may be chance. Between 0 and 1, default 0.05; intervals hold 1 - this. */
  readonly falseAlarmRate?: number
  /** In what share of cases the minimum detectable effect is found. Between 0 and 1, default 0.8. */
  readonly power?: number
  /** Of sampled permutations and placebos. A safe integer, default 0. */
  readonly seed?: number
}

/** The defaults of {@link ChangeOptions}. */
export const DEFAULT_CHANGE_OPTIONS: Readonly<{ seasons: "matched"; falseAlarmRate: number; power: number; seed: number; yearToDate: boolean }> = Object.freeze({
  seasons: "matched", // December after against a whole year before is no comparison
  falseAlarmRate: 0.05, // a fraction; the customary level
  power: 0.8, // a fraction; the customary power
  seed: 0,
  yearToDate: false,
})

export const CHANGE_OPTION_KEYS: readonly string[] = Object.freeze([...HISTORY_OPTION_KEYS, "before", "treated", "controls", "changedAt", "transform", "seasons", "falseAlarmRate", "power", "seed"])
