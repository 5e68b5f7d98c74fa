import fc from "fast-check"
import { expect, test } from "vitest"
import { measureFairness } from "../../src/criteria/fairness.js"

const of = (activities: number[], shares = activities.map(() => 1 / activities.length)) => measureFairness(Float64Array.from(activities), Float64Array.from(shares))

test("an even plan is fair by every figure", () => {
  expect(of([5, 5, 5, 5])).toEqual({ mean: 5, imbalance: 0, maxOverMean: 1, cv: 0, gini: 0 })
})

test("known figures: 2, 4, 6", () => {
  const { mean, imbalance, maxOverMean, cv, gini } = of([2, 4, 6])
  expect(mean).toBe(4)
  expect(imbalance).toBeCloseTo(0.5, 12)
  expect(maxOverMean).toBeCloseTo(1.5, 12)
  expect(cv).toBeCloseTo(Math.sqrt(8 / 3) / 4, 12)
  expect(gini).toBeCloseTo(2 / 9, 12)
})

test("activity in proportion to unequal shares is fair", () => {
  const { imbalance, maxOverMean, cv, gini } = of([10, 30, 60], [0.1, 0.3, 0.6])
  // one rounding of a product and one of a quotient
  for (const [got, want] of [[imbalance, 0], [maxOverMean, 1], [cv, 0], [gini, 0]] as const) expect(got).toBeCloseTo(want, 12)
})

test("a territory of share 0 has no part in the figures", () => {
  expect(of([4, 4, 2], [0.5, 0.5, 0])).toMatchObject({ maxOverMean: 1, cv: 0, gini: 0 })
})

test("nothing to share, or nobody to share it, has no figures", () => {
  expect(of([0, 0])).toEqual({ mean: 0, imbalance: null, maxOverMean: null, cv: null, gini: null })
  expect(of([])).toEqual({ mean: 0, imbalance: null, maxOverMean: null, cv: null, gini: null })
})

test("doubling all activity changes none of the relative figures, and all figures stay in range", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 12 }).filter((a) => a.some((x) => x > 0)), (activities) => {
      const k = activities.length
      const one = of(activities)
      const { mean, ...relative } = one
      expect(of(activities.map((x) => 2 * x))).toEqual({ mean: 2 * mean, ...relative })
      expect(one.gini).toBeLessThanOrEqual((k - 1) / k + 1e-12)
      expect(one.maxOverMean).toBeLessThanOrEqual(k + 1e-9)
      expect(one.maxOverMean).toBeGreaterThanOrEqual(1 - 1e-9)
    }),
  )
})
