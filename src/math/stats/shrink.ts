import { largestOf } from "./extremes.js"
import { gammaln } from "simple-statistics"
import { exp } from "../exact/exp.js"
import { log } from "../exact/log.js"
import { pow } from "../exact/pow.js"
import { betaQuantile } from "./beta-ratio.js"
import { gammaQuantile } from "./gamma-ratio.js"
import type { Interval } from "./interval.js"
import { Z_95 } from "./normal-limits.js"

/** A figure drawn toward the others by as much as it says little itself, and where it lies with 95 % then. */
export interface Shrunken extends Interval {
  readonly value: number
}

/** All figures, and what they have in common. */
export interface ShrunkenGroup {
  readonly estimates: readonly Shrunken[]
  /** The mean that figures are drawn to, and their true spread around it: standard deviation. */
  readonly mean: number
  readonly spread: number
}

/** A prior that may be the true one: its weight, its mean and spread, and what a group's figure is under it. */
interface Prior {
  readonly logWeight: number
  readonly mean: number
  readonly spread: number
  /** By group: mean and variance of the posterior. */
  readonly means: readonly number[]
  readonly variances: readonly number[]
}

/** Priors that are tried: so many spreads, and so many means of each, within so many standard errors of the pooled figure. */
const SPREADS = 56
const MEANS = 9
const REACH = 3
/** The largest spread that is tried, as a share of what is possible. */
const WIDEST = 0.9
const NARROWEST = 2e-3

/**
 * Proportions under a beta prior of their own (beta-binomial). Which prior is not known: all that are likely count by their marginal
 * likelihood, evenly over the spread, so that intervals do not pretend to know it; a posterior is a beta distribution with the mean and
 * the variance of that mixture. O(groups), some hundred times.
 *
 * Source: beta-binomial: Skellam, J. Roy. Statist. Soc. B 10, 1948; evenly over the spread: Gelman, Bayesian Analysis 1, 2006.
 *
 * @param successes 0 <= successes <= trials
 * @param trials >= 0, not all 0; groups without any get the prior alone
 */
export function shrinkProportions(successes: readonly number[], trials: readonly number[]): ShrunkenGroup {
  const all = trials.reduce((sum, n) => sum + n, 0)
  const pooled = (successes.reduce((sum, y) => sum + y, 0) + 0.5) / (all + 1)
  const priors: Prior[] = []
  for (const share of spreads()) {
    // the spread of a beta prior is sqrt(mean (1 - mean) / (trust + 1))
    const trust = 1 / share ** 2 - 1
    for (const step of steps()) {
      const error = Math.sqrt(1 / (all + 1) + share ** 2 / trials.length) / Math.sqrt(pooled * (1 - pooled))
      const mean = 1 / (1 + exp(-(log(pooled / (1 - pooled)) + step * error)))
      const [a, b] = [mean * trust, (1 - mean) * trust]
      const front = gammaln(trust) - gammaln(a) - gammaln(b)
      let logWeight = log(share * error)
      const means: number[] = []
      const variances: number[] = []
      trials.forEach((n, t) => {
        const [ownA, ownB, own] = [a + successes[t], b + n - successes[t], trust + n]
        if (n > 0) logWeight += front + gammaln(ownA) + gammaln(ownB) - gammaln(own)
        means.push(ownA / own)
        variances.push((ownA * ownB) / (own * own * (own + 1)))
      })
      priors.push({ logWeight, mean, spread: share * Math.sqrt(mean * (1 - mean)), means, variances })
    }
  }
  return mix(priors, (mean, variance) => {
    const own = Math.max((mean * (1 - mean)) / variance - 1, 1e-6)
    return { low: betaQuantile(0.025, mean * own, (1 - mean) * own), high: betaQuantile(0.975, mean * own, (1 - mean) * own) }
  })
}

/**
 * Rates of counts under a gamma prior of their own (gamma-Poisson), in the same way. O(groups), some hundred times.
 *
 * Source: Clayton & Kaldor, Biometrics 43, 1987; evenly over the spread: Gelman, Bayesian Analysis 1, 2006.
 *
 * @param counts >= 0
 * @param exposures > 0: what counts are measured against
 */
export function shrinkCounts(counts: readonly number[], exposures: readonly number[]): ShrunkenGroup {
  const all = counts.reduce((sum, y) => sum + y, 0)
  const pooled = (all + 0.5) / exposures.reduce((sum, e) => sum + e, 0)
  const priors: Prior[] = []
  for (const share of spreads(2)) {
    // the spread of a gamma prior is mean / sqrt(shape)
    const shape = 1 / share ** 2
    for (const step of steps()) {
      const error = Math.sqrt(1 / (all + 0.5) + share ** 2 / counts.length)
      const mean = pooled * exp(step * error)
      const trust = shape / mean
      let logWeight = log(share * error)
      const means: number[] = []
      const variances: number[] = []
      exposures.forEach((e, t) => {
        const own = shape + counts[t]
        logWeight += gammaln(own) - gammaln(shape) + shape * log(trust / (trust + e)) + (counts[t] > 0 ? counts[t] * log(e / (trust + e)) : 0)
        means.push(own / (trust + e))
        variances.push(own / (trust + e) ** 2)
      })
      priors.push({ logWeight, mean, spread: share * mean, means, variances })
    }
  }
  return mix(priors, (mean, variance) => {
    const [shape, scale] = [(mean * mean) / variance, variance / mean]
    return { low: gammaQuantile(0.025, shape) * scale, high: gammaQuantile(0.975, shape) * scale }
  })
}

/**
 * Figures with standard errors under a normal prior, in the same way; the mean of the prior is integrated over in closed form. O(groups),
 * some dozens of times.
 *
 * Source: Morris, J. Am. Statist. Assoc. 78, 1983; evenly over the spread: Gelman, Bayesian Analysis 1, 2006, section 2.
 *
 * @param errors > 0
 */
export function shrinkMeans(values: readonly number[], errors: readonly number[]): ShrunkenGroup {
  const k = values.length
  if (k < 2) return { estimates: values.map((value, t) => ({ value, low: value - Z_95 * errors[t], high: value + Z_95 * errors[t] })), mean: values[0] ?? 0, spread: 0 }
  const middle = values.reduce((sum, value) => sum + value, 0) / k
  const widest = 3 * Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (k - 1)) + Number.MIN_VALUE
  const priors = spreads().map((share): Prior => {
    const spread = (share / WIDEST) * widest
    const weights = errors.map((error) => 1 / (error ** 2 + spread ** 2))
    const weight = weights.reduce((sum, w) => sum + w, 0)
    const mean = weights.reduce((sum, w, t) => sum + w * values[t], 0) / weight
    let logWeight = log(share) - log(weight) / 2
    weights.forEach((w, t) => (logWeight += log(w) / 2 - (w * (values[t] - mean) ** 2) / 2))
    const drawn = errors.map((error) => error ** 2 / (error ** 2 + spread ** 2))
    return { logWeight, mean, spread, means: values.map((value, t) => drawn[t] * mean + (1 - drawn[t]) * value), variances: errors.map((error, t) => error ** 2 * (1 - drawn[t]) + drawn[t] ** 2 / weight) }
  })
  return mix(priors, (mean, variance) => ({ low: mean - Z_95 * Math.sqrt(variance), high: mean + Z_95 * Math.sqrt(variance) }))
}

/** Spreads from next to none to the widest, evenly in the logarithm: a weight for each is then that of its logarithm, the spread itself. */
function spreads(widest: number = WIDEST): number[] {
  return Array.from({ length: SPREADS }, (_, s) => NARROWEST * pow(widest / NARROWEST, s / (SPREADS - 1)))
}

/** Steps around the pooled mean, in standard errors. */
function steps(): number[] {
  return Array.from({ length: MEANS }, (_, s) => REACH * ((2 * s) / (MEANS - 1) - 1))
}

/** The mixture of the posteriors under all priors: mean, and an interval from mean and variance. */
function mix(priors: readonly Prior[], intervalOf: (mean: number, variance: number) => Interval): ShrunkenGroup {
  const top = largestOf(priors.map(({ logWeight }) => logWeight))
  const weights = priors.map(({ logWeight }) => exp(logWeight - top))
  const total = weights.reduce((sum, w) => sum + w, 0)
  const average = (pick: (prior: Prior) => number): number => priors.reduce((sum, prior, p) => sum + weights[p] * pick(prior), 0) / total
  return {
    mean: average(({ mean }) => mean),
    spread: average(({ spread }) => spread),
    estimates: priors[0].means.map((_, t) => {
      const value = average(({ means }) => means[t])
      const variance = average(({ means, variances }) => variances[t] + (means[t] - value) ** 2)
      return { value, ...intervalOf(value, variance) }
    }),
  }
}
