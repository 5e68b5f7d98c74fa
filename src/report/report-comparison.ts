import type { AlignmentComparison, AlignmentFigures } from "../performance/performance-result.js"
import { formatCount } from "../model/format-amount.js"
import { decimalsFor, formatDeviation, formatNumber, formatShare } from "./format-number.js"
import { htmlTable } from "./html-table.js"
import { markup, type Markup } from "./markup.js"
import type { ReportScene } from "./report-scene.js"

interface FigureRow {
  readonly label: string
  readonly before: number | null
  readonly after: number | null
  readonly unit: "count" | "share" | "number"
  /** Whether less is better; else the change is told without a judgement. */
  readonly lessIsBetter: boolean
}

/** Existing against proposed: how fair, how compact, and who changes owner. */
export function comparisonPart(scene: ReportScene, comparison: AlignmentComparison): Markup[] {
  const rows = figureRows(comparison.before, comparison.after)
  const table = htmlTable([
    { heading: "", kind: "text", cells: rows.map((row) => row.label) },
    { heading: "Before", kind: "number", cells: rows.map((row) => show(row, row.before)) },
    { heading: "After", kind: "number", cells: rows.map((row) => show(row, row.after)) },
    { heading: "Change", kind: "number", cells: rows.map(change) },
  ])
  const { moved, movedCount, keptCount, unownedCount, sharedCount } = comparison
  const owned = movedCount + keptCount
  const activity = Object.entries(comparison.movedActivity).map(([measure, { amount, share }]) =>
    markup`<li>${measure}: ${formatNumber(amount, decimalsFor([amount]))} changes owner (${formatShare(share)} of what had one)</li>`)
  const unowned = unownedCount + sharedCount === 0 ? "" : ` ${formatCount(unownedCount, "account")} had no owner before and ${formatNumber(sharedCount, 0)} had several; they count as no change.`
  const shown = moved.slice(0, scene.maxRows)
  const owner = (id: string | null): string => (id === null ? "none" : scene.nameOf(id))
  const list = shown.length === 0 ? markup`` : htmlTable([
    { heading: "Account", kind: "text", cells: shown.map((move) => scene.accountName(move.accountId)) },
    { heading: "From", kind: "text", cells: shown.map((move) => owner(move.from)) },
    { heading: "To", kind: "text", cells: shown.map((move) => owner(move.to)) },
  ], moved.length - shown.length)
  return [
    table,
    markup`<h3>Who changes owner</h3><p>${formatCount(movedCount, "account")} of ${formatNumber(owned, 0)} (${formatShare(owned === 0 ? null : movedCount / owned)}).${unowned}</p><ul>${activity}</ul>${list}`,
  ]
}

function figureRows(before: AlignmentFigures, after: AlignmentFigures): FigureRow[] {
  const rows: FigureRow[] = [
    { label: "Territories", before: before.territoryCount, after: after.territoryCount, unit: "count", lessIsBetter: false },
    { label: "Accounts with an owner", before: before.assignedCount, after: after.assignedCount, unit: "count", lessIsBetter: false },
  ]
  const kinds = [["imbalance", "largest deviation from target", "share"], ["cv", "coefficient of variation", "share"], ["gini", "Gini index", "number"], ["maxOverMean", "largest over mean", "number"]] as const
  for (const measure of new Set([...Object.keys(before.measures), ...Object.keys(after.measures)])) {
    for (const [key, words, unit] of kinds) {
      const of = (figures: AlignmentFigures): number | null => (Object.hasOwn(figures.measures, measure) ? figures.measures[measure][key] : null)
      rows.push({ label: `${measure}: ${words}`, before: of(before), after: of(after), unit, lessIsBetter: true })
    }
  }
  // without places there are no distances
  if (before.cost === null && after.cost === null) return rows
  rows.push({ label: "Typical distance to the center", before: before.typicalDistance, after: after.typicalDistance, unit: "number", lessIsBetter: true })
  rows.push({ label: "Travel cost (activity times squared distance)", before: before.cost, after: after.cost, unit: "number", lessIsBetter: true })
  return rows
}

function show(row: FigureRow, value: number | null): string {
  return row.unit === "share" ? formatShare(value) : formatNumber(value, row.unit === "count" ? 0 : decimalsFor([row.before, row.after]))
}

function change({ before, after, unit, lessIsBetter }: FigureRow): string | Markup {
  if (before === null || after === null) return ""
  if (before === after) return "same"
  if (unit === "count") return `${after > before ? "+" : ""}${formatNumber(after - before, 0)}`
  const text = before === 0 ? "" : formatDeviation(after / before - 1)
  if (!lessIsBetter) return text
  return after < before ? markup`${text} <span class="good">better</span>` : markup`${text} <span class="bad">worse</span>`
}
