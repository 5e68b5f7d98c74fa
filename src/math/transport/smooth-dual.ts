import { nearTerritories } from "../index/account-tree.js"
import { createAccountTree } from "../index/grow-account-tree.js"
import { nodeMoments } from "../index/node-moments.js"
import type { TransportProblem } from "./transport-problem.js"

/** What one evaluation of the smoothed dual leaves behind; the arrays are reused by the next evaluation. */
export interface SmoothEvaluation {
  /**
   * Smoothed dual value, without the cost of locked accounts; at most the true one, and below it by at most
   * sum_i temperature_i ln k + 2 ln 2 temperature sum_r spacing_r (upper_r - lower_r).
   */
  value: number
  /** K: derivative by price. */
  readonly gradient: Float64Array
  /** k: sum of weight x share, and k x dimension: sum of weight x share x point. */
  readonly mass: Float64Array
  readonly moment: Float64Array
  /** Pairs of territories that share accounts, and their M x M blocks of minus the Hessian. */
  pairCount: number
  readonly pairA: Int32Array
  readonly pairB: Int32Array
  readonly pairBlock: Float64Array
  /** k x M x M diagonal blocks of minus the Hessian. */
  readonly diagonal: Float64Array
}

/** An account that divides itself among more territories than this ties none of them to another: steps come out shorter, no worse. */
const BROAD = 16
/** Beyond this many temperatures an account's share of a territory is taken for 0: e^-16 = 1e-7. */
const CUTOFF = 16

/**
 * The dual of the divisible problem for given centers, smoothed: every account divides itself among the territories in
 * proportion to exp(-(cost - price * activity) / temperature), every bound bends over a small range of its price. It is
 * smooth and concave, so that Newton's method finds prices that balance all measures at once.
 *
 * Distances are straight lines (chords on the globe: 0.05 % less than the arc at 500 km), because only the centers and a
 * first guess of the prices come from here. Neighbouring accounts share the list of territories that they can be near to,
 * narrowed down a tree of boxes; those that are near to one only count as one (for power 2). The colder, the fewer accounts
 * are looked at: from O(n x listed) an evaluation down to those along the borders.
 *
 * Source: entropic smoothing of a linear program's dual (Nesterov 2005; Cuturi & Peyre 2016, semi-discrete transport).
 */
export function createSmoothDual(problem: TransportProblem): {
  readonly evaluation: SmoothEvaluation
  /** @param windowTemperature how far a bound bends, if not by the temperature of the accounts */
  evaluate(centers: Float64Array, prices: Float64Array, spacing: Float64Array, temperature: number, windowTemperature?: number): SmoothEvaluation
} {
  const { k, measureCount: M, dimension, points, weights, activities, lower, upper, lockedTo, power } = problem
  const MM = M * M
  const maxPairs = Math.min((k * (k - 1)) / 2, 60 * k)
  const pairIndex = new Int32Array(k * k).fill(-1)
  const evaluation: SmoothEvaluation = {
    value: 0,
    gradient: new Float64Array(k * M),
    mass: new Float64Array(k),
    moment: new Float64Array(k * dimension),
    pairCount: 0,
    pairA: new Int32Array(maxPairs),
    pairB: new Int32Array(maxPairs),
    pairBlock: new Float64Array(maxPairs * MM),
    diagonal: new Float64Array(k * MM),
  }
  const { gradient, mass, moment, pairA, pairB, pairBlock, diagonal } = evaluation
  const reduced = new Float64Array(k)
  const near = new Int32Array(k)
  const share = new Float64Array(k)
  const tree = problem.tree ?? createAccountTree(problem)
  const sums = nodeMoments(problem, tree)
  const everyone = Int32Array.from({ length: k }, (_, t) => t)
  /** By level of the tree: the territories that accounts there may be near to. */
  const lists = Array.from({ length: tree.depth }, () => new Int32Array(k))

  function evaluate(centers: Float64Array, prices: Float64Array, spacing: Float64Array, temperature: number, windowTemperature: number = temperature): SmoothEvaluation {
    for (let p = 0; p < evaluation.pairCount; p++) pairIndex[pairA[p] * k + pairB[p]] = -1
    evaluation.pairCount = 0
    diagonal.fill(0)
    mass.fill(0)
    moment.fill(0)
    let value = windowTerms(prices, spacing, windowTemperature)
    if (tree.count > 0) value += descend(0, 0, k)
    for (const i of tree.loose) value += divide(i, everyone, k, centers, prices, spacing, temperature)
    evaluation.value = value
    return evaluation

    /** All accounts of a node, with the list of its parent narrowed to what they can be near to. */
    function descend(node: number, level: number, givenCount: number): number {
      const given = level === 0 ? everyone : lists[level - 1]
      const list = lists[level]
      const count = nearTerritories(problem, tree, node, centers, prices, spacing, (CUTOFF * temperature) / (M + 1), false, 0, given, givenCount, reduced, list)
      if (count === 1 && power === 2) return settleNode(node, list[0], centers, prices)
      if (tree.right[node] > 0) return descend(node + 1, level + 1, count) + descend(tree.right[node], level + 1, count)
      let sum = 0
      for (let at = tree.from[node]; at < tree.to[node]; at++) sum += divide(tree.order[at], list, count, centers, prices, spacing, temperature)
      return sum
    }
  }

  /** Account i divides itself among the listed territories; answers its share of the value. */
  function divide(i: number, listed: Int32Array, listedCount: number, centers: Float64Array, prices: Float64Array, spacing: Float64Array, temperature: number): number {
    const px = points[i * dimension]
    const py = points[i * dimension + 1]
    const pz = dimension === 3 ? points[i * dimension + 2] : 0
    const v = weights[i]
    const w0 = activities[i * M]
    const w1 = M > 1 ? activities[i * M + 1] : 0
    if (lockedTo[i] >= 0) {
      // its cost depends on no price; its activity does
      let paid = 0
      for (let m = 0; m < M; m++) paid -= prices[lockedTo[i] * M + m] * activities[i * M + m]
      settle(i, lockedTo[i], v, px, py, pz)
      return paid
    }
    // reduced cost of every territory, and the least
    let best = 0
    let least = Infinity
    for (let l = 0; l < listedCount; l++) {
      const t = listed[l]
      const c = t * dimension
      const dx = px - centers[c]
      const dy = py - centers[c + 1]
      let square = dx * dx + dy * dy
      if (dimension === 3) {
        const dz = pz - centers[c + 2]
        square += dz * dz
      }
      let f = v * (power === 2 ? square : Math.sqrt(square)) - prices[t * M] * w0
      if (M > 1) {
        f -= prices[t * M + 1] * w1
        for (let m = 2; m < M; m++) f -= prices[t * M + m] * activities[i * M + m]
      }
      reduced[l] = f
      if (f < least) {
        least = f
        best = t
      }
    }
    let size = v
    for (let m = 0; m < M; m++) size += activities[i * M + m]
    const tau = (temperature * spacing[best] * size) / (M + 1)
    if (tau === 0) {
      settle(i, best, v, px, py, pz)
      return least
    }
    // shares of the territories within reach
    let count = 0
    let sum = 0
    const limit = least + CUTOFF * tau
    for (let l = 0; l < listedCount; l++) {
      if (reduced[l] > limit) continue
      near[count] = listed[l]
      sum += share[count++] = Math.exp((least - reduced[l]) / tau)
    }
    if (count === 1) {
      settle(i, best, v, px, py, pz)
      return least
    }
    for (let a = 0; a < count; a++) share[a] /= sum
    for (let a = 0; a < count; a++) {
      const ta = near[a]
      const sa = share[a]
      const sv = sa * v
      mass[ta] += sv
      moment[ta * dimension] += sv * px
      moment[ta * dimension + 1] += sv * py
      if (dimension === 3) moment[ta * dimension + 2] += sv * pz
      for (let m = 0; m < M; m++) gradient[ta * M + m] -= sa * activities[i * M + m]
      addBlock(diagonal, ta * MM, i, (sa * (1 - sa)) / tau)
      for (let b = a + 1; b < count && count <= BROAD; b++) {
        const overlap = sa * share[b]
        if (overlap < 1e-6) continue
        const tb = near[b]
        let pair = pairIndex[ta * k + tb]
        if (pair < 0) {
          if (evaluation.pairCount === maxPairs) continue
          pair = evaluation.pairCount++
          pairIndex[ta * k + tb] = pair
          pairA[pair] = ta
          pairB[pair] = tb
          pairBlock.fill(0, pair * MM, (pair + 1) * MM)
        }
        addBlock(pairBlock, pair * MM, i, overlap / tau)
      }
    }
    return least - tau * Math.log(sum)
  }

  /** Bound terms: min(lower * price, upper * price), bent around price 0 over the range `kappa`. Fills the gradient. */
  function windowTerms(prices: Float64Array, spacing: Float64Array, temperature: number): number {
    let value = 0
    for (let t = 0; t < k; t++) {
      const kappa = 2 * temperature * spacing[t]
      for (let m = 0; m < M; m++) {
        const r = t * M + m
        const width = upper[r] - lower[r]
        const z = prices[r] / kappa
        const bend = z > 0 ? Math.exp(-z) / (1 + Math.exp(-z)) : 1 / (1 + Math.exp(z)) // sigma(-z)
        value += lower[r] * prices[r] - width * kappa * (z > 0 ? Math.log1p(Math.exp(-z)) : Math.log1p(Math.exp(z)) - z)
        gradient[r] = lower[r] + width * bend
        diagonal[t * MM + m * M + m] += (width * bend * (1 - bend)) / kappa
      }
    }
    return value
  }

  /** All accounts of a node whole in territory t; answers their share of the value. */
  function settleNode(node: number, t: number, centers: Float64Array, prices: Float64Array): number {
    const v = sums.weight[node]
    let square = 0
    for (let d = 0; d < dimension; d++) {
      const x = sums.mean[node * dimension + d]
      square += (x - centers[t * dimension + d]) ** 2
      moment[t * dimension + d] += v * x
    }
    mass[t] += v
    let value = sums.inertia[node] + v * square
    for (let m = 0; m < M; m++) {
      const w = sums.activity[node * M + m]
      gradient[t * M + m] -= w
      value -= prices[t * M + m] * w
    }
    return value
  }

  /** Account i whole in territory t. */
  function settle(i: number, t: number, v: number, px: number, py: number, pz: number): void {
    mass[t] += v
    moment[t * dimension] += v * px
    moment[t * dimension + 1] += v * py
    if (dimension === 3) moment[t * dimension + 2] += v * pz
    for (let m = 0; m < M; m++) gradient[t * M + m] -= activities[i * M + m]
  }

  function addBlock(blocks: Float64Array, at: number, i: number, factor: number): void {
    for (let m = 0; m < M; m++) {
      const wm = activities[i * M + m] * factor
      for (let q = 0; q < M; q++) blocks[at + m * M + q] += wm * activities[i * M + q]
    }
  }

  return { evaluation, evaluate }
}
