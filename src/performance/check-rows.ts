import { addIssue } from "../model/add-issue.js"
import { throwIssues, type Issue } from "../model/error.js"
import { issue } from "../model/issue.js"

/** What rows are called in messages: one, and many. */
const NAMES: Readonly<Record<"record" | "deal" | "territory", string>> = Object.freeze({ record: "records", deal: "deals", territory: "territories" })

/** Nothing can be read from what is no row: these issues are thrown at once, with those found before. O(rows). @throws TerritoryError */
export function checkRows(rows: unknown, noun: keyof typeof NAMES, issues: Issue[]): void {
  const before = issues.length
  const path = NAMES[noun]
  if (rows === undefined || rows === null) issues.push(issue("input-missing", path, `must be an array of ${path}`, rows))
  else if (!Array.isArray(rows)) issues.push(issue("input-type", path, `must be an array of ${path}`, rows))
  else if (rows.length === 0) issues.push(issue(`no-${path}`, path, `must have at least one ${noun}`, rows))
  else {
    for (let i = 0; i < rows.length; i++) {
      const row: unknown = rows[i]
      if (typeof row !== "object" || row === null || Array.isArray(row)) addIssue(issues, () => issue(`${noun}-type`, `${path}[${i}]`, "must be an object", row))
    }
  }
  if (issues.length > before) throwIssues(issues)
}
