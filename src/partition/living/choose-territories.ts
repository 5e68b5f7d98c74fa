import { pow } from "../../math/exact/pow.js"
import { EARTH_RADIUS_KM } from "../../math/geo/sphere.js"
import { costOfSquare, squareBetween } from "../../math/transport/transport-problem.js"
import type { PlanAccounts } from "./read-plan-accounts.js"
import type { LivePlan } from "./read-plan.js"

/** Where accounts go, by row. */
export interface Choices {
  /** n. */
  readonly owner: Int32Array
  /** n: weight * distance^power to the center of the owner, or by the caller's own distance. */
  readonly costs: Float64Array
  /** n: the best of the other territories, -1 where there is none. */
  readonly runnerUp: Int32Array
  /** n: what the runner-up costs more, prices included. */
  readonly extraCosts: Float64Array
  /** n: 1 where the owner is not the one of least cost, which had no room. */
  readonly diverted: Uint8Array
  /** Sum over the accounts of the least cost less prices. */
  readonly leastSum: number
}

/** Rows of accounts by their largest part of a target, the largest first; ties by id. */
function heaviestFirst({ n, activities, table }: PlanAccounts, { names, totals, k }: LivePlan): Int32Array {
  const M = names.length
  const size = new Float64Array(n)
  for (let i = 0; i < n; i++) for (let m = 0; m < M; m++) if (totals[m] > 0) size[i] = Math.max(size[i], (k * activities[i * M + m]) / totals[m])
  return table.order.slice().sort((a, b) => size[b] - size[a])
}

/**
 * Chooses for every account the territory of the least cost_it - sum_m price_tm * activity_im: at the plan's prices each account
 * by itself finds its place in the divisible optimum. Accounts that weigh nothing have no cost to weigh against prices, which
 * would send them anywhere: they go to the nearest center. Ties go to the nearer center, then to the first territory. Where distances
 * are the caller's own, these tell what is near.
 *
 * Where distances do not count, accounts choose in turn, the heaviest first: each goes where the fullest of its
 * measures is the least full.
 *
 * With upper bounds accounts choose in turn, by id, among the territories that have room for all of their activities, and as without
 * bounds where none has. O(n k M), independent of the order of rows.
 *
 * @param allowed n x k, 1 where an account may go there; null: anywhere. At least one for every account
 * @param ways n x k: the caller's own distances, Infinity where there is none; null: those to the centers
 * @param limits k x M, the activities that territories may reach; null: no bounds
 */
export function chooseTerritories(live: LivePlan, accounts: PlanAccounts, allowed: Uint8Array | null, ways: Float64Array | null, limits: Float64Array | null): Choices {
  const { k, dimension, centers, prices, names } = live
  const { n, points, weights, activities, table } = accounts
  const M = names.length
  const { power } = live.digest.compactness
  const radius = dimension === 3 ? EARTH_RADIUS_KM : 0
  const owner = new Int32Array(n)
  const costs = new Float64Array(n)
  const runnerUp = new Int32Array(n)
  const extraCosts = new Float64Array(n)
  const diverted = new Uint8Array(n)
  const filled = Float64Array.from(live.activities)
  // by territory, of the account at hand: squared distance, or its own; cost, cost less prices
  const nearness = new Float64Array(k)
  const pairCosts = new Float64Array(k)
  const reduced = new Float64Array(k)
  // without distances nothing is near: accounts go where there is most room, the heaviest first
  const isBalanceOnly = live.plan.cost === null
  const order = isBalanceOnly ? heaviestFirst(accounts, live) : table.order
  // of own distances those that are too long are none
  const mayBeFar = ways === null ? (live.digest.maxDistance ?? Infinity) : Infinity
  const isFar = new Uint8Array(k)
  let leastSum = 0

  for (let at = 0; at < n; at++) {
    const i = order[at]
    const isWeightless = weights[i] === 0
    let least = Infinity
    for (let t = 0; t < k; t++) {
      nearness[t] = isBalanceOnly ? loadWith(i, t) : ways === null ? squareBetween(points, i, centers, t, dimension) : ways[i * k + t]
      isFar[t] = mayBeFar < Infinity && costOfSquare(nearness[t], 1, radius) > mayBeFar * (1 + 1e-12) ? 1 : 0
      pairCosts[t] = isWeightless || isBalanceOnly ? 0 : weights[i] * (ways === null ? costOfSquare(nearness[t], power, radius) : pow(nearness[t], power))
      let paid = 0
      for (let m = 0; m < M; m++) paid += prices[t * M + m] * activities[i * M + m]
      reduced[t] = pairCosts[t] - paid
    }
    // an account that every center is too far from goes where it would without the limit
    if (everywhereTooFar(i)) isFar.fill(0)
    for (let t = 0; t < k; t++) if (isAllowed(i, t) && reduced[t] < least) least = reduced[t]
    leastSum += least
    const keys = isWeightless || isBalanceOnly ? nearness : reduced
    const wanted = best(i, keys, -1, false)
    let chosen = wanted
    if (limits !== null && !hasRoom(i, wanted)) {
      const open = best(i, keys, -1, true)
      if (open >= 0) chosen = open
    }
    const next = best(i, keys, chosen, false)
    owner[i] = chosen
    costs[i] = pairCosts[chosen]
    runnerUp[i] = next
    extraCosts[i] = next < 0 ? 0 : reduced[next] - reduced[chosen] + 0
    diverted[i] = chosen === wanted ? 0 : 1
    for (let m = 0; m < M; m++) filled[chosen * M + m] += activities[i * M + m]
  }
  return { owner, costs, runnerUp, extraCosts, diverted, leastSum }

  /**
   * The fullest measure of territory t with account i in it, of those that the account has: as a share of the target.
   */
  function loadWith(i: number, t: number): number {
    let load = 0
    for (let m = 0; m < M; m++) {
      const { target } = live.bounds[t * M + m]
      const own = activities[i * M + m]
      if (own > 0) load = Math.max(load, target > 0 ? (filled[t * M + m] + own) / target : Infinity)
    }
    return load
  }

  function isAllowed(i: number, t: number): boolean {
    return isFar[t] === 0 && isListed(i, t)
  }

  function isListed(i: number, t: number): boolean {
    return (allowed === null || allowed[i * k + t] === 1) && (ways === null || ways[i * k + t] < Infinity)
  }

  function everywhereTooFar(i: number): boolean {
    for (let t = 0; t < k; t++) if (isFar[t] === 0 && isListed(i, t)) return false
    return true
  }

  /** The allowed territory of the least key but for one; -1: none. */
  function best(i: number, keys: Float64Array, but: number, onlyWithRoom: boolean): number {
    let found = -1
    for (let t = 0; t < k; t++) {
      if (t === but || !isAllowed(i, t)) continue
      if (found >= 0 && !(keys[t] < keys[found] || (keys[t] === keys[found] && nearness[t] < nearness[found]))) continue
      if (!onlyWithRoom || hasRoom(i, t)) found = t
    }
    return found
  }

  function hasRoom(i: number, t: number): boolean {
    for (let m = 0; m < M; m++) {
      const own = activities[i * M + m]
      // a measure that the account does not have is no reason to turn it away
      if (own > 0 && filled[t * M + m] + own > (limits as Float64Array)[t * M + m]) return false
    }
    return true
  }
}
