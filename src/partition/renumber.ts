import { changeProblem, type Homes, type TransportProblem } from "../math/transport/transport-problem.js"
import type { Allocation } from "./allocate.js"
import type { FoundPlan } from "./search-plan.js"

/**
 * Puts territory t at place `placeOf[t]` in all arrays of a found plan, and in the locks, lists and homes of its problem. Targets and bounds
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
      eligibility: problem.eligibility ? { ...problem.eligibility, territories: problem.eligibility.territories.map((t) => placeOf[t]) } : null,
      homes: problem.homes ? { ...problem.homes, territory: problem.homes.territory.map((t) => placeOf[t]), ...moveHomes(problem.homes, (values) => move(values, 1)) } : null,
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
      moves: { rate: allocation.moves.rate, leaving: orNull(allocation.moves.leaving), coming: orNull(allocation.moves.coming) },
    },
  }

  function orNull(values: Float64Array | null): Float64Array | null {
    return values === null ? null : move(values, 1)
  }
}

/** What homes have by territory. */
function moveHomes({ leaving, coming, limits }: Homes, move: (values: Float64Array) => Float64Array): Pick<Homes, "leaving" | "coming" | "limits"> {
  const orNull = (values: Float64Array | null): Float64Array | null => (values === null ? null : move(values))
  return {
    leaving: orNull(leaving),
    coming: orNull(coming),
    limits: limits === null ? null : { stays: limits.stays, staysIn: orNull(limits.staysIn), comesTo: orNull(limits.comesTo) },
  }
}
