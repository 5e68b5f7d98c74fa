import type { TransportProblem } from "../math/transport/transport-problem.js"

/** A bound that moves by less than this share of itself when it is rounded stays as it is. */
const COARSE = 1e-4
/** Bounds and sums of them that differ by less than this share are the same. */
const ROUNDING = 1e-12

/**
 * Bounds of measures in whole numbers (visits, heads), moved inwards to whole numbers where that is more than a trifle: no plan of
 * whole accounts can use what lies between. Divided accounts then leave less to be made whole. O(n M + k M).
 *
 * @param activities n x M, the caller's units
 * @param units M: multiply the problem's activities by these to get the caller's
 * @returns k x M each, in the problem's units; null where nothing moves
 */
export function countedBounds({ k, measureCount: M, lower, upper }: TransportProblem, activities: Float64Array, units: Float64Array): Pick<TransportProblem, "lower" | "upper"> | null {
  const narrow = { lower: lower.slice(), upper: upper.slice() }
  let isMoved = false
  for (let m = 0; m < M; m++) {
    if (!isWhole(activities, m, M)) continue
    const rows = { lower: lower.slice(), upper: upper.slice() }
    let [leastSum, mostSum] = [0, 0]
    for (let r = m; r < k * M; r += M) {
      const least = Math.ceil(lower[r] * units[m] * (1 - ROUNDING))
      const most = Math.floor(upper[r] * units[m] * (1 + ROUNDING))
      // where no whole number lies between, no plan is inside: bounds stay what is to be missed by little
      if (least <= most) {
        if (least > lower[r] * units[m] * (1 + COARSE)) rows.lower[r] = least / units[m]
        if (most < upper[r] * units[m] * (1 - COARSE)) rows.upper[r] = most / units[m]
      }
      leastSum += rows.lower[r]
      mostSum += rows.upper[r]
    }
    // nor where whole numbers do not sum to the total, which is k but for rounding
    if (leastSum > k * (1 + ROUNDING) || mostSum < k * (1 - ROUNDING)) continue
    for (let r = m; r < k * M; r += M) {
      isMoved ||= rows.lower[r] !== lower[r] || rows.upper[r] !== upper[r]
      narrow.lower[r] = rows.lower[r]
      narrow.upper[r] = rows.upper[r]
    }
  }
  return isMoved ? narrow : null
}

function isWhole(activities: Float64Array, m: number, M: number): boolean {
  for (let at = m; at < activities.length; at += M) if (!Number.isInteger(activities[at])) return false
  return true
}
