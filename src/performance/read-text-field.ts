import type { Issue } from "../model/error.js"
import { issue, NOTHING } from "../model/issue.js"
import { nearestName } from "../model/nearest-name.js"

/** A text of a record, by the name of the field or by a function; null or undefined: it has none. */
export type TextField<R> = string | ((record: R) => string | null | undefined)

/**
 * Reads one text of every record, each exactly once. A field that no record has is an issue: it is misspelt. O(n).
 *
 * @param label the option's name, for messages
 */
export function readTextField<R>(records: readonly R[], field: unknown, label: string, issues: Issue[]): (string | null)[] {
  const nothing = (): null[] => records.map(() => null)
  if (typeof field !== "string" && typeof field !== "function") {
    issues.push(issue("option-type", label, "must be the name of a field or a function of the record", field))
    return nothing()
  }
  if (typeof field === "string" && !records.some((record) => field in (record as object))) {
    const near = nearestName(field, Object.keys(records[0] as object))
    issues.push(issue("field-unknown", label, `no record has a field ${JSON.stringify(field)}`, NOTHING, near === null ? "" : `did you mean "${near}"?`))
    return nothing()
  }
  return records.map((record, i) => {
    const where = `records[${i}]${typeof field === "string" ? `.${field}` : ` (${label})`}`
    let value: unknown
    try {
      value = typeof field === "string" ? (record as Record<string, unknown>)[field] : field(record)
    } catch (error) {
      issues.push(issue("accessor-failed", where, `the accessor threw "${error instanceof Error ? error.message : String(error)}"`, NOTHING))
      return null
    }
    if (value === undefined || value === null) return null
    if (typeof value !== "string") issues.push(issue("id-type", where, "must be a string", value, typeof value === "number" ? "use String(id)" : ""))
    else if (value.trim() === "") issues.push(issue("id-empty", where, "must not be empty", value, "use null for none"))
    else return value
    return null
  })
}
