import { beforeAll, describe, expect, it } from "vitest"
import { allCentersBound } from "../../../src/math/bound/all-centers-bound.js"
import { plainBound } from "../../../src/math/bound/plain-bound.js"
import { createSiteProblem, type SiteProblem } from "../../../src/math/bound/site-problem.js"
import { createSitePricer } from "../../../src/math/bound/site-pricer.js"
import type { LpProblem } from "../../../src/math/lp/lp-problem.js"
import { costOfSquare, squareBetween, type TransportProblem } from "../../../src/math/transport/transport-problem.js"
import { seeded } from "../../helpers/random-accounts"
import { createOracle, type OracleAnswer } from "../highs-oracle.js"

let solve: (problem: LpProblem) => OracleAnswer
beforeAll(async () => {
  solve = await createOracle()
})

/** Accounts in a unit square, measures that sum to k, windows of 5 to 40 %, in half of the cases only from above. */
function randomProblem(seed: number, n: number, k: number, M: number): TransportProblem {
  const random = seeded(seed)
  const activities = Float64Array.from({ length: n * M }, () => 0.2 + random())
  for (let m = 0; m < M; m++) {
    let total = 0
    for (let i = 0; i < n; i++) total += activities[i * M + m]
    for (let i = 0; i < n; i++) activities[i * M + m] *= k / total
  }
  const width = 0.05 + 0.35 * random()
  return {
    n,
    k,
    measureCount: M,
    dimension: 2,
    points: Float64Array.from({ length: 2 * n }, () => 3 * random()),
    radius: 0,
    power: seed % 3 === 0 ? 1 : 2,
    weights: Float64Array.from({ length: n }, () => random()),
    activities,
    lower: new Float64Array(k * M).fill(seed % 2 === 0 ? 0 : 1 - width),
    upper: new Float64Array(k * M).fill(1 + width),
    lockedTo: new Int32Array(n).fill(-1),
  }
}

function run<T>(machine: Generator<undefined, T>): T {
  for (;;) {
    const step = machine.next()
    if (step.done === true) return step.value
  }
}

function siteCost(problem: SiteProblem, i: number, s: number): number {
  return problem.weights[i] * costOfSquare(squareBetween(problem.points, i, problem.sitePoints, s, problem.dimension), problem.power, problem.radius)
}

/** The linear relaxation of the Hess model as HiGHS solves it: y_is <= x_s, an open site holds its own account. */
function relaxation(problem: SiteProblem): number {
  const { n, measureCount: M, siteCount: S, classes, activities } = problem
  const [{ count, lower, upper, mayBeEmpty }] = classes
  const rows: LpProblem["rows"][number][] = []
  const objective: number[] = []
  for (let s = 0; s < S; s++) for (let i = 0; i < n; i++) objective[s * n + i] = siteCost(problem, i, s)
  for (let i = 0; i < n; i++) rows.push({ columns: Array.from({ length: S }, (_, s) => s * n + i), coefficients: new Array<number>(S).fill(1), lower: 1, upper: 1 })
  const open = Array.from({ length: S }, (_, s) => s * n + s)
  rows.push({ columns: open, coefficients: new Array<number>(S).fill(1), lower: mayBeEmpty ? 0 : count, upper: count })
  for (let s = 0; s < S; s++) {
    for (let i = 0; i < n; i++) if (i !== s) rows.push({ columns: [s * n + i, s * n + s], coefficients: [1, -1], lower: -Infinity, upper: 0 })
    for (let m = 0; m < M; m++) {
      const columns = Array.from({ length: n }, (_, i) => s * n + i)
      for (const [bound, sign] of [[lower[m], 1], [upper[m], -1]] as const) {
        const coefficients = columns.map((_, i) => sign * (activities[i * M + m] - (i === s ? bound : 0)))
        rows.push({ columns, coefficients, lower: 0, upper: Infinity })
      }
    }
  }
  const answer = solve({ objective, rows })
  return answer.status === "optimal" ? answer.objective : Infinity
}

describe("the bound over all centers", () => {
  it("is the optimum of the linear relaxation, or a little less: against HiGHS", () => {
    let compared = 0
    for (let seed = 0; seed < 12; seed++) {
      const M = seed % 4 === 3 ? 2 : 1
      const problem = createSiteProblem(randomProblem(seed, 14 + (seed % 5), 3, M), new Uint8Array(3), new Float64Array(6))
      const optimum = relaxation(problem)
      if (!(optimum < Infinity)) continue
      compared++
      // nothing is known beforehand, so that no site is left out
      const bound = run(allCentersBound(problem, new Float64Array(problem.n).fill(0.1), new Float64Array(problem.siteCount * M), optimum, false, 1e9, () => false))
      expect(bound).toBeLessThanOrEqual(optimum * (1 + 1e-7))
      // the softening leaves a little, and two prices of a site are found one after the other
      expect(bound).toBeGreaterThan(optimum * (M === 1 ? 0.999 : 0.98))
    }
    expect(compared).toBeGreaterThan(8)
  })

  it("holds for any worths and prices", () => {
    for (let seed = 0; seed < 12; seed++) {
      const random = seeded(seed + 100)
      const M = 1 + (seed % 2)
      const problem = createSiteProblem(randomProblem(seed, 12, 3, M), new Uint8Array(3), new Float64Array(6))
      const optimum = relaxation(problem)
      const sites = Array.from({ length: problem.siteCount }, (_, s) => s)
      for (let draw = 0; draw < 40; draw++) {
        const size = 10 ** (-3 + 5 * random())
        const worths = Float64Array.from({ length: problem.n }, () => size * (random() - 0.3))
        const prices = Float64Array.from({ length: problem.siteCount * M }, () => size * (random() - 0.5))
        expect(run(plainBound(problem, sites, worths, prices)).value).toBeLessThanOrEqual(optimum * (1 + 1e-7))
      }
    }
  })

  it("prices sites as well as the plain bound can check, and never better", () => {
    for (let seed = 0; seed < 10; seed++) {
      const random = seeded(seed + 200)
      const M = 1 + (seed % 2)
      const problem = createSiteProblem(randomProblem(seed, 60, 4, M), new Uint8Array(4), new Float64Array(8))
      const worths = Float64Array.from({ length: problem.n }, (_, i) => problem.weights[i] * 2 * random())
      const pricer = createSitePricer(problem)
      pricer.setWorths(worths)
      const values = Float64Array.from({ length: problem.siteCount }, (_, s) => pricer.priceSite(s))
      for (let s = 0; s < problem.siteCount; s++) {
        const total = worths.reduce((sum, worth) => sum + worth, 0)
        const one = { ...problem, classes: [{ ...problem.classes[0], count: 1, mayBeEmpty: false }] }
        expect(run(plainBound(one, [s], worths, pricer.prices)).value - total).toBeCloseTo(values[s], 8)
        // no other price proves more, with one measure
        if (M > 1) continue
        const other = pricer.prices.slice()
        other[s] += 0.2 * (random() - 0.5)
        expect(run(plainBound(one, [s], worths, other)).value - total).toBeLessThanOrEqual(values[s] + 1e-9)
      }
    }
  })

  it("joins territories of similar bounds where there are too many kinds, and gives the class room for all", () => {
    const problem = randomProblem(1, 10, 5, 1)
    const unequal = { ...problem, lower: Float64Array.of(0.5, 0.6, 0.7, 0.8, 0.2), upper: Float64Array.of(1.1, 1.2, 1.3, 1.4, 1.5), lockedTo: Int32Array.from({ length: 10 }, (_, i) => (i === 0 ? 4 : -1)) }
    expect(createSiteProblem(unequal, new Uint8Array(5), new Float64Array(10)).classes.length).toBe(5)
    const joined = createSiteProblem(unequal, new Uint8Array(5), new Float64Array(10), 20)
    expect(joined.classes.length).toBe(2)
    expect(joined.classes.reduce((sum, { count }) => sum + count, 0)).toBe(5)
    for (const { holdsLocked, count, lower, upper } of joined.classes) {
      if (count > 1) expect(holdsLocked).toBe(false)
      expect(upper[0]).toBeGreaterThan(lower[0])
    }
    expect(Math.min(...joined.classes.map(({ lower }) => lower[0]))).toBeCloseTo(0.2, 10)
  })
})
