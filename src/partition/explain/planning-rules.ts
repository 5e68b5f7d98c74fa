import type { LocatedAccount } from "../../model/account.js"
import { checkKeys, isPlainObject } from "../../model/check-keys.js"
import { throwIssues, type Issue } from "../../model/error.js"
import { accessorFailure } from "../../model/field-of.js"
import { finishSteps } from "../../model/in-pieces.js"
import { issue, NOTHING, show } from "../../model/issue.js"
import { suggestName } from "../../model/nearest-name.js"
import { readFieldSteps } from "../../model/read-field.js"
import type { TerritorySpec } from "../../model/territory.js"
import type { CompiledProblem } from "../compile-problem.js"
import type { PartitionOptions } from "../partition-options.js"

/** What may not move where, and what a move costs beside the way. Accounts by sorted position, territories by their place in the plan. */
export interface PlanningRules {
  /** n: the territory that a locked account is to be in, or -1. */
  readonly lockedTo: Int32Array
  isEligible(i: number, t: number): boolean
  /** The accounts that share a territory with account i, itself included. */
  groupOf(i: number): readonly number[]
  readonly disruption: Disruption | null
  /** Whether other options than locks and bounds rule the plan. */
  readonly isRich: boolean
}

/** What a change of owner costs. */
export interface Disruption {
  /** Cost, in the caller's unit, of account i being in t: 0 where it was before, or where it is new. */
  penaltyOf(i: number, t: number): number
  /** Weight that counts as moved when account i is in t. */
  movedBy(i: number, t: number): number
  /** As much weight may move; null: any. */
  readonly budget: number | null
  /** Weight that has moved in the plan. */
  readonly movedNow: number
}

/** Among more ids than this no near name is looked for. */
const MAX_KNOWN = 10_000
/** A current territory that the plan does not have. */
const GONE = -2

/**
 * Reads the options that only rule who may go where. Issues are added, not thrown.
 *
 * @param indexOf account id to sorted position
 * @param territoryIds of the plan
 * @param owner n: the plan's; where its rows have issues, what is read of it is thrown away
 */
export function readPlanningRules<A extends LocatedAccount>(
  accounts: readonly A[],
  options: PartitionOptions<A>,
  compiled: CompiledProblem,
  indexOf: ReadonlyMap<string, number>,
  territoryIds: readonly string[],
  owner: Int32Array,
  issues: Issue[],
): PlanningRules {
  const { rowOf } = compiled
  const placeOf = new Map(territoryIds.map((id, t) => [id, t]))
  const lockedTo = compiled.problem.lockedTo.map((t) => (t < 0 ? -1 : (placeOf.get(compiled.currentIds[t]) ?? -1)))
  const { eligible, together, disruption } = options
  if (eligible !== undefined && typeof eligible !== "function") issues.push(issue("option-type", "eligible", "must be a function of account and territory", eligible))
  const specs: readonly TerritorySpec[] = compiled.specs ?? territoryIds.map((id) => ({ id }))
  const groups = readGroups(together, indexOf, issues)
  return {
    lockedTo,
    isEligible: typeof eligible === "function" ? (i, t) => askEligible(eligible, accounts[rowOf[i]], specs[t]) : () => true,
    groupOf: (i) => groups.get(i) ?? [i],
    disruption: disruption === undefined ? null : readDisruption(accounts, disruption, compiled, placeOf, owner, issues),
    isRich: eligible !== undefined || together !== undefined || disruption !== undefined,
  }
}

function askEligible<A>(eligible: (account: A, territory: TerritorySpec) => boolean, account: A, spec: TerritorySpec): boolean {
  try {
    return eligible(account, spec)
  } catch (error) {
    throwIssues([accessorFailure("eligible", error)])
    return false
  }
}

/** Groups by member; groups that share a member are one. */
function readGroups(together: unknown, indexOf: ReadonlyMap<string, number>, issues: Issue[]): Map<number, readonly number[]> {
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

function readDisruption<A extends LocatedAccount>(
  accounts: readonly A[],
  disruption: NonNullable<PartitionOptions<A>["disruption"]>,
  compiled: CompiledProblem,
  placeOf: ReadonlyMap<string, number>,
  owner: Int32Array,
  issues: Issue[],
): Disruption | null {
  if (!isPlainObject(disruption)) {
    issues.push(issue("option-type", "disruption", "must be an object such as { penalty: 10 }", disruption))
    return null
  }
  checkKeys(disruption, ["weight", "penalty", "maxMovedShare"], "disruption", issues)
  const { weight, penalty = 0, maxMovedShare } = disruption
  if (!(typeof penalty === "number" && Number.isFinite(penalty) && penalty >= 0)) issues.push(issue("option-type", "disruption.penalty", "must be a number of 0 or more", penalty))
  if (maxMovedShare !== undefined && !(typeof maxMovedShare === "number" && maxMovedShare >= 0 && maxMovedShare <= 1)) {
    issues.push(issue("option-type", "disruption.maxMovedShare", "must be a fraction between 0 and 1", maxMovedShare))
  }
  const { current, currentIds, rowOf } = compiled
  if (current === null) {
    issues.push(issue("disruption-without-current", "disruption", "needs `current`, which says who owns what today", NOTHING, "pass current: [{ accountId, territoryId }]"))
    return null
  }
  const weights = weight === undefined ? null : finishSteps(readFieldSteps(accounts, weight, "accounts", "disruption.weight", { minimum: 0, noun: "weight" }, issues))
  const place = currentIds.map((id) => placeOf.get(id) ?? GONE)
  const movedBy = (i: number, t: number): number => (current[i] < 0 || place[current[i]] === t ? 0 : weights === null ? 1 : weights[rowOf[i]])
  let [total, movedNow] = [0, 0]
  owner.forEach((t, i) => (movedNow += movedBy(i, t)))
  current.forEach((from, i) => (total += from < 0 ? 0 : weights === null ? 1 : weights[rowOf[i]]))
  return { penaltyOf: (i, t) => penalty * movedBy(i, t), movedBy, budget: maxMovedShare === undefined ? null : maxMovedShare * total, movedNow }
}

