import fc from "fast-check"
import { expect, test } from "vitest"
import { deletionResiduals } from "../../../src/math/stats/deletion.js"
import { fitLeastSquares, type LeastSquares } from "../../../src/math/stats/least-squares.js"
import { tailBothSides } from "../../../src/math/stats/student-t.js"

/** Determinant of whole numbers, exact: by the first row. */
function determinant(matrix: readonly (readonly bigint[])[]): bigint {
  if (matrix.length === 0) return 1n
  return matrix[0].reduce((sum, value, j) => sum + (j % 2 === 0 ? value : -value) * determinant(matrix.slice(1).map((row) => row.filter((_, c) => c !== j))), 0n)
}

const ratio = (a: bigint, b: bigint): number => Number((a * 10n ** 20n) / b) / 1e20

/** Normal equations in whole numbers, by Cramer's rule: what a fit has to be, without rounding. Null where they have no single answer. */
function exactly(drivers: readonly (readonly number[])[], outcome: readonly number[]): { coefficients: number[]; variances: number[]; leverages: number[]; squares: number } | null {
  const columns = [outcome.map(() => 1n), ...drivers.map((column) => column.map(BigInt))]
  const y = outcome.map(BigInt)
  const dot = (a: readonly bigint[], b: readonly bigint[]): bigint => a.reduce((sum, value, i) => sum + value * b[i], 0n)
  const gram = columns.map((a) => columns.map((b) => dot(a, b)))
  const whole = determinant(gram)
  if (whole === 0n) return null
  const minor = (r: number, c: number): bigint => ((r + c) % 2 === 0 ? 1n : -1n) * determinant(gram.filter((_, i) => i !== r).map((row) => row.filter((_, j) => j !== c)))
  const adjugate = gram.map((_, r) => gram.map((_, c) => minor(c, r)))
  const products = columns.map((column) => dot(column, y))
  const numerators = adjugate.map((row) => dot(row, products))
  return {
    coefficients: numerators.map((value) => ratio(value, whole)),
    variances: adjugate.map((row, j) => ratio(row[j], whole)),
    leverages: y.map((_, i) => ratio(columns.reduce((sum, a, r) => sum + a[i] * columns.reduce((part, b, c) => part + adjugate[r][c] * b[i], 0n), 0n), whole)),
    squares: ratio(whole * dot(y, y) - dot(numerators, products), whole),
  }
}

const fitted = (drivers: readonly (readonly number[])[], outcome: readonly number[]): LeastSquares => {
  const fit = fitLeastSquares(drivers.map((column) => Float64Array.from(column)), Float64Array.from(outcome))
  if ("driver" in fit) throw new Error(`driver ${fit.driver} depends on others`)
  return fit
}

const close = (a: number, b: number, scale: number): void => expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-10 * scale)

const columns = (p: number, least: number): fc.Arbitrary<number[][]> => fc.integer({ min: least, max: 9 }).chain((n) => fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: n, maxLength: n }), { minLength: p + 1, maxLength: p + 1 }))
const cases = fc.integer({ min: 1, max: 3 }).chain((p) => columns(p, p + 2))

test("a fit is the exact answer of the normal equations, and there is none where they have none", () => {
  fc.assert(fc.property(cases, ([outcome, ...drivers]) => {
    const n = outcome.length
    const truth = exactly(drivers, outcome)
    const fit = fitLeastSquares(drivers.map((column) => Float64Array.from(column)), Float64Array.from(outcome))
    if (truth === null || "driver" in fit) {
      expect([truth, "driver" in fit]).toEqual([null, true])
      return
    }
    const scale = 10 + Math.max(...truth.coefficients.map(Math.abs))
    close(fit.intercept, truth.coefficients[0], scale)
    fit.coefficients.forEach((value, j) => close(value, truth.coefficients[j + 1], scale))
    fit.leverages.forEach((value, i) => close(value, truth.leverages[i], 1))
    const error = Math.sqrt(Math.max(0, truth.squares) / fit.degrees)
    // squares of a sum that is exact to 1e-20: their root to 1e-10
    close(fit.residualError, error, 10)
    close(fit.interceptError, error * Math.sqrt(truth.variances[0]), 100)
    fit.errors.forEach((value, j) => close(value, error * Math.sqrt(truth.variances[j + 1]), 100))
    // what is left has nothing in common with drivers and constant
    for (const column of [outcome.map(() => 1), ...drivers]) close(column.reduce((sum, value, i) => sum + value * fit.residuals[i], 0), 0, 1000)
    close(fit.leverages.reduce((sum, value) => sum + value, 0), drivers.length + 1, 10)
    drivers.forEach((own, j) => {
      // inflation: by its definition, a regression of the driver on the others
      const others = drivers.filter((_, other) => other !== j)
      const shared = others.length === 0 ? 0 : fitted(others, own).rSquared ?? 0
      expect(fit.inflations[j] * (1 - shared)).toBeCloseTo(1, 8)
    })
    expect(n - drivers.length - 1).toBe(fit.degrees)
  }), { numRuns: 150 })
})

test("what a row is without its own part in the line is what a fit of the others says of it", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 2 }).chain((p) => columns(p, p + 4)), ([outcome, ...drivers]) => {
    fc.pre(exactly(drivers, outcome) !== null)
    const fit = fitted(drivers, outcome)
    deletionResiduals(fit).forEach((deletion, i) => {
      const without = (column: readonly number[]): number[] => column.filter((_, row) => row !== i)
      if (exactly(drivers.map(without), without(outcome)) === null) return void expect(deletion).toBe(null)
      const other = fitted(drivers.map(without), without(outcome))
      const said = other.intercept + drivers.reduce((sum, column, j) => sum + column[i] * other.coefficients[j], 0)
      const found = deletion as NonNullable<typeof deletion>
      const scale = 1 + Math.abs(outcome[i] - said)
      expect(Math.abs(found.residual - (outcome[i] - said))).toBeLessThan(1e-8 * scale)
      // the error of a prediction: that of a new row, and that of the line where the row is
      const leverage = fit.leverages[i]
      expect(Math.abs(found.error - other.residualError / Math.sqrt(1 - leverage))).toBeLessThan(1e-5 * scale)
      if (found.error > 0.01) expect(found.pValue).toBeCloseTo(tailBothSides((outcome[i] - said) / (other.residualError / Math.sqrt(1 - leverage)), other.degrees), 6)
    })
  }), { numRuns: 80 })
})

test("Longley's data, on which single precision lost all digits: the certified values of NIST", () => {
  // National Institute of Standards and Technology, Statistical Reference Datasets, Longley (J. Am. Statist. Assoc. 62, 1967)
  const rows = [
    [60323, 83, 234289, 2356, 1590, 107608, 1947], [61122, 88.5, 259426, 2325, 1456, 108632, 1948], [60171, 88.2, 258054, 3682, 1616, 109773, 1949], [61187, 89.5, 284599, 3351, 1650, 110929, 1950],
    [63221, 96.2, 328975, 2099, 3099, 112075, 1951], [63639, 98.1, 346999, 1932, 3594, 113270, 1952], [64989, 99, 365385, 1870, 3547, 115094, 1953], [63761, 100, 363112, 3578, 3350, 116219, 1954],
    [66019, 101.2, 397469, 2904, 3048, 117388, 1955], [67857, 104.6, 419180, 2822, 2857, 118734, 1956], [68169, 108.4, 442769, 2936, 2798, 120445, 1957], [66513, 110.8, 444546, 4681, 2637, 121950, 1958],
    [68655, 112.6, 482704, 3813, 2552, 123366, 1959], [69564, 114.2, 502601, 3931, 2514, 125368, 1960], [69331, 115.7, 518173, 4806, 2572, 127852, 1961], [70551, 116.9, 554894, 4007, 2827, 130081, 1962],
  ]
  const [outcome, ...drivers] = rows[0].map((_, j) => rows.map((row) => row[j]))
  const fit = fitted(drivers, outcome)
  const certified = [[-3482258.63459582, 890420.383607373], [15.0618722713733, 84.9149257747669], [-0.358191792925910e-1, 0.334910077722432e-1], [-2.02022980381683, 0.488399681651699], [-1.03322686717359, 0.214274163161675], [-0.511041056535807e-1, 0.226073200069370], [1829.15146461355, 455.478499142212]]
  certified.forEach(([value, error], j) => {
    expect(Math.abs((j === 0 ? fit.intercept : fit.coefficients[j - 1]) / value - 1)).toBeLessThan(1e-9)
    expect(Math.abs((j === 0 ? fit.interceptError : fit.errors[j - 1]) / error - 1)).toBeLessThan(1e-9)
  })
  expect(fit.residualError).toBeCloseTo(304.854073561965, 7)
  expect(fit.rSquared).toBeCloseTo(0.995479004577296, 12)
})

test("a driver that others make is named with them, and one that is the same everywhere with none", () => {
  const a = Float64Array.of(1, 2, 3, 4, 7)
  const b = Float64Array.of(5, 1, 4, 2, 9)
  const free = Float64Array.of(1, 0, 0, 1, 0)
  const y = Float64Array.of(1, 2, 3, 4, 5)
  expect(fitLeastSquares([a, free, b.map((value, i) => 3 * value - a[i] + 10)].concat(b), y)).toEqual({ driver: 3, on: [0, 2] })
  expect(fitLeastSquares([a, new Float64Array(5).fill(1e9)], y)).toEqual({ driver: 1, on: [] })
})

test("rows on a line leave no residual; an outcome that is the same everywhere leaves nothing to explain", () => {
  const exact = fitted([[1, 2, 3, 4, 5, 6]], [3.1, 5.1, 7.1, 9.1, 11.1, 13.1])
  expect([exact.residualError, exact.rSquared, exact.errors[0]]).toEqual([0, 1, 0])
  expect(deletionResiduals(exact)[2]).toEqual({ residual: 0, error: 0, pValue: 1 })
  const flat = fitted([[1, 2, 3, 4, 5, 6]], [4, 4, 4, 4, 4, 4])
  expect([flat.residualError, flat.rSquared, flat.coefficients[0], flat.intercept]).toEqual([0, null, 0, 4])
  // all others on their line, one beside it
  const odd = fitted([[1, 2, 3, 4, 5, 6]], [1, 2, 3, 9, 5, 6])
  expect(deletionResiduals(odd)[3]).toEqual({ residual: expect.closeTo(5, 9) as number, error: 0, pValue: 0 })
})
