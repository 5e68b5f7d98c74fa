import { costOfSquare, type TransportProblem } from "../transport/transport-problem.js"

/**
 * Accounts in blocks of neighbours, each with the box that its accounts fill in place and in activity per weight. Over a box
 * the difference of two territories' reduced costs is linear, so that a few corners tell which territories no account of the
 * block can be near to.
 */
export interface AccountBlocks {
  readonly count: number
  /** Accounts of block b: order[start[b]] to order[start[b + 1]]. */
  readonly start: Int32Array
  readonly order: Int32Array
  /** Accounts without weight or locked: they are in no block. Ascending. */
  readonly loose: Int32Array
  /** count x (dimension + M): points, then activity / weight of every measure. */
  readonly low: Float64Array
  readonly high: Float64Array
}

/** So many accounts share one list of territories; smaller boxes make shorter lists, more blocks cost more boxes. */
const BLOCK = 24
/** A ratio spreads as much as a place when it spreads over so many factors of e. */
const RATIO_SPREAD = 2

/**
 * Sorts accounts into blocks: halved at the median along the widest side, places in units of a typical territory, ratios by
 * their logarithm. Deterministic; ties go to the smaller index. O(n log^2 n).
 */
export function createAccountBlocks(problem: TransportProblem): AccountBlocks {
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
  const starts: number[] = []
  const stack: [number, number][] = order.length > 0 ? [[0, order.length]] : []
  for (let part = stack.pop(); part !== undefined; part = stack.pop()) {
    const [from, to] = part
    if (to - from <= BLOCK) {
      starts.push(from)
      continue
    }
    const members = order.subarray(from, to)
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
    members.sort((a, b) => side[a * D + widest] - side[b * D + widest] || a - b)
    const middle = (from + to) >> 1
    stack.push([middle, to], [from, middle])
  }
  starts.sort((a, b) => a - b)
  const count = starts.length
  const low = new Float64Array(count * D).fill(Infinity)
  const high = new Float64Array(count * D).fill(-Infinity)
  const start = Int32Array.from([...starts, order.length])
  for (let b = 0; b < count; b++) {
    for (let at = start[b]; at < start[b + 1]; at++) {
      const i = order[at]
      for (let d = 0; d < D; d++) {
        const x = d < dimension ? points[i * dimension + d] : activities[i * M + d - dimension] / weights[i]
        if (x < low[b * D + d]) low[b * D + d] = x
        if (x > high[b * D + d]) high[b * D + d] = x
      }
    }
  }
  return { count, start, order, loose: Int32Array.from(loose), low, high }
}

/**
 * The territories that some account of block b may be near to: all others have, for every account of the block, a reduced cost
 * above the least by more than `reach` x spacing of a territory that may be the least x (weight + activities).
 *
 * Exact for squared distances along straight lines (linear over the box); for plain distances by the nearest and farthest
 * point of the box; for arcs the difference to the chord is added. O(k (dimension + M)).
 *
 * @param arcs whether costs are along great circles (on the globe) and not along chords
 * @param out k: filled with the territories, ascending
 * @returns how many
 */
export function nearTerritories(
  problem: TransportProblem,
  blocks: AccountBlocks,
  b: number,
  centers: Float64Array,
  prices: Float64Array,
  spacing: Float64Array,
  reach: number,
  arcs: boolean,
  floor: Float64Array,
  out: Int32Array,
): number {
  const { k, measureCount: M, dimension, power, radius } = problem
  const { low, high } = blocks
  const D = dimension + M
  const at = b * D
  // the territory that is cheapest in the middle of the box
  let best = 0
  let least = Infinity
  for (let t = 0; t < k; t++) {
    let square = 0
    for (let d = 0; d < dimension; d++) square += ((low[at + d] + high[at + d]) / 2 - centers[t * dimension + d]) ** 2
    let g = power === 2 ? square : Math.sqrt(square)
    for (let m = 0; m < M; m++) g -= prices[t * M + m] * ((low[at + dimension + m] + high[at + dimension + m]) / 2)
    if (g < least) {
      least = g
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
  for (let t = 0; t < k; t++) {
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
    floor[t] = t === best ? 0 : lead - bend
    if (floor[t] <= ROUNDING && spacing[t] > widest) widest = spacing[t]
  }
  const limit = reach * widest * size + ROUNDING
  let count = 0
  for (let t = 0; t < k; t++) if (floor[t] <= limit) out[count++] = t
  return count
}

/** Leads below this may be rounding. */
const ROUNDING = 1e-9
