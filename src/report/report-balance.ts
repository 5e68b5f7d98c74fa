import type { PartitionResult, TerritoryMeasure } from "../partition/partition-result.js"
import { formatDeviation } from "./format-number.js"
import { htmlTable, numberColumn } from "./html-table.js"
import { markup, type Markup } from "./markup.js"
import { nameCell, type PlanScene } from "./report-scene.js"

/** One territory's figures in one measure. */
export interface MeasureRow {
  readonly id: string
  readonly figures: TerritoryMeasure
  readonly isOutside: boolean
}

/** Relative slack within which a bound counts as met: sums of many numbers end a few units in the last place off. */
const SLACK = 1e-9

/** The territories that have this measure, and whether they keep its bounds. */
export function measureRows(plan: PartitionResult, measure: string): MeasureRow[] {
  return plan.territories.flatMap((territory) => {
    if (!Object.hasOwn(territory.measures, measure)) return []
    const figures = territory.measures[measure]
    const { activity, min, max } = figures
    const below = min !== null && activity < min - SLACK * Math.abs(min)
    const above = max !== null && activity > max + SLACK * Math.abs(max)
    return [{ id: territory.id, figures, isOutside: below || above }]
  })
}

/** For each measure one bar a territory, with its target and the range that is allowed. */
export function balanceFigures(scene: PlanScene): Markup[] {
  const figures = scene.measures.map((measure) => {
    const rows = measureRows(scene.plan, measure)
    const end = rows.reduce((most, { figures: f }) => Math.max(most, f.activity, f.target, f.max ?? 0, f.min ?? 0), 0) * 1.02
    const table = htmlTable([
      { heading: "Territory", kind: "text", cells: rows.map((row) => nameCell(scene, row.id)) },
      { heading: "", kind: "drawing", cells: rows.map((row) => balanceBar(row, end)) },
      numberColumn(measure, rows.map((row) => row.figures.activity)),
      { heading: "Deviation", kind: "number", cells: rows.map((row) => deviationCell(row)) },
    ])
    return markup`<figure><figcaption><b>${measure}</b></figcaption>${table}</figure>`
  })
  return figures.length === 0 ? [] : [markup`<div class="pair">${figures}</div>`]
}

/** A deviation, in the alarm color and with words where a bound is broken. */
export function deviationCell({ figures, isOutside }: MeasureRow): string | Markup {
  const text = formatDeviation(figures.deviation)
  return isOutside ? markup`<span class="bad" title="out of bounds">${text} !</span>` : text
}

function balanceBar({ figures, isOutside }: MeasureRow, end: number): Markup {
  const at = (value: number): string => percent(value, 0, end)
  const { activity, target, min, max } = figures
  const from = min ?? 0
  const bounded = min !== null || max !== null
  const band = bounded ? markup`<rect class="band" x="${at(from)}" width="${percent((max ?? end) - from, 0, end)}" y="0" height="16"/>` : null
  const tick = (value: number | null): Markup | null => value === null ? null : markup`<line class="tick" x1="${at(value)}" x2="${at(value)}" y1="0" y2="16"/>`
  return markup`<svg class="plot" aria-hidden="true">${band}<rect class="${isOutside ? "out" : "bar"}" width="${at(activity)}" y="4" height="8"/>${tick(min)}${tick(max)}<line class="mid" x1="${at(target)}" x2="${at(target)}" y1="1" y2="15" stroke-width="2"/></svg>`
}

/** Where a value lies between two others, as SVG length. */
export function percent(value: number, low: number, high: number): string {
  const share = high > low ? (value - low) / (high - low) : 0
  return `${Math.round(Math.min(1, Math.max(0, share)) * 10_000) / 100}%`
}
