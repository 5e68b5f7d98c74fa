import type { Eligibility, Homes } from "../math/transport/transport-problem.js"
import { isAllowed } from "../math/transport/pair-rules.js"

/** What moving accounts away from their owners of today costs, in the caller's units. */
export interface Disruption {
  /** n: what counts when an account moves; 0 for one that nobody owns today. */
  readonly weights: Float64Array
  /** Sum of these. */
  readonly total: number
  /** Units of cost for each unit of weight. */
  readonly penalty: number
  /** Share of the total that may move; null: any. */
  readonly maxMovedShare: number | null
}

/**
 * Where every account is at home: its territory of today, unless that is none of the k, or it may not stay there. O(n).
 *
 * @param current n: index into the ids of today, of which the first k are territories of the search; -1 for none
 * @param rate what one unit of disruption weight is worth, in the problem's unit of cost
 */
export function readHomes(current: Int32Array, k: number, lockedTo: Int32Array, eligibility: Eligibility | null, weights: Float64Array, rate: number): Homes {
  const territory = current.map((t, i) => (t >= 0 && t < k && isAllowed({ lockedTo, eligibility }, i, t) ? t : -1))
  return { territory, weight: weights.map((weight, i) => (territory[i] < 0 ? 0 : weight)), rate }
}

/** Whether moves cost anything or are limited. */
export function isDisruptive({ total, penalty, maxMovedShare }: Disruption): boolean {
  return total > 0 && (penalty > 0 || (maxMovedShare !== null && maxMovedShare < 1))
}
