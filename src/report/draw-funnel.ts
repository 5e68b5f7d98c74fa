import { exp } from "../math/exact/exp.js"
import { log } from "../math/exact/log.js"
import type { Interval } from "../math/stats/interval.js"
import { axisTicks, powerTicks } from "./axis-ticks.js"
import type { Chart } from "./chart-frame.js"
import type { DEFAULT_FUNNEL_OPTIONS, FunnelOptions } from "./chart-options.js"
import { levelAxis, tickRoom, uprightAxis, type PlotBox } from "./draw-axes.js"
import { pixels } from "./draw-dots.js"
import type { LegendEntry } from "./draw-legend.js"
import { absenceWords } from "./flag-words.js"
import { alike, NO_NUMBER } from "./format-number.js"
import type { FunnelLimits } from "./funnel-curve.js"
import { funnelSizes, type FunnelSizes, type PlacedRow } from "./funnel-sizes.js"
import { listSome } from "./html-table.js"
import type { KpiFigures, KpiRow } from "./kpi-rows.js"
import { joinMarkup, markup, visibleText, type Markup } from "./markup.js"
import { placeLabels } from "./place-labels.js"
import { partOf, plotRange } from "./plot-range.js"
import { cutText } from "./text-width.js"
import { apartWords, standsApart, verdictEntries, verdictMark, yardstickWords } from "./verdict-marks.js"

const LIMITS_998 = "#6f8bab"
const LIMITS_95 = "#8fa6c2"
const BAR_95 = "#cfdae6"
const TARGET = "#1b2430"
const LABEL_SIZE = 12
/** Pieces of a curve; they are short at the left, where it is bent. */
const PIECES = 96

type Settings = FunnelOptions & typeof DEFAULT_FUNNEL_OPTIONS

/**
 * Draws the parts of a funnel from the ground up: axes, limits, the line of all, marks, names.
 *
 * @param mostOutside territories without a place that are named, before "and x others"
 */
export function drawFunnel(figures: KpiFigures, settings: Settings, mostOutside: number = Infinity): Chart {
  const { kpi, all, rows } = figures
  const target = all.value
  const sizes = funnelSizes(rows, all, visibleText(kpi), settings.size)
  const write = alike([target, ...sizes.placed.map((one) => one.value)])
  const placed = new Set(sizes.placed.map((one) => one.row.id))
  const left = rows.filter((row) => !placed.has(row.id)).map(({ name, verdict }) => absenceWords(name, verdict, write))
  const outside = [...left, ...figures.missing.map((name) => `${name} (not measured)`)]
  const notes = outside.length === 0 ? [] : [`Without a place in the funnel: ${listSome(outside, mostOutside)}.`]
  const frame = { name: `Funnel plot of ${kpi}`, title: settings.title ?? "", width: settings.width, idPrefix: settings.idPrefix }
  if (target === null || sizes.placed.length === 0) {
    const summary = "No territory has a place in the funnel: at least two need a value whose rows tell how sure it is."
    return { ...frame, summary, plot: markup``, plotHeight: 0, legend: [], notes: [summary, ...notes] }
  }
  const scene = layOut(sizes, target, settings)
  const named = settings.labels === "none" ? { picture: markup``, leftOut: 0 } : drawNames(scene, settings.labels === "all")
  const names = new Map(rows.map(({ id, name }) => [id, name]))
  const marks = [...sizes.placed].sort((a, b) => Number(standsApart(a.row.verdict.verdict)) - Number(standsApart(b.row.verdict.verdict))).map((one) => {
    const { row, value } = one
    return verdictMark(row.verdict.verdict, figures.isLowerBetter, scene.x(one.size), scene.y(value), `${row.name}: ${write(value)}, ${row.verdict.verdict}${heldAgainst(row, names, write)}`)
  })
  const line = markup`<path d="M${pixels(scene.box.left)},${pixels(scene.y(target))}H${pixels(scene.box.right)}" stroke="${TARGET}" stroke-width="1.2"/>`
  const yName = markup`<text x="12" y="13" font-size="12" fill="#454f5b">${cutText(visibleText(kpi), (settings.width - 24) / 12)}</text>`
  const limits = markup`<clipPath id="${settings.idPrefix}-box"><rect x="${pixels(scene.box.left)}" y="${pixels(scene.box.top)}" width="${pixels(scene.box.right - scene.box.left)}" height="${pixels(scene.box.bottom - scene.box.top)}"/></clipPath><g clip-path="url(#${settings.idPrefix}-box)" fill="none">${sizes.curve === null ? ownLimits(scene) : curves(scene, sizes.curve)}</g>`
  return {
    ...frame,
    summary: `${kpi} of ${sizes.placed.length} of ${rows.length + figures.missing.length} territories by ${sizes.title}. All together: ${write(target)}. ${apartWords(sizes.placed.map((one) => one.row.verdict.verdict))}`,
    plot: joinMarkup([yName, scene.axes, limits, line, markup`<g>${marks}</g>`, named.picture]),
    plotHeight: scene.box.bottom + 42,
    legend: settings.legend ? legendOf(figures, sizes, write(target), named.leftOut) : [],
    notes,
  }
}

/** For the pointer: what a verdict was held against, where some are set aside. */
function heldAgainst({ verdict }: KpiRow, names: ReadonlyMap<string, string>, write: (value: number) => string): string {
  const words = yardstickWords(verdict.comparedWith, (id) => names.get(id) ?? id, write)
  return words === "" ? "" : `, held against ${words}`
}

interface Scene {
  readonly sizes: FunnelSizes
  readonly box: PlotBox
  readonly x: (size: number) => number
  readonly y: (value: number) => number
  readonly axes: Markup
}

function layOut(sizes: FunnelSizes, target: number, { width }: Settings): Scene {
  const range = plotRange([target, ...sizes.placed.map((one) => one.value)], sizes.placed.map((one) => one.funnel.limits998))
  const isPositive = sizes.placed.every(({ value, funnel }) => value >= 0 && funnel.limits998.low >= 0)
  const shown = { low: isPositive ? Math.max(0, range.low) : range.low, high: range.high }
  const ticks = axisTicks(shown.low, shown.high, 6)
  const top = 26
  const box = { left: Math.min(12 + tickRoom(ticks), width / 2), right: width - 16, top, bottom: top + Math.round(Math.min(480, Math.max(180, width * 0.48))) }
  const x = (size: number): number => box.left + sizes.partOf(size) * (box.right - box.left)
  const y = (value: number): number => box.bottom - partOf(value, shown) * (box.bottom - box.top)
  const count = Math.max(2, Math.round((box.right - box.left) / 90))
  const level = sizes.isLogarithmic ? powerTicks(sizes.low, sizes.high, count) : axisTicks(sizes.low, sizes.high, count)
  return { sizes, box, x, y, axes: joinMarkup([uprightAxis(ticks, y, box), levelAxis(level, x, box, sizes.title, width)]) }
}

/** Four curves; the outer ones are whole, the inner ones dashed. */
function curves({ sizes, box, y }: Scene, limitsAt: (size: number) => FunnelLimits): Markup[] {
  // of size 0 there are no limits
  const start = box.left + 1
  const points = Array.from({ length: PIECES + 1 }, (_, i) => {
    const at = start + (box.right - start) * (i / PIECES) ** 2
    return { at, limits: limitsAt(sizeAt(sizes, (at - box.left) / (box.right - box.left))) }
  })
  const curve = (of: (limits: FunnelLimits) => number): string => thinLine(points.map(({ at, limits }) => ({ x: at, y: y(of(limits)) }))).map((point, i) => `${i === 0 ? "M" : "L"}${pixels(point.x)},${pixels(point.y)}`).join("")
  const line = (of: (limits: FunnelLimits) => number, color: string, dash: Markup | null): Markup => markup`<path class="eq-limit" d="${curve(of)}" stroke="${color}" stroke-width="1.4"${dash}/>`
  const dashed = markup` stroke-dasharray="5 3"`
  return [line((one) => one.limits998.low, LIMITS_998, null), line((one) => one.limits998.high, LIMITS_998, null), line((one) => one.limits95.low, LIMITS_998, dashed), line((one) => one.limits95.high, LIMITS_998, dashed)]
}

/** The points that a line cannot do without: from each the farthest next one with all between within a tenth of a pixel. O(pieces^2). */
function thinLine(points: readonly Point[]): Point[] {
  const kept = [points[0]]
  let from = 0
  for (let to = 2; to <= points.length; to++) {
    const [a, b] = [points[from], points[to]]
    if (b !== undefined && points.slice(from + 1, to).every((p) => Math.abs(a.y + ((p.x - a.x) / (b.x - a.x)) * (b.y - a.y) - p.y) <= 0.1)) continue
    from = to - 1
    kept.push(points[from])
  }
  return kept
}

interface Point {
  readonly x: number
  readonly y: number
}

/** The size at a part of the axis. */
function sizeAt({ low, high, isLogarithmic, partOf: part }: FunnelSizes, at: number): number {
  if (isLogarithmic) return exp(log(low) + at * (log(high) - log(low)))
  return part(high) < part(low) ? high * (1 - at) : low + at * (high - low)
}

/** Of each territory a pale bar for 95 % and a thin line for 99.8 %, behind its mark. */
function ownLimits({ sizes, x, y }: Scene): Markup[] {
  const bars = (of: (limits: FunnelLimits) => Interval): string => sizes.placed.map(({ size, funnel }) => `M${pixels(x(size))},${pixels(y(of(funnel).low))}V${pixels(y(of(funnel).high))}`).join("")
  return [markup`<path class="eq-limit" d="${bars((one) => one.limits95)}" stroke="${BAR_95}" stroke-width="5"/>`, markup`<path class="eq-limit" d="${bars((one) => one.limits998)}" stroke="${LIMITS_95}"/>`]
}

function drawNames({ sizes, box, x, y }: Scene, all: boolean): { readonly picture: Markup; readonly leftOut: number } {
  // from the left end of the plot: names keep off the numbers of the axis
  const point = (one: PlacedRow): Point => ({ x: x(one.size) - box.left, y: y(one.value) })
  const isApart = (one: PlacedRow): boolean => standsApart(one.row.verdict.verdict)
  // those that stand apart choose first, the farthest of them before the others
  const order = sizes.placed.filter((one) => all || isApart(one)).sort((a, b) => Number(isApart(b)) - Number(isApart(a)) || Math.abs(b.funnel.z) - Math.abs(a.funnel.z))
  const chosen = new Set(order)
  const others = sizes.placed.filter((one) => !chosen.has(one)).map(point)
  const placed = placeLabels(order.map((one) => ({ text: one.row.name, ...point(one) })), LABEL_SIZE, box.right - box.left + 14, box.bottom, others, 0)
  const texts = placed.map(({ text, x: at, y: up }) => markup`<text x="${pixels(at + box.left)}" y="${pixels(up)}">${text}</text>`)
  return { picture: markup`<g font-size="${LABEL_SIZE}" font-weight="600" text-anchor="middle" fill="#111" stroke="#fff" stroke-width="3" paint-order="stroke" stroke-linejoin="round">${texts}</g>`, leftOut: order.length - placed.length }
}

function legendOf(figures: KpiFigures, { placed, curve }: FunnelSizes, target: string, leftOut: number): LegendEntry[] {
  const line = (color: string, more: Markup): Markup => markup`<path d="M-8,0h16" stroke="${color}"${more}/>`
  const limits: LegendEntry[] = curve !== null
    ? [{ mark: line(LIMITS_998, markup` stroke-width="1.4" stroke-dasharray="5 3"`), text: "95% limits" }, { mark: line(LIMITS_998, markup` stroke-width="1.4"`), text: "99.8% limits" }]
    : [{ mark: line(BAR_95, markup` stroke-width="5"`), text: "a territory's own 95% limits" }, { mark: line(LIMITS_95, markup``), text: "its 99.8% limits" }]
  // else a mark of its own color inside the limits would look like a mistake
  const isWide = placed.some(({ funnel }) => Math.abs(funnel.adjustedZ) < Math.abs(funnel.z) * (1 - 1e-9))
  const spread: LegendEntry[] = isWide ? [{ mark: null, text: "limits allow for the spread that all have beyond chance" }] : []
  const names: LegendEntry[] = leftOut === 0 ? [] : [{ mark: null, text: `no room for ${leftOut} ${leftOut === 1 ? "name" : "names"}` }]
  const all: LegendEntry = { mark: line(TARGET, markup` stroke-width="1.2"`), text: target === NO_NUMBER ? "all together" : `all together: ${target}` }
  const isMiddle = placed.some(({ row }) => (row.verdict.comparedWith?.setAside.length ?? 0) > 0)
  const middle: LegendEntry[] = isMiddle ? [{ mark: null, text: "verdicts: against the others, without those that lie apart" }] : []
  return [...verdictEntries(placed.map((one) => one.row.verdict.verdict), figures.isLowerBetter), all, ...limits, ...spread, ...middle, ...names]
}
