/** The least that a row must have to be an account: it is scored, visited and owned, wherever it lies. */
export interface IdentifiedAccount {
  /** Unique, not empty. Ids are strings: a numeric key is refused with the hint `String(id)`. */
  readonly id: string
}

/**
 * The least that a row must have to be an account with a place. Functions take any row type that extends it, so that an
 * interface of the caller's own needs no index signature.
 */
export interface LocatedAccount extends IdentifiedAccount {
  /** Degrees east, -180 to 180. */
  readonly longitude?: number | undefined
  /** Degrees north, -90 to 90. */
  readonly latitude?: number | undefined
  /** On a plane, in any one length unit, to the right or east. */
  readonly x?: number | undefined
  /** In the unit of `x`, upward or north. */
  readonly y?: number | undefined
}

/** An account whose place is known to the compiler: plans of such accounts have costs and centers that are not null. */
export type PlacedAccount = IdentifiedAccount & ({ readonly longitude: number; readonly latitude: number } | { readonly x: number; readonly y: number })

/**
 * What is assigned to a territory: a customer, a store, a ZIP code. It lies on the globe (WGS84 degrees) or on a plane
 * (`x`, `y` in any one length unit); one call takes one kind, never both. Where no account of a call has a place, distances do
 * not count: only measures, current owners, eligibility and groups do.
 */
export interface Account extends LocatedAccount {
  readonly [field: string]: unknown
}

/** A number of an account, by the name of the field or by a function of the account. */
export type Field<A> = string | ((account: A) => number)

/** A place in the same kind of space as the accounts. */
export type Location =
  | { readonly longitude: number; readonly latitude: number }
  | { readonly x: number; readonly y: number }

/** On which kind of surface the accounts of one call lie; "none" where no account has a place. */
export type Space = "globe" | "plane" | "none"
