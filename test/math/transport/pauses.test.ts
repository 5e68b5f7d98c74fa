import { expect, test } from "vitest"
import { createRandom } from "../../../src/math/random.js"
import { findCandidates } from "../../../src/math/transport/candidates.js"
import { descendCost } from "../../../src/math/transport/descend.js"
import type { Split } from "../../../src/math/transport/read-splits.js"
import { repairViolations } from "../../../src/math/transport/repair.js"
import { settleForest } from "../../../src/math/transport/settle-forest.js"
import type { TransportProblem } from "../../../src/math/transport/transport-problem.js"
import { createWholePlan, type WholePlan } from "../../../src/math/transport/whole-plan.js"
import { finish } from "./random-problem.js"

/** Responsiveness is counted in work, not in time: pauses of the machines that make a plan whole and cheaper. */
function pausesOf(steps: Generator<undefined, unknown>): number {
  let pauses = 0
  while (steps.next().done !== true) pauses++
  return pauses
}

/**
 * Accounts of 1 on a line of towns, all of each town with its own territory: so many more in every second town that it is outside.
 * Every 256th is locked: a pause must not depend on which accounts have a choice.
 */
function planOf(k: number, perTown: number, more: number): { plan: WholePlan; prices: Float64Array } {
  const random = createRandom(k)
  const towns = Array.from({ length: k }, (_, t) => new Array<number>(perTown + (t % 2 === 0 ? more : -more)).fill(t)).flat()
  const n = towns.length
  const ones = new Float64Array(n).fill(k / n)
  const problem: TransportProblem = {
    n, k, measureCount: 1, dimension: 2, points: Float64Array.from(towns.flatMap((town) => [town + 0.9 * random(), random()])), radius: 0, power: 2, weights: ones, activities: ones,
    lower: new Float64Array(k).fill(0.99), upper: new Float64Array(k).fill(1.01), lockedTo: Int32Array.from(towns, (town, i) => (i % 256 === 0 ? town : -1)),
  }
  const prices = new Float64Array(k)
  const centers = Float64Array.from({ length: 2 * k }, (_, d) => (d % 2 === 0 ? d / 2 + 0.45 : 0.5))
  const candidates = finish(findCandidates(problem, centers, prices, new Float64Array(k).fill(1), 1))
  return { plan: createWholePlan(problem, candidates, Int32Array.from(towns)), prices }
}

test("hundreds of small trees of divided accounts are settled with a pause after every 64 territories", () => {
  const { plan, prices } = planOf(600, 10, 1)
  // one account between every two neighbors: 300 trees of two
  const splits = Array.from({ length: 300 }, (_, tree): Split => ({ account: plan.entry.findIndex((e) => plan.candidates.territory[e] === 2 * tree), territories: [2 * tree, 2 * tree + 1], shares: [0.5, 0.5] }))
  expect(pausesOf(settleForest(plan, splits, prices))).toBeGreaterThanOrEqual(4)
})

test("a search at large territories pauses by what it has looked at, not only after 200 moves", () => {
  const { plan, prices } = planOf(4, 30_000, 400)
  // a move looks at 30,000 accounts and 4,000 swaps
  const moves = 40
  expect(pausesOf(repairViolations(plan, prices, new Float64Array(4).fill(1), createRandom(1), moves))).toBeGreaterThanOrEqual(4)
})

test("a descent pauses while it sorts, and after every few hundred accounts that have a choice, wherever these stand", () => {
  const { plan, prices } = planOf(4, 30_000, 0)
  const { start } = plan.candidates
  const choices = plan.entry.reduce((sum, _, i) => sum + (start[i + 1] - start[i] > 1 ? 1 : 0), 0)
  expect(choices).toBeGreaterThan(100_000)
  expect(pausesOf(descendCost(plan, prices, 1))).toBeGreaterThan(choices / 256)
})
