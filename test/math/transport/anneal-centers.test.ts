import { describe, expect, test } from "vitest"
import { createRandom } from "../../../src/math/random.js"
import { annealCenters } from "../../../src/math/transport/anneal-centers.js"
import { createMovingPlan, type CentersAre, type MovingPlan } from "../../../src/math/transport/moving-plan.js"
import { relocateTerritory } from "../../../src/math/transport/relocate.js"
import type { TransportProblem } from "../../../src/math/transport/transport-problem.js"
import { totalViolation } from "../../../src/math/transport/whole-plan.js"
import { finish, randomProblem } from "./random-problem.js"

const SCHEDULE = { proposals: 4000, firstHeat: 1, lastHeat: 0.02 }
/** Sums of up to 30 terms of order one. */
const ROUNDING = 1e-9
const never = (): boolean => false
const all = (plan: MovingPlan): number[] => Array.from({ length: plan.problem.k }, (_, t) => t)
const costOf = (plan: MovingPlan): number => plan.costs.cost.reduce((sum, cost) => sum + cost, 0)
const anneal = (plan: MovingPlan, active: readonly number[], seed: number, outOfTime = never): boolean =>
  finish(annealCenters(plan, active, new Float64Array(plan.problem.k).fill(1), createRandom(seed), SCHEDULE, outOfTime))

function planOf(seed: number): MovingPlan {
  const { problem, centers } = randomProblem(seed, seed % 2 === 1)
  const random = createRandom(seed)
  const owner = Int32Array.from(problem.lockedTo, (locked) => (locked >= 0 ? locked : Math.floor(random() * problem.k)))
  const fixed = Uint8Array.from({ length: problem.k }, () => (random() < 0.2 ? 1 : 0))
  return createMovingPlan(problem, random() < 0.5 ? "mean" : "account", fixed, owner, centers)
}

describe("annealing with centers that move", () => {
  test("never ends worse than it began, leaves locks and other territories alone, and says whether it helped", () => {
    let better = 0
    let inside = 0
    for (let seed = 0; seed < 300; seed++) {
      const plan = planOf(seed)
      const before = { owner: plan.owner.slice(), violation: totalViolation(plan), cost: costOf(plan) }
      const active = all(plan).filter((t) => seed % 3 > 0 || t % 3 !== 2)
      const helped = anneal(plan, active, seed)
      const violation = totalViolation(plan)
      expect(violation).toBeLessThanOrEqual(before.violation + ROUNDING)
      if (Math.abs(violation - before.violation) <= ROUNDING) expect(costOf(plan)).toBeLessThanOrEqual(before.cost + ROUNDING)
      const moved = Array.from(plan.owner, (t, i) => (t === before.owner[i] ? -1 : i)).filter((i) => i >= 0)
      if (!helped) expect(moved).toEqual([])
      else better++
      for (const i of moved) {
        expect(plan.problem.lockedTo[i]).toBe(-1)
        expect(active).toContain(before.owner[i])
        expect(active).toContain(plan.owner[i])
      }
      if (before.violation > 0 && violation === 0) inside++
      // costs are those of a plan made anew from the owners
      const anew = createMovingPlan(plan.problem, "mean", new Uint8Array(plan.problem.k).fill(1), plan.owner, plan.costs.centers)
      if (plan.problem.radius === 0) expect(Math.abs(costOf(anew) - costOf(plan))).toBeLessThan(ROUNDING)
    }
    expect(better).toBeGreaterThan(200)
    expect(inside).toBeGreaterThan(30)
  })

  test("the same seed walks the same way, and a deadline ends the walk with a plan", () => {
    for (const seed of [3, 4, 8]) {
      const one = planOf(seed)
      const two = planOf(seed)
      anneal(one, all(one), 7)
      anneal(two, all(two), 7)
      expect(two.owner).toEqual(one.owner)
      const short = planOf(seed)
      let asked = 0
      anneal(short, all(short), 7, () => ++asked >= 3)
      expect(asked).toBe(3)
    }
  })

})

describe("moving a territory elsewhere", () => {
  test.each<{ centersAre: CentersAre; power: 1 | 2 }>([
    { centersAre: "mean", power: 2 },
    { centersAre: "mean", power: 1 },
    { centersAre: "account", power: 2 },
    { centersAre: "account", power: 1 },
  ])("gets out of a plan that is best for its own centers, where two share a town and one serves two towns ($centersAre, power $power)", ({ centersAre, power }) => {
    const towns = [[0, 0], [20, 0], [40, 0], [40, 6]]
    const size = 12
    const n = towns.length * size
    const place = createRandom(5)
    const points = Float64Array.from({ length: 2 * n }, (_, p) => towns[Math.floor(p / 2 / size)][p % 2] + place())
    const ones = new Float64Array(n).fill(1)
    // room for two towns in one territory
    const problem: TransportProblem = { n, k: 4, measureCount: 1, dimension: 2, points, radius: 0, power, weights: ones, activities: ones, lower: new Float64Array(4), upper: new Float64Array(4).fill(2 * size), lockedTo: new Int32Array(n).fill(-1) }
    const stuck = Int32Array.from({ length: n }, (_, i) => [points[2 * i] < 0.5 ? 0 : 1, 2, 3, 3][Math.floor(i / size)])
    const stuckPlan = (): MovingPlan => createMovingPlan(problem, centersAre, new Uint8Array(4), stuck, new Float64Array(8))
    const isSolved = ({ owner }: MovingPlan): boolean => new Set(owner).size === 4 && towns.every((_, town) => new Set(owner.slice(town * size, (town + 1) * size)).size === 1)
    let solved = 0
    let solvedByHeat = 0
    for (let seed = 1; seed <= 20; seed++) {
      const plan = stuckPlan()
      expect(relocateTerritory(plan, [0, 1, 2, 3], new Uint8Array(4), createRandom(seed)).length).toBeGreaterThan(0)
      anneal(plan, [0, 1, 2, 3], seed)
      if (isSolved(plan)) solved++
      const annealed = stuckPlan()
      anneal(annealed, [0, 1, 2, 3], seed)
      if (isSolved(annealed)) solvedByHeat++
    }
    expect(solved).toBeGreaterThanOrEqual(15)
    // annealing alone cannot do it at this heat
    expect(solvedByHeat).toBeLessThan(solved)
  })

  test("leaves locks, fixed centers and other territories alone", () => {
    let count = 0
    for (let seed = 0; seed < 300; seed++) {
      const plan = planOf(seed)
      const before = plan.owner.slice()
      const fixed = Uint8Array.from({ length: plan.problem.k }, (_, t) => (t % 2 === 0 && seed % 2 === 0 ? 1 : 0))
      const region = all(plan).filter((t) => t % 4 !== 3)
      for (const i of relocateTerritory(plan, region, fixed, createRandom(seed))) {
        count++
        expect(plan.problem.lockedTo[i]).toBe(-1)
        expect(region).toContain(before[i])
        expect(region).toContain(plan.owner[i])
      }
    }
    expect(count).toBeGreaterThan(500)
  })
})
