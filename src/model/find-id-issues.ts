import type { Issue } from "./error.js"
import { accessorFailure } from "./field-of.js"
import { isSparse } from "./is-sparse.js"
import { issue } from "./issue.js"
import { suggestUnmarked } from "./nearest-name.js"

/** An id longer than this is a mistake, not a name. */
export const MAX_ID_LENGTH = 1024

/** A further check of one row. What it throws, as a getter may, becomes an issue of the row. */
type RowCheck = (account: Readonly<Record<string, unknown>>, row: number, issues: Issue[]) => void

/**
 * Lists what makes rows unusable as accounts that are only named: an array with at least one row, every row an object, ids that
 * are non-empty, unique strings. A place is not asked for: a customer that could not be geocoded has a score and needs an owner
 * like any other. In row order; never throws. O(n).
 *
 * @param form what a row has to be, for messages
 * @param checkRest finds what else is wrong with a row, after its id
 */
export function findIdIssues(accounts: unknown, form = "must be an object with an id", checkRest?: RowCheck): readonly Issue[] {
  try {
    return listIdIssues(accounts, form, checkRest)
  } catch (error) {
    return [accessorFailure("accounts", error)] // a revoked proxy, or one whose traps throw
  }
}

function listIdIssues(accounts: unknown, form: string, checkRest: RowCheck | undefined): readonly Issue[] {
  if (accounts === undefined || accounts === null) return [issue("input-missing", "accounts", "must be an array of accounts", accounts)]
  if (!Array.isArray(accounts)) return [issue("input-type", "accounts", "must be an array of accounts", accounts)]
  if (accounts.length === 0) return [issue("no-accounts", "accounts", "must have at least one account", accounts)]
  if (isSparse(accounts)) return [issue("input-sparse", "accounts", "must be a list without holes", accounts)]
  const issues: Issue[] = []
  const rowOf = new Map<string, number>()
  for (let i = 0; i < accounts.length; i++) {
    const account: unknown = accounts[i]
    try {
      if (typeof account !== "object" || account === null || Array.isArray(account)) {
        issues.push(issue("account-type", `accounts[${i}]`, form, account))
        continue
      }
      const row = account as Readonly<Record<string, unknown>>
      checkId(row, i, rowOf, issues)
      checkRest?.(row, i, issues)
    } catch (error) {
      issues.push(accessorFailure(`accounts[${i}]`, error))
    }
  }
  return issues
}

function checkId(account: Readonly<Record<string, unknown>>, row: number, rowOf: Map<string, number>, issues: Issue[]): void {
  const { id } = account
  const add = (code: string, rule: string, remedy = ""): void => void issues.push(issue(code, `accounts[${row}].id`, rule, id, remedy))
  if (id === undefined || id === null) add("id-missing", "must be a string", suggestUnmarked(account, "id") || "every account needs an id of its own")
  else if (typeof id !== "string") add("id-type", "must be a string", typeof id === "number" ? "use String(id)" : "")
  else if (id.trim() === "") add("id-empty", "must not be empty")
  else if (id.length > MAX_ID_LENGTH) add("id-too-long", `must have at most ${MAX_ID_LENGTH} characters`)
  else {
    const first = rowOf.get(id)
    if (first === undefined) rowOf.set(id, row)
    else add("id-duplicate", `must be unique, but accounts[${first}] has the same`, "merge the two rows or rename one")
  }
}
