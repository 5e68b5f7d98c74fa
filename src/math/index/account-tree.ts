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
  far: number,
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
    if (floor[g] <= ROUNDING) widest = Math.max(widest, spacing[t] + (far === 0 ? 0 : far * farthestFrom(t)))
  }
  const limit = reach * widest * size + ROUNDING
  let count = 0
  for (let g = 0; g < givenCount; g++) if (floor[g] <= limit) out[count++] = given[g]
  return count

  /** Distance^power between center t and the far end of the box. */
  function farthestFrom(t: number): number {
    let square = 0
    for (let d = 0; d < dimension; d++) square += Math.max(Math.abs(low[at + d] - centers[t * dimension + d]), Math.abs(high[at + d] - centers[t * dimension + d])) ** 2
    return power === 2 ? square : Math.sqrt(square)
  }
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
export function listNear(problem: TransportProblem, tree: AccountTree, centers: Float64Array, prices: Float64Array, spacing: Float64Array, reach: number, arcs: boolean, far: number): NearLists {
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
    const count = nearTerritories(problem, tree, node, centers, prices, spacing, reach, arcs, far, level === 0 ? everyone : lists[level - 1], givenCount, floor, list)
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
