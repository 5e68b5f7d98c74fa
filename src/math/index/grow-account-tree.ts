import { log } from "../exact/log.js"
import { selectRank } from "../select/select-rank.js"
import { isRestricted } from "../transport/pair-rules.js"
import { hasOwnCosts, type TransportProblem } from "../transport/transport-problem.js"
import type { AccountTree } from "./account-tree.js"

/** So many accounts share one list of territories; smaller boxes make shorter lists, more of them cost more. */
const LEAF = 16
/** Where accounts are large, that is few for a territory, so many. */
export const LEAF_OF_FEW = 4
/** A ratio spreads as much as a place when it spreads over so many factors of e. */
const RATIO_SPREAD = 2

/** An account with so much more activity than weight is as good as without weight; beyond, the ratio would be infinite. */
const LARGEST_RATIO = 1e100

/** Accounts looked at, level by level, between two pauses. */
const PAUSE = 1 << 15
/** Accounts whose ratios are taken between two pauses: a logarithm each. */
const ROWS = 1 << 13

/** The tree of a problem at once: {@link growAccountTree} without its pauses. */
export function createAccountTree(problem: TransportProblem): AccountTree {
  const growth = growAccountTree(problem)
  for (;;) {
    const step = growth.next()
    if (step.done === true) return step.value
  }
}

/**
 * Sorts accounts into a tree: halved at the median along the widest side, places in units of a typical territory, ratios by
 * their logarithm. Deterministic; ties go to the smaller index, and in a leaf accounts ascend. O(n log n).
 *
 * @param leafSize accounts of a leaf, at most
 * @yields after every few hundred thousand accounts on a level
 */
export function* growAccountTree(problem: TransportProblem, leafSize: number = LEAF): Generator<undefined, AccountTree> {
  const { n, measureCount: M, dimension, points, weights, activities } = problem
  const D = dimension + M
  let looseCount = 0
  for (let i = 0; i < n; i++) {
    if (i % ROWS === ROWS - 1) yield undefined
    if (isLoose(problem, i)) looseCount++
  }
  const order = new Int32Array(n - looseCount)
  const loose = new Int32Array(looseCount)
  const ratios = new Float64Array(n * M)
  // where the weight is the measure, all ratios are the same, and so is their logarithm
  const known = new Float64Array(M).fill(NaN)
  const logarithm = new Float64Array(M)
  for (let i = 0, inTree = 0; i < n; i++) {
    if (i % ROWS === ROWS - 1) yield undefined
    if (isLoose(problem, i)) {
      loose[i - inTree] = i
      continue
    }
    order[inTree++] = i
    for (let m = 0; m < M; m++) {
      const ratio = activities[i * M + m] / weights[i]
      if (ratio !== known[m]) {
        known[m] = ratio
        logarithm[m] = log(ratio + 0.05) / RATIO_SPREAD
      }
      ratios[i * M + m] = logarithm[m]
    }
  }
  yield undefined
  const { from, to, right, depth } = yield* halve(order, points, dimension, ratios, M, leafSize)
  const count = from.length
  const low = new Float64Array(count * D).fill(Infinity)
  const high = new Float64Array(count * D).fill(-Infinity)
  for (let b = count - 1, seen = 0; b >= 0; b--) {
    // children come later in preorder: their boxes are known
    if (right[b] > 0) {
      for (let d = 0; d < D; d++) {
        low[b * D + d] = Math.min(low[(b + 1) * D + d], low[right[b] * D + d])
        high[b * D + d] = Math.max(high[(b + 1) * D + d], high[right[b] * D + d])
      }
      continue
    }
    for (let at = from[b]; at < to[b]; at++) {
      const i = order[at]
      for (let d = 0; d < D; d++) {
        const x = d < dimension ? points[i * dimension + d] : activities[i * M + d - dimension] / weights[i]
        if (x < low[b * D + d]) low[b * D + d] = x
        if (x > high[b * D + d]) high[b * D + d] = x
      }
    }
    seen += to[b] - from[b]
    if (seen >= PAUSE) {
      seen = 0
      yield undefined
    }
  }
  return { count, from, to, right, order, depth, loose, low, high }
}

/** Whether account i can stand in no box: not free to go anywhere, or next to no weight. */
function isLoose(problem: TransportProblem, i: number): boolean {
  const { measureCount: M, weights, activities } = problem
  if (!(weights[i] > 0) || isRestricted(problem, i) || hasOwnCosts(problem, i)) return true
  for (let m = 0; m < M; m++) if (!(activities[i * M + m] <= LARGEST_RATIO * weights[i])) return true
  return false
}

/**
 * The nodes over the accounts in `order`, in preorder; halving keeps the depth at log2(n). `order` is rearranged so that every
 * node is a run.
 *
 * @param ratios M an account, comparable with places
 */
function* halve(order: Int32Array, points: Float64Array, dimension: number, ratios: Float64Array, M: number, leafSize: number): Generator<undefined, Pick<AccountTree, "from" | "to" | "right" | "depth">> {
  const n = order.length
  // a leaf is half of more than leafSize accounts, unless it is the root
  const most = 2 * Math.ceil((2 * n) / leafSize) + 1
  const from = new Int32Array(most)
  const to = new Int32Array(most)
  const right = new Int32Array(most)
  const keys = new Float64Array(n)
  const least = new Float64Array(dimension + M)
  const largest = new Float64Array(dimension + M)
  /** Runs to come, the next last; `parent` is the node whose right child it is, or -1. */
  const stack: { readonly first: number; readonly last: number; readonly level: number; readonly parent: number }[] = []
  if (n > 0) stack.push({ first: 0, last: n, level: 1, parent: -1 })
  let count = 0
  let depth = 0
  let seen = 0
  for (let run = stack.pop(); run !== undefined; run = stack.pop()) {
    const { first, last, level, parent } = run
    const node = count++
    from[node] = first
    to[node] = last
    if (parent >= 0) right[parent] = node
    if (level > depth) depth = level
    if (last - first <= leafSize) {
      sortLeaf(order, first, last)
      continue
    }
    least.fill(Infinity)
    largest.fill(-Infinity)
    measureSides(order, first, last, points, dimension, least, largest, 0)
    measureSides(order, first, last, ratios, M, least, largest, dimension)
    const isLarge = last - first >= PAUSE
    if (isLarge) yield undefined
    // the first of equally wide sides
    let widest = 0
    for (let s = 1; s < least.length; s++) if (largest[s] - least[s] > largest[widest] - least[widest]) widest = s
    const ofPlace = widest < dimension
    const numbers = ofPlace ? points : ratios
    const width = ofPlace ? dimension : M
    const side = ofPlace ? widest : widest - dimension
    for (let at = first; at < last; at++) keys[at] = numbers[order[at] * width + side]
    const middle = (first + last) >> 1
    if (isLarge) yield undefined
    selectRank(keys, order, first, last, middle - first)
    stack.push({ first: middle, last, level: level + 1, parent: node }, { first, last: middle, level: level + 1, parent: -1 })
    seen += last - first
    if (seen >= PAUSE) {
      seen = 0
      yield undefined
    }
  }
  return { from: from.slice(0, count), to: to.slice(0, count), right: right.slice(0, count), depth }
}

/** A short run in ascending order, by insertion. */
function sortLeaf(order: Int32Array, first: number, last: number): void {
  for (let at = first + 1; at < last; at++) {
    const i = order[at]
    let to = at
    for (; to > first && order[to - 1] > i; to--) order[to] = order[to - 1]
    order[to] = i
  }
}

/** In a run longer than this only accounts at even steps are asked how far the run reaches. */
const SAMPLE = 512

/** How far the run reaches along `count` sides: fills `least` and `largest` from `to` on. */
function measureSides(order: Int32Array, first: number, last: number, numbers: Float64Array, count: number, least: Float64Array, largest: Float64Array, to: number): void {
  const stride = Math.ceil((last - first) / SAMPLE)
  for (let at = first; at < last; at += stride) {
    const row = order[at] * count
    for (let d = 0; d < count; d++) {
      const x = numbers[row + d]
      if (x < least[to + d]) least[to + d] = x
      if (x > largest[to + d]) largest[to + d] = x
    }
  }
}
