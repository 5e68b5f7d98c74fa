import type { CompiledProblem } from "../compile-problem.js"
import { limitOfTerritory, type Disruption } from "../read-disruption.js"

/** An account that goes from one territory of the plan to another. */
export interface Change {
  readonly i: number
  readonly from: number
  readonly to: number
}

/** Sums of weights that differ by less than this share of the total are the same. */
const SUM_SLACK = 1e-12

/**
 * Whether changes of a plan keep the limits on moves, as the judge counts them: what may move in all, and what every territory may hand
 * off and take over. A limit that the plan breaks may not be broken by more. O(n) to prepare, then O(changes).
 *
 * @param homeOf n: place in the plan of the territory that an account belongs to today, -1 where that is none
 * @param movedBy weight that counts as moved when account i is in t
 */
export function createMoveLimits(
  { problem }: Pick<CompiledProblem, "problem">,
  { weights, total, maxMovedShare, maxHandedOff, maxTakenOver, owned }: Disruption,
  territoryIds: readonly string[],
  owner: Int32Array,
  homeOf: Int32Array,
  movedBy: (i: number, t: number) => number,
): (changes: readonly Change[]) => boolean {
  const slack = SUM_SLACK * total
  const mostOf = (shares: Disruption["maxHandedOff"]): (number | null)[] => territoryIds.map((id) => limitOfTerritory(shares, owned, id))
  const [mostHandedOff, mostTakenOver] = [mostOf(maxHandedOff), mostOf(maxTakenOver)]
  const hasLimits = [...mostHandedOff, ...mostTakenOver].some((most) => most !== null)
  // what cannot stay where it is in any case may always leave, but is handed off before anything else, and is welcome anywhere
  const isForced = (i: number): boolean => problem.homes?.total[i] === 0
  const forced = new Float64Array(territoryIds.length)
  const handedOff = new Float64Array(territoryIds.length)
  const takenOver = new Float64Array(territoryIds.length)
  let movedNow = 0
  owner.forEach((t, i) => {
    const moved = movedBy(i, t)
    movedNow += moved
    if (homeOf[i] >= 0) {
      handedOff[homeOf[i]] += moved
      if (isForced(i)) forced[homeOf[i]] += weights[i]
    }
    if (!isForced(i)) takenOver[t] += moved
  })
  mostHandedOff.forEach((most, t) => {
    if (most !== null) mostHandedOff[t] = Math.max(most, forced[t])
  })
  return (changes) => {
    const off = new Map<number, number>()
    const over = new Map<number, number>()
    const add = (sums: Map<number, number>, t: number, weight: number): void => void sums.set(t, (sums.get(t) ?? 0) + weight)
    let more = 0
    for (const { i, from, to } of changes) {
      const [before, after] = [movedBy(i, from), movedBy(i, to)]
      more += after - before
      if (!hasLimits) continue
      add(off, homeOf[i], after - before)
      if (isForced(i)) continue
      add(over, from, -before)
      add(over, to, after)
    }
    if (maxMovedShare !== null && more > 0 && movedNow + more > maxMovedShare * total + slack) return false
    const keeps = (sums: Map<number, number>, now: Float64Array, most: readonly (number | null)[]): boolean =>
      [...sums].every(([t, weight]) => t < 0 || weight <= 0 || now[t] + weight <= (most[t] ?? Infinity) + slack)
    return keeps(off, handedOff, mostHandedOff) && keeps(over, takenOver, mostTakenOver)
  }
}
