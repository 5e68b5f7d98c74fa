import { emptyBits, addBit, type Bits } from "../../math/cover/bits.js"
import { isPlainObject, checkKeys } from "../../model/check-keys.js"
import { throwIssues, type Issue, type Warning } from "../../model/error.js"
import { guardCall } from "../../model/guard-call.js"
import { issue } from "../../model/issue.js"
import { ownOptions } from "../../model/own-options.js"
import { readCoverageTerritories } from "../read-coverage-territories.js"
import { ANALYZE_KEYS, DEFAULT_RULE_OPTIONS, type AnalyzeRulesOptions } from "./analyze-options.js"
import type { Dimensions } from "./dimension.js"
import { findGaps } from "./find-gaps.js"
import { analyzeGroup, firstInclusions, groupExcluded } from "./find-named-accounts.js"
import { findOverlaps } from "./find-overlaps.js"
import { findUnreachable } from "./find-unreachable.js"
import { namePart } from "./name-part.js"
import { readDimensions } from "./read-dimensions.js"
import { readPrecedence, readRules, type ReadRule } from "./read-rules.js"
import { RULE_FINDING_CODES, type OpenQuestion, type RuleAnalysis, type RuleFinding, type RuleFindingCode, type RuleVerdict } from "./rule-analysis.js"
import { compileSpace, sharedPart, type RuleSpace } from "./rule-space.js"
import { meetingRules, rulesBefore } from "./shrink-point.js"
import { wordExclusionGap, wordExclusionOverlap, wordGap, wordImpossible, wordInclusions, wordOverlap, wordUnreachable } from "./word-rule-findings.js"

/** Shares of the work that is left: for gaps, then for rules that are not reached, and of that for one rule. */
const GAP_SHARE = 0.4
const REACH_SHARE = 0.5
const RULE_SHARE = 0.05

/**
 * Proves on the rules alone that every account there may be has exactly one territory, or shows where that fails.
 *
 * Rules divide every dimension into finitely many classes (listed values, stretches between ends of ranges, prefixes, `OTHER`,
 * `UNSPECIFIED`), so that each rule is a box of classes. Boxes that leave something out are gaps; boxes of different territories that meet
 * where none goes before the other are overlaps; a box inside of those that go before it is unreachable. Each is shown by a record that
 * names only what matters. Accounts that rules include or exclude by id are distinguished. Verdicts hold for values that dimensions are declared
 * to have: on others `routeAccounts` does not decide, and asks what was meant.
 *
 * @param options see {@link AnalyzeRulesOptions}
 * @returns three verdicts, the findings, and what was left open when the budget of work was spent: boxes on which the answer depends
 * @throws TerritoryError with all issues: rules on unknown dimensions, empty ranges, members that are not text, ids twice, unknown territories
 *
 * Deterministic: the order of dimensions, members and, with ranks, of rules changes nothing. Exponential in the number of dimensions at worst,
 * as the question is coNP-complete; 500 rules on 8 dimensions usually take less than a second or two.
 *
 * Not suitable for questions about the accounts of today: `routeAccounts` tells where they go.
 *
 * Source: Brayton, Hachtel, McMullen & Sangiovanni-Vincentelli, Logic Minimization Algorithms for VLSI Synthesis, 1984 (tautology by
 * expansion); rules with inclusions, exclusions and ranks as in Oracle Sales, "Territory Dimensions".
 *
 * @example
 * const { complete, exclusive, findings } = analyzeRules({
 *   dimensions: { industry: { kind: "set", required: true }, employees: { kind: "number", min: 0, whole: true, required: true } },
 *   rules: [
 *     { id: "small", territoryId: "inside", when: { employees: { ranges: [{ max: 49 }] } } },
 *     { id: "retail", territoryId: "north", when: { employees: { ranges: [{ min: 49 }] }, industry: { values: ["retail"] } } },
 *   ],
 * })
 * complete // "refuted"
 * exclusive // "refuted"
 * findings.map((f) => f.message)
 * // ['No rule matches employees 50, industry "OTHER".',
 * //  'Rules "retail" of "north" and "small" of "inside" both match employees 49, industry "retail", and neither has a rank.']
 * findings[0].part // { employees: { ranges: [{ above: 49 }] }, industry: { other: true } }
 */
export function analyzeRules<const D extends Dimensions<never>>(options: AnalyzeRulesOptions<D>): RuleAnalysis {
  return guardCall({ options }, (own) => analyzeRulesUnguarded(own.options))
}

function analyzeRulesUnguarded<const D extends Dimensions<never>>(options: AnalyzeRulesOptions<D>): RuleAnalysis {
  const { space, warnings, budget, most } = read(options)
  const live = possibleRules(space)
  const before = rulesBefore(space)
  const meeting = meetingRules(space, live)
  const isLive = (r: number): boolean => ((live[r >>> 5] >>> (r & 31)) & 1) === 1
  const impossible = space.rules.flatMap(({ when }, r) => (when === null || isLive(r) ? [] : [r]))

  // one stage after the other has its share of the work, and what earlier ones left
  const gapWork = { left: budget * GAP_SHARE }
  const gaps = findGaps(space, live, most, gapWork)
  const left = budget - (budget * GAP_SHARE - gapWork.left)
  const reachWork = { left: left * REACH_SHARE }
  const reach = findUnreachable(space, live, before, meeting, left * REACH_SHARE * RULE_SHARE, reachWork)
  const work = { left: left - (left * REACH_SHARE - reachWork.left) }
  const overlaps = findOverlaps(space, live, before, meeting, most, work)

  // accounts that rules name
  const included = firstInclusions(space.rules)
  const torn = [...included].filter(([, rules]) => new Set(rules.map((r) => space.rules[r].territoryId)).size > 1)
  const groups = groupExcluded(space, live, included).map((group) => ({ group, answer: analyzeGroup(space, live, group, gaps.by, overlaps.hidden, before, work) }))
  const excludedGaps = groups.flatMap(({ group, answer }) => (answer.gap === null ? [] : [wordExclusionGap(space, group, answer.gap)]))
  const excludedOverlaps = groups.flatMap(({ group, answer }) => answer.overlaps.map((overlap) => wordExclusionOverlap(space, group, overlap)))

  const counts: Record<RuleFindingCode, number> = {
    "rule-gap": gaps.gaps.length,
    "rule-overlap": overlaps.counts.unranked,
    "rank-tie": overlaps.counts.ranked,
    "inclusion-overlap": torn.length,
    "exclusion-gap": excludedGaps.length,
    "exclusion-overlap": excludedOverlaps.length,
    "rule-unreachable": reach.unreachable.length,
    "rule-impossible": impossible.length,
  }
  const open = (question: OpenQuestion["question"], rules: readonly number[], part: readonly (readonly number[])[], accountId: string | null = null): OpenQuestion => ({
    question,
    ruleIds: rules.map((r) => space.rules[r].id),
    accountId,
    part: namePart(space, part),
  })
  const undecided = [
    ...(gaps.open === null ? [] : [open("complete", [], gaps.open)]),
    ...groups.flatMap(({ group, answer }) => (answer.openGap === null ? [] : [open("complete", [], answer.openGap, group.accountIds[0])])),
    ...overlaps.open.map(({ rules, part }) => open("exclusive", rules, part)),
    ...groups.flatMap(({ group, answer }) => answer.openOverlaps.map(({ rules, part }) => open("exclusive", rules, part, group.accountIds[0]))),
    ...reach.open.map(({ rule, part }) => open("reachable", [rule], part)),
  ]
  const verdict = (question: OpenQuestion["question"], against: number): RuleVerdict => (against > 0 ? "refuted" : undecided.some((one) => one.question === question) ? "undecided" : "proved")
  const findings: readonly RuleFinding[] = [
    ...gaps.gaps.map((gap) => wordGap(space, gap)),
    ...overlaps.overlaps.map((overlap) => wordOverlap(space, overlap)),
    ...torn.slice(0, most).map(([id, rules]) => wordInclusions(space, id, rules)),
    ...excludedGaps.slice(0, most),
    ...excludedOverlaps.slice(0, most),
    ...reach.unreachable.slice(0, most).map((one) => wordUnreachable(space, one)),
    ...impossible.slice(0, most).map((r) => wordImpossible(space, r)),
  ]
  return {
    complete: verdict("complete", counts["rule-gap"] + counts["exclusion-gap"]),
    exclusive: verdict("exclusive", counts["rule-overlap"] + counts["rank-tie"] + counts["inclusion-overlap"] + counts["exclusion-overlap"]),
    reachable: verdict("reachable", counts["rule-unreachable"] + counts["rule-impossible"]),
    findings: sortByCode(findings),
    counts,
    isPartial: undecided.length > 0 || (gaps.gaps.length > 0 && !gaps.isAll) || Object.values(counts).some((count) => count > most),
    undecided: undecided.slice(0, most),
    work: { spent: Math.min(budget, Math.round(budget - work.left)), budget },
    warnings,
  }
}

/** The sort is stable: within a code the order stays that of ids. */
function sortByCode(findings: readonly RuleFinding[]): readonly RuleFinding[] {
  return [...findings].sort((a, b) => RULE_FINDING_CODES.indexOf(a.code) - RULE_FINDING_CODES.indexOf(b.code))
}

/** Rules that hold somewhere, as the dimensions are declared. */
function possibleRules(space: RuleSpace): Bits {
  const live = emptyBits(space.count)
  space.rules.forEach(({ when }, r) => {
    if (when !== null && sharedPart(space, [r]).every((classes) => classes.length > 0)) addBit(live, r)
  })
  return live
}

/** Checks all options, and divides the space of attributes. */
function read(options: unknown): { space: RuleSpace; warnings: readonly Warning[]; budget: number; most: number } {
  const issues: Issue[] = []
  if (!isPlainObject(options)) throwIssues([issue("option-type", "options", "must be an object such as { dimensions, rules }", options)])
  const own = ownOptions(options) as Record<string, unknown>
  checkKeys(own, ANALYZE_KEYS, "", issues)
  const { budget = DEFAULT_RULE_OPTIONS.budget, maxFindings = DEFAULT_RULE_OPTIONS.maxFindings } = own
  if (!Number.isFinite(budget) || (budget as number) < 0) issues.push(issue("option-range", "budget", "must be a finite number, 0 or more", budget))
  if (!Number.isInteger(maxFindings) || (maxFindings as number) < 1) issues.push(issue("option-range", "maxFindings", "must be a whole number, 1 or more", maxFindings))
  const territories = readCoverageTerritories(own.territories, [], issues)?.indexOf ?? null
  const dimensions = readDimensions(own.dimensions, issues)
  const rules = readRules(own.rules, dimensions, readPrecedence(own.precedence, issues), territories, issues)
  throwIssues(issues)
  return { space: compileSpace(dimensions, rules), warnings: warnOfUnruled(territories, rules), budget: budget as number, most: maxFindings as number }
}

/** A listed territory that no rule leads to. */
export function warnOfUnruled(territories: ReadonlyMap<string, number> | null, rules: readonly ReadRule[]): Warning[] {
  const ruled = new Set(rules.map(({ territoryId }) => territoryId))
  return [...(territories?.keys() ?? [])]
    .filter((id) => !ruled.has(id))
    .sort()
    .map((id) => ({ code: "territory-without-rule", path: "territories", message: `territories: no rule leads to ${JSON.stringify(id)}` }))
}
