import { adjustPValues } from "../math/stats/adjust-p-values.js"
import { testGroups } from "../math/stats/permutation-test.js"
import { kpiValue, type KpiRows } from "./kpi-value.js"
import type { KpiValue, KpiVerdict, Verdict } from "./performance-result.js"
import { placeFigures } from "./place-figures.js"
import type { KpiColumns } from "./read-kpis.js"

/** One KPI over everything: the whole, each territory against the rest, each segment. */
export interface JudgedKpi {
  readonly name: string
  readonly all: KpiValue
  /** By index of the territory. */
  readonly territories: readonly KpiVerdict[]
  /** By index of the segment. */
  readonly segments: readonly KpiValue[]
}

/** Which group each record belongs to: -1 for none. */
export interface Grouping {
  readonly groupOf: Int32Array
  readonly count: number
}

/** How strictly to judge; see `PerformanceOptions`. */
export interface Strictness {
  readonly minimumRows: number
  readonly falseDiscoveryRate: number
  readonly seed: number
}

/** Samples that must lie beyond a territory before its p-value stands: known to 14 %, then. */
const EXCEEDANCES = 50

/** Rows drawn per KPI, one or two seconds' work; beyond it p-values are as fine as they have become. */
const DRAW_LIMIT = 3e7

/** Judges one KPI. The rows' order does not matter: they are put into an order of their own. */
export function judgeKpi(kpi: KpiColumns, territories: Grouping, segments: Grouping, strictness: Strictness): JudgedKpi {
  const sorted = sortRows(kpi, territories)
  const { starts } = sorted
  const n = starts[territories.count]
  const all = kpiValue(sorted, 0, n, strictness.minimumRows)
  const values = Array.from({ length: territories.count }, (_, t) => kpiValue(sorted, starts[t], starts[t + 1], strictness.minimumRows))
  return {
    name: kpi.name,
    all,
    territories: judgeTerritories(sorted, values, all, strictness),
    segments: Array.from({ length: segments.count }, (_, s) => segmentValue(sorted, segments.groupOf, s, strictness.minimumRows)),
  }
}

interface SortedRows extends KpiRows {
  /** The record of each row. */
  readonly records: Int32Array
  /** The first row of each territory, and at the end the number of rows. */
  readonly starts: Int32Array
}

/** Rows by territory, numerator, denominator: the same for every order of the records. Rows without a territory drop out. */
function sortRows({ rows, numerators, denominators, isProportion }: KpiColumns, { groupOf, count }: Grouping): SortedRows {
  const order = Array.from(rows.keys()).filter((j) => groupOf[rows[j]] !== -1)
  order.sort((i, j) => groupOf[rows[i]] - groupOf[rows[j]] || numerators[i] - numerators[j] || denominators[i] - denominators[j])
  const starts = new Int32Array(count + 1)
  for (const j of order) starts[groupOf[rows[j]] + 1]++
  for (let t = 0; t < count; t++) starts[t + 1] += starts[t]
  return {
    isProportion,
    starts,
    records: Int32Array.from(order, (j) => rows[j]),
    numerators: Float64Array.from(order, (j) => numerators[j]),
    denominators: Float64Array.from(order, (j) => denominators[j]),
  }
}

/**
 * Each territory against all others. With R the ratio of all, a row scores y - R x: what it brings beyond its due. A territory with
 * the ratio of the others has the mean score of the others; how far off chance alone would put it, {@link testGroups} samples.
 */
function judgeTerritories(rows: SortedRows, values: readonly KpiValue[], all: KpiValue, { minimumRows, falseDiscoveryRate, seed }: Strictness): KpiVerdict[] {
  const k = values.length
  const n = rows.records.length
  const isTested = values.map((v) => v.value !== null && v.n >= minimumRows && n - v.n >= minimumRows && all.denominator > v.denominator)
  const scores = rows.numerators.map((y, i) => {
    const due = (all.value ?? 0) * rows.denominators[i]
    return Math.abs(y - due) <= 1e-12 * Math.abs(y) ? 0 : y - due // rounding is no difference
  })
  // fine enough for one outstanding territory among k, ten times over
  const maxSamples = Math.max(9999, Math.ceil((20 * k) / falseDiscoveryRate))
  const pValues = testGroups(scores, rows.starts, isTested, { seed, exceedances: EXCEEDANCES, maxSamples, drawLimit: DRAW_LIMIT })
  const tested = Array.from(isTested.keys()).filter((t) => isTested[t])
  const adjusted = adjustPValues(tested.map((t) => pValues[t]))
  const adjustedOf = new Map(tested.map((t, j) => [t, adjusted[j]]))
  const places = placeFigures(rows, values, all, minimumRows, seed)
  return values.map((v, t) => {
    const relative = v.value === null || !all.value ? null : v.value / all.value - 1
    const deviation = relative !== null && Number.isFinite(relative) ? relative : null
    const adjustedPValue = adjustedOf.get(t) ?? null
    const isHigh = v.value !== null && all.value !== null && v.value > all.value
    const verdict: Verdict =
      adjustedPValue === null ? "too little data" : adjustedPValue > falseDiscoveryRate ? "consistent with chance" : isHigh ? "above" : "below"
    return { ...v, ...places[t], deviation, pValue: isTested[t] ? pValues[t] : null, adjustedPValue, verdict }
  })
}

function segmentValue(rows: SortedRows, segmentOf: Int32Array, segment: number, minimumRows: number): KpiValue {
  const isIn = (_: number, i: number): boolean => segmentOf[rows.records[i]] === segment
  const part = { isProportion: rows.isProportion, numerators: rows.numerators.filter(isIn), denominators: rows.denominators.filter(isIn) }
  return kpiValue(part, 0, part.numerators.length, minimumRows)
}
