import type { Field } from "../model/account.js"
import type { Alignment } from "../model/alignment.js"
import type { Measure } from "../model/measure.js"
import type { OwnDistance } from "./read-ways.js"
import type { TerritorySpec } from "../model/territory.js"
import type { PlanEvent } from "./events/plan-event.js"

/** What `partitionAccounts` is asked for. */
export interface PartitionOptions<A> {
  /** How many territories, or what each one is to be. */
  readonly territories: number | readonly TerritorySpec[]
  /** One or more by name, balanced at the same time; each in its own unit, with a tolerance of 0.05 by default. */
  readonly measures: Readonly<Record<string, Measure<A>>>
  /** Minimize the sum of weight * distance^power. Default: weight is the first measure, power 2. */
  readonly compactness?: {
    readonly weight?: Field<A>
    readonly power?: 1 | 2
    /**
     * Ways of your own instead of the distance to the center: minutes or km by road, 0 or more. A function of the account and a listed
     * territory; with more than 16 territories that all have a `center` it is asked for the 16 nearest only (and for the owner of today). Or
     * rows; a pair without a row is none. The plan is the best on these pairs, and the certificate holds for them: it says so. Centers
     * follow the accounts, and cost nothing. Default: the distance to the center.
     */
    readonly distance?: OwnDistance<A>
  }
  /** A center is the weight-weighted mean of its accounts, or one of them (medoid). Default "mean". */
  readonly centers?: "mean" | "account"
  /** An integer; the same seed gives the same plan. Default 0. */
  readonly seed?: number
  /**
   * How many times the search starts anew; more starts never end worse than fewer. With `current` owners and centers
   * that move at least 2: with centers as they are today, and with centers that move freely. Default: 8 for small
   * problems, 1 for large (see `DEFAULT_PARTITION_OPTIONS`).
   */
  readonly starts?: number
  /** Moves of all centers per start, at most. Default 30. */
  readonly maxIterations?: number
  /**
   * Search until so many milliseconds have passed, >= 0, and return the best plan found: the one option that is not
   * deterministic. After the usual starts the best plan is improved region by region, and when that no longer helps, further
   * starts follow; with `starts` given, the search ends after these. Small problems at fixed centers are looked
   * through until their plan is proven optimal or the time is over; in larger ones neighboring territories exchange
   * accounts until then. Default: no limit in time, but a fixed budget of work.
   */
  readonly timeLimitMs?: number
  /**
   * Which bound to prove: that no plan with the same centers costs less, or none whichever accounts are its centers. The second
   * needs `centers: "account"` and at most 6,000 accounts; it takes about 10 seconds for 2,000 and a minute for 5,000, and of
   * `timeLimitMs` the last third. Default "given-centers".
   */
  readonly certificate?: "given-centers" | "all-centers"
  /** Called now and then with how far the work is. What it throws ends the call. Default: nobody is told. */
  readonly onProgress?: (progress: PartitionProgress) => void
  /** Who owns what today. An account absent from it is new. Without `disruption` it only names territories and feeds `locked`. Default: nobody. */
  readonly current?: Alignment
  /**
   * What happened since `current`, in order: accounts and territories of this call are the world after it. Only ids that an event
   * takes away may stand in `current` without being in the call. Accounts of a removed territory have nobody to stay with: their
   * new owner is no disruption, and is told apart. Default: nothing.
   */
  readonly events?: readonly PlanEvent[]
  /** What a change of owner costs, and how much may change: at least one of penalty and limits. Needs `current`. Default: changes are free. */
  readonly disruption?: {
    /** What counts when an account moves, >= 0. Default: 1 for every account. */
    readonly weight?: Field<A>
    /** Units of cost for each unit of weight that moves, >= 0. Default 0. */
    readonly penalty?: number
    /** Share, 0 to 1, of the weight of all accounts with an owner in `current`: a limit that comes before the bounds. Default: any. */
    readonly maxMovedShare?: number
    /**
     * Shares, >= 0, of the weight that a territory owns today, which it may hand off to others and take over from them: one for all,
     * or by id of today. These come before the bounds as well; a new territory takes over what it gets. Default: any.
     */
    readonly maxHandedOffShare?: number | Readonly<Record<string, number>>
    readonly maxTakenOverShare?: number | Readonly<Record<string, number>>
  }
  /** Ids of the accounts that stay where `current` has them. Default: none. */
  readonly locked?: readonly string[]
  /** Whether an account may go to a territory, which is one of the list; asked for every pair. Default: to any. */
  readonly eligible?: (account: A, territory: TerritorySpec) => boolean
  /**
   * How far an account may be from the center of its territory, > 0; km on the globe, the caller's unit on a plane. It
   * holds for each account that has a center so near, whatever that weighs. Where, proven, not even divided accounts
   * can then keep the bounds, the bounds come first, and few go farther. Default: any.
   */
  readonly maxDistance?: number
  /** Groups of account ids that must share a territory; groups with a member in common are one. Default: none. */
  readonly together?: readonly (readonly string[])[]
  /** Pairs of ids of neighboring accounts, which make every territory contiguous. Default: none. Not built yet: throws `unsupported`. */
  readonly adjacency?: readonly (readonly [string, string])[]
}

/** How far a search is. */
export interface PartitionProgress {
  /**
   * `read`: checking accounts and options and sorting the accounts by place; then in every start `locate`: moving centers,
   * `allocate`: dividing accounts exactly, `resolve`: making divided accounts whole; last `judge`: measuring the plan and
   * proving its bound.
   */
  readonly phase: "read" | "locate" | "allocate" | "resolve" | "judge"
  /** From 1 to `starts`; both 0 in phase `read`. */
  readonly start: number
  readonly starts: number
  /** About how much of the work is done, 0 to 1, never falling; it stands still in a search that only `timeLimitMs` ends. */
  readonly share: number
  /** Cost of the best plan so far; null before the first. */
  readonly cost: number | null
}

/** The defaults, with their reasons. */
export const DEFAULT_PARTITION_OPTIONS: Readonly<{
  power: 2
  centers: "mean"
  seed: 0
  maxStarts: number
  startBudget: number
  maxIterations: number
  certificate: "given-centers"
}> = Object.freeze({
  /** Squared distance: long trips weigh more, and the center is the plain mean. */
  power: 2,
  centers: "mean",
  seed: 0,
  /** More starts than this rarely find a better plan. */
  maxStarts: 8,
  /** Starts = this / (accounts x territories), from 1 to `maxStarts`: about the same time for every size. */
  startBudget: 2_000_000,
  /** Centers move by less than 1 % of their spacing after so many iterations. */
  maxIterations: 30,
  certificate: "given-centers",
})

/** Options that are data of many rows, or live objects: read where they are, not copied. */
export const DATA_OPTIONS: readonly string[] = Object.freeze(["current", "together", "adjacency", "signal"])

/** With more accounts than this the bound over all centers would take minutes. */
export const MOST_ACCOUNTS_FOR_ALL_CENTERS = 6000

/** Options of the contract that are not built yet; they throw `unsupported` rather than be ignored. */
export const UNSUPPORTED_OPTIONS: readonly string[] = ["adjacency"]
