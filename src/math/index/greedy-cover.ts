import { powerOfTwo } from "../exact/float-words.js"
import { log2 } from "../exact/log2.js"
import { createHeap } from "../select/heap.js"

/** Points in a leaf, at most. */
const LEAF = 8
/** Sums of whole numbers below this are exact in any order: 2^52. */
const EXACT = 4_503_599_627_370_496

/**
 * Circles around points that hold the most weight: the one that holds most, then the one that holds most of what is left, and so on. Ties:
 * the smaller index. A point whose own weight is taken may still be the middle of another circle.
 *
 * What a circle holds only becomes less: it is asked again when it comes to the top (lazy greedy: Minoux 1978). A tree of boxes with their
 * sums answers without a look at every pair; a box that is wholly inside counts at once. For ties to be ties whatever the boxes, weights are
 * compared as whole numbers, in units of 2^-52 of their sum: whole weights are compared as they are.
 *
 * @param points n x dimension, finite
 * @param weights n, >= 0, whose sum is finite
 * @param square the squared radius, in units of the points
 * @param limit at most so many
 * @param isEnough asked of the members of each, in ascending order; the first that is not ends it
 * @returns the members of each, ascending; none of them twice. O(n log n) to begin with, about O(sqrt n + members) for every circle asked
 */
export function coverGreedily(points: Float64Array, dimension: number, weights: Float64Array, square: number, limit: number, isEnough: (members: readonly number[]) => boolean): number[][] {
  const n = weights.length
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const unit = total > 0 ? powerOfTwo(Math.min(1000, Math.floor(log2(EXACT / total)))) : 1
  const units = Float64Array.from(weights, (weight) => Math.round(weight * unit))
  const tree = growTree(points, dimension, n)
  const sums = new Float64Array(tree.from.length)
  for (let b = sums.length - 1; b >= 0; b--) {
    if (tree.right[b] > 0) sums[b] = sums[b + 1] + sums[tree.right[b]]
    else for (let at = tree.from[b]; at < tree.to[b]; at++) sums[b] += units[tree.order[at]]
  }
  const isLeft = new Uint8Array(n).fill(1)

  /** Of what is left around a point: the weight, or, into `members`, the points. */
  function ask(p: number, b: number, members: number[] | null): number {
    if (members === null && sums[b] === 0) return 0
    let [near, far] = [0, 0]
    for (let d = 0; d < dimension; d++) {
      const at = points[p * dimension + d]
      const [low, high] = [tree.low[b * dimension + d], tree.high[b * dimension + d]]
      near += Math.max(low - at, at - high, 0) ** 2
      far += Math.max(at - low, high - at) ** 2
    }
    if (near > square) return 0
    if (members === null && far <= square) return sums[b]
    if (tree.right[b] > 0) return ask(p, b + 1, members) + ask(p, tree.right[b], members)
    let sum = 0
    for (let at = tree.from[b]; at < tree.to[b]; at++) {
      const q = tree.order[at]
      if (isLeft[q] === 0 || squareBetween(points, dimension, p, q) > square) continue
      sum += units[q]
      members?.push(q)
    }
    return sum
  }

  function remove(q: number): void {
    isLeft[q] = 0
    for (let b = 0; ; ) {
      sums[b] -= units[q]
      if (tree.right[b] === 0) return
      b = tree.placeOf[q] < tree.from[tree.right[b]] ? b + 1 : tree.right[b]
    }
  }

  const heap = createHeap<{ readonly p: number; readonly most: number }>((a, b) => b.most - a.most || a.p - b.p)
  for (let p = 0; p < n; p++) heap.push({ p, most: ask(p, 0, null) })
  const found: number[][] = []
  for (let next = found.length < limit ? heap.pop() : undefined; next !== undefined && next.most > 0; next = found.length < limit ? heap.pop() : undefined) {
    const { p } = next
    const most = ask(p, 0, null)
    if (most < next.most) {
      heap.push({ p, most })
      continue
    }
    const members: number[] = []
    ask(p, 0, members)
    members.sort((a, b) => a - b)
    if (!isEnough(members)) break
    members.forEach(remove)
    found.push(members)
  }
  return found
}

function squareBetween(points: Float64Array, dimension: number, p: number, q: number): number {
  let square = 0
  for (let d = 0; d < dimension; d++) square += (points[p * dimension + d] - points[q * dimension + d]) ** 2
  return square
}

/** Boxes in preorder: the left child of an inner box follows it. */
interface BoxTree {
  readonly from: number[]
  readonly to: number[]
  /** 0 for a leaf. */
  readonly right: number[]
  readonly low: number[]
  readonly high: number[]
  readonly order: Int32Array
  readonly placeOf: Int32Array
}

/** Halves points at the median of the widest side; ties: the smaller index. O(n log^2 n). */
function growTree(points: Float64Array, dimension: number, n: number): BoxTree {
  const order = Int32Array.from({ length: n }, (_, p) => p)
  const tree: BoxTree = { from: [], to: [], right: [], low: [], high: [], order, placeOf: new Int32Array(n) }
  if (n > 0) grow(0, n)
  order.forEach((p, at) => (tree.placeOf[p] = at))
  return tree

  function grow(from: number, to: number): void {
    const b = tree.from.push(from) - 1
    tree.to.push(to)
    tree.right.push(0)
    let side = 0
    let widest = 0
    for (let d = 0; d < dimension; d++) {
      let [low, high] = [Infinity, -Infinity]
      for (let at = from; at < to; at++) {
        low = Math.min(low, points[order[at] * dimension + d])
        high = Math.max(high, points[order[at] * dimension + d])
      }
      tree.low.push(low)
      tree.high.push(high)
      if (high - low > widest) [side, widest] = [d, high - low]
    }
    if (to - from <= LEAF || widest === 0) return
    order.subarray(from, to).sort((p, q) => points[p * dimension + side] - points[q * dimension + side] || p - q)
    const middle = (from + to) >> 1
    grow(from, middle)
    tree.right[b] = tree.from.length
    grow(middle, to)
  }
}
