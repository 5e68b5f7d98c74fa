/** The five ways in which territories can fail to cover a market once and only once. */
export type CoveragePlane = "accounts" | "owners" | "geometry" | "capacity" | "dates"

/**
 * What a finding says; new codes may join: tell findings apart by `code` and ignore those that you do not know.
 *
 * Accounts: in no territory, in none since rules met a value that its dimension excludes, in several, in one that is not listed; a territory without any. Owners: located or ruled in A and aligned to
 * B; served by who belongs to B; by nobody; by one who is not listed; by several in one territory. Geometry: areas in two territories, in
 * none, enclosed by one territory; pieces too small to be meant; a territory whose border cannot be followed; an area that is not listed; what
 * is no polygon. Capacity: work above what
 * there is, an account too far from its center, a territory without a rep. Dates: two owners on one day, a day with none.
 */
export type FindingCode =
  | "account-gap"
  | "value-excluded"
  | "account-overlap"
  | "territory-unknown"
  | "territory-empty"
  | "account-elsewhere"
  | "owner-elsewhere"
  | "owner-missing"
  | "owner-unknown"
  | "owners-several"
  | "area-overlap"
  | "area-gap"
  | "area-hole"
  | "area-sliver"
  | "area-undecided"
  | "area-unknown"
  | "area-invalid"
  | "capacity-exceeded"
  | "account-too-far"
  | "territory-unstaffed"
  | "date-overlap"
  | "date-gap"

/** All codes, in the order in which findings are listed. */
export const FINDING_CODES: readonly FindingCode[] = Object.freeze([
  "account-gap",
  "value-excluded",
  "account-overlap",
  "territory-unknown",
  "territory-empty",
  "account-elsewhere",
  "owner-elsewhere",
  "owner-missing",
  "owner-unknown",
  "owners-several",
  "area-overlap",
  "area-gap",
  "area-hole",
  "area-sliver",
  "area-undecided",
  "area-unknown",
  "area-invalid",
  "capacity-exceeded",
  "account-too-far",
  "territory-unstaffed",
  "date-overlap",
  "date-gap",
])

/** One place where coverage fails, with a witness, what is at stake and what would mend it. Plain JSON. */
export interface Finding {
  readonly plane: CoveragePlane
  readonly code: FindingCode
  /** The account that shows it; null where it is about territories or areas. */
  readonly accountId: string | null
  /** Ascending by id: an overlap's territories; the unknown, empty, overloaded or unstaffed one; nothing for a gap. */
  readonly territoryIds: readonly string[]
  /** Who serves: reps, ascending by id; empty outside of the planes of owners and dates. */
  readonly ownerIds: readonly string[]
  /** Areas concerned, ascending by id, for the geometry plane; else empty. */
  readonly areaIds: readonly string[]
  /** First and last day concerned, as YYYY-MM-DD, for the dates plane; else null. */
  readonly from: string | null
  readonly until: string | null
  /** On the sphere, for the geometry plane; else null. */
  readonly areaKm2: number | null
  /** Activity of the accounts concerned, by measure of the call. */
  readonly severity: Readonly<Record<string, number>>
  readonly message: string
  /** What would remove it, in one sentence; nothing does so by itself. */
  readonly suggestion: string
}

/** What a finding has to say; what it does not is null or empty. */
export type FindingParts = Pick<Finding, "plane" | "code" | "severity" | "message" | "suggestion"> & Partial<Finding>

/** A finding with all its keys, in their order. */
export function makeFinding({ plane, code, accountId = null, territoryIds = [], ownerIds = [], areaIds = [], from = null, until = null, areaKm2 = null, severity, message, suggestion }: FindingParts): Finding {
  return { plane, code, accountId, territoryIds, ownerIds, areaIds, from, until, areaKm2, severity, message, suggestion }
}
