import type { Warning } from "../model/error.js"

/**
 * What is wrong with the coverage of one account or territory. More codes and more witnesses will join: tell findings apart by
 * `code` and ignore those that you do not know.
 */
export interface Finding {
  /**
   * `account-gap`: an account without a territory. `account-overlap`: an account in several. `territory-unknown`: a row names
   * a territory that is not in the list. `territory-empty`: a listed territory without accounts.
   */
  readonly code: "account-gap" | "account-overlap" | "territory-unknown" | "territory-empty"
  readonly accountId: string | null
  /** An overlap's owners, ascending by id; the unknown or empty territory; nothing for a gap. */
  readonly territoryIds: readonly string[]
  /** Activity of the accounts concerned, by measure of the call. */
  readonly severity: Readonly<Record<string, number>>
  readonly message: string
}

/** What `checkCoverage` returns. Plain JSON. */
export interface CoverageResult {
  /** Every account is in at least one territory. */
  readonly complete: boolean
  /** No account is in more than one territory. */
  readonly exclusive: boolean
  /** By code in the order above, worst first: then by severity in the first measure, then by id. */
  readonly findings: readonly Finding[]
  readonly summary: {
    readonly accountCount: number
    readonly territoryCount: number
    readonly coveredCount: number
    readonly gapCount: number
    readonly overlapCount: number
    /** Per measure: in all, in gaps, in overlaps. */
    readonly measures: Readonly<Record<string, { readonly total: number; readonly inGaps: number; readonly inOverlaps: number }>>
  }
  /** `assignment-repeated`: the same row twice. */
  readonly warnings: readonly Warning[]
}
