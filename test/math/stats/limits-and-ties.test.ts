import { expect, test } from "vitest"
import { createBootstrap } from "../../../src/math/stats/bca-interval.js"
import { designEffects } from "../../../src/math/stats/design-effect.js"
import { testGroups, type PermutationEffort } from "../../../src/math/stats/permutation-test.js"
import { listTreatedSets } from "../../../src/math/stats/treated-sets.js"
import { readPaths, testPreTrend } from "../../../src/performance/change/pre-trend.js"
import type { History } from "../../../src/performance/change/read-history.js"

test("resamples that tie with the figure count half: data that mirror themselves have an interval that does", () => {
  // of ten rows of 0 and 1 a quarter of the resamples have exactly the same mean; counted on one side they would be a bias of 0.3
  const numerators = Float64Array.from([0, 1, 0, 1, 0, 1, 0, 1, 0, 1])
  const middles = Array.from({ length: 12 }, (_, seed) => {
    const interval = createBootstrap(2000, seed)(numerators, new Float64Array(10).fill(1), 0, 10)
    return ((interval?.low ?? NaN) + (interval?.high ?? NaN)) / 2
  })
  // an end is a tenth off where chance moves it over a tie; with the ties on one side all of them are, by about that much
  expect(Math.abs(middles.reduce((sum, middle) => sum + middle, 0) / middles.length - 0.5)).toBeLessThan(0.03)
})

test("data turned upside down have the interval turned upside down, to the last resample", () => {
  // halves and quarters of small whole numbers: every resample is exact, and so are its ties with the figure
  const tens = Float64Array.from([0, 1, 7, 2, 0, 9, 3, 4], (value) => value / 4)
  for (const seed of [1, 2, 3]) {
    for (const resamples of [1000, 2000]) {
      const bootstrap = createBootstrap(resamples, seed)
      const up = bootstrap(tens, new Float64Array(8).fill(1), 0, 8)
      const down = bootstrap(tens.map((value) => 3 - value), new Float64Array(8).fill(1), 0, 8)
      // the normal distribution and its quantile are good to 1e-7 here: a resample counted on the wrong side is 1e-3
      expect((up?.low ?? NaN) + (down?.high ?? NaN)).toBeCloseTo(3, 12)
      expect((up?.high ?? NaN) + (down?.low ?? NaN)).toBeCloseTo(3, 12)
    }
  }
})

/** Ten rows far below ten others: of 184,756 ways to draw ten only the groups themselves lie as far apart. */
const scores = Float64Array.from({ length: 20 }, (_, i) => (i < 10 ? i : 1000 + ((7 * i) % 13)))
const pOf = (effort: Partial<PermutationEffort>): number =>
  testGroups(scores, Int32Array.of(0, 10, 20), [true, false], { seed: 1, exceedances: 50, maxSamples: 5000, drawLimit: 1e9, ...effort })[0]

test("sampling of the permutation test ends at its limits, to the sample", () => {
  // nothing lies beyond the group, so p is 2 / (samples + 1)
  expect(pOf({})).toBeCloseTo(2 / 5001, 12)
  expect(pOf({ maxSamples: 500 })).toBeCloseTo(2 / 501, 12)
  expect(pOf({ maxSamples: 2345 })).toBeCloseTo(2 / 2346, 12)
  // a shuffle of 20 rows holds two samples: with the draws spent no group goes on beyond 999, and none stops before
  expect(pOf({ drawLimit: 0 })).toBeCloseTo(2 / 1001, 12)
  expect(pOf({ drawLimit: 19_999 })).toBeCloseTo(2 / 2001, 12)
  // the draws are spent when the limit is reached, not when it is passed
  expect(pOf({ drawLimit: 12_000 })).toBeCloseTo(2 / 1201, 12)
  expect(pOf({ drawLimit: 12_001 })).toBeCloseTo(2 / 1203, 12)
})

test("sampling ends with the sample that makes enough exceedances", () => {
  const alike = Float64Array.from({ length: 20 }, (_, i) => (i * 7) % 20)
  for (const exceedances of [10, 50]) {
    const [p] = testGroups(alike, Int32Array.of(0, 10, 20), [true, false], { seed: 1, exceedances, maxSamples: 100_000, drawLimit: 1e9 })
    // p is 2 exceedances / samples, of a whole number of samples that are not very many more
    const samples = (2 * exceedances) / p
    expect(Math.abs(samples - Math.round(samples))).toBeLessThan(1e-6)
    expect(samples).toBeLessThan(20 * exceedances)
  }
})

const historyOf = (rows: readonly (readonly number[])[]): History =>
  ({ periods: { names: rows[0].map((_, p) => String(p)) }, exposures: null, outcomes: Float64Array.from(rows.flat()), rowCounts: new Int32Array(rows.flat().length).fill(1) }) as unknown as History

test("an outcome of exactly 0 has no logarithm: the paths are shares of the mean then", () => {
  expect(readPaths(historyOf([[1, 10, 100]]), [0], [0, 1, 2], "log")?.[0].map((x) => (x ?? NaN) / Math.log(10))).toEqual([0, 1, 2].map((x) => expect.closeTo(x, 12) as unknown))
  expect(readPaths(historyOf([[0, 10, 20, 30], [5, 5, 5, 5]]), [0, 1], [0, 1, 2, 3], "log")).toEqual([[0, 10 / 15, 20 / 15, 2], [1, 1, 1, 1]])
  // a mean of exactly 0 has no shares
  expect(readPaths(historyOf([[0, 0, 0], [5, 5, 5]]), [0, 1], [0, 1, 2], "log")).toBeNull()
  expect(readPaths(historyOf([[0, 0, 0]]), [0], [0, 1, 2], "none")).toEqual([[0, 0, 0]])
})

test("paths without any difference have a trend of exactly 0, carried forward to 0 and never to -0", () => {
  const sets = listTreatedSets(8, 4, 1000, 0)
  const same = Array.from({ length: 8 }, () => [1, 2, 3, 4])
  const none = testPreTrend(same, sets, 0.1, 3)
  expect([none?.slopeDifference, none?.pValue, none?.carriedForward, none?.periodCount]).toEqual([0, 1, 0, 4])
  const falling = Array.from({ length: 8 }, (_, t) => (t < 4 ? [4, 3, 2, 1 + t / 10] : [1, 2, 3, 4 + t / 10]))
  const still = testPreTrend(falling, sets, 0.1, 0)
  expect(still?.slopeDifference).toBeLessThan(0)
  expect(Object.is(still?.carriedForward, 0)).toBe(true)
  // three values make a slope, two do not
  expect(testPreTrend(same.map((path) => [...path.slice(0, 2), null]), sets, 0.1, 3)).toBeNull()
  expect(testPreTrend(same.map((path) => path.slice(0, 3)), sets, 0.1, 3)).not.toBeNull()
})

test("what luck explains, two standard errors of the estimate, is no effect of design, and what it does not explain is one", () => {
  // n rows of 10 cases, a share of them all or nothing: the variance of rows over that of independent cases is 1 + 9 c
  const effectOf = (rows: readonly number[]): { readonly found: number; readonly estimate: number; readonly luck: number } => {
    const n = rows.length
    const mean = rows.reduce((sum, y) => sum + y, 0) / (10 * n)
    const spread = rows.reduce((sum, y) => sum + (y - 10 * mean) ** 2, 0) / (n - 1)
    const { all } = designEffects(Float64Array.from(rows), new Float64Array(n).fill(10), Int32Array.of(0, n), "proportion", false)
    return { found: all, estimate: spread / (10 * mean * (1 - mean)), luck: Math.sqrt(2 / (n - 1)) }
  }
  let [within, beyond] = [0, 0]
  for (let far = 0; far <= 30; far++) {
    const rows = Array.from({ length: 60 }, (_, i) => (i < far ? 5 + (i % 2 === 0 ? -4 : 4) : 5 + (i % 3) - 1))
    const { found, estimate, luck } = effectOf(rows)
    if (estimate > 1 + 2 * luck) {
      expect(found).toBeCloseTo(estimate, 9)
      if (estimate < 1 + 3 * luck) beyond++
    } else {
      expect(found).toBe(1)
      if (estimate > 1 + luck) within++
    }
  }
  expect(Math.min(within, beyond)).toBeGreaterThan(1)
})
