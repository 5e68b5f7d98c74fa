import type { Alignment } from "./alignment.js"
import type { Issue } from "./error.js"
import { issue, NOTHING } from "./issue.js"
import { nearestName } from "./nearest-name.js"
import { isPlainObject } from "./check-keys.js"

/**
 * Checks the form of an alignment: an array of rows with two non-empty string ids. Gaps and overlaps are not issues of form.
 * The ids are checked against the known accounts, and against the known territories where these are given. O(rows).
 */
export function findAlignmentIssues(
  alignment: unknown,
  accountIds: ReadonlyMap<string, number>,
  territoryIds: ReadonlyMap<string, number> | null,
  path: string,
): Issue[] {
  if (!Array.isArray(alignment)) return [issue("input-type", path, "must be an array of { accountId, territoryId }", alignment)]
  const issues: Issue[] = []
  for (let r = 0; r < alignment.length; r++) {
    const row: unknown = alignment[r]
    if (!isPlainObject(row)) {
      issues.push(issue("assignment-type", `${path}[${r}]`, "must be { accountId, territoryId }", row))
      continue
    }
    for (const [key, known] of [["accountId", accountIds], ["territoryId", territoryIds]] as const) {
      const id = row[key]
      const at = `${path}[${r}].${key}`
      if (typeof id !== "string") issues.push(issue("id-type", at, "must be a string", id, typeof id === "number" ? "use String(id)" : ""))
      else if (id.trim() === "") issues.push(issue("id-empty", at, "must not be empty", id))
      else if (known !== null && !known.has(id)) {
        const near = known.size <= 10_000 ? nearestName(id, known.keys()) : null
        issues.push(issue("id-unknown", at, `is no ${key === "accountId" ? "account" : "territory"} of this call: ${JSON.stringify(id)}`, NOTHING, near === null ? "" : `did you mean "${near}"?`))
      }
    }
  }
  return issues
}

/** Territory ids of an alignment in the order of first appearance by sorted id: ascending code units. */
export function territoryIdsOf(alignment: Alignment): string[] {
  return [...new Set(alignment.map((row) => row.territoryId))].sort(compareIds)
}

/** The order of ids everywhere: by UTF-16 code units, the same in every locale. */
export function compareIds(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
