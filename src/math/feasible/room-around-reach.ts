import { STRETCH_SLACK, type Stretched } from "./stretch-bounds.js"

/** What room depends on. */
export interface RoomInput {
  /** K: what the excess of a row counts relative to, and what can go nowhere else. */
  readonly unit: Float64Array
  readonly floor: Float64Array
  /** M: the most room, as a share of what is reached. */
  readonly tolerance: Float64Array
  /** M: the largest account that can go to several territories; no more room than that. */
  readonly largest: Float64Array
}

/**
 * Bounds to plan whole accounts by: what gave way has room on both sides of what it reaches, but not on the far side
 * of the bound asked for, and none where all of it can go nowhere else; other bounds stay. O(K).
 */
export function roomAroundReach(
  { lower, upper, lowerGave, upperGave }: Stretched,
  { unit, floor, tolerance, largest }: RoomInput,
): { readonly lower: Float64Array; readonly upper: Float64Array } {
  const M = tolerance.length
  const windows = { lower: lower.slice(), upper: upper.slice() }
  for (let r = 0; r < lower.length; r++) {
    const slack = STRETCH_SLACK * unit[r]
    if (lowerGave[r] === 1) {
      const room = Math.min(tolerance[r % M] * lower[r], largest[r % M])
      windows.lower[r] = Math.max(0, lower[r] - room)
      windows.upper[r] = Math.min(upper[r], Math.max(lower[r] + room, floor[r]) + slack)
    } else if (upperGave[r] === 1) {
      const isFull = upper[r] - floor[r] < 2 * slack
      const room = isFull ? 0 : Math.min(tolerance[r % M] * upper[r], largest[r % M])
      windows.upper[r] = upper[r] + room + slack
      windows.lower[r] = Math.max(lower[r], upper[r] - room - 2 * slack)
    } else if (floor[r] >= upper[r]) windows.upper[r] = floor[r] + slack
  }
  return windows
}
