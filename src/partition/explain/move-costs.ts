import { measureCompactness } from "../../criteria/compactness.js"
import { finishSteps } from "../../model/in-pieces.js"
import { holdCenters } from "../../math/cluster/anchors.js"
import { meanCenters, medoidCenters, type Places } from "../../math/cluster/center-of-members.js"
import type { MoveUnit } from "./move-units.js"
import { costAt, type PlanModel } from "./plan-model.js"

/** A unit and where it goes. */
export interface Step {
  readonly unit: MoveUnit
  readonly to: number
}

/**
 * What steps change the cost by, in the caller's unit, as `evaluateAlignment` judges: free centers are those of the new accounts, and
 * where distances are given, where centers are does not matter.
 *
 * @returns O(accounts of the territories concerned) a question, with centers "account" up to 200 times that
 */
export function createMoveCosts(model: PlanModel): (steps: readonly Step[]) => number {
  const { problem, owner, centers, compiled, costUnit } = model
  const { k, dimension, points, weights, radius, power } = problem
  // ways of the caller's own do not follow centers
  if (compiled.distances !== null) return (steps) => steps.reduce((sum, { unit, to }) => sum + unit.members.reduce((own, i) => own + costAt(model, i, to) - costAt(model, i, unit.from), 0), 0)
  const members: number[][] = Array.from({ length: k }, () => [])
  owner.forEach((t, i) => members[t].push(i))
  const known = new Float64Array(k).fill(NaN)

  const largest = members.reduce((most, own) => Math.max(most, own.length), 0)
  // a unit is at most all of a territory, and at most one joins another
  const at = new Float64Array(2 * largest * dimension)
  const masses = new Float64Array(2 * largest)
  const all = new Int32Array(2 * largest)

  return (steps) => {
    let change = 0
    for (const t of steps.length === 1 ? [steps[0].unit.from, steps[0].to] : new Set(steps.flatMap(({ unit, to }) => [unit.from, to]))) {
      if (Number.isNaN(known[t])) known[t] = costOf(t, members[t])
      change += costOf(t, membersAfter(t, steps)) - known[t]
    }
    return change * costUnit
  }

  function membersAfter(t: number, steps: readonly Step[]): number[] {
    let own: number[] = members[t]
    for (const { unit, to } of steps) {
      if (unit.from === t) own = own.filter((i) => !unit.members.includes(i))
      else if (to === t) own = [...own, ...unit.members]
    }
    // of two accounts that are equally good as the center the smaller id is taken
    return compiled.centersAre === "account" ? [...own].sort((a, b) => a - b) : own
  }

  /** The cost of territory t with other accounts, its center following where it is free. */
  function costOf(t: number, own: readonly number[]): number {
    const n = own.length
    if (n === 0) return 0
    for (let a = 0; a < n; a++) {
      const i = own[a]
      masses[a] = weights[i]
      for (let d = 0; d < dimension; d++) at[a * dimension + d] = points[i * dimension + d]
    }
    const places: Places = { n, k: 1, dimension, points: at, radius, power, weights: masses }
    const fixed = compiled.fixed.subarray(t, t + 1)
    const mean = meanCenters(places, all, centers.subarray(t * dimension, (t + 1) * dimension), fixed)
    if (compiled.anchors !== null) holdCenters(mean, compiled.anchors, fixed, dimension, radius, t)
    const center = compiled.centersAre === "account" ? finishSteps(medoidCenters(places, all.subarray(0, n), mean, fixed)) : mean
    return measureCompactness(places, all, center).cost
  }
}
