import type { Location } from "./account.js"

/** What a territory is to be, as the caller states it. */
export interface TerritorySpec {
  readonly id: string
  readonly name?: string
  /** Where the search starts, or where the territory stays if `centerFixed`; null (as a plan without places has it): none. */
  readonly center?: Location | null
  /** The center does not move: the rep's home, for example. Needs `center`. Default false. */
  readonly centerFixed?: boolean
  /**
   * How much of the way from the mean of its accounts to `center` the territory's center stands, 0 to 1: a rep's home that the
   * territory should stay near. Needs `center`; 1 is as `centerFixed`. Default 0.
   */
  readonly centerAnchor?: number
  /**
   * Target share of the total, for all measures or by measure; territories without one divide the rest equally. All
   * shares sum to 1 within 1e-9.
   */
  readonly share?: number | Readonly<Record<string, number>>
  /** Absolute lower bound by measure; replaces the measure's bound on that side. */
  readonly min?: Readonly<Record<string, number>>
  /** Absolute upper bound by measure (capacity); replaces the measure's bound on that side. */
  readonly max?: Readonly<Record<string, number>>
}
