import { partitionAccounts } from "equiterra"
import { describe, expect, test } from "vitest"
import type { TransportProblem } from "../../src/math/transport/transport-problem"
import { countedBounds } from "../../src/partition/counted-bounds"
import { randomAccounts } from "../helpers/random-accounts"
import { boundFromPrices } from "../helpers/recompute-plan"

/** Bounds of k territories on one measure whose total is 10 per territory, in the caller's units; the problem's sum to k. */
function bounds(lower: number[], upper: number[]): TransportProblem {
  const scaled = (values: number[]): Float64Array => Float64Array.from(values, (value) => value / 10)
  return { k: lower.length, measureCount: 1, lower: scaled(lower), upper: scaled(upper) } as unknown as TransportProblem
}

const counts = (n: number): Float64Array => new Float64Array(n).fill(1)
const inUnits = (values: Float64Array | undefined): number[] => Array.from(values ?? [], (value) => Number((10 * value).toFixed(9)))

describe("bounds of whole numbers", () => {
  test("move inwards to whole numbers", () => {
    const moved = countedBounds(bounds([9.5, 9.2], [10.5, 10.8]), counts(20), Float64Array.of(10))
    expect(inUnits(moved?.lower)).toEqual([10, 10])
    expect(inUnits(moved?.upper)).toEqual([10, 10])
  })

  test("stay where any activity is not whole, where they are whole, and where they move by a trifle", () => {
    expect(countedBounds(bounds([9.5, 9.5], [10.5, 10.5]), Float64Array.of(1.5, 2, 16.5), Float64Array.of(10))).toBeNull()
    expect(countedBounds(bounds([9, 9], [11, 11]), counts(20), Float64Array.of(10))).toBeNull()
    expect(countedBounds(bounds([9.9995, 9.9995], [10.0005, 10.0005]), counts(20), Float64Array.of(10))).toBeNull()
  })

  test("stay where no whole number lies between, and where whole numbers do not sum to the total", () => {
    expect(countedBounds(bounds([9.2, 9.2], [9.8, 9.8]), counts(20), Float64Array.of(10))).toBeNull()
    // at most 9 each do not make 30
    expect(countedBounds(bounds([8.9, 8.9, 8.9], [9.9, 9.9, 9.9]), counts(30), Float64Array.of(10))).toBeNull()
  })

  test("move where the whole numbers sum to just the total, whatever rounding makes of the sum", () => {
    // of 39 visits three territories are to have 5 and six 4: a visit is 9 / 39 of the unit, and these sum to a little more than 9
    const wanted = [5, 5, 5, 4, 4, 4, 4, 4, 4]
    const total = wanted.reduce((sum, visits) => sum + visits)
    const unit = total / wanted.length
    expect(wanted.reduce((sum, visits) => sum + visits / unit, 0)).toBeGreaterThan(9)
    const problem = { k: 9, measureCount: 1, lower: Float64Array.from(wanted, (visits) => (visits - 0.4) / unit), upper: Float64Array.from(wanted, (visits) => (visits + 0.4) / unit) } as unknown as TransportProblem
    const moved = countedBounds(problem, counts(total), Float64Array.of(unit))
    expect(Array.from(moved?.lower ?? [], (bound) => Number((bound * unit).toFixed(9)))).toEqual(wanted)
    expect(Array.from(moved?.upper ?? [], (bound) => Number((bound * unit).toFixed(9)))).toEqual(wanted)
  })

  test("change the search alone: the plan is inside, and the certificate is that of the bounds as they are", () => {
    let tight = 0
    for (let seed = 0; seed < 10; seed++) {
      const accounts = randomAccounts(200, seed, "plane").map((account) => ({ ...account, visits: 1 }))
      const options = { territories: 8, measures: { visits: { value: "visits", tolerance: 0.05 }, hours: { value: "hours", tolerance: 0.2 } }, compactness: { weight: "visits" }, seed }
      const plan = partitionAccounts(accounts, options)
      const { lowerBound, relaxedCost } = plan.certificate
      expect(plan.violations, `seed ${seed}`).toEqual([])
      // 23.75 to 26.25
      for (const { measures } of plan.territories) {
        expect(measures.visits.min).toBeCloseTo(23.75, 9)
        expect(measures.visits.max).toBeCloseTo(26.25, 9)
        if (measures.visits.activity === 24 || measures.visits.activity === 26) tight++
      }
      expect(Math.abs((relaxedCost as number) - (lowerBound as number))).toBeLessThanOrEqual(1e-9 * (plan.cost as number))
      expect(Math.abs(boundFromPrices(accounts, options, plan).value - (lowerBound as number))).toBeLessThanOrEqual(1e-9 * (plan.cost as number))
    }
    expect(tight).toBeGreaterThan(20)
  })
})
