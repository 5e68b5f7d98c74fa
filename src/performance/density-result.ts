import type { Warning } from "../model/error.js"

/** How densely the surroundings of one account are populated by accounts. */
export interface AccountDensity {
  readonly accountId: string
  /** Weight within the radius, the account's own included. */
  readonly weight: number
  /** The same per km^2, or per squared unit of the plane. */
  readonly density: number
  /** The class's name. */
  readonly class: string
}

/** One class: densities from `from` on, below `to`. */
export interface DensityClass {
  readonly id: string
  /** Null: open. */
  readonly from: number | null
  /** Null: open. */
  readonly to: number | null
  readonly accountCount: number
}

/** What `classifyDensity` returns. Plain JSON. */
export interface DensityResult {
  /** In input order. */
  readonly accounts: readonly AccountDensity[]
  /** Sparse first. */
  readonly classes: readonly DensityClass[]
  readonly radius: number
  /** `class-empty`: no account is in it, as when too many accounts have the same density. */
  readonly warnings: readonly Warning[]
}
