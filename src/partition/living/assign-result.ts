import type { Alignment } from "../../model/alignment.js"
import type { Warning } from "../../model/error.js"
import type { Violation } from "../../model/violation.js"
import type { PartitionOptions } from "../partition-options.js"
import type { PartitionResult } from "../partition-result.js"

/**
 * What `assignAccounts` may be told. Pass the very options that the plan was made with, or none of them: then the plan's own are
 * taken. Options of the search, `current`, `events`, `locked` and `disruption` have no effect here.
 */
export interface AssignOptions<A> extends Partial<PartitionOptions<A>> {
  /**
   * `"bounds"`: an account that would lift its territory above an upper bound goes to the cheapest one that has room for it, if any
   * has; accounts choose in turn, by id. Default: the prices alone decide.
   */
  readonly within?: "bounds"
}

/** Where one account went, and what the next best would have cost. */
export interface Placement {
  readonly accountId: string
  readonly territoryId: string
  /**
   * weight * distance^power to the center of the territory, or by the caller's own distance; null where distances do
   * not count.
   */
  readonly cost: number | null
  /** Another territory would have been cheaper, but had no room; only with `within: "bounds"`. */
  readonly isDiverted: boolean
  /**
   * The best of the other territories, and what it costs more: the difference of cost less prices * activities. Below 0 where
   * the account was diverted, or weighs nothing. Null where no other territory may have it.
   */
  readonly runnerUp: { readonly territoryId: string; readonly extraCost: number } | null
}

/** One measure of a territory before and after accounts joined it. */
export interface AssignedMeasure {
  readonly activity: { readonly before: number; readonly added: number; readonly after: number }
  /** By the total with the new accounts, as `evaluateAlignment` would state them. */
  readonly target: number
  readonly min: number | null
  readonly max: number | null
  /** From the target before and after; null where that is 0. */
  readonly deviation: { readonly before: number | null; readonly after: number | null }
}

/** A territory before and after accounts joined it. */
export interface AssignedTerritory {
  readonly id: string
  readonly name?: string
  readonly accountCount: { readonly before: number; readonly added: number; readonly after: number }
  readonly cost: { readonly before: number | null; readonly added: number | null; readonly after: number | null }
  readonly measures: Readonly<Record<string, AssignedMeasure>>
}

/** What `assignAccounts` returns. Plain JSON. */
export interface AssignResult {
  /** One row per new account, in input order. */
  readonly alignment: Alignment
  /** The same with reasons. */
  readonly placements: readonly Placement[]
  /** In the order of the plan. */
  readonly territories: readonly AssignedTerritory[]
  /** Per measure the largest |deviation|. */
  readonly imbalance: Readonly<Record<string, { readonly before: number | null; readonly after: number | null }>>
  readonly cost: { readonly before: number | null; readonly added: number | null; readonly after: number | null }
  /** Bounds that were kept before and are not with the new accounts. */
  readonly violations: readonly Violation[]
  readonly warnings: readonly Warning[]
  /**
   * The plan with the new accounts in it, to be stored in place of the old one: centers and prices as they were, everything else
   * brought up to date. Its `lowerBound` is proven for all of its accounts at these centers; `relaxedCost` is not known.
   */
  readonly plan: PartitionResult
}
