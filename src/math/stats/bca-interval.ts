import { createRandom } from "../random.js"
import { quantileSorted, probit } from "simple-statistics"
import type { Interval } from "./interval.js"

/** Chances may not be so close to 0 or 1 that a quantile of them is beyond all resamples. */
const EDGE = 1e-6

/**
 * The 95 % interval of a ratio of sums by the bootstrap: rows are drawn again and again, and the ends are quantiles of the ratios that come
 * out, moved by the bias and the acceleration of the figure (BCa). Better than a standard error where amounts are skewed; fewer than 50 rows
 * tell too little of the tail. O(resamples x rows).
 *
 * Source: Efron, J. Am. Statist. Assoc. 82, 1987, equations 2.3 and 6.6; acceleration of a smooth function of sums by its influence on rows.
 *
 * @param numerators and @param denominators one number a row, denominators >= 0, of positive sum
 * @param first, last the rows that count: `first` to `last - 1`
 * @param resamples 1,000 or more
 * @returns null with fewer than 2 rows, or where resamples have no denominator
 */
export function bcaInterval(numerators: Float64Array, denominators: Float64Array, first: number, last: number, resamples: number, seed: number): Interval | null {
  const n = last - first
  if (n < 2) return null
  let y = 0
  let x = 0
  for (let i = first; i < last; i++) {
    y += numerators[i]
    x += denominators[i]
  }
  const ratio = y / x
  const random = createRandom(seed, 11)
  const ratios = new Float64Array(resamples)
  let below = 0
  for (let b = 0; b < resamples; b++) {
    let sumY = 0
    let sumX = 0
    for (let draw = 0; draw < n; draw++) {
      const i = first + Math.floor(random() * n)
      sumY += numerators[i]
      sumX += denominators[i]
    }
    if (!(sumX > 0)) return null
    ratios[b] = sumY / sumX
    below += ratios[b] < ratio ? 1 : ratios[b] === ratio ? 0.5 : 0
  }
  let squares = 0
  let cubes = 0
  for (let i = first; i < last; i++) {
    const influence = numerators[i] - ratio * denominators[i]
    squares += influence ** 2
    cubes += influence ** 3
  }
  if (!(squares > 0)) return { low: ratio, high: ratio }
  const acceleration = cubes / (6 * squares ** 1.5)
  const bias = probit(Math.min(1 - EDGE, Math.max(EDGE, below / resamples)))
  const sorted = Array.from(ratios.sort())
  const end = (z: number): number => {
    const moved = bias + (bias + z) / (1 - acceleration * (bias + z))
    return quantileSorted(sorted, Math.min(1 - EDGE, Math.max(EDGE, normalBelow(moved))))
  }
  return { low: end(-1.959963984540054), high: end(1.959963984540054) }
}

/** The standard normal distribution function, to 1e-7: Abramowitz & Stegun, Handbook of Mathematical Functions, 26.2.17. */
function normalBelow(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z))
  const tail = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return z > 0 ? 1 - tail : tail
}
