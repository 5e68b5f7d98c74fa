import { STRETCH_SLACK, type Ask, type Stretched } from "./stretch-bounds.js"

type Windows = Pick<Stretched, "lower" | "upper">

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
  /** M: what each of them has that has any, where that is the same amount; 0 where it is not. */
  readonly each: Float64Array
  /** K: the bounds asked for; 0 and Infinity where open. */
  readonly askedLower: Float64Array
  readonly askedUpper: Float64Array
}

/**
 * Windows of {@link roomAroundReach}, those without room on the top level where accounts of one measure all have the
 * same amount and can keep them, whole. O(K) and one question.
 */
export function* keepableRoom(reached: Stretched, input: RoomInput, ask: Ask): Generator<undefined, Windows> {
  const { each } = input
  const loose = roomAroundReach(reached, { ...input, each: each.map(() => 0) })
  if (each.length > 1 || each[0] === 0) return loose
  const tight = roomAroundReach(reached, input)
  const whole = wholeWithin(tight, input, each[0])
  if (whole.lower.some((bound, r) => bound > whole.upper[r])) return loose
  const { status } = yield* ask(whole.lower, whole.upper)
  return status === "fits" ? tight : loose
}

/**
 * Bounds to plan whole accounts by: what gave way has room on both sides of what it reaches, but not on the far side
 * of the bound asked for, and none where all of it can go nowhere else; other bounds stay. Room is that of the
 * tolerance or of the largest account, whichever is less; where a row would then exceed its bound by more than any
 * has to, that of a typical account.
 *
 * Where accounts have the same amount each, windows are as wide as whole accounts need, and what is farther outside
 * than anything else gets no room to be farther still: {@link keepableRoom} asks whether whole accounts can keep that.
 *
 * O(K).
 */
export function roomAroundReach(reached: Stretched, input: RoomInput): Windows {
  const { lower, upper, lowerGave, upperGave } = reached
  const { unit, floor, askedLower, askedUpper } = input
  const excess = lower.map((low, r) => {
    const above = Math.max(upperGave[r] === 1 ? upper[r] : 0, floor[r]) - askedUpper[r]
    return Math.max(0, lowerGave[r] === 1 ? askedLower[r] - low : 0, above) / unit[r]
  })
  const worst = excess.reduce((most, own) => Math.max(most, own), 0)
  const windows = { lower: lower.slice(), upper: upper.slice() }
  const isTop = excess.map((own) => (own > 0 && own >= worst * (1 - SAME) - STRETCH_SLACK ? 1 : 0))
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
    if ((lowerGave[r] === 1 || upperGave[r] === 1) && input.each[r % input.each.length] > 0) toWhole(r, slack)
  }
  return windows

  /** As many whole accounts as are next to what is reached, on either side; on the top level no more beyond. */
  function toWhole(r: number, slack: number): void {
    const each = input.each[r % input.each.length]
    const count = ((lowerGave[r] === 1 ? lower[r] : upper[r]) - floor[r]) / each
    const below = floor[r] + each * Math.max(0, Math.floor(count + (2 * slack) / each)) - slack
    const above = floor[r] + each * Math.max(0, Math.ceil(count - (2 * slack) / each)) + slack
    const [isTopBelow, isTopAbove] = [isTop[r] === 1 && lowerGave[r] === 1, isTop[r] === 1 && upperGave[r] === 1]
    windows.lower[r] = Math.max(0, isTopBelow ? below : Math.min(windows.lower[r], below))
    windows.upper[r] = isTopAbove ? above : Math.max(windows.upper[r], above)
  }

  function roomOf(r: number, reach: number): number {
    const m = r % input.tolerance.length
    const left = (worst - excess[r]) * unit[r]
    return Math.min(input.tolerance[m] * reach, input.largest[m], Math.max(input.typical[m], left))
  }
}

/** Amounts that differ by less than this share are the same. */
const SAME_AMOUNT = 1e-12
/** Excesses that differ by less than this share are of one level. */
const SAME = 1e-7

/**
 * K: the numbers of whole accounts within windows, all accounts having the same amount `each`, as bounds: where
 * divided accounts can keep them, whole ones can, because flows between whole bounds are whole (Hoffman and Kruskal
 * 1956). O(K).
 */
function wholeWithin(
  { lower, upper }: Windows,
  { floor, unit }: Pick<RoomInput, "floor" | "unit">,
  each: number,
): Windows {
  const slackOf = (r: number): number => STRETCH_SLACK * unit[r]
  const whole = (bound: number, r: number, round: (count: number) => number): number =>
    bound === Infinity ? bound : floor[r] + each * Math.max(0, round((bound - floor[r]) / each))
  return {
    lower: lower.map((bound, r) =>
      Math.max(0, whole(bound, r, (count) => Math.ceil(count - (2 * slackOf(r)) / each)) - slackOf(r)),
    ),
    upper: upper.map(
      (bound, r) => whole(bound, r, (count) => Math.floor(count + (2 * slackOf(r)) / each)) + slackOf(r),
    ),
  }
}

/** M: of accounts that have a choice the largest, and a typical one: of one drawn by its activity the mean. O(n M). */
export function sizesOfFree(
  M: number,
  activities: Float64Array,
  sets: readonly Int32Array[],
  setOf: Int32Array,
): Pick<RoomInput, "largest" | "typical" | "each"> {
  const each = new Float64Array(M)
  const isSame = new Uint8Array(M).fill(1)
  const largest = new Float64Array(M)
  const [sum, square] = [new Float64Array(M), new Float64Array(M)]
  for (let i = 0; i < setOf.length; i++) {
    if (sets[setOf[i]].length === 1) continue
    for (let m = 0; m < M; m++) {
      const own = activities[i * M + m]
      largest[m] = Math.max(largest[m], own)
      if (own > 0 && each[m] === 0) each[m] = own
      if (own > 0 && Math.abs(own - each[m]) > SAME_AMOUNT * each[m]) isSame[m] = 0
      sum[m] += own
      square[m] += own * own
    }
  }
  return {
    largest,
    each: each.map((own, m) => (isSame[m] === 1 ? own : 0)),
    typical: square.map((of, m) => (sum[m] > 0 ? of / sum[m] : 0)),
  }
}
