import { compareIds } from "../../model/compare-ids.js"
import { readDay } from "../../model/day.js"
import type { Issue, Warning } from "../../model/error.js"
import { fieldPath } from "../../model/field-of.js"
import { formatCount } from "../../model/format-amount.js"
import { issue, show } from "../../model/issue.js"
import { suggestName } from "../../model/nearest-name.js"
import { readTextField } from "../../model/read-text-field.js"
import { DEFAULT_CHANGE_OPTIONS } from "./change-options.js"
import type { HistoryOptions } from "./history-options.js"
import { periodOf, readCalendar, type PeriodCalendar } from "./period-calendar.js"

/** The periods of all records. */
export interface Periods {
  /** Ascending. */
  readonly names: readonly string[]
  readonly indexOf: ReadonlyMap<string, number>
  readonly calendar: PeriodCalendar
  /** By period. */
  readonly isPartial: readonly boolean[]
  /** By record: its period, -1 for one that is left out (`yearToDate`). */
  readonly ofRecord: Int32Array
  /** By record: its period as it is written, for rows that are there twice. */
  readonly written: readonly (string | null)[]
  readonly warnings: readonly Warning[]
}

/** Reads the period of every record; see {@link HistoryOptions}. O(n). */
export function readPeriods<R>(records: readonly R[], options: HistoryOptions<R>, issues: Issue[]): Periods {
  const { period, periodLength, partial, yearToDate = DEFAULT_CHANGE_OPTIONS.yearToDate } = options
  const isLength = periodLength === "month" || periodLength === "quarter" || periodLength === "year"
  if (periodLength !== undefined && !isLength) issues.push(issue("option-type", "periodLength", 'must be "month", "quarter" or "year"', periodLength))
  if (typeof yearToDate !== "boolean") issues.push(issue("option-type", "yearToDate", "must be true or false", yearToDate))
  const before = issues.length
  const written = readTextField(records, period, "records", "period", { noun: "value", row: "record", remedy: "use String(period)" }, issues)
  if (issues.length > before) return noPeriods(written)
  const grouped = written.map((text, i): string | null => {
    const path = fieldPath("records", i, period, "period")
    if (text === null) issues.push(issue("period-missing", path, "must be a text", text, "leave the record out, or give it a period"))
    else if (isLength) {
      const found = periodOf(text, periodLength)
      if (found !== null) return found
      readDay(text, path, issues)
      return null
    }
    return text
  })
  if (issues.length > before) return noPeriods(written)
  const names = [...new Set(grouped)].filter((name) => name !== null).sort(compareIds)
  const indexOf = new Map(names.map((name, p) => [name, p]))
  const listed = new Set(readNames(partial, "partial", indexOf, issues))
  const warnings: Warning[] = []
  const ofRecord = Int32Array.from(grouped, (name) => (name === null ? -1 : (indexOf.get(name) ?? -1)))
  if (yearToDate === true) {
    if (periodLength !== "year" || listed.size === 0) issues.push(issue("option-conflict", "yearToDate", 'needs periodLength: "year" and a list of partial years', yearToDate, "leave it out where periods are months: seasons are matched"))
    else cutYears()
  }
  const calendar = readCalendar(names)
  if (calendar.kind === null && names.length > 1) warnings.push({ code: "period-order", path: "period", message: `period: not all are months (2019-03), quarters (2019-Q1) or years; they are taken in the order of their text, from ${show(names[0])} to ${show(names[names.length - 1])}` })
  if (calendar.gapCount > 0) warnings.push({ code: "period-gap", path: "period", message: `period: between ${names[0]} and ${names[names.length - 1]} ${formatCount(calendar.gapCount, `${calendar.kind} has`, `${calendar.kind}s have`)} no record` })
  return { names, indexOf, calendar, isPartial: names.map((name) => listed.has(name) && yearToDate !== true), ofRecord, written, warnings }

  /** Leaves out what comes later in its year than all that partial years have. */
  function cutYears(): void {
    let last = ""
    grouped.forEach((name, i) => {
      const rest = (written[i] as string).slice(5)
      if (name !== null && listed.has(name) && rest > last) last = rest
    })
    let cut = 0
    written.forEach((text, i) => {
      if ((text as string).slice(5) <= last) return
      ofRecord[i] = -1
      cut++
    })
    warnings.push({ code: "year-to-date", path: "yearToDate", message: `yearToDate: of every year only what is up to ${last} (month, or month and day) is read; ${formatCount(cut, "record")} later in the year ${cut === 1 ? "is" : "are"} left out` })
  }
}

/** A list of names that are all known; what is not is an issue. */
export function readNames(list: unknown, path: string, known: ReadonlyMap<string, number>, issues: Issue[]): readonly string[] {
  if (list === undefined) return []
  if (!Array.isArray(list)) {
    issues.push(issue("option-type", path, "must be an array of texts", list))
    return []
  }
  const noun = path === "partial" ? "period" : "territory"
  return (list as unknown[]).filter((name, i): name is string => {
    if (typeof name === "string" && known.has(name)) {
      if (list.indexOf(name) === i) return true
      issues.push(issue(`${noun}-duplicate`, `${path}[${i}]`, "is listed twice", name, "list it once"))
    } else issues.push(issue(`${noun}-unknown`, `${path}[${i}]`, noun === "period" ? "is no period of the records" : "is no territory of the alignment", name, suggestName(name, known.keys(), typeof name === "number" ? `use String(${noun})` : "")))
    return false
  })
}

function noPeriods(written: readonly (string | null)[]): Periods {
  return { names: [], indexOf: new Map(), calendar: readCalendar([]), isPartial: [], ofRecord: new Int32Array(written.length).fill(-1), written, warnings: [] }
}
