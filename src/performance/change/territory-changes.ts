import { log } from "../../math/exact/log.js"
import type { ChangeTransform } from "./history-options.js"
import type { LikePeriods } from "./like-periods.js"
import type { History } from "./read-history.js"

/** One territory before and after; null: no records, or no exposure. */
export interface TerritoryChange {
  readonly before: number | null
  readonly after: number | null
}

/** Sums, or ratios of sums, over the periods that count. O(territories x periods). */
export function compareTerritories(history: History, like: LikePeriods): TerritoryChange[] {
  const width = history.periods.names.length
  return history.territoryIds.map((_, t) => {
    const side = (weights: Float64Array): number | null => {
      let outcome = 0
      let exposure = 0
      let rows = 0
      for (let p = 0; p < width; p++) {
        if (weights[p] === 0) continue
        const cell = t * width + p
        outcome += weights[p] * history.outcomes[cell]
        rows += history.rowCounts[cell]
        if (history.exposures !== null) exposure += weights[p] * history.exposures[cell]
      }
      if (rows === 0 || (history.exposures !== null && !(exposure > 0))) return null
      const value = history.exposures === null ? outcome : outcome / exposure
      return Number.isFinite(value) ? (value === 0 ? 0 : value) : null
    }
    return { before: side(like.before), after: side(like.after) }
  })
}

/** Whether the logarithm of the ratio exists. */
export function isPositive({ before, after }: TerritoryChange): boolean {
  return before !== null && after !== null && before > 0 && after > 0
}

/**
 * The change of each territory as one number.
 *
 * @param changes all with both sides; positive with `log`
 * @param length periods that a sum goes over; 1 for ratios
 */
export function measureChanges(changes: readonly TerritoryChange[], transform: ChangeTransform, length: number): Float64Array {
  return Float64Array.from(changes, ({ before, after }) => {
    const [from, to] = [before ?? 0, after ?? 0]
    if (transform === "none") return (to - from) / length
    const logarithm = log(to / from)
    // the ratio of a huge and a tiny sum is beyond the range of numbers, its logarithm is not
    return Number.isFinite(logarithm) ? logarithm : log(to) - log(from)
  })
}
