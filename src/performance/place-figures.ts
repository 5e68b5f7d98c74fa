import { placeInFunnel } from "../math/stats/funnel.js"
import { rankChances } from "../math/stats/rank-chances.js"
import { ratioError } from "../math/stats/ratio-interval.js"
import { shrinkMeans, shrinkProportions } from "../math/stats/shrink.js"
import type { KpiRows } from "./kpi-value.js"
import type { KpiPlace, KpiValue } from "./performance-result.js"

/** A difference of this share of the whole is what data should tell; with these chances of a false alarm and of seeing it: 1.96 + 0.84. */
const WORTH_SEEING = 0.2
const POWER = 2.8
const Z_95 = 1.959963984540054
const Z_998 = 3.090232306167813

/** Of the largest figure. */
const LEAST_ERROR = 1e-9

/** Nothing can be said. */
const NOWHERE: KpiPlace = Object.freeze({ shrunken: null, rank: null, funnel: null, neededRows: null })

/**
 * Where every territory's figure stands among the others when chance is taken into account: drawn toward their mean by as much as it says
 * little, in the funnel of its size, and its rank with how sure that is. O(rows + territories, some thousand times).
 *
 * @param starts the first row of each territory, and at the end the number of rows
 * @param all the figure over everything
 */
export function placeFigures(rows: KpiRows & { readonly starts: Int32Array }, values: readonly KpiValue[], all: KpiValue, minimumRows: number, seed: number): KpiPlace[] {
  const target = all.value
  if (target === null) return values.map(() => NOWHERE)
  const { numerators, denominators, starts, isProportion } = rows
  // under the target a proportion of so many has this error; a ratio has that of its rows
  const errors = values.map(({ value, denominator }, t) => {
    if (value === null) return null
    const error = isProportion ? Math.sqrt((target * (1 - target)) / denominator) : (ratioError(numerators, denominators, starts[t], starts[t + 1])?.error ?? null)
    return error !== null && error > 0 && Number.isFinite(error) ? error : null
  })
  const known = Array.from(values.keys()).filter((t) => errors[t] !== null)
  if (known.length < 2) return values.map((_, t) => ({ ...NOWHERE, neededRows: neededRows(t) }))
  // in units of the largest, so that squares stay in range; rows that are all alike are not known without any error
  const unit = known.reduce((most, t) => Math.max(most, Math.abs(values[t].value as number), errors[t] as number, Math.abs(target)), 0)
  const figures = known.map((t) => (values[t].value as number) / unit)
  const spreads = known.map((t) => Math.max((errors[t] as number) / unit, LEAST_ERROR))
  const drawn = isProportion ? shrinkProportions(known.map((t) => Math.min(values[t].numerator, values[t].denominator)), known.map((t) => values[t].denominator)) : shrinkMeans(figures, spreads)
  const estimates = isProportion ? drawn.estimates : drawn.estimates.map(({ value, low, high }) => ({ value: value * unit, low: low * unit, high: high * unit }))
  const funnel = placeInFunnel(figures, spreads, target / unit)
  const ranks = rankChances(drawn.estimates.map(({ value }) => value), drawn.estimates.map(({ low, high }) => (high - low) / (2 * Z_95)), seed)
  const places = values.map((_, t): KpiPlace => ({ ...NOWHERE, neededRows: neededRows(t) }))
  known.forEach((t, at) => {
    const limit = (z: number): { low: number; high: number } => {
      const half = z * unit * Math.hypot(spreads[at], funnel.spread)
      return isProportion ? { low: Math.max(0, target - half), high: Math.min(1, target + half) } : { low: target - half, high: target + half }
    }
    const { z, adjustedZ } = funnel.positions[at]
    if (![estimates[at].low, estimates[at].high, limit(Z_998).low, limit(Z_998).high, z].every(Number.isFinite)) return
    places[t] = { shrunken: estimates[at], rank: ranks[at], funnel: { z: z + 0, adjustedZ: adjustedZ + 0, limits95: limit(Z_95), limits998: limit(Z_998) }, neededRows: neededRows(t) }
  })
  return places

  /** So many rows would tell a difference worth seeing from chance, by the spread of the territory's rows, or of all where it has few. */
  function neededRows(t: number): number | null {
    if (target === null || target === 0) return null
    const n = values[t].n
    const error = n >= minimumRows ? errors[t] : null
    const perRow = error !== null ? error * Math.sqrt(n) : (isProportion ? Math.sqrt((target * (1 - target) * all.n) / all.denominator) : (ratioError(numerators, denominators, 0, starts[values.length])?.error ?? NaN) * Math.sqrt(all.n))
    const needed = Math.ceil(((POWER * perRow) / (WORTH_SEEING * target)) ** 2)
    return Number.isSafeInteger(needed) ? Math.max(needed, minimumRows) : null
  }
}
