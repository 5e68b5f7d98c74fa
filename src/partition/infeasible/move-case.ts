import type { MoveLimits } from "../../math/transport/move-limits.js"
import type { CompiledProblem } from "../compile-problem.js"
import { limitHomes } from "../limit-homes.js"
import type { Disruption } from "../read-disruption.js"
import { askMoves, type MoveAnswer } from "./ask-moves.js"

/** A conflict of bounds and limits on moves, and questions about other limits. */
export interface MoveCase {
  readonly units: CompiledProblem
  readonly disruption: Disruption
  /** k: ids of today at the places of the homes. */
  readonly territoryIds: readonly string[]
  /** Whether divided accounts can keep the bounds within limits; unknown as well where there has been too much work. */
  ask(limits: MoveLimits | null): Generator<undefined, MoveAnswer>
  /** The limits with other shares. */
  limitsOf(changes: Partial<Disruption>): MoveLimits | null
}

/** Steps of work of all questions, about five seconds. */
const MAX_WORK = 2e7

/**
 * The case of a problem with homes.
 *
 * @param units groups as one account
 * @param centers where the conflict was found, with prices (k x M) near it
 */
export function createMoveCase(units: CompiledProblem, territoryIds: readonly string[], centers: Float64Array, prices: Float64Array): MoveCase {
  const { problem } = units
  const disruption = units.disruption as Disruption
  let work = 0
  return {
    units,
    disruption,
    territoryIds,
    *ask(limits) {
      if (work > MAX_WORK) return { status: "unknown" }
      const asked = yield* askMoves(problem, centers, prices, limits, MAX_WORK - work)
      work += asked.work
      return asked.answer
    },
    limitsOf(changes) {
      return limitHomes({ ...(problem.homes as NonNullable<typeof problem.homes>), limits: null }, { ...disruption, ...changes }, problem.k, territoryIds).limits
    },
  }
}
