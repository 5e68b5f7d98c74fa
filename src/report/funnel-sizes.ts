import type { KpiVerdict } from "../performance/performance-result.js"
import type { FunnelOptions } from "./chart-options.js"
import { funnelCurve, limitsAround, standardError, type FunnelLimits } from "./funnel-curve.js"
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
export function funnelSizes(rows: readonly KpiRow[], target: number | null, kpi: string, size: FunnelOptions["size"]): FunnelSizes {
  if (size === "auto") {
    const byDenominator = funnelSizes(rows, target, kpi, "denominator")
    return byDenominator.curve === null ? funnelSizes(rows, target, kpi, "error") : byDenominator
  }
  const placed = target === null ? [] : rows.flatMap((row): PlacedRow[] => {
    const { value, funnel, denominator, n } = row.verdict
    const own = funnel === null ? null : size === "rows" ? n : size === "error" ? standardError(funnel, target) : denominator
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
    ? (one: number): number => (Math.log(one) - Math.log(low)) / (Math.log(high) - Math.log(low))
    : (one: number): number => (isError ? 1 - partOf(one, { low, high }) : partOf(one, { low, high }))
  return { placed, low, high, isLogarithmic, partOf: part, title: axisTitle(placed, kpi, size, isLogarithmic), curve: isError ? errorLines(placed, target) : funnelCurve(placed, target) }
}

/** Against their own error all limits lie on straight lines; those of proportions end at 0 and 1. */
function errorLines(placed: readonly PlacedRow[], target: number): (size: number) => FunnelLimits {
  const isProportion = funnelCurve(placed.map(({ row, funnel }) => ({ size: row.verdict.denominator, funnel })), target) !== null && placed.some(({ funnel }) => funnel.limits998.low === 0 || funnel.limits998.high === 1)
  return (error) => limitsAround(target, error, isProportion)
}

function axisTitle(placed: readonly PlacedRow[], kpi: string, size: FunnelOptions["size"], isLogarithmic: boolean): string {
  if (size === "error") return `standard error of ${kpi} (the better known, the farther right)`
  const scale = isLogarithmic ? ", logarithmic scale" : ""
  const isRows = size === "rows" || placed.every(({ row }) => row.verdict.n === row.verdict.denominator)
  return isRows ? `rows that count${scale}` : `size: denominator of ${kpi}${scale}`
}
