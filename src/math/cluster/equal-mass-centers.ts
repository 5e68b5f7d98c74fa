import type { Random } from "../random.js"

/** Sweeps of rotations: a matrix of 3 x 3 is diagonal to rounding after five. */
const SWEEPS = 6

/**
 * Starting centers for k territories of given shares: the points are halved again and again, each time across the direction
 * in which they spread most, so that both sides hold the mass of their territories; a center is the mean of its part.
 *
 * Tie rule: equal projections are ordered by row. With `wobble` 0 the result depends on the points alone; with more, the
 * direction and the split vary with `random`. O(n log n log k).
 *
 * Source: recursive bisection (Berger & Bokhari 1987), here with unequal shares.
 *
 * @param masses n, >= 0; where all are 0 every row counts 1
 * @param shares k, > 0 or 0, relative
 * @param wobble 0 to 1: how far directions are turned at random
 * @returns k x dimension; not normalised to the sphere
 */
export function equalMassCenters(points: Float64Array, dimension: 2 | 3, masses: Float64Array, shares: Float64Array, random: Random, wobble: number): Float64Array {
  const n = masses.length
  const k = shares.length
  const centers = new Float64Array(k * dimension)
  const keys = new Float64Array(n)
  const rows = new Uint32Array(n)
  for (let i = 0; i < n; i++) rows[i] = i
  const stack: [from: number, to: number, first: number, last: number][] = [[0, n, 0, k]]
  for (;;) {
    const part = stack.pop()
    if (part === undefined) return centers
    const [from, to, first, last] = part
    const members = rows.subarray(from, to)
    const count = last - first
    if (count === 1) {
      writeMean(points, dimension, masses, members, centers, first)
      continue
    }
    const half = count >> 1
    const left = wobble > 0 && count > 3 ? Math.min(count - 1, Math.max(1, half + Math.round((random() - 0.5) * 0.2 * count))) : half
    const axes = principalAxes(points, dimension, masses, members)
    const direction = axes.slice(0, dimension)
    if (wobble > 0) {
      for (let a = 0; a < dimension; a++) {
        const part = wobble * (random() - 0.5) * 2
        for (let d = 0; d < dimension; d++) direction[d] += part * axes[a * dimension + d]
      }
    }
    for (const i of members) {
      let key = 0
      for (let d = 0; d < dimension; d++) key += points[i * dimension + d] * direction[d]
      keys[i] = key
    }
    members.sort((a, b) => keys[a] - keys[b] || a - b)
    // the left part takes rows until it has the share of its territories, and leaves at least one row for each on the right
    let total = 0
    for (const i of members) total += masses[i]
    let leftShare = 0
    let allShares = 0
    for (let t = first; t < last; t++) {
      allShares += shares[t]
      if (t < first + left) leftShare += shares[t]
    }
    const wanted = total > 0 && allShares > 0 ? (total * leftShare) / allShares : 0
    let cut = 0
    let sum = 0
    if (total === 0) cut = Math.round((members.length * left) / count)
    else while (cut < members.length && sum + masses[members[cut]] / 2 < wanted) sum += masses[members[cut++]]
    cut = Math.max(Math.min(left, members.length), Math.min(cut, members.length - (count - left)))
    stack.push([from + cut, to, first + left, last], [from, from + cut, first, first + left])
  }
}

function writeMean(points: Float64Array, dimension: number, masses: Float64Array, members: Uint32Array, centers: Float64Array, t: number): void {
  let total = 0
  for (const i of members) total += masses[i]
  for (let d = 0; d < dimension; d++) {
    let sum = 0
    for (const i of members) sum += points[i * dimension + d] * (total > 0 ? masses[i] : 1)
    centers[t * dimension + d] = sum / (total > 0 ? total : Math.max(1, members.length))
  }
}

/**
 * The principal axes of the members, largest variance first, dimension x dimension by rows: eigenvectors of the covariance by
 * Jacobi's rotations (1846). An axis points where the points reach further (third moment > 0), so that the axes turn with the
 * points: a plan does not depend on where the meridian is.
 */
function principalAxes(points: Float64Array, dimension: number, masses: Float64Array, members: Uint32Array): Float64Array {
  let total = 0
  for (const i of members) total += masses[i]
  const massOf = (i: number): number => (total > 0 ? masses[i] / total : 1 / members.length)
  const mean = new Float64Array(dimension)
  for (const i of members) for (let d = 0; d < dimension; d++) mean[d] += massOf(i) * points[i * dimension + d]
  const covariance = new Float64Array(dimension * dimension)
  for (const i of members) {
    for (let d = 0; d < dimension; d++) {
      const x = massOf(i) * (points[i * dimension + d] - mean[d])
      for (let e = 0; e < dimension; e++) covariance[d * dimension + e] += x * (points[i * dimension + e] - mean[e])
    }
  }
  const axes = new Float64Array(dimension * dimension)
  for (let d = 0; d < dimension; d++) axes[d * dimension + d] = 1
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (let a = 0; a < dimension; a++) for (let b = a + 1; b < dimension; b++) rotate(covariance, axes, dimension, a, b)
  }
  const order = Array.from({ length: dimension }, (_, d) => d).sort((a, b) => covariance[b * dimension + b] - covariance[a * dimension + a] || a - b)
  const sorted = new Float64Array(dimension * dimension)
  order.forEach((axis, rank) => {
    let skew = 0
    for (const i of members) {
      let key = 0
      for (let d = 0; d < dimension; d++) key += axes[axis * dimension + d] * (points[i * dimension + d] - mean[d])
      skew += massOf(i) * key ** 3
    }
    for (let d = 0; d < dimension; d++) sorted[rank * dimension + d] = (skew < 0 ? -1 : 1) * axes[axis * dimension + d]
  })
  return sorted
}

/** Turns axes a and b so that `matrix` has 0 at (a, b); the rows of `axes` turn with them. */
function rotate(matrix: Float64Array, axes: Float64Array, dimension: number, a: number, b: number): void {
  const off = matrix[a * dimension + b]
  if (off === 0) return
  const theta = (matrix[b * dimension + b] - matrix[a * dimension + a]) / (2 * off)
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
  const cosine = 1 / Math.sqrt(tangent * tangent + 1)
  const sine = tangent * cosine
  const turn = (of: Float64Array, p: number, q: number): void => {
    const x = of[p]
    const y = of[q]
    of[p] = cosine * x - sine * y
    of[q] = sine * x + cosine * y
  }
  for (let d = 0; d < dimension; d++) turn(matrix, a * dimension + d, b * dimension + d)
  for (let d = 0; d < dimension; d++) {
    turn(matrix, d * dimension + a, d * dimension + b)
    turn(axes, a * dimension + d, b * dimension + d)
  }
}
