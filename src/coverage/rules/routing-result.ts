import type { Alignment } from "../../model/alignment.js"
import type { Warning } from "../../model/error.js"

/**
 * Why an account went where it went. `only-match`: one rule matches. `agreement`: several match, none going before the other, all of one
 * territory. `precedence`: it goes before other rules that match. `inclusion`: a rule includes the account, which goes before all conditions.
 * `tie`: rules of several territories match, or include it, none going before the other. `no-match`: no rule matches. `value-excluded`: the
 * account has a value that a dimension which rules ask for is declared not to have, so that nothing was decided on it.
 */
export type RoutingReason = "only-match" | "agreement" | "precedence" | "inclusion" | "tie" | "no-match" | "value-excluded"

/** A value that its dimension is declared not to have: a ZIP code that lost its zero, a number below `min`, another spelling. */
export interface ExcludedValue {
  readonly dimension: string
  /** Null: the value is missing, though the dimension is `required`. */
  readonly value: string | number | null
  /** What the dimension says against it, for the end of a sentence: `is below min 0`. */
  readonly why: string
  /** A value that the dimension may have and that was probably meant; null: none is near. A guess: nothing is decided on it. */
  readonly meant: string | number | null
  /** What to ask whoever keeps the data: `were leading zeros lost?`. */
  readonly question: string
}

/** The path of one account through the rules. */
export interface RoutingDecision {
  readonly accountId: string
  /** Ascending: none for a gap, one, or those of a conflict. */
  readonly territoryIds: readonly string[]
  readonly reason: RoutingReason
  /** The rules that decided, ascending by id. */
  readonly wonBy: readonly string[]
  /** Rules that matched by conditions and did not decide, in the order of precedence, then by id. */
  readonly outranked: readonly string[]
  /** Rules whose conditions match and which exclude the account, ascending by id. */
  readonly excludedBy: readonly string[]
  /** For a gap, the rule that fails on the fewest dimensions, ties to the one that goes first, then by id; null: none has conditions. */
  readonly nearestMiss: NearestMiss | null
  /** For `value-excluded`, the values that stand against it, ascending by dimension; else empty. */
  readonly excludedValues: readonly ExcludedValue[]
  /** For `value-excluded`, the territories of an account with all values as they were probably meant; null: not known, or not asked. */
  readonly wouldGoTo: readonly string[] | null
  /** The decision in one sentence. */
  readonly message: string
}

/** A rule that almost matched. */
export interface NearestMiss {
  readonly ruleId: string
  readonly territoryId: string
  /** The conditions that fail, with the value of the account; null: none. Ascending by dimension. Empty: the rule excludes the account. */
  readonly failed: readonly { readonly dimension: string; readonly value: string | number | null }[]
}

/** What became of one rule. */
export interface RoutedRule {
  readonly id: string
  readonly territoryId: string
  /** Accounts that it matches by conditions or includes. */
  readonly matchedCount: number
  /** Accounts that it decides, alone or with others. */
  readonly wonCount: number
}

/** What `routeAccounts` returns. Plain JSON. */
export interface RoutingResult {
  /** In the order of the accounts: no row for a gap, one for each territory of a conflict. Feeds `checkCoverage`. */
  readonly alignment: Alignment
  /** One per account, in the order of the accounts. */
  readonly decisions: readonly RoutingDecision[]
  /** Accounts without a territory, worst first: by the first measure, then by id. */
  readonly gaps: readonly RoutingDecision[]
  /** Accounts between territories, worst first. */
  readonly conflicts: readonly RoutingDecision[]
  /** Ascending by id. */
  readonly rules: readonly RoutedRule[]
  readonly summary: {
    readonly accountCount: number
    readonly routedCount: number
    /** Accounts without a territory: no rule matches, or a value is excluded. */
    readonly gapCount: number
    /** Of these, the ones with a value that its dimension is declared not to have. */
    readonly excludedCount: number
    readonly conflictCount: number
    /** Per measure: in all, in gaps, in conflicts. */
    readonly measures: Readonly<Record<string, { readonly total: number; readonly inGaps: number; readonly inConflicts: number }>>
  }
  /**
   * `value-undeclared`: a value that the dimension is declared not to have (a gap, unless no rule asks for the dimension); `field-absent`: no account has the field, all count as
   * unspecified; `id-unknown`: rules name accounts that are not among these; `territory-without-rule`.
   */
  readonly warnings: readonly Warning[]
}
