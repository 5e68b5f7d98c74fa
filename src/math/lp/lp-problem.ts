/**
 * A linear program in numbers alone: minimize objective x, where every row's sum and every variable lies within its bounds.
 * n variables, all finite but for the bounds, which may be infinite.
 */
export interface LpProblem {
  /** n: cost per unit of each variable, minimized. */
  readonly objective: ArrayLike<number>
  readonly rows: readonly LpRow[]
  /** n: least values; 0 when left out; -Infinity for a free variable. */
  readonly lower?: ArrayLike<number>
  /** n: largest values; Infinity when left out. */
  readonly upper?: ArrayLike<number>
}

/** lower <= sum_e coefficients[e] x[columns[e]] <= upper. Equal bounds make an equation. */
export interface LpRow {
  /** Variables that take part, each at most once, in any order. */
  readonly columns: ArrayLike<number>
  readonly coefficients: ArrayLike<number>
  /** -Infinity for none. */
  readonly lower: number
  /** Infinity for none. */
  readonly upper: number
}

export function lowerOf(problem: LpProblem, j: number): number {
  return problem.lower === undefined ? 0 : problem.lower[j]
}

export function upperOf(problem: LpProblem, j: number): number {
  return problem.upper === undefined ? Infinity : problem.upper[j]
}

/** Whether some lower bound is above its own upper one. */
export function hasCrossedBounds(problem: LpProblem): boolean {
  for (let j = 0; j < problem.objective.length; j++) if (lowerOf(problem, j) > upperOf(problem, j)) return true
  return problem.rows.some((row) => row.lower > row.upper)
}

/**
 * Refuses what is no linear program: a mistake of the calling code, never of a user's data.
 *
 * Bounds that contradict each other (lower above upper) are a program, an infeasible one.
 *
 * @throws RangeError naming the place: an entry that is not finite, a bound that is NaN or infinite on the wrong side, arrays of
 *   unequal length, a column that does not exist or stands twice in a row
 */
export function checkLpProblem(problem: LpProblem): void {
  const n = problem.objective.length
  for (let j = 0; j < n; j++) {
    if (!Number.isFinite(problem.objective[j])) refuse(`objective[${j}]`, "must be finite", problem.objective[j])
    checkBounds(`variable ${j}`, lowerOf(problem, j), upperOf(problem, j))
  }
  if (problem.lower !== undefined && problem.lower.length !== n) refuse("lower", `must have ${n} entries`, problem.lower.length)
  if (problem.upper !== undefined && problem.upper.length !== n) refuse("upper", `must have ${n} entries`, problem.upper.length)
  const seenIn = new Int32Array(n).fill(-1)
  problem.rows.forEach((row, r) => {
    checkBounds(`rows[${r}]`, row.lower, row.upper)
    const size = row.columns.length
    if (row.coefficients.length !== size) refuse(`rows[${r}].coefficients`, `must have ${size} entries`, row.coefficients.length)
    for (let e = 0; e < size; e++) {
      const j = row.columns[e]
      if (!Number.isInteger(j) || j < 0 || j >= n) refuse(`rows[${r}].columns[${e}]`, `must be a variable from 0 to ${n - 1}`, j)
      if (seenIn[j] === r) refuse(`rows[${r}].columns[${e}]`, "must not stand twice in a row", j)
      seenIn[j] = r
      if (!Number.isFinite(row.coefficients[e])) refuse(`rows[${r}].coefficients[${e}]`, "must be finite", row.coefficients[e])
    }
  })
}

function checkBounds(place: string, lower: number, upper: number): void {
  if (Number.isNaN(lower) || lower === Infinity) refuse(`lower bound of ${place}`, "must be a number or -Infinity", lower)
  if (Number.isNaN(upper) || upper === -Infinity) refuse(`upper bound of ${place}`, "must be a number or Infinity", upper)
}

function refuse(place: string, rule: string, got: number): never {
  throw new RangeError(`${place}: ${rule}, got ${got}`)
}
