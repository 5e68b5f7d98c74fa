import type { Issue } from "../../model/error.js"
import { issue, NOTHING, show } from "../../model/issue.js"
import { suggestName } from "../../model/nearest-name.js"
import type { CompiledProblem } from "../compile-problem.js"
import { isHomeToday } from "../current-homes.js"

/** What may not move where, and what a move costs beside the way. Accounts by sorted position, territories by their place in the plan. */
export interface PlanningRules {
  /** n: the territory that a locked account is to be in, or -1. */
  readonly lockedTo: Int32Array
  /** Whether lock and eligibility allow account i in territory t. */
  isAllowed(i: number, t: number): boolean
  /** The same without locks. */
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
 * @param limitPrice what one more unit of weight that may move would save, as in the plan
 */
export function readPlanningRules(compiled: CompiledProblem, territoryIds: readonly string[], owner: Int32Array, groups: ReadonlyMap<number, readonly number[]>, limitPrice: number): PlanningRules {
  const { problem, current, currentIds, currentHomes, disruption } = compiled
  const placeOf = new Map(territoryIds.map((id, t) => [id, t]))
  const place = currentIds.map((id) => placeOf.get(id) ?? GONE)
  const lockedTo = problem.lockedTo.map((t) => (t < 0 ? -1 : place[t]))
  const rules = {
    lockedTo,
    isAllowed: (i: number, t: number) => (lockedTo[i] === -1 ? rules.isEligible(i, t) : lockedTo[i] === t),
    isEligible: (i: number, t: number) => isListed(problem.eligibility, i, t),
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

/** Among more ids than this no near name is looked for. */
const MAX_KNOWN = 10_000

/** Groups that stay together, by member; groups that share a member are one. What is wrong is added to the issues. */
export function readGroups(together: unknown, indexOf: ReadonlyMap<string, number>, issues: Issue[]): Map<number, readonly number[]> {
  const groups = new Map<number, readonly number[]>()
  if (together === undefined) return groups
  if (!Array.isArray(together)) {
    issues.push(issue("option-type", "together", "must be an array of groups of account ids", together))
    return groups
  }
  together.forEach((group: unknown, g) => {
    if (!Array.isArray(group)) {
      issues.push(issue("option-type", `together[${g}]`, "must be an array of account ids", group))
      return
    }
    const members = new Set<number>()
    group.forEach((id: unknown, a) => {
      const i = typeof id === "string" ? indexOf.get(id) : undefined
      if (i === undefined) {
        const path = `together[${g}][${a}]`
        if (typeof id !== "string") issues.push(issue("id-type", path, "must be a string", id, typeof id === "number" ? "use String(id)" : ""))
        else issues.push(issue("id-unknown", path, `is no account of this call: ${show(id)}`, NOTHING, indexOf.size <= MAX_KNOWN ? suggestName(id, indexOf.keys()) : ""))
      } else for (const j of groups.get(i) ?? [i]) members.add(j)
    })
    const joined = [...members].sort((a, b) => a - b)
    for (const i of joined) groups.set(i, joined)
  })
  return groups
}
