import { expect, test } from "vitest"
import { createAccountTree, nearTerritories } from "../../../src/math/index/account-tree.js"
import { createRandom } from "../../../src/math/random.js"
import { centerSpacing } from "../../../src/math/transport/center-spacing.js"
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
          const count = nearTerritories(problem, tree, node, centers, prices, spacing, reach, arcs, given, givenCount, floor, list)
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
