import { expect, test } from "vitest"
import { createRandom } from "../../../src/math/random.js"
import { cancelCycles } from "../../../src/math/transport/cancel-cycles.js"
import { findCandidates } from "../../../src/math/transport/candidates.js"
import type { Split } from "../../../src/math/transport/read-splits.js"
import { roundForest } from "../../../src/math/transport/round-forest.js"
import { shortestAugmentation } from "../../../src/math/transport/shortest-augmentation.js"
import { pairCost, type TransportProblem } from "../../../src/math/transport/transport-problem.js"
import { boundScale } from "../../../src/math/transport/whole-plan.js"
import { finish, randomProblem } from "./random-problem.js"

/** Sums of up to some hundred activities of order one. */
const ROUNDING = 1e-9

interface Divided {
  readonly problem: TransportProblem
  readonly costOf: (i: number, t: number) => number
  readonly owner: Int32Array
  readonly splits: readonly Split[]
}

/** Any division of some accounts among several territories each: as a rule with cycles, and no optimum of anything. */
function anyDivision(seed: number): Divided {
  const { problem, centers } = randomProblem(seed, false, 1)
  const random = createRandom(seed, 1)
  const owner = Int32Array.from({ length: problem.n }, () => Math.floor(random() * problem.k))
  const splits: Split[] = []
  for (let i = 0; i < problem.n; i++) {
    const territories = Array.from({ length: problem.k }, (_, t) => t).filter(() => random() < 0.5)
    if (problem.activities[i] === 0 || territories.length < 2 || random() < 0.5) continue
    const parts = territories.map(() => 0.05 + random())
    const sum = parts.reduce((a, b) => a + b)
    splits.push({ account: i, territories, shares: parts.map((part) => part / sum) })
  }
  return { problem, costOf: (i, t) => pairCost(problem, centers, i, t), owner, splits }
}

/** What the flow finds at the optimum; null where there is none. */
function optimalDivision(seed: number): Divided | null {
  const { problem, centers, prices } = randomProblem(seed, seed % 2 === 1, 1)
  const candidates = finish(findCandidates(problem, centers, prices, new Float64Array(problem.k).fill(1), Infinity))
  const { status, owner, splits } = finish(shortestAugmentation(problem, candidates, prices))
  return status === "optimal" ? { problem, costOf: (i, t) => pairCost(problem, centers, i, t), owner, splits } : null
}

/** The activity of every territory, and the cost. */
function sumsOf({ problem, costOf, owner, splits }: Divided): { activity: Float64Array; cost: number } {
  const activity = new Float64Array(problem.k)
  let cost = 0
  const add = (i: number, t: number, share: number): void => {
    activity[t] += share * problem.activities[i]
    cost += share * costOf(i, t)
  }
  const splitOf = new Map(splits.map((split) => [split.account, split]))
  owner.forEach((t, i) => {
    const split = splitOf.get(i)
    if (split === undefined) add(i, t, 1)
    else split.territories.forEach((other, p) => add(i, other, split.shares[p]))
  })
  return { activity, cost }
}

function isForest(splits: readonly Split[]): boolean {
  const root = new Map<string, string>()
  const find = (v: string): string => {
    const up = root.get(v) ?? v
    return up === v ? v : find(up)
  }
  for (const { account, territories } of splits) {
    for (const t of territories) {
      const [a, b] = [find(`account ${account}`), find(`territory ${t}`)]
      if (a === b) return false
      root.set(a, b)
    }
  }
  return true
}

function violationOf({ lower, upper }: TransportProblem, scale: Float64Array, activity: Float64Array): number {
  return activity.reduce((sum, a, t) => {
    const outside = Math.max(lower[t] - a, a - upper[t])
    return sum + (outside > 1e-12 ? outside / scale[t] : 0)
  }, 0)
}

test("cycles are canceled: what is left is a forest, every territory keeps its activity, and nothing costs more", () => {
  let cyclic = 0
  for (let seed = 0; seed < 800; seed++) {
    const divided = anyDivision(seed)
    const { problem, costOf, splits } = divided
    const left = cancelCycles(splits, problem.activities, costOf)
    if (!isForest(splits)) cyclic++
    else expect(left).toEqual(splits)
    expect(isForest(left)).toBe(true)
    expect(left.map((split) => split.account)).toEqual(splits.map((split) => split.account))
    for (const { territories, shares } of left) {
      expect(Math.min(...shares)).toBeGreaterThan(0)
      expect(Math.abs(shares.reduce((a, b) => a + b) - 1)).toBeLessThan(ROUNDING)
      expect(territories.length).toBe(shares.length)
    }
    const [before, after] = [sumsOf(divided), sumsOf({ ...divided, splits: left })]
    before.activity.forEach((a, t) => expect(Math.abs(after.activity[t] - a)).toBeLessThan(ROUNDING))
    expect(after.cost).toBeLessThan(before.cost + ROUNDING)
  }
  expect(cyclic).toBeGreaterThan(300)
})

test("every territory ends within the largest divided account of what it had, and whole accounts stay", () => {
  let divisions = 0
  for (let seed = 0; seed < 1500; seed++) {
    const divided = seed % 2 === 0 ? optimalDivision(seed) : anyDivision(seed)
    if (divided === null || divided.splits.length === 0) continue
    divisions++
    const { problem, costOf, owner, splits } = divided
    const forest = cancelCycles(splits, problem.activities, costOf)
    const rounded = roundForest(problem, owner, forest, costOf)
    const splitOf = new Map(splits.map((split) => [split.account, split]))
    rounded.forEach((t, i) => expect(splitOf.get(i)?.territories ?? [owner[i]]).toContain(t))
    const largest = Math.max(...splits.map((split) => problem.activities[split.account]))
    const [before, after] = [sumsOf(divided), sumsOf({ ...divided, owner: rounded, splits: [] })]
    before.activity.forEach((a, t) => expect(Math.abs(after.activity[t] - a)).toBeLessThanOrEqual(largest + ROUNDING))
  }
  expect(divisions).toBeGreaterThan(1000)
})

test("the guarantee holds where one territory shares hundreds of accounts, too many for all their subsets", () => {
  for (let seed = 0; seed < 20; seed++) {
    const random = createRandom(seed)
    const k = 200
    const n = k - 1
    const activities = Float64Array.from({ length: n }, () => 0.1 + random())
    const shares = Array.from({ length: n }, () => random())
    const splits = shares.map((share, account): Split => ({ account, territories: [0, account + 1], shares: [share, 1 - share] }))
    const own = Float64Array.from({ length: k }, (_, t) => (t === 0 ? shares.reduce((sum, share, i) => sum + share * activities[i], 0) : (1 - shares[t - 1]) * activities[t - 1]))
    const problem = { ...randomProblem(seed, false, 1).problem, n, k, activities, lower: own.map((a) => Math.max(0, a - 0.01)), upper: own.map((a) => a + 0.01) }
    const rounded = roundForest(problem, new Int32Array(n), splits, () => 1)
    const activity = new Float64Array(k)
    rounded.forEach((t, i) => (activity[t] += activities[i]))
    const largest = Math.max(...activities)
    activity.forEach((a, t) => expect(Math.abs(a - own[t])).toBeLessThanOrEqual(largest + ROUNDING))
  }
})

test("of all roundings within the guarantee it is the one with the least violation, then the least cost", () => {
  let tried = 0
  let violated = 0
  for (let seed = 0; seed < 1500; seed++) {
    const divided = seed % 2 === 0 ? optimalDivision(seed) : anyDivision(seed)
    if (divided === null) continue
    const { problem, costOf, owner } = divided
    const splits = cancelCycles(divided.splits, problem.activities, costOf)
    if (splits.length === 0 || splits.reduce((ways, split) => ways * split.territories.length, 1) > 2000) continue
    tried++
    const forest = { ...divided, splits }
    const scale = boundScale(problem)
    const before = sumsOf(forest).activity
    const largestOf = largestInTree(forest)
    let least = { violation: Infinity, cost: Infinity }
    const trial = owner.slice()
    const tryAll = (s: number): void => {
      if (s < splits.length) {
        for (const t of splits[s].territories) {
          trial[splits[s].account] = t
          tryAll(s + 1)
        }
        return
      }
      const { activity, cost } = sumsOf({ ...divided, owner: trial, splits: [] })
      if (activity.some((a, t) => Math.abs(a - before[t]) > largestOf[t] + ROUNDING)) return
      const violation = violationOf(problem, scale, activity)
      if (violation < least.violation - ROUNDING || (violation < least.violation + ROUNDING && cost < least.cost)) least = { violation, cost }
    }
    tryAll(0)
    const found = sumsOf({ ...divided, owner: roundForest(problem, owner, splits, costOf), splits: [] })
    const violation = violationOf(problem, scale, found.activity)
    expect(Math.abs(violation - least.violation)).toBeLessThan(2 * ROUNDING)
    expect(found.cost).toBeLessThan(least.cost + ROUNDING)
    if (violation > 0) violated++
  }
  expect(tried).toBeGreaterThan(700)
  expect(violated).toBeGreaterThan(100)
})

/** k: the largest divided account of a territory's tree. */
function largestInTree({ problem, splits }: Divided): Float64Array {
  const largest = new Float64Array(problem.k)
  for (let round = 0; round <= splits.length; round++) {
    for (const { account, territories } of splits) {
      if (territories.length < 2) continue
      const most = Math.max(problem.activities[account], ...territories.map((t) => largest[t]))
      for (const t of territories) largest[t] = most
    }
  }
  return largest
}
