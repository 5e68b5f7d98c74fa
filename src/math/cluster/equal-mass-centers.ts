import type { Random } from "../random.js"
import { selectMass } from "../select/select-mass.js"
import { selectRank } from "../select/select-rank.js"

/** Sweeps of rotations: a matrix of 3 x 3 is diagonal to rounding after five. */
const SWEEPS = 6
/** Rows looked at between two pauses. */
const PAUSE = 1 << 15

/**
 * Starting centers for k territories of given shares: the points are halved again and again, each time across the direction
 * in which they spread most, so that both sides hold the mass of their territories; a center is the mean of its part.
 *
 * Tie rule: equal projections are ordered by row. With `wobble` 0 the result depends on the points alone; with more, the
 * direction and the split vary with `random`. O(n log k): parts are selected, not sorted.
 *
 * Source: recursive bisection (Berger & Bokhari 1987, along coordinates), here along principal axes and with unequal shares.
 *
 * @param masses n, >= 0; where all are 0 every row counts 1
 * @param shares k, > 0 or 0, relative
 * @param wobble 0 to 1: how far directions are turned at random
 * @returns k x dimension; not normalized to the sphere
 * @yields after every few hundred thousand rows
 */
export function* equalMassCenters(
  points: Float64Array,
  dimension: 2 | 3,
  masses: Float64Array,
  shares: Float64Array,
  random: Random,
  wobble: number,
): Generator<undefined, Float64Array> {
  const n = masses.length
  const k = shares.length
  const centers = new Float64Array(k * dimension)
  const keys = new Float64Array(n)
  const rows = new Int32Array(n)
  for (let i = 0; i < n; i++) rows[i] = i
  const stack: [from: number, to: number, first: number, last: number][] = [[0, n, 0, k]]
  let looked = 0
  for (;;) {
    const part = stack.pop()
    if (part === undefined) return centers
    const [from, to, first, last] = part
    const count = last - first
    let total = 0
    for (let at = from; at < to; at++) total += masses[rows[at]]
    const massOf = total > 0 ? masses : null
    if (count === 1) {
      writeMean(points, dimension, massOf, rows.subarray(from, to), centers, first)
      continue
    }
    const half = count >> 1
    const left = wobble > 0 && count > 3 ? Math.min(count - 1, Math.max(1, half + Math.round((random() - 0.5) * 0.2 * count))) : half
    const axes = principalAxes(points, dimension, massOf, rows.subarray(from, to))
    looked += to - from
    const isLarge = to - from >= PAUSE
    if (isLarge) yield undefined
    const direction = axes.slice(0, 3)
    if (wobble > 0) {
      for (let a = 0; a < dimension; a++) {
        const turn = wobble * (random() - 0.5) * 2
        for (let d = 0; d < dimension; d++) direction[d] += turn * axes[a * 3 + d]
      }
    }
    project(points, dimension, rows, from, to, direction, keys)
    if (isLarge) yield undefined
    // the left part takes rows until it has the share of its territories, and leaves at least one row for each on the right
    let leftShare = 0
    let allShares = 0
    for (let t = first; t < last; t++) {
      allShares += shares[t]
      if (t < first + left) leftShare += shares[t]
    }
    const size = to - from
    const wanted = total > 0 && allShares > 0 ? (total * leftShare) / allShares : 0
    const taken = total > 0 ? selectMass(keys, rows, masses, from, to, wanted) : Math.round((size * left) / count)
    const cut = Math.max(Math.min(left, size), Math.min(taken, size - (count - left)))
    if (isLarge) yield undefined
    if (total === 0 || cut !== taken) selectRank(keys, rows, from, to, cut)
    stack.push([from + cut, to, first + left, last], [from, from + cut, first, first + left])
    if (looked >= PAUSE) {
      looked = 0
      yield undefined
    }
  }
}

/** @param masses n; null: every row counts 1 */
function writeMean(points: Float64Array, dimension: number, masses: Float64Array | null, members: Int32Array, centers: Float64Array, t: number): void {
  let total = 0
  for (const i of members) total += masses === null ? 1 : masses[i]
  for (let d = 0; d < dimension; d++) {
    let sum = 0
    for (const i of members) sum += points[i * dimension + d] * (masses === null ? 1 : masses[i])
    centers[t * dimension + d] = sum / Math.max(total, Number.MIN_VALUE)
  }
}

/** The lengths of the rows from `from` to `to` along a direction (three numbers). */
function project(points: Float64Array, dimension: number, rows: Int32Array, from: number, to: number, direction: Float64Array, keys: Float64Array): void {
  const [a, b, c] = direction
  for (let at = from; at < to; at++) {
    const p = rows[at] * dimension
    keys[at] = points[p] * a + points[p + 1] * b + (dimension === 3 ? points[p + 2] * c : 0)
  }
}

/**
 * The principal axes of the members, largest variance first, 3 x 3 by rows, on a plane in its z = 0: eigenvectors of the
 * covariance by Jacobi's rotations (1846). An axis points where the points reach further (third moment > 0), so that the axes
 * turn with the points: a plan does not depend on where the meridian is.
 *
 * @param masses n; null: every row counts 1
 */
function principalAxes(points: Float64Array, dimension: number, masses: Float64Array | null, members: Int32Array): Float64Array {
  // moments about one of the members: no large squares to cancel
  const o = members[0] * dimension
  const ox = points[o]
  const oy = points[o + 1]
  const oz = dimension === 3 ? points[o + 2] : 0
  let total = 0
  let x = 0, y = 0, z = 0
  let xx = 0, xy = 0, xz = 0, yy = 0, yz = 0, zz = 0
  for (let at = 0; at < members.length; at++) {
    const i = members[at]
    const p = i * dimension
    const mass = masses === null ? 1 : masses[i]
    const dx = points[p] - ox
    const dy = points[p + 1] - oy
    const dz = dimension === 3 ? points[p + 2] - oz : 0
    const mx = mass * dx
    const my = mass * dy
    const mz = mass * dz
    total += mass
    x += mx
    y += my
    z += mz
    xx += mx * dx
    xy += mx * dy
    xz += mx * dz
    yy += my * dy
    yz += my * dz
    zz += mz * dz
  }
  x /= total
  y /= total
  z /= total
  const covariance = Float64Array.of(
    xx / total - x * x, xy / total - x * y, xz / total - x * z,
    xy / total - x * y, yy / total - y * y, yz / total - y * z,
    xz / total - x * z, yz / total - y * z, zz / total - z * z,
  )
  const axes = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1)
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (let a = 0; a < 3; a++) for (let b = a + 1; b < 3; b++) rotate(covariance, axes, 3, a, b)
  }
  const order = [0, 1, 2].sort((a, b) => covariance[b * 4] - covariance[a * 4] || a - b)
  const sorted = new Float64Array(9)
  order.forEach((axis, rank) => sorted.set(axes.subarray(3 * axis, 3 * axis + 3), 3 * rank))
  const [a0, a1, a2, b0, b1, b2, c0, c1, c2] = sorted
  const mx = ox + x
  const my = oy + y
  const mz = oz + z
  let a = 0, b = 0, c = 0
  for (let at = 0; at < members.length; at++) {
    const i = members[at]
    const p = i * dimension
    const mass = masses === null ? 1 : masses[i]
    const dx = points[p] - mx
    const dy = points[p + 1] - my
    const dz = dimension === 3 ? points[p + 2] - mz : 0
    const u = a0 * dx + a1 * dy + a2 * dz
    const v = b0 * dx + b1 * dy + b2 * dz
    const w = c0 * dx + c1 * dy + c2 * dz
    a += mass * u * u * u
    b += mass * v * v * v
    c += mass * w * w * w
  }
  const skews = [a, b, c]
  for (let s = 0; s < 9; s++) if (skews[Math.floor(s / 3)] < 0) sorted[s] = -sorted[s]
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
