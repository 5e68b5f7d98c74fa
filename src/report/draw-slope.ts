import { formatCount } from "../model/format-amount.js"
import type { Chart } from "./chart-frame.js"
import type { DEFAULT_SLOPE_OPTIONS, SlopeOptions } from "./chart-options.js"
import { pixels } from "./draw-dots.js"
import type { LegendEntry } from "./draw-legend.js"
import { alike } from "./format-number.js"
import { joinMarkup, markup, visibleText, type Markup } from "./markup.js"
import { partOf, plotRange } from "./plot-range.js"
import type { SlopeRow } from "./read-slopes.js"
import { slopeStyles, type SlopeStyle } from "./slope-styles.js"
import { spreadLabels } from "./spread-labels.js"
import { namer } from "./territory-names.js"
import { cutText, textWidth } from "./text-width.js"
import { standsApart, verdictEntries, verdictMark } from "./verdict-marks.js"

const SIZE = 12
/** How much wider semibold text is. */
const SEMIBOLD = 1.12
/** Between the baselines of two labels, pixels. */
const LINE = 14
const LEAST_HEIGHT = 260
/** Higher pictures are no pictures any more; more labels than fit are thinned. */
const MOST_HEIGHT = 4000
const TOP = 34
/** From an axis to its labels: room for the line that leads there. */
const LEAD = 18

type Settings = SlopeOptions & typeof DEFAULT_SLOPE_OPTIONS

interface Slope extends SlopeRow {
  readonly name: string
  readonly style: SlopeStyle
}

/** Draws the lines of a slope chart, the pale ones below, and the labels at both ends. */
export function drawSlope(rows: readonly SlopeRow[], settings: Settings): Chart {
  const nameOf = namer(settings.names, [])
  const styles = slopeStyles(rows, settings.highlight)
  const all = rows.map((row): Slope => ({ ...row, name: visibleText(nameOf(row.id)), style: styles.of(row.group ?? null) }))
  const slopes = all.filter((row) => row.before !== null || row.after !== null)
  const without = all.filter((row) => row.before === null && row.after === null).map((row) => row.name)
  const notes = without.length === 0 ? [] : [`Without a value on either side: ${without.join(", ")}.`]
  const frame = { name: `${settings.beforeLabel} and ${settings.afterLabel}`, title: settings.title ?? "", width: settings.width, idPrefix: settings.idPrefix }
  if (slopes.length === 0) {
    const summary = "No territory has a value."
    return { ...frame, summary, plot: markup``, plotHeight: 0, legend: [], notes: [summary, ...notes] }
  }
  const values = slopes.flatMap((row) => [row.before, row.after].flatMap((value) => value ?? []))
  const write = alike(values)
  const most = Math.max(slopes.filter((row) => row.before !== null).length, slopes.filter((row) => row.after !== null).length)
  const height = Math.min(MOST_HEIGHT, Math.max(LEAST_HEIGHT, most * (LINE + 2)))
  const bottom = TOP + height
  const range = plotRange(values, [])
  const y = (value: number): number => bottom - partOf(value, range) * height
  // of a long name the end is cut, never the value
  const textOf = (row: Slope, side: Side, most: number): string => {
    const value = write(row[side])
    const name = cutText(row.name, most / (SIZE * (row.style.isChosen ? SEMIBOLD : 1)) - textWidth(`${value}\u2002`))
    return side === "before" ? `${name}\u2002${value}` : `${value}\u2002${name}`
  }
  const room = (side: Side): number => Math.min(settings.width * 0.34, slopes.reduce((widest, row) => (row[side] === null ? widest : Math.max(widest, textWidth(textOf(row, side, Infinity)) * SIZE * SEMIBOLD + 2)), 40))
  const [left, right] = [12 + room("before") + LEAD, settings.width - 12 - room("after") - LEAD]

  const order = [...slopes].sort((a, b) => Number(a.style.isLoud) - Number(b.style.isLoud))
  const lines = order.flatMap((row) => (row.before === null || row.after === null ? [] : [markup`<path class="eq-slope" d="M${pixels(left)},${pixels(y(row.before))}L${pixels(right)},${pixels(y(row.after))}" stroke="${row.style.color}" stroke-width="${row.style.isLoud ? 2 : 1.2}"${dashOf(row.style)}><title>${`${row.name}: ${write(row.before)}, ${write(row.after)}`}</title></path>`]))
  const ends = order.map((row) => joinMarkup([drawEnd(row, "before", left, y, settings), drawEnd(row, "after", right, y, settings)]))
  const labels = (["before", "after"] as const).map((side) => drawLabels(slopes, side, { at: side === "before" ? left : right, y, bottom, room: room(side), textOf }))
  const axes = [left, right].map((x) => markup`<path d="M${pixels(x)},${TOP}V${pixels(bottom)}" stroke="#c5ccd4"/>`)
  const heads = markup`<g font-size="13" font-weight="600" fill="#1b2430"><text x="${pixels(left)}" y="18" text-anchor="end">${cutText(visibleText(settings.beforeLabel), (left - 12) / 13.5)}</text><text x="${pixels(right)}" y="18">${cutText(visibleText(settings.afterLabel), (settings.width - 12 - right) / 13.5)}</text></g>`
  const leftOut = labels.reduce((sum, side) => sum + side.leftOut, 0)
  return {
    ...frame,
    summary: summaryOf(slopes, settings),
    plot: joinMarkup([heads, ...axes, ...lines, ...ends, ...labels.map((side) => side.picture)]),
    plotHeight: bottom + 16,
    legend: settings.legend ? legendOf(slopes, styles.groups, settings, leftOut) : [],
    notes,
  }
}

type Side = "before" | "after"

/** A dot in the row's color, a ring where the other side is missing, the mark of the verdict at the right. */
function drawEnd(row: Slope, side: Side, x: number, y: (value: number) => number, settings: Settings): Markup {
  const value = row[side]
  if (value === null) return markup``
  const isAlone = row[side === "before" ? "after" : "before"] === null
  if (side === "after" && typeof row.verdict === "string") return verdictMark(row.verdict, settings.better === "lower", x, y(value), `${row.name}: ${row.verdict}`)
  return isAlone ? drawAlone(x, y(value), row.style.color) : markup`<circle cx="${pixels(x)}" cy="${pixels(y(value))}" r="${row.style.isLoud ? 3.5 : 2.5}" fill="${row.style.color}"/>`
}

function drawAlone(x: number, y: number, color: string): Markup {
  return markup`<circle class="eq-alone" cx="${pixels(x)}" cy="${pixels(y)}" r="4" fill="#fff" stroke="${color}" stroke-width="1.8"/>`
}

interface LabelSide {
  readonly at: number
  readonly y: (value: number) => number
  readonly bottom: number
  readonly room: number
  readonly textOf: (row: Slope, side: Side, most: number) => string
}

function drawLabels(slopes: readonly Slope[], side: Side, { at, y, bottom, room, textOf }: LabelSide): { readonly picture: Markup; readonly leftOut: number } {
  const given = slopes.flatMap((row) => (row[side] === null ? [] : [{ row, wish: y(row[side]) }]))
  const most = Math.floor((bottom - TOP) / LINE) + 1
  // who is named where not all can be: the highlighted, the judged, the largest changes; the rest by id
  const shown = given.length <= most ? given : [...given].sort((a, b) => Number(b.row.style.isLoud) - Number(a.row.style.isLoud) || Number(standsApart(b.row.verdict ?? "")) - Number(standsApart(a.row.verdict ?? "")) || changeOf(b.row) - changeOf(a.row)).slice(0, most)
  const places = spreadLabels(shown.map((one) => one.wish), LINE, TOP, bottom)
  const outward = side === "before" ? -1 : 1
  const texts = shown.map(({ row, wish }, i) => {
    const [near, far] = [at + outward * 6, at + outward * (LEAD - 4)]
    const lead = Math.abs(places[i] - wish) < 0.5 ? null : markup`<path d="M${pixels(near)},${pixels(wish)}L${pixels(far)},${pixels(places[i])}" stroke="#aab2bc" stroke-width="0.8" fill="none"/>`
    const weight = row.style.isChosen ? markup` font-weight="600"` : null
    return markup`${lead}<text x="${pixels(at + outward * LEAD)}" y="${pixels(places[i] + 4)}"${side === "before" ? markup` text-anchor="end"` : null}${weight} fill="${row.style.isLoud ? "#1b2430" : "#59636f"}">${textOf(row, side, room)}</text>`
  })
  return { picture: markup`<g font-size="${SIZE}">${texts}</g>`, leftOut: given.length - shown.length }
}

/** How much a row changes; one without a side changes most. Halves, since a difference may be beyond the range of numbers. */
function changeOf({ before, after }: SlopeRow): number {
  return before === null || after === null ? Number.MAX_VALUE : Math.abs(after / 2 - before / 2)
}

const dashOf = (style: SlopeStyle): Markup | null => (style.dash === "" ? null : markup` stroke-dasharray="${style.dash}"`)

function summaryOf(slopes: readonly Slope[], { beforeLabel, afterLabel }: Settings): string {
  const both = slopes.flatMap(({ before, after }) => (before === null || after === null ? [] : [Math.sign(after / 2 - before / 2)]))
  const count = (sign: number): number => both.filter((one) => one === sign).length
  const alone = slopes.length - both.length
  return `${formatCount(slopes.length, "territory", "territories")}, ${beforeLabel} and ${afterLabel}: ${count(1)} up, ${count(-1)} down, ${count(0)} unchanged${alone === 0 ? "" : `, ${alone} with a value on one side only`}.`
}

function legendOf(slopes: readonly Slope[], groups: readonly { readonly name: string; readonly style: SlopeStyle; readonly count: number }[], settings: Settings, leftOut: number): LegendEntry[] {
  const entries: LegendEntry[] = groups.map(({ name, style, count }) => ({ mark: markup`<path d="M-8,0h16" stroke="${style.color}" stroke-width="${style.isLoud ? 2 : 1.2}"${dashOf(style)}/>`, text: `${cutText(visibleText(name), 40)}: ${count}` }))
  for (const entry of verdictEntries(slopes.flatMap((row) => row.verdict ?? []), settings.better === "lower")) entries.push(entry)
  if (slopes.some((row) => row.before === null || row.after === null)) entries.push({ mark: drawAlone(0, 0, "#59636f"), text: "one side only" })
  if (leftOut > 0) entries.push({ mark: null, text: `no room for ${leftOut} ${leftOut === 1 ? "label" : "labels"}` })
  return entries
}
