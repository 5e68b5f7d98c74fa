import { formatCount } from "../model/format-amount.js"
import { decimalsFor, formatNumber } from "./format-number.js"
import { markup, type Markup } from "./markup.js"

/** One column of a table on the page. */
export interface HtmlColumn {
  readonly heading: string
  /** Numbers stand to the right in figures of one width; a drawing takes what room is left. */
  readonly kind: "text" | "number" | "drawing"
  readonly cells: readonly (string | Markup)[]
  /** Cell of the last, summing row. */
  readonly total?: string
}

/** A table from its columns. On a narrow screen it scrolls on its own. */
export function htmlTable(columns: readonly HtmlColumn[], more = 0): Markup {
  const rows = columns[0]?.cells.length ?? 0
  const cell = (column: HtmlColumn, content: string | Markup): Markup =>
    markup`<td${classOf(column)}>${content}</td>`
  const body = Array.from({ length: rows }, (_, r) => markup`<tr>${columns.map((column) => cell(column, column.cells[r]))}</tr>\n`)
  const hasTotal = columns.some((column) => column.total !== undefined)
  const foot = hasTotal ? markup`<tfoot><tr>${columns.map((column) => cell(column, column.total ?? ""))}</tr></tfoot>` : null
  const head = columns.map((column) => markup`<th scope="col"${classOf(column)}>${column.heading}</th>`)
  // a drawing takes what room there is; figures alone stay close together, so that the eye keeps the row
  const isWide = columns.some((column) => column.kind === "drawing") ? markup` class="wide"` : null
  const rest = more > 0 ? markup`<p class="more">and ${formatNumber(more, 0)} more</p>` : null
  return markup`<div class="scroll"><table${isWide}><thead><tr>${head}</tr></thead><tbody>${body}</tbody>${foot}</table></div>${rest}`
}

/** A column of numbers, all with the decimals that the largest needs. */
export function numberColumn(heading: string, values: readonly (number | null)[], total?: number): HtmlColumn {
  const decimals = decimalsFor(values)
  const cells = values.map((value) => formatNumber(value, decimals))
  return { heading, kind: "number", cells, ...(total === undefined ? {} : { total: formatNumber(total, decimals) }) }
}

/** A section of the page; no content, no section. */
export function section(title: string, content: readonly Markup[], lead = ""): Markup {
  if (content.length === 0) return markup``
  return markup`<section><h2>${title}</h2>${lead === "" ? null : markup`<p class="lead">${lead}</p>`}${content}</section>\n`
}

/** Names, the first few, then how many more: for sentences. */
export function listSome(names: readonly string[], most: number): string {
  return names.length <= most ? names.join(", ") : `${names.slice(0, most).join(", ")} and ${formatCount(names.length - most, "other")}`
}

function classOf(column: HtmlColumn): Markup | null {
  return column.kind === "text" ? null : markup` class="${column.kind}"`
}
