import type { PeriodCalendar } from "./period-calendar.js"

/** How much each period counts before and after, so that both sums are of like length and season. */
export interface LikePeriods {
  /** By period; 0: takes no part. */
  readonly before: Float64Array
  /** By period, 1 or 0. */
  readonly after: Float64Array
  readonly afterCount: number
  readonly seasons: "matched" | "pooled"
  /** Seasons were to be matched, but one after has none before. */
  readonly isUnmatched: boolean
}

/**
 * Weights of periods: after counts whole; before, each season counts as often as it does after, spread over the periods before that have it. Without
 * seasons all periods before share what there is after. O(periods).
 *
 * @param before and @param after indices of periods, each at least one
 */
export function matchPeriods(calendar: PeriodCalendar, before: readonly number[], after: readonly number[], seasons: "matched" | "pooled"): LikePeriods {
  const { seasonCount } = calendar
  const count = (list: readonly number[]): Int32Array => {
    const counts = new Int32Array(seasonCount)
    for (const p of list) counts[calendar.seasons[p]]++
    return counts
  }
  const ofBefore = count(before)
  const ofAfter = count(after)
  const isWanted = seasons === "matched" && seasonCount > 1
  const isMatched = isWanted && ofAfter.every((wanted, s) => wanted === 0 || ofBefore[s] > 0)
  const weights = { before: new Float64Array(calendar.seasons.length), after: new Float64Array(calendar.seasons.length) }
  for (const p of before) {
    const s = calendar.seasons[p]
    weights.before[p] = isMatched ? ofAfter[s] / ofBefore[s] : after.length / before.length
  }
  for (const p of after) weights.after[p] = 1
  return { ...weights, afterCount: after.length, seasons: isMatched ? "matched" : "pooled", isUnmatched: isWanted && !isMatched }
}
