import { measureCompactness } from "../../criteria/compactness.js"
import { finishSteps } from "../../model/in-pieces.js"
import { meanCenters, medoidCenters, type Places } from "../../math/cluster/center-of-members.js"
import type { MoveUnit } from "./move-units.js"
import type { PlanModel } from "./plan-model.js"

/** A unit and where it goes. */
export interface Step {
  readonly unit: MoveUnit
  readonly to: number
}

/**
 * What steps change the cost by, in the caller's unit, as `evaluateAlignment` judges: free centers are those of the new accounts.
 *
 * @returns O(accounts of the territories concerned) a question, with centers "account" up to 200 times that
 */
export function createMoveCosts(model: PlanModel): (steps: readonly Step[]) => number {
  const { problem, owner, centers, compiled, costUnit } = model
  const { k, dimension, points, weights, radius, power } = problem
  const members: number[][] = Array.from({ length: k }, () => [])
  owner.forEach((t, i) => members[t].push(i))
  const known = new Float64Array(k).fill(NaN)

  return (steps) => {
    const territories = [...new Set(steps.flatMap(({ unit, to }) => [unit.from, to]))]
    let change = 0
    for (const t of territories) {
      const leaving = new Set(steps.flatMap(({ unit }) => (unit.from === t ? unit.members : [])))
      const joining = steps.flatMap(({ unit, to }) => (to === t ? unit.members : []))
      const after = [...members[t].filter((i) => !leaving.has(i)), ...joining].sort((a, b) => a - b)
      if (Number.isNaN(known[t])) known[t] = costOf(t, members[t])
      change += costOf(t, after) - known[t]
    }
    return change * costUnit
  }

  /** The cost of territory t with other accounts, its center following where it is free. */
  function costOf(t: number, own: readonly number[]): number {
    if (own.length === 0) return 0
    const at = new Float64Array(own.length * dimension)
    own.forEach((i, a) => {
      for (let d = 0; d < dimension; d++) at[a * dimension + d] = points[i * dimension + d]
    })
    const places: Places = { n: own.length, k: 1, dimension, points: at, radius, power, weights: Float64Array.from(own, (i) => weights[i]) }
    const all = new Int32Array(own.length)
    const fixed = compiled.fixed.subarray(t, t + 1)
    const mean = meanCenters(places, all, centers.subarray(t * dimension, (t + 1) * dimension), fixed)
    const center = compiled.centersAre === "account" ? finishSteps(medoidCenters(places, all, mean, fixed)) : mean
    return measureCompactness(places, all, center).cost
  }
}
