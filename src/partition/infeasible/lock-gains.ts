import type { AccountSets } from "../../math/feasible/account-sets.js"
import { distinctPrices } from "../../math/feasible/read-ray.js"

/** A locked account, and by how much more it could give along a ray if it were free. */
export interface LockGain {
  readonly account: number
  /** > 0. */
  readonly gain: number
}

/**
 * What every lock costs along a ray of prices: unlocked, these accounts reach so much more, exactly and in sum. The largest first;
 * ties: the smaller account; without those that cost nothing. O(locked M x distinct prices).
 */
export function lockGains(ray: Float64Array, M: number, activities: Float64Array, { sets, setOf, freeSetOf }: AccountSets, locked: readonly number[]): LockGain[] {
  const choices = new Map<number, Int32Array>()
  const choicesOf = (set: number): Int32Array => {
    const known = choices.get(set) ?? distinctPrices(ray, M, sets[set])
    choices.set(set, known)
    return known
  }
  const most = (i: number, territories: Int32Array): number => {
    let largest = -Infinity
    for (const t of territories) {
      let given = 0
      for (let m = 0; m < M; m++) given += ray[t * M + m] * activities[i * M + m]
      largest = Math.max(largest, given)
    }
    return largest
  }
  const gains: LockGain[] = []
  for (const account of locked) {
    if (setOf[account] === freeSetOf[account]) continue
    const gain = most(account, choicesOf(freeSetOf[account])) - most(account, choicesOf(setOf[account]))
    if (gain > 0) gains.push({ account, gain })
  }
  return gains.sort((a, b) => b.gain - a.gain || a.account - b.account)
}
