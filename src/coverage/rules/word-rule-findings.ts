import { formatCount } from "../../model/format-amount.js"
import { compareIds } from "../../model/compare-ids.js"
import { show } from "../../model/issue.js"
import type { Gap } from "./find-gaps.js"
import type { ExcludedGroup } from "./find-named-accounts.js"
import type { Overlap } from "./find-overlaps.js"
import type { Unreachable } from "./find-unreachable.js"
import { namePart, nameWitness, sayWitness } from "./name-part.js"
import type { ReadRule } from "./read-rules.js"
import type { RuleFinding, RuleFindingCode } from "./rule-analysis.js"
import type { RuleSpace } from "./rule-space.js"
import { listBits } from "../../math/cover/bits.js"
import { sharedPart } from "./rule-space.js"

/** A list in a sentence is cut after so many. */
const MOST_SAID = 5

export function wordGap(space: RuleSpace, gap: Gap): RuleFinding {
  const witness = nameWitness(space, gap.point, gap.named)
  return {
    ...finding(space, "rule-gap", []),
    witness,
    part: namePart(space, gap.part),
    message: `No rule matches ${sayWitness(witness)}.`,
    suggestion: "Add a rule for this part or widen one; a rule with when: {} that comes last takes all that is left.",
  }
}

export function wordOverlap(space: RuleSpace, { rules, point, named, part }: Overlap): RuleFinding {
  const witness = nameWitness(space, point, named)
  const { precedence } = space.rules[rules[0]]
  return {
    ...finding(space, precedence === Infinity ? "rule-overlap" : "rank-tie", rules),
    witness,
    part: namePart(space, part),
    message: `${sayPair(space, rules)} both match ${sayWitness(witness)}, ${precedence === Infinity ? "and neither has a rank" : `at the same rank ${precedence}`}.`,
    suggestion: "Give one of them a smaller rank than the other, or part their conditions.",
  }
}

export function wordInclusions(space: RuleSpace, accountId: string, rules: readonly number[]): RuleFinding {
  return {
    ...finding(space, "inclusion-overlap", rules),
    accountId,
    message: `Account ${show(accountId)} is included by rules of several territories, none of which goes before the other: ${sayRules(space, rules)}.`,
    suggestion: "Leave it in the inclusions of one territory, or give one rule a smaller rank.",
  }
}

export function wordExclusionGap(space: RuleSpace, group: ExcludedGroup, gap: Gap): RuleFinding {
  const witness = nameWitness(space, gap.point, gap.named)
  const rules = listBits(group.rules)
  return {
    ...finding(space, "exclusion-gap", rules),
    accountId: group.accountIds[0],
    witness,
    part: namePart(space, gap.part),
    message: `${sayAccounts(group)} excluded by ${sayRules(space, rules)}: with ${sayWitness(witness)} no other rule matches.`,
    suggestion: "Include it in the rule of the territory that is to have it.",
  }
}

export function wordExclusionOverlap(space: RuleSpace, group: ExcludedGroup, { rules, point, named, part }: Overlap): RuleFinding {
  const witness = nameWitness(space, point, named)
  return {
    ...finding(space, "exclusion-overlap", rules),
    accountId: group.accountIds[0],
    witness,
    part: namePart(space, part),
    message: `${sayAccounts(group)} excluded by ${sayRules(space, listBits(group.rules))}: with ${sayWitness(witness)} ${sayPair(space, rules).replace("Rules", "rules")} both match, none going before the other.`,
    suggestion: "Include it in the rule of the territory that is to have it, or give one of the two a smaller rank.",
  }
}

export function wordUnreachable(space: RuleSpace, { rule, by, isMinimal }: Unreachable): RuleFinding {
  const excused = by.some((r) => space.rules[r].exclude.size > 0) ? " but for accounts that these exclude" : ""
  return {
    ...finding(space, "rule-unreachable", [rule]),
    shadowedBy: idsOf(space, by),
    isMinimal,
    message: `Rule ${sayRule(space.rules[rule])} never decides: wherever it matches, ${sayRules(space, by)} ${by.length === 1 ? "goes" : "go together"} before it${excused}.${sayKept(space.rules[rule])}`,
    suggestion: "Give it a smaller rank, narrow the others, or drop it.",
  }
}

export function wordImpossible(space: RuleSpace, rule: number): RuleFinding {
  const empty = sharedPart(space, [rule]).flatMap((classes, d) => (classes.length === 0 ? [space.dimensions[d].name] : []))
  return {
    ...finding(space, "rule-impossible", [rule]),
    message: `Rule ${sayRule(space.rules[rule])} matches nothing: no account can have what it asks of ${empty.join(", ")}.${sayKept(space.rules[rule])}`,
    suggestion: "Correct the condition, or what the dimension is declared to hold.",
  }
}

function finding(space: RuleSpace, code: RuleFindingCode, rules: readonly number[]): Omit<RuleFinding, "message" | "suggestion"> {
  const territoryIds = [...new Set(rules.map((r) => space.rules[r].territoryId))].sort(compareIds)
  return { code, ruleIds: idsOf(space, rules), territoryIds, accountId: null, shadowedBy: [], isMinimal: true, witness: null, part: null }
}

/** Rules are numbered by their ids, and lists of them ascend. */
const idsOf = (space: RuleSpace, rules: readonly number[]): readonly string[] => rules.map((r) => space.rules[r].id)
const sayRule = ({ id, territoryId }: ReadRule): string => `${show(id)} of ${show(territoryId)}`
/** Inclusions count whatever conditions do. */
const sayKept = ({ include }: ReadRule): string => (include.size === 0 ? "" : ` Only its ${formatCount(include.size, "inclusion")} will count.`)
const sayPair = (space: RuleSpace, [a, b]: readonly [number, number]): string => `Rules ${sayRule(space.rules[a])} and ${sayRule(space.rules[b])}`

function sayRules(space: RuleSpace, rules: readonly number[]): string {
  const said = idsOf(space, rules).slice(0, MOST_SAID).map(show).join(", ")
  return rules.length > MOST_SAID ? `${said} and ${rules.length - MOST_SAID} more` : said
}

function sayAccounts({ accountIds }: ExcludedGroup): string {
  return accountIds.length === 1 ? `Account ${show(accountIds[0])} is` : `Accounts ${show(accountIds[0])} and ${formatCount(accountIds.length - 1, "other")} are`
}
