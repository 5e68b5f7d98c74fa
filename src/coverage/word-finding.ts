import { sumOf } from "../math/stats/sum-of.js"
import { formatAmount } from "../model/format-amount.js"
import type { MeasureColumn } from "../model/read-measures.js"
import type { Finding } from "./finding.js"

/** Activity of these accounts, by measure; summed in the order of the rows given. O(rows x measures). */
export function severityOf(rows: readonly number[], measures: readonly MeasureColumn[]): Finding["severity"] {
  return Object.fromEntries(measures.map(({ name, activities }) => [name, sumOf(activities, rows)]))
}

/** ` (revenue 1,200, visits 4)`; nothing without measures. */
export function atStake(severity: Finding["severity"]): string {
  const amounts = Object.entries(severity)
  return amounts.length === 0 ? "" : ` (${amounts.map(([name, amount]) => `${name} ${formatAmount(amount)}`).join(", ")})`
}

/** An id as messages show it. */
export const quote = (id: string): string => JSON.stringify(id)

/** `"a", "b" and 3 more`. */
export function quoteAll(ids: readonly string[], most = 8): string {
  const shown = ids.slice(0, most).map(quote).join(", ")
  return ids.length > most ? `${shown} and ${ids.length - most} more` : shown
}
