import type { Issue, Warning } from "../model/error.js"
import { accessorFailure } from "../model/field-of.js"
import { formatCount } from "../model/format-amount.js"

/**
 * Copies every account with its own fields, so that a stage may add its answer and leave the input alone. A field that the
 * stage is going to set and that is there already is overwritten in the copy, with one warning. O(n).
 */
export function copyAccounts<A extends object>(accounts: readonly A[], added: readonly string[], issues: Issue[], warnings: Warning[]): A[] {
  const copies: A[] = []
  const overwritten = new Map(added.map((field) => [field, 0]))
  for (let i = 0; i < accounts.length; i++) {
    try {
      copies.push({ ...accounts[i] })
    } catch (error) {
      issues.push(accessorFailure(`accounts[${i}]`, error))
      continue
    }
    for (const field of added) {
      if (Object.hasOwn(accounts[i], field)) overwritten.set(field, (overwritten.get(field) ?? 0) + 1)
    }
  }
  for (const [field, count] of overwritten) {
    if (count === 0) continue
    warnings.push({
      code: "field-overwritten",
      path: `accounts.${field}`,
      message: `accounts.${field}: ${formatCount(count, "account")} had this field already; the result has the new one (rename yours to keep both)`,
    })
  }
  return copies
}
