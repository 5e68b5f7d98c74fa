import { compareIds } from "../model/compare-ids.js"
import { formatCount } from "../model/format-amount.js"
import { axisTicks } from "./axis-ticks.js"
import type { Chart } from "./chart-frame.js"
import type { CaterpillarOptions, DEFAULT_CATERPILLAR_OPTIONS } from "./chart-options.js"
import { levelAxis, type PlotBox } from "./draw-axes.js"
import { pixels } from "./draw-dots.js"
import type { LegendEntry } from "./draw-legend.js"
import { absenceWords } from "./flag-words.js"
import { alike } from "./format-number.js"
import type { KpiFigures, KpiRow } from "./kpi-rows.js"
import { joinMarkup, markup, visibleText } from "./markup.js"
import { partOf, plotRange } from "./plot-range.js"
import { cutText, textWidth } from "./text-width.js"
import { apartWords, shrunkenMark, standsApart, verdictEntries, verdictMark, yardstickWords } from "./verdict-marks.js"

const TARGET = "#1b2430"
const RANGE = "#7d8896"
const YARDSTICK = "#6f8bab"
/** Lines of text closer than this run into each other. */
const LEAST_LINE = 11

type Settings = CaterpillarOptions & typeof DEFAULT_CATERPILLAR_OPTIONS

type ValuedRow = KpiRow & { readonly value: number }

/** Draws the rows of a caterpillar plot, the best first as the ranks have it, and the line of all behind them. */
export function drawCaterpillar(figures: KpiFigures, settings: Settings): Chart {
  const { kpi, all, isLowerBetter } = figures
  const rows = figures.rows.flatMap((row): ValuedRow[] => (row.verdict.value === null ? [] : [{ ...row, value: row.verdict.value }])).sort((a, b) => (isLowerBetter ? -1 : 1) * (b.value - a.value) || compareIds(a.id, b.id))
  const write = alike([all.value, ...rows.map((row) => row.value)])
  const without = figures.rows.filter((row) => row.verdict.value === null).map(({ name, verdict }) => absenceWords(name, verdict, write))
  const outside = [...without, ...figures.missing.map((name) => `${name} (not measured)`)]
  const notes = outside.length === 0 ? [] : [`Not drawn: ${outside.join(", ")}.`]
  const frame = { name: `Caterpillar plot of ${kpi}`, title: settings.title ?? "", width: settings.width, idPrefix: settings.idPrefix }
  if (rows.length === 0) {
    const summary = "No territory has a value."
    return { ...frame, summary, plot: markup``, plotHeight: 0, legend: [], notes: [summary, ...notes] }
  }
  const rowHeight = settings.rowHeight ?? (rows.length <= 40 ? 22 : rows.length <= 100 ? 16 : 12)
  const size = Math.max(9, Math.min(12, rowHeight - 2))
  const ranks = rows.map(({ verdict: { rank } }) => (rank === null ? "" : rank.low === rank.high ? String(rank.low) : `${rank.low} to ${rank.high}`))
  const values = rows.map((row) => write(row.value))
  const room = (texts: readonly string[], heading: string): number => texts.reduce((most, text) => Math.max(most, textWidth(text) * size), textWidth(heading) * 11) + 14
  const nameRoom = Math.min(room(rows.map((row) => row.name), "") + 2, settings.width * 0.3)
  const [valueRoom, rankRoom] = [room(values, ""), room(ranks, "rank, 95%")]
  const box = { left: 12 + nameRoom, right: settings.width - 12 - valueRoom - rankRoom, top: 24, bottom: 24 + rows.length * rowHeight + 6 }
  const range = plotRange([all.value, ...rows.flatMap(({ value, verdict }) => [value, verdict.shrunken?.value ?? null])].flatMap((value) => value ?? []), rows.flatMap((row) => row.verdict.interval ?? []))
  const x = (value: number): number => box.left + partOf(value, range) * (box.right - box.left)
  const y = (r: number): number => box.top + 3 + (r + 0.5) * rowHeight

  const written = linesWithRoom(rows, rowHeight)
  const texts = rows.map((row, r) => {
    if (!written.has(r)) return markup``
    const up = pixels(y(r) + size * 0.35)
    const weight = standsApart(row.verdict.verdict) ? markup` font-weight="600"` : null
    return markup`<text x="${pixels(box.left - 8)}" y="${up}" text-anchor="end"${weight}>${cutText(row.name, (nameRoom - 8) / size)}</text><text x="${pixels(settings.width - 12 - rankRoom)}" y="${up}" text-anchor="end">${values[r]}</text><text x="${pixels(settings.width - 12)}" y="${up}" text-anchor="end" fill="#454f5b">${ranks[r]}</text>`
  })
  const line = rows.map((row, r) => intervalPath(row, x, y(r), box)).join("")
  const intervals = line === "" ? markup`` : markup`<path class="eq-ranges" d="${line}" fill="none" stroke="${RANGE}" stroke-width="1.8"/>`
  const ticksOfRows = rows.map((row, r) => yardstickMark(row, x, y(r), box)).join("")
  const yardsticks = ticksOfRows === "" ? markup`` : markup`<path class="eq-yardstick" d="${ticksOfRows}" fill="none" stroke="${YARDSTICK}" stroke-width="1.6"/>`
  const names = new Map(figures.rows.map(({ id, name }) => [id, name]))
  const marks = rows.map((row, r) => {
    const { verdict: { shrunken, interval, verdict } } = row
    const around = interval === null ? "" : ` (${write(interval.low)} to ${write(interval.high)})`
    const held = yardstickWords(row.verdict.comparedWith, (id) => names.get(id) ?? id, write)
    const mark = verdictMark(verdict, isLowerBetter, x(row.value), y(r), `${row.name}: ${write(row.value)}${around}, ${verdict}${held === "" ? "" : `, held against ${held}`}`)
    // below the value's mark: where both are one, the verdict is what must be seen
    return shrunken === null ? mark : joinMarkup([shrunkenMark(x(shrunken.value), y(r)), mark])
  })
  const ticks = axisTicks(range.low, range.high, Math.max(2, Math.round((box.right - box.left) / 80)))
  const whole = all.value === null ? markup`` : markup`<path d="M${pixels(x(all.value))},${box.top}V${pixels(box.bottom)}" stroke="${TARGET}" stroke-width="1.2"/>`
  const head = markup`<g font-size="11" fill="#454f5b" text-anchor="end"><text x="${pixels(settings.width - 12)}" y="16">rank, 95%</text></g>`
  return {
    ...frame,
    summary: `${kpi} of ${formatCount(rows.length, "territory", "territories")}, the best first, with 95% intervals: from ${write(rows[0].value)} (${rows[0].name}) to ${write(rows[rows.length - 1].value)} (${rows[rows.length - 1].name}).${all.value === null ? "" : ` All together: ${write(all.value)}.`} ${apartWords(rows.map((row) => row.verdict.verdict))}`,
    plot: joinMarkup([head, levelAxis(ticks, x, box, visibleText(kpi), settings.width), whole, yardsticks, intervals, ...marks, markup`<g font-size="${size}" fill="#1b2430">${texts}</g>`]),
    plotHeight: box.bottom + 42,
    legend: settings.legend ? legendOf(rows, isLowerBetter, all.value === null ? null : write(all.value), rows.length - written.size) : [],
    notes,
  }
}

/** Rows whose text has room: those that stand apart first, then from the top. */
function linesWithRoom(rows: readonly ValuedRow[], rowHeight: number): Set<number> {
  const apart = Math.ceil(LEAST_LINE / rowHeight)
  const written = new Set<number>()
  const order = [...rows.keys()].sort((a, b) => Number(standsApart(rows[b].verdict.verdict)) - Number(standsApart(rows[a].verdict.verdict)) || a - b)
  for (const r of order) {
    let isFree = true
    for (let near = r - apart + 1; near < r + apart; near++) if (written.has(near)) isFree = false
    if (isFree) written.add(r)
  }
  return written
}

/** An upright tick where the value lies that a verdict was held against, if some territories are set aside in it. */
function yardstickMark({ verdict: { comparedWith } }: KpiRow, x: (value: number) => number, y: number, { left, right }: PlotBox): string {
  if (comparedWith === null || comparedWith === undefined || comparedWith.value === null || comparedWith.setAside.length === 0) return ""
  const at = x(comparedWith.value)
  return at < left || at > right ? "" : `M${pixels(at)},${pixels(y - 5)}v10`
}

/** The interval, with an arrow where it goes on beyond the plot. */
function intervalPath({ verdict: { interval } }: KpiRow, x: (value: number) => number, y: number, { left, right }: PlotBox): string {
  if (interval === null) return ""
  const [low, high] = [x(interval.low), x(interval.high)]
  const [from, to] = [Math.max(left, low), Math.min(right, high)]
  const up = pixels(y)
  const arrowLow = low < left - 0.5 ? `M${pixels(left + 5)},${pixels(y - 3)}L${pixels(left)},${up}L${pixels(left + 5)},${pixels(y + 3)}` : ""
  const arrowHigh = high > right + 0.5 ? `M${pixels(right - 5)},${pixels(y - 3)}L${pixels(right)},${up}L${pixels(right - 5)},${pixels(y + 3)}` : ""
  return `M${pixels(from)},${up}H${pixels(to)}${arrowLow}${arrowHigh}`
}

function legendOf(rows: readonly ValuedRow[], isLowerBetter: boolean, target: string | null, leftOut: number): LegendEntry[] {
  const entries: LegendEntry[] = verdictEntries(rows.map((row) => row.verdict.verdict), isLowerBetter)
  if (rows.some((row) => row.verdict.shrunken !== null)) entries.push({ mark: shrunkenMark(0, 0), text: "shrunken estimate" })
  if (rows.some((row) => row.verdict.interval !== null)) entries.push({ mark: markup`<path d="M-8,0h16" stroke="${RANGE}" stroke-width="1.8"/>`, text: "95% interval" })
  if (rows.some(({ verdict: { comparedWith } }) => (comparedWith?.setAside.length ?? 0) > 0)) entries.push({ mark: markup`<path d="M0,-5v10" stroke="${YARDSTICK}" stroke-width="1.6"/>`, text: "held against: the others, without those that lie apart" })
  if (target !== null) entries.push({ mark: markup`<path d="M0,-7v14" stroke="${TARGET}" stroke-width="1.2"/>`, text: `all together: ${target}` })
  if (leftOut > 0) entries.push({ mark: null, text: `no room for ${leftOut} ${leftOut === 1 ? "name" : "names"}` })
  return entries
}
