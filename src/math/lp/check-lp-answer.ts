import { lowerOf, upperOf, type LpProblem } from "./lp-problem.js"

/**
 * Relative to the sum of the absolute terms of the row, column or objective at hand. The machine decides at 1e-9 in scaled
 * units, and a hundred times that is left for ill-conditioned bases.
 */
export const LP_TOLERANCE = 1e-7
/** What is left of a sum that is 0, relative to its absolute terms. */
const ROUNDING = 1e-14

/** Whether x, one number a variable, meets every bound of a variable exactly and every bound of a row to tolerance. O(entries). */
export function isFeasible(problem: LpProblem, x: Float64Array): boolean {
  for (let j = 0; j < x.length; j++) if (!(x[j] >= lowerOf(problem, j) && x[j] <= upperOf(problem, j) && Number.isFinite(x[j]))) return false
  return problem.rows.every((row) => {
    const { sum, size } = sumOf(row.columns, row.coefficients, x)
    const below = row.lower > -Infinity && !(sum >= row.lower - LP_TOLERANCE * (size + Math.abs(row.lower)))
    const above = row.upper < Infinity && !(sum <= row.upper + LP_TOLERANCE * (size + Math.abs(row.upper)))
    return !below && !above
  })
}

/** Whether a feasible point may go along x for ever while the objective falls. */
export function isDescentRay(problem: LpProblem, x: Float64Array): boolean {
  for (let j = 0; j < x.length; j++) {
    if (!Number.isFinite(x[j]) || (x[j] < 0 && lowerOf(problem, j) > -Infinity) || (x[j] > 0 && upperOf(problem, j) < Infinity)) return false
  }
  const staysInside = problem.rows.every((row) => {
    const { sum, size } = sumOf(row.columns, row.coefficients, x)
    const falls = row.lower > -Infinity && !(sum >= -LP_TOLERANCE * size)
    const rises = row.upper < Infinity && !(sum <= LP_TOLERANCE * size)
    return !falls && !rises
  })
  const { sum, size } = sumOf(null, problem.objective, x)
  return staysInside && sum < -LP_TOLERANCE * size
}

/**
 * The lower bound of cost x that multipliers of the rows prove (weak duality):
 *
 *   cost x = sum_r y_r row_r + sum_j d_j x_j >= sum_r min(y_r lower_r, y_r upper_r) + sum_j min(d_j lower_j, d_j upper_j)
 *
 * with d = cost - y A. -Infinity when a d_j points to an open side by more than the tolerance. O(entries).
 *
 * @returns the bound, and the sum of its absolute terms, to measure gaps by
 */
export function dualBoundOf(problem: LpProblem, cost: ArrayLike<number>, y: Float64Array): { readonly bound: number; readonly size: number } {
  const reduced = Float64Array.from(cost)
  const terms = reduced.map(Math.abs)
  let bound = 0
  let size = 0
  const add = (factor: number, lower: number, upper: number, terms: number): void => {
    const limit = factor > 0 ? lower : upper
    if (Math.abs(factor) <= (Number.isFinite(limit) ? ROUNDING : LP_TOLERANCE) * terms) return
    const term = factor * limit
    bound += term
    size += Math.abs(term)
  }
  problem.rows.forEach((row, r) => {
    for (let e = 0; e < row.columns.length; e++) {
      reduced[row.columns[e]] -= y[r] * row.coefficients[e]
      terms[row.columns[e]] += Math.abs(y[r] * row.coefficients[e])
    }
    add(y[r], row.lower, row.upper, 0)
  })
  reduced.forEach((d, j) => add(d, lowerOf(problem, j), upperOf(problem, j), terms[j]))
  return { bound, size }
}

/** sum_e coefficients[e] x[columns[e]], and the sum of the absolute terms. */
export function sumOf(columns: ArrayLike<number> | null, coefficients: ArrayLike<number>, x: Float64Array): { readonly sum: number; readonly size: number } {
  let sum = 0
  let size = 0
  for (let e = 0; e < coefficients.length; e++) {
    const term = coefficients[e] * x[columns === null ? e : columns[e]]
    sum += term
    size += Math.abs(term)
  }
  return { sum, size }
}
