import { hypot } from "../exact/hypot.js"
import { sumOf } from "./sum-of.js"

/** A line through points: outcome = intercept + sum of coefficient x driver + residual. */
export interface LeastSquares {
  readonly intercept: number
  /** By driver, in units of the outcome per unit of the driver. */
  readonly coefficients: Float64Array
  /** Standard errors. */
  readonly interceptError: number
  readonly errors: Float64Array
  /** Variance inflation by driver: 1 / (1 - R^2) of the driver on the others; 1 where it goes its own way. */
  readonly inflations: Float64Array
  /** By row: outcome - fit, and how much of its own fit a row decides, from 1 / n to 1. */
  readonly residuals: Float64Array
  readonly leverages: Float64Array
  /** Rows - drivers - 1, at least 1. */
  readonly degrees: number
  /** sqrt(sum of squared residuals / degrees); 0 where rounding is all that is left. */
  readonly residualError: number
  /** Share of the outcome's squared deviations that the line takes; null where the outcome is the same everywhere. */
  readonly rSquared: number | null
}

/** Why there is no line: a driver that is a sum of multiples of others (`on`) and a constant; `on` empty: it is the same everywhere. */
export interface DependentDriver {
  readonly driver: number
  readonly on: readonly number[]
}

/** A driver that keeps less of its length than this once others are taken out of it is one of them: as R's `lm` has it. */
const DEPENDENT = 1e-7
/** Deviations below this share of the numbers themselves are rounding. */
const CONSTANT = 1e-13
/** Residuals below this share of the outcomes are rounding. */
const EXACT = 1e-12

/**
 * Ordinary least squares with an intercept: drivers are centered and scaled to length 1, so that units do not matter, and brought to
 * triangular form by Householder reflections, without squaring the condition of the problem as normal equations do. O(n p^2).
 *
 * Source: Golub, Numerische Mathematik 7, 1965; Golub & Van Loan, Matrix Computations, 4th ed. 2013, sections 5.2 and 5.3; leverages and
 * inflations: Belsley, Kuh & Welsch, Regression Diagnostics, 1980, sections 2.1 and 3.2.
 *
 * @param drivers p columns of n finite numbers below 1e100; n > p + 1
 * @param outcome n finite numbers below 1e100
 * @returns the line, or the first driver that the others determine
 */
export function fitLeastSquares(drivers: readonly Float64Array[], outcome: Float64Array): LeastSquares | DependentDriver {
  const n = outcome.length
  const p = drivers.length
  const centered = drivers.map(center)
  for (let j = 0; j < p; j++) if (centered[j].length === 0) return { driver: j, on: [] }
  const own = center(outcome)
  // column by column: reflect what the columns before have turned, then find the reflection that leaves nothing below the diagonal
  const reflections: Float64Array[] = []
  const triangle: Float64Array[] = []
  for (let j = 0; j < p; j++) {
    const column = centered[j].values.slice()
    reflections.forEach((reflection, r) => reflect(column, reflection, r))
    const rest = lengthOf(column, j)
    if (rest <= DEPENDENT) return { driver: j, on: dependence(triangle, column) }
    const reflection = column.slice()
    reflection[j] += column[j] < 0 ? -rest : rest
    const size = lengthOf(reflection, j)
    for (let i = 0; i < n; i++) reflection[i] = i < j ? 0 : reflection[i] / size
    column[j] = column[j] < 0 ? rest : -rest
    reflections.push(reflection)
    triangle.push(column.slice(0, j + 1))
  }

  const turned = own.values.slice()
  reflections.forEach((reflection, r) => reflect(turned, reflection, r))
  const scaled = solveUpper(triangle, turned)
  const residuals = turned.map((value, i) => (i < p ? 0 : value))
  for (let r = p - 1; r >= 0; r--) reflect(residuals, reflections[r], r)
  const inverse = invertUpper(triangle)
  const inflations = Float64Array.from({ length: p }, (_, j) => Math.max(1, inverse.reduce((sum, column) => sum + (column[j] ?? 0) ** 2, 0)))

  // back to units
  const degrees = n - p - 1
  const left = lengthOf(residuals, 0)
  const isExact = left * own.length <= EXACT * hypot(own.length, Math.sqrt(n) * own.mean)
  const error = isExact ? 0 : (left / Math.sqrt(degrees)) * own.length
  const coefficients = scaled.map((value, j) => (value / centered[j].length) * own.length)
  const errors = Float64Array.from({ length: p }, (_, j) => (Math.sqrt(inflations[j]) / centered[j].length) * error)
  // the variance at drivers of 0: 1 / n + m' (X'X)^-1 m for the means m
  const atZero = inverse.reduce((sum, column) => sum + column.reduce((part, value, j) => part + (value * centered[j].mean) / centered[j].length, 0) ** 2, 0)
  return {
    intercept: own.mean - sumOf(coefficients.map((value, j) => value * centered[j].mean)),
    coefficients,
    interceptError: error * Math.sqrt(1 / n + atZero),
    errors,
    inflations,
    residuals: residuals.map((value) => (isExact ? 0 : value * own.length)),
    leverages: leveragesOf(reflections, n),
    degrees,
    residualError: error,
    rSquared: own.length === 0 ? null : isExact ? 1 : Math.max(0, 1 - left * left),
  }
}

/** A column less its mean, divided by its length; of length 0 where all its numbers are the same. */
function center(column: Float64Array): { readonly values: Float64Array; readonly mean: number; readonly length: number } {
  const mean = sumOf(column) / column.length
  const values = column.map((value) => value - mean)
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  if (largest <= CONSTANT * column.reduce((most, value) => Math.max(most, Math.abs(value)), 0)) return { values: values.fill(0), mean, length: 0 }
  const length = largest * lengthOf(values.map((value) => value / largest), 0)
  return { values: values.map((value) => value / length), mean, length }
}

/** Length of a column from a row on. */
function lengthOf(column: Float64Array, from: number): number {
  let squares = 0
  for (let i = from; i < column.length; i++) squares += column[i] * column[i]
  return Math.sqrt(squares)
}

/** v - 2 u (u'v), in place; u has length 1 and is 0 before row `from`. */
function reflect(column: Float64Array, reflection: Float64Array, from: number): void {
  let product = 0
  for (let i = from; i < column.length; i++) product += reflection[i] * column[i]
  for (let i = from; i < column.length; i++) column[i] -= 2 * product * reflection[i]
}

/** x with R x = the first rows of b, where R is upper triangular by columns. */
function solveUpper(triangle: readonly Float64Array[], b: Float64Array): Float64Array {
  const x = b.slice(0, triangle.length)
  for (let j = triangle.length - 1; j >= 0; j--) {
    x[j] /= triangle[j][j]
    for (let i = 0; i < j; i++) x[i] -= triangle[j][i] * x[j]
  }
  return x
}

/** R^-1 by columns, each as long as it is not 0. */
function invertUpper(triangle: readonly Float64Array[]): Float64Array[] {
  return triangle.map((_, j) => {
    const unit = new Float64Array(j + 1)
    unit[j] = 1
    return solveUpper(triangle.slice(0, j + 1), unit)
  })
}

/** Of which columns before it a column is made. */
function dependence(triangle: readonly Float64Array[], column: Float64Array): number[] {
  const shares = solveUpper(triangle, column)
  return Array.from(shares.keys()).filter((j) => Math.abs(shares[j]) > 10 * DEPENDENT)
}

/** 1 / n for the intercept, and the squares of the rows of Q: the reflections undone on unit columns. */
function leveragesOf(reflections: readonly Float64Array[], n: number): Float64Array {
  const leverages = new Float64Array(n).fill(1 / n)
  for (let j = 0; j < reflections.length; j++) {
    const column = new Float64Array(n)
    column[j] = 1
    for (let r = j; r >= 0; r--) reflect(column, reflections[r], r)
    for (let i = 0; i < n; i++) leverages[i] += column[i] * column[i]
  }
  return leverages.map((leverage) => Math.min(1, leverage))
}
