/** What an axis shows, low < high. */
export interface PlotRange {
  readonly low: number
  readonly high: number
}

/** Values that differ by less than this share of their size are shown as equal. */
const SAME = 1e-9

/**
 * The range of all values; of the intervals only what lies within twice that width, so that one tiny territory cannot flatten the rest.
 * Always finite and wide enough to divide by. O(k).
 *
 * @param values finite
 */
export function plotRange(values: readonly number[], intervals: readonly PlotRange[]): PlotRange {
  if (values.length === 0) return { low: 0, high: 1 }
  const low = values.reduce((a, b) => Math.min(a, b), Infinity)
  const high = values.reduce((a, b) => Math.max(a, b), -Infinity)
  const size = Math.max(Math.abs(low), Math.abs(high))
  const spread = high - low
  const lows = intervals.reduce((a, b) => Math.min(a, b.low), Infinity)
  const highs = intervals.reduce((a, b) => Math.max(a, b.high), -Infinity)
  const isSame = !(spread > size * SAME)
  // all the same: as wide as the intervals are
  const around = Math.min(Math.max(high - lows, highs - low, 0), 2 * size)
  const width = !isSame ? spread : intervals.length > 0 && around > size * SAME ? around : size * 0.1 || 1
  const bottom = finite(Math.max(low - width, Math.min(low - 0.03 * width, lows)))
  const top = finite(Math.min(high + width, Math.max(high + 0.03 * width, highs)))
  // of denormal numbers no part is a number of its own
  return bottom < top ? { low: bottom, high: top } : { low: bottom - 1, high: top + 1 }
}

/** Where a value lies in a range, 0 at its low end and 1 at its high end; beyond for values outside, by ten widths at most. */
export function partOf(value: number, { low, high }: PlotRange): number {
  // halves, since the width itself may be beyond the range of numbers
  const part = (value / 2 - low / 2) / (high / 2 - low / 2)
  return Number.isNaN(part) ? 0.5 : Math.max(-10, Math.min(11, part))
}

const finite = (value: number): number => Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value))
