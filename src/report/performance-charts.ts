import { chartElement } from "./chart-frame.js"
import { DEFAULT_CATERPILLAR_OPTIONS, DEFAULT_FUNNEL_OPTIONS } from "./chart-options.js"
import { drawCaterpillar } from "./draw-caterpillar.js"
import { drawFunnel } from "./draw-funnel.js"
import type { KpiFigures } from "./kpi-rows.js"
import { joinMarkup, markup, type Markup } from "./markup.js"

/** A caterpillar of more rows would be longer than the table above it, which draws the same intervals. */
const MOST_ROWS = 40
/** Territories without a place in the funnel that are named below it; the table has all. */
const MOST_OUTSIDE = 10
/** Pixels: half a page. */
const WIDTH = 600

/** The charts of one figure for the page, side by side: what chance explains, and how sure each value is. Nothing to compare, no chart. */
export function performanceCharts(figures: KpiFigures, idPrefix: string): Markup {
  const inFunnel = figures.rows.filter((row) => row.verdict.funnel !== null && row.verdict.value !== null).length
  const valued = figures.rows.filter((row) => row.verdict.value !== null).length
  const shared = { kpi: figures.kpi, width: WIDTH }
  const charts: Markup[] = []
  if (inFunnel >= 2) {
    const chart = drawFunnel(figures, { ...DEFAULT_FUNNEL_OPTIONS, ...shared, idPrefix: `${idPrefix}-funnel` }, MOST_OUTSIDE)
    charts.push(figure("Funnel: how far each may lie from the whole by chance", chartElement(chart, CLASS)))
  }
  if (valued >= 2 && valued <= MOST_ROWS) {
    const chart = drawCaterpillar(figures, { ...DEFAULT_CATERPILLAR_OPTIONS, ...shared, idPrefix: `${idPrefix}-rows` })
    charts.push(figure("Caterpillar: with the estimate to plan with and the ranks that each may have", chartElement(chart, CLASS)))
  }
  return charts.length === 0 ? markup`` : markup`<div class="pair">${joinMarkup(charts)}</div>`
}

const CLASS: Markup = markup` class="chart"`

function figure(caption: string, chart: Markup): Markup {
  return markup`<figure><figcaption>${caption}</figcaption>${chart}</figure>`
}
