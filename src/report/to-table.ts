import { checkKeys, isPlainObject } from "../model/check-keys.js"
import { throwIssues, type Issue } from "../model/error.js"
import { guardCall } from "../model/guard-call.js"
import { issue } from "../model/issue.js"
import { ownOptions } from "../model/own-options.js"
import { decimalsFor, formatNumber, NO_NUMBER } from "./format-number.js"
import { visibleText } from "./markup.js"
import { pickColumns } from "./pick-columns.js"
import { resultRows, type Cell, type Tabular } from "./result-rows.js"
import { textColumns } from "./text-width.js"

/** How `toTable` writes. */
export interface TableOptions {
  /** Columns to show, in this order; default all. */
  readonly columns?: readonly string[]
  /** Rows to show, 0 or more; the rest are counted in a last line. Default 100. */
  readonly maxRows?: number
  /** Longest cell, in terminal columns, 4 or more; longer ones are cut. Default 40. */
  readonly maxWidth?: number
}

/** What holds where `toTable` is told nothing else. */
export const DEFAULT_TABLE_OPTIONS: Readonly<Required<Omit<TableOptions, "columns">>> = Object.freeze({
  /** A few screens. */
  maxRows: 100,
  /** Two names side by side in 80 columns. */
  maxWidth: 40,
})

/**
 * Writes a result or any list of flat rows as a plain-text table for terminals and logs: columns aligned, numbers to the
 * right with thousands separators and as many decimals as their column needs, text to the left.
 *
 * Line breaks, escape sequences and controls that reorder text are made harmless. Use `toCsv` for full precision.
 * Deterministic, the same in every locale. O(cells).
 *
 * @param value a result of this library or an array of objects; nested objects become columns `measures.workload.activity`
 * @returns lines joined by "\n", without one at the end
 * @throws TerritoryError for something that is no row, unknown options or columns
 * @example
 * toTable([{ territory: "north", revenue: 1250000 }, { territory: "south", revenue: 980000 }])
 * // territory    revenue
 * // ---------  ---------
 * // north      1,250,000
 * // south        980,000
 */
export function toTable(value: Tabular, options: TableOptions = {}): string {
  return guardCall({ rows: value, options }, (own) => toTableUnguarded(own.rows, own.options))
}

function toTableUnguarded(value: Tabular, options: TableOptions): string {
  const issues: Issue[] = []
  if (!isPlainObject(options)) issues.push(issue("option-type", "options", "must be an object", options))
  throwIssues(issues)
  const own = ownOptions(options)
  checkKeys(own, ["columns", "maxRows", "maxWidth"], "", issues)
  const { maxRows = DEFAULT_TABLE_OPTIONS.maxRows, maxWidth = DEFAULT_TABLE_OPTIONS.maxWidth } = own
  if (!(Number.isInteger(maxRows) || maxRows === Infinity) || maxRows < 0) issues.push(issue("option-range", "maxRows", "must be a whole number, 0 or more", maxRows))
  if (typeof maxWidth !== "number" || !(maxWidth >= 4)) issues.push(issue("option-range", "maxWidth", "must be 4 or more", maxWidth))
  const table = pickColumns(resultRows(value), own.columns, issues)
  throwIssues(issues)

  const shown = table.rows.slice(0, maxRows)
  const columns = table.columns.map((name, c) => layColumn(name, shown.map((row) => row[c]), maxWidth))
  const lines: string[] = []
  for (let l = 0; l < shown.length + 2; l++) lines.push(columns.map((column) => column[l]).join("  ").trimEnd())
  const left = table.rows.length - shown.length
  if (left > 0) lines.push(`and ${formatNumber(left, 0)} more`)
  return lines.join("\n")
}

/** Heading, rule and cells of one column, all of one width. */
function layColumn(name: string, cells: readonly Cell[], maxWidth: number): string[] {
  const numbers = cells.filter((cell) => typeof cell === "number")
  const isNumeric = numbers.length > 0 && cells.every((cell) => cell === null || typeof cell === "number")
  const decimals = decimalsFor(numbers)
  // amounts and fractions in one column: each with its own decimals, or the fractions would all read 0
  const isMixed = decimals === 0 && numbers.some((value) => Math.abs(value) < 10 && !Number.isInteger(value))
  const texts = [name, ...cells.map((cell) => (typeof cell === "number" ? formatNumber(cell, isMixed ? decimalsFor([cell]) : decimals) : plainText(cell)))].map((text) => cut(visibleText(text), maxWidth))
  const width = texts.reduce((widest, text) => Math.max(widest, textColumns(text)), 1)
  const [heading, ...rest] = texts.map((text) => {
    const blanks = " ".repeat(width - textColumns(text))
    return isNumeric ? blanks + text : text + blanks
  })
  return [heading, "-".repeat(width), ...rest]
}

function plainText(cell: Cell): string {
  if (cell === null) return NO_NUMBER
  return Array.isArray(cell) ? cell.map(String).join(", ") : String(cell)
}

function cut(text: string, maxWidth: number): string {
  if (textColumns(text) <= maxWidth) return text
  let kept = ""
  let columns = 3
  for (const character of text) {
    columns += textColumns(character)
    if (columns > maxWidth) break
    kept += character
  }
  return `${kept}...`
}
