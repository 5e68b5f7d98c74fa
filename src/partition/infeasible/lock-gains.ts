import type { AccountSets } from "../../math/feasible/account-sets.js"

/** A locked account, and by how much more it could give along a ray if it were free. */
export interface LockGain {
  readonly account: number
  readonly gain: number
}

/**
 * What every lock costs along a ray of prices: unlocked, these accounts reach so much more, exactly and in sum. The largest first;
 * ties: the smaller account. O(locked k M).
 */
export function lockGains(ray: Float64Array, M: number, activities: Float64Array, { sets, setOf, freeSetOf }: AccountSets, locked: readonly number[]): LockGain[] {
  const valueOf = (i: number, set: Int32Array): number => {
    let most = -Infinity
    for (const t of set) {
      let given = 0
      for (let m = 0; m < M; m++) given += ray[t * M + m] * activities[i * M + m]
      most = Math.max(most, given)
    }
    return most
  }
  return locked.map((account) => ({ account, gain: valueOf(account, sets[freeSetOf[account]]) - valueOf(account, sets[setOf[account]]) })).sort((a, b) => b.gain - a.gain || a.account - b.account)
}
