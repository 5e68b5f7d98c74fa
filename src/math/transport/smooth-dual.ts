import { exp } from "../exact/exp.js"
import { log } from "../exact/log.js"
import { addBlock } from "./add-block.js"
import { bendBounds } from "./bend-bounds.js"
import { isSameRow } from "./same-row.js"
import { createAccountTree } from "../index/grow-account-tree.js"
import { readEligible } from "./pair-rules.js"
import { createCellFinder, type NearCells } from "./near-cells.js"
import { hasOwnCosts, wayCost, worthAt, type TransportProblem } from "./transport-problem.js"

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

/** The smoothed dual of a problem. */
export interface SmoothDual {
  /**
   * @param windowTemperature how far a bound bends, if not by the temperature of the accounts
   * @yields after every few hundred thousand pairs of account and territory, and once done
   */
  evaluate(centers: Float64Array, prices: Float64Array, spacing: Float64Array, temperature: number, windowTemperature?: number): Generator<undefined, SmoothEvaluation>
}

/** An account that divides itself among more territories than this ties none of them to another: steps come out shorter, no worse. */
const BROAD = 16
/** Beyond this many temperatures an account's share of a territory is taken for 0: e^-16 = 1e-7. */
const CUTOFF = 16
/** Pairs of account and territory looked at between two pauses. */
const PAUSE = 1 << 15

/**
 * The dual of the divisible problem for given centers, smoothed: every account divides itself among the territories in
 * proportion to exp(-(cost - price * activity) / temperature), every bound bends over a small range of its price. It is
 * smooth and concave, so that Newton's method finds prices that balance all measures at once.
 *
 * Distances are straight lines (chords on the globe: 0.05 % less than the arc at 500 km), because only the centers and a
 * first guess of the prices come from here. Neighboring accounts share the list of territories that they can be near to,
 * narrowed down a tree of boxes; those that are near to one only count as one (for power 2). The colder, the fewer accounts are
 * looked at: from O(n x listed) an evaluation down to those along the borders. What was asked last is answered at once.
 * Where accounts are at home, what staying is worth is taken off there, and every account is looked at.
 *
 * Source: entropic smoothing of a linear program's dual (Nesterov 2005; Cuturi & Peyre 2016, semi-discrete transport).
 */
export function createSmoothDual(problem: TransportProblem): SmoothDual {
  const { k, measureCount: M, dimension, points, weights, activities, lockedTo, eligibility, homes, power } = problem
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
  const tree = problem.tree ?? createAccountTree(problem)
  const cellsFor = createCellFinder(problem, tree)
  const everyone = Int32Array.from({ length: k }, (_, t) => t)
  /** The list of a cell, and by its places: centers (in space; on a plane at height 0) and the first two prices. */
  const list = new Int32Array(k)
  const eligible = new Int32Array(k)
  const ownCosts = new Float64Array(k)
  /** Place of every territory in the list, or -1; and of one account the homes that are not in it. */
  const placeIn = new Int32Array(k).fill(-1)
  const centerX = new Float64Array(k)
  const centerY = new Float64Array(k)
  const centerZ = new Float64Array(k)
  const price0 = new Float64Array(k)
  const price1 = new Float64Array(k)
  /** By place, of one account: reduced cost; and its shares, of the places `near`. */
  const reduced = new Float64Array(k)
  const near = new Int32Array(k)
  const share = new Float64Array(k)
  let last: { readonly numbers: readonly Float64Array[]; readonly temperatures: readonly number[] } | null = null

  function* evaluate(centers: Float64Array, prices: Float64Array, spacing: Float64Array, temperature: number, windowTemperature: number = temperature): Generator<undefined, SmoothEvaluation> {
    const numbers = [centers, prices, spacing]
    const temperatures = [temperature, windowTemperature]
    if (last !== null && last.numbers.every((old, at) => isSameRow(old, numbers[at])) && isSameRow(last.temperatures, temperatures)) return evaluation
    last = null
    const cells = yield* cellsFor({ centers, prices, spacing, reach: (CUTOFF * temperature) / (M + 1) })
    for (let p = 0; p < evaluation.pairCount; p++) pairIndex[pairA[p] * k + pairB[p]] = -1
    evaluation.pairCount = 0
    diagonal.fill(0)
    mass.fill(0)
    moment.fill(0)
    evaluation.value = bendBounds(problem, prices, spacing, windowTemperature, gradient, diagonal) + addWhole(cells, centers, prices)
    for (let cell = 0; cell < cells.count; ) {
      let looked = 0
      for (; cell < cells.count && looked < PAUSE; cell++) {
        const b = cells.node[cell]
        const from = cells.start[cell]
        const listed = cells.start[cell + 1] - from
        for (let l = 0; l < listed; l++) list[l] = cells.territories[from + l]
        looked += listed + (tree.to[b] - tree.from[b]) * listed
        evaluation.value += divide(tree.order, tree.from[b], tree.to[b], list, listed, centers, prices, spacing, temperature)
      }
      if (cell < cells.count) yield undefined
    }
    for (let at = 0; at < tree.loose.length; ) {
      let looked = 0
      for (; at < tree.loose.length && looked < PAUSE; at++) {
        const i = tree.loose[at]
        looked += lockedTo[i] < 0 ? k : 1
        if (lockedTo[i] >= 0) {
          evaluation.value += addLocked(i, prices)
          continue
        }
        const own = readEligible(eligibility, i, eligible)
        const listed = own > 0 ? eligible : everyone
        const count = own > 0 ? own : k
        const isOwn = hasOwnCosts(problem, i)
        for (let l = 0; isOwn && l < count; l++) ownCosts[l] = wayCost(problem, centers, i, listed[l])
        evaluation.value += divide(tree.loose, at, at + 1, listed, count, centers, prices, spacing, temperature, isOwn ? ownCosts : null)
      }
      if (at < tree.loose.length) yield undefined
    }
    last = { numbers: numbers.map((values) => values.slice()), temperatures }
    yield undefined
    return evaluation
  }

  function place(l: number, t: number, centers: Float64Array, prices: Float64Array): void {
    centerX[l] = centers[t * dimension]
    centerY[l] = centers[t * dimension + 1]
    centerZ[l] = dimension === 3 ? centers[t * dimension + 2] : 0
    price0[l] = prices[t * M]
    price1[l] = M > 1 ? prices[t * M + 1] : 0
    if (homes) placeIn[t] = l
  }

  /** Adds the homes of account i behind a list of `count` that does not have them; answers how many there are then. */
  function withHomes(i: number, listed: Int32Array, count: number, centers: Float64Array, prices: Float64Array): number {
    const { start, territory } = homes as NonNullable<typeof homes>
    let longer = count
    for (let at = start[i]; at < start[i + 1]; at++) {
      const t = territory[at]
      const l = placeIn[t]
      if (l >= 0 && l < longer && listed[l] === t) continue
      listed[longer] = t
      place(longer++, t, centers, prices)
    }
    return longer
  }

  /** Accounts order[from] to order[to] divide themselves among the listed territories; answers their share of the value. */
  function divide(order: Int32Array, from: number, to: number, listed: Int32Array, count: number, centers: Float64Array, prices: Float64Array, spacing: Float64Array, temperature: number, costs: Float64Array | null = null): number {
    for (let l = 0; l < count; l++) place(l, listed[l], centers, prices)
    let value = 0
    for (let at = from; at < to; at++) {
      const i = order[at]
      const px = points[i * dimension]
      const py = points[i * dimension + 1]
      const pz = dimension === 3 ? points[i * dimension + 2] : 0
      const v = weights[i]
      const w0 = activities[i * M]
      const w1 = M > 1 ? activities[i * M + 1] : 0
      // reduced cost of every territory, and the least
      let best = 0
      let least = Infinity
      const candidates = homes ? withHomes(i, listed, count, centers, prices) : count
      for (let l = 0; l < candidates; l++) {
        const dx = px - centerX[l]
        const dy = py - centerY[l]
        const dz = pz - centerZ[l]
        const square = dx * dx + dy * dy + dz * dz
        let f = (costs === null ? v * (power === 2 ? square : Math.sqrt(square)) : costs[l]) - (price0[l] * w0 + price1[l] * w1)
        for (let m = 2; m < M; m++) f -= prices[listed[l] * M + m] * activities[i * M + m]
        if (homes) f -= worthAt(homes, i, listed[l])
        reduced[l] = f
        if (f < least) {
          least = f
          best = l
        }
      }
      value += least
      let size = v + w0 + w1
      for (let m = 2; m < M; m++) size += activities[i * M + m]
      const tau = (temperature * spacing[listed[best]] * size) / (M + 1)
      // shares of the territories within reach
      let shared = 0
      let sum = 1
      if (tau > 0) {
        const limit = least + CUTOFF * tau
        for (let l = 0; l < candidates; l++) {
          if (reduced[l] > limit || l === best) continue
          near[shared] = l
          sum += share[shared++] = exp((least - reduced[l]) / tau)
        }
      }
      if (shared === 0) {
        add(listed[best], 1, i, v, px, py, pz, w0, w1)
        continue
      }
      value -= tau * log(sum)
      near[shared] = best
      share[shared++] = 1
      for (let a = 0; a < shared; a++) share[a] /= sum
      for (let a = 0; a < shared; a++) {
        const ta = listed[near[a]]
        const sa = share[a]
        add(ta, sa, i, v, px, py, pz, w0, w1)
        addBlock(diagonal, ta * MM, activities, i * M, M, (sa * (1 - sa)) / tau)
        if (shared <= BROAD) for (let b = a + 1; b < shared; b++) if (sa * share[b] >= 1e-6) addPair(ta, listed[near[b]], i, (sa * share[b]) / tau)
      }
    }
    return value
  }

  /** A share of account i in territory t. */
  function add(t: number, part: number, i: number, v: number, px: number, py: number, pz: number, w0: number, w1: number): void {
    const sv = part * v
    const c = t * dimension
    mass[t] += sv
    moment[c] += sv * px
    moment[c + 1] += sv * py
    if (dimension === 3) moment[c + 2] += sv * pz
    gradient[t * M] -= part * w0
    if (M > 1) {
      gradient[t * M + 1] -= part * w1
      for (let m = 2; m < M; m++) gradient[t * M + m] -= part * activities[i * M + m]
    }
  }

  function addPair(s: number, t: number, i: number, factor: number): void {
    const [a, b] = s < t ? [s, t] : [t, s]
    let pair = pairIndex[a * k + b]
    if (pair < 0) {
      if (evaluation.pairCount === maxPairs) return
      pair = evaluation.pairCount++
      pairIndex[a * k + b] = pair
      pairA[pair] = a
      pairB[pair] = b
      pairBlock.fill(0, pair * MM, (pair + 1) * MM)
    }
    addBlock(pairBlock, pair * MM, activities, i * M, M, factor)
  }

  /** A locked account: its cost depends on no price; its activity does. */
  function addLocked(i: number, prices: Float64Array): number {
    const t = lockedTo[i]
    add(t, 1, i, weights[i], points[i * dimension], points[i * dimension + 1], dimension === 3 ? points[i * dimension + 2] : 0, activities[i * M], M > 1 ? activities[i * M + 1] : 0)
    let paid = 0
    for (let m = 0; m < M; m++) paid -= prices[t * M + m] * activities[i * M + m]
    return paid
  }

  /** All accounts that are near to one territory only; answers their share of the value. */
  function addWhole({ wholeWeight, wholeMean, wholeInertia, wholeActivity }: NearCells, centers: Float64Array, prices: Float64Array): number {
    let value = 0
    for (let t = 0; t < k; t++) {
      let square = 0
      for (let at = t * dimension; at < (t + 1) * dimension; at++) {
        square += (wholeMean[at] - centers[at]) ** 2
        moment[at] += wholeWeight[t] * wholeMean[at]
      }
      mass[t] += wholeWeight[t]
      value += wholeInertia[t] + wholeWeight[t] * square
      for (let r = t * M; r < (t + 1) * M; r++) {
        gradient[r] -= wholeActivity[r]
        value -= prices[r] * wholeActivity[r]
      }
    }
    return value
  }

  return { evaluate }
}
