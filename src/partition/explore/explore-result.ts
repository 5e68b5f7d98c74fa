import type { Warning } from "../../model/error.js"
import type { PartitionResult } from "../partition-result.js"

/** What a plan is judged by here; all of it is to be small. */
export interface PlanFigures {
  /**
   * Sum of weight * distance^power; km on the globe, the caller's unit on a plane, or that of `compactness.distance`.
   * Null where distances do not count.
   */
  readonly cost: number | null
  /**
   * The widest tolerance that the plan needs: the largest |deviation| where a tolerance bounds it, a measure with a part of the widest
   * tolerance counting as many times more. With one tolerance for all measures, the largest |deviation|. Null where none has one.
   * Where the bounds cannot all be kept (`infeasibility.reachable`) this is hardly a plan's doing: plans are then
   * compared, chosen and labeled by how far they are from the fairest activities that can be reached, in the same
   * unit.
   */
  readonly imbalance: number | null
  /** By measure, the largest |deviation|; null where every target is 0. */
  readonly imbalances: Readonly<Record<string, number | null>>
  /** Accounts with another owner than today, and their part of the disruption weight; null without `current`. */
  readonly movedCount: number | null
  readonly movedShare: number | null
}

/** What a plan stands for in the set. */
export type PlanRole = "most-compact" | "best-balanced" | "fewest-moves" | "knee"

/** From one plan to the next along an axis, the other kept about as it is. */
export interface NextStep {
  /** `tighter`, `looser`: less or more imbalance; `fewer-moves`, `more-moves`. */
  readonly direction: "tighter" | "looser" | "fewer-moves" | "more-moves"
  /** Label of the plan that it leads to, where that is one of the set; null: a plan that was explored, but is not shown. */
  readonly to: string | null
  /** What changes: to less (< 0) or more (> 0). */
  readonly costChange: number
  /** Of this plan's cost; null where that is 0. */
  readonly costChangeShare: number | null
  readonly imbalanceChange: number | null
  readonly movedShareChange: number | null
  /** The same in one sentence. */
  readonly message: string
}

/** One plan of the set. */
export interface ExploredPlan {
  /** In plain words, different for every plan of the set. */
  readonly label: string
  /** Empty: none but to stand between. */
  readonly roles: readonly PlanRole[]
  readonly figures: PlanFigures
  /**
   * With these in place of the measures' own and of `disruption.maxMovedShare`, `plan` is what `evaluateAlignment` finds inside its
   * bounds: by measure the tolerance, null where it has none.
   */
  readonly tolerances: Readonly<Record<string, number | null>>
  /** Null without `current`. */
  readonly maxMovedShare: number | null
  /** At most one in each direction; what was not explored, or leads to a dominated plan, is left out. */
  readonly next: readonly NextStep[]
  /**
   * The plan itself, judged with the tolerances and the share above, to render, explain and live with. Where moves are limited its
   * `relaxedCost` is null: the bound is proven at a price near the best, not at the best. Where nothing may move, accounts that count as
   * moved are counted in their territories of today only.
   */
  readonly plan: PartitionResult
}

/** What `explorePlans` returns. Plain JSON. */
export interface ExploreResult {
  /** None dominates another. From few moves to many, then from tight balance to loose. */
  readonly plans: readonly ExploredPlan[]
  /** The plan as it stands: its figures, and its label where it is one of the set. Null where `current` does not place every account (or places one where it has none of the caller's distances), and with `together`. */
  readonly today: { readonly figures: PlanFigures; readonly label: string | null } | null
  /** Plans searched for, and how many of these are different and not dominated. */
  readonly explored: number
  readonly nonDominated: number
  readonly warnings: readonly Warning[]
  readonly stoppedBy: "completed" | "time-limit"
  readonly seed: number
}
