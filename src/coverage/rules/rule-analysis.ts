import type { Warning } from "../../model/error.js"
import type { NumberRange } from "./territory-rule.js"

/** Proved for every account that there may be; refuted by a witness; or left open, as the budget of work was spent. */
export type RuleVerdict = "proved" | "refuted" | "undecided"

/**
 * What a finding about rules says; new codes may join.
 *
 * `rule-gap`: records that no rule matches. `rule-overlap`: records that rules of several territories match, none of which has a rank;
 * `rank-tie`: the same at an equal rank. `inclusion-overlap`: an account that rules of several territories include, none going before
 * the other. `exclusion-gap`, `exclusion-overlap`: what becomes of an account that rules exclude, as far as the rules alone tell.
 * `rule-unreachable`: wherever the rule matches, others go before it. `rule-impossible`: it matches nothing that there may be.
 */
export type RuleFindingCode = "rule-gap" | "rule-overlap" | "rank-tie" | "inclusion-overlap" | "exclusion-gap" | "exclusion-overlap" | "rule-unreachable" | "rule-impossible"

/** All codes, in the order in which findings are listed. */
export const RULE_FINDING_CODES: readonly RuleFindingCode[] = Object.freeze([
  "rule-gap",
  "rule-overlap",
  "rank-tie",
  "inclusion-overlap",
  "exclusion-gap",
  "exclusion-overlap",
  "rule-unreachable",
  "rule-impossible",
])

/** Attributes by dimension, as an account might have them; null: none. What is not named may be anything. */
export type AttributeRecord = Readonly<Record<string, string | number | null>>

/** Members of one dimension. A number that no rule lists stands in `ranges` too. */
export interface PartMembers {
  readonly values?: readonly string[]
  readonly ranges?: readonly NumberRange[]
  /** What begins with `prefix` and with none of `except`. */
  readonly prefixes?: readonly { readonly prefix: string; readonly except: readonly string[] }[]
  readonly other?: true
  readonly unspecified?: true
}

/** A box of attribute space: by dimension, what is in it. A dimension that is not named may be anything. */
export type SpacePart = Readonly<Record<string, PartMembers>>

/** One thing that the rules alone show. Plain JSON. */
export interface RuleFinding {
  readonly code: RuleFindingCode
  /** The rules concerned, ascending; for what is excluded, the rules that exclude it, or between which it is torn. */
  readonly ruleIds: readonly string[]
  /** The territories of these rules, ascending. */
  readonly territoryIds: readonly string[]
  /** The account that rules include or exclude; else null. */
  readonly accountId: string | null
  /** For an unreachable rule: rules that go before it wherever it matches. Ascending. */
  readonly shadowedBy: readonly string[]
  /** None of `shadowedBy` can be left out. True for everything else. */
  readonly isMinimal: boolean
  /** Whoever has these attributes shows it, whatever the others are, and no name can be left out. Null where no attributes matter. */
  readonly witness: AttributeRecord | null
  /** The box around the witness that shows it throughout; null where no attributes matter. */
  readonly part: SpacePart | null
  readonly message: string
  readonly suggestion: string
}

/** What was left open. */
export interface OpenQuestion {
  readonly question: "complete" | "exclusive" | "reachable"
  /** Whether these overlap, or is reached; empty where all rules are asked about. */
  readonly ruleIds: readonly string[]
  /** The excluded account that is asked about; else null. */
  readonly accountId: string | null
  /** The answer for the whole is the answer for this box. */
  readonly part: SpacePart
}

/** What `analyzeRules` returns. Plain JSON. */
export interface RuleAnalysis {
  /** Whatever its id and attributes, an account has a territory. */
  readonly complete: RuleVerdict
  /** Whatever its id and attributes, an account has no more than one territory. */
  readonly exclusive: RuleVerdict
  /** Every rule decides for some record. */
  readonly reachable: RuleVerdict
  /** In the order of {@link RULE_FINDING_CODES}, then by ids; so many of each code at most as `maxFindings` says. */
  readonly findings: readonly RuleFinding[]
  /** How many were found of each code. Gaps are counted as boxes, up to `maxFindings`. */
  readonly counts: Readonly<Record<RuleFindingCode, number>>
  /** There may be more findings than these: `maxFindings` was reached, or the work spent. */
  readonly isPartial: boolean
  /** So many at most as `maxFindings` says. */
  readonly undecided: readonly OpenQuestion[]
  /** Counted steps of work that were taken, and allowed. */
  readonly work: { readonly spent: number; readonly budget: number }
  /** `territory-without-rule`: a listed territory that no rule leads to. */
  readonly warnings: readonly Warning[]
}
