import type { BrokenBound } from "./explanation-result.js"
import type { PlanModel } from "./plan-model.js"

/** As judged: activities that miss a bound by less than this share of the total are inside. Half of it, since sums round in either order. */
export const SUM_SLACK = 0.5e-12

/** How far an activity is outside its bounds; 0 inside. */
export function excessOf(activity: number, min: number | null, max: number | null, slack: number): number {
  if (max !== null && activity > max + slack) return activity - max
  return min !== null && activity < min - slack ? min - activity : 0
}

/**
 * The first bound that is broken, or broken by more, when so much activity goes from one territory to another; null when there is
 * none. The receiver's bounds come first. O(M).
 *
 * @param moved M, the caller's units
 */
export function findBrokenBound({ compiled, activity, territoryIds }: PlanModel, moved: ArrayLike<number>, from: number, to: number): BrokenBound | null {
  const { measures, bounds, totals } = compiled
  const M = measures.length
  for (const [t, sign] of [[to, 1], [from, -1]] as const) {
    for (let m = 0; m < M; m++) {
      const { min, max } = bounds[t * M + m]
      const slack = SUM_SLACK * totals[m]
      const before = activity[t * M + m]
      const after = before + sign * moved[m]
      if (excessOf(after, min, max, slack) <= excessOf(before, min, max, slack)) continue
      const isOver = max !== null && after > max + slack
      return { territoryId: territoryIds[t], measure: measures[m], side: isOver ? "max" : "min", activity: after, limit: (isOver ? max : min) as number }
    }
  }
  return null
}
