import type { Location } from "../model/account.js"
import type { Warning } from "../model/error.js"

/** A place with much potential that no territory covers. */
export interface WhiteSpace {
  /** 1 for the most. */
  readonly rank: number
  /** The mean of its accounts, weighted by potential. */
  readonly center: Location
  /** Of its accounts; each is in one white space only. */
  readonly potential: number
  /** Of all potential that is not covered. */
  readonly share: number
  readonly accountIds: readonly string[]
  /** The territory that comes nearest: of its center where it has one, else of the nearest account that it covers. */
  readonly nearest: { readonly territoryId: string; readonly distance: number } | null
  readonly message: string
}

/** What `findWhiteSpaces` returns. Plain JSON. */
export interface WhiteSpaceResult {
  /** Most potential first. */
  readonly spaces: readonly WhiteSpace[]
  readonly uncovered: { readonly accountCount: number; readonly potential: number }
  readonly total: { readonly accountCount: number; readonly potential: number }
  /** `account-unplaced`: accounts without coordinates, which are in no white space. */
  readonly warnings: readonly Warning[]
}
