import { log } from "../math/exact/log.js"
import type { BootstrapInterval } from "../math/stats/bca-interval.js"
import { byarInterval, poissonInterval } from "../math/stats/count-interval.js"
import { exactProportionInterval } from "../math/stats/exact-proportion-interval.js"
import type { Interval } from "../math/stats/interval.js"
import type { DesignEffects } from "../math/stats/design-effect.js"
import { ratioInterval } from "../math/stats/ratio-interval.js"
import { sumOf } from "../math/stats/sum-of.js"
import { wilsonInterval } from "../math/stats/wilson-interval.js"
import type { KpiKind } from "./kpi.js"
import type { IntervalMethod, KpiCaution, KpiValue } from "./performance-result.js"

/** Cases of one KPI by group, in an order that does not depend on the caller's: sums come out the same to the last bit. */
export interface KpiRows {
  readonly numerators: Float64Array
  readonly denominators: Float64Array
  /** The first case of each group, and at the end the number of cases. */
  readonly starts: Int32Array
  /** The same in rows: a case is a row, or a cluster of some. */
  readonly rowStarts: Int32Array
  readonly isClustered: boolean
  readonly kind: KpiKind
  readonly isExact: boolean
  /** Of proportions and counts: how many of them count as one, because those of a case go together. */
  readonly effects: DesignEffects
  /** By how much more intervals have to count a design effect, because it is known from few cases only. */
  readonly widening: number
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

/** Fewer clusters tell nothing of their spread: a standard error of 4 degrees of freedom has to be taken 1.4 times as wide. */
export const MINIMUM_CLUSTERS = 5

/** The cases of a group, or of all where `group` is null. */
interface Span {
  readonly first: number
  readonly last: number
  readonly n: number
  /** What a proportion or a count has to be divided by in an interval. */
  readonly effect: number
}

function spanOf({ starts, rowStarts, effects, widening }: KpiRows, group: number | null): Span {
  const [from, to] = group === null ? [0, starts.length - 1] : [group, group + 1]
  const effect = group === null ? effects.all : effects.groups[group]
  return { first: starts[from], last: starts[to], n: rowStarts[to] - rowStarts[from], effect: effect === 1 ? 1 : effect * widening }
}

/** The KPI of a group, or of all where `group` is null: ratio of sums, with its 95 % interval and what has to be said about it. */
export function kpiValue(kpi: KpiRows, group: number | null, rules: ValueRules, cautions: readonly KpiCaution[]): KpiValue {
  const span = spanOf(kpi, group)
  const { first, last, n } = span
  const clusterCount = kpi.isClustered ? last - first : null
  const numerator = sumOf(kpi.numerators.subarray(first, last))
  const denominator = sumOf(kpi.denominators.subarray(first, last))
  const none = { value: null, numerator, denominator, n, clusterCount, interval: null, intervalMethod: null, atLeast: null, cautions }
  if (denominator === 0) return { ...none, atLeast: kpi.kind === "per-count" && numerator > 0 ? numerator / NO_EVENT_LIMIT : null, flag: "no-denominator" }
  const value = withoutMinus(numerator / denominator)
  if (!Number.isFinite(value)) return { ...none, flag: "out-of-range" }
  const isFew = n < rules.minimumRows ? "too-few-rows" : clusterCount !== null && clusterCount < MINIMUM_CLUSTERS ? "too-few-clusters" : null
  const found = intervalOf(kpi, span, numerator, denominator, rules)
  const isAlike = kpi.kind === "ratio" && last - first >= 2 && found !== null && found.interval.low === found.interval.high
  if (isAlike) return { ...none, value, flag: isFew ?? "rows-alike" }
  const interval = found && { low: withoutMinus(found.interval.low), high: withoutMinus(found.interval.high) }
  return { ...none, value, interval, intervalMethod: found && found.method, flag: isFew }
}

function intervalOf({ kind, isExact, numerators, denominators }: KpiRows, { first, last, effect }: Span, numerator: number, denominator: number, { bootstrap }: ValueRules): FoundInterval | null {
  if (kind === "proportion") {
    // rounding may lift a sum of parts above the sum of wholes
    const [successes, trials] = [Math.min(numerator, denominator) / effect, denominator / effect]
    return isExact ? { interval: exactProportionInterval(successes, trials), method: "exact" } : { interval: wilsonInterval(successes, trials), method: "wilson" }
  }
  if (kind === "count") {
    const { low, high } = countInterval(numerator / effect)
    return finite({ low: (low * effect) / denominator, high: (high * effect) / denominator }, countMethod(numerator / effect))
  }
  if (kind === "per-count") {
    const { low, high } = countInterval(denominator / effect)
    return finite({ low: numerator / (high * effect), high: numerator / (low * effect) }, countMethod(denominator / effect))
  }
  const resampled = bootstrap !== null && last - first >= BOOTSTRAP_ROWS ? bootstrap(numerators, denominators, first, last) : null
  if (resampled !== null) return finite(resampled, "bootstrap")
  const linearized = ratioInterval(numerators, denominators, first, last)
  return linearized && { interval: linearized, method: "linearized" }
}

interface FoundInterval {
  readonly interval: Interval
  readonly method: IntervalMethod
}

/** Of the mean of a Poisson count. */
function countInterval(count: number): Interval {
  return count > LARGE_COUNT ? byarInterval(count) : poissonInterval(count)
}

function countMethod(count: number): IntervalMethod {
  return count > LARGE_COUNT ? "byar" : "poisson"
}

function finite(interval: Interval, method: IntervalMethod): FoundInterval | null {
  return Number.isFinite(interval.low) && Number.isFinite(interval.high) ? { interval, method } : null
}

/** -0, which JSON does not know, becomes 0. */
const withoutMinus = (x: number): number => (x === 0 ? 0 : x)
