import type { AccountTree } from "../index/account-tree.js"

/** The territories that some accounts are restricted to. */
export interface Eligibility {
  /** n + 1: account i may go to territories[start[i]] to territories[start[i + 1]], ascending; none there: to any. */
  readonly start: Int32Array
  readonly territories: Int32Array
}

/** Where accounts are today, and what staying is worth: there account i costs rate x weight_i less. */
export interface Homes {
  /** n: territory, or -1. */
  readonly territory: Int32Array
  /** n, 0 or more; 0 without a territory. */
  readonly weight: Float64Array
  /** The problem's unit of cost for each unit of weight, 0 or more. */
  readonly rate: number
}

/**
 * A balanced assignment problem in numbers alone: n accounts, k territories, M measures. Everything is scaled to order one by
 * the caller: weights and each measure sum to k, lengths are in units of a territory's typical radius.
 *
 *   min  sum_it (weight_i d(i,t)^power - [t is home of i] rate home-weight_i) y_it
 *   s.t. sum_t y_it = 1,   lower_tm <= sum_i activity_im y_it <= upper_tm
 *
 * Row r = t * M + m stands for measure m of territory t.
 */
export interface TransportProblem {
  readonly n: number
  readonly k: number
  readonly measureCount: number
  /** 2 on a plane, 3 on the globe. */
  readonly dimension: 2 | 3
  /** n x dimension; on the globe points at distance `radius` from the origin. */
  readonly points: Float64Array
  /** 0 on a plane; the sphere's radius in the problem's length unit on the globe. */
  readonly radius: number
  readonly power: 1 | 2
  /** n. */
  readonly weights: Float64Array
  /** n x M. */
  readonly activities: Float64Array
  /** k x M, finite: an open lower side is 0, an open upper side the total. */
  readonly lower: Float64Array
  readonly upper: Float64Array
  /** n: the only territory that account i may go to, or -1 for any. */
  readonly lockedTo: Int32Array
  /** Null: every account that is not locked may go anywhere. */
  readonly eligibility?: Eligibility | null | undefined
  /** Null: nobody has a home. */
  readonly homes?: Homes | null | undefined
  /** Accounts by neighborhood, where the problem is large enough to need it. */
  readonly tree?: AccountTree | undefined
}

/**
 * The same problem with some parts changed. Problems made here have one shape in memory: code that was compiled for one of them
 * runs for all, where a spread would make a new shape each time.
 */
export function changeProblem(problem: TransportProblem, changes: Partial<TransportProblem>): TransportProblem {
  const { n, k, measureCount, dimension, points, radius, power, weights, activities, lower, upper, lockedTo, eligibility = null, homes = null, tree } = { ...problem, ...changes }
  return { n, k, measureCount, dimension, points, radius, power, weights, activities, lower, upper, lockedTo, eligibility, homes, tree }
}

/**
 * Distance^power from a squared straight-line distance: itself on a plane, along the great circle on the globe (the straight
 * line there is the chord; arc = 2 R asin(chord / 2R)).
 */
export function costOfSquare(square: number, power: 1 | 2, radius: number): number {
  const s = square > 0 ? square : 0
  if (radius === 0) return power === 2 ? s : Math.sqrt(s)
  const half = Math.sqrt(s) / (2 * radius)
  const arc = 2 * radius * Math.asin(half < 1 ? half : 1)
  return power === 2 ? arc * arc : arc
}

/** Squared straight-line distance between account i and center t, by differences (no cancellation). */
export function squareBetween(points: Float64Array, i: number, centers: Float64Array, t: number, dimension: number): number {
  const p = i * dimension
  const c = t * dimension
  const dx = points[p] - centers[c]
  const dy = points[p + 1] - centers[c + 1]
  if (dimension === 2) return dx * dx + dy * dy
  const dz = points[p + 2] - centers[c + 2]
  return dx * dx + dy * dy + dz * dz
}

/** weight_i d(i,t)^power, less what staying is worth where t is the home of account i. */
export function pairCost(problem: TransportProblem, centers: Float64Array, i: number, t: number): number {
  const { points, dimension, weights, power, radius, homes } = problem
  const cost = weights[i] * costOfSquare(squareBetween(points, i, centers, t, dimension), power, radius)
  return homes && homes.territory[i] === t ? cost - homes.rate * homes.weight[i] : cost
}
