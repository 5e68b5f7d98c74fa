import type { Warning } from "../../model/error.js"
import type { Violation } from "../../model/violation.js"
import type { PartitionOptions } from "../partition-options.js"

/**
 * What `checkDrift` may be told: the very options that the plan was made with, or none of them. Options of the search, `current`,
 * `events`, `locked`, `eligible`, `together` and `disruption` have no effect here.
 */
export interface DriftOptions<A> extends Partial<PartitionOptions<A>> {
  /**
   * Bounds may be missed by this share of the target before it counts as drift, a fraction of 0 or more. A plan uses its tolerance to
   * the full, so that some territories stand at their bounds, and any change leaves some outside by next to nothing. Default 0.
   */
  readonly margin?: number
}

/** One measure of a territory, when the plan was made and today. */
export interface DriftMeasure {
  readonly activity: { readonly planned: number; readonly now: number }
  /** Its share of the total of the accounts that have a territory. */
  readonly target: { readonly planned: number; readonly now: number }
  /** The bounds of today: those of a tolerance follow the target, absolute ones stay. */
  readonly min: number | null
  readonly max: number | null
  readonly deviation: { readonly planned: number | null; readonly now: number | null }
  /**
   * How far the activity of today is from the nearer bound, as a share of the target (of the mean activity where that is 0); below
   * 0: outside. Null where both sides are open.
   */
  readonly room: number | null
  readonly isOutside: boolean
  /** Whether it was outside when the plan was made. */
  readonly wasOutside: boolean
}

/** A territory when the plan was made and today. */
export interface DriftTerritory {
  readonly id: string
  readonly name?: string
  readonly accountCount: { readonly planned: number; readonly now: number }
  /**
   * Sum of weight * distance^power to the plan's center, or by the caller's own distances; null where distances do not
   * count.
   */
  readonly cost: { readonly planned: number | null; readonly now: number | null }
  readonly measures: Readonly<Record<string, DriftMeasure>>
  /** What has changed, as a sentence. */
  readonly message: string
}

/** What `checkDrift` returns. Plain JSON. */
export interface DriftResult {
  /**
   * Whether some territory is outside its bounds by more than `margin`. Where the plan has an `infeasibility`, because its bounds cannot be met, those that
   * it broke itself count only when they are broken by more.
   */
  readonly isDrifted: boolean
  /** The answer as a sentence. */
  readonly message: string
  /** The measure and territory with the least `room`; null where no bound is closed. */
  readonly worst: { readonly territoryId: string; readonly measure: string; readonly room: number; readonly deviation: number | null } | null
  /** In the order of the plan. */
  readonly territories: readonly DriftTerritory[]
  /** Per measure the largest |deviation|. */
  readonly imbalance: Readonly<Record<string, { readonly planned: number | null; readonly now: number | null }>>
  /** At the plan's centers, or by the caller's own distances; null where distances do not count. */
  readonly cost: { readonly planned: number | null; readonly now: number | null }
  /** Accounts that the plan does not know, in the order of ids: see `assignAccounts`. They count in no territory and in no total. */
  readonly newAccountIds: readonly string[]
  /** Their activity by measure. */
  readonly newActivity: Readonly<Record<string, number>>
  /** Accounts of the plan that are no longer there, in the order of ids. */
  readonly goneAccountIds: readonly string[]
  /** Bounds that are broken today, whether or not the plan kept them. */
  readonly violations: readonly Violation[]
  readonly warnings: readonly Warning[]
}
