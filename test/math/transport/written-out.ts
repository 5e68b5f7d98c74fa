import type { LpProblem, LpRow } from "../../../src/math/lp/lp-problem.js"
import type { Candidates } from "../../../src/math/transport/candidates.js"
import type { TransportProblem } from "../../../src/math/transport/transport-problem.js"
import type { TransportVertex } from "../../../src/math/transport/transport-vertex.js"

/** The divisible problem on the candidates, written out: one variable for every entry. */
export function asLp({ n, k, measureCount: M, activities, lower, upper }: TransportProblem, { start, territory, cost }: Candidates): LpProblem {
  const rows: { columns: number[]; coefficients: number[]; lower: number; upper: number }[] = []
  for (let r = 0; r < k * M; r++) rows.push({ columns: [], coefficients: [], lower: lower[r], upper: upper[r] })
  for (let i = 0; i < n; i++) {
    const whole: LpRow = { columns: Array.from({ length: start[i + 1] - start[i] }, (_, e) => start[i] + e), coefficients: Array.from({ length: start[i + 1] - start[i] }, () => 1), lower: 1, upper: 1 }
    rows.push({ ...whole, columns: Array.from(whole.columns), coefficients: Array.from(whole.coefficients) })
    for (let e = start[i]; e < start[i + 1]; e++) {
      for (let m = 0; m < M; m++) {
        rows[territory[e] * M + m].columns.push(e)
        rows[territory[e] * M + m].coefficients.push(activities[i * M + m])
      }
    }
  }
  return { objective: cost, rows }
}

/** The share of every entry, put together again from owners and splits. */
export function sharesOf({ n }: TransportProblem, { start, territory }: Candidates, vertex: TransportVertex): Float64Array {
  const shares = new Float64Array(territory.length)
  const splitOf = new Map(vertex.splits.map((split) => [split.account, split]))
  for (let i = 0; i < n; i++) {
    const split = splitOf.get(i)
    const owners = split?.territories ?? [vertex.owner[i]]
    owners.forEach((t, at) => {
      for (let e = start[i]; e < start[i + 1]; e++) if (territory[e] === t) shares[e] += split?.shares[at] ?? 1
    })
  }
  return shares
}

/** HiGHS stops at 1e-9, the dual simplex at 1e-10; costs are of order one. */
export const SAME = 1e-7
/** Activities are of order one, and of order ten in sum. */
export const INSIDE = 1e-8

export function largestViolation(lp: LpProblem, x: Float64Array): number {
  let most = Math.max(0, ...Array.from(x, (share) => -share))
  for (const row of lp.rows) {
    let sum = 0
    for (let e = 0; e < row.columns.length; e++) sum += row.coefficients[e] * x[row.columns[e]]
    most = Math.max(most, row.lower - sum, sum - row.upper)
  }
  return most
}
