import type { MovingCosts } from "./moving-costs.js"
import { costOfSquare, squareBetween, type TransportProblem } from "./transport-problem.js"

/**
 * Territories whose cost is the sum of weight * distance from the weighted mean of their accounts, or from a fixed center.
 *
 * A sum of distances is convex in its center, so its tangent at the present center bounds it from below wherever the mean
 * goes: mostly that is enough to turn a move down, O(dimension). What it does not settle is O(size), as is a move that is made.
 * On the globe the tangent is that of chords, whose slope is 0.3 % less than that of arcs at 1,000 km: there it bounds only nearly,
 * and a move that is better by so little may be turned down.
 */
export function meanDistanceCosts(problem: TransportProblem, fixed: Uint8Array, members: readonly number[][], given: Float64Array): MovingCosts {
  const { k, dimension: D, points, weights, radius } = problem
  const centers = new Float64Array(given)
  const cost = new Float64Array(k)
  const W = new Float64Array(k)
  const S = new Float64Array(D * k)
  /** k x D: how the cost changes with the center. */
  const slope = new Float64Array(D * k)
  const next = new Float64Array(D)
  for (let t = 0; t < k; t++) {
    for (const i of members[t]) add(i, t, 1)
    settle(t)
  }
  return { centers, cost, change, moved }

  function add(i: number, t: number, sign: number): void {
    W[t] += sign * weights[i]
    for (let d = 0; d < D; d++) S[t * D + d] += sign * weights[i] * points[i * D + d]
  }

  /** Puts t's center after a loss and a gain into `next`. */
  function nextCenter(t: number, loss: number, gain: number): void {
    const w = W[t] - (loss < 0 ? 0 : weights[loss]) + (gain < 0 ? 0 : weights[gain])
    let length = 0
    for (let d = 0; d < D; d++) {
      const s = S[t * D + d] - (loss < 0 ? 0 : weights[loss] * points[loss * D + d]) + (gain < 0 ? 0 : weights[gain] * points[gain * D + d])
      next[d] = w > 1e-12 ? s / w : centers[t * D + d]
      length += next[d] * next[d]
    }
    if (radius === 0) return
    // a mean in the middle of the globe has no direction: the center stays
    const stays = !(length > 1e-18 * radius * radius)
    for (let d = 0; d < D; d++) next[d] = stays ? centers[t * D + d] : (next[d] * radius) / Math.sqrt(length)
  }

  /** At least what t's cost becomes. */
  function tangent(t: number, loss: number, gain: number): number {
    let bound = cost[t]
    if (loss >= 0) bound -= along(loss, t)
    if (gain >= 0) bound += along(gain, t)
    if (fixed[t] === 0) for (let d = 0; d < D; d++) bound += slope[t * D + d] * (next[d] - centers[t * D + d])
    return bound
  }

  /** Distance of account i from t's center, with what the way to `next` adds by the tangent. */
  function along(i: number, t: number): number {
    const square = squareBetween(points, i, centers, t, D)
    let distance = costOfSquare(square, 1, radius)
    if (fixed[t] === 0 && square > 0) {
      const length = Math.sqrt(square)
      for (let d = 0; d < D; d++) distance += ((centers[t * D + d] - points[i * D + d]) / length) * (next[d] - centers[t * D + d])
    }
    return weights[i] * distance
  }

  function exact(t: number, loss: number, gain: number): number {
    let sum = 0
    for (const i of members[t]) if (i !== loss) sum += weights[i] * costOfSquare(squareBetween(points, i, next, 0, D), 1, radius)
    return gain < 0 ? sum : sum + weights[gain] * costOfSquare(squareBetween(points, gain, next, 0, D), 1, radius)
  }

  function after(t: number, loss: number, gain: number): number {
    if (fixed[t] === 1) return tangent(t, loss, gain)
    nextCenter(t, loss, gain)
    return exact(t, loss, gain)
  }

  function change(i: number, j: number, a: number, b: number, limit: number): number {
    const before = cost[a] + cost[b]
    nextCenter(a, i, j)
    let bound = tangent(a, i, j)
    nextCenter(b, j, i)
    bound += tangent(b, j, i)
    if (bound - before > limit + 1e-9) return bound - before
    return after(a, i, j) + after(b, j, i) - before
  }

  function moved(i: number, j: number, a: number, b: number): void {
    add(i, a, -1)
    add(i, b, 1)
    if (j >= 0) {
      add(j, b, -1)
      add(j, a, 1)
    }
    settle(a)
    settle(b)
  }

  function settle(t: number): void {
    if (fixed[t] === 0 && members[t].length > 0) {
      nextCenter(t, -1, -1)
      centers.set(next, t * D)
    }
    cost[t] = 0
    slope.fill(0, t * D, (t + 1) * D)
    for (const i of members[t]) {
      const square = squareBetween(points, i, centers, t, D)
      cost[t] += weights[i] * costOfSquare(square, 1, radius)
      if (square > 0) for (let d = 0; d < D; d++) slope[t * D + d] += (weights[i] * (centers[t * D + d] - points[i * D + d])) / Math.sqrt(square)
    }
  }
}

