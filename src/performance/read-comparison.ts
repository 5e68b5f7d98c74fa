import type { LocatedAccount } from "../model/account.js"
import type { Alignment } from "../model/alignment.js"
import { checkKeys, isPlainObject } from "../model/check-keys.js"
import { throwIssues, type Issue } from "../model/error.js"
import { findAccountIssues } from "../model/find-account-issues.js"
import { issue, NOTHING } from "../model/issue.js"
import { ownOptions } from "../model/own-options.js"
import { compileAccounts, type AccountTable } from "../model/read-accounts.js"
import { findAlignmentIssues } from "../model/find-alignment-issues.js"
import { checkSum, readMeasures, type MeasureColumn } from "../model/read-measures.js"
import { readWeights } from "../model/read-field.js"
import { DEFAULT_COMPARE_OPTIONS, COMPARE_OPTION_KEYS, type CompareOptions } from "./compare-options.js"
import { readOwners, type Owners } from "./read-owners.js"
import { readTerritoryShares, sharesOf } from "./read-territory-shares.js"

/** Everything that a comparison of two alignments works on, checked, as columns. */
export interface Comparison {
  readonly accounts: AccountTable
  /** Rows by account id. */
  readonly order: Int32Array
  readonly measures: readonly MeasureColumn[]
  readonly weights: Float64Array
  readonly match: boolean
  readonly before: Side
  readonly after: Side
}

/** One of the two alignments. */
interface Side {
  readonly owners: Owners
  readonly sharesOf: (measure: string) => Float64Array
}

/** Territories before times those after: the matching holds a table of so many numbers at most (80 MB). */
const MAX_PAIRS = 1e7

/** Checks all that `compareAlignments` is given and compiles it. @throws TerritoryError with all issues */
export function readComparison<A extends LocatedAccount>(accounts: readonly A[], before: Alignment, after: Alignment, options: CompareOptions<A>): Comparison {
  const issues: Issue[] = []
  if (!isPlainObject(options)) throwIssues([issue("option-type", "options", "must be an object such as { measures: { sales: \"sales\" } }", options)])
  const own = ownOptions(options)
  checkKeys(own, COMPARE_OPTION_KEYS, "", issues)
  const { match = DEFAULT_COMPARE_OPTIONS.match, weight, territories } = own
  if (typeof match !== "boolean") issues.push(issue("option-type", "match", "must be true or false", match))
  const lists: NonNullable<CompareOptions<A>["territories"]> = isPlainObject(territories) ? territories : ownOptions({})
  if (territories !== undefined && !isPlainObject(territories)) issues.push(issue("option-type", "territories", "must be an object with a list of territories as before, as after, or both", territories))
  checkKeys(lists, ["before", "after"], "territories", issues)
  const names = isPlainObject(own.measures) ? Object.keys(own.measures) : []
  const listed = {
    before: readTerritoryShares(lists.before, names, "territories.before", issues),
    after: readTerritoryShares(lists.after, names, "territories.after", issues),
  }

  const accountIssues = findAccountIssues(accounts)
  for (const one of accountIssues) issues.push(one)
  if (accountIssues.length > 0) throwIssues(issues) // nothing else can be read without rows
  const measures = readMeasures(accounts, own.measures, issues)
  const weights = weight === undefined && measures.length > 0 ? measures[0].activities : readWeights(accounts, weight, "weight", issues)
  if (weight !== undefined) checkSum(weights, "weight", issues)
  const rowOf = new Map(accounts.map((account, i) => [account.id, i]))
  for (const [name, alignment] of [["before", before], ["after", after]] as const) {
    const known = listed[name] === null ? null : new Map([...listed[name].keys()].map((id, t) => [id, t]))
    for (const one of findAlignmentIssues(alignment, rowOf, known, name)) issues.push(one)
  }
  throwIssues(issues)

  const table = compileAccounts(accounts)
  const side = (name: "before" | "after", alignment: Alignment): Side => {
    const shares = listed[name]
    const owners = readOwners(alignment, table.rowOf, shares === null ? null : [...shares.keys()], name)
    return { owners, sharesOf: (measure) => sharesOf(owners.territoryIds, shares, measure) }
  }
  const sides = { before: side("before", before), after: side("after", after) }
  const pairs = sides.before.owners.territoryIds.length * sides.after.owners.territoryIds.length
  if (match && pairs > MAX_PAIRS) throwIssues([issue("limit-exceeded", "match", `can try at most ${MAX_PAIRS} pairs of a territory before and one after, got ${pairs}`, NOTHING, "compare by name with match: false")])
  return { accounts: table, order: table.order, measures, weights, match, ...sides }
}
