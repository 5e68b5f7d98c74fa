import { addIssue } from "../model/add-issue.js"
import { checkKeys, isPlainObject } from "../model/check-keys.js"
import { isTerritoryError, type Issue } from "../model/error.js"
import { absentField, accessorFailure, fieldPath, fieldReader, hasField } from "../model/field-of.js"
import { issue, NOTHING, quiet } from "../model/issue.js"
import { suggestName } from "../model/nearest-name.js"
import { DEFAULT_KPI, KPI_KEYS, KPI_KINDS, type KpiKind } from "./kpi.js"

/** One KPI of all records, as columns over the rows that count. */
export interface KpiColumns {
  readonly name: string
  readonly kind: KpiKind
  readonly better: "higher" | "lower"
  readonly isIndexed: boolean
  /** Of a proportion: not Wilson's interval. */
  readonly isExact: boolean
  /** The records that count, ascending; row j of the columns is record `rows[j]`. */
  readonly rows: Int32Array
  readonly numerators: Float64Array
  readonly denominators: Float64Array
  /** By code: 1 for every record that it holds for. */
  readonly cautions: readonly { readonly code: string; readonly holds: Uint8Array }[]
}

/** Sums of this size are still finite, and so are their products with a standard error. */
const MAX_SUM = 1e290

/** Counts above it have no neighbors among numbers: 2^53. */
const MAX_COUNT = 9_007_199_254_740_992

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
    const { numerator, denominator, where, kind = DEFAULT_KPI.kind, better = DEFAULT_KPI.better, indexed = DEFAULT_KPI.indexed, exact = DEFAULT_KPI.exact } = kpi
    if (!KPI_KINDS.includes(kind as KpiKind)) issues.push(issue("option-type", `${path}.kind`, `must be one of ${KPI_KINDS.map((one) => `"${one}"`).join(", ")}`, kind, suggestName(kind, KPI_KINDS)))
    if (better !== "higher" && better !== "lower") issues.push(issue("option-type", `${path}.better`, 'must be "higher" or "lower"', better))
    if (typeof indexed !== "boolean") issues.push(issue("option-type", `${path}.indexed`, "must be true or false", indexed))
    if (typeof exact !== "boolean") issues.push(issue("option-type", `${path}.exact`, "must be true or false", exact))
    else if (exact && kind !== "proportion") issues.push(issue("option-range", `${path}.exact`, "is for proportions; the kind is", kind, "intervals of counts are exact anyway"))
    const failed = new Uint8Array(records.length)
    const rows = where === undefined ? allRows(records.length) : rowsThatCount(records, where, `${path}.where`, failed, issues)
    const columns: KpiColumns = {
      name,
      kind: kind as KpiKind,
      better: better === "lower" ? "lower" : "higher",
      isIndexed: indexed === true,
      isExact: exact === true,
      rows,
      numerators: readColumn(records, rows, numerator, `${path}.numerator`, failed, issues),
      denominators: denominator === undefined ? new Float64Array(rows.length).fill(1) : readColumn(records, rows, denominator, `${path}.denominator`, failed, issues),
      cautions: readCautions(records, kpi.cautions, `${path}.cautions`, failed, issues),
    }
    checkAmounts(columns, { numerator, denominator }, path, issues)
    return [columns]
  })
}

/** By a loop: an iterator over a million records takes ten times as long. */
function allRows(count: number): Int32Array {
  const rows = new Int32Array(count)
  for (let i = 0; i < count; i++) rows[i] = i
  return rows
}

function rowsThatCount<R>(records: readonly R[], where: unknown, path: string, failed: Uint8Array, issues: Issue[]): Int32Array {
  const holds = readFlags(records, where, path, failed, issues)
  const rows = new Int32Array(holds.reduce((sum, one) => sum + one, 0))
  for (let i = 0, at = 0; i < holds.length; i++) if (holds[i] === 1) rows[at++] = i
  return rows
}

function readCautions<R>(records: readonly R[], cautions: unknown, path: string, failed: Uint8Array, issues: Issue[]): { readonly code: string; readonly holds: Uint8Array }[] {
  if (cautions === undefined) return []
  if (!isPlainObject(cautions)) {
    issues.push(issue("option-type", path, "must be an object of functions of the record, such as { \"part-year\": (rep) => rep.staffedShare < 1 }", cautions))
    return []
  }
  return Object.entries(cautions).map(([code, test]) => ({ code, holds: readFlags(records, test, `${path}.${code}`, failed, issues) }))
}

/** A function of every record that answers true or false: 1 or 0. Records that have failed are not asked: they would fail for the same reason again. */
function readFlags<R>(records: readonly R[], test: unknown, path: string, failed: Uint8Array, issues: Issue[]): Uint8Array {
  const holds = new Uint8Array(records.length)
  if (typeof test !== "function") {
    issues.push(issue("option-type", path, "must be a function of the record that answers true or false", test))
    return holds
  }
  for (let i = 0; i < records.length; i++) {
    if (failed[i] === 1) continue
    const before = issues.length
    try {
      const answer: unknown = (test as (record: R) => unknown)(records[i])
      if (typeof answer === "object") quiet(answer)
      if (answer === true) holds[i] = 1
      else if (answer !== false) addIssue(issues, () => issue("where-type", `records[${i}] (${path})`, "must be true or false", answer, "compare, as in (deal) => deal.stage === \"won\""))
    } catch (error) {
      addFailure(error, i, () => `records[${i}] (${path})`, issues)
    }
    if (issues.length > before) failed[i] = 1
  }
  return holds
}

function readColumn<R>(records: readonly R[], rows: Int32Array, field: unknown, path: string, failed: Uint8Array, issues: Issue[]): Float64Array {
  const numbers = new Float64Array(rows.length)
  if (typeof field !== "string" && typeof field !== "function") {
    issues.push(issue("option-type", path, "must be the name of a field or a function of the record", field))
    return numbers
  }
  if (typeof field === "string" && rows.length > 0 && !rows.some((i) => hasField(records[i], field))) {
    issues.push(absentField(records[rows[0]], "record", field, path))
    return numbers
  }
  const read = typeof field === "string" ? fieldReader(field) : (field as (record: unknown) => unknown)
  const before = issues.length
  let missing = 0
  for (let j = 0; j < rows.length; j++) {
    const i = rows[j]
    const at = (): string => fieldPath("records", i, field, path)
    let value: unknown
    try {
      value = read(records[i])
    } catch (error) {
      addFailure(error, i, at, issues)
      failed[i] = 1
      continue
    }
    if (typeof value === "object") quiet(value)
    if (typeof value === "number" && Number.isFinite(value)) numbers[j] = value === 0 ? 0 : value
    else if (value === undefined || value === null) {
      missing++
      addIssue(issues, () => issue("kpi-missing", at(), "must be a number", value, "leave the record out with `where`"))
    } else if (typeof value === "number") addIssue(issues, () => issue("kpi-not-finite", at(), "must be a finite number", value, "leave the record out with `where`"))
    else addIssue(issues, () => issue("kpi-type", at(), "must be a number", value, "convert it to a number first"))
  }
  if (missing > 1 && missing === rows.length) {
    issues.length = before // one issue says it
    issues.push(issue("kpi-missing", path, `is missing in all ${missing} records that count`, NOTHING, "name another field, or leave the KPI out"))
  }
  return numbers
}

/** What an accessor threw; a definition of the catalog throws the issues of the record itself. */
function addFailure(error: unknown, i: number, path: () => string, issues: Issue[]): void {
  if (!isTerritoryError(error)) addIssue(issues, () => accessorFailure(path(), error))
  else for (const one of error.issues) addIssue(issues, () => ({ code: one.code, path: `records[${i}].${one.path}`, message: `records[${i}].${one.message}` }))
}

function checkAmounts({ rows, numerators, denominators, kind }: KpiColumns, fields: { readonly numerator: unknown; readonly denominator: unknown }, path: string, issues: Issue[]): void {
  let size = 0
  let largest = 0
  const bad = (j: number, side: "numerator" | "denominator", code: string, rule: string, remedy: string): void => {
    addIssue(issues, () => issue(code, fieldPath("records", rows[j], fields[side], `${path}.${side}`), rule, (side === "numerator" ? numerators : denominators)[j], remedy))
  }
  for (let j = 0; j < rows.length; j++) {
    const [y, x] = [numerators[j], denominators[j]]
    const own = Math.abs(y) + Math.abs(x)
    size += own
    if (own > Math.abs(numerators[largest]) + Math.abs(denominators[largest])) largest = j
    if (x < 0) bad(j, "denominator", "kpi-negative", "must be 0 or more", "leave the record out with `where`")
    else if (kind === "proportion" && !(y >= 0 && y <= x)) bad(j, "numerator", "kpi-range", `must be from 0 to the denominator, ${x}, in a proportion`, 'use kind "ratio" if it may exceed it')
    else if (kind === "count" && !isCount(y)) bad(j, "numerator", "kpi-range", "must be a whole number of 0 or more in a count", 'use kind "ratio" for amounts')
    else if (kind === "per-count" && !isCount(x)) bad(j, "denominator", "kpi-range", "must be a whole number of 0 or more in a per-count", 'use kind "ratio" for amounts')
    else if (kind === "per-count" && y < 0) bad(j, "numerator", "kpi-negative", "must be 0 or more in a per-count", 'use kind "ratio" if it may be less')
  }
  if (size < MAX_SUM) return
  const side = Math.abs(numerators[largest]) >= denominators[largest] ? "numerator" : "denominator"
  const amount = (side === "numerator" ? numerators : denominators)[largest]
  issues.push(issue("kpi-overflow", path, `must have amounts that sum to less than ${MAX_SUM}; the largest is ${fieldPath("records", rows[largest], fields[side], `${path}.${side}`)}`, amount, "use a larger unit"))
}

function isCount(x: number): boolean {
  return Number.isInteger(x) && x >= 0 && x <= MAX_COUNT
}
