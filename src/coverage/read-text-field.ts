import type { Issue } from "../model/error.js"
import { issue, NOTHING } from "../model/issue.js"
import { nearestName } from "../model/nearest-name.js"
import { AS_TEXT } from "./value-lists.js"

/** A text of an account, by the name of the field or by a function; null or undefined: it has none. */
export type TextField<A> = string | ((account: A) => string | null | undefined)

/** Reads one text of every account, each exactly once; empty text counts as none. A field that no account has is
 * an issue: it is misspelt. O(n). */
export function readTextField<A>(rows: readonly A[], field: unknown, path: string, label: string, issues: Issue[]): (string | null)[] {
  if (typeof field !== "string" && typeof field !== "function") {
    issues.push(issue("option-type", label, "must be the name of a field or a function of the account", field))
    return []
  }
  if (typeof field === "string" && rows.length > 0 && !rows.some((row) => field in (row as object))) {
    const near = nearestName(field, Object.keys(rows[0] as object))
    issues.push(issue("field-unknown", label, `no account has a field ${JSON.stringify(field)}`, NOTHING, near === null ? "" : `did you mean "${near}"?`))
    return rows.map(() => null)
  }
  return rows.map((row, i) => {
    const where = `${path}[${i}]${typeof field === "string" ? `.${field}` : ` (${label})`}`
    let value: unknown
    try {
      value = typeof field === "string" ? (row as Record<string, unknown>)[field] : field(row)
    } catch (error) {
      issues.push(issue("accessor-failed", where, `the accessor threw "${error instanceof Error ? error.message : String(error)}"`, NOTHING))
      return null
    }
    if (value === undefined || value === null || value === "") return null
    if (typeof value === "string") return value
    issues.push(issue("value-type", where, "must be text", value, typeof value === "number" ? AS_TEXT : ""))
    return null
  })
}
