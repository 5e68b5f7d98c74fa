import { ratioInterval } from "../math/stats/ratio-interval.js"
import { sumOf } from "../math/stats/sum-of.js"
import { wilsonInterval } from "../math/stats/wilson-interval.js"
import type { KpiValue } from "./performance-result.js"

/** Rows of one KPI, in an order that does not depend on the caller's: sums come out the same to the last bit. */
export interface KpiRows {
  readonly numerators: Float64Array
  readonly denominators: Float64Array
  readonly isProportion: boolean
}

/** The KPI over the rows `first` to `last - 1`: ratio of sums, with its 95 % interval and what has to be said about it. */
export function kpiValue(kpi: KpiRows, first: number, last: number, minimumRows: number): KpiValue {
  const n = last - first
  const numerator = sumOf(kpi.numerators.subarray(first, last))
  const denominator = sumOf(kpi.denominators.subarray(first, last))
  if (denominator === 0) return { value: null, numerator, denominator, n, interval: null, flag: "no-denominator" }
  const value = withoutMinus(numerator / denominator)
  if (!Number.isFinite(value)) return { value: null, numerator, denominator, n, interval: null, flag: "out-of-range" }
  // rounding may lift a sum of parts above the sum of wholes
  const interval = kpi.isProportion ? wilsonInterval(Math.min(numerator, denominator), denominator) : ratioInterval(kpi.numerators, kpi.denominators, first, last)
  const bounds = interval && { low: withoutMinus(interval.low), high: withoutMinus(interval.high) }
  return { value, numerator, denominator, n, interval: bounds, flag: n < minimumRows ? "too-few-rows" : null }
}

/** -0, which JSON does not know, becomes 0. */
const withoutMinus = (x: number): number => (x === 0 ? 0 : x)
