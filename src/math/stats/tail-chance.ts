import { gammaln } from "simple-statistics"
import { exp } from "../exact/exp.js"
import { log } from "../exact/log.js"
import { log1p } from "../exact/log1p.js"
import { tailBothSides } from "./student-t.js"

/**
 * Tails that are tried: as good as normal, and Student's t down to 2 degrees, evenly in 1 / degrees; with fewer
 * degrees hardly anybody is odd.
 */
const TAILS = 11
const HEAVIEST = 1 / 2
const LIGHTEST = 0.005
/** Scales that are tried, evenly in the logarithm, around the one that the median suggests: up to three times, or so many times 1 / sqrt(residuals). */
const SCALES = 25
const REACH = log(3)
const ERRORS = 5

/** How likely tails are before the residuals are seen; by the lightest but normal ones. */
export interface TailPrior {
  /** Weight of tails as good as normal: sums over many customers are mostly near it. */
  readonly normal: number
  /** By how much less the heaviest weighs, 0 to 1; between them it falls evenly. */
  readonly decline: number
}

/**
 * How probable it is that one of many residuals is as large as it is, where luck may have heavier tails than the normal distribution: how heavy,
 * the other residuals tell. They are taken for Student's t of unknown degrees and scale; all that are likely count by their likelihood, without
 * that of the residual in question. O(residuals + asked), some hundred times.
 *
 * Source: Student's t for residuals, with unknown degrees: Lange, Little & Taylor, J. Am. Statist. Assoc. 84, 1989.
 *
 * @param residuals of one common scale
 * @param degrees of freedom that they have; fewer than there are, since a model was fitted to them
 * @param asked which of them
 * @param prior with little weight on normal tails a few residuals hardly ever refute heavy ones
 * @returns by place in `asked`: the chance of a residual so large, both sides; 0 where most residuals are 0
 */
export function tailChances(
  residuals: Float64Array,
  degrees: number,
  asked: readonly number[],
  prior: TailPrior,
): Float64Array {
  const n = residuals.length
  const middle = residuals.map(Math.abs).sort()[n >> 1]
  const chances = new Float64Array(asked.length)
  if (!(middle > 0)) return chances
  // n residuals say as much as `degrees` free ones
  const worth = degrees / n
  const reach = Math.min(REACH, ERRORS / Math.sqrt(n))
  const priors: number[] = []
  const logWeights: number[] = []
  const laws: { readonly tail: number; readonly scale: number; readonly own: readonly number[] }[] = []
  for (let t = 0; t < TAILS; t++) {
    const tail = 1 / Math.max(LIGHTEST, (HEAVIEST * t) / (TAILS - 1))
    const front = gammaln((tail + 1) / 2) - gammaln(tail / 2) - log(tail) / 2
    for (let s = 0; s < SCALES; s++) {
      const scale = (middle / medianOf(tail)) * exp(reach * ((2 * s) / (SCALES - 1) - 1))
      const density = (residual: number): number => front - log(scale) - ((tail + 1) / 2) * log1p((residual / scale) ** 2 / tail)
      let logWeight = 0
      for (let i = 0; i < n; i++) logWeight += density(residuals[i])
      logWeights.push(logWeight)
      priors.push(t === 0 ? log(prior.normal) : log(1 - (prior.decline * t) / (TAILS - 1)))
      laws.push({ tail, scale, own: asked.map((i) => density(residuals[i])) })
    }
  }
  asked.forEach((i, place) => {
    const without = logWeights.map((logWeight, law) => priors[law] + worth * (logWeight - laws[law].own[place]))
    const top = without.reduce((most, value) => Math.max(most, value), -Infinity)
    let [sum, beyond] = [0, 0]
    without.forEach((value, law) => {
      const weight = exp(value - top)
      sum += weight
      // what is nearly impossible need not be asked for its tail
      if (weight > 1e-9) beyond += weight * tailBothSides(residuals[i] / laws[law].scale, laws[law].tail)
    })
    chances[place] = beyond / sum
  })
  return chances
}

/** The median of |t|, degrees >= 3, to 1e-3: Abramowitz & Stegun, Handbook of Mathematical Functions, 26.7.5, at the normal quantile 0.6745. */
function medianOf(degrees: number): number {
  return 0.67449 + 0.24534 / degrees + 0.0795 / degrees ** 2
}
