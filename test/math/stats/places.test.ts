import fc from "fast-check"
import { expect, test } from "vitest"
import { createRandom } from "../../../src/math/random.js"
import { createBootstrap } from "../../../src/math/stats/bca-interval.js"
import { placeInFunnel } from "../../../src/math/stats/funnel.js"
import { rankChances } from "../../../src/math/stats/rank-chances.js"
import { ratioInterval } from "../../../src/math/stats/ratio-interval.js"

test("ranks: certain where figures are far apart, anything where they are alike", () => {
  const far = rankChances([1, 3, 2, 9], [0.01, 0.01, 0.01, 0.01], 0)
  expect(far.map(({ low, high, topQuarterChance }) => [low, high, topQuarterChance])).toEqual([[4, 4, 0], [2, 2, 0], [3, 3, 0], [1, 1, 1]])
  const alike = rankChances(Array.from({ length: 12 }, () => 5), Array.from({ length: 12 }, () => 1), 0)
  for (const { low, high, topQuarterChance } of alike) {
    expect([low, high]).toEqual([1, 12])
    // 3 of 12: within four standard errors of 2,000 draws
    expect(Math.abs(topQuarterChance - 0.25)).toBeLessThan(0.04)
  }
})

test("the funnel: no spread of their own where chance explains figures, and the spread that they were drawn with where it does not", () => {
  const random = createRandom(1)
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const spreadsOf = (spread: number): number[] => Array.from({ length: 40 }, () => {
    const errors = Array.from({ length: 60 }, () => 1 + random())
    return placeInFunnel(errors.map((error) => 10 + spread * normal() + error * normal()), errors, 10).spread
  })
  const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length
  // winsorizing 10 % at each end takes about a third of the squares: less spread is seen than there is
  expect(mean(spreadsOf(0))).toBeLessThan(0.3)
  expect(mean(spreadsOf(4))).toBeGreaterThan(2.5)
  expect(mean(spreadsOf(4))).toBeLessThan(4.4)
  const { positions, overDispersion } = placeInFunnel([1, 2, 3], [1, 1, 2], 2)
  expect(positions.map(({ z }) => z)).toEqual([-1, 0, 0.5])
  expect(overDispersion).toBeCloseTo((1 + 0.25) / 3, 12)
})

test("the bootstrap of ratios of sums holds the truth at least as often as the standard error where amounts are skewed", () => {
  const random = createRandom(2)
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  let [covered, plain] = [0, 0]
  const truth = Math.exp(0.5)
  const runs = 150
  for (let run = 0; run < runs; run++) {
    const numerators = Float64Array.from({ length: 60 }, () => Math.exp(normal()))
    const denominators = new Float64Array(60).fill(1)
    const interval = createBootstrap(1000, run)(numerators, denominators, 0, 60)
    if (interval !== null && interval.low <= truth && truth <= interval.high) covered++
    const other = ratioInterval(numerators, denominators, 0, 60)
    if (other !== null && other.low <= truth && truth <= other.high) plain++
  }
  // 91 % wanted; three standard errors of 150 runs are 7 %
  expect(covered / runs).toBeGreaterThan(0.85)
  expect(Math.abs(covered - plain) / runs).toBeLessThan(0.1)
})

test("the bootstrap: same seed, same interval; rows that are alike have none; it scales with the figure", () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 5, maxLength: 30 }), fc.nat(100), (rows, seed) => {
    const numerators = Float64Array.from(rows)
    const denominators = new Float64Array(rows.length).fill(1)
    const interval = createBootstrap(200, seed)(numerators, denominators, 0, rows.length)
    expect(interval).toEqual(createBootstrap(200, seed)(numerators, denominators, 0, rows.length))
    const tenfold = createBootstrap(200, seed)(numerators.map((x) => 8 * x), denominators, 0, rows.length)
    expect([tenfold?.low, tenfold?.high]).toEqual([8 * (interval?.low as number), 8 * (interval?.high as number)])
    expect(interval?.low).toBeLessThanOrEqual(interval?.high as number)
  }), { numRuns: 50 })
  expect(createBootstrap(200, 0)(new Float64Array(9).fill(3), new Float64Array(9).fill(1), 0, 9)).toEqual({ low: 3, high: 3 })
  expect(createBootstrap(200, 0)(new Float64Array(1), new Float64Array(1).fill(1), 0, 1)).toBe(null)
})
