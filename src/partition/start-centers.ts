import { equalMassCenters } from "../math/cluster/equal-mass-centers.js"
import { hypot } from "../math/exact/hypot.js"
import type { Random } from "../math/random.js"
import { squareBetween } from "../math/transport/transport-problem.js"
import type { CompiledProblem } from "./compile-problem.js"
import { divideSplit } from "./events/divide-split.js"

/**
 * Where a search starts: given centers where they are, territories with accounts at home there at the mean of these, else of
 * those that are locked to them, the others at
 * the means of parts that have the mass of their share (mass: the mean of all measures). A place that is given takes the part that
 * lies nearest, so that no part has two. O(n log k + k^2).
 *
 * @param wobble 0: no chance; up to 1: directions of the cuts vary with `random`
 * @yields now and then
 */
export function* startCenters(compiled: CompiledProblem, random: Random, wobble: number): Generator<undefined, Float64Array> {
  const { problem, givenCenters, bounds, totals, reach } = compiled
  const { n, k, measureCount: M, dimension, points, activities, weights, radius, homes } = problem
  const { lockedTo } = compiled.searched
  if (!givenCenters.some(Number.isNaN)) return givenCenters.slice()
  const masses = new Float64Array(n)
  for (let i = 0; i < n; i++) for (let m = 0; m < M; m++) masses[i] += activities[i * M + m] / M
  const shares = new Float64Array(k)
  for (let t = 0; t < k; t++) {
    for (let m = 0; m < M; m++) {
      const { target, min, max } = bounds[t * M + m]
      const r = t * M + m
      const wanted = Math.min(Math.max(target, min ?? 0), max ?? Infinity) / totals[m]
      // in the problem's units every measure sums to k
      const reached = reach === null ? wanted : Math.min(Math.max(wanted, reach.lower[r] / k), reach.upper[r] / k)
      shares[t] += totals[m] > 0 ? reached / M : 1 / (k * M)
    }
  }
  yield undefined
  const centers = yield* dividePlaces()
  yield undefined
  const anchors = ownMeans(yield* divideSplit(problem, masses, shares, givenCenters))
  const isAnchored = new Uint8Array(k)
  for (let t = 0; t < k; t++) {
    const anchor = Number.isNaN(givenCenters[t * dimension]) ? anchors : givenCenters
    if (Number.isNaN(anchor[t * dimension])) continue
    // the start that lies nearest makes room, whether its territory is listed before or after
    let nearest = t
    for (let s = 0; s < k; s++) {
      if (isAnchored[s] === 0 && squareBetween(centers, s, anchor, t, dimension) < squareBetween(centers, nearest, anchor, t, dimension)) nearest = s
    }
    isAnchored[t] = 1
    for (let d = 0; d < dimension; d++) {
      centers[nearest * dimension + d] = centers[t * dimension + d]
      centers[t * dimension + d] = anchor[t * dimension + d]
    }
  }
  if (radius > 0) for (let t = 0; t < k; t++) ontoSphere(centers, t, radius, points)
  return centers

  /** Means of equal parts; accounts that fill a territory alone are where it starts, and in no other part. */
  function* dividePlaces(): Generator<undefined, Float64Array> {
    const placed = reach === null ? [] : reach.placed
    const isFull = new Uint8Array(k)
    for (const { territory } of placed) isFull[territory] = 1
    const others = Int32Array.from({ length: k }, (_, t) => t).filter((t) => isFull[t] === 0)
    if (placed.length === 0 || others.length === 0) {
      return yield* equalMassCenters(points, dimension, masses, shares, random, wobble)
    }
    const open = masses.slice()
    for (const { account } of placed) open[account] = 0
    const their = Float64Array.from(others, (t) => shares[t])
    const parts = yield* equalMassCenters(points, dimension, open, their, random, wobble)
    const all = new Float64Array(k * dimension)
    others.forEach((t, part) => all.set(parts.subarray(part * dimension, (part + 1) * dimension), t * dimension))
    for (const { account, territory } of placed) {
      all.set(points.subarray(account * dimension, (account + 1) * dimension), territory * dimension)
    }
    return all
  }

  function ownMeans(partOf: Int32Array): Float64Array {
    const means = new Float64Array(k * dimension)
    const sums = new Float64Array(k)
    for (let i = 0; i < n; i++) {
      if (partOf[i] >= 0) add(i, partOf[i], weights[i])
      else if (homes) for (let at = homes.start[i]; at < homes.start[i + 1]; at++) add(i, homes.territory[at], weights[i])
      else if (lockedTo[i] >= 0) add(i, lockedTo[i], 1)
    }
    // NaN where there is nothing to take the mean of
    for (let t = 0; t < k; t++) for (let d = 0; d < dimension; d++) means[t * dimension + d] = sums[t] > 0 ? means[t * dimension + d] / sums[t] : NaN
    return means

    function add(i: number, t: number, weight: number): void {
      sums[t] += weight
      for (let d = 0; d < dimension; d++) means[t * dimension + d] += weight * points[i * dimension + d]
    }
  }
}

/** Pushes center t out onto the sphere; one without direction goes to the first point. */
function ontoSphere(centers: Float64Array, t: number, radius: number, points: Float64Array): void {
  const length = hypot(centers[3 * t], centers[3 * t + 1], centers[3 * t + 2])
  for (let d = 0; d < 3; d++) centers[3 * t + d] = length > 1e-9 * radius ? (centers[3 * t + d] * radius) / length : points[d]
}
