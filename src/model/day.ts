import type { Issue } from "./error.js"
import { issue } from "./issue.js"

/** Days are whole numbers, 0 for 1970-01-01, in the calendar of ISO 8601 (proleptic Gregorian): no time zone moves them. */
const DAYS_TO_EPOCH = 719_468
const DAYS_PER_ERA = 146_097

/**
 * The number of a day written as `YYYY-MM-DD`; null where it is none. By eras of 400 years that begin in March, so that leap days come
 * last (Hinnant, "chrono-Compatible Low-Level Date Algorithms", 2013).
 */
export function parseDay(text: string): number | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (parts === null) return null
  const [year, month, day] = parts.slice(1).map(Number)
  if (month < 1 || month > 12 || day < 1 || day > daysOfMonth(year, month)) return null
  const marchYear = month > 2 ? year : year - 1
  const era = Math.floor(marchYear / 400)
  const yearOfEra = marchYear - 400 * era
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  return DAYS_PER_ERA * era + 365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - DAYS_TO_EPOCH
}

/** A day as `YYYY-MM-DD`; the inverse of {@link parseDay}. */
export function formatDay(day: number): string {
  const shifted = day + DAYS_TO_EPOCH
  const era = Math.floor(shifted / DAYS_PER_ERA)
  const dayOfEra = shifted - DAYS_PER_ERA * era
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365)
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  const year = yearOfEra + 400 * era + (month <= 2 ? 1 : 0)
  const pad = (value: number, width: number): string => String(value).padStart(width, "0")
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1, 2)}`
}

/** Reads a day; what is none is an issue, with the remedy where a time of day stands behind it, and NaN. */
export function readDay(value: unknown, path: string, issues: Issue[]): number {
  const day = typeof value === "string" ? parseDay(value) : null
  if (day !== null) return day
  const cut = typeof value === "string" && value.length > 10 && parseDay(value.slice(0, 10)) !== null
  const remedy = cut ? `use ${JSON.stringify((value as string).slice(0, 10))}` : value instanceof Date ? "use its toISOString().slice(0, 10)" : "such as \"2026-01-31\""
  issues.push(issue("day-invalid", path, "must be a day as YYYY-MM-DD", value, remedy))
  return NaN
}

function daysOfMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}
