import type { Issue } from "../model/error.js"
import { findAccountIssues } from "../model/find-account-issues.js"
import type { OwnedAccount } from "./owned-account.js"

/** Accounts by their ids alone. */
export interface AccountIds {
  readonly ids: readonly string[]
  /** Row by id. */
  readonly rowOf: ReadonlyMap<string, number>
  /** Rows in the order of their ids: sums taken in this order do not depend on the order of the rows. */
  readonly order: Int32Array
}

/**
 * Checks accounts for coverage, which asks for ids and not for coordinates: a customer that could not be geocoded needs an owner
 * like any other. Returns null when there are issues. O(n log n).
 */
export function readAccountIds(accounts: readonly OwnedAccount[], issues: Issue[]): AccountIds | null {
  const found = findAccountIssues(Array.isArray(accounts) ? Array.from(accounts, placeAnywhere) : accounts)
  for (const one of found) issues.push(one)
  if (found.length > 0) return null
  const ids = accounts.map((account) => account.id)
  const rowOf = new Map(ids.map((id, i) => [id, i]))
  // the default sort is by code units, as compareIds is, and several times as fast
  const order = Int32Array.from([...ids].sort(), (id) => rowOf.get(id) as number)
  return { ids, rowOf, order }
}

/** The account's id at one place for all, so that only ids are judged. */
function placeAnywhere(account: unknown): unknown {
  if (typeof account !== "object" || account === null || Array.isArray(account)) return account
  return {
    get id(): unknown {
      return (account as OwnedAccount).id
    },
    x: 0,
    y: 0,
  }
}
