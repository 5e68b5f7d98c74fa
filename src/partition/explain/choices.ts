import { squareBetween } from "../../math/transport/transport-problem.js"
import type { TerritoryChoice } from "./explanation-result.js"
import { costAt, distanceAt, paidAt, type PlanModel } from "./plan-model.js"

/** One account against every territory. */
export interface Standing {
  /** k: orders territories by distance: squared straight lines, or distances as the caller gave them, Infinity for one that has none and is no option. */
  readonly ways: Float64Array
  /** k: cost there, the caller's unit; Infinity as above. */
  readonly costs: Float64Array
  /** k: cost less what the prices give back. */
  readonly reduced: Float64Array
  /** Reduced costs that differ by less are the same. */
  readonly slack: number
}

/** Digits that rounding leaves of a reduced cost. */
const SAME = 1e-9

/** O(k M). */
export function standAccount(model: PlanModel, i: number): Standing {
  const { problem, centers, compiled } = model
  const { k, points, dimension } = problem
  const ways = new Float64Array(k)
  const costs = new Float64Array(k)
  const reduced = new Float64Array(k)
  for (let t = 0; t < k; t++) {
    ways[t] = compiled.distances === null ? squareBetween(points, i, centers, t, dimension) : distanceAt(model, i, t)
    costs[t] = costAt(model, i, t)
    reduced[t] = costs[t] - paidAt(model, i, t)
  }
  const own = model.owner[i]
  return { ways, costs, reduced, slack: SAME * (costs[own] + Math.abs(costs[own] - reduced[own])) }
}

/** The place of the least value, the own territory before others; `among` says which count. -1: none. */
export function leastOf(values: Float64Array, own: number, among: (t: number) => boolean = () => true): number {
  let best = among(own) ? own : -1
  for (let t = 0; t < values.length; t++) if ((best < 0 || values[t] < values[best]) && among(t)) best = t
  return best
}

/** Territory t for account i, against its own. O(M). */
export function describeChoice(model: PlanModel, i: number, t: number): TerritoryChoice {
  const { compiled, prices, owner, territoryIds } = model
  const M = compiled.measures.length
  const own = owner[i]
  const cost = costAt(model, i, t)
  const extraCost = cost - costAt(model, i, own)
  let totalChange = extraCost
  let size = cost + Math.abs(extraCost)
  const rows = compiled.measures.map((name, m): [string, number] => {
    const priced = (prices[own * M + m] - prices[t * M + m]) * compiled.activities[i * M + m]
    // prices that should be 0 may be rounding
    const change = Math.abs(priced) <= SAME * (cost + Math.abs(extraCost)) ? 0 : priced
    totalChange += change
    size += Math.abs(change)
    return [name, change]
  })
  const where = compiled.countsDistance ? { distance: distanceAt(model, i, t), cost } : { distance: null, cost: null }
  return { territoryId: territoryIds[t], ...where, extraCost, priceChanges: Object.fromEntries(rows), totalChange: Math.abs(totalChange) <= SAME * size ? 0 : totalChange }
}
