import solver from "javascript-lp-solver"
import { beforeAll, describe, expect, test } from "vitest"
import type { LpProblem, LpRow } from "../../../src/math/lp/lp-problem.js"
import type { LpClaim } from "../../../src/math/lp/run-simplex.js"
import { runSimplex } from "../../../src/math/lp/run-simplex.js"
import { solveLp, type LpResult } from "../../../src/math/lp/solve-lp.js"
import { createRandom } from "../../../src/math/random.js"
import { createOracle } from "../highs-oracle.js"
import { KINDS, randomLp } from "./random-lp.js"

/** A row over all variables. */
const row = (coefficients: number[], lower: number, upper: number): LpRow => ({ columns: coefficients.map((_, j) => j), coefficients, lower, upper })

/** Two factories and three plants (Hillier & Lieberman, Introduction to Operations Research, the Wyndor Glass example). */
const wyndor: LpProblem = { objective: [-3, -5], rows: [row([1, 0], -Infinity, 4), row([0, 2], -Infinity, 12), row([3, 2], -Infinity, 18)] }

type Optimal = Extract<LpResult, { status: "optimal" }>
const optimum = (problem: LpProblem): Optimal => {
  const result = solveLp(problem)
  expect(result.status).toBe("optimal")
  return result as Optimal
}

/** Two solvers on one program in double precision; both stop at about 1e-9 in scaled units. */
const SAME = 1e-8
const closeTo = (a: number, b: number, size = 0): boolean => Math.abs(a - b) <= SAME * (Math.abs(b) + size)
const costSize = (problem: LpProblem): number => Math.max(0, ...Array.from(problem.objective, Math.abs))

describe("against HiGHS", () => {
  let oracle: Awaited<ReturnType<typeof createOracle>>
  beforeAll(async () => {
    oracle = await createOracle()
  })

  test.each(KINDS)("60 programs, %s: the same verdict and the same optimum", (kind) => {
    const wrong: unknown[] = []
    let solved = 0
    for (let seed = 0; seed < 60; seed++) {
      const problem = randomLp(kind, seed)
      const mine = solveLp(problem)
      const theirs = oracle(problem)
      const sameVerdict = mine.status === theirs.status || (theirs.status === "infeasible-or-unbounded" && (mine.status === "infeasible" || mine.status === "unbounded"))
      const sameValue = mine.status !== "optimal" || closeTo(mine.objective, theirs.objective, costSize(problem))
      if (!sameVerdict || !sameValue) wrong.push({ seed, mine, theirs })
      if (mine.status === "optimal") solved++
    }
    expect(wrong).toEqual([])
    expect(solved).toBeGreaterThan(10)
  })

  test("the random programs are of all three sorts", () => {
    const seen = new Set(KINDS.flatMap((kind) => Array.from({ length: 60 }, (_, seed) => oracle(randomLp(kind, seed)).status)))
    expect(seen).toContain("optimal")
    expect(seen).toContain("infeasible")
    expect([...seen].some((status) => status === "unbounded" || status === "infeasible-or-unbounded")).toBe(true)
  })
})

describe("what comes back", () => {
  test("a textbook program: values, objective, and duals as the change per unit of a bound", () => {
    const { objective, values, duals } = optimum(wyndor)
    expect(objective).toBeCloseTo(-36, 9)
    expect(Array.from(values, (x) => Math.round(x * 1e9) / 1e9)).toEqual([2, 6])
    expect(Array.from(duals, (y) => Math.round(y * 1e9) / 1e9 + 0)).toEqual([0, -1.5, -1])
  })

  test("duals price small changes of the bounds rightly, wherever both neighbours have the same duals", () => {
    let checked = 0
    for (let seed = 0; seed < 40; seed++) {
      const problem = randomLp("plain", seed)
      const base = solveLp(problem)
      if (base.status !== "optimal") continue
      for (let r = 0; r < problem.rows.length; r++) {
        const shifted = (by: number): LpResult => solveLp({ ...problem, rows: problem.rows.map((old, q) => (q === r ? { ...old, lower: old.lower + by, upper: old.upper + by } : old)) })
        const [up, down] = [shifted(1e-4), shifted(-1e-4)]
        if (up.status !== "optimal" || down.status !== "optimal" || Math.abs(up.duals[r] - down.duals[r]) > 1e-9) continue
        // the objective is piecewise linear in a bound: within one piece the difference is exact to rounding / 2e-4
        expect((up.objective - down.objective) / 2e-4).toBeCloseTo(base.duals[r], 6)
        checked++
      }
    }
    expect(checked).toBeGreaterThan(50)
  })

  test("multipliers of an infeasible program ask for more than the variables can give", () => {
    // x + y <= 1 and x + 2 y >= 3 with y <= 1
    const problem: LpProblem = { objective: [1, 1], upper: [Infinity, 1], rows: [row([1, 1], -Infinity, 1), row([1, 2], 3, Infinity)] }
    const result = solveLp(problem)
    expect(result.status).toBe("infeasible")
    const [a, b] = (result as Extract<LpResult, { status: "infeasible" }>).multipliers
    expect(a).toBeLessThan(0)
    expect(b).toBeGreaterThan(0)
    // a (x + y) + b (x + 2 y) must reach a + 3 b, and is at most max(0, a + b) x + max(0, a + 2 b) with x without bound
    expect(a + b).toBeLessThanOrEqual(1e-9)
    expect(Math.max(0, a + 2 * b)).toBeLessThan(a + 3 * b - 1e-9)
  })

  test("an unbounded program comes with a feasible point and a direction", () => {
    const result = solveLp({ objective: [-1, 0], rows: [row([1, -1], -Infinity, 2)] })
    expect(result.status).toBe("unbounded")
    const { values, ray } = result as Extract<LpResult, { status: "unbounded" }>
    for (const step of [0, 1, 1000]) expect(values[0] + step * ray[0] - values[1] - step * ray[1]).toBeLessThanOrEqual(2 + 1e-9)
    expect(ray[0]).toBeGreaterThan(0)
    expect(ray[1]).toBeGreaterThanOrEqual(0)
  })

  test("bounds that contradict each other are infeasible, of a row as of a variable", () => {
    expect(solveLp({ objective: [1], rows: [row([1], 3, 2)] }).status).toBe("infeasible")
    expect(solveLp({ objective: [1], lower: [3], upper: [2], rows: [] }).status).toBe("infeasible")
  })

  test("nothing to decide", () => {
    expect(solveLp({ objective: [], rows: [] })).toMatchObject({ status: "optimal", objective: 0 })
    expect(solveLp({ objective: [], rows: [{ columns: [], coefficients: [], lower: 1, upper: 2 }] }).status).toBe("infeasible")
    expect(solveLp({ objective: [1, 0], rows: [] })).toMatchObject({ status: "optimal", objective: 0 })
    expect(solveLp({ objective: [-1], rows: [] }).status).toBe("unbounded")
  })

  test("a program on which the simplex method with the usual rule cycles (Beale 1955) has its optimum -1/20", () => {
    const beale: LpProblem = {
      objective: [-0.75, 150, -0.02, 6],
      rows: [row([0.25, -60, -0.04, 9], -Infinity, 0), row([0.5, -90, -0.02, 3], -Infinity, 0), row([0, 0, 1, 0], -Infinity, 1)],
    }
    expect(optimum(beale).objective).toBeCloseTo(-0.05, 9)
  })

  test("the input is left alone, and the solver's module remembers nothing", () => {
    const problem = { ...wyndor, lower: [0, 0], upper: [Infinity, 10] }
    const before = JSON.stringify(problem)
    optimum(problem)
    expect(JSON.stringify(problem)).toBe(before)
    expect(solver.lastSolvedModel).toBeNull()
  })
})

describe("relations", () => {
  const programs = KINDS.flatMap((kind) => Array.from({ length: 25 }, (_, seed) => randomLp(kind, 1000 + seed)))
  const expectSame = (change: (problem: LpProblem, seed: number) => LpProblem, factor = 1): void => {
    const wrong: unknown[] = []
    programs.forEach((problem, seed) => {
      const before = solveLp(problem)
      const after = solveLp(change(problem, seed))
      const same = before.status === after.status && (before.status !== "optimal" || closeTo((after as Optimal).objective, factor * before.objective, factor * costSize(problem)))
      if (!same) wrong.push({ seed, before, after })
    })
    expect(wrong).toEqual([])
  }

  test("a row in another unit is the same row", () => {
    expectSame((problem) => ({
      ...problem,
      rows: problem.rows.map(({ columns, coefficients, lower, upper }, r) => {
        const unit = [1e-3, 7, 1e4][r % 3]
        return { columns, coefficients: Array.from(coefficients, (a) => a * unit), lower: lower * unit, upper: upper * unit }
      }),
    }))
  })

  test("a constraint that stands twice changes nothing", () => {
    expectSame((problem) => ({ ...problem, rows: [...problem.rows, ...problem.rows.slice(0, 2)] }))
  })

  test("variables and rows in another order are the same program", () => {
    expectSame((problem, seed) => {
      const random = createRandom(seed)
      const n = problem.objective.length
      const place = Array.from({ length: n }, (_, j) => ({ j, key: random() })).sort((a, b) => a.key - b.key).map(({ j }) => j)
      const to = new Int32Array(n)
      place.forEach((j, at) => (to[j] = at))
      const moved = (numbers: ArrayLike<number>): number[] => place.map((j) => numbers[j])
      return {
        objective: moved(problem.objective),
        rows: problem.rows.map((old) => ({ ...old, columns: Array.from(old.columns, (j) => to[j]) })).reverse(),
        ...(problem.lower === undefined ? {} : { lower: moved(problem.lower) }),
        ...(problem.upper === undefined ? {} : { upper: moved(problem.upper) }),
      }
    })
  })

  test("costs in cents are a hundred times the dollars", () => {
    expectSame((problem) => ({ ...problem, objective: Array.from(problem.objective, (c) => 100 * c) }), 100)
  })

  test("minus the constraints of an equation are the same equation", () => {
    expectSame((problem) => ({
      ...problem,
      rows: problem.rows.map(({ columns, coefficients, lower, upper }) => ({ columns, coefficients: Array.from(coefficients, (a) => -a), lower: -upper, upper: -lower })),
    }))
  })
})

describe("what is refused", () => {
  test.each<[string, LpProblem, string]>([
    ["a cost that is NaN", { objective: [NaN], rows: [] }, "objective[0]"],
    ["an infinite cost", { objective: [1, Infinity], rows: [] }, "objective[1]"],
    ["a coefficient that is NaN", { objective: [1], rows: [row([NaN], 0, 1)] }, "rows[0].coefficients[0]"],
    ["an infinite coefficient", { objective: [1], rows: [row([1], 0, 1), row([-Infinity], 0, 1)] }, "rows[1].coefficients[0]"],
    ["a bound that is NaN", { objective: [1], rows: [row([1], NaN, 1)] }, "lower bound of rows[0]"],
    ["a lower bound of Infinity", { objective: [1], rows: [row([1], Infinity, Infinity)] }, "lower bound of rows[0]"],
    ["an upper bound of -Infinity", { objective: [1], rows: [], upper: [-Infinity] }, "upper bound of variable 0"],
    ["bounds for other variables", { objective: [1, 2], rows: [], lower: [0] }, "lower"],
    ["too few coefficients", { objective: [1, 2], rows: [{ columns: [0, 1], coefficients: [1], lower: 0, upper: 1 }] }, "rows[0].coefficients"],
    ["a variable that does not exist", { objective: [1], rows: [{ columns: [1], coefficients: [1], lower: 0, upper: 1 }] }, "rows[0].columns[0]"],
    ["a variable that stands twice", { objective: [1], rows: [{ columns: [0, 0], coefficients: [1, 1], lower: 0, upper: 1 }] }, "rows[0].columns[1]"],
  ])("%s", (_, problem, place) => {
    expect(() => solveLp(problem)).toThrow(RangeError)
    expect(() => solveLp(problem)).toThrow(place)
  })

  test.each<[string, LpProblem]>([
    ["251 rows", { objective: [1], rows: Array.from({ length: 251 }, () => row([1], 0, 1)) }],
    ["4,001 variables", { objective: new Float64Array(4001), rows: [] }],
    ["4,000 variables with upper bounds: 4,000 lines more", { objective: new Float64Array(4000), upper: new Float64Array(4000), rows: [] }],
  ])("too large, without a call: %s", (_, problem) => {
    const refuse = (): never => expect.unreachable()
    expect(solveLp(problem, refuse)).toEqual({ status: "failed", reason: "too-large" })
  })

  test("after too many pivots the machine stops", () => {
    expect(solveLp(wyndor, (lp) => runSimplex(lp, 1))).toEqual({ status: "failed", reason: "work-limit" })
  })

  test("numbers near the end of double precision never make a wrong answer", () => {
    for (const huge of [1e200, 1e300]) {
      const result = solveLp({ objective: [huge, -1], rows: [row([huge, 1 / huge], huge, Infinity), row([1, huge], -Infinity, 1)] })
      // x >= 1, and y has room for 1 / huge at most: the first cost alone counts
      expect(result.status === "failed" || (result.status === "optimal" && closeTo(result.objective, huge))).toBe(true)
    }
  })
})

describe("a machine that lies is not believed", () => {
  const honest = (lp: Parameters<typeof runSimplex>[0]): Extract<LpClaim, { claim: "optimal" }> => runSimplex(lp, 1000) as Extract<LpClaim, { claim: "optimal" }>
  const bounded: LpProblem = { ...wyndor, upper: [50, 50] }

  test.each<[string, typeof runSimplex]>([
    ["values that meet no bounds", (lp) => ({ ...honest(lp), p: honest(lp).p.map((x) => 2 * x) })],
    ["values that meet all bounds but are not best", (lp) => ({ ...honest(lp), p: honest(lp).p.map((x) => 0.999 * x) })],
    ["values below 0", (lp) => ({ ...honest(lp), p: honest(lp).p.map((x) => -x) })],
    ["values that are NaN", (lp) => ({ ...honest(lp), p: honest(lp).p.fill(NaN) })],
    ["too few values", (lp) => ({ ...honest(lp), p: new Float64Array(0) })],
    ["multipliers that prove too little", (lp) => ({ ...honest(lp), y: honest(lp).y.map((y) => 0.999 * y) })],
    ["multipliers of the wrong sign", (lp) => ({ ...honest(lp), y: honest(lp).y.map((y) => -y) })],
    ["multipliers that are NaN", (lp) => ({ ...honest(lp), y: honest(lp).y.fill(NaN) })],
    ["multipliers that are infinite", (lp) => ({ ...honest(lp), y: honest(lp).y.fill(Infinity) })],
    ["a false `infeasible`", (lp) => ({ claim: "infeasible", y: new Float64Array(lp.bound.length).fill(1) })],
    ["an `infeasible` without reason", (lp) => ({ claim: "infeasible", y: new Float64Array(lp.bound.length) })],
    ["a false `unbounded`", (lp) => ({ claim: "unbounded", p: honest(lp).p, direction: new Float64Array(lp.cost.length).fill(1) })],
    ["an `unbounded` without direction", (lp) => ({ claim: "unbounded", p: honest(lp).p, direction: new Float64Array(lp.cost.length) })],
    ["an exception", () => expect.unreachable()],
  ])("%s", (_, machine) => {
    for (const problem of [wyndor, bounded]) expect(solveLp(problem, machine)).toEqual({ status: "failed", reason: "unproven" })
  })

  test("the honest machine is", () => {
    for (const problem of [wyndor, bounded]) expect(solveLp(problem, honest).status).toBe("optimal")
  })

  test("an `optimal` of an unbounded program has no multipliers that prove it", () => {
    const lie: typeof runSimplex = (lp) => ({ claim: "optimal", p: new Float64Array(lp.cost.length), y: new Float64Array(lp.bound.length) })
    expect(solveLp({ objective: [-1], rows: [row([-1], -Infinity, 5)] }, lie)).toEqual({ status: "failed", reason: "unproven" })
  })

  test("a second attempt without scaling is taken when the first goes wrong", () => {
    let calls = 0
    const once: typeof runSimplex = (lp, maxPivots) => (++calls === 1 ? { claim: "infeasible", y: new Float64Array(lp.bound.length) } : runSimplex(lp, maxPivots))
    expect(solveLp(wyndor, once).status).toBe("optimal")
    expect(calls).toBe(2)
  })
})
