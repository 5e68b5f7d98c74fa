import { finishSteps } from "../../../src/model/in-pieces.js"
import { describe, expect, test } from "vitest"
import { centerSpacing } from "../../../src/math/transport/center-spacing.js"
import { dualBound } from "../../../src/math/transport/dual-bound.js"
import { newtonStep } from "../../../src/math/transport/newton-step.js"
import { smoothAscent } from "../../../src/math/transport/smooth-ascent.js"
import { createSmoothDual, type SmoothEvaluation } from "../../../src/math/transport/smooth-dual.js"
import { pairCost } from "../../../src/math/transport/transport-problem.js"
import { finish, randomProblem } from "./random-problem.js"

/** Centers on one spot have spacings of a millionth, at which differences resolve nothing: those cases are left out. */
const cases = Array.from({ length: 120 }, (_, seed) => ({ seed, ...randomProblem(seed) }))
  .map((one) => ({ ...one, spacing: centerSpacing(one.centers, one.problem.k, 2, one.problem.power) }))
  .filter(({ spacing }) => Math.min(...spacing) > 0.01)

/** Warm enough that a difference quotient with step 1e-5 sees the curve. */
const TEMPERATURE = 0.3

/** Minus the Hessian of an evaluation, written out. */
function matrixOf(evaluation: SmoothEvaluation, k: number, M: number): Float64Array[] {
  const rows = Array.from({ length: k * M }, () => new Float64Array(k * M))
  for (let t = 0; t < k; t++) for (let m = 0; m < M; m++) for (let q = 0; q < M; q++) rows[t * M + m][t * M + q] = evaluation.diagonal[t * M * M + m * M + q]
  for (let p = 0; p < evaluation.pairCount; p++) {
    for (let m = 0; m < M; m++) {
      for (let q = 0; q < M; q++) {
        const h = evaluation.pairBlock[p * M * M + m * M + q]
        rows[evaluation.pairA[p] * M + m][evaluation.pairB[p] * M + q] -= h
        rows[evaluation.pairB[p] * M + m][evaluation.pairA[p] * M + q] -= h
      }
    }
  }
  return rows
}

describe("the smoothed dual", () => {
  const wide = cases.filter(({ problem }) => problem.upper.every((u, r) => u >= problem.lower[r]))

  test("there are cases with one and with several territories", () => {
    expect(cases.filter(({ problem }) => problem.k === 1).length).toBeGreaterThan(3)
    expect(cases.filter(({ problem }) => problem.k > 2).length).toBeGreaterThan(20)
    expect(wide.length).toBeGreaterThan(20)
  })

  test("its gradient is the slope of its value", () => {
    for (const { problem, centers, prices, spacing } of cases) {
      const dual = createSmoothDual(problem)
      const gradient = finish(dual.evaluate(centers, prices, spacing, TEMPERATURE)).gradient.slice()
      const h = 1e-5
      prices.forEach((_, r) => {
        const at = (step: number): number => finish(dual.evaluate(centers, prices.map((price, q) => (q === r ? price + step : price)), spacing, TEMPERATURE)).value
        // truncation h^2 x third derivative (below 1e3) and rounding 1e-14 / h; shares under e^-16 are cut: 1e-6 of the activity
        expect(Math.abs((at(h) - at(-h)) / (2 * h) - gradient[r])).toBeLessThan(2e-5)
      })
    }
  })

  test("its Hessian is the slope of its gradient", () => {
    for (const { problem, centers, prices, spacing } of cases) {
      const { k, measureCount: M } = problem
      const dual = createSmoothDual(problem)
      const matrix = matrixOf(finish(dual.evaluate(centers, prices, spacing, TEMPERATURE)), k, M)
      const scale = Math.max(1, ...matrix.map((row) => Math.max(...row.map(Math.abs))))
      const h = 1e-4
      prices.forEach((_, r) => {
        const at = (step: number): Float64Array => finish(dual.evaluate(centers, prices.map((price, q) => (q === r ? price + step : price)), spacing, TEMPERATURE)).gradient.slice()
        const [up, down] = [at(h), at(-h)]
        // an account that crosses the cut of 1e-7 between the two makes a jump of 1e-7 / h = 1e-3; overlaps under 1e-6 are left out
        for (let q = 0; q < k * M; q++) expect(Math.abs(-(up[q] - down[q]) / (2 * h) - matrix[r][q])).toBeLessThan(3e-3 * scale)
      })
    }
  })

  test("never above the exact bound, and close below it when cold", () => {
    for (const { problem, centers, prices, spacing } of wide) {
      const { k, n } = problem
      const dual = createSmoothDual(problem)
      // what locked accounts cost is no part of it
      const locked = problem.lockedTo.reduce((sum, t, i) => sum + (t >= 0 ? pairCost(problem, centers, i, t) : 0), 0)
      const exact = finishSteps(dualBound(problem, centers, prices)) - locked
      // an account loses at most its temperature x ln k, its size being 3 a measure and weight; a bound its width x kappa x ln 2
      const width = problem.upper.reduce((sum, u, r) => sum + u - problem.lower[r], 0)
      const loss = Math.max(...spacing) * (3 * n * Math.log(k) + 2 * width * Math.LN2)
      for (const temperature of [1, 0.1, 1e-3, 1e-6]) {
        const { value } = finish(dual.evaluate(centers, prices, spacing, temperature))
        expect(value).toBeLessThanOrEqual(exact + 1e-9)
        expect(value).toBeGreaterThanOrEqual(exact - temperature * loss - 1e-9)
      }
    }
  })

  test("masses and moments are those of all accounts together", () => {
    for (const { problem, centers, prices, spacing } of cases) {
      const { mass, moment } = finish(createSmoothDual(problem).evaluate(centers, prices, spacing, TEMPERATURE))
      const { weights, points } = problem
      expect(mass.reduce((sum, x) => sum + x, 0)).toBeCloseTo(weights.reduce((sum, x) => sum + x, 0), 9)
      for (let d = 0; d < 2; d++) {
        expect(moment.reduce((sum, x, at) => sum + (at % 2 === d ? x : 0), 0)).toBeCloseTo(weights.reduce((sum, w, i) => sum + w * points[2 * i + d], 0), 9)
      }
    }
  })

  test("an evaluation does not depend on the one before", () => {
    for (const { problem, centers, prices, spacing } of cases.slice(0, 30)) {
      const fresh = structuredClone(finish(createSmoothDual(problem).evaluate(centers, prices, spacing, TEMPERATURE)))
      const used = createSmoothDual(problem)
      finish(used.evaluate(centers, prices.map((price) => 3 * price + 1), spacing, 2))
      const again = finish(used.evaluate(centers, prices, spacing, TEMPERATURE))
      expect(again.value).toBe(fresh.value)
      expect(again.gradient).toEqual(fresh.gradient)
      expect(again.diagonal).toEqual(fresh.diagonal)
      expect(matrixOf(again, problem.k, problem.measureCount)).toEqual(matrixOf(fresh, problem.k, problem.measureCount))
    }
  })
})

test("a Newton step solves its damped system", () => {
  for (const { problem, centers, prices, spacing } of cases) {
    const { k, measureCount: M } = problem
    const evaluation = finish(createSmoothDual(problem).evaluate(centers, prices, spacing, TEMPERATURE))
    const matrix = matrixOf(evaluation, k, M)
    const damping = 1e-2
    const mean = matrix.reduce((sum, row, r) => sum + row[r], 0) / (k * M)
    const step = newtonStep(evaluation, k, M, damping, 500)
    const largest = Math.max(...evaluation.gradient.map(Math.abs))
    matrix.forEach((row, r) => {
      const image = row.reduce((sum, h, q) => sum + h * step[q], 0) + damping * (row[r] + 0.01 * mean) * step[r]
      // conjugate gradients stop at 1e-12 of the squared residual
      expect(Math.abs(image - evaluation.gradient[r])).toBeLessThan(1e-4 * (largest + 1e-12))
    })
  }
})

test("ascent raises the value and ends where the gradient is within tolerance", () => {
  let converged = 0
  const feasible = cases.filter(({ problem }) => problem.upper.every((u, r) => u >= problem.lower[r] + 1e-3))
  for (const { problem, centers, spacing } of feasible) {
    const dual = createSmoothDual(problem)
    const prices = new Float64Array(problem.k * problem.measureCount)
    const before = finish(dual.evaluate(centers, prices, spacing, TEMPERATURE)).value
    const after = finish(smoothAscent(dual, problem, centers, prices, spacing, TEMPERATURE, 1e-6, 60))
    expect(after.value).toBeGreaterThanOrEqual(before)
    expect(after.value).toBe(finish(dual.evaluate(centers, prices, spacing, TEMPERATURE)).value)
    if (Math.max(...after.gradient.map(Math.abs)) <= 1e-6) converged++
  }
  // the others are infeasible for all accounts together: their value grows without end
  expect(converged).toBeGreaterThan(feasible.length / 3)
})
