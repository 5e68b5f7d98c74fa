import { costOfSquare, squareBetween } from "../transport/transport-problem.js"
import { listHeldAccounts, type SiteProblem } from "./site-problem.js"

/** A bound, and what it says of every site. */
export interface PlainBound {
  /** No plan costs less; Infinity: none is possible. */
  readonly value: number
  /** Per site of the list: no plan with this site open costs less. */
  readonly withSite: Float64Array
}

/** More than what rounding can take from sums of 10,000 numbers, as a share of the sum of their sizes. */
const ROUNDING = 2e-12
/** Pairs between two pauses. */
const PAUSE = 1 << 16

/**
 * The lower bound that worths of accounts and prices of sites prove, over all choices among the sites of a list. It holds for
 * any finite worths and prices (weak duality), so nothing that leads to them has to be trusted:
 *
 *   sum_i worth_i + sum over classes of the `count` least W_s,
 *   W_s = sum over accounts that s has to serve of (cost_is - worth_i - sum_m price_sm activity_im)
 *       + sum over the others that it may serve of min(0, the same) + sum_m min(lower_m price_sm, upper_m price_sm)
 *
 * where a territory that may be empty counts 0 instead of a W above 0. What rounding may add is taken off. O(sites x n) without
 * shortcuts, but that an arc is not computed where the straight line is too long already.
 *
 * @param sites indices of sites, ascending
 * @param prices siteCount x M
 * @yields now and then
 */
export function* plainBound(problem: SiteProblem, sites: readonly number[], worths: Float64Array, prices: Float64Array): Generator<undefined, PlainBound> {
  const { n, measureCount: M, dimension, radius, power, points, weights, activities, classes, lockedClass, siteAccount, siteClass, sitePoints } = problem
  const values = new Float64Array(sites.length)
  const heldBy = listHeldAccounts(problem)
  for (let e = 0, pairs = 0; e < sites.length; e++, pairs += n) {
    if (pairs >= PAUSE) {
      pairs = 0
      yield undefined
    }
    const s = sites[e]
    const c = siteClass[s]
    const { lower, upper } = classes[c]
    let value = 0
    let size = 0
    let isPossible = true
    for (let m = 0; m < M; m++) {
      const price = prices[s * M + m]
      const term = Math.min(lower[m] * price, upper[m] * price)
      value += term
      size += Math.abs(term)
      // what it has to serve is too much by itself
      let held = siteAccount[s] >= 0 ? activities[siteAccount[s] * M + m] : 0
      for (const i of heldBy[c]) if (i !== siteAccount[s]) held += activities[i * M + m]
      if (held > upper[m]) isPossible = false
    }
    for (let i = 0; i < n; i++) {
      const locked = lockedClass[i]
      if (locked >= 0 && locked !== c) continue
      let gain = -worths[i]
      for (let m = 0; m < M; m++) gain -= prices[s * M + m] * activities[i * M + m]
      const isHeld = i === siteAccount[s] || (locked === c && classes[c].holdsLocked)
      // costs are not negative
      if (!isHeld && gain >= 0) continue
      const square = squareBetween(points, i, sitePoints, s, dimension)
      if (!isHeld && weights[i] * (power === 2 ? square : Math.sqrt(square)) + gain >= 0) continue
      const rest = weights[i] * costOfSquare(square, power, radius) + gain
      if (!isHeld && rest >= 0) continue
      value += rest
      size += Math.abs(gain)
    }
    values[e] = isPossible ? value - ROUNDING * size : Infinity
  }
  return sumClasses(problem, sites, worths, values)
}

/** sum_i worth_i + the least W of every class, and what each site would add to it. */
function sumClasses({ n, classes, siteClass }: SiteProblem, sites: readonly number[], worths: Float64Array, values: Float64Array): PlainBound {
  let value = 0
  let size = 0
  for (let i = 0; i < n; i++) {
    value += worths[i]
    size += Math.abs(worths[i])
  }
  value -= ROUNDING * size
  const last = classes.map(({ count, mayBeEmpty }, c) => {
    const ascending = Float64Array.from(sites.flatMap((s, e) => (siteClass[s] === c ? [mayBeEmpty ? Math.min(values[e], 0) : values[e]] : []))).sort()
    for (let t = 0; t < count; t++) value += ascending[t] ?? (mayBeEmpty ? 0 : Infinity)
    return count <= ascending.length ? ascending[count - 1] : mayBeEmpty ? 0 : Infinity
  })
  // a site that is not among the least takes the place of the last that is
  const withSite = values.map((own, e) => (own > last[siteClass[sites[e]]] ? value + own - last[siteClass[sites[e]]] : value))
  return { value, withSite }
}
