import { costOfSquare, type TransportProblem } from "../transport/transport-problem.js"

/**
 * Accounts in a tree of boxes: every node is a run of neighbouring accounts and the box that they fill in place and in activity
 * per weight. Over a box the difference of two territories' reduced costs is linear, so that a few corners tell which
 * territories no account in it can be near to. Nodes stand in preorder: the left child of an inner node follows it.
 */
export interface AccountTree {
  readonly count: number
  /** Accounts of node b: order[from[b]] to order[to[b]]. */
  readonly from: Int32Array
  readonly to: Int32Array
  /** Right child; 0 for a leaf. */
  readonly right: Int32Array
  readonly order: Int32Array
  readonly depth: number
  /** Accounts without weight or locked: they are in no node. Ascending. */
  readonly loose: Int32Array
  /** count x (dimension + M): points, then activity / weight of every measure. */
  readonly low: Float64Array
  readonly high: Float64Array
}

/** So many accounts share one list of territories; smaller boxes make shorter lists, more of them cost more. */
const LEAF = 16
/** A ratio spreads as much as a place when it spreads over so many factors of e. */
const RATIO_SPREAD = 2

/**
 * Sorts accounts into a tree: halved at the median along the widest side, places in units of a typical territory, ratios by
 * their logarithm. Deterministic; ties go to the smaller index. O(n log^2 n).
 */
export function createAccountTree(problem: TransportProblem): AccountTree {
  const { n, measureCount: M, dimension, points, weights, activities, lockedTo } = problem
  const D = dimension + M
  const inside: number[] = []
  const loose: number[] = []
  for (let i = 0; i < n; i++) (weights[i] > 0 && lockedTo[i] < 0 ? inside : loose).push(i)
  const order = Int32Array.from(inside)
  const side = new Float64Array(n * D)
  for (const i of inside) {
    for (let d = 0; d < dimension; d++) side[i * D + d] = points[i * dimension + d]
    for (let m = 0; m < M; m++) side[i * D + dimension + m] = Math.log(activities[i * M + m] / weights[i] + 0.05) / RATIO_SPREAD
  }
  const from: number[] = []
  const to: number[] = []
  const right: number[] = []
  let depth = 0
  if (order.length > 0) grow(0, order.length, 1)
  const count = from.length
  const low = new Float64Array(count * D).fill(Infinity)
  const high = new Float64Array(count * D).fill(-Infinity)
  for (let b = count - 1; b >= 0; b--) {
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
  }
  return { count, from: Int32Array.from(from), to: Int32Array.from(to), right: Int32Array.from(right), order, depth, loose: Int32Array.from(loose), low, high }

  /** Appends the node of order[first] to order[last], and its children; halving keeps the depth at log2(n). */
  function grow(first: number, last: number, level: number): void {
    const node = from.length
    from.push(first)
    to.push(last)
    right.push(0)
    if (level > depth) depth = level
    if (last - first <= LEAF) return
    const members = order.subarray(first, last)
    const widest = widestSide(members)
    members.sort((a, b) => side[a * D + widest] - side[b * D + widest] || a - b)
    const middle = (first + last) >> 1
    grow(first, middle, level + 1)
    right[node] = from.length
    grow(middle, last, level + 1)
  }

  function widestSide(members: Int32Array): number {
    let widest = 0
    let extent = -1
    for (let d = 0; d < D; d++) {
      let least = Infinity
      let most = -Infinity
      for (const i of members) {
        const x = side[i * D + d]
        if (x < least) least = x
        if (x > most) most = x
      }
      if (most - least > extent) {
        extent = most - least
        widest = d
      }
    }
    return widest
  }
}

/**
 * Of the given territories those that some account of node b may be near to: all others have, for every account of the node, a reduced cost
 * above the least by more than `reach` x spacing of a territory that may be the least x (weight + activities).
 *
 * Exact for squared distances along straight lines (linear over the box); for plain distances by the nearest and farthest
 * point of the box; for arcs the difference to the chord is added. O(given (dimension + M)).
 *
 * @param arcs whether costs are along great circles (on the globe) and not along chords
 * @param given at least all that may be near: the list of the parent
 * @param out filled with the territories, in the order of `given`
 * @returns how many
 */
export function nearTerritories(
  problem: TransportProblem,
  tree: AccountTree,
  b: number,
  centers: Float64Array,
  prices: Float64Array,
  spacing: Float64Array,
  reach: number,
  arcs: boolean,
  given: Int32Array,
  givenCount: number,
  floor: Float64Array,
  out: Int32Array,
): number {
  const { measureCount: M, dimension, power, radius } = problem
  const { low, high } = tree
  const D = dimension + M
  const at = b * D
  // the territory that is cheapest in the middle of the box
  let best = given[0]
  let least = Infinity
  for (let l = 0; l < givenCount; l++) {
    const t = given[l]
    let square = 0
    for (let d = 0; d < dimension; d++) square += ((low[at + d] + high[at + d]) / 2 - centers[t * dimension + d]) ** 2
    let f = power === 2 ? square : Math.sqrt(square)
    for (let m = 0; m < M; m++) f -= prices[t * M + m] * ((low[at + dimension + m] + high[at + dimension + m]) / 2)
    if (f < least) {
      least = f
      best = t
    }
  }
  let farthest = 0
  for (let d = 0; d < dimension; d++) farthest += Math.max(Math.abs(low[at + d] - centers[best * dimension + d]), Math.abs(high[at + d] - centers[best * dimension + d])) ** 2
  // what an arc to the best may be longer than its chord; the arcs to others only help
  const bend = arcs && radius > 0 ? costOfSquare(farthest, power, radius) - (power === 2 ? farthest : Math.sqrt(farthest)) : 0
  let size = 1
  for (let m = 0; m < M; m++) size += high[at + dimension + m]

  // least possible lead of the best over t, per unit of weight, anywhere in the box
  let widest = 0
  for (let g = 0; g < givenCount; g++) {
    const t = given[g]
    let lead = 0
    if (power === 2) {
      for (let d = 0; d < dimension; d++) {
        const a = centers[best * dimension + d]
        const c = centers[t * dimension + d]
        // (c - a)(c + a - 2x): no large squares to cancel
        lead += (c - a) * (c + a - 2 * (c > a ? high[at + d] : low[at + d]))
      }
    } else {
      let nearest = 0
      for (let d = 0; d < dimension; d++) {
        const c = centers[t * dimension + d]
        const outside = c < low[at + d] ? low[at + d] - c : c > high[at + d] ? c - high[at + d] : 0
        nearest += outside * outside
      }
      lead = Math.sqrt(nearest) - Math.sqrt(farthest)
    }
    for (let m = 0; m < M; m++) {
      const slope = prices[best * M + m] - prices[t * M + m]
      lead += slope * (slope > 0 ? low[at + dimension + m] : high[at + dimension + m])
    }
    floor[g] = t === best ? 0 : lead - bend
    if (floor[g] <= ROUNDING && spacing[t] > widest) widest = spacing[t]
  }
  const limit = reach * widest * size + ROUNDING
  let count = 0
  for (let g = 0; g < givenCount; g++) if (floor[g] <= limit) out[count++] = given[g]
  return count
}

/** Leads below this may be rounding. */
const ROUNDING = 1e-9

/** For every account a list of territories; neighbours share one. */
export interface NearLists {
  /** n: the list of account i is territories[start[listOf[i]]] to territories[start[listOf[i] + 1]]. */
  readonly listOf: Int32Array
  readonly start: Int32Array
  readonly territories: Int32Array
}

/** The near territories of every account, narrowed down the tree; accounts outside the tree have all. Parameters as above. */
export function listNear(problem: TransportProblem, tree: AccountTree, centers: Float64Array, prices: Float64Array, spacing: Float64Array, reach: number, arcs: boolean): NearLists {
  const { n, k } = problem
  const everyone = Int32Array.from({ length: k }, (_, t) => t)
  const lists = Array.from({ length: tree.depth }, () => new Int32Array(k))
  const floor = new Float64Array(k)
  const listOf = new Int32Array(n)
  const start = [0, k]
  let territories = new Int32Array(Math.max(2 * k, 4096))
  territories.set(everyone)
  if (tree.count > 0) descend(0, 0, k)
  return { listOf, start: Int32Array.from(start), territories }

  function descend(node: number, level: number, givenCount: number): void {
    const list = lists[level]
    const count = nearTerritories(problem, tree, node, centers, prices, spacing, reach, arcs, level === 0 ? everyone : lists[level - 1], givenCount, floor, list)
    if (tree.right[node] > 0) {
      descend(node + 1, level + 1, count)
      descend(tree.right[node], level + 1, count)
      return
    }
    const size = start[start.length - 1]
    if (size + count > territories.length) {
      const more = new Int32Array(2 * territories.length + count)
      more.set(territories)
      territories = more
    }
    territories.set(list.subarray(0, count), size)
    for (let at = tree.from[node]; at < tree.to[node]; at++) listOf[tree.order[at]] = start.length - 1
    start.push(size + count)
  }
}
