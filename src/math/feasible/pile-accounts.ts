import type { Candidates } from "../transport/candidates.js"
import { createRandom } from "../random.js"
import type { TransportProblem } from "../transport/transport-problem.js"

/** Accounts in piles, as a problem of its own. */
export interface Piles {
  /** n: the pile of each account. */
  readonly pileOf: Int32Array
  readonly problem: TransportProblem
  /** All territories that each pile may go to. */
  readonly candidates: Candidates
}

/**
 * Puts accounts of the same set and cell on one pile: what the pile's parts are, in proportion, all of its accounts may be. Costs
 * are drawn at random, for an optimum that is one alone; what fits does not depend on them. O(n M + piles k).
 *
 * @param cellOf n: which accounts may lie together; accounts with one territory do in any case
 * @param upper K; Infinity where open
 */
export function pileAccounts(k: number, M: number, activities: Float64Array, sets: readonly Int32Array[], setOf: Int32Array, cellOf: Int32Array, lower: Float64Array, upper: Float64Array): Piles {
  const n = setOf.length
  const pileOf = new Int32Array(n)
  const pileAt = new Map<number, number>()
  const setOfPile: number[] = []
  for (let i = 0; i < n; i++) {
    const key = (sets[setOf[i]].length === 1 ? 0 : cellOf[i]) * sets.length + setOf[i]
    let pile = pileAt.get(key)
    if (pile === undefined) {
      pile = setOfPile.length
      pileAt.set(key, pile)
      setOfPile.push(setOf[i])
    }
    pileOf[i] = pile
  }
  const count = setOfPile.length
  const piled = new Float64Array(count * M)
  const totals = new Float64Array(M)
  for (let i = 0; i < n; i++) {
    for (let m = 0; m < M; m++) {
      piled[pileOf[i] * M + m] += activities[i * M + m]
      totals[m] += activities[i * M + m]
    }
  }
  const random = createRandom(0)
  const start = new Int32Array(count + 1)
  const territory: number[] = []
  const cost: number[] = []
  for (let p = 0; p < count; p++) {
    let mass = 0
    for (let m = 0; m < M; m++) mass += piled[p * M + m]
    for (const t of sets[setOfPile[p]]) {
      territory.push(t)
      cost.push(mass * (0.5 + random()))
    }
    start[p + 1] = territory.length
  }
  return {
    pileOf,
    problem: {
      n: count,
      k,
      measureCount: M,
      dimension: 2,
      points: new Float64Array(2 * count),
      radius: 0,
      power: 2,
      weights: new Float64Array(count),
      activities: piled,
      lower,
      upper: upper.map((bound, r) => Math.min(bound, totals[r % M])),
      lockedTo: new Int32Array(count).fill(-1),
      tree: undefined,
    },
    candidates: { start, territory: Int32Array.from(territory), cost: Float64Array.from(cost) },
  }
}
