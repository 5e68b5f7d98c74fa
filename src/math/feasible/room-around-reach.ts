import { STRETCH_SLACK, type Stretched } from "./stretch-bounds.js"

/** What room depends on. */
export interface RoomInput {
  /** K: what the excess of a row counts relative to, and what can go nowhere else. */
  readonly unit: Float64Array
  readonly floor: Float64Array
  /** M: the most room, as a share of what is reached. */
  readonly tolerance: Float64Array
  /** M: the largest account that can go to several territories, and a typical one. */
  readonly largest: Float64Array
  readonly typical: Float64Array
  /** K: the bounds asked for; 0 and Infinity where open. */
  readonly askedLower: Float64Array
  readonly askedUpper: Float64Array
}

/**
 * Bounds to plan whole accounts by: what gave way has room on both sides of what it reaches, but not on the far side
 * of the bound asked for, and none where all of it can go nowhere else; other bounds stay. Room is that of the
 * tolerance or of the largest account, whichever is less; where a row would then exceed its bound by more than any
 * has to, that of a typical account. O(K).
 */
export function roomAroundReach(reached: Stretched, input: RoomInput): Pick<Stretched, "lower" | "upper"> {
  const { lower, upper, lowerGave, upperGave } = reached
  const { unit, floor, askedLower, askedUpper } = input
  const excess = lower.map((low, r) => {
    const above = Math.max(upperGave[r] === 1 ? upper[r] : 0, floor[r]) - askedUpper[r]
    return Math.max(0, lowerGave[r] === 1 ? askedLower[r] - low : 0, above) / unit[r]
  })
  const worst = excess.reduce((most, own) => Math.max(most, own), 0)
  const windows = { lower: lower.slice(), upper: upper.slice() }
  for (let r = 0; r < lower.length; r++) {
    const slack = STRETCH_SLACK * unit[r]
    if (lowerGave[r] === 1) {
      const room = roomOf(r, lower[r])
      windows.lower[r] = Math.max(0, lower[r] - room)
      windows.upper[r] = Math.min(upper[r], Math.max(lower[r] + room, floor[r]) + slack)
    } else if (upperGave[r] === 1) {
      const room = upper[r] - floor[r] < 2 * slack ? 0 : roomOf(r, upper[r])
      windows.upper[r] = upper[r] + room + slack
      windows.lower[r] = Math.max(lower[r], upper[r] - room - 2 * slack)
    } else if (floor[r] >= upper[r]) windows.upper[r] = floor[r] + slack
  }
  return windows

  function roomOf(r: number, reach: number): number {
    const m = r % input.tolerance.length
    const left = (worst - excess[r]) * unit[r]
    return Math.min(input.tolerance[m] * reach, input.largest[m], Math.max(input.typical[m], left))
  }
}

/** M: of accounts that have a choice the largest, and a typical one: of one drawn by its activity the mean. O(n M). */
export function sizesOfFree(
  M: number,
  activities: Float64Array,
  sets: readonly Int32Array[],
  setOf: Int32Array,
): Pick<RoomInput, "largest" | "typical"> {
  const largest = new Float64Array(M)
  const [sum, square] = [new Float64Array(M), new Float64Array(M)]
  for (let i = 0; i < setOf.length; i++) {
    if (sets[setOf[i]].length === 1) continue
    for (let m = 0; m < M; m++) {
      const own = activities[i * M + m]
      largest[m] = Math.max(largest[m], own)
      sum[m] += own
      square[m] += own * own
    }
  }
  return { largest, typical: square.map((of, m) => (sum[m] > 0 ? of / sum[m] : 0)) }
}
