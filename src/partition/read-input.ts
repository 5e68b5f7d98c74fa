import type { Field, LocatedAccount } from "../model/account.js"
import { isPlainObject } from "../model/check-keys.js"
import { throwIssues, type Issue } from "../model/error.js"
import { findAccountIssues } from "../model/find-account-issues.js"
import { findAlignmentIssuesSteps } from "../model/find-alignment-issues.js"
import { inPieces } from "../model/in-pieces.js"
import { readAccountsSteps, type AccountTable } from "../model/read-accounts.js"
import { readFieldSteps } from "../model/read-field.js"
import type { TerritorySpec } from "../model/territory.js"
import { checkShareSum, statedShare } from "../model/territory-shares.js"
import { findOptionIssues } from "./check-options.js"
import type { PartitionOptions } from "./partition-options.js"
import { findLockIssues } from "./read-current.js"

/**
 * Checks accounts, options and measures, and reads them in pieces; what is wrong with any of them is thrown at once.
 *
 * @throws TerritoryError with all issues, those of the accounts first
 */
export function* readInput<A extends LocatedAccount>(
  accounts: readonly A[],
  options: PartitionOptions<A>,
  extraKeys: readonly string[],
): Generator<undefined, { table: AccountTable; columns: readonly Float64Array[]; weightColumn: Float64Array; moveColumn: Float64Array | null }> {
  const issues = findOptionIssues(options, accounts, extraKeys)
  // every part that can be read by itself is read, so that one call tells all
  const columns: Float64Array[] = []
  let weightColumn: Float64Array | undefined
  let moveColumn: Float64Array | null = null
  if (isPlainObject(options) && areRows(accounts)) {
    for (const [name, measure] of Object.entries(isPlainObject(options.measures) ? options.measures : {})) {
      const value: unknown = isPlainObject(measure) ? measure.value : undefined
      if (isField<A>(value)) columns.push(yield* readFieldSteps(accounts, value, "accounts", name, { minimum: 0, noun: "measure" }, issues))
    }
    const compactness: unknown = options.compactness
    const weight: unknown = isPlainObject(compactness) ? compactness.weight : undefined
    weightColumn = isField<A>(weight) ? yield* readFieldSteps(accounts, weight, "accounts", "compactness.weight", { minimum: 0, noun: "weight" }, issues) : columns[0]
    const move: unknown = isPlainObject(options.disruption) ? options.disruption.weight : undefined
    if (isField<A>(move)) moveColumn = yield* readFieldSteps(accounts, move, "accounts", "disruption.weight", { minimum: 0, noun: "weight" }, issues)
    append(issues, yield* findReferenceIssues(accounts, options as PartitionOptions<A>))
  }
  if (issues.length > 0) throwIssues([...findAccountIssues(accounts), ...issues])
  return { table: yield* readAccountsSteps(accounts), columns, weightColumn: weightColumn as Float64Array, moveColumn }
}

/** What `current`, `locked` and the shares get wrong, as far as ids can be told at all. */
function* findReferenceIssues<A extends LocatedAccount>(accounts: readonly A[], options: PartitionOptions<A>): Generator<undefined, Issue[]> {
  const issues: Issue[] = []
  const rowOf = new Map<string, number>()
  if (options.current !== undefined || options.locked !== undefined) {
    yield* inPieces(accounts.length, (from, to) => {
      for (let i = from; i < to; i++) if (typeof accounts[i].id === "string") rowOf.set(accounts[i].id, i)
    })
  }
  const listed: readonly unknown[] | null = Array.isArray(options.territories) ? options.territories : null
  const specs = listed?.filter((spec: unknown): spec is TerritorySpec => isPlainObject(spec) && typeof spec.id === "string") ?? null
  const specIds = specs === null ? null : new Map(specs.map((spec, t) => [spec.id, t]))
  if (options.current !== undefined) append(issues, yield* findAlignmentIssuesSteps(options.current, rowOf, specIds, "current"))
  if (issues.length === 0 && (options.locked === undefined || (Array.isArray(options.locked) && options.current !== undefined))) append(issues, yield* findLockIssues(options, rowOf))
  if (specs !== null && specs.length === listed?.length && isPlainObject(options.measures)) {
    for (const name of Object.keys(options.measures)) {
      const stated = specs.map((spec) => statedShare(spec, name))
      if (stated.every((share) => share === undefined || (typeof share === "number" && share >= 0 && share <= 1))) checkShareSum(stated, name, "territories", issues)
    }
  }
  return issues
}

const isField = <A>(value: unknown): value is Field<A> => typeof value === "string" || typeof value === "function"

/** A spread of very many issues would overflow the stack. */
function append(issues: Issue[], more: readonly Issue[]): void {
  for (const one of more) issues.push(one)
}

function areRows(accounts: unknown): boolean {
  if (!Array.isArray(accounts)) return false
  for (let i = 0; i < accounts.length; i++) if (typeof accounts[i] !== "object" || accounts[i] === null) return false
  return true
}
