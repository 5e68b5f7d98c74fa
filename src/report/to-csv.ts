import { checkKeys, isPlainObject } from "../model/check-keys.js"
import { throwIssues, type Issue } from "../model/error.js"
import { guardCall } from "../model/guard-call.js"
import { issue } from "../model/issue.js"
import { ownOptions } from "../model/own-options.js"
import { pickColumns } from "./pick-columns.js"
import { resultRows, type Cell, type Tabular } from "./result-rows.js"

/** How `toCsv` writes. */
export interface CsvOptions {
  /** Columns to write, in this order; default all. */
  readonly columns?: readonly string[]
  /** Write cells as they are, for machines. Default false: a cell that a spreadsheet would run as a formula gets an apostrophe. */
  readonly raw?: boolean
  /** Default "\r\n", as RFC 4180 has it. */
  readonly newline?: "\r\n" | "\n"
  /** Begin with a byte order mark, by which Excel knows UTF-8. Default false. */
  readonly bom?: boolean
}

/** What holds where `toCsv` is told nothing else. */
export const DEFAULT_CSV_OPTIONS: Readonly<Required<Omit<CsvOptions, "columns">>> = Object.freeze({
  /** Reports are opened in spreadsheets. */
  raw: false,
  /** RFC 4180, section 2.1. */
  newline: "\r\n",
  /** Most readers take a mark for a part of the first name. */
  bom: false,
})

/**
 * Writes a result or any list of flat rows as CSV (RFC 4180): a header line, commas, CRLF after every line, quotes where a
 * cell needs them. A plan gives its territories, an alignment its rows, a coverage check its findings, and so on.
 *
 * Text that begins with = + - @ (plain or full-width), whatever white space or invisible characters are before that, or with a tab, a line
 * break or NUL, and is no plain number gets a leading apostrophe, since spreadsheets would run it as a formula (CWE-1236). So does what
 * follows a semicolon, a tab or a line break, also one that begins the text: Excel cuts there where the decimal sign is a comma, whatever the quotes. `raw: true` leaves all of it as it is. Null is an empty cell, a list is
 * JSON, numbers are written in full (`0.1`, `1e-7`); NaN and Infinity are refused. Deterministic. O(cells).
 *
 * @param value a result of this library or an array of objects; nested objects become columns `measures.workload.activity`
 * @returns the whole file as one string; "" when there are no columns
 * @throws TerritoryError for something that is no row, unknown options or columns; `cell-not-finite` for NaN and Infinity, with the
 *   cell's path (null is an empty cell)
 * @example
 * toCsv([{ accountId: "a", territoryId: "west" }]) // "accountId,territoryId\r\na,west\r\n"
 */
export function toCsv(value: Tabular, options: CsvOptions = {}): string {
  return guardCall({ rows: value, options }, (own) => toCsvUnguarded(own.rows, own.options))
}

function toCsvUnguarded(value: Tabular, options: CsvOptions): string {
  const issues: Issue[] = []
  if (!isPlainObject(options)) issues.push(issue("option-type", "options", "must be an object", options))
  throwIssues(issues)
  const own = ownOptions(options)
  checkKeys(own, ["columns", "raw", "newline", "bom"], "", issues)
  const { raw = DEFAULT_CSV_OPTIONS.raw, newline = DEFAULT_CSV_OPTIONS.newline, bom = DEFAULT_CSV_OPTIONS.bom } = own
  for (const [key, flag] of [["raw", raw], ["bom", bom]] as const) {
    if (typeof flag !== "boolean") issues.push(issue("option-type", key, "must be true or false", flag))
  }
  if (newline !== "\r\n" && newline !== "\n") issues.push(issue("option-range", "newline", 'must be "\\r\\n" or "\\n"', newline))
  const table = pickColumns(resultRows(value), own.columns, issues)
  throwIssues(issues)
  if (table.columns.length === 0) return ""
  const line = (cells: readonly Cell[]): string => {
    const text = cells.map((cell) => writeCell(cell, raw)).join(",")
    // a line of one empty cell would be no line at all
    return `${text === "" ? '""' : text}${newline}`
  }
  return `${bom ? "\ufeff" : ""}${line(table.columns)}${table.rows.map(line).join("")}`
}

function writeCell(cell: Cell, raw: boolean): string {
  if (cell === null) return ""
  const text = typeof cell === "string" ? cell : typeof cell === "object" ? JSON.stringify(cell) : String(cell)
  const guarded = raw || typeof cell === "number" || typeof cell === "boolean" ? text : guard(text)
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded
}

/** What begins a formula, also in the wide forms of East Asian input (OWASP, CSV injection). */
const SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20"
/** What nobody sees at the beginning of a cell, and readers that trim cells take away: white space of every kind, zero-width characters, NUL. */
const UNSEEN = "\\s\\0\\u180e\\u200b-\\u200f\\u2060\\ufeff"
/** A formula, with or without anything unseen before it; and what Excel itself skips there, whatever follows. */
const FORMULA_START = new RegExp(`^(?:[${UNSEEN}]*[${SIGNS}]|[\\t\\r\\n\\0])`)
/** The same after a character at which another reader begins a new cell, with the rest of that cell; quotes count for nothing there. */
const FORMULA_INSIDE = new RegExp(`([;\\t\\r\\n])((?:(?![\\t\\r\\n])["${UNSEEN}])*[${SIGNS}][^;\\t\\r\\n]*)`, "g")
/** White space before and after a number is no part of it. */
const PLAIN_NUMBER = /^ *[+-]?[0-9]+(\.[0-9]+)? *$/

/** The text with an apostrophe before each part that a spreadsheet would run. */
function guard(text: string): string {
  const inside = text.replace(FORMULA_INSIDE, (all, cut: string, rest: string) => (isPlainNumber(rest) ? all : `${cut}'${rest}`))
  return FORMULA_START.test(text) && !isPlainNumber(text) ? `'${inside}` : inside
}

/** -12.5 and +3 are numbers, not formulas. */
function isPlainNumber(text: string): boolean {
  return PLAIN_NUMBER.test(text)
}
