import { sumOf } from "../math/stats/sum-of.js"
import type { IdentifiedAccount } from "../model/account.js"
import { checkKeys, isPlainObject } from "../model/check-keys.js"
import { throwIssues, type Issue, type Warning } from "../model/error.js"
import { guardCall } from "../model/guard-call.js"
import { issue, show } from "../model/issue.js"
import type { MeasureField } from "../model/measure.js"
import { ownOptions } from "../model/own-options.js"
import { readMeasures, type MeasureColumn } from "../model/read-measures.js"
import { readTextField, type TextField } from "../model/read-text-field.js"
import { compareIds } from "../model/compare-ids.js"
import { createListCorrector, withoutPlusFour, type Correction } from "./correct-text.js"
import type { ListAlignment, ListedValue } from "./list-alignment.js"
import { readAccountIds, type AccountIds } from "./read-account-ids.js"
import { AS_TEXT, readValueLists, type ValueLists } from "./value-lists.js"

/** What `alignByLists` needs to know. */
export interface ListOptions<A> {
  /** The value that decides: a ZIP code, a county, an industry. A field of the account, or a function; text, or null for none. */
  readonly field: TextField<A>
  /** The values of each territory, by territory id. A value may stand in several lists, and many in none. */
  readonly lists: Readonly<Record<string, readonly string[]>>
  /** What is at stake in unlisted and shared values. Default: none. */
  readonly measures?: Readonly<Record<string, MeasureField<A>>>
}

const OPTION_KEYS: readonly string[] = Object.freeze(["field", "lists", "measures"])

/**
 * Turns territories that are drawn up as lists of values, such as ZIP codes, into an alignment.
 *
 * An account goes to every territory that lists its value, to the letter: " 50613" is not "50613", and 1234 is not "01234". So
 * the alignment has the gaps and the overlaps of the lists; hand it to `checkCoverage`, or repair the lists by `unlisted` and
 * `shared`. Where a list has an unlisted value in another spelling (leading zeros lost, ZIP+4 such as "07001-1234", the letter O for the digit
 * 0, other case), a warning asks whether that was meant; nothing is decided on it.
 *
 * @param accounts unique, non-empty ids; coordinates are not needed
 * @param options see {@link ListOptions}
 * @returns the alignment, the territories, and the values that the lists leave open or give twice
 * @throws TerritoryError with all issues: unusable accounts, a value that is not text (`value-type`), lists that are not arrays
 *
 * Deterministic; the order of accounts changes nothing but the order of the alignment's rows. O(n log n + listed values).
 *
 * Not suitable for ranges ("50000-50999") or prefixes: expand them into values first, or give a function as `field`.
 *
 * Source: none; a look-up, told honestly.
 *
 * @example
 * const accounts = [{ id: "a", zip: "01234" }, { id: "b", zip: "50613" }, { id: "c", zip: "99999" }]
 * const lists = { east: ["01234"], west: ["50613", "01234"] }
 * const { alignment, unlisted, shared } = alignByLists(accounts, { field: "zip", lists })
 * alignment.map((row) => `${row.accountId} ${row.territoryId}`) // ["a east", "a west", "b west"]
 * unlisted[0].value // "99999"
 * shared[0].territoryIds // ["east", "west"]
 */
export function alignByLists<A extends IdentifiedAccount>(accounts: readonly A[], options: ListOptions<A>): ListAlignment {
  return guardCall({ accounts, options }, (own) => alignByListsUnguarded(own.accounts, own.options))
}

function alignByListsUnguarded<A extends IdentifiedAccount>(
  accounts: readonly A[],
  options: ListOptions<A>,
): ListAlignment {
  const issues: Issue[] = []
  if (!isPlainObject(options)) throwIssues([issue("option-type", "options", "must be an object such as { field: \"zip\", lists: { north: [\"50613\"] } }", options)])
  const own = ownOptions(options)
  checkKeys(own, OPTION_KEYS, "", issues)
  const lists = readValueLists(own.lists, issues)
  const table = readAccountIds(accounts, issues)
  const measures = table === null ? [] : readMeasures(accounts, own.measures, issues)
  const values = readTextField(table === null ? [] : accounts, own.field, "accounts", "field", { noun: "value", row: "account", remedy: AS_TEXT }, issues)
  throwIssues(issues)
  const read = table as AccountIds

  const groups = groupByValue(values, read)
  const open = [...groups].filter(([value]) => value === null || !lists.claimants.has(value))
  const twice = [...lists.claimants].flatMap(([value, territoryIds]) =>
    territoryIds.length > 1 ? [{ ...describe(value, groups.get(value) ?? [], measures), territoryIds }] : [],
  )
  const counts = new Map(lists.territoryIds.map((id) => [id, { id, valueCount: 0, accountCount: 0 }]))
  for (const owners of lists.claimants.values()) for (const id of owners) counts.get(id)!.valueCount++
  for (const [value, rows] of groups) for (const id of ownersOf(lists, value)) counts.get(id)!.accountCount += rows.length
  return {
    alignment: values.flatMap((value, i) => ownersOf(lists, value).map((territoryId) => ({ accountId: read.ids[i], territoryId }))),
    territories: [...counts.values()],
    unlisted: open.map(([value, rows]) => describe(value, rows, measures)).sort(worstFirst(measures)),
    shared: twice.sort(worstFirst(measures)),
    unusedCount: [...lists.claimants.keys()].filter((value) => !groups.has(value)).length,
    warnings: [...lists.warnings, ...findSimilar(open.map(([value]) => value), lists)],
  }
}

const NOBODY: readonly string[] = Object.freeze([])
const ownersOf = (lists: ValueLists, value: string | null): readonly string[] => (value === null ? NOBODY : (lists.claimants.get(value) ?? NOBODY))

/** Rows by value, in the order of the account ids. */
function groupByValue(values: readonly (string | null)[], accounts: AccountIds): Map<string | null, number[]> {
  const groups = new Map<string | null, number[]>()
  for (const i of accounts.order) {
    const rows = groups.get(values[i])
    if (rows === undefined) groups.set(values[i], [i])
    else rows.push(i)
  }
  return groups
}

function describe(value: string | null, rows: readonly number[], measures: readonly MeasureColumn[]): ListedValue {
  const sums = measures.map(({ name, activities }) => [name, sumOf(activities, rows)] as const)
  return { value, accountCount: rows.length, measures: Object.fromEntries(sums) }
}

function worstFirst(measures: readonly MeasureColumn[]): (a: ListedValue, b: ListedValue) => number {
  const first = measures.length > 0 ? measures[0].name : null
  return (a, b) => (first === null ? 0 : b.measures[first] - a.measures[first]) || b.accountCount - a.accountCount || compareIds(a.value ?? "", b.value ?? "")
}

/** Unlisted values that a list has in another spelling: spaces, leading zeros lost in a spreadsheet, ZIP+4, O for 0, other case. */
function findSimilar(unlisted: readonly (string | null)[], { claimants }: ValueLists): Warning[] {
  const corrector = createListCorrector(claimants)
  let longer: ReadonlyMap<string, string> | null = null
  const similar = unlisted.flatMap((value) => {
    const correction = value === null ? null : (corrector.correct(value, false) ?? askLonger(value))
    return value === null || correction === null ? [] : [{ value, correction }]
  })
  return similar.sort((a, b) => compareIds(a.value, b.value)).map(({ value, correction: { meant, question } }) => {
    // in one question what a list alone cannot tell apart
    const ask = SPACES_OR_ZEROS.includes(question) ? "were spaces or leading zeros added or lost?" : question
    return { code: "value-similar", path: "lists", message: `${show(value)} is in no list, but ${show(meant)} is: ${ask}` }
  })

  /** A ZIP code where lists have ZIP+4 codes. */
  function askLonger(value: string): Correction | null {
    longer ??= new Map([...claimants.keys()].sort(compareIds).reverse().map((code) => [withoutPlusFour(code), code]))
    const meant = longer.get(withoutPlusFour(value))
    return meant === undefined ? null : { meant, question: "does the list have ZIP+4 codes, and the accounts have others?" }
  }
}

const SPACES_OR_ZEROS: readonly string[] = Object.freeze(["were spaces added?", "were leading zeros lost?", "were leading zeros added?"])
