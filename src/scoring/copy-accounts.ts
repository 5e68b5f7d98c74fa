import type { Issue, Warning } from "../model/error.js"
import { accessorFailure, hasField } from "../model/field-of.js"
import { formatCount } from "../model/format-amount.js"

/**
 * Copies every account with all its fields, so that a stage may add its answer and leave the input alone. A field that the
 * stage is going to set and that is there already is overwritten in the copy, with one warning. O(n * fields).
 *
 * A plain object gives a plain object. Any other gives one with the same prototype, and the fields that it inherits, such as the
 * answers of a class's getters, become fields of its own: they are read once, show in JSON and need no private state.
 *
 * @param added names of the fields that the stage sets; each may then be assigned to any copy
 */
export function copyAccounts<A extends object>(accounts: readonly A[], added: readonly string[], issues: Issue[], warnings: Warning[]): A[] {
  const copies: A[] = []
  const overwritten = new Map(added.map((field) => [field, 0]))
  const inheritedBy = new Map<object, readonly PropertyKey[]>()
  for (let i = 0; i < accounts.length; i++) {
    try {
      const prototype = Object.getPrototypeOf(accounts[i]) as object | null
      const isPlain = prototype === null || Object.getPrototypeOf(prototype) === null
      copies.push(isPlain ? { ...accounts[i] } : copyInstance(accounts[i], prototype, added, inheritedBy))
      for (const field of added) {
        if (hasField(accounts[i], field)) overwritten.set(field, (overwritten.get(field) ?? 0) + 1)
      }
    } catch (error) {
      issues.push(accessorFailure(`accounts[${i}]`, error))
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

function copyInstance<A extends object>(account: A, prototype: object, added: readonly string[], inheritedBy: Map<object, readonly PropertyKey[]>): A {
  const copy = Object.create(prototype) as A
  // own fields, private by convention or not; defined and not assigned, past any setter of the class
  for (const key of Reflect.ownKeys(account)) {
    const { enumerable } = Object.getOwnPropertyDescriptor(account, key) as PropertyDescriptor
    define(copy, key, account[key as keyof A], enumerable === true)
  }
  let inherited = inheritedBy.get(prototype)
  if (inherited === undefined) inheritedBy.set(prototype, (inherited = findInherited(prototype)))
  for (const key of inherited) {
    if (Object.hasOwn(copy, key)) continue
    try {
      define(copy, key, account[key as keyof A], true)
    } catch {
      // nobody asked for this one: it fails on the copy as it does on the account
    }
  }
  // a getter without a setter, or a frozen prototype, would refuse the assignment
  for (const field of added) define(copy, field, undefined, true)
  return copy
}

/** The names of inherited fields, the nearest first: whatever a getter reads, and what is enumerable and no method. */
function findInherited(prototype: object): PropertyKey[] {
  const names = new Set<PropertyKey>()
  for (let at: object | null = prototype; at !== null && Object.getPrototypeOf(at) !== null; at = Object.getPrototypeOf(at) as object) {
    for (const key of Reflect.ownKeys(at)) {
      const { get, enumerable, value } = Object.getOwnPropertyDescriptor(at, key) as PropertyDescriptor
      if (get !== undefined || (enumerable === true && typeof value !== "function")) names.add(key)
    }
  }
  return [...names]
}

function define(copy: object, key: PropertyKey, value: unknown, enumerable: boolean): void {
  Object.defineProperty(copy, key, { value, enumerable, writable: true, configurable: true })
}
