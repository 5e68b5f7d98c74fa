import { asin } from "../exact/asin.js"
import type { AccountTree } from "../index/account-tree.js"
import type { MoveLimits } from "./move-limits.js"

/** The territories that some accounts are restricted to. */
export interface Eligibility {
  /** n + 1: account i may go to territories[start[i]] to territories[start[i + 1]], ascending; none there: to any. */
  readonly start: Int32Array
  readonly territories: Int32Array
  /** By entry: what the pair costs, whatever its distance; null: by distance, as all others. */
  readonly costs: Float64Array | null
}

/** Where accounts are today, and what staying is worth. */
export interface Homes {
  /** n + 1: account i is at home in territory[start[i]] to territory[start[i + 1]]: one or none, but for joined accounts and split territories. */
  readonly start: Int32Array
  readonly territory: Int32Array
  /** By entry, 0 or more: what of the account stays at home there; the rest of `total` moves. */
  readonly weight: Float64Array
  /** n: what moves where an account is at home nowhere. */
  readonly total: Float64Array
  /** What staying is worth: the problem's unit of cost for each unit of weight, 0 or more. */
  readonly rate: number
  /** k, or null for 0: what staying in t is worth beyond that, and what coming to t from another home costs. */
  readonly leaving: Float64Array | null
  readonly coming: Float64Array | null
  /** Null: as much moves as pays. Only what divides accounts exactly keeps limits; all else counts their prices. */
  readonly limits: MoveLimits | null
}

/**
 * How far accounts should go at most. Where not even divided accounts can keep to that (see `limitToReach`), a way
 * that is longer costs so much more, for each unit of weight, and for `least` of them at least, that few are taken.
 */
export interface Reach {
  /** Of the straight line. */
  readonly square: number
  readonly surcharge: number
  /** Weight of a usual account: one that weighs less pays as much. */
  readonly least: number
}

/** Accounts that several stand for: they go together, each from its own place. */
export interface Groups {
  /** n + 1: account i stands for members start[i] to start[i + 1]; none: for itself. */
  readonly start: Int32Array
  /** By member: its place (x dimension) and weight. */
  readonly points: Float64Array
  readonly weights: Float64Array
}

/**
 * A balanced assignment problem in numbers alone: n accounts, k territories, M measures. Everything is scaled to order one by
 * the caller: weights and each measure sum to k, lengths are in units of a territory's typical radius.
 *
 *   min  sum_it (weight_i d(i,t)^power - worth_it) y_it,   worth_it = rate home-weight_it, for accounts with a home
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
  /**
   * k x M: what is outside a bound counts relative to; null: to the middle of the bounds, or the one that is closed.
   */
  readonly scale?: Float64Array | null | undefined
  /** n: the only territory that account i may go to, or -1 for any. */
  readonly lockedTo: Int32Array
  /** Null: every account that is not locked may go anywhere. */
  readonly eligibility?: Eligibility | null | undefined
  /** Null: nobody has a home. */
  readonly homes?: Homes | null | undefined
  /** Null: every account stands for itself. A group's point is the weighted mean of its members' (not on the sphere), its weight their sum. */
  readonly groups?: Groups | null | undefined
  /** Null: any way may be taken. */
  readonly reach?: Reach | null | undefined
  /** Accounts by neighborhood, where the problem is large enough to need it. */
  readonly tree?: AccountTree | undefined
}

/**
 * The same problem with some parts changed. Problems made here have one shape in memory: code that was compiled for one of them
 * runs for all, where a spread would make a new shape each time.
 */
export function changeProblem(problem: TransportProblem, changes: Partial<TransportProblem>): TransportProblem {
  const { n, k, measureCount, dimension, points, radius, power, weights, activities, lower, upper, scale = null, lockedTo, eligibility = null, homes = null, groups = null, reach = null, tree } = { ...problem, ...changes }
  return { n, k, measureCount, dimension, points, radius, power, weights, activities, lower, upper, scale, lockedTo, eligibility, homes, groups, reach, tree }
}

/**
 * Distance^power from a squared straight-line distance: itself on a plane, along the great circle on the globe (the straight
 * line there is the chord; arc = 2 R asin(chord / 2R)).
 */
export function costOfSquare(square: number, power: 1 | 2, radius: number): number {
  const s = square > 0 ? square : 0
  if (radius === 0) return power === 2 ? s : Math.sqrt(s)
  const half = Math.sqrt(s) / (2 * radius)
  const arc = 2 * radius * asin(half < 1 ? half : 1)
  return power === 2 ? arc * arc : arc
}

/** weight distance^power; beyond reach with the surcharge. */
export function weighSquare(
  weight: number,
  square: number,
  power: 1 | 2,
  radius: number,
  reach: Reach | null | undefined,
): number {
  const cost = weight * costOfSquare(square, power, radius)
  return reach && square > reach.square ? cost + reach.surcharge * Math.max(weight, reach.least) : cost
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

/** What a pair costs, less what staying is worth where t is a home of account i. */
export function pairCost(problem: TransportProblem, centers: Float64Array, i: number, t: number): number {
  const { homes } = problem
  const cost = wayCost(problem, centers, i, t)
  return homes ? cost - worthAt(homes, i, t) : cost
}

/** weight_i d(i,t)^power, for a group the sum over its members; or as given. Infinity where costs are given and this one is not. */
export function wayCost(problem: TransportProblem, centers: Float64Array, i: number, t: number): number {
  const { points, dimension, weights, power, radius, reach, groups, eligibility } = problem
  if (eligibility && eligibility.costs !== null && eligibility.start[i + 1] > eligibility.start[i]) {
    for (let at = eligibility.start[i]; at < eligibility.start[i + 1]; at++) if (eligibility.territories[at] === t) return eligibility.costs[at]
    return Infinity
  }
  if (groups && groups.start[i + 1] > groups.start[i]) {
    let cost = 0
    for (let member = groups.start[i]; member < groups.start[i + 1]; member++) {
      cost += weighSquare(groups.weights[member], squareBetween(groups.points, member, centers, t, dimension), power, radius, reach)
    }
    return cost
  }
  return weighSquare(weights[i], squareBetween(points, i, centers, t, dimension), power, radius, reach)
}

/** How many members of a group, or whether account i itself (1), territory t is out of reach of. O(members). */
export function membersBeyond(
  { points, dimension, reach, groups }: TransportProblem,
  centers: Float64Array,
  i: number,
  t: number,
): number {
  if (!reach) return 0
  if (!groups || groups.start[i + 1] === groups.start[i]) return squareBetween(points, i, centers, t, dimension) > reach.square ? 1 : 0
  let beyond = 0
  for (let member = groups.start[i]; member < groups.start[i + 1]; member++) {
    if (squareBetween(groups.points, member, centers, t, dimension) > reach.square) beyond++
  }
  return beyond
}

/** Whether account i costs something else than weight_i d(i,t)^power: it stands outside the tree. */
export function hasOwnCosts({ groups, eligibility }: Pick<TransportProblem, "groups" | "eligibility">, i: number): boolean {
  return (!!groups && groups.start[i + 1] > groups.start[i]) || (!!eligibility && eligibility.costs !== null && eligibility.start[i + 1] > eligibility.start[i])
}

/** What territory t is cheaper for account i than its way tells: more than 0 at home, less where coming costs. O(homes of i). */
export function worthAt(homes: Homes, i: number, t: number): number {
  const here = weightAtHome(homes, i, t)
  let worth = homes.rate * here
  if (homes.leaving !== null) worth += homes.leaving[t] * here
  if (homes.coming !== null) worth -= homes.coming[t] * (homes.total[i] - here)
  return worth
}

/** What of account i stays at home in territory t. O(homes of i). */
export function weightAtHome({ start, territory, weight }: Homes, i: number, t: number): number {
  for (let at = start[i]; at < start[i + 1]; at++) if (territory[at] === t) return weight[at]
  return 0
}
