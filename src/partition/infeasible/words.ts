import { formatAmount } from "../../model/format-amount.js"

/** Names in a sentence: "a", "a and b", "a, b and c"; at most five, then "and x more". */
export function listed(items: readonly string[], most: number = 5): string {
  if (items.length > most) return `${items.slice(0, most).join(", ")} and ${items.length - most} more`
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items[items.length - 1]}`
}

/** 0.0722 as "7.22 %", with all its digits. */
export function percentOf(fraction: number): string {
  return `${Number((100 * fraction).toPrecision(12))} %`
}

/** Two different amounts as two different texts: with all their digits where the usual ones are too few. */
export function apart(from: number, to: number): [string, string] {
  const texts: [string, string] = [formatAmount(from), formatAmount(to)]
  return texts[0] === texts[1] ? [String(from), String(to)] : texts
}

/** A name in quotation marks. */
export const quoted = (name: string): string => JSON.stringify(name)
