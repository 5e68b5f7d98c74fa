import type { MoveRows } from "./move-rows.js"
import type { TransportProblem } from "./transport-problem.js"

/**
 * Bounds that every plan keeps (at least nothing, at most all) are open: as rows that may bind they would allow optimal prices
 * of a sign that proves nothing once the side is known to be open. Rows of limits on moves follow.
 */
export function closedBounds({ n, measureCount: M, activities, lower, upper }: TransportProblem, rows: MoveRows | null = null): { lower: Float64Array; upper: Float64Array } {
  const totals = new Float64Array(M)
  for (let i = 0; i < n; i++) for (let m = 0; m < M; m++) totals[m] += activities[i * M + m]
  const closed = {
    lower: lower.map((bound) => (bound <= 0 ? -Infinity : bound)),
    upper: upper.map((bound, r) => (bound >= totals[r % M] * (1 - 1e-12) ? Infinity : bound)),
  }
  return rows === null ? closed : { lower: Float64Array.of(...closed.lower, ...rows.lower), upper: Float64Array.of(...closed.upper, ...rows.upper) }
}
