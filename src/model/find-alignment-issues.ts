import { addIssue } from "./add-issue.js"
import { isPlainObject } from "./check-keys.js"
import type { Issue } from "./error.js"
import { finishSteps, inPieces } from "./in-pieces.js"
import { issue, NOTHING, show } from "./issue.js"
import { suggestId, suggestUnmarked } from "./nearest-name.js"

/** So many unknown ids get a hint; in a file of other ids altogether, looking for near names would take minutes. */
const MAX_HINTS = 20

/** Ids that an alignment of an earlier day may name although they are no longer there, and what to tell of those that it may not. */
export interface PastIds {
  /** Rows of these accounts are of no use now: only their form is checked. */
  hasAccount(id: string): boolean
  hasTerritory(id: string): boolean
  /** How to say that one is no longer there. */
  remedyFor(key: "accountId" | "territoryId", id: string): string
}

/**
 * Checks the form of an alignment: an array of rows with two non-empty string ids. Gaps and overlaps are not issues of form.
 * The ids are checked against the known accounts, and against the known territories where these are given. O(rows).
 *
 * @param path how the alignment is called in messages: `alignment`, `current`
 */
export function findAlignmentIssues(
  alignment: unknown,
  accountIds: ReadonlyMap<string, number>,
  territoryIds: ReadonlyMap<string, number> | null,
  path: string,
): Issue[] {
  return finishSteps(findAlignmentIssuesSteps(alignment, accountIds, territoryIds, path))
}

/**
 * The same in pieces.
 *
 * @param past where the alignment is of an earlier day; null: every id has to be known
 */
export function* findAlignmentIssuesSteps(
  alignment: unknown,
  accountIds: ReadonlyMap<string, number>,
  territoryIds: ReadonlyMap<string, number> | null,
  path: string,
  past: PastIds | null = null,
): Generator<undefined, Issue[]> {
  if (!Array.isArray(alignment)) {
    const isResult = isPlainObject(alignment) && Array.isArray(alignment.alignment)
    return [issue("input-type", path, "must be an array of { accountId, territoryId }", alignment, isResult ? "pass its `alignment`" : "")]
  }
  const issues: Issue[] = []
  let hints = 0
  const checkId = (id: unknown, r: number, key: "accountId" | "territoryId", known: ReadonlyMap<string, number> | null): void => {
    if (typeof id === "string" && id.trim() !== "" && (known === null || known.has(id))) return
    const at = `${path}[${r}].${key}`
    if (typeof id !== "string") {
      const remedy = typeof id === "number" ? "use String(id)" : suggestUnmarked((alignment as readonly object[])[r], key)
      addIssue(issues, () => issue("id-type", at, "must be a string", id, remedy))
    }
    else if (id.trim() === "") issues.push(issue("id-empty", at, "must not be empty", id, "leave the row out if the account has no territory"))
    else {
      const near = known !== null && hints++ < MAX_HINTS ? suggestId(id, known) : ""
      const remedy = past === null ? near : `${near}${near === "" ? "" : " "}${past.remedyFor(key, id)}`
      const rule = `is no ${key === "accountId" ? "account" : "territory"} of this call: ${show(id)}`
      issues.push(issue("id-unknown", at, rule, NOTHING, remedy))
    }
  }
  const rows = alignment as readonly unknown[]
  yield* inPieces(rows.length, (from, to) => {
    for (let r = from; r < to; r++) {
      const row = rows[r]
      if (isPlainObject(row)) {
        const { accountId, territoryId } = row
        const isPast = past !== null && typeof accountId === "string" && past.hasAccount(accountId)
        const mayBeAny = isPast || (past !== null && typeof territoryId === "string" && past.hasTerritory(territoryId))
        checkId(accountId, r, "accountId", isPast ? null : accountIds)
        checkId(territoryId, r, "territoryId", mayBeAny ? null : territoryIds)
      } else issues.push(issue("assignment-type", `${path}[${r}]`, "must be { accountId, territoryId }", row))
    }
  })
  return issues
}
