import { formatAmount } from "../model/format-amount.js"
import type { Violation } from "../model/violation.js"

/** Signed (activity - target) / target; null where the target is 0, because no share of nothing can be stated. */
export function deviationOf(activity: number, target: number): number | null {
  return target === 0 ? null : (activity - target) / target + 0 // no -0
}

/** The largest |deviation|; null where no territory has one. The global form of balance (Kalcsics & Rios-Mercado 2019). */
export function imbalanceOf(deviations: Iterable<number | null>): number | null {
  let most: number | null = null
  for (const deviation of deviations) {
    if (deviation !== null && (most === null || Math.abs(deviation) > most)) most = Math.abs(deviation)
  }
  return most
}

/** One measure of one territory against its bounds, with what a message needs. */
export interface BoundedActivity {
  readonly territoryId: string
  readonly measure: string
  readonly activity: number
  readonly target: number
  readonly min: number | null
  readonly max: number | null
  /** The upper bound is the capacity of this very territory, not the tolerance of the measure. */
  readonly isCapacity: boolean
  /** Rounding below this is none. */
  readonly slack: number
  /** The account with the most activity there, to name as a cause when it alone is too much. */
  readonly heaviest: { readonly id: string; readonly activity: number } | null
}

/** The violation of a measure's bound in a territory, or null when it is kept. The cause is named where it is one account. */
export function findBalanceViolation(row: BoundedActivity): Violation | null {
  const { territoryId, measure, activity, target, min, max, isCapacity, slack, heaviest } = row
  const over = max !== null && activity > max + slack
  const under = min !== null && activity < min - slack
  if (!over && !under) return null
  const limit = (over ? max : min) as number
  const ofTarget = target > 0 ? ` (${percent(activity / target)} of its target of ${formatAmount(target)})` : ""
  const cause =
    over && heaviest !== null && heaviest.activity > limit
      ? `; account ${JSON.stringify(heaviest.id)} alone is ${target > 0 ? `${percent(heaviest.activity / target)} of the target` : formatAmount(heaviest.activity)}`
      : ""
  // 21.8109 "below" 21.8109 would be a riddle
  const byHowLittle = formatAmount(activity) === formatAmount(limit) ? `, by ${formatAmount(Math.abs(activity - limit))}` : ""
  const message = `territory ${JSON.stringify(territoryId)} has ${formatAmount(activity)} of ${measure}${ofTarget}, ${over ? (isCapacity ? "above its capacity" : "above its maximum") : "below its minimum"} of ${formatAmount(limit)}${byHowLittle}${cause}`
  return { criterion: over && isCapacity ? "capacity" : "balance", territoryId, measure, ...(cause === "" || heaviest === null ? {} : { accountId: heaviest.id }), amount: activity, limit, message }
}

/** A fraction as per cent with one decimal, for messages only. */
function percent(fraction: number): string {
  return `${(fraction * 100).toFixed(1)} %`
}
