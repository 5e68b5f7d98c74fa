/** Sums over some accounts, per year. */
export interface WorkloadSum {
  readonly accountCount: number
  readonly visits: number
  readonly visitHours: number
  readonly travelHours: number
  /** visitHours + travelHours. */
  readonly hours: number
  /** hours / hoursPerYear: full-time reps, a fraction; null without `hoursPerYear`. */
  readonly fte: number | null
}

/** What `estimateWorkload` returns. Plain JSON wherever the accounts are. */
export interface WorkloadResult<A> {
  /**
   * Every account, in input order: a copy with `workload`, hours per year. An instance of a class is copied with its prototype,
   * and with what its getters answer as fields.
   */
  readonly accounts: readonly (A & { readonly workload: number })[]
  /** One row per tier, in the order of their names, also for tiers that are stated and empty; no rows when no tier is read. */
  readonly tiers: readonly ({ readonly tier: string } & WorkloadSum)[]
  readonly total: WorkloadSum
  /** The capacity of one rep, as given. */
  readonly hoursPerYear: number | null
  readonly warnings: readonly { readonly code: string; readonly path: string; readonly message: string }[]
}
