import { changeProblem, type TransportProblem } from "../math/transport/transport-problem.js"

/**
 * The bounds of every territory closer together by half its typical account on each side, or by a share of the window, whichever
 * is less: room in which divided accounts are made whole. Bounds of 0 stay. O((n + k) M).
 *
 * @param owner n: whose accounts are typical of a territory; null: all accounts are, of every one
 * @param share of the window, on each side at most
 */
export function narrowBounds(problem: TransportProblem, owner: Int32Array | null, share: number): TransportProblem {
  const { n, k, measureCount: M, activities } = problem
  const lower = problem.lower.slice()
  const upper = problem.upper.slice()
  const sum = new Float64Array(k * M)
  const square = new Float64Array(k * M)
  for (let i = 0; i < n; i++) {
    const t = owner === null ? 0 : owner[i]
    for (let m = 0; m < M; m++) {
      sum[t * M + m] += activities[i * M + m]
      square[t * M + m] += activities[i * M + m] ** 2
    }
  }
  for (let r = 0; r < k * M; r++) {
    const of = owner === null ? r % M : r
    // an account drawn by its activity is so large in the mean
    const typical = sum[of] > 0 ? square[of] / sum[of] : 0
    const room = Math.min(typical / 2, share * (upper[r] - lower[r]))
    lower[r] += lower[r] > 0 ? room : 0
    upper[r] -= room
  }
  return changeProblem(problem, { lower, upper })
}
