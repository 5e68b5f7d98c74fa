import { log } from "../math/exact/log.js"
import type { KpiValue, KpiVerdict } from "../performance/performance-result.js"
import type { FunnelOptions } from "./chart-options.js"
import { funnelCurve, limitsAround, NO_ENDS, standardError, type FunnelLimits, type FunnelTarget, type LimitEnds } from "./funnel-curve.js"
import type { KpiRow } from "./kpi-rows.js"
import { partOf } from "./plot-range.js"

/** Sizes that differ more stand on a logarithmic scale: on an even one the small would be one heap. */
const EVEN_SCALE = 100

/** A territory with a place in the funnel. */
export interface PlacedRow {
  readonly row: KpiRow
  readonly value: number
  readonly funnel: NonNullable<KpiVerdict["funnel"]>
  readonly size: number
}

/** The level axis of a funnel. */
export interface FunnelSizes {
  readonly placed: readonly PlacedRow[]
  readonly low: number
  readonly high: number
  readonly isLogarithmic: boolean
  /** Where a size lies, 0 at the left and 1 at the right. */
  readonly partOf: (size: number) => number
  readonly title: string
  /** Limits at a size; null: every territory has its own. */
  readonly curve: ((size: number) => FunnelLimits) | null
}

/** Finds who has a place in the funnel, and the axis on which they stand. O(k). */
export function funnelSizes(rows: readonly KpiRow[], all: KpiValue, kpi: string, size: FunnelOptions["size"]): FunnelSizes {
  if (size === "auto") {
    for (const one of ["denominator", "numerator"] as const) {
      const sizes = funnelSizes(rows, all, kpi, one)
      if (sizes.curve !== null) return sizes
    }
    return funnelSizes(rows, all, kpi, "error")
  }
  const target = all.value
  const placed = target === null ? [] : rows.flatMap((row): PlacedRow[] => {
    const { value, funnel, numerator, denominator, n } = row.verdict
    const own = funnel === null ? null : size === "rows" ? n : size === "error" ? standardError(funnel, target) : size === "numerator" ? numerator : denominator
    return value === null || funnel === null || own === null || !(own > 0) ? [] : [{ row, value, funnel, size: own }]
  })
  const least = placed.reduce((low, { size: one }) => Math.min(low, one), Infinity)
  const most = placed.reduce((high, { size: one }) => Math.max(high, one), 0)
  if (target === null || placed.length === 0) return { placed: [], low: 0, high: 1, isLogarithmic: false, partOf: () => 0, title: "", curve: null }
  const isError = size === "error"
  const isLogarithmic = !isError && most / least > EVEN_SCALE
  const low = isLogarithmic ? Math.max(Number.MIN_VALUE, least / 1.3) : 0
  // a size near the end of numbers has nothing beyond it
  const high = Math.min(Number.MAX_VALUE, isLogarithmic ? most * 1.3 : most * 1.06)
  const part = isLogarithmic
    ? (one: number): number => (log(one) - log(low)) / (log(high) - log(low))
    : (one: number): number => (isError ? 1 - partOf(one, { low, high }) : partOf(one, { low, high }))
  return { placed, low, high, isLogarithmic, partOf: part, title: axisTitle(placed, kpi, size, isLogarithmic), curve: isError ? errorLines(placed, { ...all, value: target }) : (funnelCurve(placed, { ...all, value: target })?.limitsAt ?? null) }
}

/** Against their own error all limits lie on straight lines, which end where those of the figure do. */
function errorLines(placed: readonly PlacedRow[], target: FunnelTarget): (size: number) => FunnelLimits {
  const by = (sizeOf: (row: PlacedRow) => number): LimitEnds | null => {
    const points = placed.map((one) => ({ size: sizeOf(one), funnel: one.funnel }))
    return points.every(({ size }) => size > 0) ? funnelCurve(points, target) : null
  }
  const ends = by(({ row }) => row.verdict.denominator) ?? by(({ row }) => row.verdict.numerator) ?? NO_ENDS
  return (error) => limitsAround(target.value, error, ends)
}

function axisTitle(placed: readonly PlacedRow[], kpi: string, size: FunnelOptions["size"], isLogarithmic: boolean): string {
  if (size === "error") return `standard error of ${kpi} (the better known, the farther right)`
  const scale = isLogarithmic ? ", logarithmic scale" : ""
  const isRows = size === "rows" || size === "denominator" && placed.every(({ row }) => row.verdict.n === row.verdict.denominator)
  return isRows ? `rows that count${scale}` : `size: ${size === "numerator" ? "numerator" : "denominator"} of ${kpi}${scale}`
}
