import type { Random } from "../random.js"

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
    const direction = mainDirection(points, dimension, masses, members)
    if (wobble > 0) for (let d = 0; d < dimension; d++) direction[d] += wobble * (random() - 0.5) * 2
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

/** The direction of largest variance: power iteration on the covariance, from a fixed start. */
function mainDirection(points: Float64Array, dimension: number, masses: Float64Array, members: Uint32Array): Float64Array {
  const mean = new Float64Array(dimension)
  const covariance = new Float64Array(dimension * dimension)
  let total = 0
  for (const i of members) {
    const mass = masses[i]
    total += mass
    for (let d = 0; d < dimension; d++) mean[d] += mass * points[i * dimension + d]
  }
  for (let d = 0; d < dimension; d++) mean[d] /= total > 0 ? total : 1
  for (const i of members) {
    const mass = total > 0 ? masses[i] : 1
    for (let d = 0; d < dimension; d++) {
      const x = mass * (points[i * dimension + d] - mean[d])
      for (let e = 0; e <= d; e++) covariance[d * dimension + e] += x * (points[i * dimension + e] - mean[e])
    }
  }
  let direction = Float64Array.from({ length: dimension }, (_, d) => 1 - 0.1 * d)
  for (let step = 0; step < 30; step++) {
    const next = new Float64Array(dimension)
    for (let d = 0; d < dimension; d++) {
      for (let e = 0; e < dimension; e++) next[d] += covariance[d >= e ? d * dimension + e : e * dimension + d] * direction[e]
    }
    const length = Math.hypot(...next)
    if (length === 0) return direction
    direction = next.map((x) => x / length)
  }
  return direction
}
