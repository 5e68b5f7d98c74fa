import type { Issue } from "./error.js"
import { addIssue } from "./add-issue.js"
import { absentField, accessorFailure, fieldOf, fieldPath, hasField } from "./field-of.js"
import { issue, quiet } from "./issue.js"

/** A text of a row, by the name of the field or by a function of the row; null or undefined: it has none. */
export type TextField<A> = string | ((row: A) => string | null | undefined)

/** What a text of a row is. */
export interface TextRule {
  /** `id`: it names something, and blank text is an issue. `value`: it is compared to the letter, and empty text is none. */
  readonly noun: "id" | "value"
  /** What a row is, for messages. */
  readonly row: "account" | "record" | "territory"
  /** What to do with a number in its place. */
  readonly remedy: string
}

/**
 * Reads one text of every row, each exactly once; null where a row has none. A field that no row has is an issue: it is misspelt.
 * O(n).
 *
 * @param path how the rows are called in messages, `accounts`
 * @param label the option's name, for messages
 */
export function readTextField<A>(rows: readonly A[], field: unknown, path: string, label: string, rule: TextRule, issues: Issue[]): (string | null)[] {
  const { noun, row, remedy } = rule
  if (typeof field !== "string" && typeof field !== "function") {
    issues.push(issue("option-type", label, `must be the name of a field or a function of the ${row}`, field))
    return rows.map(() => null)
  }
  if (typeof field === "string" && rows.length > 0 && !rows.some((one) => hasField(one, field))) {
    issues.push(absentField(rows[0], row, field, label))
    return rows.map(() => null)
  }
  return rows.map((one, i) => {
    const bad = (code: string, must: string, value: unknown, what: string): void => {
      quiet(value)
      addIssue(issues, () => issue(code, fieldPath(path, i, field, label), must, value, what))
    }
    let value: unknown
    try {
      value = typeof field === "string" ? fieldOf(one, field) : (field as (row: A) => unknown)(one)
    } catch (error) {
      addIssue(issues, () => accessorFailure(fieldPath(path, i, field, label), error))
      return null
    }
    if (value === undefined || value === null || (value === "" && noun === "value")) return null
    if (typeof value !== "string") bad(`${noun}-type`, "must be a string", value, typeof value === "number" || typeof value === "bigint" ? remedy : "")
    else if (noun === "id" && value.trim() === "") bad("id-empty", "must not be empty", value, "use null for none")
    else return value
    return null
  })
}
