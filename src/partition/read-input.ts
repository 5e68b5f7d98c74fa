import type { Field, LocatedAccount } from "../model/account.js"
import { isPlainObject } from "../model/check-keys.js"
import { throwIssues, type Issue } from "../model/error.js"
import { findAccountIssues } from "../model/find-account-issues.js"
import { findAlignmentIssuesSteps, type PastIds } from "../model/find-alignment-issues.js"
import { inPieces } from "../model/in-pieces.js"
import { show } from "../model/issue.js"
import { readAccountsSteps, type AccountTable } from "../model/read-accounts.js"
import { readFieldSteps } from "../model/read-field.js"
import type { TerritorySpec } from "../model/territory.js"
import { checkShareSum, statedShare } from "../model/territory-shares.js"
import { findOptionIssues } from "./check-options.js"
import { checkEvents } from "./events/check-events.js"
import { NO_EFFECTS, type EventEffects } from "./events/event-effects.js"
import { readEvents } from "./events/read-events.js"
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
): Generator<undefined, { table: AccountTable; columns: readonly Float64Array[]; weightColumn: Float64Array; moveColumn: Float64Array | null; effects: EventEffects }> {
  const issues = findOptionIssues(options, accounts, extraKeys)
  // every part that can be read by itself is read, so that one call tells all
  const columns: Float64Array[] = []
  let weightColumn: Float64Array | undefined
  let moveColumn: Float64Array | null = null
  let effects = NO_EFFECTS
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
    effects = yield* readReferences(accounts, options as PartitionOptions<A>, issues)
  }
  if (issues.length > 0) throwIssues([...findAccountIssues(accounts), ...issues])
  return { table: yield* readAccountsSteps(accounts), columns, weightColumn: weightColumn as Float64Array, moveColumn, effects }
}

/** Reads `events`; what these, `current`, `locked` and the shares get wrong, as far as ids can be told at all, is added to `all`. */
function* readReferences<A extends LocatedAccount>(accounts: readonly A[], options: PartitionOptions<A>, all: Issue[]): Generator<undefined, EventEffects> {
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
  const effects = yield* readSoundEvents(options, rowOf, specIds, issues)
  if (options.current !== undefined) append(issues, yield* findAlignmentIssuesSteps(options.current, rowOf, specIds, "current", pastIds(effects)))
  if (issues.length === 0 && (options.locked === undefined || (Array.isArray(options.locked) && options.current !== undefined))) append(issues, yield* findLockIssues(options, rowOf, effects ?? NO_EFFECTS))
  if (specs !== null && specs.length === listed?.length && isPlainObject(options.measures)) {
    for (const name of Object.keys(options.measures)) {
      const stated = specs.map((spec) => statedShare(spec, name))
      if (stated.every((share) => share === undefined || (typeof share === "number" && share >= 0 && share <= 1))) checkShareSum(stated, name, "territories", issues)
    }
  }
  append(all, issues)
  return effects ?? NO_EFFECTS
}

/** The effects of events, null where these are wrong: then nobody knows who is gone. */
function* readSoundEvents<A>({ events, current }: PartitionOptions<A>, rowOf: ReadonlyMap<string, number>, specIds: ReadonlyMap<string, number> | null, issues: Issue[]): Generator<undefined, EventEffects | null> {
  if (events === undefined || current === undefined) return NO_EFFECTS
  const faults: Issue[] = []
  checkEvents(events, current, faults)
  if (faults.length > 0) return null // told where options are checked
  const effects = yield* readEvents(events, current, rowOf, specIds, faults)
  append(issues, faults)
  return faults.length > 0 ? null : effects
}

/** Which ids in `current` need not be in the call. */
function pastIds(effects: EventEffects | null): PastIds {
  return {
    hasAccount: (id) => effects === null || effects.closed.has(id),
    hasTerritory: (id) => effects === null || effects.homesOf.has(id),
    remedyFor(key, id) {
      return key === "accountId"
        ? `if it closed, pass events: [{ type: "accounts-closed", accountIds: [${show(id)}] }]`
        : `if it was removed, renamed, merged or split, say so: events: [{ type: "territory-removed", territoryId: ${show(id)} }]`
    },
  }
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
