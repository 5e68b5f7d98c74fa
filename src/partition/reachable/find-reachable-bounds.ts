import { isLate } from "../../math/lateness.js"
import { findReachable, type Reachable, type ReachInput } from "../../math/feasible/reachable-bounds.js"
import { wayCost, worthAt, type Homes } from "../../math/transport/transport-problem.js"
import { DEFAULT_TOLERANCE } from "../../model/measure.js"
import type { CompiledProblem } from "../compile-problem.js"
import { reachWithinLimits } from "./reach-within-limits.js"
import { boundSource, sidesOf } from "../infeasible/fit-case.js"

/** Below every cost of a way: where an account already is. */
const THERE = -Number.MAX_VALUE

/** What reaching depends on. */
export type ReachProblem = Pick<
  CompiledProblem,
  "problem" | "bounds" | "activityUnits" | "measures" | "measureOptions" | "specs" | "givenCenters"
>

/**
 * What a compiled problem can reach of its bounds, see {@link findReachable}; null where that takes too long,
 * or is called off before anything is known.
 * Accounts that are too heavy for any territory go, of several alike, where staying or the way to a given center
 * costs least.
 *
 * @param units groups as one account
 * @param owner n: where accounts are, if that is to be kept where it is as fair as anything else
 */
export function* findReachableBounds(
  units: ReachProblem,
  owner: Int32Array | null,
): Generator<undefined, Reachable | null> {
  const { problem, bounds, activityUnits, measures, measureOptions, givenCenters } = units
  const M = measures.length
  const { homes, eligibility, dimension } = problem
  const areCostsGiven = eligibility ? eligibility.costs !== null : false
  const isStated = (side: "min" | "max"): Uint8Array =>
    Uint8Array.from(bounds, (_, r) => (["territory", "measure"].includes(boundSource(units, r, side) ?? "") ? 1 : 0))
  let isCalledOff = false
  const input: ReachInput = {
    isCalledOff: () => isCalledOff,
    problem,
    ...sidesOf(bounds, activityUnits),
    targets: Float64Array.from(bounds, ({ target }, r) => target / activityUnits[r % M]),
    isStatedLower: isStated("min"),
    isStatedUpper: isStated("max"),
    tolerance: Float64Array.from(measures, (name) => measureOptions[name].tolerance ?? DEFAULT_TOLERANCE),
    // limits on moves come before the bounds
    stayOf: (i) => (homes?.limits ? mainHome(homes, i) : -1),
    costOf(i, t) {
      if (owner !== null) return owner[i] === t ? THERE : 0
      const way =
        areCostsGiven || !Number.isNaN(givenCenters[t * dimension]) ? wayCost(problem, givenCenters, i, t) : 0
      return homes ? way - worthAt(homes, i, t) : way
    },
  }
  const free = yield* noting(findReachable(input))
  const reach = free === null ? null : yield* noting(reachWithinLimits(problem, free, input))
  return reach === null ? null : { ...reach, loads: () => noting(reach.loads()) }

  /** Notes at every pause whether it is late. */
  function* noting<T>(work: Generator<undefined, T>): Generator<undefined, T> {
    let told: unknown = undefined
    for (;;) {
      const step = work.next(told)
      if (step.done === true) return step.value
      told = yield undefined
      isCalledOff ||= isLate(told)
    }
  }
}

/** Where most of an account is at home; -1: nowhere. */
function mainHome({ start, territory, weight }: Homes, i: number): number {
  let best = -1
  for (let at = start[i]; at < start[i + 1]; at++) if (best < 0 || weight[at] > weight[best]) best = at
  return best < 0 ? -1 : territory[best]
}
