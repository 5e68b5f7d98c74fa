import type { Warning } from "../model/error.js"
import type { Finding, FindingCode } from "./finding.js"

/** What `checkCoverage` returns. Plain JSON. */
export interface CoverageResult {
  /** Every account is in at least one territory that is no overlay. */
  readonly complete: boolean
  /** No account is in more than one territory, or in two of one overlay. */
  readonly exclusive: boolean
  /** By code in the order of {@link FINDING_CODES}, worst first: then by severity in the first measure, then by id. */
  readonly findings: readonly Finding[]
  readonly summary: {
    readonly accountCount: number
    readonly territoryCount: number
    readonly coveredCount: number
    readonly gapCount: number
    readonly overlapCount: number
    /** How many findings there are of each code that there is one of. */
    readonly counts: Readonly<Partial<Record<FindingCode, number>>>
    /** Per measure: in all, in gaps, in overlaps. */
    readonly measures: Readonly<Record<string, { readonly total: number; readonly inGaps: number; readonly inOverlaps: number }>>
  }
  /** `assignment-repeated`: the same row twice. `account-unplaced`: accounts whose distance could not be checked. */
  readonly warnings: readonly Warning[]
}
