import { log } from "../math/exact/log.js"
import type { BootstrapInterval } from "../math/stats/bca-interval.js"
import { byarInterval, poissonInterval } from "../math/stats/count-interval.js"
import { exactProportionInterval } from "../math/stats/exact-proportion-interval.js"
import type { Interval } from "../math/stats/interval.js"
import { ratioInterval } from "../math/stats/ratio-interval.js"
import { sumOf } from "../math/stats/sum-of.js"
import { wilsonInterval } from "../math/stats/wilson-interval.js"
import type { KpiKind } from "./kpi.js"
import type { IntervalMethod, KpiCaution, KpiValue } from "./performance-result.js"

/** Rows of one KPI, in an order that does not depend on the caller's: sums come out the same to the last bit. */
export interface KpiRows {
  readonly numerators: Float64Array
  readonly denominators: Float64Array
  readonly kind: KpiKind
  readonly isExact: boolean
  /** Of proportions: so many cases count as one, because those of a row go together. */
  readonly designEffect: number
}

/** How values are reckoned. */
export interface ValueRules {
  readonly minimumRows: number
  /** Of ratios; null: linearized intervals. */
  readonly bootstrap: BootstrapInterval | null
  readonly seed: number
}

/** Fewer rows tell a bootstrap too little of the tail. */
const BOOTSTRAP_ROWS = 50

/** Above it the exact limits of a count and Byar's differ by less than 1e-5 of it. */
const LARGE_COUNT = 1000

/** With no event seen, 3 are the most that 95 % allow: -ln 0.05 = 2.9957. */
const NO_EVENT_LIMIT = -log(0.05)

/** The KPI over the rows `first` to `last - 1`: ratio of sums, with its 95 % interval and what has to be said about it. */
export function kpiValue(kpi: KpiRows, first: number, last: number, rules: ValueRules, cautions: readonly KpiCaution[]): KpiValue {
  const n = last - first
  const numerator = sumOf(kpi.numerators.subarray(first, last))
  const denominator = sumOf(kpi.denominators.subarray(first, last))
  const none = { value: null, numerator, denominator, n, interval: null, intervalMethod: null, atLeast: null, cautions }
  if (denominator === 0) return { ...none, atLeast: kpi.kind === "per-count" && numerator > 0 ? numerator / NO_EVENT_LIMIT : null, flag: "no-denominator" }
  const value = withoutMinus(numerator / denominator)
  if (!Number.isFinite(value)) return { ...none, flag: "out-of-range" }
  const found = intervalOf(kpi, first, last, numerator, denominator, rules)
  const isAlike = kpi.kind === "ratio" && n >= 2 && found !== null && found.interval.low === found.interval.high
  if (isAlike) return { ...none, value, flag: n < rules.minimumRows ? "too-few-rows" : "rows-alike" }
  const interval = found && { low: withoutMinus(found.interval.low), high: withoutMinus(found.interval.high) }
  return { ...none, value, interval, intervalMethod: found && found.method, flag: n < rules.minimumRows ? "too-few-rows" : null }
}

function intervalOf({ kind, isExact, designEffect, numerators, denominators }: KpiRows, first: number, last: number, numerator: number, denominator: number, { bootstrap }: ValueRules): { readonly interval: Interval; readonly method: IntervalMethod } | null {
  if (kind === "proportion") {
    // rounding may lift a sum of parts above the sum of wholes
    const [successes, trials] = [Math.min(numerator, denominator) / designEffect, denominator / designEffect]
    return isExact ? { interval: exactProportionInterval(successes, trials), method: "exact" } : { interval: wilsonInterval(successes, trials), method: "wilson" }
  }
  if (kind === "count") {
    const { low, high } = countInterval(numerator)
    return finite({ low: low / denominator, high: high / denominator }, countMethod(numerator))
  }
  if (kind === "per-count") {
    const { low, high } = countInterval(denominator)
    return finite({ low: numerator / high, high: numerator / low }, countMethod(denominator))
  }
  const resampled = bootstrap !== null && last - first >= BOOTSTRAP_ROWS ? bootstrap(numerators, denominators, first, last) : null
  if (resampled !== null) return finite(resampled, "bootstrap")
  const linearized = ratioInterval(numerators, denominators, first, last)
  return linearized && { interval: linearized, method: "linearized" }
}

/** Of the mean of a Poisson count. */
function countInterval(count: number): Interval {
  return count > LARGE_COUNT ? byarInterval(count) : poissonInterval(count)
}

function countMethod(count: number): IntervalMethod {
  return count > LARGE_COUNT ? "byar" : "poisson"
}

function finite(interval: Interval, method: IntervalMethod): { readonly interval: Interval; readonly method: IntervalMethod } | null {
  return Number.isFinite(interval.low) && Number.isFinite(interval.high) ? { interval, method } : null
}

/** -0, which JSON does not know, becomes 0. */
const withoutMinus = (x: number): number => (x === 0 ? 0 : x)
