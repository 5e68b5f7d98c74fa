import { nearOrAll, readList, reducedCost } from "./candidates.js"
import { readEligible } from "./pair-rules.js"
import type { MissingPairs, PairSource } from "./missing-pairs.js"
import { hasOwnCosts, pairCost, squareBetween, weighSquare, worthAt, type TransportProblem } from "./transport-problem.js"

/** Pairs looked at between two pauses. */
const PAUSE = 1 << 16

/**
 * All n k pairs of a problem at given centers, as a source for a solver that works on a few.
 *
 * @param slack a pair that is cheaper by no more than this share of what is compared is none: rounding
 * @returns the source, and the bound that its last call of `cheaper` proved: no divisible plan costs less
 */
export function createPairSource(problem: TransportProblem, centers: Float64Array, slack: number): PairSource & { provenBound(): number } {
  const { n, k, points, dimension, weights, activities, power, radius, reach, lockedTo, lower, upper, eligibility, homes } = problem
  const own = new Int32Array(k)
  let bound = -Infinity

  function costOf(i: number, t: number): number {
    return pairCost(problem, centers, i, t)
  }

  /** The cheapest of the listed territories by reduced cost, if it is below `limit`; the straight line is a lower bound of the arc. */
  function cheapest(i: number, listed: Int32Array, count: number, prices: Float64Array, limit: number): { t: number; reduced: number } {
    let t = -1
    let reduced = limit
    const isOwn = hasOwnCosts(problem, i)
    for (let l = 0; l < count; l++) {
      const s = listed[l]
      if (isOwn) {
        const f = reducedCost(pairCost(problem, centers, i, s), prices, s, activities, i, 1)
        if (f >= reduced) continue
        reduced = f
        t = s
        continue
      }
      const square = squareBetween(points, i, centers, s, dimension)
      const worth = homes ? worthAt(homes, i, s) : 0
      const straight = weights[i] * (power === 2 ? square : Math.sqrt(square)) - worth - prices[s] * activities[i]
      if (straight >= reduced) continue
      const f = radius === 0 && !reach ? straight : reducedCost(weighSquare(weights[i], square, power, radius, reach) - worth, prices, s, activities, i, 1)
      if (f >= reduced) continue
      reduced = f
      t = s
    }
    return { t, reduced }
  }

  function* cheaper(prices: Float64Array, owner: Int32Array): Generator<undefined, MissingPairs> {
    const found = { accounts: [] as number[], territories: [] as number[], costs: [] as number[] }
    bound = 0
    for (let t = 0; t < k; t++) bound += Math.min(lower[t] * prices[t], upper[t] * prices[t])
    const lists = yield* nearOrAll(problem, centers, prices, new Float64Array(k), 0)
    const listed = new Int32Array(k)
    for (let i = 0; i < n; ) {
      for (let seen = 0; i < n && seen < PAUSE; i++) seen += 8 + lookAt(i)
      if (i < n) yield undefined
    }
    return found

    /** Answers how many territories were looked at. */
    function lookAt(i: number): number {
      const own = reducedCost(costOf(i, owner[i]), prices, owner[i], activities, i, 1)
      if (lockedTo[i] >= 0) {
        bound += own
        return 0
      }
      const count = readList(problem, lists, i, -1, listed)
      const { t, reduced } = cheapest(i, listed, count, prices, own)
      bound += reduced
      // what rounding can make of the two
      if (reduced < own - slack * (Math.abs(own) + Math.abs(prices[owner[i]]) * activities[i])) {
        found.accounts.push(i)
        found.territories.push(t)
        found.costs.push(costOf(i, t))
      }
      return count
    }
  }

  function* leaving(prices: Float64Array, isStuck: Uint8Array, isReached: Uint8Array): Generator<undefined, MissingPairs> {
    const found = { accounts: [] as number[], territories: [] as number[], costs: [] as number[] }
    const open = Int32Array.from({ length: k }, (_, t) => t).filter((t) => isReached[t] === 0)
    let seen = 0
    for (let i = 0; i < n; i++) {
      if (isStuck[i] === 0 || lockedTo[i] >= 0) continue
      seen += 1 + open.length
      if (seen >= PAUSE) {
        seen = 0
        yield undefined
      }
      const { t } = openFor(i)
      if (t < 0) continue
      found.accounts.push(i)
      found.territories.push(t)
      found.costs.push(costOf(i, t))
    }
    return found

    function openFor(i: number): { t: number; reduced: number } {
      const count = readEligible(eligibility, i, own)
      if (count === 0) return cheapest(i, open, open.length, prices, Infinity)
      let rest = 0
      for (let l = 0; l < count; l++) if (isReached[own[l]] === 0) own[rest++] = own[l]
      return cheapest(i, own, rest, prices, Infinity)
    }
  }

  return { cheaper, leaving, provenBound: () => bound }
}
