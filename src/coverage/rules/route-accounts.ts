import { sumOf } from "../../math/stats/sum-of.js"
import type { IdentifiedAccount } from "../../model/account.js"
import { checkKeys, isPlainObject } from "../../model/check-keys.js"
import { throwIssues, type Issue, type Warning } from "../../model/error.js"
import { formatCount } from "../../model/format-amount.js"
import { guardCall } from "../../model/guard-call.js"
import { issue, show } from "../../model/issue.js"
import type { MeasureField } from "../../model/measure.js"
import { ownOptions } from "../../model/own-options.js"
import { readMeasures, type MeasureColumn } from "../../model/read-measures.js"
import { readAccountIds, type AccountIds } from "../read-account-ids.js"
import { readCoverageTerritories } from "../read-coverage-territories.js"
import { warnOfUnruled } from "./analyze-rules.js"
import type { Value } from "./atom.js"
import { decideAccount, keyOfPoint, readNaming, type Naming, type Path } from "./decide-account.js"
import type { Dimensions } from "./dimension.js"
import { questionExcluded } from "./excluded-value.js"
import { readDimensions } from "./read-dimensions.js"
import { readPrecedence, readRules } from "./read-rules.js"
import { readValues, warnOfUndeclared } from "./read-values.js"
import type { ExcludedValue, RoutingDecision, RoutingResult } from "./routing-result.js"
import { compileSpace, type RuleSpace } from "./rule-space.js"
import type { RulePrecedence, TerritoryRule } from "./territory-rule.js"
import { wordExcluded, wordPath } from "./word-path.js"

/** What `routeAccounts` needs to know. */
export interface RouteOptions<A, D extends Dimensions<A>> {
  /** The attributes that rules may ask for, by name. */
  readonly dimensions: D
  readonly rules: readonly TerritoryRule<NoInfer<D>>[]
  /** Which rule wins where several match; default "rank". */
  readonly precedence?: RulePrecedence
  /** The territories there are, by id or as objects with an `id`. Default: those that rules name. */
  readonly territories?: readonly (string | { readonly id: string })[]
  /** What is at stake in gaps and conflicts. Default: none. */
  readonly measures?: Readonly<Record<string, MeasureField<A>>>
  /**
   * What becomes of an account with a value that a dimension is declared not to have, such as "7601" where `digits` is 5: `gap`, it is left
   * undecided, with a question; `decide`, rules decide on the value as on any other, with a warning. Dimensions that no rule asks
   * for are passed over, and accounts that a rule includes by their id go there. Default `gap`.
   */
  readonly excludedValues?: "gap" | "decide"
}

const ROUTE_KEYS: readonly string[] = Object.freeze(["dimensions", "rules", "precedence", "territories", "measures", "excludedValues"])

/** Where nearly every account is of classes of its own, remembering more paths costs more than it saves. */
const MOST_PATHS = 20_000

/**
 * Sends every account to the territory whose rule it meets, and tells how that was decided.
 *
 * A rule matches where all of its conditions hold, and for whom it includes, but never for whom it excludes. Rules that include an account go
 * before all that match by conditions; among equals the smaller rank decides, or the place in the list. What no rule matches is a gap;
 * what rules of several territories match, none going before the other, is a conflict and has a row for each. A value that its dimension is
 * declared not to have (`digits`, `values`, `min`, `max`, `whole`, `required`) decides nothing: the account is a gap with the question that
 * mends it, such as whether leading zeros were lost.
 *
 * @param accounts unique, non-empty ids; coordinates are not needed. Empty text, null and undefined are no value: `UNSPECIFIED`
 * @param options see {@link RouteOptions}
 * @returns the alignment, the path of every account, gaps with the rule that nearly matched, conflicts, and what became of each rule
 * @throws TerritoryError with all issues: unusable accounts, values of another kind than the dimension's, unusable rules
 *
 * Deterministic; the order of accounts changes nothing but the order of rows. O(n dimensions) and O(rules) for each combination
 * of classes that occurs: 100,000 accounts and 500 rules in some seconds.
 *
 * Not suitable to prove that rules cover what may come: see `analyzeRules`.
 *
 * Source: rules with inclusions, exclusions, ranks, `OTHER` and `UNSPECIFIED` as in Oracle Sales, "Territory Dimensions".
 *
 * @example
 * const accounts = [{ id: "a", zip: "50613", employees: 12 }, { id: "b", zip: "50613", employees: 900 }, { id: "c", zip: "10001" }]
 * const { alignment, decisions } = routeAccounts(accounts, {
 *   dimensions: { zip: { kind: "prefix" }, employees: { kind: "number" } },
 *   rules: [
 *     { id: "large", territoryId: "key accounts", rank: 1, when: { employees: { ranges: [{ min: 500 }] } } },
 *     { id: "iowa", territoryId: "west", rank: 2, when: { zip: { prefixes: ["50", "51"] } } },
 *   ],
 * })
 * alignment.map((row) => `${row.accountId} ${row.territoryId}`) // ["a west", "b key accounts"]
 * decisions[1].outranked // ["iowa"]
 * decisions[2].message // 'Account "c" meets no rule; nearest is "large" of "key accounts", which fails on employees unspecified.'
 */
export function routeAccounts<A extends IdentifiedAccount, const D extends Dimensions<A>>(accounts: readonly A[], options: RouteOptions<A, D>): RoutingResult {
  return guardCall({ accounts, options }, (own) => routeAccountsUnguarded(own.accounts, own.options))
}

function routeAccountsUnguarded<A extends IdentifiedAccount, const D extends Dimensions<A>>(
  accounts: readonly A[],
  options: RouteOptions<A, D>,
): RoutingResult {
  const { table, space, values, excluded, measures, warnings } = read(accounts, options)
  const namingOf = readNaming(space)
  const paths = new Map<string, Path>()
  const decisions: RoutingDecision[] = []
  const matched = new Int32Array(space.count)
  const won = new Int32Array(space.count)
  table.ids.forEach((accountId, i) => {
    const naming = namingOf(accountId)
    const left = naming.including.length > 0 ? [] : excludedOf(i)
    if (left.length > 0) {
      decisions.push(wordExcluded(left, foresee(i, left, naming), accountId))
      return
    }
    const point = space.dimensions.map((dimension, d) => dimension.classOf(values[d][i]))
    // accounts of the same classes that no rule names share their path
    const key = naming.including.length + naming.excluding.length > 0 ? null : keyOfPoint(point)
    const path = (key === null ? undefined : paths.get(key)) ?? decideAccount(space, point, naming)
    if (key !== null && paths.size < MOST_PATHS) paths.set(key, path)
    for (const r of path.wonBy) won[r]++
    for (const r of path.wonBy) matched[r]++
    for (const r of path.outranked) matched[r]++
    decisions.push(wordPath(space, path, accountId, (d) => values[d][i]))
  })

  const gaps = worstFirst(decisions, measures, table, (count) => count === 0)
  const conflicts = worstFirst(decisions, measures, table, (count) => count > 1)
  return {
    alignment: decisions.flatMap(({ accountId, territoryIds }) => territoryIds.map((territoryId) => ({ accountId, territoryId }))),
    decisions,
    gaps: gaps.map((i) => decisions[i]),
    conflicts: conflicts.map((i) => decisions[i]),
    rules: space.rules.map(({ id, territoryId }, r) => ({ id, territoryId, matchedCount: matched[r], wonCount: won[r] })),
    summary: {
      accountCount: table.ids.length,
      routedCount: table.ids.length - gaps.length - conflicts.length,
      gapCount: gaps.length,
      excludedCount: decisions.filter(({ reason }) => reason === "value-excluded").length,
      conflictCount: conflicts.length,
      measures: Object.fromEntries(
        measures.map(({ name, activities }) => [name, { total: sumOf(activities, table.order), inGaps: sumOf(activities, gaps), inConflicts: sumOf(activities, conflicts) }]),
      ),
    },
    warnings,
  }

  /** The values of an account that stand against a decision, in the order of the dimensions. */
  function excludedOf(i: number): ExcludedValue[] {
    return excluded.flatMap((questions, d) => questions?.get(values[d][i]) ?? [])
  }

  /** Where an account would go with all values as they were probably meant; null where one of them is not known. */
  function foresee(i: number, left: readonly ExcludedValue[], naming: Naming): readonly string[] | null {
    if (left.some(({ meant }) => meant === null)) return null
    const meantOf = new Map(left.map(({ dimension, meant }) => [dimension, meant]))
    const point = space.dimensions.map((dimension, d) => dimension.classOf(meantOf.get(dimension.name) ?? values[d][i]))
    return decideAccount(space, point, naming).territoryIds
  }
}

/** Rows with so many territories: by the first measure, then by id. */
function worstFirst(decisions: readonly RoutingDecision[], measures: readonly MeasureColumn[], { order }: AccountIds, isMeant: (count: number) => boolean): readonly number[] {
  const rows = Array.from(order).filter((i) => isMeant(decisions[i].territoryIds.length))
  if (measures.length === 0) return rows
  const { activities } = measures[0]
  return rows.sort((a, b) => activities[b] - activities[a]) // stable: equal ones stay in the order of their ids
}

interface Routing {
  readonly table: AccountIds
  readonly space: RuleSpace
  /** By dimension, then by row. */
  readonly values: readonly (readonly Value[])[]
  /** By dimension, questions about the values that it excludes; null where nothing is decided on it, or all of it. */
  readonly excluded: readonly (ReadonlyMap<Value, ExcludedValue> | null)[]
  readonly measures: readonly MeasureColumn[]
  readonly warnings: readonly Warning[]
}

function read<A extends IdentifiedAccount>(accounts: readonly A[], options: unknown): Routing {
  const issues: Issue[] = []
  const warnings: Warning[] = []
  if (!isPlainObject(options)) throwIssues([issue("option-type", "options", "must be an object such as { dimensions, rules }", options)])
  const own = ownOptions(options) as Record<string, unknown>
  checkKeys(own, ROUTE_KEYS, "", issues)
  const { excludedValues = "gap" } = own
  if (excludedValues !== "gap" && excludedValues !== "decide") issues.push(issue("option-value", "excludedValues", 'must be "gap" or "decide"', excludedValues))
  const territories = readCoverageTerritories(own.territories, [], issues)?.indexOf ?? null
  const dimensions = readDimensions(own.dimensions, issues)
  const rules = readRules(own.rules, dimensions, readPrecedence(own.precedence, issues), territories, issues)
  const table = readAccountIds(accounts, issues)
  const rows = table === null ? [] : accounts
  const measures = table === null ? [] : readMeasures(accounts, own.measures, issues)
  const values = dimensions.map((dimension) => readValues(rows, dimension, issues, warnings))
  throwIssues(issues)
  const known = table as AccountIds
  const space = compileSpace(dimensions, rules)
  space.dimensions.forEach((dimension, d) => {
    for (const one of warnOfUndeclared(dimension, values[d], known.ids, known.order)) warnings.push(one)
  })
  const isAsked = (name: string): boolean => rules.some(({ when }) => when?.has(name) === true)
  const excluded = dimensions.map((dimension, d) => (excludedValues === "gap" && isAsked(dimension.name) ? questionExcluded(dimension, values[d]) : null))
  return { table: known, space, values, excluded, measures, warnings: [...warnings, ...warnOfStrangers(space, known), ...warnOfUnruled(territories, rules)] }
}

/** Rules name accounts that are not among these: gone, or misspelt. */
function warnOfStrangers(space: RuleSpace, { rowOf }: AccountIds): Warning[] {
  const named = new Set(space.rules.flatMap(({ include, exclude }) => [...include, ...exclude]))
  const strangers = [...named].filter((id) => !rowOf.has(id)).sort()
  if (strangers.length === 0) return []
  const more = strangers.length === 1 ? "" : ` (and ${formatCount(strangers.length - 1, "more such id")})`
  return [{ code: "id-unknown", path: "rules", message: `rules: account ${show(strangers[0])} is included or excluded, but is not among the accounts${more}` }]
}
