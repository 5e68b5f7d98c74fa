import { squareBetween, wayCost } from "../../math/transport/transport-problem.js"
import type { MoveUnit } from "./move-units.js"
import type { PlanModel } from "./plan-model.js"

/**
 * About what the cost changes by when a unit moves, in the problem's unit, by straight lines. With power 2 and mean centers that
 * move along it is exact on a plane: an account of weight w at distance d takes w d^2 W / (W - w) out of a territory of weight W, and
 * adds w d^2 W / (W + w) to one (Huygens-Steiner); else centers are taken to stay. With distances of the caller's own it is exact, and Infinity
 * where there is none.
 *
 * @returns O(members) a question
 */
export function createMoveEstimates({ problem, centers, owner, compiled }: PlanModel): (unit: MoveUnit, to: number) => number {
  const { n, k, points, dimension, weights, power } = problem
  const masses = new Float64Array(k)
  const costs = new Float64Array(k)
  for (let i = 0; i < n; i++) {
    masses[owner[i]] += weights[i]
    costs[owner[i]] += straightCost(i, owner[i])
  }
  const follows = compiled.fixed.map((isFixed, t) => (power === 2 && compiled.centersAre === "mean" && isFixed === 0 && (compiled.anchors?.share[t] ?? 0) === 0 ? 1 : 0))
  return ({ members, from }, to) => {
    let change = 0
    for (const i of members) change += join(i, to, members.length === 1) - leave(i, from, members.length === 1)
    return change
  }

  function leave(i: number, t: number, isAlone: boolean): number {
    const cost = straightCost(i, t)
    if (!isAlone || follows[t] === 0) return cost
    const rest = masses[t] - weights[i]
    return rest > 0 ? Math.min(costs[t], (cost * masses[t]) / rest) : costs[t]
  }

  function join(i: number, t: number, isAlone: boolean): number {
    const cost = straightCost(i, t)
    return isAlone && follows[t] === 1 && masses[t] > 0 ? (cost * masses[t]) / (masses[t] + weights[i]) : cost
  }

  function straightCost(i: number, t: number): number {
    if (compiled.distances !== null) return wayCost(problem, centers, i, t)
    const square = squareBetween(points, i, centers, t, dimension)
    return weights[i] * (power === 2 ? square : Math.sqrt(square))
  }
}
