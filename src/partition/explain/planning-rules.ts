import { squareBetween, type TransportProblem } from "../../math/transport/transport-problem.js"
import type { CompiledProblem } from "../compile-problem.js"
import { isHomeToday } from "../current-homes.js"

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

/** What a change of owner costs. */
export interface MoveRules {
  /** Cost, in the caller's unit, for each unit of weight that is not where it was. */
  readonly penalty: number
  /** The same with what the limit of moves is worth, as in the plan. */
  readonly price: number
  /** As much weight may move; null: any. */
  readonly budget: number | null
  /** Weight that has moved in the plan. */
  readonly movedNow: number
  /** Weight that counts as moved when account i is in t: none where it was before, or where it is new. */
  movedBy(i: number, t: number): number
}

/** A territory of today that the plan does not have, or the other way round. */
const GONE = -2
/** Sums of weights that differ by less than this share of the total are the same. */
const SUM_SLACK = 1e-12

/**
 * The options that only rule who may go where, in the territories of the plan. O(n).
 *
 * @param owner n: the plan's
 * @param centers k x dimension, the plan's
 * @param limitPrice what one more unit of weight that may move would save, as in the plan
 */
export function readPlanningRules(compiled: CompiledProblem, territoryIds: readonly string[], owner: Int32Array, groups: ReadonlyMap<number, readonly number[]>, limitPrice: number, centers: Float64Array): PlanningRules {
  const { problem, current, currentIds, currentHomes, disruption } = compiled
  const placeOf = new Map(territoryIds.map((id, t) => [id, t]))
  const place = currentIds.map((id) => placeOf.get(id) ?? GONE)
  const lockedTo = problem.lockedTo.map((t) => (t < 0 ? -1 : place[t]))
  const rules = {
    lockedTo,
    isAllowed: (i: number, t: number) => (lockedTo[i] === -1 ? rules.isEligible(i, t) : lockedTo[i] === t),
    isEligible: (i: number, t: number) => isListed(problem.eligibility, i, t) && isWithinReach(problem, centers, i, t),
    groupOf: (i: number) => groups.get(i) ?? [i],
  }
  if (disruption === null || current === null) return { ...rules, disruption: null }
  const { weights, total, penalty, maxMovedShare } = disruption
  const indexOf = new Map(currentIds.map((id, t) => [id, t]))
  const todayOf = territoryIds.map((id) => indexOf.get(id) ?? GONE)
  const movedBy = (i: number, t: number): number => (current[i] < 0 || isHomeToday(currentHomes, current[i], todayOf[t]) ? 0 : weights[i])
  let movedNow = 0
  owner.forEach((t, i) => (movedNow += movedBy(i, t)))
  const budget = maxMovedShare === null ? null : (maxMovedShare + SUM_SLACK) * total
  return { ...rules, disruption: { penalty, price: penalty + limitPrice, budget, movedNow, movedBy } }
}

/** Whether account i may go to t: without a list of its own it may go anywhere. O(listed). */
function isListed(eligibility: CompiledProblem["problem"]["eligibility"], i: number, t: number): boolean {
  if (!eligibility || eligibility.start[i] === eligibility.start[i + 1]) return true
  for (let at = eligibility.start[i]; at < eligibility.start[i + 1]; at++) if (eligibility.territories[at] === t) return true
  return false
}

/** Whether t is near enough to account i, or no territory that it may go to is. O(1), and O(k) where it is not. */
export function isWithinReach(problem: TransportProblem, centers: Float64Array, i: number, t: number): boolean {
  if (!problem.reach || weightlessBeyond(t) === 0) return true
  for (let s = 0; s < problem.k; s++) if (isListed(problem.eligibility, i, s) && weightlessBeyond(s) === 0) return false
  return true

  function weightlessBeyond(s: number): number {
    return squareBetween(problem.points, i, centers, s, problem.dimension) > (problem.reach as NonNullable<typeof problem.reach>).square ? 1 : 0
  }
}
