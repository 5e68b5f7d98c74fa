import { gammaln } from "simple-statistics"
import { expect, test } from "vitest"
import { createRandom } from "../../../src/math/random.js"
import { betaQuantile } from "../../../src/math/stats/beta-ratio.js"
import { gammaQuantile } from "../../../src/math/stats/gamma-ratio.js"
import { shrinkCounts, shrinkMeans, shrinkProportions } from "../../../src/math/stats/shrink.js"
import { tailBothSides } from "../../../src/math/stats/student-t.js"
import { tailChances } from "../../../src/math/stats/tail-chance.js"

/** Laws that may hold, each with the logarithm of its weight and what it says; the mean of that, and its variance around that mean. */
interface Law {
  readonly logWeight: number
  readonly means: readonly number[]
  readonly variances: readonly number[]
}

/** What the mixture of laws says of every group: written out, with far more laws than the code tries. */
function mixed(laws: readonly Law[]): { readonly mean: number; readonly error: number }[] {
  const top = laws.reduce((most, { logWeight }) => Math.max(most, logWeight), -Infinity)
  return laws[0].means.map((_, t) => {
    let [total, first, second] = [0, 0, 0]
    for (const { logWeight, means, variances } of laws) {
      const weight = Math.exp(logWeight - top)
      total += weight
      first += weight * means[t]
      second += weight * (variances[t] + means[t] ** 2)
    }
    const mean = first / total
    return { mean, error: Math.sqrt(second / total - mean ** 2) }
  })
}

const grid = (from: number, to: number, count: number): number[] => Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1))
/** Spreads evenly in the logarithm, each with the weight of an even law of the spread itself. */
const shares = (widest: number, count: number): number[] => grid(Math.log(2e-3), Math.log(widest), count).map(Math.exp)

/** Ends and values to 5 % of the error of the figure: the code tries fewer laws, and means within three standard errors of the pooled one. */
function expectNear(found: readonly { readonly value: number; readonly low: number; readonly high: number }[], laws: readonly Law[], quantile: (p: number, mean: number, error: number) => number): void {
  mixed(laws).forEach(({ mean, error }, t) => {
    expect(Math.abs(found[t].value - mean) / error).toBeLessThan(0.05)
    expect(Math.abs(found[t].low - quantile(0.025, mean, error)) / error).toBeLessThan(0.05)
    expect(Math.abs(found[t].high - quantile(0.975, mean, error)) / error).toBeLessThan(0.05)
  })
}

test("shrunken proportions are the mean and the spread over all beta priors, densely integrated", () => {
  for (const [successes, trials] of [[[3, 9, 14, 30, 22], [20, 30, 40, 60, 80]], [[1, 2, 4, 0], [12, 30, 25, 8]], [[40, 38], [50, 60]]]) {
    const laws = shares(0.9, 50).flatMap((share) =>
      grid(-9, 6, 91).map((logit): Law => {
        const mean = 1 / (1 + Math.exp(-logit))
        const trust = 1 / share ** 2 - 1
        const [a, b] = [mean * trust, (1 - mean) * trust]
        let logWeight = Math.log(share)
        successes.forEach((y, t) => (logWeight += gammaln(a + y) + gammaln(b + trials[t] - y) - gammaln(trust + trials[t]) + gammaln(trust) - gammaln(a) - gammaln(b)))
        const means = successes.map((y, t) => (a + y) / (trust + trials[t]))
        return { logWeight, means, variances: means.map((p, t) => (p * (1 - p)) / (trust + trials[t] + 1)) }
      }))
    expectNear(shrinkProportions(successes, trials).estimates, laws, (p, mean, error) => {
      const trust = (mean * (1 - mean)) / error ** 2 - 1
      return betaQuantile(p, mean * trust, (1 - mean) * trust)
    })
  }
})

test("shrunken rates are the mean and the spread over all gamma priors, densely integrated, in any unit of exposure", () => {
  for (const [counts, exposures] of [[[3, 9, 14, 30, 22], [2, 3, 4, 6, 8]], [[0, 4, 1], [300, 500, 200]]]) {
    const laws = shares(2, 50).flatMap((share) =>
      grid(-12, 6, 121).map((logMean): Law => {
        const mean = Math.exp(logMean)
        const shape = 1 / share ** 2
        const rate = shape / mean
        let logWeight = Math.log(share)
        counts.forEach((y, t) => (logWeight += gammaln(shape + y) - gammaln(shape) + shape * Math.log(rate) - (shape + y) * Math.log(rate + exposures[t]) + y * Math.log(exposures[t])))
        return { logWeight, means: counts.map((y, t) => (shape + y) / (rate + exposures[t])), variances: counts.map((y, t) => (shape + y) / (rate + exposures[t]) ** 2) }
      }))
    expectNear(shrinkCounts(counts, exposures).estimates, laws, (p, mean, error) => (gammaQuantile(p, (mean / error) ** 2) * error ** 2) / mean)
  }
})

test("shrunken means are the mean and the spread over all normal priors, densely integrated", () => {
  for (const [values, errors] of [[[1, 4, 2, 8], [2, 1, 3, 2]], [[10, 12, 9], [1, 1, 1]], [[0, 100, 50], [1, 1, 1]]]) {
    const middle = values.reduce((sum, x) => sum + x, 0) / values.length
    const sd = Math.sqrt(values.reduce((sum, x) => sum + (x - middle) ** 2, 0) / (values.length - 1))
    const laws = shares(0.9, 50).flatMap((share) => {
      // up to three times the standard deviation of the values
      const spread = (share / 0.9) * 3 * sd
      return grid(middle - 8 * sd, middle + 8 * sd, 201).map((mean): Law => {
        let logWeight = Math.log(share)
        values.forEach((x, t) => (logWeight -= Math.log(errors[t] ** 2 + spread ** 2) / 2 + (x - mean) ** 2 / (2 * (errors[t] ** 2 + spread ** 2))))
        const own = errors.map((error) => 1 / (1 / error ** 2 + 1 / spread ** 2))
        return { logWeight, means: values.map((x, t) => own[t] * (x / errors[t] ** 2 + mean / spread ** 2)), variances: own }
      })
    })
    expectNear(shrinkMeans(values, errors).estimates, laws, (p, mean, error) => mean + (p < 0.5 ? -1.959964 : 1.959964) * error)
  }
})

test("the chance of a residual is that under all laws of Student, densely integrated", () => {
  const random = createRandom(8)
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  for (const [n, size, isHeavy] of [[30, 3, false], [60, 5, true], [2000, 4, false]] as const) {
    const residuals = Float64Array.from({ length: n }, () => 7 * normal() / (isHeavy ? Math.sqrt((normal() ** 2 + normal() ** 2 + normal() ** 2) / 3) : 1))
    residuals[0] = 7 * size
    const others = residuals.slice(1)
    const scale = Math.sqrt(others.reduce((sum, r) => sum + Math.min(r * r, 400), 0) / n)
    const laws = grid(0, 1 / 2, 11).flatMap((inverse, t) =>
      grid(-1.2, 1.2, n > 1000 ? 121 : 61).map((step): Law => {
        const tail = 1 / Math.max(0.005, inverse)
        const own = scale * Math.exp(step)
        const front = gammaln((tail + 1) / 2) - gammaln(tail / 2) - Math.log(tail) / 2 - Math.log(own)
        let logWeight = 0
        for (const r of others) logWeight += front - ((tail + 1) / 2) * Math.log1p((r / own) ** 2 / tail)
        return { logWeight: ((n - 2) / n) * logWeight + Math.log(t === 0 ? 2 : 1 - 0.09 * t), means: [tailBothSides(residuals[0] / own, tail)], variances: [0] }
      }))
    expect(tailChances(residuals, n - 2, [0], { normal: 2, decline: 0.9 })[0] / mixed(laws)[0].mean).toBeCloseTo(1, 3)
  }
})
