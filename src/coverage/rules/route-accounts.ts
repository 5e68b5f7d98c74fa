import { sumOf } from "../../math/stats/sum-of.js"
import type { IdentifiedAccount } from "../../model/account.js"
import { checkKeys, isPlainObject } from "../../model/check-keys.js"
import { throwIssues, type Issue, type Warning } from "../../model/error.js"
import { formatCount } from "../../model/format-amount.js"
import { issue, show } from "../../model/issue.js"
import type { MeasureField } from "../../model/measure.js"
import { ownOptions } from "../../model/own-options.js"
import { readMeasures, type MeasureColumn } from "../../model/read-measures.js"
import { readAccountIds, type AccountIds } from "../read-account-ids.js"
import { readCoverageTerritories } from "../read-coverage-territories.js"
import { warnOfUnruled } from "./analyze-rules.js"
import type { Value } from "./atom.js"
import { decideAccount, keyOfPoint, readNaming, type Path } from "./decide-account.js"
import type { Dimensions } from "./dimension.js"
import { readDimensions } from "./read-dimensions.js"
import { readPrecedence, readRules } from "./read-rules.js"
import { readValues, warnOfUndeclared } from "./read-values.js"
import type { RoutingDecision, RoutingResult } from "./routing-result.js"
import { compileSpace, type RuleSpace } from "./rule-space.js"
import type { RulePrecedence, TerritoryRule } from "./territory-rule.js"
import { wordPath } from "./word-path.js"

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
}

const ROUTE_KEYS: readonly string[] = Object.freeze(["dimensions", "rules", "precedence", "territories", "measures"])

/** Where nearly every account is of classes of its own, remembering more paths costs more than it saves. */
const MOST_PATHS = 20_000

/**
 * Sends every account to the territory whose rule it meets, and tells how that was decided.
 *
 * A rule matches where all of its conditions hold, and for whom it includes, but never for whom it excludes. Rules that include an account go
 * before all that match by conditions; among equals the smaller rank decides, or the place in the list. What no rule matches is a gap;
 * what rules of several territories match, none going before the other, is a conflict and has a row for each.
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
  const { table, space, values, measures, warnings } = read(accounts, options)
  const namingOf = readNaming(space)
  const paths = new Map<string, Path>()
  const decisions: RoutingDecision[] = []
  const matched = new Int32Array(space.count)
  const won = new Int32Array(space.count)
  table.ids.forEach((accountId, i) => {
    const point = space.dimensions.map((dimension, d) => dimension.classOf(values[d][i]))
    const naming = namingOf(accountId)
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
      conflictCount: conflicts.length,
      measures: Object.fromEntries(
        measures.map(({ name, activities }) => [name, { total: sumOf(activities, table.order), inGaps: sumOf(activities, gaps), inConflicts: sumOf(activities, conflicts) }]),
      ),
    },
    warnings,
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
  readonly measures: readonly MeasureColumn[]
  readonly warnings: readonly Warning[]
}

function read<A extends IdentifiedAccount>(accounts: readonly A[], options: unknown): Routing {
  const issues: Issue[] = []
  const warnings: Warning[] = []
  if (!isPlainObject(options)) throwIssues([issue("option-type", "options", "must be an object such as { dimensions, rules }", options)])
  const own = ownOptions(options) as Record<string, unknown>
  checkKeys(own, ROUTE_KEYS, "", issues)
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
  space.dimensions.forEach((dimension, d) => warnings.push(...warnOfUndeclared(dimension, values[d], known.ids, known.order)))
  return { table: known, space, values, measures, warnings: [...warnings, ...warnOfStrangers(space, known), ...warnOfUnruled(territories, rules)] }
}

/** Rules name accounts that are not among these: gone, or misspelt. */
function warnOfStrangers(space: RuleSpace, { rowOf }: AccountIds): Warning[] {
  const named = new Set(space.rules.flatMap(({ include, exclude }) => [...include, ...exclude]))
  const strangers = [...named].filter((id) => !rowOf.has(id)).sort()
  if (strangers.length === 0) return []
  const more = strangers.length === 1 ? "" : ` (and ${formatCount(strangers.length - 1, "more such id")})`
  return [{ code: "id-unknown", path: "rules", message: `rules: account ${show(strangers[0])} is included or excluded, but is not among the accounts${more}` }]
}
