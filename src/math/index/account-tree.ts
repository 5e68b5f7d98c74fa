import { costOfSquare, type TransportProblem } from "../transport/transport-problem.js"

/**
 * Accounts in a tree of boxes: every node is a run of neighboring accounts and the box that they fill in place and in activity
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
  /** Accounts that are locked, or whose weight is nothing beside their activity: they are in no node. Ascending. */
  readonly loose: Int32Array
  /** count x (dimension + M): points, then activity / weight of every measure. */
  readonly low: Float64Array
  readonly high: Float64Array
}

/** The same tree over accounts under other numbers; of one shape in memory with those that are grown, as compiled code has it. */
export function changeOrder({ count, from, to, right, depth, low, high }: AccountTree, order: Int32Array, loose: Int32Array): AccountTree {
  return { count, from, to, right, order, depth, loose, low, high }
}

/**
 * Of the given territories those that some account of node b may be near to: all others have, for every account of the node, a
 * reduced cost above the least by more than `reach` x width of a territory that may be the least x (weight + activities). The
 * width of territory t is spacing[t] + `far` x distance^power of the account, which is taken at the far end of the box.
 *
 * Exact for squared distances along straight lines (linear over the box); for plain distances by the nearest and farthest
 * point of the box; for arcs the difference to the chord is added. O(given (dimension + M)).
 *
 * @param b the node
 * @param centers k x dimension, and prices k x M; spacing k, in units of cost per weight
 * @param reach 0: only territories that may be the cheapest
 * @param arcs whether costs are along great circles (on the globe) and not along chords
 * @param far how much of an account's own distance counts as width; 0 or more
 * @param given at least all that may be near: the list of the parent
 * @param floor k: scratch
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
  const place = b * (dimension + M)
  const ratio = place + dimension
  // middles and widths of the box; what there is not is 0
  const is3 = dimension === 3
  const is2 = M > 1
  const x = (low[place] + high[place]) / 2
  const y = (low[place + 1] + high[place + 1]) / 2
  const z = is3 ? (low[place + 2] + high[place + 2]) / 2 : 0
  const r = (low[ratio] + high[ratio]) / 2
  const s = is2 ? (low[ratio + 1] + high[ratio + 1]) / 2 : 0
  const wide = high[place] - low[place]
  const deep = high[place + 1] - low[place + 1]
  const tall = is3 ? high[place + 2] - low[place + 2] : 0
  const halfR = (high[ratio] - low[ratio]) / 2
  const halfS = is2 ? (high[ratio + 1] - low[ratio + 1]) / 2 : 0

  // reduced costs in the middle of the box, per unit of weight, and the territory that is cheapest there
  let best = given[0]
  let least = Infinity
  for (let g = 0; g < givenCount; g++) {
    const t = given[g]
    const c = t * dimension
    const dx = x - centers[c]
    const dy = y - centers[c + 1]
    const dz = is3 ? z - centers[c + 2] : 0
    const square = dx * dx + dy * dy + dz * dz
    let f = (power === 2 ? square : Math.sqrt(square)) - prices[t * M] * r
    if (is2) {
      f -= prices[t * M + 1] * s
      for (let m = 2; m < M; m++) f -= prices[t * M + m] * ((low[ratio + m] + high[ratio + m]) / 2)
    }
    floor[g] = f
    if (f < least) {
      least = f
      best = t
    }
  }
  const bx = centers[best * dimension]
  const by = centers[best * dimension + 1]
  const bz = is3 ? centers[best * dimension + 2] : 0
  const bp = prices[best * M]
  const bq = is2 ? prices[best * M + 1] : 0
  const isBent = arcs && radius > 0
  const farthest = power === 1 || isBent ? farthestSquare(tree, place, dimension, bx, by, bz) : 0
  // what an arc to the best may be longer than its chord; the arcs to others only help
  const bend = isBent ? costOfSquare(farthest, power, radius) - (power === 2 ? farthest : Math.sqrt(farthest)) : 0
  let size = 1
  for (let m = 0; m < M; m++) size += high[ratio + m]

  // least possible lead of the best over t, per unit of weight, anywhere in the box
  let widest = 0
  for (let g = 0; g < givenCount; g++) {
    const t = given[g]
    const c = t * dimension
    let lead: number
    if (power === 2) {
      // the lead in the middle, less what a linear function falls from there to a corner
      const fallX = Math.abs(centers[c] - bx) * wide
      const fallY = Math.abs(centers[c + 1] - by) * deep
      const fallZ = is3 ? Math.abs(centers[c + 2] - bz) * tall : 0
      lead = floor[g] - least - (fallX + fallY + fallZ) - Math.abs(prices[t * M] - bp) * halfR
      if (is2) {
        lead -= Math.abs(prices[t * M + 1] - bq) * halfS
        for (let m = 2; m < M; m++) lead -= Math.abs(prices[t * M + m] - prices[best * M + m]) * ((high[ratio + m] - low[ratio + m]) / 2)
      }
    } else {
      lead = Math.sqrt(nearestSquare(tree, place, dimension, centers, c)) - Math.sqrt(farthest)
      for (let m = 0; m < M; m++) {
        const slope = prices[best * M + m] - prices[t * M + m]
        lead += slope * (slope > 0 ? low[ratio + m] : high[ratio + m])
      }
    }
    lead = t === best ? 0 : lead - bend
    floor[g] = lead
    if (lead <= ROUNDING) {
      const square = far === 0 ? 0 : farthestSquare(tree, place, dimension, centers[c], centers[c + 1], is3 ? centers[c + 2] : 0)
      const reached = spacing[t] + (far === 0 ? 0 : far * (power === 2 ? square : Math.sqrt(square)))
      if (reached > widest) widest = reached
    }
  }
  const limit = reach * widest * size + ROUNDING
  let count = 0
  for (let g = 0; g < givenCount; g++) if (floor[g] <= limit) out[count++] = given[g]
  return count
}

/** Squared distance between a place and the far end of the box whose sides stand from `place` on. */
function farthestSquare({ low, high }: AccountTree, place: number, dimension: number, x: number, y: number, z: number): number {
  const dx = Math.max(Math.abs(low[place] - x), Math.abs(high[place] - x))
  const dy = Math.max(Math.abs(low[place + 1] - y), Math.abs(high[place + 1] - y))
  const dz = dimension === 3 ? Math.max(Math.abs(low[place + 2] - z), Math.abs(high[place + 2] - z)) : 0
  return dx * dx + dy * dy + dz * dz
}

/** Squared distance between the center that stands at `c` and the near side of the box; 0 inside. */
function nearestSquare({ low, high }: AccountTree, place: number, dimension: number, centers: Float64Array, c: number): number {
  let square = 0
  for (let d = 0; d < dimension; d++) {
    const x = centers[c + d]
    const outside = x < low[place + d] ? low[place + d] - x : x > high[place + d] ? x - high[place + d] : 0
    square += outside * outside
  }
  return square
}

/** Leads below this may be rounding. */
const ROUNDING = 1e-9
