/** Entries of a ray below this share of the largest are what rounding leaves of none. */
const DUST = 1e-9

/**
 * A direction of prices (K) against bounds (K, 0 and Infinity where open) as a proof: the largest entry 1 in size, no dust, no
 * price on an open side. All 0 where nothing is left.
 */
export function cleanRay(ray: Float64Array, lower: Float64Array, upper: Float64Array): Float64Array {
  let largest = 0
  for (const price of ray) largest = Math.max(largest, Math.abs(price))
  return ray.map((price, r) => {
    const isOpen = price > 0 ? lower[r] <= 0 : upper[r] === Infinity
    return isOpen || Math.abs(price) <= DUST * largest ? 0 : price / largest
  })
}

/** What the bounds ask for along the ray: sum_r lower_r price_r where it is > 0, upper_r price_r where it is < 0. O(K). */
export function askedAlong(ray: Float64Array, lower: Float64Array, upper: Float64Array): number {
  let asked = 0
  ray.forEach((price, r) => {
    if (price > 0) asked += price * lower[r]
    else if (price < 0) asked += price * upper[r]
  })
  return asked
}

/** What the accounts can give along the ray, and where each gives most. */
export interface Reach {
  /** sum_i max_t sum_m price_tm activity_im over the territories that account i may go to. */
  readonly most: number
  /** n: one of the territories where it is reached; those with the same prices count as one, the first. */
  readonly best: Int32Array
}

/** Accounts looked at, by distinct price, between two pauses. */
const PAUSE = 1 << 16

/**
 * The most that accounts can give along a ray. Bounds that ask for more cannot be met (Farkas). O(n M x distinct prices).
 *
 * @param sets the territories of each set
 * @param setOf n
 */
export function* reachAlong(ray: Float64Array, M: number, activities: Float64Array, sets: readonly Int32Array[], setOf: Int32Array): Generator<undefined, Reach> {
  const distinct = new Array<Int32Array | undefined>(sets.length)
  const best = new Int32Array(setOf.length)
  let most = 0
  let seen = 0
  for (let i = 0; i < setOf.length; i++) {
    const choices = (distinct[setOf[i]] ??= distinctPrices(ray, M, sets[setOf[i]]))
    let largest = -Infinity
    for (const t of choices) {
      let given = 0
      for (let m = 0; m < M; m++) given += ray[t * M + m] * activities[i * M + m]
      if (given > largest) {
        largest = given
        best[i] = t
      }
    }
    most += largest
    seen += choices.length
    if (seen > PAUSE) {
      seen = 0
      yield undefined
    }
  }
  return { most, best }
}

/** The territories of a set that differ in their prices along a ray: the first of each kind. O(set M). */
export function distinctPrices(ray: Float64Array, M: number, set: Int32Array): Int32Array {
  const seen = new Set<string>()
  return set.filter((t) => {
    const prices = ray.subarray(t * M, t * M + M).join()
    if (seen.has(prices)) return false
    seen.add(prices)
    return true
  })
}
