import type { Dimension, Dimensions } from "./dimension.js"

/** Members that stand beside the listed ones. */
interface SpecialMembers {
  /** `OTHER`: there is a value, but no rule lists it in this dimension. Default false. */
  readonly other?: boolean
  /** `UNSPECIFIED`: there is no value. Default false. */
  readonly unspecified?: boolean
}

/** Any of these values. */
export interface SetCondition extends SpecialMembers {
  readonly values?: readonly string[]
}

/** A stretch of the number line. An end that is not given is open to infinity; give one of `min` and `above`, one of `max` and `below`. */
export interface NumberRange {
  /** This number or more. */
  readonly min?: number
  /** More than this number. */
  readonly above?: number
  /** This number or less. */
  readonly max?: number
  /** Less than this number. */
  readonly below?: number
}

/** A number in any of these ranges. */
export interface NumberCondition extends SpecialMembers {
  readonly ranges?: readonly NumberRange[]
}

/** A value that begins with any of these, to the letter. */
export interface PrefixCondition extends SpecialMembers {
  readonly prefixes?: readonly string[]
}

/** What a rule asks of one dimension: at least one member. */
export type Condition = SetCondition | NumberCondition | PrefixCondition

/** The condition that fits a kind of dimension. */
export type ConditionOf<K extends Dimension<never>["kind"]> = K extends "set" ? SetCondition : K extends "number" ? NumberCondition : PrefixCondition

/** What a rule asks, by dimension: all of it has to hold. A dimension that is not named may be anything, `OTHER` and `UNSPECIFIED` too. */
export type Conditions<D extends Dimensions<never>> = { readonly [name in keyof D]?: ConditionOf<D[name]["kind"]> }

/**
 * Accounts of a territory by what they are: those that meet all conditions, and `include`, without `exclude`. A territory may have several
 * rules. Plain JSON.
 */
export interface TerritoryRule<D extends Dimensions<never> = Dimensions<never>> {
  /** Unique, not empty. */
  readonly id: string
  readonly territoryId: string
  /** Where several rules match, the smallest rank wins; rules without a rank come after all others, and none of them before another. */
  readonly rank?: number
  /** Conditions by dimension. `{}`: every account; left out: only those of `include`. */
  readonly when?: Conditions<D>
  /** Ids of accounts that belong to the rule whatever they are; they go before whatever other rules match by conditions. */
  readonly include?: readonly string[]
  /** Ids of accounts that do not belong to the rule whatever they are. */
  readonly exclude?: readonly string[]
}

/** How rules that match the same account are ordered: by their `rank`, or by their place in the list, the first winning. */
export type RulePrecedence = "rank" | "list-order"
