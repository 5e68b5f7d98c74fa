import { expect, test } from "vitest"
import { fewestCandidates, findCandidates, priceOut } from "../../../src/math/transport/candidates.js"
import { dualSimplex } from "../../../src/math/transport/dual-simplex.js"
import { createSimplexSource } from "../../../src/math/transport/simplex-source.js"
import type { TransportVertex } from "../../../src/math/transport/transport-vertex.js"
import { createOracle } from "../highs-oracle.js"
import { asLp, INSIDE, largestViolation, SAME, sharesOf } from "./written-out.js"
import { finish, randomProblem } from "./random-problem.js"

test("600 random problems: the verdict and the optimum of HiGHS, as proven bound and as divided plan", async () => {
  const oracle = await createOracle()
  const wrong: unknown[] = []
  const count = { optimal: 0, infeasible: 0, split: 0 }
  for (let seed = 0; seed < 600; seed++) {
    const { problem, centers, prices } = randomProblem(seed, seed % 3 === 2)
    const startPrices = seed % 2 === 0 ? prices : new Float64Array(prices.length)
    const candidates = finish(findCandidates(problem, centers, startPrices, new Float64Array(problem.k).fill(1), Infinity))
    const vertex = finish(dualSimplex(problem, centers, candidates, startPrices, 5000))
    const lp = asLp(problem, candidates)
    const theirs = oracle(lp)
    if (theirs.status === "infeasible") {
      count.infeasible++
      if (vertex.status !== "infeasible") wrong.push({ seed, theirs, status: vertex.status })
      continue
    }
    count.optimal++
    count.split += vertex.splits.length
    const shares = sharesOf(problem, candidates, vertex)
    const cost = candidates.cost.reduce((sum, c, e) => sum + c * shares[e], 0)
    const { bound } = finish(priceOut(problem, centers, vertex.prices, candidates, 0))
    const close = (value: number): boolean => Math.abs(value - theirs.objective) <= SAME * (1 + Math.abs(theirs.objective))
    const violation = largestViolation(lp, shares)
    const fine = theirs.status === "optimal" && vertex.status === "optimal" && close(bound) && close(cost) && violation <= INSIDE && vertex.splits.length <= problem.k * problem.measureCount
    if (!fine) wrong.push({ seed, theirs, status: vertex.status, bound, cost, violation })
  }
  expect(wrong).toEqual([])
  expect(count.optimal).toBeGreaterThan(300)
  expect(count.infeasible).toBeGreaterThan(70)
  expect(count.split).toBeGreaterThan(300)
})

test("from a few candidates, with all pairs as a source: the verdict and the optimum of all pairs", () => {
  const count = { optimal: 0, infeasible: 0 }
  for (let seed = 0; seed < 400; seed++) {
    const { problem, centers, prices } = randomProblem(seed, seed % 2 === 1)
    const all = finish(findCandidates(problem, centers, prices, new Float64Array(problem.k).fill(1), Infinity))
    const known = finish(dualSimplex(problem, centers, all, prices, 5000))
    const few = fewestCandidates(problem, prices, all, 1 + (seed % 2))
    const source = createSimplexSource(problem, centers, 1e-13)
    const vertex = finish(dualSimplex(problem, centers, few, prices, 5000, source))
    expect(vertex.status, `seed ${seed}`).toBe(known.status)
    if (known.status !== "optimal") {
      count.infeasible++
      continue
    }
    count.optimal++
    const { bound } = finish(priceOut(problem, centers, known.prices, all, 0))
    expect(Math.abs(source.provenBound() - bound), `seed ${seed}`).toBeLessThanOrEqual(SAME * (1 + Math.abs(bound)))
  }
  expect(count.optimal).toBeGreaterThan(200)
  expect(count.infeasible).toBeGreaterThan(50)
})

test("an infeasible problem comes with a ray of prices along which the bound grows without end", () => {
  let rays = 0
  for (let seed = 0; seed < 200; seed++) {
    const { problem, centers, prices } = randomProblem(seed)
    const candidates = finish(findCandidates(problem, centers, prices, new Float64Array(problem.k).fill(1), Infinity))
    const { ray, status, prices: last } = finish(dualSimplex(problem, centers, candidates, prices, 5000))
    if (status !== "infeasible" || ray === null) continue
    rays++
    const boundAt = (step: number): number => finish(priceOut(problem, centers, last.map((price, r) => price + step * ray[r]), candidates, 0)).bound
    const length = Math.max(...ray.map(Math.abs))
    // far out every account has settled: the bound is a straight line there, and it rises
    const [near, far] = [1e5 / length, 2e5 / length]
    expect((boundAt(far) - boundAt(near)) / (far - near)).toBeGreaterThan(1e-9 * length)
  }
  expect(rays).toBeGreaterThan(10)
})

test("where the prices start changes nothing about the optimum", () => {
  let solved = 0
  for (let seed = 0; seed < 200; seed++) {
    const { problem, centers, prices } = randomProblem(seed, seed % 2 === 1)
    const zero = new Float64Array(prices.length)
    const candidates = finish(findCandidates(problem, centers, zero, new Float64Array(problem.k).fill(1), Infinity))
    const from = (start: Float64Array): TransportVertex => finish(dualSimplex(problem, centers, candidates, start, 5000))
    const cold = from(zero)
    const bound = (vertex: TransportVertex): number => finish(priceOut(problem, centers, vertex.prices, candidates, 0)).bound
    for (const start of [prices, cold.prices, prices.map((price) => 1000 * price)]) {
      const other = from(start)
      expect(other.status).toBe(cold.status)
      if (cold.status === "optimal") {
        expect(Math.abs(bound(other) - bound(cold))).toBeLessThanOrEqual(SAME * (1 + Math.abs(bound(cold))))
        solved++
      }
    }
  }
  expect(solved).toBeGreaterThan(100)
})

test("the pivot limit is a status of its own", () => {
  const limited = Array.from({ length: 50 }, (_, seed) => {
    const { problem, centers, prices } = randomProblem(seed)
    const candidates = finish(findCandidates(problem, centers, prices, new Float64Array(problem.k).fill(1), Infinity))
    return finish(dualSimplex(problem, centers, candidates, prices, 1))
  })
  expect(limited.filter((vertex) => vertex.status === "work-limit").length).toBeGreaterThan(20)
  for (const { pivots, splits } of limited) {
    expect(pivots).toBeLessThanOrEqual(1)
    for (const { shares } of splits) expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
  }
})
