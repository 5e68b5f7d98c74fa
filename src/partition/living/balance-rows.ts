import { deviationOf, findBalanceViolation } from "../../criteria/balance.js"
import type { Violation } from "../../model/violation.js"
import { SUM_SLACK } from "../judge.js"
import type { BoundRow } from "../territory-bounds.js"
import type { LivePlan } from "./read-plan.js"

/** Activities against bounds: row r is t * M + m. */
export interface BalanceRows {
  readonly deviations: readonly (number | null)[]
  /** The violation of every row, null where its bounds are kept. */
  readonly violations: readonly (Violation | null)[]
}

/**
 * Judges activities by bounds, in the sentences of `partitionAccounts`. O(k M + n).
 *
 * @param totals M, for what counts as rounding
 * @param heaviest k x M: the account with the most activity that is known of, to name as a cause; null: none
 */
export function judgeBalance(
  live: Pick<LivePlan, "names" | "plan">,
  activities: Float64Array,
  bounds: readonly BoundRow[],
  totals: Float64Array,
  heaviest: readonly ({ readonly id: string; readonly activity: number } | null)[] | null,
): BalanceRows {
  const M = live.names.length
  return {
    deviations: bounds.map(({ target }, r) => deviationOf(activities[r], target)),
    violations: bounds.map((bound, r) =>
      findBalanceViolation({
        territoryId: live.plan.territories[Math.floor(r / M)].id,
        measure: live.names[r % M],
        activity: activities[r],
        ...bound,
        slack: SUM_SLACK * totals[r % M],
        heaviest: heaviest?.[r] ?? null,
      })),
  }
}

/** Of every territory and measure the heaviest of some accounts; ties go to the smaller id. O(n M). */
export function findHeaviest(k: number, M: number, order: Int32Array, ids: readonly string[], owner: Int32Array, activities: Float64Array): ({ readonly id: string; readonly activity: number } | null)[] {
  const rows = new Int32Array(k * M).fill(-1)
  for (const i of order) {
    if (owner[i] < 0) continue
    for (let m = 0; m < M; m++) {
      const r = owner[i] * M + m
      if (rows[r] < 0 || activities[i * M + m] > activities[rows[r] * M + m]) rows[r] = i
    }
  }
  return Array.from(rows, (i, r) => (i < 0 ? null : { id: ids[i], activity: activities[i * M + (r % M)] }))
}
