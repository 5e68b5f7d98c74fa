/** An account that fits nowhere, and the territory that it takes. */
export interface PlacedAccount {
  readonly account: number
  readonly territory: number
}

/** Activities above a bound by less than this share of what is usual are at it. */
const ROUNDING = 1e-9

/**
 * Accounts that are heavier, in some measure, than the room of every territory that they may go to, the heaviest
 * first; ties by index. O(n M + sizes of the sets x M).
 *
 * @param setOf n; an account with a single territory is not heavy: it has nothing to choose
 * @param room K: upper bounds less what can go nowhere else
 */
export function findHeavyAccounts(
  M: number,
  activities: Float64Array,
  sets: readonly Int32Array[],
  setOf: Int32Array,
  room: Float64Array,
): number[] {
  const most = sets.map((set) => {
    const widest = new Float64Array(M).fill(-Infinity)
    for (const t of set) for (let m = 0; m < M; m++) widest[m] = Math.max(widest[m], room[t * M + m])
    return widest
  })
  const excess = new Map<number, number>()
  for (let i = 0; i < setOf.length; i++) {
    if (sets[setOf[i]].length === 1) continue
    const widest = most[setOf[i]]
    for (let m = 0; m < M; m++) {
      const beyond = activities[i * M + m] - widest[m]
      // what weighs nothing fits everywhere
      if (activities[i * M + m] > ROUNDING && beyond > ROUNDING) excess.set(i, Math.max(excess.get(i) ?? 0, beyond))
    }
  }
  return [...excess.keys()].sort((a, b) => (excess.get(b) as number) - (excess.get(a) as number) || a - b)
}

/**
 * The territory that a heavy account takes: where the largest excess of any measure is the least, relative to the
 * row's unit; of several alike the one that costs least, then the smallest number. O(set M).
 *
 * @param taken K: what can go nowhere else
 * @param costOf any order of preference
 */
export function placeHeavyAccount(
  M: number,
  activities: Float64Array,
  i: number,
  set: Int32Array,
  taken: Float64Array,
  upper: Float64Array,
  unit: Float64Array,
  costOf: (i: number, t: number) => number,
): number {
  let best = set[0]
  let [leastExcess, leastCost] = [Infinity, Infinity]
  for (const t of set) {
    let excess = -Infinity
    for (let m = 0; m < M; m++)
      if (activities[i * M + m] > 0)
        excess = Math.max(excess, (taken[t * M + m] + activities[i * M + m] - upper[t * M + m]) / unit[t * M + m])
    if (excess > leastExcess + ROUNDING) continue
    const cost = costOf(i, t)
    if (excess < leastExcess - ROUNDING || cost < leastCost) {
      best = t
      leastExcess = Math.min(leastExcess, excess)
      leastCost = cost
    }
  }
  return best
}
