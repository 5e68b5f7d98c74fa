import fc from "fast-check"
import { gammaln } from "simple-statistics"
import { expect, test } from "vitest"
import { createRandom } from "../../../src/math/random.js"
import { betaQuantile, betaRatio } from "../../../src/math/stats/beta-ratio.js"
import { byarInterval, poissonInterval } from "../../../src/math/stats/count-interval.js"
import { exactProportionInterval } from "../../../src/math/stats/exact-proportion-interval.js"
import { gammaQuantile, gammaRatio } from "../../../src/math/stats/gamma-ratio.js"
import { shrinkCounts, shrinkMeans, shrinkProportions } from "../../../src/math/stats/shrink.js"

/** P(X <= k) of a binomial and of a Poisson variable, term by term. */
const binomialUpTo = (k: number, n: number, p: number): number => Array.from({ length: k + 1 }, (_, y) => Math.exp(gammaln(n + 1) - gammaln(y + 1) - gammaln(n - y + 1) + y * Math.log(p) + (n - y) * Math.log1p(-p))).reduce((sum, x) => sum + x, 0)
const poissonUpTo = (k: number, mean: number): number => Array.from({ length: k + 1 }, (_, y) => Math.exp(y * Math.log(mean) - mean - gammaln(y + 1))).reduce((sum, x) => sum + x, 0)

test("incomplete beta and gamma ratios are tails of binomial and Poisson sums, and quantiles invert them", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0.01, max: 0.99, noNaN: true }), fc.nat(), (n, p, some) => {
    const k = some % n
    expect(1 - betaRatio(p, k + 1, n - k)).toBeCloseTo(binomialUpTo(k, n, p), 10)
    expect(1 - gammaRatio(k + 1, 40 * p)).toBeCloseTo(poissonUpTo(k, 40 * p), 10)
    expect(betaRatio(betaQuantile(p, k + 1, n - k), k + 1, n - k)).toBeCloseTo(p, 10)
    expect(gammaRatio(k + 0.5, gammaQuantile(p, k + 0.5))).toBeCloseTo(p, 10)
  }), { numRuns: 200 })
})

test("exact intervals as published: 10 of 20 by Clopper and Pearson, counts 0 and 10 by Garwood; Byar's is close", () => {
  // Clopper & Pearson 1934; Garwood 1936, table of 95 % limits
  expect(exactProportionInterval(10, 20).low).toBeCloseTo(0.272, 3)
  expect(exactProportionInterval(10, 20).high).toBeCloseTo(0.728, 3)
  expect(exactProportionInterval(0, 10)).toEqual({ low: 0, high: expect.closeTo(1 - 0.025 ** 0.1, 10) as number })
  expect(poissonInterval(0)).toEqual({ low: 0, high: expect.closeTo(3.689, 3) as number })
  expect(poissonInterval(10).low).toBeCloseTo(4.795, 3)
  expect(poissonInterval(10).high).toBeCloseTo(18.39, 2)
  for (const count of [5, 10, 50, 400]) {
    expect(byarInterval(count).low / poissonInterval(count).low).toBeCloseTo(1, 1)
    expect(byarInterval(count).high / poissonInterval(count).high).toBeCloseTo(1, 2)
  }
})

test("exact intervals hold at least 95 % of draws at every rate, summed exactly", () => {
  for (const n of [5, 20, 60]) {
    for (const p of [0.02, 0.1, 0.3, 0.5]) {
      let covered = 0
      for (let y = 0; y <= n; y++) {
        const { low, high } = exactProportionInterval(y, n)
        if (low <= p && p <= high) covered += binomialUpTo(y, n, p) - (y > 0 ? binomialUpTo(y - 1, n, p) : 0)
      }
      expect(covered).toBeGreaterThanOrEqual(0.95 - 1e-12)
    }
  }
})

/** Draws that have what distribution is claimed. */
function draws(seed: number): { uniform(): number; normal(): number; binomial(n: number, p: number): number; poisson(mean: number): number; gamma(shape: number): number } {
  const uniform = createRandom(seed)
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
  return {
    uniform,
    normal,
    binomial: (n, p) => Array.from({ length: n }, () => uniform() < p).filter(Boolean).length,
    poisson: (mean) => {
      let product = uniform()
      let count = 0
      for (; product > Math.exp(-mean); count++) product *= uniform()
      return count
    },
    gamma: (shape) => gammaQuantile(uniform(), shape),
  }
}

test("shrunken figures are nearer to the truth than raw ones, and their intervals hold it", () => {
  const random = draws(3)
  const sums = { raw: 0, shrunken: 0, covered: 0, count: 0 }
  const note = (truth: number, raw: number, { value, low, high }: { value: number; low: number; high: number }, scale: number): void => {
    sums.raw += ((raw - truth) / scale) ** 2
    sums.shrunken += ((value - truth) / scale) ** 2
    sums.count++
    if (low <= truth && truth <= high) sums.covered++
  }
  for (let run = 0; run < 12; run++) {
    const truths = Array.from({ length: 30 }, () => betaQuantile(random.uniform(), 22, 78))
    const trials = truths.map(() => 20 + Math.floor(60 * random.uniform()))
    const successes = truths.map((p, t) => random.binomial(trials[t], p))
    shrinkProportions(successes, trials).estimates.forEach((one, t) => note(truths[t], successes[t] / trials[t], one, 0.04))
    const rates = Array.from({ length: 30 }, () => random.gamma(9) / 9)
    const exposures = rates.map(() => 2 + 8 * random.uniform())
    const counts = rates.map((rate, t) => random.poisson(rate * exposures[t]))
    shrinkCounts(counts, exposures).estimates.forEach((one, t) => note(rates[t], counts[t] / exposures[t], one, 0.33))
    const means = Array.from({ length: 30 }, () => 10 + 2 * random.normal())
    const errors = means.map(() => 1 + 3 * random.uniform())
    const values = means.map((mean, t) => mean + errors[t] * random.normal())
    shrinkMeans(values, errors).estimates.forEach((one, t) => note(means[t], values[t], one, 2))
  }
  expect(sums.shrunken).toBeLessThan(0.75 * sums.raw)
  // 1,080 intervals, 30 at a time under one prior: 95 % to within three standard errors of so many independent pairs
  expect(sums.covered / sums.count).toBeGreaterThan(0.92)
  expect(sums.covered / sums.count).toBeLessThan(0.98)
})

test("equal figures are drawn together wholly, far figures not at all", () => {
  const equal = shrinkProportions([20, 21, 19, 20, 20], [100, 100, 100, 100, 100])
  for (const { value } of equal.estimates) expect(Math.abs(value - 0.2)).toBeLessThan(0.004)
  const far = shrinkMeans([0, 100, 200, 300, 400, 500], [1, 1, 1, 1, 1, 1])
  far.estimates.forEach(({ value }, t) => expect(value).toBeCloseTo(100 * t, 1))
  const one = shrinkMeans([5], [2])
  expect(one.estimates[0]).toEqual({ value: 5, low: expect.closeTo(5 - 1.96 * 2, 2) as number, high: expect.closeTo(5 + 1.96 * 2, 2) as number })
  const none = shrinkCounts([0, 0, 0], [10, 20, 30])
  for (const { value, low, high } of none.estimates) expect([value, low, high].every(Number.isFinite)).toBe(true)
  // nobody, and everybody: 1 is as far away as 0
  const nobody = shrinkProportions([0, 0, 0], [10, 20, 30]).estimates
  const everybody = shrinkProportions([10, 20, 30], [10, 20, 30]).estimates
  nobody.forEach(({ value, low, high }, t) => {
    expect(0 <= low && low < value && value < high && high < 0.2).toBe(true)
    for (const [one, other] of [[value, everybody[t].value], [low, everybody[t].high], [high, everybody[t].low]]) expect(one + other).toBeCloseTo(1, 6)
  })
})
