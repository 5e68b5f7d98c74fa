import { expect, test } from "vitest"
import { createRandom } from "../../../src/math/random.js"
import { findCandidates } from "../../../src/math/transport/candidates.js"
import { repairViolations } from "../../../src/math/transport/repair.js"
import type { TransportProblem } from "../../../src/math/transport/transport-problem.js"
import { unavoidableViolation } from "../../../src/math/transport/unavoidable-violation.js"
import { boundScale, createWholePlan, isAsGoodAsPossible, totalViolation, violationAt } from "../../../src/math/transport/whole-plan.js"
import { finish } from "./random-problem.js"

/** Accounts in a row on a plane, every measure scaled to the sum k, bounds within a share of 1. */
function problemOf(k: number, measures: readonly (readonly number[])[], tolerance: number, lockedTo: readonly number[] = []): TransportProblem {
  const M = measures.length
  const n = measures[0].length
  const totals = measures.map((values) => values.reduce((a, b) => a + b, 0))
  return {
    n,
    k,
    measureCount: M,
    dimension: 2,
    points: Float64Array.from({ length: 2 * n }, (_, d) => (d % 2 === 0 ? d : 0)),
    radius: 0,
    power: 2,
    weights: new Float64Array(n).fill(1),
    activities: Float64Array.from({ length: n * M }, (_, e) => (measures[e % M][Math.floor(e / M)] * k) / totals[e % M]),
    lower: new Float64Array(k * M).fill(1 - tolerance),
    upper: new Float64Array(k * M).fill(1 + tolerance),
    lockedTo: Int32Array.from({ length: n }, (_, i) => lockedTo[i] ?? -1),
  }
}

/** The least sum of violations of all k^n plans. */
function leastViolation(problem: TransportProblem): number {
  const { n, k, measureCount: M, activities, lockedTo } = problem
  const scale = boundScale(problem)
  let least = Infinity
  for (let code = 0; code < k ** n; code++) {
    const activity = new Float64Array(k * M)
    let isAllowed = true
    for (let i = 0, rest = code; i < n; i++, rest = Math.floor(rest / k)) {
      if (lockedTo[i] >= 0 && lockedTo[i] !== rest % k) isAllowed = false
      for (let m = 0; m < M; m++) activity[(rest % k) * M + m] += activities[i * M + m]
    }
    if (isAllowed) least = Math.min(least, activity.reduce((sum, own, r) => sum + violationAt({ problem, scale }, r, own), 0))
  }
  return least
}

test("no plan violates less, but for the hundredth of a shortage", () => {
  const random = createRandom(7)
  let exact = 0
  for (let round = 0; round < 300; round++) {
    const k = 2 + Math.floor(2 * random())
    const values = (): number[] => Array.from({ length: 6 }, () => (random() < 0.25 ? 2 + 4 * random() : random()))
    const problem = problemOf(k, random() < 0.5 ? [values()] : [values(), values()], 0.4 * random(), random() < 0.3 ? [0, -1, 0] : [])
    const unavoidable = unavoidableViolation(problem, boundScale(problem))
    const least = leastViolation(problem)
    expect(unavoidable / 1.01).toBeLessThanOrEqual(least + 1e-9)
    if (unavoidable > 0 && unavoidable >= least - 1e-9) exact++
  }
  // and it is of use: often there is no more than that
  expect(exact).toBeGreaterThan(50)
})

test("nothing is unavoidable where no account is heavier than a territory may be", () => {
  const problem = problemOf(2, [[1, 1, 1, 1, 1]], 0.1)
  expect(unavoidableViolation(problem, boundScale(problem))).toBe(0)
})

test("one giant: the search for whole accounts ends when the others are inside, and does not go on in vain", () => {
  const small = createRandom(3)
  // 5 territories: the giant is 1.3 of a target, the others have 0.925 each, within 10 %
  const others = Array.from({ length: 200 }, () => 0.5 + small())
  const sum = others.reduce((a, b) => a + b, 0)
  const problem = problemOf(5, [[(1.3 / 3.7) * sum, ...others]], 0.1)
  const candidates = finish(findCandidates(problem, Float64Array.from([40, 0, 120, 0, 200, 0, 280, 0, 360, 0]), new Float64Array(5), new Float64Array(5).fill(1), Infinity))
  const plan = createWholePlan(problem, candidates, Int32Array.from({ length: 201 }, (_, i) => Math.floor(i / 41)))
  expect(isAsGoodAsPossible(plan)).toBe(false)
  let draws = 0
  const drawing = createRandom(1)
  finish(repairViolations(plan, new Float64Array(5), new Float64Array(5).fill(80 ** 2), () => (draws++, drawing()), 20_000))
  expect(totalViolation(plan)).toBeCloseTo(0.2, 9)
  expect(isAsGoodAsPossible(plan)).toBe(true)
  // until its moves run out it draws 64,000 times
  expect(draws).toBeLessThan(20_000)
})
