import { isPlainObject } from "../model/check-keys.js"
import { compareIds } from "../model/compare-ids.js"
import { throwIssues, type Issue } from "../model/error.js"
import { issue, NOTHING, show } from "../model/issue.js"
import { suggestName } from "../model/nearest-name.js"
import type { ChangeResult } from "../performance/change/change-result.js"
import type { Names } from "./territory-names.js"

/** A figure before and after. Other fields are not read. */
export interface SlopeRow {
  readonly id: string
  /** Finite; null: there is none. */
  readonly before: number | null
  /** Finite; null: there is none. */
  readonly after: number | null
  /** What the row belongs to: treated, control. Default: nothing. */
  readonly group?: string | null
  /** What is said of the change: "above", "below", "consistent with chance", "too little data"; its mark stands at the after side. Default: nothing. */
  readonly verdict?: string | null
}

/** The slopes of a change as rows: treated, control, or aside. What is none stays as it is. */
export function slopesOfChange(rows: readonly SlopeRow[] | ChangeResult): readonly SlopeRow[] {
  if (!isPlainObject(rows) || !Array.isArray(rows.slopes)) return rows as readonly SlopeRow[]
  return (rows.slopes as unknown[]).map((slope) => (isPlainObject(slope) ? { id: slope.territoryId, before: slope.before, after: slope.after, group: slope.isTreated === true ? "treated" : slope.isAside === true ? "aside" : "control" } : slope) as SlopeRow)
}

/**
 * Reads the rows of a slope chart, in the order of their ids.
 *
 * @throws TerritoryError for rows that are none, ids that stand twice, groups to highlight and names that no row has
 */
export function readSlopes(rows: readonly SlopeRow[], highlight: readonly string[] | undefined, names: Names | undefined): SlopeRow[] {
  const issues: Issue[] = []
  if (!Array.isArray(rows)) throwIssues([issue("input-type", "rows", "must be an array of { id, before, after, group?, verdict? }, or what evaluateChange returns", rows)])
  const first = new Map<string, number>()
  const read = Array.from(rows as readonly unknown[], (row, r): SlopeRow | null => {
    const path = `rows[${r}]`
    if (!isPlainObject(row)) {
      issues.push(issue("row-type", path, "must be { id, before, after, group?, verdict? }", row))
      return null
    }
    const field = (key: string): unknown => (Object.hasOwn(row, key) ? row[key] : undefined)
    const [id, before, after, group, verdict] = ["id", "before", "after", "group", "verdict"].map(field)
    if (typeof id !== "string" || id === "") issues.push(issue("id-type", `${path}.id`, "must be a string that is not empty", id))
    else if (first.has(id)) issues.push(issue("id-duplicate", `${path}.id`, `is the id of rows[${first.get(id) as number}] already`, id, "give one row for each territory"))
    else first.set(id, r)
    for (const [key, value] of [["before", before], ["after", after]] as const) {
      if (value !== null && !Number.isFinite(value)) issues.push(issue("number-invalid", `${path}.${key}`, "must be a finite number, or null for none", value))
    }
    for (const [key, value] of [["group", group], ["verdict", verdict]] as const) {
      if (value !== undefined && value !== null && typeof value !== "string") issues.push(issue("row-type", `${path}.${key}`, "must be a string, or null for none", value))
    }
    return { id: id as string, before: before as number | null, after: after as number | null, group: group as string | null, verdict: verdict as string | null }
  })
  throwIssues(issues)
  const groups = new Set(read.flatMap((row) => row?.group ?? []))
  for (const [g, group] of (highlight ?? []).entries()) {
    if (!groups.has(group)) issues.push(issue("group-unknown", `highlight[${g}]`, `is the group of no row: ${show(group)}`, NOTHING, suggestName(group, groups, "leave it out")))
  }
  for (const id of Object.keys(names ?? {})) {
    if (!first.has(id)) issues.push(issue("id-unknown", `names[${JSON.stringify(id)}]`, `is the id of no row: ${show(id)}`, NOTHING, suggestName(id, first.keys(), "leave it out")))
  }
  throwIssues(issues)
  return read.flatMap((row) => row ?? []).sort((a, b) => compareIds(a.id, b.id))
}
