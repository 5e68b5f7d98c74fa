/**
 * Whole accounts, each to one of its territories, at the least cost within bounds on sums (a generalized assignment
 * problem with windows):
 *
 *   min  sum_i cost(i, t_i)   s.t.  lower_r <= sum_i part_r(i, t_i) <= upper_r for every row r,   part >= 0
 *
 * Pair (i, t) is entry i * k + t. Small enough to be held in full: n x k up to some thousand.
 */
export interface WholeProgram {
  readonly n: number
  readonly k: number
  readonly rowCount: number
  /** n x k, 0 or more; Infinity where the account may not go. */
  readonly cost: Float64Array
  /** Pair p adds part[start[p]] to part[start[p + 1]], all above 0, to the rows of the same places. */
  readonly start: Int32Array
  readonly row: Int32Array
  readonly part: Float64Array
  /** -Infinity and Infinity where open. */
  readonly lower: Float64Array
  readonly upper: Float64Array
  /** A sum that is outside by no more is inside: rounding of sums. */
  readonly slack: Float64Array
}

/** Whether a whole plan keeps every row. O(n + rows). */
export function keepsRows(
  { n, k, rowCount, start, row, part, lower, upper, slack }: WholeProgram,
  owner: Int32Array,
): boolean {
  const sum = new Float64Array(rowCount)
  for (let i = 0; i < n; i++) {
    const p = i * k + owner[i]
    for (let e = start[p]; e < start[p + 1]; e++) sum[row[e]] += part[e]
  }
  for (let r = 0; r < rowCount; r++) if (sum[r] < lower[r] - slack[r] || sum[r] > upper[r] + slack[r]) return false
  return true
}

/** What a whole plan costs; Infinity where an account is where it may not be. O(n). */
export function costOfOwners({ k, cost }: WholeProgram, owner: Int32Array): number {
  let sum = 0
  for (let i = 0; i < owner.length; i++) sum += cost[i * k + owner[i]]
  return sum
}
