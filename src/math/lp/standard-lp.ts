import { lowerOf, upperOf, type LpProblem } from "./lp-problem.js"
import { scaleLp } from "./scale-lp.js"

/**
 * The form that the simplex machine takes: minimize cost p with A p >= bound and p >= 0, scaled so that the entries are of
 * order one. Rows in compressed form: row r has entries start[r] to start[r + 1].
 */
export interface StandardLp {
  readonly cost: Float64Array
  readonly start: Int32Array
  readonly column: Int32Array
  readonly coefficient: Float64Array
  readonly bound: Float64Array
}

/** A program in standard form, and the way back. */
export interface Standardized {
  readonly standard: StandardLp
  /** From p to x. `origin` false: a direction, not a point. */
  valuesOf(p: Float64Array, origin: boolean): Float64Array
  /** From multipliers of A p >= bound to one of each row of the problem, > 0 where its lower bound holds, < 0 its upper. */
  dualsOf(y: Float64Array): Float64Array
}

/**
 * Writes a program in standard form. x = lower + p where there is a lower bound, upper - p where there is only an upper one,
 * p - q where there is none; a bounded row becomes up to two, a second bound of a variable one more. O(entries).
 */
export function standardize(problem: LpProblem, scalingRounds: number): Standardized {
  const n = problem.objective.length
  const base = new Float64Array(n)
  const sign = new Float64Array(n).fill(1)
  const first = new Int32Array(n)
  const cost: number[] = []
  const start = [0]
  const column: number[] = []
  const coefficient: number[] = []
  const bound: number[] = []
  for (let j = 0; j < n; j++) {
    const lower = lowerOf(problem, j)
    const upper = upperOf(problem, j)
    first[j] = cost.length
    if (lower === -Infinity && upper < Infinity) sign[j] = -1
    base[j] = lower > -Infinity ? lower : upper < Infinity ? upper : 0
    cost.push(sign[j] * problem.objective[j])
    if (isFree(j)) cost.push(-problem.objective[j])
  }
  const source: number[] = []
  problem.rows.forEach((row, r) => {
    let atBase = 0
    for (let e = 0; e < row.columns.length; e++) atBase += row.coefficients[e] * base[row.columns[e]]
    for (const side of [1, -1]) {
      const limit = side > 0 ? row.lower : row.upper
      if (!Number.isFinite(limit)) continue
      for (let e = 0; e < row.columns.length; e++) {
        const j = row.columns[e]
        if (row.coefficients[e] === 0) continue
        push(first[j], side * sign[j] * row.coefficients[e])
        if (isFree(j)) push(first[j] + 1, -side * row.coefficients[e])
      }
      close(side * (limit - atBase))
      source.push(side * (r + 1))
    }
  })
  for (let j = 0; j < n; j++) {
    const width = upperOf(problem, j) - lowerOf(problem, j)
    if (!Number.isFinite(width)) continue
    push(first[j], -1)
    close(-width)
  }

  const standard = { cost: Float64Array.from(cost), start: Int32Array.from(start), column: Int32Array.from(column), coefficient: Float64Array.from(coefficient), bound: Float64Array.from(bound) }
  const { rowScale, columnScale, costUnit, boundUnit } = scaleLp(standard, scalingRounds)
  return {
    standard,
    valuesOf(p, origin) {
      const at = (c: number): number => p[c] * columnScale[c] * boundUnit
      return Float64Array.from({ length: n }, (_, j) => {
        const step = sign[j] * at(first[j]) - (isFree(j) ? at(first[j] + 1) : 0)
        // where the bound and the step away from it cancel, rounding alone is left
        return origin && Math.abs(base[j] + step) > 1e-14 * Math.abs(base[j]) ? base[j] + step : origin ? 0 : step
      })
    },
    dualsOf(y) {
      const duals = new Float64Array(problem.rows.length)
      source.forEach((signed, r) => (duals[Math.abs(signed) - 1] += Math.sign(signed) * y[r] * rowScale[r] * costUnit))
      return duals
    },
  }

  function isFree(j: number): boolean {
    return lowerOf(problem, j) === -Infinity && upperOf(problem, j) === Infinity
  }

  function push(c: number, value: number): void {
    column.push(c)
    coefficient.push(value)
  }

  function close(limit: number): void {
    bound.push(limit)
    start.push(column.length)
  }
}
