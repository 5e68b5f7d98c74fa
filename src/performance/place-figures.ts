import { hypot } from "../math/exact/hypot.js"
import { placeInFunnel } from "../math/stats/funnel.js"
import { Z_95, Z_998 } from "../math/stats/normal-limits.js"
import { rankChances } from "../math/stats/rank-chances.js"
import { ratioError } from "../math/stats/ratio-interval.js"
import { studentT95 } from "../math/stats/student-t.js"
import { shrinkCounts, shrinkMeans, shrinkProportions, type Shrunken } from "../math/stats/shrink.js"
import type { KpiRows, ValueRules } from "./kpi-value.js"
import type { KpiPlace, KpiValue } from "./performance-result.js"

/** A difference of this share of the whole is what data should tell; with these chances of a false alarm and of seeing it: 1.96 + 0.84. */
const WORTH_SEEING = 0.2
const POWER = 2.8

/** Of the largest figure. */
const LEAST_ERROR = 1e-9

/** What the errors of all count for in each. */
const PRIOR_ROWS = 10

/** Nothing can be said. */
const NOWHERE: KpiPlace = Object.freeze({ shrunken: null, rank: null, funnel: null, neededRows: null })

/** Every territory among the others, and how much they differ beyond chance. */
export interface Places {
  readonly places: readonly KpiPlace[]
  readonly overDispersion: number | null
  readonly spread: number | null
}

/**
 * Where every territory's figure stands among the others when chance is taken into account: drawn toward their mean by as much as it says
 * little, in the funnel of its size, and its rank with how sure that is. O(rows + territories, some thousand times).
 *
 * @param table rows by territory
 * @param all the figure over everything
 */
export function placeFigures(table: KpiRows, values: readonly KpiValue[], all: KpiValue, better: "higher" | "lower", { minimumRows, seed }: ValueRules): Places {
  const target = all.value
  if (target === null) return { places: values.map(() => NOWHERE), overDispersion: null, spread: null }
  const { numerators, denominators, starts, kind, effects } = table
  const casesOf = (t: number): number => starts[t + 1] - starts[t]
  const errors = values.map((value, t) => {
    if (value.value === null) return null
    const error = errorOf(value, t)
    return error !== null && error > 0 && Number.isFinite(error) ? error : null
  })
  let errorOfRows: number | null = null
  const needed = values.map((_, t) => neededRows(t))
  const places = values.map((_, t): KpiPlace => ({ ...NOWHERE, neededRows: needed[t] }))
  const known = Array.from(values.keys()).filter((t) => errors[t] !== null)
  if (known.length < 2) return { places, overDispersion: null, spread: null }
  // in units of the largest, so that squares stay in range; rows that are all alike are not known without any error
  const unit = known.reduce((most, t) => Math.max(most, Math.abs(values[t].value as number), errors[t] as number, Math.abs(target)), 0)
  const figures = known.map((t) => (values[t].value as number) / unit)
  const spreads = known.map((t) => Math.max((errors[t] as number) / unit, LEAST_ERROR))
  const estimates = shrink()
  const funnel = placeInFunnel(figures, spreads, target / unit)
  const sign = better === "lower" ? -1 : 1
  const ranks = rankChances(estimates.map(({ value }) => (sign * value) / unit), estimates.map(({ low, high }) => (high - low) / (2 * Z_95 * unit)), seed)
  known.forEach((t, at) => {
    const limit = (z: number): { low: number; high: number } => {
      const half = z * unit * hypot(spreads[at], funnel.spread)
      return kind === "ratio" ? { low: target - half, high: target + half } : { low: Math.max(0, target - half), high: kind === "proportion" ? Math.min(1, target + half) : target + half }
    }
    const { z, adjustedZ } = funnel.positions[at]
    const { value, low, high } = estimates[at]
    if (![value, low, high, limit(Z_998).low, limit(Z_998).high, z].every(Number.isFinite)) return
    places[t] = { shrunken: { value: value + 0, low: low + 0, high: high + 0 }, rank: ranks[at], funnel: { z: z + 0, adjustedZ: adjustedZ + 0, limits95: limit(Z_95), limits998: limit(Z_998) }, neededRows: needed[t] }
  })
  const spread = funnel.spread * unit
  return { places, overDispersion: funnel.overDispersion, spread: Number.isFinite(spread) ? spread : null }

  /** What chance does to a figure of this size: under the target where that says it, else by the spread of its rows. */
  function errorOf({ numerator, denominator }: KpiValue, t: number): number | null {
    const aim = target as number
    const effect = t === values.length ? effects.all : effects.groups[t]
    if (kind === "proportion") return Math.sqrt((effect * aim * (1 - aim)) / denominator)
    if (kind === "count") return Math.sqrt((effect * aim) / denominator)
    if (kind === "per-count") return aim / Math.sqrt(numerator / (aim * effect))
    return ratioError(numerators, denominators, starts[t], starts[t + 1])?.error ?? null
  }

  function shrink(): readonly Shrunken[] {
    // what cases are worth that go together
    const sums = (pick: (value: KpiValue) => number): number[] => known.map((t) => pick(values[t]) / effects.groups[t])
    if (kind === "proportion") return shrinkProportions(sums((v) => Math.min(v.numerator, v.denominator)), sums((v) => v.denominator)).estimates
    if (kind === "count") return shrinkCounts(sums((v) => v.numerator), sums((v) => v.denominator)).estimates
    // events per amount spent are drawn together; the other way round the ends change places
    if (kind === "per-count") return shrinkCounts(sums((v) => v.denominator), sums((v) => v.numerator)).estimates.map(({ value, low, high }) => ({ value: 1 / value, low: 1 / high, high: 1 / low }))
    return shrinkMeans(figures, steadied()).estimates.map(({ value, low, high }) => ({ value: value * unit, low: low * unit, high: high * unit }))
  }

  /**
   * Errors of few rows are mere guesses, small ones too often: each draws on the errors of all as if ten rows more had been seen, and counts as
   * wide as its degrees of freedom need (Smyth, Statist. Appl. Genet. Mol. Biol. 3, 2004, section 4, with a fixed prior).
   */
  function steadied(): number[] {
    const degrees = known.map((t) => casesOf(t) - 1)
    const perRow = known.map((t, at) => spreads[at] ** 2 * casesOf(t))
    const pooled = perRow.reduce((sum, square, at) => sum + degrees[at] * square, 0) / degrees.reduce((sum, own) => sum + own, 0)
    return known.map((t, at) => {
      const own = degrees[at] + PRIOR_ROWS
      return Math.max(LEAST_ERROR, (Math.sqrt((degrees[at] * perRow[at] + PRIOR_ROWS * pooled) / own / casesOf(t)) * studentT95(own)) / Z_95)
    })
  }

  /** So many rows would tell a difference worth seeing from chance, by the spread of the territory's rows, or of all where it has few. */
  function neededRows(t: number): number | null {
    if (target === null || target === 0) return null
    const error = values[t].n >= minimumRows ? errors[t] : null
    const perRow = error !== null ? error * Math.sqrt(values[t].n) : errorOfRow()
    const rows = Math.ceil(((POWER * perRow) / (WORTH_SEEING * target)) ** 2)
    return Number.isSafeInteger(rows) ? Math.max(rows, minimumRows) : null
  }

  function errorOfRow(): number {
    errorOfRows ??= (kind === "ratio" ? (ratioError(numerators, denominators, 0, starts[values.length])?.error ?? NaN) : (errorOf(all, values.length) ?? NaN)) * Math.sqrt(all.n)
    return errorOfRows
  }
}
