import { checkKeys, isPlainObject } from "../model/check-keys.js"
import type { Issue } from "../model/error.js"
import { accessorFailure, fieldOf, fieldPath } from "../model/field-of.js"
import { issue, NOTHING } from "../model/issue.js"
import { DEFAULT_KPI, KPI_KEYS } from "./kpi.js"

/** One KPI of all records, as columns over the rows that count. */
export interface KpiColumns {
  readonly name: string
  readonly isProportion: boolean
  /** The records that count, ascending; row j of the columns is record `rows[j]`. */
  readonly rows: Int32Array
  readonly numerators: Float64Array
  readonly denominators: Float64Array
}

/** Sums of this size are still finite, and so are their products with a standard error. */
const MAX_SUM = 1e290

/** Reads both numbers of every KPI, of the records that count, each once. O(n * kpis). */
export function readKpis<R>(records: readonly R[], kpis: unknown, issues: Issue[]): KpiColumns[] {
  if (!isPlainObject(kpis) || Object.keys(kpis).length === 0) {
    issues.push(issue("option-type", "kpis", "must be an object of one or more, such as { sales: { numerator: \"sales\" } }", isPlainObject(kpis) ? NOTHING : kpis))
    return []
  }
  return Object.entries(kpis).flatMap(([name, kpi]) => {
    const path = `kpis.${name}`
    if (!isPlainObject(kpi)) {
      issues.push(issue("option-type", path, "must be an object such as { numerator: \"sales\", denominator: \"visits\" }", kpi))
      return []
    }
    checkKeys(kpi, KPI_KEYS, path, issues)
    const { numerator, denominator, where, kind = DEFAULT_KPI.kind } = kpi
    if (kind !== "ratio" && kind !== "proportion") issues.push(issue("option-type", `${path}.kind`, 'must be "ratio" or "proportion"', kind))
    const rows = where === undefined ? Int32Array.from(records.keys()) : rowsThatCount(records, where, `${path}.where`, issues)
    const columns = {
      name,
      isProportion: kind === "proportion",
      rows,
      numerators: readColumn(records, rows, numerator, `${path}.numerator`, issues),
      denominators: denominator === undefined ? new Float64Array(rows.length).fill(1) : readColumn(records, rows, denominator, `${path}.denominator`, issues),
    }
    checkAmounts(columns, path, issues)
    return [columns]
  })
}

function rowsThatCount<R>(records: readonly R[], where: unknown, path: string, issues: Issue[]): Int32Array {
  if (typeof where !== "function") {
    issues.push(issue("option-type", path, "must be a function of the record that answers true or false", where))
    return new Int32Array(0)
  }
  const rows: number[] = []
  records.forEach((record, i) => {
    try {
      const counts: unknown = where(record)
      if (counts === true) rows.push(i)
      else if (counts !== false) issues.push(issue("where-type", `records[${i}] (${path})`, "must be true or false", counts, "compare, as in (deal) => deal.stage === \"won\""))
    } catch (error) {
      issues.push(accessorFailure(`records[${i}] (${path})`, error))
    }
  })
  return Int32Array.from(rows)
}

function readColumn<R>(records: readonly R[], rows: Int32Array, field: unknown, path: string, issues: Issue[]): Float64Array {
  const numbers = new Float64Array(rows.length)
  if (typeof field !== "string" && typeof field !== "function") {
    issues.push(issue("option-type", path, "must be the name of a field or a function of the record", field))
    return numbers
  }
  rows.forEach((i, j) => {
    let value: unknown
    const at = (): string => fieldPath("records", i, field, path)
    try {
      value = typeof field === "string" ? fieldOf(records[i], field) : (field as (record: R) => unknown)(records[i])
    } catch (error) {
      issues.push(accessorFailure(at(), error))
      return
    }
    if (typeof value === "number" && Number.isFinite(value)) numbers[j] = value === 0 ? 0 : value
    else if (value === undefined || value === null) issues.push(issue("kpi-missing", at(), "must be a number", value, "leave the record out with `where`"))
    else if (typeof value === "number") issues.push(issue("kpi-not-finite", at(), "must be a finite number", value, "leave the record out with `where`"))
    else issues.push(issue("kpi-type", at(), "must be a number", value, "convert it to a number first"))
  })
  return numbers
}

function checkAmounts({ rows, numerators, denominators, isProportion }: KpiColumns, path: string, issues: Issue[]): void {
  let size = 0
  rows.forEach((i, j) => {
    size += Math.abs(numerators[j]) + Math.abs(denominators[j])
    if (denominators[j] < 0) issues.push(issue("kpi-negative", `records[${i}] (${path}.denominator)`, "must be 0 or more", denominators[j]))
    else if (isProportion && !(numerators[j] >= 0 && numerators[j] <= denominators[j])) {
      issues.push(issue("kpi-range", `records[${i}] (${path}.numerator)`, `must be from 0 to the denominator, ${denominators[j]}, in a proportion`, numerators[j], 'use kind "ratio" if it may exceed it'))
    }
  })
  if (!(size < MAX_SUM)) issues.push(issue("kpi-overflow", path, `must have amounts that sum to less than ${MAX_SUM}`, NOTHING, "use a larger unit"))
}
