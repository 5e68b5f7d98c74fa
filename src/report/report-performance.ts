import type { KpiValue, KpiVerdict, PerformanceResult, Verdict } from "../performance/performance-result.js"
import { formatCount } from "../model/format-amount.js"
import { compareIds } from "../model/compare-ids.js"
import { flagWords } from "./flag-words.js"
import { decimalsFor, formatDeviation, formatNumber } from "./format-number.js"
import { htmlTable, numberColumn, type HtmlColumn } from "./html-table.js"
import { kpiFigures } from "./kpi-rows.js"
import { joinMarkup, markup, type Markup } from "./markup.js"
import { plotRange, type PlotRange } from "./plot-range.js"
import { percent } from "./report-balance.js"
import type { Titled } from "./report-input.js"
import { performanceCharts } from "./performance-charts.js"
import { nameCell, type ReportScene } from "./report-scene.js"
import { apartWords, standsApart, yardstickWords } from "./verdict-marks.js"

/** One comparison of performance: for each KPI the territories by value, each with its interval, drawn and judged, and the charts of it. */
export function performancePart(scene: ReportScene, { title, result }: Titled<PerformanceResult>, place: number): Markup {
  const tables = Object.keys(result.kpis).map((kpi, k) => {
    const figures = kpiFigures(result, kpi, scene.nameOf)
    return joinMarkup([kpiTable(scene, result, kpi, figures.isLowerBetter), performanceCharts(figures, `chart-${place + 1}-${k + 1}`)])
  })
  return markup`${title === "" ? null : markup`<h3>${title}</h3>`}${tables}${segmentTable(result)}`
}

function kpiTable(scene: ReportScene, result: PerformanceResult, kpi: string, isLowerBetter: boolean): Markup {
  const all = result.kpis[kpi]
  const rows = result.territories.flatMap((territory) => (Object.hasOwn(territory.kpis, kpi) ? [{ id: territory.id, verdict: territory.kpis[kpi] }] : []))
  rows.sort((a, b) => (b.verdict.value ?? -Infinity) - (a.verdict.value ?? -Infinity) || compareIds(a.id, b.id))
  const decimals = decimalsFor([all.value, ...rows.map((row) => row.verdict.value)])
  const range = plotRange([all, ...rows.map((row) => row.verdict)].flatMap((one) => one.value ?? []), rows.flatMap((row) => row.verdict.interval ?? []))
  const table = htmlTable([
    { heading: "Territory", kind: "text", cells: rows.map((row) => nameCell(scene, row.id)) },
    { heading: kpi, kind: "number", cells: rows.map(({ verdict }) => formatNumber(verdict.value, decimals)) },
    { heading: "95% interval", kind: "number", cells: rows.map(({ verdict }) => intervalText(verdict, decimals)) },
    { heading: "", kind: "drawing", cells: rows.map(({ verdict }) => intervalPlot(verdict, all, range, isLowerBetter)) },
    { heading: "vs all", kind: "number", cells: rows.map(({ verdict }) => formatDeviation(verdict.deviation)) },
    numberColumn("Rows", rows.map(({ verdict }) => verdict.n)),
    ...yardstickColumn(scene, rows.map(({ verdict }) => verdict), decimals),
    { heading: "Verdict", kind: "text", cells: rows.map(({ verdict }) => verdictWords(verdict, isLowerBetter)) },
    ...likeColumns(rows.map(({ verdict }) => verdict), isLowerBetter),
  ])
  const words = apartWords(rows.map(({ verdict }) => verdict.verdict))
  const judged = `Of ${formatCount(rows.length, "territory", "territories")}, ${words[0].toLowerCase()}${words.slice(1)}`
  const lead = `All territories together: ${formatNumber(all.value, decimals)}. ${judged}`
  const told = all.cautions.map(({ code, rowCount }) => ` ${code}: ${formatCount(rowCount, "row")}.`).join("")
  return markup`<figure><figcaption><b>${kpi}</b> ${lead}${told}</figcaption>${table}</figure>`
}

/** What each was held against, where that is not simply all others. */
function yardstickColumn(scene: ReportScene, verdicts: readonly KpiVerdict[], decimals: number): HtmlColumn[] {
  if (verdicts.every(({ comparedWith }) => (comparedWith?.setAside.length ?? 0) === 0)) return []
  const words = ({ comparedWith }: KpiVerdict): string => {
    if (comparedWith === null || comparedWith === undefined) return ""
    if (comparedWith.setAside.length > 0) return yardstickWords(comparedWith, scene.nameOf, (value) => formatNumber(value, decimals))
    return `${formatNumber(comparedWith.value, decimals)}, all others`
  }
  return [{ heading: "Held against", kind: "text", cells: verdicts.map(words) }]
}

/** What remains of each difference when all have the same mix of segments; nothing where that was not asked. */
function likeColumns(verdicts: readonly KpiVerdict[], isLowerBetter: boolean): HtmlColumn[] {
  const likes = verdicts.map(({ likeForLike }) => likeForLike)
  if (likes.every((like) => like === null)) return []
  return [
    { heading: "Like for like", kind: "number", cells: likes.map((like) => formatDeviation(like === null || like.index === null ? null : like.index - 1)) },
    { heading: "", kind: "text", cells: likes.map((like, v) => (like === null ? "" : markup`${like.verdict === verdicts[v].verdict ? "same" : judged(like.verdict, like.verdict, isLowerBetter)}${like.isReversed ? ", its mix alone makes the difference" : null}`)) },
  ]
}

function intervalText({ interval }: KpiValue, decimals: number): string {
  return interval === null ? "" : `${formatNumber(interval.low, decimals)} to ${formatNumber(interval.high, decimals)}`
}

function verdictWords({ verdict, flag }: KpiVerdict, isLowerBetter: boolean): string | Markup {
  return judged(verdict, flag === null ? verdict : `${verdict} (${flagWords(flag)})`, isLowerBetter)
}

function judged(verdict: Verdict, words: string, isLowerBetter: boolean): string | Markup {
  const good: Verdict = isLowerBetter ? "below" : "above"
  return verdict === good ? markup`<b class="good">${words}</b>` : standsApart(verdict) ? markup`<b class="bad">${words}</b>` : words
}

function intervalPlot(kpi: KpiVerdict, all: KpiValue, { low, high }: PlotRange, isLowerBetter: boolean): Markup {
  const at = (value: number): string => percent(value, low, high)
  // the page's classes name the good and the bad side
  const kind = !standsApart(kpi.verdict) ? "open" : (kpi.verdict === "above") === isLowerBetter ? "below" : "above"
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
