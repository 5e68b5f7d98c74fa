import type { PartitionOptions } from "../partition-options.js"

/** What `explorePlans` is asked for: the options of a plan, and which of its trade-offs to lay open. */
export interface ExploreOptions<A> extends Omit<PartitionOptions<A>, "onProgress" | "timeLimitMs"> {
  /** So many plans at most, 2 to 50. Default 7. */
  readonly plans?: number
  /**
   * The tolerances to try, fractions >= 0, in place of those of the measures: each is that of the measure with the widest one, and the
   * others keep their proportion to it. A measure with `tolerance: null`, and bounds stated as `min` or `max`, stay. Default: from a
   * half of the widest tolerance to twice or four times as much (see `DEFAULT_EXPLORE_OPTIONS`).
   */
  readonly tolerances?: readonly number[]
  /**
   * With `current`: how much may move, as shares (0 to 1) of the disruption weight of all accounts in `current`; 0: only new accounts
   * find a place, 1: everything may. Default: nothing, then parts of what the most compact plan from today's centers moves, then
   * everything; or up to `disruption.maxMovedShare` where that is given.
   */
  readonly movedShares?: readonly number[]
  /**
   * No further plan is begun after so many milliseconds, >= 0, and the one that is under way is cut short: the one option that is not
   * deterministic. Default: no limit.
   */
  readonly timeLimitMs?: number
  /** Called now and then with how far the work is. What it throws ends the call. Default: nobody is told. */
  readonly onProgress?: (progress: ExploreProgress) => void
}

/** How far an exploration is. */
export interface ExploreProgress {
  /** `read`: checking and compiling; `search`: a plan of the grid; `judge`: measuring the chosen plans and proving their bounds. */
  readonly phase: "read" | "search" | "judge"
  /** Of the grid: the point under way, from 1, and how many there are; both 0 in phase `read`. */
  readonly point: number
  readonly points: number
  /** About how much of the work is done, 0 to 1, never falling. */
  readonly share: number
}

/** Options that `partitionAccounts` does not know. */
export const EXPLORE_KEYS: readonly string[] = Object.freeze(["plans", "tolerances", "movedShares"])
/** More plans than this are no small set. */
export const MOST_PLANS = 50

/** The defaults, with their reasons. */
export const DEFAULT_EXPLORE_OPTIONS: Readonly<{
  plans: 7
  largePairs: number
  tolerances: readonly number[]
  tolerancesOfLarge: readonly number[]
  tolerancesWithoutCurrent: readonly number[]
  movedShares: readonly number[]
  movedSharesOfLarge: readonly number[]
}> = Object.freeze({
  /** As many as a meeting can discuss (Miller 1956). */
  plans: 7,
  /** With more pairs of account and territory than this the grid is coarser: a point takes seconds. */
  largePairs: 100_000,
  /** Times the widest tolerance. */
  tolerances: Object.freeze([0.25, 0.5, 1, 2, 4]),
  tolerancesOfLarge: Object.freeze([0.5, 1, 2]),
  tolerancesWithoutCurrent: Object.freeze([0.25, 0.5, 0.75, 1, 1.5, 2, 4]),
  /** Times what a plan moves whose moves are free. */
  movedShares: Object.freeze([0.125, 0.25, 0.5, 0.75]),
  movedSharesOfLarge: Object.freeze([0.25, 0.5]),
})
