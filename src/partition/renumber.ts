import { changeProblem, type TransportProblem } from "../math/transport/transport-problem.js"
import type { Allocation } from "./allocate.js"
import type { FoundPlan } from "./search-plan.js"

/**
 * Puts territory t at place `placeOf[t]` in all arrays of a found plan, and in the locks and homes of its problem. Targets and bounds
 * stay: only territories that have the same, and to which the same accounts may go, change places. O(n + k).
 */
export function renumber(
  found: FoundPlan,
  placeOf: Int32Array,
  problem: TransportProblem,
): { problem: TransportProblem; owner: Int32Array; centers: Float64Array; allocation: Allocation } {
  const move = (values: Float64Array, width: number): Float64Array => {
    const moved = new Float64Array(values.length)
    placeOf.forEach((place, t) => {
      for (let d = 0; d < width; d++) moved[place * width + d] = values[t * width + d]
    })
    return moved
  }
  const M = problem.measureCount
  const { allocation } = found
  return {
    problem: changeProblem(problem, {
      lockedTo: problem.lockedTo.map((t) => (t < 0 ? t : placeOf[t])),
      homes: problem.homes ? { ...problem.homes, territory: problem.homes.territory.map((t) => placeOf[t]) } : null,
    }),
    owner: found.owner.map((t) => placeOf[t]),
    centers: move(found.centers, problem.dimension),
    allocation: {
      ...allocation,
      centers: move(allocation.centers, problem.dimension),
      prices: move(allocation.prices, M),
      spacing: move(allocation.spacing, 1),
      owner: allocation.owner.map((t) => placeOf[t]),
      splits: allocation.splits.map((split) => ({ ...split, territories: split.territories.map((t) => placeOf[t]) })),
      ray: allocation.ray === null ? null : move(allocation.ray, M),
    },
  }
}
