import { hypot } from "../exact/hypot.js"
import { selectRank } from "../select/select-rank.js"
import { sortRun } from "../select/sort-run.js"
import { costOfSquare, squareBetween, type TransportProblem } from "../transport/transport-problem.js"

/** What centers need to know: n weighted points, on a plane or (`radius` > 0) on a sphere, for k territories. */
export type Places = Pick<TransportProblem, "n" | "k" | "dimension" | "points" | "radius" | "power" | "weights">

/** So many accounts nearest to the mean are tried as a medoid when a territory is large. */
const NEAREST = 30
/** Up to this many members every one is tried. */
const ALL_MEMBERS = 200
/** Distances looked at between two pauses. */
const PAUSE = 1 << 16

/**
 * The centers of a plan: the weighted mean of each territory's accounts, on the globe the direction of their mean vector. A
 * territory without accounts or whose mean has no direction keeps `previous`; one whose weights are all 0 takes the plain
 * mean. Fixed centers stay. O(n).
 */
export function meanCenters(problem: Places, owner: Int32Array, previous: Float64Array, fixed: Uint8Array): Float64Array {
  const { n, k, dimension, points, weights, radius } = problem
  const centers = new Float64Array(previous)
  const mass = new Float64Array(k)
  const count = new Float64Array(k)
  for (let i = 0; i < n; i++) {
    mass[owner[i]] += weights[i]
    count[owner[i]]++
  }
  const sums = new Float64Array(k * dimension)
  for (let i = 0; i < n; i++) {
    const t = owner[i]
    const weight = mass[t] > 0 ? weights[i] / mass[t] : 1 / count[t]
    for (let d = 0; d < dimension; d++) sums[t * dimension + d] += weight * points[i * dimension + d]
  }
  for (let t = 0; t < k; t++) {
    if (fixed[t] === 1 || count[t] === 0) continue
    let length = 1
    if (radius > 0) {
      length = hypot(sums[3 * t], sums[3 * t + 1], sums[3 * t + 2]) / radius
      if (!(length > 1e-9)) continue
    }
    for (let d = 0; d < dimension; d++) centers[t * dimension + d] = sums[t * dimension + d] / length
  }
  return centers
}

/**
 * Moves each free center to the one of its territory's accounts that serves them at the least cost (the medoid): among all
 * members of a small territory, among the 30 nearest to the center in a large one. Ties: the smaller index, in a large
 * territory the nearer. Fixed centers and empty territories stay. O(n) for large territories, O(n x members) for small ones.
 *
 * @yields after every few hundred thousand distances
 */
export function* medoidCenters(problem: Places, owner: Int32Array, near: Float64Array, fixed: Uint8Array): Generator<undefined, Float64Array> {
  const { n, k, dimension, points, weights, power, radius } = problem
  const centers = new Float64Array(near)
  // members of territory t, ascending: members[start[t]] to members[start[t + 1]]
  const start = new Int32Array(k + 1)
  for (let i = 0; i < n; i++) start[owner[i] + 1]++
  for (let t = 0; t < k; t++) start[t + 1] += start[t]
  const next = start.slice(0, k)
  const members = new Int32Array(n)
  for (let i = 0; i < n; i++) members[next[owner[i]]++] = i
  const candidate = new Float64Array(dimension)
  let looked = 0
  for (let t = 0; t < k; t++) {
    const from = start[t]
    const to = start[t + 1]
    if (fixed[t] === 1 || from === to) continue
    const tried = to - from > ALL_MEMBERS ? nearestTo(t, members.slice(from, to)) : members.subarray(from, to)
    let least = Infinity
    for (const j of tried) {
      for (let d = 0; d < dimension; d++) candidate[d] = points[j * dimension + d]
      let cost = 0
      let at = from
      for (; at < to && cost < least; at++) cost += weights[members[at]] * costOfSquare(squareBetween(points, members[at], candidate, 0, dimension), power, radius)
      if (cost < least) {
        least = cost
        for (let d = 0; d < dimension; d++) centers[t * dimension + d] = candidate[d]
      }
      looked += at - from
      if (looked >= PAUSE) {
        looked = 0
        yield undefined
      }
    }
  }
  return centers

  /** The few of the rows that are nearest to center t, nearest first. */
  function nearestTo(t: number, rows: Int32Array): Int32Array {
    const squares = Float64Array.from(rows, (i) => squareBetween(points, i, near, t, dimension))
    selectRank(squares, rows, 0, rows.length, NEAREST)
    sortRun(squares, rows, 0, NEAREST)
    return rows.subarray(0, NEAREST)
  }
}
