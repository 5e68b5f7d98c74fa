import type { Issue } from "../model/error.js"
import { issue, NOTHING, show } from "../model/issue.js"
import { suggestName } from "../model/nearest-name.js"
import type { ResultRows } from "./result-rows.js"

/** The rows with the chosen columns in the chosen order; all of them when nothing is chosen. */
export function pickColumns(table: ResultRows, columns: readonly string[] | undefined, issues: Issue[]): ResultRows {
  if (columns === undefined) return table
  if (!Array.isArray(columns)) {
    issues.push(issue("option-type", "columns", "must be an array of column names", columns))
    return table
  }
  const places = columns.map((name: string, c) => {
    const place = table.columns.indexOf(name)
    // rows that are not there cannot say which columns they would have
    if (place === -1 && table.rows.length > 0) {
      const remedy = suggestName(name, table.columns, `known: ${table.columns.slice(0, 30).join(", ")}`)
      issues.push(issue("column-unknown", `columns[${c}]`, `is no column of these rows: ${show(name)}`, NOTHING, remedy))
    }
    return place
  })
  // what will be refused is not built
  if (issues.length > 0) return table
  return { columns, rows: table.rows.map((row) => places.map((place) => row[place] ?? null)) }
}
