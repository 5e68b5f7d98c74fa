import type { TransportProblem } from "./transport-problem.js"

/** A shortage that must be somewhere counts as spread well when it is this share above the least: who lacks how much hardly matters then. */
const SPREAD = 0.01
/** What rounding alone can cause is none: relative to the sum of a measure, which is k. */
const ROUNDING = 1e-9

/**
 * A sum of violations that a plan of whole accounts need not be searched to get below: what accounts that are heavier than any
 * territory may be put above its bound wherever they go, and what they leave the other territories short of. 0 where no account
 * is so heavy. O(n M), and O(k) for each heavy account.
 *
 * The excess is a lower bound: two heavy accounts in one territory exceed it by more. So is the shortage, by territories without
 * heavy accounts, of which there are at least k less the number of these; a hundredth is added to it.
 *
 * @param scale K: what violations count relative to
 */
export function unavoidableViolation({ n, k, measureCount: M, activities, lower, upper, lockedTo }: TransportProblem, scale: Float64Array): number {
  let sum = 0
  for (let m = 0; m < M; m++) {
    let widest = 0
    let largestScale = 0
    for (let r = m; r < k * M; r += M) {
      widest = Math.max(widest, upper[r])
      largestScale = Math.max(largestScale, scale[r])
    }
    let total = 0
    let heavyTotal = 0
    let heavyCount = 0
    for (let i = 0; i < n; i++) {
      const own = activities[i * M + m]
      total += own
      if (own <= (lockedTo[i] < 0 ? widest : upper[lockedTo[i] * M + m]) + ROUNDING * k) continue
      heavyTotal += own
      heavyCount++
      sum += lockedTo[i] < 0 ? leastExcess(own, m) : (own - upper[lockedTo[i] * M + m]) / scale[lockedTo[i] * M + m]
    }
    if (heavyCount === 0) continue
    // at best the heavy accounts are where most is asked for
    const asked = Float64Array.from({ length: k }, (_, t) => lower[t * M + m]).sort()
    let least = 0
    for (let t = 0; t < k - heavyCount; t++) least += asked[t]
    const shortage = least - (total - heavyTotal)
    if (shortage > ROUNDING * k) sum += ((1 + SPREAD) * shortage) / largestScale
  }
  return sum

  function leastExcess(own: number, m: number): number {
    let least = Infinity
    for (let r = m; r < k * M; r += M) least = Math.min(least, (own - upper[r]) / scale[r])
    return least
  }
}
