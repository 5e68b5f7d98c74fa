import type { Issue } from "../model/error.js"
import { findAccountIssues } from "../model/find-account-issues.js"

/** What a score or a workload needs of an account: an id, and no place. */
export interface IdentifiedAccount {
  readonly id: string
}

/**
 * The checks of `findAccountIssues` without those of the coordinates: every row goes there as its id at one made-up place.
 * Same codes, same paths; never throws. O(n).
 */
export function findIdIssues(accounts: unknown): readonly Issue[] {
  if (!Array.isArray(accounts)) return findAccountIssues(accounts)
  return findAccountIssues(Array.from(accounts, (account: unknown) => {
    if (typeof account !== "object" || account === null || Array.isArray(account)) return account
    return {
      get id(): unknown {
        return (account as { readonly id?: unknown }).id // a getter that throws is reported by the check
      },
      x: 0,
      y: 0,
    }
  }))
}
