import type { MovingCosts } from "./moving-costs.js"
import { costOfSquare, squareBetween, type TransportProblem } from "./transport-problem.js"

/**
 * Territories whose center is the member that serves all members at the least cost. For every account the sum that its
 * territory would cost if it were the center is kept up to date, O(size) a move; so what a move changes, the best center
 * after it included, is found by one look at the members, and at power 1 mostly turned down by the triangle inequality
 * before that, O(1). Ties: the member that is found first.
 */
export function medoidCosts(problem: TransportProblem, fixed: Uint8Array, members: readonly number[][], given: Float64Array): MovingCosts {
  const { n, k, dimension: D, points, weights, power, radius } = problem
  const centers = new Float64Array(given)
  const cost = new Float64Array(k)
  const mass = new Float64Array(k)
  const heaviest = weights.reduce((most, w) => Math.max(most, w), 0)
  /** n: what the territory of account i costs with i as its center. */
  const sumAt = new Float64Array(n)
  /** n: distance^power of account i from its center, unweighted. */
  const away = new Float64Array(n)
  /** k: what a change of center can save beyond the move itself, at most, at power 1: of one account that comes or goes, and of a swap. */
  const slack = new Float64Array(k)
  const slackOfSwap = new Float64Array(k)
  for (let t = 0; t < k; t++) {
    for (const j of members[t]) {
      mass[t] += weights[j]
      if (fixed[t] === 0) for (const i of members[t]) sumAt[j] += weights[i] * between(i, j)
    }
    settle(t)
  }
  return { centers, cost, change, moved }

  function between(i: number, j: number): number {
    return costOfSquare(squareBetween(points, i, points, j, D), power, radius)
  }

  function fromCenter(i: number, t: number): number {
    return costOfSquare(squareBetween(points, i, centers, t, D), power, radius)
  }

  function change(i: number, j: number, a: number, b: number, limit: number): number {
    const before = cost[a] + cost[b]
    if (power === 1) {
      const bound = atLeast(a, i, j) + atLeast(b, j, i)
      if (bound - before > limit + 1e-9) return bound - before
    }
    const first = after(b, j, i)
    return first + after(a, i, j) - before
  }

  /**
   * A lower bound of t's cost after a loss and a gain: with any member x as center it is sumAt(x) - w d(loss, x) + v d(gain, x),
   * where d(loss, x) <= d(loss, c) + d(c, x) and d(gain, x) >= d(gain, c) - d(c, x) for the present center c. So the move is worth
   * what it is at c but for (w + v) d(c, x), of which sumAt(x) - sumAt(c) is lost again.
   */
  function atLeast(t: number, loss: number, gain: number): number {
    if (members[t].length === 0) return 0
    let bound = cost[t]
    if (loss >= 0) bound -= weights[loss] * away[loss]
    if (gain < 0) return fixed[t] === 1 ? bound : bound - slack[t]
    const distance = fromCenter(gain, t)
    if (fixed[t] === 1) return bound + weights[gain] * distance
    const stays = bound + weights[gain] * distance - (loss >= 0 ? slackOfSwap[t] : slack[t])
    // with the newcomer as center the others are at least as far as it is from c, less their own distance
    const moves = mass[t] * distance - cost[t] - (loss >= 0 ? weights[loss] * (distance - away[loss]) : 0)
    return Math.max(0, Math.min(stays, moves))
  }

  /** t's cost after a loss and a gain. */
  function after(t: number, loss: number, gain: number): number {
    if (fixed[t] === 1) return cost[t] - (loss < 0 ? 0 : weights[loss] * away[loss]) + (gain < 0 ? 0 : weights[gain] * fromCenter(gain, t))
    const list = members[t]
    let least = Infinity
    let gained = 0
    // at power 1 no member is further from the loss than this
    const lost = loss < 0 ? 0 : weights[loss]
    for (let s = 0; s < list.length; s++) {
      const x = list[s]
      if (x === loss) continue
      if (lost === 0 && sumAt[x] >= least) continue
      if (lost > 0 && power === 1 && sumAt[x] - lost * (away[loss] + away[x]) >= least) continue
      let sum = sumAt[x]
      if (lost > 0) sum -= lost * between(loss, x)
      if (gain >= 0) sum += weights[gain] * between(gain, x)
      if (sum < least) least = sum
    }
    if (gain >= 0) {
      for (let s = 0; s < list.length && gained < least; s++) if (list[s] !== loss) gained += weights[list[s]] * between(list[s], gain)
      if (gained < least) least = gained
    }
    return least === Infinity ? 0 : least
  }

  function moved(i: number, j: number, a: number, b: number): void {
    update(a, i, j)
    update(b, j, i)
  }

  function update(t: number, loss: number, gain: number): void {
    mass[t] += (gain < 0 ? 0 : weights[gain]) - (loss < 0 ? 0 : weights[loss])
    if (fixed[t] === 0) {
      if (gain >= 0) sumAt[gain] = 0
      for (const x of members[t]) {
        if (x === gain) continue
        if (loss >= 0) sumAt[x] -= weights[loss] * between(loss, x)
        if (gain < 0) continue
        const distance = between(gain, x)
        sumAt[x] += weights[gain] * distance
        sumAt[gain] += weights[x] * distance
      }
    }
    settle(t)
  }

  /** Finds the best center, and how far all are from it. */
  function settle(t: number): void {
    cost[t] = 0
    slack[t] = 0
    slackOfSwap[t] = 0
    if (fixed[t] === 0) {
      let best = -1
      for (const x of members[t]) if (best < 0 || sumAt[x] < sumAt[best]) best = x
      if (best < 0) return
      for (let d = 0; d < D; d++) centers[t * D + d] = points[best * D + d]
      for (const x of members[t]) {
        away[x] = between(x, best)
        const worse = sumAt[x] - sumAt[best]
        slack[t] = Math.max(slack[t], heaviest * away[x] - worse)
        slackOfSwap[t] = Math.max(slackOfSwap[t], 2 * heaviest * away[x] - worse)
        cost[t] += weights[x] * away[x]
      }
      return
    }
    for (const x of members[t]) {
      away[x] = fromCenter(x, t)
      cost[t] += weights[x] * away[x]
    }
  }
}
