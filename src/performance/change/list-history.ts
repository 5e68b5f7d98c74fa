import { sumOf } from "../../math/stats/sum-of.js"
import type { HistoryFlag, HistoryRow, PeriodTotal } from "./change-result.js"
import type { History } from "./read-history.js"

/** Fewer rows than this share of the usual number: something is missing. */
const INCOMPLETE = 0.5

/** The panel as rows, by territory and period. */
export function listHistory(history: History): HistoryRow[] {
  const { periods, territoryIds, outcomes, exposures, rowCounts } = history
  const width = periods.names.length
  return territoryIds.flatMap((territoryId, t) => {
    const flags = flagPeriods(rowCounts.subarray(t * width, (t + 1) * width), periods.isPartial)
    return periods.names.map((period, p): HistoryRow => {
      const cell = t * width + p
      const outcome = outcomes[cell]
      const exposure = exposures === null ? null : exposures[cell]
      return { territoryId, period, value: rowCounts[cell] === 0 ? null : valueOf(outcome, exposure), outcome, exposure, rowCount: rowCounts[cell], flag: flags[p] }
    })
  })
}

/** All records by period, and what of them no territory has. */
export function listTotals({ periods, territoryIds, outcomes, exposures, rowCounts }: History): PeriodTotal[] {
  const width = periods.names.length
  const groups = Array.from({ length: territoryIds.length + 1 }, (_, t) => t)
  const counts = Int32Array.from(periods.names, (_, p) => groups.reduce((sum, t) => sum + rowCounts[t * width + p], 0))
  const flags = flagPeriods(counts, periods.isPartial)
  return periods.names.map((period, p) => {
    const cells = groups.map((t) => t * width + p)
    const outcome = sumOf(outcomes, cells)
    const unplacedOutcome = outcomes[territoryIds.length * width + p]
    return {
      period,
      outcome,
      exposure: exposures === null ? null : sumOf(exposures, cells),
      rowCount: counts[p],
      unplacedOutcome,
      unplacedShare: outcome > 0 ? unplacedOutcome / outcome : null,
      flag: flags[p],
    }
  })
}

/** An outcome, or a ratio; null without exposure to divide by, or where the quotient is no finite number. */
export function valueOf(outcome: number, exposure: number | null): number | null {
  if (exposure === null) return outcome
  const value = exposure > 0 ? outcome / exposure : NaN
  return Number.isFinite(value) ? (value === 0 ? 0 : value) : null
}

function flagPeriods(counts: Int32Array, isPartial: readonly boolean[]): (HistoryFlag | null)[] {
  const usual = counts.filter((count, p) => count > 0 && !isPartial[p]).sort()
  const median = usual.length === 0 ? 0 : (usual[(usual.length - 1) >> 1] + usual[usual.length >> 1]) / 2
  return Array.from(counts, (count, p) => (isPartial[p] ? "partial" : count === 0 ? "empty" : count < INCOMPLETE * median ? "incomplete" : null))
}
