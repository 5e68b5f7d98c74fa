import { expect, test } from "vitest"
import { nearTerritories } from "../../../src/math/index/account-tree.js"
import { createAccountTree, growAccountTree } from "../../../src/math/index/grow-account-tree.js"
import { createRandom } from "../../../src/math/random.js"
import { centerSpacing } from "../../../src/math/transport/center-spacing.js"
import { dualBound } from "../../../src/math/transport/dual-bound.js"
import { finishSteps } from "../../../src/model/in-pieces.js"
import { pairCost, squareBetween, type TransportProblem } from "../../../src/math/transport/transport-problem.js"

/** Several hundred accounts, some without weight, some locked, in a heavy-tailed mix of places and ratios. */
function problemOf(seed: number, onGlobe: boolean, power: 1 | 2): { problem: TransportProblem; centers: Float64Array; prices: Float64Array } {
  const random = createRandom(seed)
  const n = 600
  const k = 14
  const M = 1 + (seed % 3)
  const dimension = onGlobe ? 3 : 2
  const radius = onGlobe ? 20 : 0
  const place = (): number[] => {
    if (!onGlobe) return [8 * random() ** 2, 8 * random()]
    const direction = [random() - 0.5, random() - 0.5, 0.2 + random()]
    const length = Math.hypot(...direction)
    return direction.map((x) => (radius * x) / length)
  }
  const problem: TransportProblem = {
    n, k, measureCount: M, dimension, radius, power,
    points: Float64Array.from(Array.from({ length: n }, place).flat()),
    weights: Float64Array.from({ length: n }, () => (random() < 0.05 ? 0 : random() ** 3)),
    activities: Float64Array.from({ length: n * M }, () => random() ** 4),
    lower: new Float64Array(k * M),
    upper: new Float64Array(k * M).fill(k),
    lockedTo: Int32Array.from({ length: n }, () => (random() < 0.05 ? 3 : -1)),
  }
  const centers = Float64Array.from(Array.from({ length: k }, place).flat())
  const prices = Float64Array.from({ length: k * M }, () => 4 * (random() - 0.5))
  return { problem, centers, prices }
}

test("the tree holds every account with weight and without lock in exactly one leaf, and the others apart", () => {
  const { problem } = problemOf(1, false, 2)
  const tree = createAccountTree(problem)
  const leaves = Array.from({ length: tree.count }, (_, b) => b).filter((b) => tree.right[b] === 0)
  const inLeaves = leaves.flatMap((b) => [...tree.order.subarray(tree.from[b], tree.to[b])])
  expect([...inLeaves, ...tree.loose].sort((a, b) => a - b)).toEqual(Array.from({ length: problem.n }, (_, i) => i))
  for (const i of tree.loose) expect(problem.weights[i] === 0 || problem.lockedTo[i] >= 0).toBe(true)
  expect(leaves.length).toBeGreaterThan(10)
})

test("an account with next to no weight, whose activity per weight would be infinite, stands apart: boxes stay finite and the bound what it is", () => {
  for (const weight of [1e-310, 1e-200, Number.MIN_VALUE]) {
    const { problem, centers, prices } = problemOf(1, false, 2)
    for (let i = 0; i < problem.n; i += 50) problem.weights[i] = weight
    problem.activities.fill(0.5, 0, 2)
    const tree = createAccountTree(problem)
    expect([...tree.low, ...tree.high].every(Number.isFinite)).toBe(true)
    const [plain, pruned] = [problem, { ...problem, tree }].map((one) => finishSteps(dualBound(one, centers, prices)))
    // sums of 600 terms of order one in another order
    expect(Math.abs(pruned - plain)).toBeLessThan(1e-10)
  }
})

test("every inner node is halved at the median along one side, ties to the smaller index; boxes fit, leaves ascend", () => {
  for (let seed = 0; seed < 12; seed++) {
    const { problem } = problemOf(seed, seed % 4 > 1, 2)
    // every third problem has many accounts at the same places
    if (seed % 3 === 0) problem.points.forEach((x, p) => (problem.points[p] = Math.round(x / 4) + 0))
    const { points, weights, activities, measureCount: M, dimension } = problem
    const tree = createAccountTree(problem)
    const D = dimension + M
    const sideOf = (i: number, d: number): number => (d < dimension ? points[i * dimension + d] : activities[i * M + d - dimension] / weights[i])
    expect([tree.from[0], tree.to[0]]).toEqual([0, tree.order.length])
    for (let b = 0; b < tree.count; b++) {
      const members = [...tree.order.subarray(tree.from[b], tree.to[b])]
      for (let d = 0; d < D; d++) {
        const reached = members.map((i) => sideOf(i, d))
        expect([tree.low[b * D + d], tree.high[b * D + d]]).toEqual([Math.min(...reached), Math.max(...reached)])
      }
      if (tree.right[b] === 0) {
        expect(members.length).toBeLessThanOrEqual(16)
        expect(members).toEqual([...members].sort((a, c) => a - c))
        continue
      }
      const left = b + 1
      const right = tree.right[b]
      const middle = (tree.from[b] + tree.to[b]) >> 1
      expect([tree.from[left], tree.to[left], tree.from[right], tree.to[right]]).toEqual([tree.from[b], middle, middle, tree.to[b]])
      const first = tree.order.subarray(tree.from[left], tree.to[left])
      const isHalved = Array.from({ length: D }, (_, d) => d).some((d) => {
        const inOrder = [...members].sort((a, c) => sideOf(a, d) - sideOf(c, d) || a - c)
        return [...first].sort((a, c) => a - c).join() === inOrder.slice(0, first.length).sort((a, c) => a - c).join()
      })
      expect(isHalved).toBe(true)
    }
  }
})

test("the tree pauses every few hundred thousand accounts, level by level, and is the same without pauses", () => {
  const random = createRandom(3)
  const n = 300_000
  const problem: TransportProblem = {
    n, k: 2, measureCount: 1, dimension: 2, radius: 0, power: 2,
    points: Float64Array.from({ length: 2 * n }, () => random()),
    weights: new Float64Array(n).fill(1),
    activities: new Float64Array(n).fill(1),
    lower: new Float64Array(2),
    upper: new Float64Array(2).fill(2),
    lockedTo: new Int32Array(n).fill(-1),
  }
  let pauses = 0
  const growth = growAccountTree(problem)
  for (let step = growth.next(); ; step = growth.next()) {
    if (step.done === true) {
      const { order } = createAccountTree(problem)
      expect(step.value.order.every((i, at) => i === order[at])).toBe(true)
      break
    }
    pauses++
  }
  // about one a level: log2(300,000 / 16) = 14
  expect(pauses).toBeGreaterThan(10)
})

test("a territory that is left out is far from every account of the node, on plane and globe, along chords and arcs", () => {
  let leftOut = 0
  for (let seed = 0; seed < 24; seed++) {
    const power = seed % 2 === 0 ? 2 : 1
    const { problem, centers, prices } = problemOf(seed, seed % 4 > 1, power)
    const { k, measureCount: M, dimension, weights, activities, radius } = problem
    const spacing = centerSpacing(centers, k, dimension, power)
    const tree = createAccountTree(problem)
    const everyone = Int32Array.from({ length: k }, (_, t) => t)
    const floor = new Float64Array(k)
    for (const arcs of [false, true]) {
      for (const reach of [0, 0.1]) {
        const descend = (node: number, given: Int32Array, givenCount: number): void => {
          const list = new Int32Array(k)
          const count = nearTerritories(problem, tree, node, centers, prices, spacing, reach, arcs, 0, given, givenCount, floor, list)
          const kept = new Set(list.subarray(0, count))
          for (let at = tree.from[node]; at < tree.to[node]; at++) {
            const i = tree.order[at]
            const reduced = Array.from({ length: k }, (_, t) => {
              const square = squareBetween(problem.points, i, centers, t, dimension)
              let f = arcs && radius > 0 ? pairCost(problem, centers, i, t) : weights[i] * (power === 2 ? square : Math.sqrt(square))
              for (let m = 0; m < M; m++) f -= prices[t * M + m] * activities[i * M + m]
              return f
            })
            const least = Math.min(...reduced)
            const best = reduced.indexOf(least)
            let size = weights[i]
            for (let m = 0; m < M; m++) size += activities[i * M + m]
            for (let t = 0; t < k; t++) {
              if (kept.has(t)) continue
              leftOut++
              if (!(reduced[t] >= least + reach * spacing[best] * size)) throw new Error(`seed ${seed}: territory ${t} is left out of node ${node}, but near account ${i}`)
            }
          }
          if (tree.right[node] > 0) {
            descend(node + 1, list, count)
            descend(tree.right[node], list, count)
          }
        }
        descend(0, everyone, k)
      }
    }
  }
  // or the lists would be of no use
  expect(leftOut).toBeGreaterThan(100_000)
})
