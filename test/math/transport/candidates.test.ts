import { createAccountTree } from "../../../src/math/index/grow-account-tree.js"
import { finishSteps } from "../../../src/model/in-pieces.js"
import { expect, test } from "vitest"
import { centerSpacing } from "../../../src/math/transport/center-spacing.js"
import { addCandidates, findCandidates, priceOut } from "../../../src/math/transport/candidates.js"
import { dualBound } from "../../../src/math/transport/dual-bound.js"
import { pairCost, type TransportProblem } from "../../../src/math/transport/transport-problem.js"
import { finish, randomProblem } from "./random-problem.js"

const cases = Array.from({ length: 300 }, (_, seed) => ({ seed, ...randomProblem(seed, seed % 2 === 1) }))

/** Sums of up to 30 terms of order one in another order. */
const ROUNDING = 12

/** cost - price x activity of every pair, by the definition. */
function reducedCosts(problem: TransportProblem, centers: Float64Array, prices: Float64Array, i: number): number[] {
  const { k, measureCount: M, activities } = problem
  return Array.from({ length: k }, (_, t) => {
    let f = pairCost(problem, centers, i, t)
    for (let m = 0; m < M; m++) f -= prices[t * M + m] * activities[i * M + m]
    return f
  })
}

function boundByEnumeration(problem: TransportProblem, centers: Float64Array, prices: Float64Array): number {
  const { n, lower, upper, lockedTo } = problem
  let bound = 0
  for (let r = 0; r < prices.length; r++) bound += Math.min(lower[r] * prices[r], upper[r] * prices[r])
  for (let i = 0; i < n; i++) {
    const reduced = reducedCosts(problem, centers, prices, i)
    bound += lockedTo[i] >= 0 ? reduced[lockedTo[i]] : Math.min(...reduced)
  }
  return bound
}

test("an infinite band lists every territory once, the cheapest at the prices first, at its exact cost", () => {
  for (const { problem, centers, prices } of cases) {
    const { start, territory, cost } = finish(findCandidates(problem, centers, prices, new Float64Array(problem.k).fill(1), Infinity))
    for (let i = 0; i < problem.n; i++) {
      const listed = Array.from(territory.slice(start[i], start[i + 1]))
      const locked = problem.lockedTo[i]
      const all = Array.from({ length: problem.k }, (_, t) => t)
      expect([...listed].sort((a, b) => a - b)).toEqual(locked >= 0 ? [locked] : all)
      const error = listed.map((t, at) => Math.abs(cost[start[i] + at] - pairCost(problem, centers, i, t)))
      expect(Math.max(...error)).toBeLessThan(1e-12)
      const reduced = reducedCosts(problem, centers, prices, i)
      if (locked < 0) expect(reduced[listed[0]]).toBeCloseTo(Math.min(...reduced), ROUNDING)
    }
  }
})

test("a finite band lists exactly what is within it", () => {
  let listed = 0
  let left = 0
  for (const { problem, centers, prices } of cases) {
    const { n, k, measureCount: M, weights, activities, lockedTo } = problem
    const spacing = centerSpacing(centers, k, problem.dimension, problem.power)
    const band = 0.4
    const { start, territory } = finish(findCandidates(problem, centers, prices, spacing, band))
    for (let i = 0; i < n; i++) {
      if (lockedTo[i] >= 0) continue
      const found = new Set(territory.slice(start[i], start[i + 1]))
      const reduced = reducedCosts(problem, centers, prices, i)
      const least = Math.min(...reduced)
      let size = weights[i]
      for (let m = 0; m < M; m++) size += activities[i * M + m]
      // wide by the spacing of the cheapest and the way to it, by straight line, where on the globe another may be: the narrowest
      // and the widest count
      const away = Array.from({ length: k }, (_, t) => pairCost({ ...problem, weights: weights.map(() => 1) }, centers, i, t))
      const narrow = least + band * size * Math.min(...spacing)
      const wide = least + band * size * Math.max(...spacing.map((one, t) => one + away[t]))
      const wrong = reduced.filter((f, t) => (f < narrow - 1e-12 && !found.has(t)) || (f > wide + 1e-12 && found.has(t)))
      expect(wrong).toEqual([])
      listed += found.size
      left += k - found.size
    }
  }
  expect(listed).toBeGreaterThan(1000)
  expect(left).toBeGreaterThan(1000)
})

test("the bound is what trying every pair gives, whatever the candidates", () => {
  for (const { problem, centers, prices } of cases) {
    const wanted = boundByEnumeration(problem, centers, prices)
    const narrow = finish(findCandidates(problem, centers, prices.map((price) => -price), new Float64Array(problem.k).fill(1), 0))
    expect(finishSteps(dualBound(problem, centers, prices))).toBeCloseTo(wanted, ROUNDING - 2)
    expect(finish(priceOut(problem, centers, prices, narrow, 0)).bound).toBeCloseTo(wanted, ROUNDING - 2)
  }
})

test("down the tree the bound is the same", () => {
  for (const { problem, centers, prices } of cases) {
    const planted = { ...problem, tree: createAccountTree(problem) }
    expect(finishSteps(dualBound(planted, centers, prices))).toBeCloseTo(boundByEnumeration(problem, centers, prices), ROUNDING - 2)
  }
})

test("pricing out names exactly the pairs outside the candidates that are cheaper than the account's own, by account", () => {
  let missed = 0
  for (const { problem, centers, prices } of cases) {
    const { n, k, measureCount: M, lockedTo } = problem
    const narrow = finish(findCandidates(problem, centers, new Float64Array(k * M), new Float64Array(k).fill(1), 0))
    const { accounts, territories } = finish(priceOut(problem, centers, prices, narrow, 1e-9))
    expect([...accounts]).toEqual([...accounts].sort((a, b) => a - b))
    const named = new Set(accounts.map((i, at) => `${i}-${territories[at]}`))
    expect(named.size).toBe(accounts.length)
    for (let i = 0; i < n; i++) {
      const reduced = reducedCosts(problem, centers, prices, i)
      const listed = narrow.territory.slice(narrow.start[i], narrow.start[i + 1])
      const own = Math.min(...Array.from(listed, (t) => reduced[t]))
      for (let t = 0; t < k; t++) {
        const gain = lockedTo[i] >= 0 || listed.includes(t) ? 0 : own - reduced[t]
        // a gain near the slack of 1e-9 may be counted either way: rounding
        if (gain > 1e-8) expect(named.has(`${i}-${t}`)).toBe(true)
        else expect(gain > 1e-10 || !named.has(`${i}-${t}`)).toBe(true)
      }
    }
    missed += accounts.length
  }
  expect(missed).toBeGreaterThan(300)
})

test("adding candidates keeps the old ones first and prices the new ones", () => {
  for (const { problem, centers, prices } of cases.slice(0, 20)) {
    const narrow = finish(findCandidates(problem, centers, new Float64Array(problem.k * problem.measureCount), new Float64Array(problem.k).fill(1), 0))
    const { accounts, territories } = finish(priceOut(problem, centers, prices, narrow, 1e-9))
    const wide = addCandidates(problem, centers, narrow, accounts, territories)
    expect(wide.territory.length).toBe(narrow.territory.length + accounts.length)
    for (let i = 0; i < problem.n; i++) {
      const before = narrow.start[i + 1] - narrow.start[i]
      expect([...wide.territory.slice(wide.start[i], wide.start[i] + before)]).toEqual([...narrow.territory.slice(narrow.start[i], narrow.start[i + 1])])
      for (let e = wide.start[i]; e < wide.start[i + 1]; e++) expect(wide.cost[e]).toBe(pairCost(problem, centers, i, wide.territory[e]))
    }
    // nothing cheaper is missing any more
    expect(finish(priceOut(problem, centers, prices, wide, 1e-9)).accounts).toEqual([])
  }
})
