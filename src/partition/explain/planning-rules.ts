import { isListed } from "../../math/transport/pair-rules.js"
import { squareBetween, type TransportProblem } from "../../math/transport/transport-problem.js"
import type { CompiledProblem } from "../compile-problem.js"
import { isHomeToday } from "../current-homes.js"
import type { PlanDisruption } from "../partition-result.js"
import { createMoveLimits, type Change } from "./move-limits-of-plan.js"

/** What may not move where, and what a move costs beside the way. Accounts by sorted position, territories by their place in the plan. */
export interface PlanningRules {
  /** n: the territory that a locked account is to be in, or -1. */
  readonly lockedTo: Int32Array
  /** Whether lock and eligibility allow account i in territory t. */
  isAllowed(i: number, t: number): boolean
  /** The same without locks: lists, and how far an account may go. */
  isEligible(i: number, t: number): boolean
  /** The accounts that share a territory with account i, itself included, ascending. */
  groupOf(i: number): readonly number[]
  readonly disruption: MoveRules | null
}

/** What a change of owner costs, and how many there may be. */
export interface MoveRules {
  /** Cost, in the caller's unit, for each unit of weight that is not where it was. */
  readonly penalty: number
  /** Weight that counts as moved when account i is in t: none where it was before, or where it is new. */
  movedBy(i: number, t: number): number
  /** What that costs, in the caller's unit, by the penalty and what the limits on moves are worth in the plan. */
  priceAt(i: number, t: number): number
  /** Whether changes of the plan keep these limits. */
  mayMove(changes: readonly Change[]): boolean
}

/** A territory of today that the plan does not have, or the other way round. */
const GONE = -2

/**
 * The options that only rule who may go where, in the territories of the plan. O(n).
 *
 * @param owner n: the plan's
 * @param centers k x dimension, the plan's
 * @param planned what the plan moves, and what its limits are worth
 */
export function readPlanningRules(compiled: CompiledProblem, territoryIds: readonly string[], owner: Int32Array, groups: ReadonlyMap<number, readonly number[]>, planned: PlanDisruption | null, centers: Float64Array): PlanningRules {
  const { problem, current, currentIds, currentHomes, disruption } = compiled
  const placeOf = new Map(territoryIds.map((id, t) => [id, t]))
  const place = currentIds.map((id) => placeOf.get(id) ?? GONE)
  const lockedTo = problem.lockedTo.map((t) => (t < 0 ? -1 : place[t]))
  const rules = {
    lockedTo,
    isAllowed: (i: number, t: number) => (lockedTo[i] === -1 ? rules.isEligible(i, t) : lockedTo[i] === t),
    isEligible: (i: number, t: number) => isListed(problem, i, t) && isWithinReach(problem, centers, i, t),
    groupOf: (i: number) => groups.get(i) ?? [i],
  }
  if (disruption === null || current === null) return { ...rules, disruption: null }
  const { weights, penalty } = disruption
  const indexOf = new Map(currentIds.map((id, t) => [id, t]))
  const todayOf = territoryIds.map((id) => indexOf.get(id) ?? GONE)
  const movedBy = (i: number, t: number): number => (current[i] < 0 || isHomeToday(currentHomes, current[i], todayOf[t]) ? 0 : weights[i])
  const homeOf = current.map((today) => (today < 0 ? GONE : place[currentHomes.ids[currentHomes.start[today]]]))
  const limits = new Map((planned?.territories ?? []).map((one) => [one.territoryId, one]))
  const leaving = territoryIds.map((id) => limits.get(id)?.handOffPrice ?? 0)
  const coming = territoryIds.map((id) => limits.get(id)?.takeOverPrice ?? 0)
  const price = penalty + (planned?.price ?? 0)
  const priceAt = (i: number, t: number): number => movedBy(i, t) * (price + (homeOf[i] >= 0 ? leaving[homeOf[i]] : 0) + coming[t])
  return { ...rules, disruption: { penalty, movedBy, priceAt, mayMove: createMoveLimits(compiled, disruption, territoryIds, owner, homeOf, movedBy) } }
}

/** Whether t is near enough to account i, or no territory that it may go to is. O(1), and O(k) where it is not. */
export function isWithinReach(problem: TransportProblem, centers: Float64Array, i: number, t: number): boolean {
  if (!problem.reach || weightlessBeyond(t) === 0) return true
  for (let s = 0; s < problem.k; s++) if (isListed(problem, i, s) && weightlessBeyond(s) === 0) return false
  return true

  function weightlessBeyond(s: number): number {
    return squareBetween(problem.points, i, centers, s, problem.dimension) > (problem.reach as NonNullable<typeof problem.reach>).square ? 1 : 0
  }
}
