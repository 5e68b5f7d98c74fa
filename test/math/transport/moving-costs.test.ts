import { describe, expect, test } from "vitest"
import { createRandom } from "../../../src/math/random.js"
import { createMovingPlan, exchange, type MovingPlan } from "../../../src/math/transport/moving-plan.js"
import { costOfSquare, squareBetween, type TransportProblem } from "../../../src/math/transport/transport-problem.js"
import { totalViolation } from "../../../src/math/transport/whole-plan.js"
import { meanCenters } from "../../../src/math/cluster/center-of-members.js"
import { randomProblem } from "./random-problem.js"

/** Sums of up to 30 terms of order one, after hundreds of moves to and fro. */
const ROUNDING = 1e-9

interface Case {
  readonly plan: MovingPlan
  readonly centersAre: "mean" | "account"
  readonly fixed: Uint8Array
  readonly random: () => number
}

function caseOf(seed: number): Case {
  const { problem, centers } = randomProblem(seed, seed % 2 === 1)
  const random = createRandom(seed)
  const fixed = Uint8Array.from({ length: problem.k }, () => (random() < 0.2 ? 1 : 0))
  const owner = Int32Array.from({ length: problem.n }, () => Math.floor(random() * problem.k))
  const centersAre = random() < 0.5 ? "mean" : "account"
  return { plan: createMovingPlan(problem, centersAre, fixed, owner, centers), centersAre, fixed, random }
}

/** What a territory costs, from its members alone: at its fixed center, its mean or its best member. */
function costFromScratch({ plan, centersAre, fixed }: Case, t: number): number {
  const { problem, owner, costs } = plan
  const { n, k, dimension: D, points, weights, power, radius } = problem
  const members = Array.from({ length: n }, (_, i) => i).filter((i) => owner[i] === t)
  // squared distances from a mean on the globe are those of chords: the sphere is flat within a territory
  const flat = centersAre === "mean" && power === 2
  const at = (place: Float64Array): number => members.reduce((sum, i) => sum + weights[i] * costOfSquare(squareBetween(points, i, place, 0, D), power, flat ? 0 : radius), 0)
  if (members.length === 0) return 0
  if (fixed[t] === 1) return at(costs.centers.slice(t * D, t * D + D))
  if (centersAre === "account") return Math.min(...members.map((j) => at(points.slice(j * D, j * D + D))))
  const means = meanCenters(problem, owner, new Float64Array(k * D).fill(NaN), new Uint8Array(k))
  return at(means.slice(t * D, t * D + D))
}

describe("a plan whose centers follow", () => {
  test("foretells what every shift and swap changes, and keeps costs, centers, lists and sums up to date", () => {
    let shifts = 0
    let swaps = 0
    for (let seed = 0; seed < 400; seed++) {
      const it = caseOf(seed)
      const { plan, random } = it
      const { n, k, measureCount: M, activities } = plan.problem
      if (k < 2) continue
      for (let move = 0; move < 12; move++) {
        const i = Math.floor(random() * n)
        const a = plan.owner[i]
        const b = Math.floor(random() * k)
        if (a === b) continue
        const others = plan.members[b]
        const j = random() < 0.5 && others.length > 0 ? others[Math.floor(random() * others.length)] : -1
        const before = plan.costs.cost[a] + plan.costs.cost[b]
        const foretold = plan.costs.change(i, j, a, b, Infinity)
        exchange(plan, i, j, b)
        expect(Math.abs(plan.costs.cost[a] + plan.costs.cost[b] - before - foretold)).toBeLessThan(ROUNDING)
        if (j < 0) shifts++
        else swaps++
      }
      for (let t = 0; t < k; t++) {
        expect(Math.abs(plan.costs.cost[t] - costFromScratch(it, t))).toBeLessThan(ROUNDING)
        expect([...plan.members[t]].sort((x, y) => x - y)).toEqual(Array.from({ length: n }, (_, i) => i).filter((i) => plan.owner[i] === t))
        for (let m = 0; m < M; m++) {
          const sum = plan.members[t].reduce((total, i) => total + activities[i * M + m], 0)
          expect(Math.abs(plan.activity[t * M + m] - sum)).toBeLessThan(ROUNDING)
        }
      }
      expect(totalViolation(plan)).toBeGreaterThanOrEqual(0)
    }
    expect(shifts).toBeGreaterThan(500)
    expect(swaps).toBeGreaterThan(500)
  })

  test("turns a move down by its bound only where the move itself costs more than the limit", () => {
    let bounded = 0
    for (let seed = 0; seed < 400; seed++) {
      const { plan, random } = caseOf(seed)
      const { n, k, radius, power } = plan.problem
      // on the globe the tangent of a sum of arcs is taken along chords, so that it bounds only nearly
      if (k < 2 || (radius > 0 && power === 1)) continue
      for (let move = 0; move < 12; move++) {
        const i = Math.floor(random() * n)
        const a = plan.owner[i]
        const b = Math.floor(random() * k)
        if (a === b) continue
        const others = plan.members[b]
        const j = random() < 0.5 && others.length > 0 ? others[Math.floor(random() * others.length)] : -1
        const exact = plan.costs.change(i, j, a, b, Infinity)
        const limit = 2 * random() - 1
        const answer = plan.costs.change(i, j, a, b, limit)
        if (answer === exact) continue
        bounded++
        expect(answer).toBeGreaterThan(limit)
        expect(exact).toBeGreaterThan(limit - ROUNDING)
        expect(answer).toBeLessThanOrEqual(exact + ROUNDING)
      }
    }
    expect(bounded).toBeGreaterThan(100)
  })

  test("knows that a swap may pay by a new medoid: of an account on its far side for one beyond it", () => {
    // on a line at 0 the medoid, with more accounts at 1; -10 goes and 10 comes
    const places = [-10, 0, 0, 0, 1, 1, 1, 10]
    const n = places.length
    const ones = new Float64Array(n).fill(1)
    const problem: TransportProblem = {
      n, k: 2, measureCount: 1, dimension: 2, points: Float64Array.from(places.flatMap((x) => [x, 0])), radius: 0, power: 1, weights: ones, activities: ones,
      lower: new Float64Array(2), upper: new Float64Array(2).fill(n), lockedTo: new Int32Array(n).fill(-1),
    }
    const { costs } = createMovingPlan(problem, "account", new Uint8Array(2), Int32Array.from([0, 0, 0, 0, 0, 0, 0, 1]), new Float64Array(4))
    expect(costs.cost[0]).toBe(13)
    // three at 0 and one at 10 are 12 from 1, and the other territory costs nothing before and after
    expect(costs.change(0, 7, 0, 1, Infinity)).toBe(-1)
    expect(costs.change(0, 7, 0, 1, -0.5)).toBe(-1)
  })
})
