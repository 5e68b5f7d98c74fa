/** One of the things that cannot all hold. */
export type ConflictElement =
  /** A bound in force: the territory is to have at least (`min`) or at most (`max`) `limit` of the measure, in its unit. */
  | { readonly kind: "bound"; readonly territoryId: string; readonly measure: string; readonly side: "min" | "max"; readonly limit: number }
  /** A locked account, and where it has to stay. */
  | { readonly kind: "lock"; readonly accountId: string; readonly territoryId: string }
  /** The option `eligible`, as a whole. */
  | { readonly kind: "eligibility" }

/** One change of the options. `from` is what is in force now. */
export type RelaxationChange =
  /** `measures[measure].tolerance`, a fraction. */
  | { readonly kind: "tolerance"; readonly measure: string; readonly from: number; readonly to: number }
  /**
   * `min` or `max` of the measure, in its unit: of one territory's spec, or with `territoryId` null of `measures[measure]` itself.
   * A bound of one territory may so far have come from the tolerance: stated in its spec it comes before that.
   */
  | { readonly kind: "bound"; readonly territoryId: string | null; readonly measure: string; readonly side: "min" | "max"; readonly from: number; readonly to: number }
  /** The account leaves `locked`. */
  | { readonly kind: "unlock"; readonly accountId: string; readonly territoryId: string }
  /** `eligible` answers true for this account and territory. */
  | { readonly kind: "eligible"; readonly accountId: string; readonly territoryId: string }
  /**
   * `share` of one territory, for one measure: what it has in any case is its target. Territories without a share
   * divide the rest equally. Where `territories` is a number they are listed by their ids then.
   */
  | { readonly kind: "share"; readonly territoryId: string; readonly measure: string; readonly from: number; readonly to: number }
  /**
   * The account and the territory that it fills are left out, of a number of `territories` one: the others are planned
   * without them. For `current` that territory is removed: an event `territory-removed`.
   */
  | { readonly kind: "set-apart"; readonly accountId: string; readonly territoryId: string }
  /** `territories`, where it is a number. */
  | { readonly kind: "territories"; readonly from: number; readonly to: number }
  /** `disruption.maxMovedShare`, a fraction. */
  | { readonly kind: "moved-share"; readonly from: number; readonly to: number }
  /**
   * `disruption.maxHandedOffShare` or `maxTakenOverShare`, a fraction: of one territory of today (which may so far have had the one number
   * for all: then each of the others is stated with that number), or with `territoryId` null the one number for all.
   */
  | { readonly kind: "handed-off-share"; readonly territoryId: string | null; readonly from: number; readonly to: number }
  | { readonly kind: "taken-over-share"; readonly territoryId: string | null; readonly from: number; readonly to: number }
  /** `maxDistance`, km or the plane's unit: at the centers of this plan. */
  | { readonly kind: "max-distance"; readonly from: number; readonly to: number }

/** Changes that together make the bounds possible; of several relaxations any one is enough. */
export interface Relaxation {
  /** One sentence: "raise the tolerance of workload from 5 % to 7.22 %". */
  readonly message: string
  /** At least one. */
  readonly changes: readonly RelaxationChange[]
  /**
   * How it is known to be enough. `divided`: with it, divided accounts meet every bound, which was solved for; a limit on
   * what may move is another matter as long as bounds do not fit without it. `plan`: the plan that comes with it is inside the changed
   * bounds, on whole accounts.
   */
  readonly provenBy: "divided" | "plan"
  /**
   * Whether less is proven not to be enough, not even for divided accounts: 99 % of the way from `from` to `to`, all but one of the
   * accounts to unlock or to make eligible, a number of territories nearer to the present one. Never claimed for `share`, which is what
   * the territory then has at the fairest and not the least that would do, nor for `set-apart`: fewer territories may be enough.
   */
  readonly isMinimal: boolean
}

/** What a territory can have of a measure. */
export interface ReachableActivity {
  readonly territoryId: string
  readonly measure: string
  /** In the measure's unit. */
  readonly activity: number
  /** (activity - target) / target; null where the target is 0. */
  readonly deviation: number | null
}

/** All of an infeasibility but what can be reached. */
export type Explanation = Omit<Infeasibility, "reachable">

/**
 * Why no plan can meet every bound, in the caller's words, and what would help. Found by counted work after the search, whatever
 * `timeLimitMs`: mostly in less than a second, in a few seconds where thousands of accounts are locked, or may not move.
 *
 * Source: Farkas (1902) for the proof; Chinneck & Dravnieks (1991) for the conflict; elastic programs (Brown & Graves 1975) for several
 * bounds at once.
 */
export interface Infeasibility {
  /**
   * `divisible`: not even divided accounts would fit. `indivisible`: they would (or it is not known: see `message`), but no whole
   * assignment was found that does. `distance`: all bounds are kept, but some accounts are farther from their center than
   * `maxDistance`, and others, or none, would have to be.
   */
  readonly kind: "divisible" | "indivisible" | "distance"
  readonly message: string
  /** The measures, territories and accounts that take part, where they are known. */
  readonly measures: readonly string[]
  readonly territoryIds: readonly string[]
  readonly accountIds: readonly string[]
  /**
   * Bounds and locks that exclude each other, whatever the rest. Empty for `indivisible`. Often there are several such sets; of
   * bounds that are too much only in sum, any that are enough.
   */
  readonly conflict: readonly ConflictElement[]
  /** Whether `conflict` is irreducible: without any one of its elements divided accounts can meet the others. */
  readonly isConflictMinimal: boolean
  /**
   * Ways out, each by itself enough; none is applied. First what people choose: a share of its own for the territory
   * of a key account, the account set apart, another number of territories; then what asks for one number, and last
   * what the plan found keeps. Not empty but where rounding decides, or the search for them was too long.
   */
  readonly relaxations: readonly Relaxation[]
  /**
   * The fairest activities: the largest excess beyond a bound, as a share of the target, is as small as it can be,
   * then the next, and so on; what can be inside its bounds is as near to its target as it can be in the same sense.
   * Accounts, and groups, that are too heavy for any territory are whole and each fill one, all others could be
   * divided: a plan of whole accounts comes as near as these allow. The search aims at it. Of several measures each by
   * itself where accounts allow that, else the largest excess of any measure first. Bounds that are stated as such
   * come before those of a tolerance where stated ones can all be kept; else all count alike. Limits on what may move
   * are kept too, with at most 20,000 pairs of account and territory; of larger problems this is without them. One row
   * for every territory and measure; null where all bounds are kept, or where it takes too long.
   */
  readonly reachable: readonly ReachableActivity[] | null
}
