import { isPlainObject } from "../model/check-keys.js"
import { isTerritoryError, TerritoryError, throwIssues } from "../model/error.js"
import { accessorFailure } from "../model/field-of.js"
import { issue } from "../model/issue.js"
import type { CoverageResult } from "../coverage/coverage-result.js"
import type { PartitionResult, PlanTerritory } from "../partition/partition-result.js"
import type { AlignmentComparison, AlignmentFigures, PerformanceResult, Yardstick } from "../performance/performance-result.js"
import { isPlan } from "./ownership.js"
import type { ActionsResult } from "../performance/actions/actions-result.js"
import { listedRows, type Listed } from "./result-lists.js"
import { findResultIssues } from "./result-shape.js"

/** What a cell can hold. A list is written as JSON in CSV and with commas in a table. */
export type Cell = string | number | boolean | null | readonly Cell[]

/** A table with its columns in order. Not rows of objects: a column may be called `__proto__`. */
export interface ResultRows {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

/** What can be shown as rows: every result of this library, an alignment, or any list of flat objects. */
export type Tabular = PartitionResult | CoverageResult | PerformanceResult | AlignmentComparison | Listed | readonly object[]

/**
 * Any result as rows: a plan gives its territories, a coverage check its findings, a comparison of alignments its figures
 * before and after, a comparison of performance one row per territory and KPI, recommendations their actions, a change its history, a model
 * its territories; a list gives its elements, the columns in
 * order of first appearance, nested objects flattened to `measures.workload.activity`. O(cells).
 *
 * @throws TerritoryError when it is none of these
 */
export function resultRows(value: Tabular, path = "rows"): ResultRows {
  const given: unknown = value
  if (Array.isArray(given)) return flatRows(given, path)
  if (isActions(given)) throwIssues(findResultIssues(given, "actions", path))
  const listed = listedRows(given)
  if (listed !== null) return flatRows(listed, path)
  const kind = isPlan(given) ? "plan" : isCoverage(given) ? "coverage" : isComparison(given) ? "comparison" : isPerformance(given) ? "performance" : null
  if (kind !== null) throwIssues(findResultIssues(given, kind, path))
  if (isPlan(given)) {
    const isNamed = given.territories.some((territory) => territory.name !== undefined)
    return flatRows(given.territories.map((territory) => planRow(territory, isNamed)), path)
  }
  if (isCoverage(given)) return flatRows(given.findings, path)
  if (isComparison(given)) return flatRows(comparisonRows(given), path)
  if (isPerformance(given)) return flatRows(performanceRows(given), path)
  throw new TerritoryError([issue("input-type", path, "must be a result of this library or an array of rows", given)])
}

/** Whether something is what `checkCoverage` returns. */
export function isCoverage(value: unknown): value is CoverageResult {
  return isPlainObject(value) && Array.isArray(value.findings) && isPlainObject(value.summary)
}

/** Whether something is what `compareAlignments` returns. */
export function isComparison(value: unknown): value is AlignmentComparison {
  return isPlainObject(value) && isPlainObject(value.before) && isPlainObject(value.after) && Array.isArray(value.moved)
}

/** Whether something is what `recommendActions` returns. */
export function isActions(value: unknown): value is ActionsResult {
  return isPlainObject(value) && Array.isArray(value.actions) && Array.isArray(value.noActions)
}

/** Whether something is what `comparePerformance` returns. */
export function isPerformance(value: unknown): value is PerformanceResult {
  return isPlainObject(value) && Array.isArray(value.territories) && isPlainObject(value.kpis)
}

/** Rows that are built here are maps, so that a measure may have any name. */
type Row = ReadonlyMap<string, unknown>
type Pairs = (readonly [string, unknown])[]

function planRow(territory: PlanTerritory, isNamed: boolean): Row {
  const pairs: Pairs = [["id", territory.id]]
  if (isNamed) pairs.push(["name", territory.name ?? territory.id])
  pairs.push(["accountCount", territory.accountCount])
  for (const pair of Object.entries(territory.center ?? {})) pairs.push(pair)
  for (const [measure, figures] of Object.entries(territory.measures)) {
    for (const [key, figure] of Object.entries(figures)) pairs.push([`${measure}.${key}`, figure])
    if (Object.hasOwn(territory.prices, measure)) pairs.push([`${measure}.price`, territory.prices[measure]])
  }
  pairs.push(["cost", territory.cost])
  return new Map<string, unknown>(pairs)
}

function comparisonRows(comparison: AlignmentComparison): Row[] {
  const before = figurePairs(comparison.before)
  const after = new Map(figurePairs(comparison.after))
  const rows = before.map(([figure, value]) => new Map<string, unknown>([["figure", figure], ["before", value], ["after", after.get(figure) ?? null]]))
  const counts: Pairs = [["movedCount", comparison.movedCount], ["keptCount", comparison.keptCount], ["unownedCount", comparison.unownedCount], ["sharedCount", comparison.sharedCount]]
  for (const [measure, moved] of Object.entries(comparison.movedActivity)) {
    counts.push([`moved.${measure}.amount`, moved.amount], [`moved.${measure}.share`, moved.share])
  }
  return [...rows, ...counts.map(([figure, value]) => new Map<string, unknown>([["figure", figure], ["before", null], ["after", value]]))]
}

function figurePairs(figures: AlignmentFigures): Pairs {
  const pairs: Pairs = [["territoryCount", figures.territoryCount], ["assignedCount", figures.assignedCount]]
  for (const [measure, values] of Object.entries(figures.measures)) {
    for (const [key, value] of Object.entries(values)) pairs.push([`${measure}.${key}`, value])
  }
  return [...pairs, ["cost", figures.cost], ["typicalDistance", figures.typicalDistance]]
}

function performanceRows(result: PerformanceResult): Row[] {
  return result.territories.flatMap((territory) =>
    Object.entries(territory.kpis).map(([kpi, verdict]) => {
      const { interval, cautions, likeForLike, comparedWith, ...figures } = verdict
      const like: Pairs = likeForLike === null ? [] : Object.entries({ ...likeForLike, interval: likeForLike.interval ?? { low: null, high: null }, comparedWith: yardstick(likeForLike.comparedWith) }).map(([key, value]) => [`likeForLike.${key}`, value])
      const told = cautions.map(({ code, rowCount }) => `${code} (${rowCount})`)
      return new Map<string, unknown>([["territoryId", territory.id], ["kpi", kpi], ...Object.entries(figures), ["low", interval?.low ?? null], ["high", interval?.high ?? null], ["comparedWith", yardstick(comparedWith)], ["cautions", told], ...like])
    }))
}

/** With both of its columns also where it is null, or absent as in results of an older version. */
function yardstick(given: Yardstick | null | undefined): Yardstick {
  return given ?? { value: null, setAside: [] }
}

function flatRows(values: readonly unknown[], path: string): ResultRows {
  const columns: string[] = []
  const columnOf = new Map<string, number>()
  // a hole of a sparse list is no row, and is refused like anything else that is not one
  const rows = Array.from(values, (value, r) => {
    const row: Cell[] = []
    for (const [name, cell] of readable(value, `${path}[${r}]`)) {
      let column = columnOf.get(name)
      if (column === undefined) {
        column = columns.push(name) - 1
        columnOf.set(name, column)
      }
      row[column] = cell
    }
    return row
  })
  return { columns, rows: rows.map((row) => columns.map((_, c) => row[c] ?? null)) }
}

/** {@link flatten} of a row whose getters, or whose proxy, may throw. */
function readable(value: unknown, path: string): [string, Cell][] {
  try {
    return flatten(value, path)
  } catch (error) {
    if (isTerritoryError(error)) throw error
    throw new TerritoryError([accessorFailure(path, error)])
  }
}

function flatten(value: unknown, path: string): [string, Cell][] {
  if (!(value instanceof Map) && !isPlainObject(value)) throw new TerritoryError([issue("row-type", path, "must be an object", value)])
  const cells: [string, Cell][] = []
  const walk = (pairs: Iterable<readonly [string, unknown]>, prefix: string, depth: number): void => {
    if (depth > MAX_DEPTH) throw new TerritoryError([issue("row-type", path, `must be nested at most ${MAX_DEPTH} deep; does it refer to itself?`, value)])
    for (const [key, part] of pairs) {
      if (isPlainObject(part)) walk(Object.entries(part), `${prefix}${key}.`, depth + 1)
      else cells.push([prefix + key, cellOf(part, `${path}.${prefix}${key}`)])
    }
  }
  walk(value instanceof Map ? (value as Row) : Object.entries(value), "", 1)
  return cells
}

/** Deeper than any result of this library, and short enough for a table's headings. */
const MAX_DEPTH = 8

function cellOf(value: unknown, path: string): Cell {
  if (value === undefined || value === null) return null
  if (typeof value === "string" || typeof value === "boolean") return value
  if (typeof value === "number") return finite(value, path)
  if (typeof value === "bigint") return String(value)
  if (value instanceof Date && Number.isFinite(value.getTime())) return value.toISOString()
  if (Array.isArray(value)) {
    const parts = Array.from(value as unknown[], (part, p) => (typeof part === "number" ? finite(part, `${path}[${p}]`) : part))
    if (parts.every((part) => part === null || ["string", "number", "boolean"].includes(typeof part))) return parts as Cell[]
  }
  throw new TerritoryError([issue("cell-type", path, "must be text, a number, true, false, a date, null or a flat list of these", value)])
}

/** A number that a cell can hold: "NaN" in a sheet is a text that nobody can add up. */
function finite(value: number, path: string): number {
  if (Number.isFinite(value)) return value === 0 ? 0 : value // -0 becomes 0
  throw new TerritoryError([issue("cell-not-finite", path, "must be a finite number", value, "give null for an empty cell")])
}
