import type { TransportProblem } from "../transport/transport-problem.js"

/** What the rows of a plan should have, and how much a deviation counts. Row r is t * M + m. */
export interface BalanceAims {
  /** The target, or the middle of the bounds where it lies outside them. */
  readonly aim: Float64Array
  /** Deviations from the aim count times this: 1 over the nearer bound's distance; 0 where both sides are open. */
  readonly scale: Float64Array
}

/** A window narrower than this share of the target counts as so wide: no whole accounts fit a window of nothing. */
const NARROWEST = 0.005

/**
 * Aims from targets and bounds: a deviation of 1 is one at the nearer bound, so that measures with wide tolerances
 * count less. Rows without bounds, and measures that nobody has, count nothing. O(k M).
 *
 * @param targets k x M, in the problem's units
 */
export function balanceAims(
  { k, measureCount: M, lower, upper }: Pick<TransportProblem, "k" | "measureCount" | "lower" | "upper">,
  targets: Float64Array,
): BalanceAims {
  const aim = new Float64Array(k * M)
  const scale = new Float64Array(k * M)
  for (let r = 0; r < k * M; r++) {
    // an open side is 0, or the total, which is k
    const isLow = lower[r] > 0
    const isHigh = upper[r] < k * (1 - 1e-12)
    if (!isLow && !isHigh) continue
    const isInside = targets[r] >= lower[r] && targets[r] <= upper[r]
    aim[r] = isInside || !isLow || !isHigh ? Math.min(Math.max(targets[r], lower[r]), upper[r]) : (lower[r] + upper[r]) / 2
    const room = Math.min(isLow ? aim[r] - lower[r] : Infinity, isHigh ? upper[r] - aim[r] : Infinity)
    scale[r] = 1 / Math.max(room, NARROWEST * (aim[r] > 0 ? aim[r] : 1))
  }
  return { aim, scale }
}
