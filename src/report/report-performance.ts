import type { KpiFlag, KpiValue, KpiVerdict, PerformanceResult } from "../performance/performance-result.js"
import { compareIds } from "../model/compare-ids.js"
import { decimalsFor, formatDeviation, formatNumber } from "./format-number.js"
import { htmlTable, numberColumn, type HtmlColumn } from "./html-table.js"
import { markup, type Markup } from "./markup.js"
import { percent } from "./report-balance.js"
import type { Titled } from "./report-input.js"
import { nameCell, type ReportScene } from "./report-scene.js"

/** What the flags of a value mean. */
const FLAGS: Readonly<Record<KpiFlag, string>> = Object.freeze({ "no-denominator": "nothing to divide by", "out-of-range": "beyond the range of numbers", "too-few-rows": "too few rows" })

/** One comparison of performance: for each KPI the territories by value, each with its interval, drawn and judged. */
export function performancePart(scene: ReportScene, { title, result }: Titled<PerformanceResult>): Markup {
  const tables = Object.keys(result.kpis).map((kpi) => kpiTable(scene, result, kpi))
  return markup`${title === "" ? null : markup`<h3>${title}</h3>`}${tables}${segmentTable(result)}`
}

function kpiTable(scene: ReportScene, result: PerformanceResult, kpi: string): Markup {
  const all = result.kpis[kpi]
  const rows = result.territories.flatMap((territory) => (Object.hasOwn(territory.kpis, kpi) ? [{ id: territory.id, verdict: territory.kpis[kpi] }] : []))
  rows.sort((a, b) => (b.verdict.value ?? -Infinity) - (a.verdict.value ?? -Infinity) || compareIds(a.id, b.id))
  const decimals = decimalsFor([all.value, ...rows.map((row) => row.verdict.value)])
  const range = plotRange(all, rows.map((row) => row.verdict))
  const table = htmlTable([
    { heading: "Territory", kind: "text", cells: rows.map((row) => nameCell(scene, row.id)) },
    { heading: kpi, kind: "number", cells: rows.map(({ verdict }) => formatNumber(verdict.value, decimals)) },
    { heading: "95% interval", kind: "number", cells: rows.map(({ verdict }) => intervalText(verdict, decimals)) },
    { heading: "", kind: "drawing", cells: rows.map(({ verdict }) => intervalPlot(verdict, all, range)) },
    { heading: "vs all", kind: "number", cells: rows.map(({ verdict }) => formatDeviation(verdict.deviation)) },
    numberColumn("Rows", rows.map(({ verdict }) => verdict.n)),
    { heading: "Verdict", kind: "text", cells: rows.map(({ verdict }) => verdictWords(verdict)) },
  ])
  const apart = rows.filter(({ verdict }) => verdict.verdict === "above" || verdict.verdict === "below").length
  const lead = `All territories together: ${formatNumber(all.value, decimals)}. ${apart === 0 ? "No territory differs from the others by more than chance explains." : `${apart} of ${rows.length} differ from the others by more than chance explains.`}`
  return markup`<figure><figcaption><b>${kpi}</b> ${lead}</figcaption>${table}</figure>`
}

function intervalText({ interval }: KpiValue, decimals: number): string {
  return interval === null ? "" : `${formatNumber(interval.low, decimals)} to ${formatNumber(interval.high, decimals)}`
}

function verdictWords({ verdict, flag }: KpiVerdict): string | Markup {
  const words = flag === null ? verdict : `${verdict} (${Object.hasOwn(FLAGS, flag) ? FLAGS[flag] : flag})`
  return verdict === "above" ? markup`<b class="good">${words}</b>` : verdict === "below" ? markup`<b class="bad">${words}</b>` : words
}

interface PlotRange {
  readonly low: number
  readonly high: number
}

/** The range of all values; of the intervals only what lies within twice that width, so that one tiny territory cannot flatten the rest. */
function plotRange(all: KpiValue, verdicts: readonly KpiVerdict[]): PlotRange {
  const values = [all, ...verdicts].flatMap((kpi) => kpi.value ?? [])
  const low = values.reduce((a, b) => Math.min(a, b), Infinity)
  const high = values.reduce((a, b) => Math.max(a, b), -Infinity)
  if (values.length === 0) return { low: 0, high: 1 }
  const width = high - low || Math.abs(high) * 0.1 || 1
  const lows = verdicts.flatMap((kpi) => kpi.interval?.low ?? [])
  const highs = verdicts.flatMap((kpi) => kpi.interval?.high ?? [])
  return {
    low: Math.max(low - width, Math.min(low - 0.03 * width, lows.reduce((a, b) => Math.min(a, b), Infinity))),
    high: Math.min(high + width, Math.max(high + 0.03 * width, highs.reduce((a, b) => Math.max(a, b), -Infinity))),
  }
}

function intervalPlot(kpi: KpiVerdict, all: KpiValue, { low, high }: PlotRange): Markup {
  const at = (value: number): string => percent(value, low, high)
  const kind = kpi.verdict === "above" ? "above" : kpi.verdict === "below" ? "below" : "open"
  const middle = all.value === null ? null : markup`<line class="mid" x1="${at(all.value)}" x2="${at(all.value)}" y1="-5" y2="21" stroke-opacity="0.5"/>`
  const line = kpi.interval === null ? null : markup`<line class="range" x1="${at(kpi.interval.low)}" x2="${at(kpi.interval.high)}" y1="8" y2="8" stroke-width="1.6"/>`
  const dot = kpi.value === null ? null : markup`<circle class="${kind}" cx="${at(kpi.value)}" cy="8" r="4" stroke-width="1.6"/>`
  return markup`<svg class="plot" aria-hidden="true">${middle}${line}${dot}</svg>`
}

function segmentTable(result: PerformanceResult): Markup {
  if (result.segments.length === 0) return markup``
  const columns: HtmlColumn[] = [{ heading: "Segment", kind: "text", cells: result.segments.map((segment) => segment.id) }]
  for (const kpi of Object.keys(result.kpis)) {
    const values = result.segments.map((segment) => (Object.hasOwn(segment.kpis, kpi) ? segment.kpis[kpi] : null))
    const decimals = decimalsFor(values.map((value) => value?.value ?? null))
    columns.push({ heading: kpi, kind: "number", cells: values.map((value) => formatNumber(value?.value ?? null, decimals)) })
    columns.push({ heading: "95% interval", kind: "number", cells: values.map((value) => (value === null ? "" : intervalText(value, decimals))) })
    columns.push(numberColumn("Rows", values.map((value) => value?.n ?? null)))
  }
  return markup`<h3>By segment</h3>${htmlTable(columns)}`
}
