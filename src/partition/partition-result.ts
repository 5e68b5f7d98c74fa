import type { Location } from "../model/account.js"
import type { Alignment } from "../model/alignment.js"
import type { Warning } from "../model/error.js"
import type { Violation } from "../model/violation.js"
import type { Infeasibility } from "./infeasible/infeasibility.js"
import type { PlanDigest } from "./living/plan-digest.js"

/** One measure of one territory. */
export interface TerritoryMeasure {
  /** Sum over the territory's accounts. */
  readonly activity: number
  /** What the territory is to have: its share of the total, in the measure's unit. */
  readonly target: number
  /** The bound in force; null: open. */
  readonly min: number | null
  readonly max: number | null
  /** (activity - target) / target; null where the target is 0. */
  readonly deviation: number | null
}

/** A territory of a finished plan. */
export interface PlanTerritory {
  readonly id: string
  readonly name?: string
  /**
   * The given one where it is fixed, else the weighted mean of its accounts, or the best of them; without accounts
   * where it was. Null where no account of the call has a place, unless it is given and fixed.
   */
  readonly center: Location | null
  readonly accountCount: number
  /**
   * Sum of weight * distance^power over its accounts; km on the globe, the caller's unit on a plane. Null where
   * distances do not count: no account has a place, and no distances are given.
   */
  readonly cost: number | null
  readonly measures: Readonly<Record<string, TerritoryMeasure>>
  /**
   * Per measure, what one more unit of the bound that binds adds to the divisible optimum at these centers, in units of cost per
   * unit of the measure: > 0 when the lower bound binds (a higher one costs more), < 0 when the upper does (a higher one saves),
   * else 0. All 0 when not even divided accounts can meet the bounds.
   */
  readonly prices: Readonly<Record<string, number>>
}

/** What a plan changes, against `current`. */
export interface PlanDisruption {
  /** Accounts that get another owner, and their weight; accounts that nobody owned are new, not moved. */
  readonly movedCount: number
  readonly movedWeight: number
  /** Of the weight of all accounts with an owner in `current` (after `events`, where given). */
  readonly movedShare: number
  /** penalty * movedWeight: the certificate counts it with the plan's cost. */
  readonly cost: number
  /** The limit in force; null: none. */
  readonly maxMovedShare: number | null
  /** What one more unit of weight that may move would save, in units of cost: more than 0 where the limit binds, else 0. */
  readonly price: number
  /** Accounts whose territory `events` removed, and their weight: they need a new owner in any plan, and are not counted as moved. */
  readonly forcedCount: number
  readonly forcedWeight: number
  /** The territories of the plan, then those of today that are no more. */
  readonly territories: readonly TerritoryDisruption[]
}

/** What one territory hands off and takes over, in disruption weight; what events split counts as handed off by the first of its parts. */
export interface TerritoryDisruption {
  readonly territoryId: string
  readonly handedOff: number
  readonly takenOver: number
  /** The limits in force; null: none. What cannot stay where it is in any case may always be handed off, before anything else, and be taken over. */
  readonly maxHandedOff: number | null
  readonly maxTakenOver: number | null
  /** What one more unit of weight of either limit would save, in units of cost: more than 0 where it binds, else 0. */
  readonly handOffPrice: number
  readonly takeOverPrice: number
}

/** What is proven about the plan's cost. */
export interface Certificate {
  /** For which centers the bound holds. */
  readonly scope: "given-centers" | "all-centers"
  /** Which pairs of account and territory it is about: all, or with `compactness.distance` those that have a distance. */
  readonly pairs: "all" | "listed"
  /**
   * Proven: no plan with these centers and bounds costs less. It is sum_i min_t (cost_it - sum_m price_tm activity_im) +
   * sum_tm (min_tm max(price_tm, 0) - max_tm max(-price_tm, 0)), a locked account counting its own territory only, one that may
   * not go everywhere only those where it may. Null when even divisible accounts cannot meet the bounds.
   *
   * With `disruption` it is a bound of cost + penalty * moved weight: cost_it then includes (penalty + price) * weight_i wherever
   * t is not the owner of today, and price * maxMovedShare * total weight is taken off, price being that of `disruption`; limits of
   * territories with their prices likewise.
   *
   * With scope "all-centers": no plan with these bounds and locks costs less, whichever of their accounts its centers are (fixed
   * ones stay). That proof takes more numbers than `prices`, which stay those of the given centers.
   */
  readonly lowerBound: number | null
  /**
   * The optimum at these centers if accounts could be divided between territories, whatever the scope; null as above, and where
   * two or more measures have more than 1,600 bounds in all, or more than 800 and some accounts weigh nothing or bounds on whole
   * numbers (visits, heads) were rounded inwards while searching: then only the lower bound is proven. Limits on moves count
   * as bounds; with `maxHandedOffShare` or `maxTakenOverShare` one measure, too, may have too many. Where a
   * `timeLimitMs` ended the search (`stoppedBy` is "time-limit") it is also null if moves are limited or there are
   * more than a million pairs of account and territory, and if the exact optimum is not found within 3 % of the limit,
   * or 90 ms, after it.
   */
  readonly relaxedCost: number | null
  /**
   * (cost - lowerBound) / lowerBound, with `disruption` the penalty counted as cost; 0 when equal; null when lowerBound is 0 or null. Negative only where the plan breaks its
   * bounds: what it then saves is what they cost.
   */
  readonly gap: number | null
  /**
   * Proven: the plan is inside all bounds and limits, and no other plan of whole accounts that is costs less (by more
   * than a billionth). With scope `given-centers` that is no plan at the same centers: of all there are where these
   * are fixed or distances are given, and elsewhere of those that are served from where this plan is. With
   * `all-centers`, none whichever accounts are centers. Either the cost is the lower bound, or all plans have been
   * looked through (branch and bound), which the prices do not show: done for up to 3,000 pairs of account and
   * territory with fixed centers, given distances or `centers: "account"`, where the work was enough.
   */
  readonly isOptimal: boolean
}

/** A territory of a plan of accounts that have places. */
export interface PlacedTerritory extends PlanTerritory {
  readonly center: Location
  readonly cost: number
}

/** A plan of accounts that have places. */
export interface PlacedPlan extends PartitionResult {
  readonly territories: readonly PlacedTerritory[]
  readonly cost: number
}

/** A judged alignment: what `partitionAccounts` and `evaluateAlignment` return. Plain JSON. */
export interface PartitionResult {
  /** Input order, exactly one row per account. */
  readonly alignment: Alignment
  readonly territories: readonly PlanTerritory[]
  /** Per measure the largest |deviation|; null where every target is 0. */
  readonly imbalance: Readonly<Record<string, number | null>>
  /**
   * Sum of weight * distance^power; km on the globe, the caller's unit on a plane. Null where distances do not count,
   * as of a territory.
   */
  readonly cost: number | null
  /** Null without the option of that name. */
  readonly disruption: PlanDisruption | null
  readonly certificate: Certificate
  readonly violations: readonly Violation[]
  readonly infeasibility: Infeasibility | null
  readonly warnings: readonly Warning[]
  /**
   * Why the search for this plan ended, not how good it is. `time-limit`: `timeLimitMs` was over; else `work-limit`: bounds are left
   * and the budget of moves against that is spent; else `converged`: its centers stood still; else `iteration-limit`: they still
   * moved after `maxIterations`. A judged alignment is `converged`.
   */
  readonly stoppedBy: "converged" | "work-limit" | "iteration-limit" | "time-limit"
  /** Moves of all centers, over all starts; 0 of a judged alignment. */
  readonly iterations: number
  /** The seed in force. */
  readonly seed: number
  /** The options that say what this plan means, for those who go on with it: `assignAccounts`, `checkDrift`. */
  readonly digest: PlanDigest
}
