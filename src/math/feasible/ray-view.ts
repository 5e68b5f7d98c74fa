import { distinctPrices } from "./read-ray.js"

/** What accounts can give along a ray, by the sets of territories that they may go to. */
export interface RayView {
  /** The most that account i gives in a territory of that set. */
  most(i: number, set: number): number
  /** The first territory of the set where it does. */
  best(i: number, set: number): number
}

/**
 * Looks at single accounts along a ray of prices. A set's territories are told apart by their prices once, when it is first asked
 * for: sets that come later are fine. An answer is O(M x distinct prices).
 *
 * @param sets territories, ascending
 */
export function createRayView(ray: Float64Array, M: number, activities: Float64Array, sets: readonly Int32Array[]): RayView {
  const choices = new Map<number, Int32Array>()
  const choicesOf = (set: number): Int32Array => {
    const known = choices.get(set) ?? distinctPrices(ray, M, sets[set])
    choices.set(set, known)
    return known
  }
  const given = (i: number, t: number): number => {
    let sum = 0
    for (let m = 0; m < M; m++) sum += ray[t * M + m] * activities[i * M + m]
    return sum
  }
  return {
    most(i, set) {
      let largest = -Infinity
      for (const t of choicesOf(set)) largest = Math.max(largest, given(i, t))
      return largest
    },
    best(i, set) {
      const territories = choicesOf(set)
      return territories.reduce((best, t) => (given(i, t) > given(i, best) ? t : best), territories[0])
    },
  }
}
