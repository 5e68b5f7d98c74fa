import type { IdentifiedAccount } from "../model/account.js"
import { orderByIds } from "../model/order-by-ids.js"
import type { Issue } from "../model/error.js"
import { findIdIssues } from "../model/find-id-issues.js"

/** Accounts by their ids alone. */
export interface AccountIds {
  readonly ids: readonly string[]
  /** Row by id. */
  readonly rowOf: ReadonlyMap<string, number>
  /** Rows in the order of their ids: sums taken in this order do not depend on the order of the rows. */
  readonly order: Int32Array
}

/**
 * Reads accounts for coverage, which asks for ids and not for coordinates: a customer that could not be geocoded needs an owner
 * like any other. Returns null when there are issues. O(n log n).
 */
export function readAccountIds(accounts: readonly IdentifiedAccount[], issues: Issue[]): AccountIds | null {
  const found = findIdIssues(accounts)
  for (const one of found) issues.push(one)
  if (found.length > 0) return null
  const ids = accounts.map((account) => account.id)
  return { ids, rowOf: new Map(ids.map((id, i) => [id, i])), order: orderByIds(ids) }
}
