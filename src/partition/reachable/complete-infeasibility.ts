import { deviationOf } from "../../criteria/balance.js"
import type { Reachable } from "../../math/feasible/reachable-bounds.js"
import type { CompiledProblem } from "../compile-problem.js"
import type { Explanation, Infeasibility, ReachableActivity } from "../infeasible/infeasibility.js"
import { findReachableBounds } from "./find-reachable-bounds.js"
import { relaxKeyTerritories } from "./relax-key-territories.js"
import { relaxCount } from "./relax-count.js"
import { tellSumGap } from "./tell-sum-gap.js"

/** Where a plan is, and what its territories are called. */
export interface PlanPlaces {
  /** By unit. */
  readonly owner: Int32Array
  /** k. */
  readonly territoryIds: readonly string[]
  /** Ids of the accounts that a unit stands for. */
  idsOf(u: number): readonly string[]
}

/**
 * An explanation with what can be reached, and with the ways out that people choose before all others: a share of
 * its own for a territory that is filled by what can go nowhere else, heavy accounts set apart, another number of
 * territories. Says where no sum of whole accounts lies within the bounds.
 *
 * @param units groups as one account; with what the search aimed at, if there was one
 */
export function* completeInfeasibility(
  explanation: Explanation,
  units: CompiledProblem,
  plan: PlanPlaces,
): Generator<undefined, Infeasibility> {
  if (explanation.kind === "distance") return { ...explanation, reachable: null }
  const reach = knownFor(units, plan.owner) ?? (yield* findReachableBounds(units, plan.owner))
  if (reach === null) return { ...explanation, reachable: null }
  const gap = explanation.kind === "indivisible" ? tellSumGap(units, plan.territoryIds) : null
  const chosen = [
    ...(yield* relaxKeyTerritories(units, reach, plan)),
    ...(explanation.kind === "indivisible" ? yield* relaxCount(units) : []),
  ]
  const isCount = ({ changes }: { changes: readonly { kind: string }[] }): boolean =>
    changes[0].kind === "territories"
  const others = explanation.relaxations
  return {
    ...explanation,
    message: gap === null ? explanation.message : `${explanation.message}; ${gap}`,
    relaxations: [...chosen, ...others.filter(isCount), ...others.filter((one) => !isCount(one))],
    reachable: describe(units, yield* reach.loads(), plan.territoryIds),
  }
}

/** What the search aimed at, where the plan has the heavy accounts where it wanted them; else null. */
function knownFor({ reach }: CompiledProblem, owner: Int32Array): Reachable | null {
  return reach?.placed.every(({ account, territory }) => owner[account] === territory) === true ? reach : null
}

/** By territory, then measure. */
function describe(units: CompiledProblem, reach: Float64Array, territoryIds: readonly string[]): ReachableActivity[] {
  const { measures, bounds } = units
  const M = measures.length
  return Array.from(inTheirUnits(units, reach), (activity, r) => {
    return {
      territoryId: territoryIds[Math.floor(r / M)],
      measure: measures[r % M],
      activity,
      deviation: deviationOf(activity, bounds[r].target),
    }
  })
}

/** K: loads in the caller's units, without the digits that rounding makes. */
export function inTheirUnits(
  { activityUnits }: Pick<CompiledProblem, "activityUnits">,
  loads: Float64Array,
): Float64Array {
  return loads.map((load, r) => Number((load * activityUnits[r % activityUnits.length]).toPrecision(DIGITS)))
}

/** Digits of an activity that can be reached. */
const DIGITS = 12
