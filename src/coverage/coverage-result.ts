import type { Warning } from "../model/error.js"
import type { Finding } from "./finding.js"

/** What `checkCoverage` returns. Plain JSON. */
export interface CoverageResult {
  /** Every account is in at least one territory. */
  readonly complete: boolean
  /** No account is in more than one territory. */
  readonly exclusive: boolean
  /** By code in the order of {@link FINDING_CODES}, worst first: then by severity in the first measure, then by id. */
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
