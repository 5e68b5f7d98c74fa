import { parseDay } from "../../model/day.js"

/** What is known of periods from how they are written. */
export interface PeriodCalendar {
  /** Null: they are only known to follow each other. */
  readonly kind: "month" | "quarter" | "year" | null
  /** Seasons of a year; 1 where seasons are not known, or a period is a whole year. */
  readonly seasonCount: number
  /** By period, 0 to seasonCount - 1. */
  readonly seasons: Int32Array
  /** Periods that are missing between the first and the last. */
  readonly gapCount: number
}

const SEASONS = { month: 12, quarter: 4, year: 1 } as const
const FORMS = { month: /^(\d{4})-(0[1-9]|1[0-2])$/, quarter: /^(\d{4})-Q([1-4])$/, year: /^(\d{4})$/ } as const

/** Reads periods as months, quarters or years where all are written so. @param periods ascending, each once */
export function readCalendar(periods: readonly string[]): PeriodCalendar {
  for (const kind of ["month", "quarter", "year"] as const) {
    const parts = periods.map((period) => FORMS[kind].exec(period))
    if (parts.some((part) => part === null)) continue
    const seasonCount = SEASONS[kind]
    const places = parts.map((part) => Number(part?.[1]) * seasonCount + (seasonCount === 1 ? 0 : Number(part?.[2]) - 1))
    const gapCount = places.length === 0 ? 0 : places[places.length - 1] - places[0] + 1 - places.length
    return { kind, seasonCount, seasons: Int32Array.from(places, (place) => place % seasonCount), gapCount }
  }
  return { kind: null, seasonCount: 1, seasons: new Int32Array(periods.length), gapCount: 0 }
}

/** Whether a text is written as periods of a kind are. */
export function isPeriod(text: string, kind: "month" | "quarter" | "year"): boolean {
  return FORMS[kind].test(text)
}

/** The period of the length that a day or month belongs to; null where the text is neither, or is longer than the period. */
export function periodOf(text: string, length: "month" | "quarter" | "year"): string | null {
  if (parseDay(text.length === 7 ? `${text}-01` : text) === null) return null
  const year = text.slice(0, 4)
  if (length === "year") return year
  return length === "month" ? text.slice(0, 7) : `${year}-Q${Math.ceil(Number(text.slice(5, 7)) / 3)}`
}
