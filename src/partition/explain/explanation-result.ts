/**
 * Another territory for an account, against the one that it is in: what would change if the account went there. With
 * `compactness.distance` a territory that the account has no distance to, or one beyond `maxDistance`, is none.
 */
export interface TerritoryChoice {
  readonly territoryId: string
  /**
   * From the account to the territory's center: km on the globe, the caller's unit on a plane. With
   * `compactness.distance` what that gives. Null where distances do not count.
   */
  readonly distance: number | null
  /** weight * distance^power there; null as above. */
  readonly cost: number | null
  /**
   * That cost less the cost where the account is: > 0 where the way is longer. Centers stay where they are. 0 where
   * distances do not count.
   */
  readonly extraCost: number
  /** Per measure what the plan's prices add (> 0) or save (< 0), in units of cost. */
  readonly priceChanges: Readonly<Record<string, number>>
  /** `extraCost` and all `priceChanges`: < 0 where the account would be better off there at the plan's prices. */
  readonly totalChange: number
}

/**
 * What keeps an account where it is, in other words what rules out every territory that is nearer:
 *
 * - `nearest`: there is none
 * - `none`: nothing. The account could go to one of them by itself and save cost, and no bound and no option would be broken: see
 *   `topMoves`
 * - `balance`: going there alone would break a bound or an option, and the prices of a measure say that it would not pay either:
 *   room there, or activity here, is worth more than the way
 * - else the plan's prices prefer one of them, and the account would go there if it could be divided and moved freely. What forbids
 *   that is the option `locked`, `eligible`, `maxDistance` (`distance`) or `together`, or what a change of owner costs by `disruption`; or the account is
 *   `whole`, and with all of it a bound would be broken (or broken by more). With `compactness.distance` what `eligible` and `maxDistance`
 *   forbid has no distance, so that it is not nearer
 * - `unplaced`: no account has a place, so that none is nearer; rules, owners of today and balance alone decide
 */
export type DecidedBy = "nearest" | "balance" | "locked" | "eligible" | "distance" | "together" | "disruption" | "whole" | "none" | "unplaced"

/** A bound that a move would break, or break by more. */
export interface BrokenBound {
  readonly territoryId: string
  readonly measure: string
  readonly side: "min" | "max"
  /** What the territory would have after the move. */
  readonly activity: number
  readonly limit: number
}

/** Why an account is where it is. Plain JSON. */
export interface AccountExplanation {
  readonly accountId: string
  readonly territoryId: string
  /** To the center of its territory, or as `compactness.distance` gives it; null where distances do not count. */
  readonly distance: number | null
  /** weight * distance^power there; null as above. */
  readonly cost: number | null
  /** The nearest territory, which may be its own: then with changes of 0. */
  readonly nearest: TerritoryChoice
  /** Of the others that it may go to (`eligible`) the best at the plan's prices; its `totalChange` is the margin by which it was not chosen, < 0 where the prices prefer it. Null where there is no other. */
  readonly runnerUp: TerritoryChoice | null
  readonly decidedBy: DecidedBy
  /** The measure whose prices (`balance`) or whose bound (`whole`) decided; null where none did. */
  readonly measure: string | null
  /** The nearer territory that `decidedBy` rules out; null with `nearest`. What that costs is -`extraCost` of it for `balance` and `none`, -`totalChange` for the others. */
  readonly alternative: TerritoryChoice | null
  /**
   * With `whole` the bound in the way; with `balance` the one that the move would break as the plan is, where there is
   * one; with `unplaced` that of the move to `runnerUp`.
   */
  readonly brokenBound: BrokenBound | null
  /** The same in one or two sentences. */
  readonly message: string
}

/** A measure of a territory, and what its bounds cost. */
export interface MeasureExplanation {
  readonly measure: string
  readonly activity: number
  readonly target: number
  readonly min: number | null
  readonly max: number | null
  readonly deviation: number | null
  /** As in the plan: what one more unit of the binding bound adds to the divisible optimum. */
  readonly price: number
  /** The bound that the price belongs to; null where the price is 0. */
  readonly binding: "min" | "max" | null
  readonly message: string
}

/** An account at a border of a territory, and the other side. */
export interface BorderAccount extends TerritoryChoice {
  readonly accountId: string
  /** Where the account is. `territoryId` is where it would go. */
  readonly from: string
}

/** What the bounds of a territory cost, and who is next to leave it or to come. Plain JSON. */
export interface TerritoryExplanation {
  readonly territoryId: string
  readonly measures: readonly MeasureExplanation[]
  /** Its own accounts for which another territory is cheapest against it at the plan's prices, the cheapest first; at most 3. */
  readonly leaving: readonly BorderAccount[]
  /** Accounts of others for which it is cheapest against their own, the cheapest first; at most 3. */
  readonly entering: readonly BorderAccount[]
  readonly message: string
}

/** What one more point (0.01) of a measure's tolerance would save. Plain JSON. */
export interface ToleranceExplanation {
  readonly measure: string
  readonly tolerance: number
  readonly relaxedTolerance: number
  /** Territories in which the tolerance's lower or upper bound has a price. */
  readonly bindingCount: number
  /**
   * At most so much would `relaxedCost` fall: sum over territories of price x change of the bound. Also the least by which it would
   * rise if the tolerance were one point tighter. Null where there are no prices.
   */
  readonly savingAtMost: number | null
  /** That as a share of the plan's cost; null where that is 0. */
  readonly savingShare: number | null
  /** With `exact`: by how much it falls; null without, where it cannot be solved exactly, and with `together` or `disruption`. */
  readonly exactSaving: number | null
  readonly message: string
}

/** Why a plan is as it is. Plain JSON. */
export interface PlanExplanation {
  /** One per asked account, in the order asked. */
  readonly accounts: readonly AccountExplanation[]
  /** In the plan's order. */
  readonly territories: readonly TerritoryExplanation[]
  /** One per measure with a tolerance that sets a bound. */
  readonly tolerances: readonly ToleranceExplanation[]
}
