import { cumulativeStdNormalProbability, probit } from "simple-statistics"
import { expect, test } from "vitest"
import { createBootstrap } from "../../../src/math/stats/bca-interval.js"
import { byarInterval, poissonInterval } from "../../../src/math/stats/count-interval.js"
import { exactProportionInterval } from "../../../src/math/stats/exact-proportion-interval.js"
import { shrinkMeans, shrinkProportions } from "../../../src/math/stats/shrink.js"

test.each([
  // Newcombe, Statist. Med. 17, 1998, table I, method 5 (Clopper & Pearson)
  [81, 263, 0.2527, 0.3676],
  [15, 148, 0.0578, 0.1617],
  [0, 20, 0, 0.1684],
  [1, 29, 0.0009, 0.1776],
])("the exact interval of %i in %i is the published one", (successes, trials, low, high) => {
  const interval = exactProportionInterval(successes, trials)
  expect(interval.low).toBeCloseTo(low, 4) // printed to 4 digits
  expect(interval.high).toBeCloseTo(high, 4)
})

test.each([
  // Garwood, Biometrika 28, 1936, to the four digits of later tables
  [0, 0, 3.6889], [1, 0.0253, 5.5716], [2, 0.2422, 7.2247], [3, 0.6187, 8.7673], [4, 1.0899, 10.2416], [5, 1.6235, 11.6683], [6, 2.2019, 13.0595],
  [7, 2.8144, 14.4227], [8, 3.4538, 15.7632], [9, 4.1154, 17.0848], [10, 4.7954, 18.3904], [11, 5.4912, 19.682], [12, 6.2006, 20.9616],
])("the exact interval of a count of %i is the tabulated one", (count, low, high) => {
  expect(poissonInterval(count).low).toBeCloseTo(low, 4)
  expect(poissonInterval(count).high).toBeCloseTo(high, 4)
})

test("Byar's interval is within 0.2 % of the exact one from a count of 10 on, and within 1 % from 5 on", () => {
  // Public Health England, Technical Guide: Confidence Intervals, 2018, appendix 1, says so of 95 % and counts of 10 or more
  for (let count = 5; count <= 2000; count += count < 50 ? 1 : 97) {
    const share = count < 10 ? 0.01 : 0.002
    expect(Math.abs(byarInterval(count).low / poissonInterval(count).low - 1)).toBeLessThan(share)
    expect(Math.abs(byarInterval(count).high / poissonInterval(count).high - 1)).toBeLessThan(share)
  }
})

test("the batting averages of Efron and Morris: drawn in as by James and Stein, and as much nearer to the rest of the season", () => {
  // hits in 45 at-bats, and the average in the rest of the season; estimate 0.265 + 0.212 (average - 0.265):
  // Efron & Morris, J. Am. Statist. Assoc. 70, 1975; Scientific American 236(5), 1977
  const hits = [18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7]
  const rest = [0.346, 0.298, 0.276, 0.222, 0.273, 0.27, 0.263, 0.21, 0.269, 0.23, 0.264, 0.256, 0.303, 0.264, 0.226, 0.285, 0.316, 0.2]
  const averages = hits.map((own) => own / 45)
  const published = averages.map((average) => 0.265 + 0.212 * (average - 0.265))
  const error = Math.sqrt((0.265 * 0.735) / 45)
  const squares = (estimates: readonly number[]): number => estimates.reduce((sum, estimate, i) => sum + (estimate - rest[i]) ** 2, 0)
  for (const { estimates, mean } of [shrinkProportions(hits, hits.map(() => 45)), shrinkMeans(averages, hits.map(() => error))]) {
    // two points of a batting average: theirs plugs one prior in, ours weighs all that are likely, and the factor differs by 0.01
    estimates.forEach(({ value }, i) => expect(Math.abs(value - published[i])).toBeLessThan(0.002))
    expect(Math.abs((estimates[0].value - estimates[17].value) / (averages[0] - averages[17]) - 0.212)).toBeLessThan(0.01)
    expect(mean).toBeCloseTo(0.265, 2)
    expect(squares(averages) / squares(estimates.map(({ value }) => value))).toBeGreaterThan(3.4)
    // 18 intervals of 95 %: at most two outside
    expect(estimates.filter(({ low, high }, i) => low <= rest[i] && rest[i] <= high).length).toBeGreaterThanOrEqual(16)
  }
  expect(squares(averages) / squares(published)).toBeGreaterThan(3.4)
})

test("the BCa interval of a mean is that of R's package boot (Davison & Hinkley 1997)", () => {
  // boot.ci of a million resamples, as SciPy's tests hold theirs to it
  const rows = Float64Array.of(10, 12, 12.5, 12.5, 13.9, 15, 21, 22, 23, 34, 50, 81, 89, 121, 134, 213)
  const interval = createBootstrap(100_000, 0, false)(rows, new Float64Array(16).fill(1), 0, 16)
  // 100,000 resamples: ends differ between seeds by half a per cent
  expect(Math.abs((interval?.low as number) / 32.31 - 1)).toBeLessThan(0.01)
  expect(Math.abs((interval?.high as number) / 91.43 - 1)).toBeLessThan(0.01)
})

test("the BCa interval of a ratio: of the hormone patches of Efron and Tibshirani, by all resamples that there are", () => {
  // new - old patch, and old patch - placebo, of eight people: Efron & Tibshirani, An Introduction to the Bootstrap, 1993, chapter 10
  const y = [-1200, 2601, -2705, 1982, -1290, 351, -638, -2719]
  const x = [8406, 2342, 8187, 8459, 4795, 3516, 4796, 10238]
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)
  const ratio = sum(y) / sum(x)
  expect(ratio).toBeCloseTo(-0.0713, 4)
  // every way to draw eight of eight with its chance, 8! / (c1! ... c8!) / 8^8: no bootstrap by chance
  const draws: { ratio: number; chance: number }[] = []
  const deal = (i: number, left: number, sumY: number, sumX: number, chance: number): void => {
    if (i === 7) return void draws.push({ ratio: (sumY + left * y[7]) / (sumX + left * x[7]), chance: chance / factorial(left) })
    for (let count = 0; count <= left; count++) deal(i + 1, left - count, sumY + count * y[i], sumX + count * x[i], chance / factorial(count))
  }
  deal(0, 8, 0, 0, factorial(8) / 8 ** 8)
  expect(draws).toHaveLength(6435)
  expect(sum(draws.map(({ chance }) => chance))).toBeCloseTo(1, 12)
  draws.sort((a, b) => a.ratio - b.ratio)
  const bias = probit(sum(draws.map((one) => (one.ratio < ratio - 1e-12 ? one.chance : one.ratio < ratio + 1e-12 ? one.chance / 2 : 0))))
  const influences = y.map((own, i) => own - ratio * x[i])
  const acceleration = sum(influences.map((one) => one ** 3)) / (6 * sum(influences.map((one) => one ** 2)) ** 1.5)
  const end = (z: number): number => {
    const share = cumulativeStdNormalProbability(bias + (bias + z) / (1 - acceleration * (bias + z)))
    let below = 0
    return draws.find(({ chance }) => (below += chance) >= share)?.ratio ?? NaN
  }
  const interval = createBootstrap(100_000, 0, false)(Float64Array.from(y), Float64Array.from(x), 0, 8)
  // ends differ between seeds by 0.002
  expect(Math.abs((interval?.low as number) - end(-1.96))).toBeLessThan(0.006)
  expect(Math.abs((interval?.high as number) - end(1.96))).toBeLessThan(0.006)
})

const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1))

test("the beta prior of 6,115 families of twelve children in Saxony (Geissler 1889; Sokal & Rohlf 1969): mean 0.5192, and the published variance of boys, 3.490", () => {
  const families = [3, 24, 104, 286, 670, 1033, 1343, 1112, 829, 478, 181, 45, 7]
  const boys = families.flatMap((count, y) => new Array<number>(count).fill(y))
  const { mean, spread } = shrinkProportions(boys, boys.map(() => 12))
  expect(mean).toBeCloseTo(0.5192, 3)
  // beta-binomial: variance = 12 mean (1 - mean) + 12 x 11 spread^2; spreads are known to 5 %, and tried in steps of 12 %
  const variance = 12 * mean * (1 - mean) + 132 * spread ** 2
  expect(Math.abs(spread / Math.sqrt((3.49 - 12 * 0.5192 * 0.4808) / 132) - 1)).toBeLessThan(0.06)
  expect(variance).toBeCloseTo(3.49, 1)
})
