import { nearTerritories } from "../index/account-tree.js"
import { reducedCost } from "./candidates.js"
import { readEligible } from "./pair-rules.js"
import { hasOwnCosts, squareBetween, wayCost, weighSquare, worthAt, type TransportProblem } from "./transport-problem.js"

/** Pairs of account and territory looked at between two pauses. */
const PAUSE = 1 << 16

/**
 * The lower bound that prices prove: sum_i min_t (cost_it - sum_m price_tm activity_im) + sum_r min(lower_r price_r,
 * upper_r price_r). It holds for any prices (weak duality); the optimal ones make it equal to the divisible optimum. O(n k),
 * pruned by the straight line, which is never longer than the arc; with a tree only those territories are looked at that may be
 * an account's cheapest.
 *
 * @param stake what every unit of weight with a home is taken to cost at first, so that staying gives it back: the bound is more by
 * stake x that weight, without the digits that a large sum would take from it
 * @yields after every few hundred thousand pairs
 */
export function* dualBound(problem: TransportProblem, centers: Float64Array, prices: Float64Array, stake = 0): Generator<undefined, number> {
  const { n, k, measureCount: M, points, dimension, weights, activities, power, radius, reach, lockedTo, lower, upper, eligibility, homes, tree } = problem
  let bound = 0
  for (let r = 0; r < k * M; r++) bound += Math.min(lower[r] * prices[r], upper[r] * prices[r])
  const everyone = Int32Array.from({ length: k }, (_, t) => t)
  const own = new Int32Array(k)
  let looked = 0
  const isTired = (): boolean => {
    if (looked < PAUSE) return false
    looked = 0
    return true
  }
  if (tree === undefined) {
    for (let i = 0; i < n; i++) {
      bound += leastOf(i, everyone, k)
      if (isTired()) yield undefined
    }
    return bound
  }
  for (let at = 0; at < tree.loose.length; at++) {
    bound += leastOf(tree.loose[at], everyone, k)
    if (isTired()) yield undefined
  }
  // down the tree in preorder, the lists of a node's ancestors at hand
  const lists = Array.from({ length: tree.depth }, () => new Int32Array(k))
  const counts = new Int32Array(tree.depth)
  const floor = new Float64Array(k)
  const nowhere = new Float64Array(k)
  /** Level of every node, from 0. */
  const levels = new Uint8Array(tree.count)
  for (let b = 0; b < tree.count; b++) {
    const level = levels[b]
    const given = level === 0 ? everyone : lists[level - 1]
    const givenCount = level === 0 ? k : counts[level - 1]
    counts[level] = nearTerritories(problem, tree, b, centers, prices, nowhere, 0, true, 0, given, givenCount, floor, lists[level])
    looked += givenCount
    if (tree.right[b] > 0) levels[b + 1] = levels[tree.right[b]] = level + 1
    else for (let at = tree.from[b]; at < tree.to[b]; at++) bound += leastOf(tree.order[at], lists[level], counts[level])
    if (isTired()) yield undefined
  }
  return bound

  /** The least reduced cost of account i among the near territories or those of its own list, its homes included, or at its lock. */
  function leastOf(i: number, near: Int32Array, nearCount: number): number {
    if (lockedTo[i] >= 0) return reducedAt(i, lockedTo[i])
    const ownCount = readEligible(eligibility, i, own)
    const listed = ownCount > 0 ? own : near
    const count = ownCount > 0 ? ownCount : nearCount
    let least = Infinity
    if (homes) for (let at = homes.start[i]; at < homes.start[i + 1]; at++) least = Math.min(least, reducedAt(i, homes.territory[at]))
    const isOwn = hasOwnCosts(problem, i)
    const atStake = homes ? stake * homes.total[i] : 0
    for (let l = 0; l < count; l++) {
      const t = listed[l]
      if (isOwn) {
        least = Math.min(least, reducedAt(i, t))
        continue
      }
      const square = squareBetween(points, i, centers, t, dimension)
      const straight = weights[i] * (power === 2 ? square : Math.sqrt(square))
      if (reducedCost(straight + atStake, prices, t, activities, i, M) >= least) continue
      const f = reducedCost(weighSquare(weights[i], square, power, radius, reach) - worth(i, t), prices, t, activities, i, M)
      if (f < least) least = f
    }
    looked += count
    return least
  }

  function reducedAt(i: number, t: number): number {
    return reducedCost(wayCost(problem, centers, i, t) - worth(i, t), prices, t, activities, i, M)
  }

  function worth(i: number, t: number): number {
    return homes ? worthAt(homes, i, t) - stake * homes.total[i] : 0
  }
}
