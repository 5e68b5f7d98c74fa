import type { AccountSets } from "../../math/feasible/account-sets.js"
import { createRayView } from "../../math/feasible/ray-view.js"

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
export function lockGains(ray: Float64Array, M: number, activities: Float64Array, { sets, setOf, freeSetOf }: Pick<AccountSets, "sets" | "setOf" | "freeSetOf">, locked: readonly number[]): LockGain[] {
  const { most } = createRayView(ray, M, activities, sets)
  const gains: LockGain[] = []
  for (const account of locked) {
    if (setOf[account] === freeSetOf[account]) continue
    const gain = most(account, freeSetOf[account]) - most(account, setOf[account])
    if (gain > 0) gains.push({ account, gain })
  }
  return gains.sort((a, b) => b.gain - a.gain || a.account - b.account)
}
