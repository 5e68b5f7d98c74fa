import type { TransportProblem } from "./transport-problem.js"

/**
 * Bounds that every plan keeps (at least nothing, at most all) are open: as rows that may bind they would allow optimal prices
 * of a sign that proves nothing once the side is known to be open.
 */
export function closedBounds({ n, measureCount: M, activities, lower, upper }: TransportProblem): { lower: Float64Array; upper: Float64Array } {
  const totals = new Float64Array(M)
  for (let i = 0; i < n; i++) for (let m = 0; m < M; m++) totals[m] += activities[i * M + m]
  return {
    lower: lower.map((bound) => (bound <= 0 ? -Infinity : bound)),
    upper: upper.map((bound, r) => (bound >= totals[r % M] * (1 - 1e-12) ? Infinity : bound)),
  }
}
