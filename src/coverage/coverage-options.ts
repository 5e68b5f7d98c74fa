import type { Location } from "../model/account.js"
import type { Alignment } from "../model/alignment.js"
import type { MeasureField } from "../model/measure.js"
import type { TextField } from "../model/read-text-field.js"
import type { Finding } from "./finding.js"
import type { RoutingDecision } from "./rules/routing-result.js"

/** A territory as coverage is checked: more than an id only where there is more to check. */
export interface CoverageTerritory {
  readonly id: string
  /** The role or product that this territory adds to others, such as "specialist": sharing accounts with other layers is no overlap. Default: none, the territory is one of those of which every account needs exactly one. */
  readonly overlay?: string
  /** Who serves it. Where one territory has a list, one with none, or an empty one, is a finding. */
  readonly repIds?: readonly string[]
  /** What it can take, by measure of the call; instead of `capacity` of the call. */
  readonly capacity?: Readonly<Record<string, number>>
  /** Where distances are taken to; null, as in a plan of accounts without places: not known. */
  readonly center?: Location | null
}

/** Who serves the accounts. */
export interface OwnerOptions<A> {
  /** The person of an account: a field, or a function; text, or null for none. */
  readonly field: TextField<A>
  /** The territories of each person, by person. Default: unknown, and persons are only counted. */
  readonly territoriesOf?: Readonly<Record<string, string | readonly string[]>>
}

/** Who had a territory, or an account, from one day to another. */
export interface Tenure {
  /** Exactly one of the two. */
  readonly territoryId?: string
  readonly accountId?: string
  readonly ownerId: string
  /** First and last day, YYYY-MM-DD; no last day: until now. */
  readonly from: string
  readonly until?: string | null
  /** A role or product that comes beside others. Default: none. */
  readonly overlay?: string
}

/** Days to look at, both included, and who had what. */
export interface TenureOptions {
  readonly rows: readonly Tenure[]
  readonly from: string
  readonly until: string
}

/**
 * Where place or rules put accounts: rows, or a result that has them. Of the result of `routeAccounts` the decisions are looked at too: an
 * account that was left undecided since a value is excluded, and that has no territory, is found as `value-excluded`, with its question.
 */
export type LocatedAlignment =
  | Alignment
  | { readonly alignment: Alignment; readonly decisions?: readonly Pick<RoutingDecision, "accountId" | "reason" | "excludedValues" | "wouldGoTo">[] }

/** What `checkCoverage` may be told: every plane is checked for which there is something to check. */
export interface CoverageOptions<A> {
  /**
   * The territories there are, by id or as objects with an `id` (a plan's `territories`, or the specs it was made from).
   * Without the list, every territory that a row names exists, and none can be unknown or empty.
   */
  readonly territories?: readonly (string | CoverageTerritory)[]
  /** What is at stake: activity per account, >= 0, that findings add up and are sorted by (the first first). Default: none. */
  readonly measures?: Readonly<Record<string, MeasureField<A>>>
  /**
   * Where place or rules put the accounts (what `routeAccounts` returned, rows of polygons): who is aligned elsewhere is a finding, and so is
   * who has no territory as rules met an excluded value. Default: not checked.
   */
  readonly located?: LocatedAlignment
  /** Who serves the accounts. Default: not checked. */
  readonly owners?: OwnerOptions<A>
  /** What every territory can take, by measure of the call. Default: what territories say themselves. */
  readonly capacity?: Readonly<Record<string, number>>
  /** How far an account may be from the center of its territory: km, or the plane's unit; any number beyond all distances is no limit. Default: not checked. */
  readonly maxDistance?: number
  /** Who had territories, or accounts, and when. Default: not checked. */
  readonly tenures?: TenureOptions
  /** What `checkAreas` found: its findings join the others. Default: none. */
  readonly areas?: { readonly findings: readonly Finding[] }
}

/** The defaults of {@link CoverageOptions}. */
export const DEFAULT_COVERAGE_OPTIONS: Readonly<{ measures: Readonly<Record<string, never>> }> = Object.freeze({
  measures: Object.freeze({}), // without a measure findings are sorted by id, and severity is empty
})

/** All keys of {@link CoverageOptions}. */
export const COVERAGE_OPTION_KEYS: readonly (keyof CoverageOptions<never>)[] = Object.freeze(["territories", "measures", "located", "owners", "capacity", "maxDistance", "tenures", "areas"] as const)
