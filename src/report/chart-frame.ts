import { pixels } from "./draw-dots.js"
import { drawLegend, type LegendEntry } from "./draw-legend.js"
import { joinMarkup, markup, visibleText, type Markup } from "./markup.js"
import { SVG_FONTS } from "./svg-fonts.js"
import { wrapText } from "./text-width.js"

/** A chart before it is an svg element. */
export interface Chart {
  /** What a reader who cannot see the chart is told: what it is, and what it shows. */
  readonly name: string
  readonly summary: string
  /** Heading inside the picture; "" for none. */
  readonly title: string
  readonly width: number
  /** The plot with its axes, its top at y = 0. */
  readonly plot: Markup
  readonly plotHeight: number
  readonly legend: readonly LegendEntry[]
  /** Sentences below everything else. */
  readonly notes: readonly string[]
  readonly idPrefix: string
}

const HEAD_SIZE = 15
const HEAD_LINE = 20
/** How much wider semibold text is. */
const SEMIBOLD = 1.1
const NOTE_SIZE = 12
const NOTE_LINE = 17
const MARGIN = 12

/** The svg element of a chart: heading, plot, legend, notes, one below the other. Inside an HTML page it needs no namespace. */
export function chartElement(chart: Chart, namespace: Markup = markup``): Markup {
  const { width, title, idPrefix } = chart
  const headLines = title === "" ? [] : wrapText(visibleText(title), (width - 2 * MARGIN) / (HEAD_SIZE * SEMIBOLD))
  const top = headLines.length === 0 ? 8 : 16 + headLines.length * HEAD_LINE
  const heading = headLines.map((line, l) => markup`<text x="${MARGIN}" y="${23 + l * HEAD_LINE}" font-size="${HEAD_SIZE}" font-weight="600" fill="#111">${line}</text>`)
  const legend = drawLegend(chart.legend, width)
  const notesTop = top + chart.plotHeight + legend.height
  const lines = chart.notes.flatMap((note) => wrapText(visibleText(note), (width - 2 * MARGIN) / NOTE_SIZE))
  const notes = lines.map((line, l) => markup`<text x="${MARGIN}" y="${pixels(notesTop + 14 + l * NOTE_LINE)}" font-size="${NOTE_SIZE}" fill="#333">${line}</text>`)
  const height = pixels(Math.ceil(notesTop + (lines.length === 0 ? 4 : lines.length * NOTE_LINE + 10)))
  const parts = joinMarkup([markup`<rect width="${width}" height="${height}" fill="#fff"/>`, ...heading, markup`<g transform="translate(0,${top})">${chart.plot}</g>`, markup`<g transform="translate(0,${pixels(top + chart.plotHeight)})">${legend.picture}</g>`, ...notes])
  return markup`<svg${namespace} viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="${idPrefix}-title ${idPrefix}-desc" font-family="${SVG_FONTS}"><title id="${idPrefix}-title">${chart.name}</title><desc id="${idPrefix}-desc">${chart.summary}</desc>${parts}</svg>`
}

/** The namespace that a file of its own needs. */
export const SVG_NAMESPACE: Markup = markup` xmlns="http://www.w3.org/2000/svg"`
