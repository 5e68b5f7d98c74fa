// Long because gathering, pricing and serving share one set of scratch arrays.
import { costOfSquare, squareBetween } from "../transport/transport-problem.js"
import { createNeighborBlocks } from "./neighbor-blocks.js"
import { listHeldAccounts, type SiteProblem } from "./site-problem.js"
import { weightedQuantile, type Crossing } from "./weighted-quantile.js"

/** Prices sites at given worths of the accounts, and says which accounts a site would then serve. */
export interface SitePricer {
  /** siteCount x M: what more of a measure costs at a site; kept from call to call, as the next guess. */
  readonly prices: Float64Array
  /** To be called whenever worths have changed. O(n). */
  setWorths(worths: Float64Array): void
  /** Makes the choice of accounts soft: those within this cost a unit of weight of being worth it are served in part. 0: sharp. */
  setSoftness(softness: number): void
  /** The least of sum_i (cost_is - worth_i) y_i under the bounds of the site's class, or a little less with several measures. */
  priceSite(s: number): number
  /** served_i += share x y_i, after `priceSite`. */
  addServed(s: number, share: number, served: Float64Array): void
  /** Pairs of site and account looked at so far. */
  work(): number
}

/** Sweeps over the measures of a site: prices of the call before are near, so few do. */
const SWEEPS = 2
/** Steps of Newton's method for a price where the choice of accounts is soft. */
const SOFT_STEPS = 4
/** What an account without weight counts in the width of the soft choice. */
const NOMINAL_WEIGHT = 0.02
/** How often the range of prices is widened before the price stays at its end. */
const WIDENINGS = 40

/**
 * The problem of one site for given worths alpha of the accounts (a continuous knapsack with a window, Ceselli & Righini 2005):
 *
 *   W_s = min sum_i (cost_is - alpha_i) y_i,  lower_m <= sum_i activity_im y_i <= upper_m,  0 <= y_i <= 1, y = 1 for the site's own
 *       = max over prices of sum_i min(0, cost_is - alpha_i - sum_m price_m activity_im) + sum_m min(lower_m price_m, upper_m price_m)
 *
 * With one measure the price is a weighted quantile of (cost - alpha) / activity: exact. With more, one price after the other is.
 * A softness d makes min(0, z) the smooth -(d - z)^2 / 4d within d of 0, never more than itself.
 * Whole blocks of accounts are passed over where even the nearest corner costs more than anyone there is worth. O(accounts near).
 */
export function createSitePricer(problem: SiteProblem): SitePricer {
  const { n, measureCount: M, dimension, radius, power, points, weights, activities, classes, lockedClass, siteAccount, siteClass, sitePoints, siteCount } = problem
  const blocks = createNeighborBlocks(problem)
  const { blockCount, order, start, low, high } = blocks
  const prices = new Float64Array(siteCount * M)
  // prices up to `ceiling` are looked at; `margin` is how far above the last one that is
  const margins = new Float64Array(siteCount * M)
  const ceiling = new Float64Array(M)
  const price = new Float64Array(M)
  const shares = new Float64Array(siteCount)
  const crossing: Crossing = { key: 0, share: 0 }
  let alpha: Float64Array = new Float64Array(n)
  const blockWorth = new Float64Array(blockCount)
  const { most, least } = blockRatios()
  // accounts in the order of blocks: one after the other in memory
  const inOrder = (values: Float64Array, width: number, at: number): Float64Array => Float64Array.from(order, (i) => (at < width ? values[i * width + at] : 0))
  const xs = inOrder(points, dimension, 0)
  const ys = inOrder(points, dimension, 1)
  const zs = inOrder(points, dimension, 2)
  const ownWeights = inOrder(weights, 1, 0)
  const first = inOrder(activities, M, 0)
  const ownWorths = new Float64Array(n)
  const corners = blockCorners()
  // the accounts near a site: own index, cost - worth
  const near = new Int32Array(n)
  const rests = new Float64Array(n)
  const keys = new Float64Array(n)
  const masses = new Float64Array(n)
  const ownActivity = new Float64Array(M)
  let nearCount = 0
  let soft = 0
  const widths = new Float64Array(n)
  let ownRest = 0
  let pairs = 0
  const quarter = 4 * radius * radius
  const heldBy = listHeldAccounts(problem)

  return { prices, setWorths, setSoftness, priceSite, addServed, work: () => pairs }

  /** Most and least activity per unit of weight in a block. */
  function blockRatios(): { most: Float64Array; least: Float64Array } {
    const most = new Float64Array(blockCount * M)
    const least = new Float64Array(blockCount * M).fill(Infinity)
    for (let b = 0; b < blockCount; b++) {
      for (let p = start[b]; p < start[b + 1]; p++) {
        for (let m = 0; m < M; m++) {
          const ratio = activities[order[p] * M + m] / weights[order[p]]
          most[b * M + m] = Math.max(most[b * M + m], ratio)
          least[b * M + m] = Math.min(least[b * M + m], ratio)
        }
      }
    }
    return { most, least }
  }

  function setSoftness(width: number): void {
    soft = width
    for (let i = 0; i < n; i++) widths[i] = width * (weights[i] > 0 ? weights[i] : NOMINAL_WEIGHT)
  }

  /** Six a block: least and most x, y and z. */
  function blockCorners(): Float64Array {
    const corners = new Float64Array(6 * blockCount)
    for (let b = 0; b < blockCount; b++) {
      for (let d = 0; d < dimension; d++) {
        corners[6 * b + 2 * d] = low[b * dimension + d]
        corners[6 * b + 2 * d + 1] = high[b * dimension + d]
      }
    }
    return corners
  }

  function setWorths(worths: Float64Array): void {
    alpha = worths
    for (let p = 0; p < n; p++) ownWorths[p] = alpha[order[p]]
    for (let b = 0; b < blockCount; b++) {
      let worth = -Infinity
      for (let p = start[b]; p < start[b + 1]; p++) {
        const i = order[p]
        worth = weights[i] > 0 ? Math.max(worth, alpha[i] / weights[i]) : Infinity
      }
      blockWorth[b] = worth
    }
  }

  function costOf(weight: number, square: number): number {
    if (radius === 0) return weight * (power === 2 ? square : Math.sqrt(square))
    const s = square / quarter
    if (s > 0.05) return weight * costOfSquare(square, power, radius)
    // asin^2 as a series: the sixth term is below 1e-10 of the first
    const arc = square * (1 + s * (1 / 3 + s * (8 / 45 + s * (4 / 35 + s * (128 / 1575 + s * (128 / 2079))))))
    return weight * (power === 2 ? arc : Math.sqrt(arc))
  }

  /** Fills near, rests, ownRest and ownActivity with all that may be worth serving at prices up to `ceiling`. */
  function gather(s: number): void {
    const c = siteClass[s]
    const own = siteAccount[s]
    const x = sitePoints[s * dimension]
    const y = sitePoints[s * dimension + 1]
    const z = dimension === 3 ? sitePoints[s * dimension + 2] : 0
    nearCount = 0
    ownRest = 0
    ownActivity.fill(0)
    // the own account costs nothing
    if (own >= 0) addOwn(own, 0)
    const held = heldBy[c]
    for (const i of held) if (i !== own) addOwn(i, costOf(weights[i], squareBetween(points, i, sitePoints, s, dimension)))
    for (let b = 0; b < blockCount; b++) {
      let worth = blockWorth[b] + soft
      for (let m = 0; m < M; m++) worth += ceiling[m] > 0 ? ceiling[m] * most[b * M + m] : ceiling[m] < 0 ? ceiling[m] * least[b * M + m] : 0
      // NaN where an account without weight is in the block: then it is not passed over
      if (worth <= 0) continue
      const c6 = 6 * b
      let over = x < corners[c6] ? corners[c6] - x : x > corners[c6 + 1] ? x - corners[c6 + 1] : 0
      let square = over * over
      over = y < corners[c6 + 2] ? corners[c6 + 2] - y : y > corners[c6 + 3] ? y - corners[c6 + 3] : 0
      square += over * over
      over = z < corners[c6 + 4] ? corners[c6 + 4] - z : z > corners[c6 + 5] ? z - corners[c6 + 5] : 0
      square += over * over
      // the straight line is never longer than the arc
      if ((power === 2 ? square : Math.sqrt(square)) > worth) continue
      pairs += start[b + 1] - start[b]
      for (let p = start[b]; p < start[b + 1]; p++) {
        const dx = xs[p] - x
        const dy = ys[p] - y
        const dz = zs[p] - z
        const rest = costOf(ownWeights[p], dx * dx + dy * dy + dz * dz) - ownWorths[p]
        // not worth serving at any price up to the ceiling
        const i = order[p]
        if (rest - widths[i] > (M === 1 ? Math.max(ceiling[0] * first[p], 0) : reach(p))) continue
        if (i === own || (lockedClass[i] >= 0 && (lockedClass[i] !== c || held.length > 0))) continue
        near[nearCount] = i
        rests[nearCount++] = rest
      }
    }
    pairs += blockCount >> 1
  }

  /** What measures are worth in the account at place p of the order, at the highest prices looked at. */
  function reach(p: number): number {
    let worth = 0
    for (let m = 0; m < M; m++) worth += Math.max(ceiling[m], 0) * activities[order[p] * M + m]
    return worth
  }

  function addOwn(i: number, cost: number): void {
    ownRest += cost - alpha[i]
    for (let m = 0; m < M; m++) ownActivity[m] += activities[i * M + m]
  }

  function priceSite(s: number): number {
    const { lower, upper } = classes[siteClass[s]]
    for (let m = 0; m < M; m++) price[m] = prices[s * M + m]
    let widenings = 0
    for (;;) {
      for (let m = 0; m < M; m++) ceiling[m] = price[m] + margins[s * M + m]
      gather(s)
      // what has to be served is too much by itself: the site cannot be open
      for (let m = 0; m < M; m++) if (ownActivity[m] > upper[m]) return Infinity
      let isWide = true
      for (let sweep = 0; sweep < (M === 1 ? 1 : SWEEPS); sweep++) {
        for (let m = 0; m < M; m++) {
          price[m] = bestPrice(m, lower[m], upper[m], price[m])
          if (soft > 0 && price[m] <= ceiling[m]) price[m] = softPrice(m, lower[m], upper[m], price[m])
          if (price[m] <= ceiling[m]) continue
          price[m] = ceiling[m]
          margins[s * M + m] = Math.max(2 * margins[s * M + m], 0.05 * Math.abs(price[m]), 0.02)
          isWide = false
        }
      }
      if (isWide || ++widenings > WIDENINGS) break
    }
    let value = ownRest
    for (let m = 0; m < M; m++) {
      // margins follow the steps that prices make
      margins[s * M + m] = Math.max(0.01, 0.9 * margins[s * M + m], 0)
      prices[s * M + m] = price[m]
      value += Math.min(lower[m] * price[m], upper[m] * price[m]) - price[m] * ownActivity[m]
    }
    for (let e = 0; e < nearCount; e++) {
      let rest = rests[e]
      for (let m = 0; m < M; m++) rest -= price[m] * activities[near[e] * M + m]
      const width = widths[near[e]]
      if (rest <= -width) value += rest
      else if (rest < width) value -= (width - rest) ** 2 / (4 * width)
    }
    shares[s] = crossing.share
    return value
  }

  /** The best price of measure m, the others being what they are; more than `ceiling` where the accounts gathered are too few. */
  function bestPrice(m: number, lower: number, upper: number, guess: number): number {
    let count = 0
    let atZero = ownActivity[m]
    for (let e = 0; e < nearCount; e++) {
      const i = near[e]
      const mass = activities[i * M + m]
      if (!(mass > 0)) continue
      let rest = rests[e]
      for (let o = 0; o < M; o++) if (o !== m) rest -= price[o] * activities[i * M + o]
      const key = rest / mass
      if (key < 0) atZero += mass
      keys[count] = key
      masses[count++] = mass
    }
    crossing.share = 0
    if (atZero > upper) {
      weightedQuantile(keys, masses, count, upper - ownActivity[m], guess, crossing)
      return Math.min(crossing.key, 0)
    }
    if (atZero >= lower) return 0
    weightedQuantile(keys, masses, count, lower - ownActivity[m], guess, crossing)
    return Math.max(crossing.key, 0)
  }

  /** The best price where the choice is soft, from a near one: Newton's method on the activity served. */
  function softPrice(m: number, lower: number, upper: number, from: number): number {
    let at = from
    for (let step = 0; step < SOFT_STEPS; step++) {
      let activity = ownActivity[m]
      let slope = 0
      for (let e = 0; e < nearCount; e++) {
        const i = near[e]
        const mass = activities[i * M + m]
        let rest = rests[e] - at * mass
        for (let o = 0; o < M; o++) if (o !== m) rest -= price[o] * activities[i * M + o]
        const width = widths[i]
        if (rest >= width) continue
        if (rest > -width) {
          activity += (mass * (width - rest)) / (2 * width)
          slope += (mass * mass) / (2 * width)
        } else activity += mass
      }
      const over = at > 0 ? activity - lower : at < 0 ? activity - upper : Math.max(activity - upper, 0) + Math.min(activity - lower, 0)
      if (Math.abs(over) <= 1e-9 || !(slope > 0)) break
      const next = at - over / slope
      at = next * at < 0 ? 0 : next
    }
    return at
  }

  function addServed(s: number, share: number, served: Float64Array): void {
    const c = siteClass[s]
    const own = siteAccount[s]
    for (let m = 0; m < M; m++) ceiling[m] = price[m] = prices[s * M + m]
    gather(s)
    if (own >= 0) served[own] += share
    for (const i of heldBy[c]) if (i !== own) served[i] += share
    for (let e = 0; e < nearCount; e++) {
      const i = near[e]
      if (soft > 0) {
        let rest = rests[e]
        for (let m = 0; m < M; m++) rest -= price[m] * activities[i * M + m]
        const width = widths[i]
        served[i] += share * (rest <= -width ? 1 : rest < width ? (width - rest) / (2 * width) : 0)
        continue
      }
      if (M === 1) {
        const mass = activities[i]
        const key = mass > 0 ? rests[e] / mass : rests[e] < 0 ? -Infinity : Infinity
        if (key < price[0]) served[i] += share
        else if (key === price[0]) served[i] += share * shares[s]
        continue
      }
      let rest = rests[e]
      for (let m = 0; m < M; m++) rest -= price[m] * activities[i * M + m]
      if (rest < 0) served[i] += share
    }
  }
}
