import { isLate } from "../../math/lateness.js"
import type { Violation } from "../../model/violation.js"
import type { Allocation } from "../allocate.js"
import type { CompiledProblem } from "../compile-problem.js"
import { explainDivisible } from "./explain-divisible.js"
import { explainLocks, explainSums } from "./explain-sums.js"
import type { Explanation, Relaxation } from "./infeasibility.js"
import { relaxToPlan } from "./relax-to-plan.js"
import { listed, quoted } from "./words.js"

/**
 * Why no plan keeps every bound, and what would help: null when this plan keeps them. When not even divided accounts could, see
 * {@link explainDivisible}. When divided accounts could, the accounts that are too heavy are named; without such accounts only a
 * search, not a given alignment, tells that bounds are hard to meet.
 *
 * @param searched whether the plan is the best that a search found
 * @param isImpossible whether all plans of whole accounts have been looked through, and none keeps all bounds
 * @yields now and then
 */
export function* explainInfeasibility(
  compiled: CompiledProblem,
  allocation: Allocation,
  violations: readonly Violation[],
  territoryIds: readonly string[],
  searched: boolean,
  isImpossible = false,
): Generator<undefined, Explanation | null> {
  const kept = relaxToPlan(compiled, violations, territoryIds, searched)
  if (allocation.status === "infeasible") {
    const told: unknown = yield undefined
    if (isLate(told)) {
      const message = "not even divided accounts can keep all bounds; the time limit left none to look for which of them, and for ways out"
      const relaxations = kept === null ? [] : [kept]
      return { kind: "divisible", message, measures: compiled.measures, territoryIds, accountIds: [], conflict: [], isConflictMinimal: false, relaxations }
    }
    const explained = yield* explainDivisible(compiled, territoryIds)
    // where rounding decides, there is no set of bounds to blame
    const reason = explained ?? explainSums(compiled, territoryIds) ?? explainLocks(compiled, territoryIds) ?? { message: "not even divided accounts could keep all bounds, if only by a hair", measures: compiled.measures, territoryIds, accountIds: [] }
    return { kind: "divisible", conflict: [], isConflictMinimal: false, ...reason, relaxations: withPlan(explained?.relaxations ?? [], kept) }
  }
  const isOpen = allocation.status === "work-limit"
  const missed = violations.filter((violation) => violation.measure !== undefined)
  if (missed.length === 0) return searched ? explainWholeMoves(violations, compiled.apart !== null, isImpossible) : null
  const causes = missed.filter((violation) => violation.accountId !== undefined)
  if (!searched && causes.length === 0) return null
  return {
    kind: "indivisible",
    message:
      `${isOpen ? "it is not known whether divided accounts would fit all bounds" : `divided accounts would fit all bounds${allocation.isBeyond ? ", though only where some go farther than maxDistance" : ""}`}, but ${isImpossible ? "no plan of whole accounts is inside them, which is proven" : searched ? "no plan of whole accounts inside them was found" : "whole accounts do not"}: ` +
      `${missed.length} of the ${compiled.bounds.length} activities ${missed.length === 1 ? "is" : "are"} out of bounds` +
      (causes.length > 0 ? `, some because single accounts are heavier than a territory may be: ${listed(causes.map((cause) => quoted(cause.accountId as string)))}` : ""),
    measures: [...new Set(missed.map((violation) => violation.measure as string))],
    territoryIds: [...new Set(missed.map((violation) => violation.territoryId))],
    accountIds: [...new Set(causes.map((cause) => cause.accountId as string))],
    conflict: [],
    isConflictMinimal: false,
    relaxations: kept === null ? [] : [kept],
  }
}

/** Why a plan inside all bounds still moves more than may: its accounts, or groups, go as a whole. Null where it does not. */
function explainWholeMoves(
  violations: readonly Violation[],
  hasGroups: boolean,
  isImpossible: boolean,
): Explanation | null {
  const moves = violations.filter(({ criterion }) => criterion === "disruption")
  if (moves.length === 0) return null
  return {
    kind: "indivisible",
    message: `divided accounts would keep all bounds and what may move, but ${isImpossible ? "no plan of whole accounts does, which is proven" : "no plan of whole accounts that does was found"}: ${moves[0].message}${moves.length > 1 ? ` (and ${moves.length - 1} more)` : ""}; raise what may move${hasGroups ? ", or take accounts out of their groups" : ""}`,
    measures: [],
    territoryIds: [...new Set(moves.map(({ territoryId }) => territoryId))],
    accountIds: [],
    conflict: [],
    isConflictMinimal: false,
    relaxations: [],
  }
}

/** The way out that the plan shows, last; a smallest one that the plan keeps as it is says so. */
function withPlan(divided: readonly Relaxation[], kept: Relaxation | null): Relaxation[] {
  if (kept === null) return [...divided]
  const changes = JSON.stringify(kept.changes)
  const same = divided.find((one) => JSON.stringify(one.changes) === changes)
  if (same === undefined) return [...divided, kept]
  return divided.map((one) => (one === same ? { ...one, message: `${one.message}, which this plan keeps`, provenBy: "plan" } : one))
}
