/** What sums alone tell: that bounds fit, a ray of prices that proves that they do not, or nothing. */
export type SumsVerdict = { readonly status: "fits" } | { readonly status: "conflict"; readonly ray: Float64Array } | { readonly status: "open" }

/** Shares of the free accounts may miss 1 by so much. */
const ROUNDING = 1e-12

/**
 * What the sums of locked and of free accounts tell about bounds, in O(n M + k M), for most questions enough:
 * - Too much is locked to a territory, or what the territories lack, or what they have room for, sums to more, or less, than the
 *   free accounts have: a conflict. The largest one of a single territory is
 *   returned, or else one of a sum.
 * - Where all free accounts may go anywhere and every territory can take its share of all measures alike, within bounds, with
 *   shares that sum to 1: that fits. With one measure there is nothing else.
 *
 * @param lower K; 0 where open
 * @param upper K; Infinity where open
 * @param least a conflict is larger than this
 */
export function fitBySums(k: number, M: number, activities: Float64Array, sets: readonly Int32Array[], setOf: Int32Array, lower: Float64Array, upper: Float64Array, least: number): SumsVerdict {
  const n = setOf.length
  const locked = new Float64Array(k * M)
  const free = new Float64Array(M)
  let isFree = true
  for (let i = 0; i < n; i++) {
    const set = sets[setOf[i]]
    if (set.length < k && set.length > 1) isFree = false
    const isLocked = set.length === 1
    for (let m = 0; m < M; m++) {
      if (isLocked) locked[set[0] * M + m] += activities[i * M + m]
      else free[m] += activities[i * M + m]
    }
  }
  let largest = least
  let ray: Float64Array | null = null
  const consider = (excess: number, price: (r: number) => number): void => {
    if (!(excess > largest)) return
    largest = excess
    ray = Float64Array.from({ length: k * M }, (_, r) => price(r))
  }
  // one territory first: whatever follows from it for the others is not the cause
  for (let r = 0; r < k * M; r++) consider(locked[r] - upper[r], (other) => (other === r ? -1 : 0))
  for (let m = 0; m < M && ray === null; m++) {
    let lacking = 0
    let room = 0
    for (let r = m; r < k * M; r += M) {
      lacking += Math.max(0, lower[r] - locked[r])
      room += Math.max(0, upper[r] - locked[r])
    }
    consider(lacking - free[m], (r) => (r % M === m && lower[r] > locked[r] ? 1 : 0))
    consider(free[m] - room, (r) => (r % M === m ? -1 : 0))
  }
  if (ray !== null) return { status: "conflict", ray }
  if (!isFree) return { status: "open" }
  let fewest = 0
  let most = 0
  for (let t = 0; t < k; t++) {
    let low = 0
    let high = Infinity
    for (let m = 0; m < M; m++) {
      const r = t * M + m
      if (free[m] === 0) continue
      low = Math.max(low, (lower[r] - locked[r]) / free[m])
      high = Math.min(high, Math.max(0, upper[r] - locked[r]) / free[m])
    }
    if (low > high + ROUNDING) return { status: M === 1 ? "fits" : "open" }
    fewest += low
    most += high
  }
  return { status: M === 1 || (fewest <= 1 + ROUNDING && most >= 1 - ROUNDING) ? "fits" : "open" }
}
