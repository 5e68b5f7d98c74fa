import { expect, test } from "vitest"
import { meanCenters, medoidCenters } from "../../../src/math/cluster/center-of-members.js"
import { pairCost } from "../../../src/math/transport/transport-problem.js"
import { randomProblem } from "../transport/random-problem.js"
import { createRandom } from "../../../src/math/random.js"
import { finishSteps } from "../../../src/model/in-pieces.js"

const medoidsOf = (...parameters: Parameters<typeof medoidCenters>): Float64Array => finishSteps(medoidCenters(...parameters))

const cases = Array.from({ length: 100 }, (_, seed) => {
  const globe = seed % 2 === 1
  const { problem, centers } = randomProblem(seed, globe)
  return { problem, centers, owner: Int32Array.from({ length: problem.n }, (_, i) => (i * 7 + seed) % problem.k), fixed: new Uint8Array(problem.k) }
})

test("on the plane no other point has a smaller weighted sum of squares than the mean", () => {
  let compared = 0
  for (const { problem, centers, owner, fixed } of cases.filter(({ problem }) => problem.dimension === 2)) {
    const squares = { ...problem, power: 2 as const }
    const means = meanCenters(squares, owner, centers, fixed)
    const cost = (at: Float64Array, t: number): number => owner.reduce((sum, own, i) => sum + (own === t ? pairCost(squares, at, i, t) : 0), 0)
    for (let t = 0; t < problem.k; t++) {
      for (const [dx, dy] of [[0.01, 0], [-0.01, 0], [0, 0.01], [0, -0.01]]) {
        const moved = means.slice()
        moved[2 * t] += dx
        moved[2 * t + 1] += dy
        expect(cost(means, t)).toBeLessThanOrEqual(cost(moved, t) + 1e-12)
        compared++
      }
    }
  }
  expect(compared).toBeGreaterThan(100)
})

test("on the globe a mean lies on the sphere", () => {
  for (const { problem, centers, owner, fixed } of cases.filter(({ problem }) => problem.dimension === 3)) {
    const means = meanCenters(problem, owner, centers, fixed)
    for (let t = 0; t < problem.k; t++) expect(Math.hypot(means[3 * t], means[3 * t + 1], means[3 * t + 2])).toBeCloseTo(problem.radius, 12)
  }
})

test("a medoid is a member that serves the others at the least cost", () => {
  for (const { problem, centers, owner, fixed } of cases) {
    const medoids = medoidsOf(problem, owner, centers, fixed)
    for (let t = 0; t < problem.k; t++) {
      const members = Array.from(owner.keys()).filter((i) => owner[i] === t)
      if (members.length === 0) continue
      const costAt = (at: Float64Array): number => members.reduce((sum, i) => sum + pairCost(problem, at, i, t), 0)
      const tried = members.map((j) => {
        const at = medoids.slice()
        for (let d = 0; d < problem.dimension; d++) at[t * problem.dimension + d] = problem.points[j * problem.dimension + d]
        return costAt(at)
      })
      expect(costAt(medoids)).toBeCloseTo(Math.min(...tried), 10)
    }
  }
})

test("the medoid of a large territory is the best of the 30 members nearest to its center, nearest first", () => {
  const random = createRandom(9)
  const n = 900
  const points = Float64Array.from({ length: 2 * n }, () => random())
  const problem = { n, k: 2, dimension: 2 as const, points, radius: 0, power: 1 as const, weights: Float64Array.from({ length: n }, () => random()) }
  const owner = Int32Array.from({ length: n }, (_, i) => (i % 3 === 0 ? 1 : 0))
  const near = Float64Array.of(0.4, 0.5, 0.6, 0.5)
  const distance = (i: number, at: Float64Array, t: number): number => Math.hypot(points[2 * i] - at[2 * t], points[2 * i + 1] - at[2 * t + 1])
  const medoids = medoidsOf(problem, owner, near, new Uint8Array(2))
  for (let t = 0; t < 2; t++) {
    const members = Array.from(owner.keys()).filter((i) => owner[i] === t)
    const tried = [...members].sort((a, b) => distance(a, near, t) - distance(b, near, t)).slice(0, 30)
    const costs = tried.map((j) => members.reduce((sum, i) => sum + problem.weights[i] * distance(i, points, j), 0))
    const best = tried[costs.indexOf(Math.min(...costs))]
    expect([medoids[2 * t], medoids[2 * t + 1]]).toEqual([points[2 * best], points[2 * best + 1]])
  }
})

test("fixed centers and those of empty territories stay where they were", () => {
  const { problem, centers } = randomProblem(4)
  const owner = new Int32Array(problem.n)
  for (const move of [meanCenters, medoidsOf]) {
    expect(move(problem, owner, centers, new Uint8Array(problem.k).fill(1))).toEqual(centers)
    expect(move(problem, owner, centers, new Uint8Array(problem.k)).slice(2)).toEqual(centers.slice(2))
  }
})
