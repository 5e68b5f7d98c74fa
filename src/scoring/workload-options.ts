import type { Field } from "../model/account.js"

/** A number of an account: the same for all, by tier, or by field name or accessor. */
export type ByTier<A> = number | Readonly<Record<string, number>> | Field<A>

/** Options of `estimateWorkload`. */
export interface WorkloadOptions<A> {
  /** Visits per year of one account, >= 0; fractions are fine. */
  readonly visits: ByTier<A>
  /** Hours of one visit without travel, >= 0. */
  readonly hoursPerVisit: ByTier<A>
  /** Hours of travel for one visit, >= 0; default 0. */
  readonly travelHoursPerVisit?: ByTier<A>
  /** The tier of an account; read when something is stated by tier, or when this is given. Default "tier". */
  readonly tier?: string | ((account: A) => string)
  /** Hours that one full-time rep has for visits and travel in a year, > 0; default null: no `fte`. */
  readonly hoursPerYear?: number | null
}

/** What is not said: no travel, the field that `scoreAccounts` writes, no capacity. */
export const DEFAULT_WORKLOAD_OPTIONS: { readonly travelHoursPerVisit: number; readonly tier: string; readonly hoursPerYear: null } = Object.freeze({
  travelHoursPerVisit: 0,
  tier: "tier",
  hoursPerYear: null,
})
