import type { PlanModel } from "./plan-model.js"

/** What moves as one: an account, or a group that stays together. */
export interface MoveUnit {
  /** By sorted position, ascending. */
  readonly members: readonly number[]
  readonly from: number
  /** M, the caller's units. */
  readonly activities: Float64Array
  /** How many of its accounts lock or eligibility do not allow where they are. */
  readonly misplaced: number
}

/**
 * Everything that may move, by its first account: not what is locked where it is, nor the last accounts of a territory, nor a group that the
 * plan has torn apart. O(n M).
 */
export function listUnits({ compiled, owner, rules, plan }: PlanModel): MoveUnit[] {
  const M = compiled.measures.length
  const units: MoveUnit[] = []
  for (let i = 0; i < owner.length; i++) {
    const members = rules.groupOf(i)
    const from = owner[i]
    if (members[0] !== i || members.length >= plan.territories[from].accountCount) continue
    if (!members.every((j) => owner[j] === from && rules.lockedTo[j] !== from)) continue
    const activities = new Float64Array(M)
    for (const j of members) for (let m = 0; m < M; m++) activities[m] += compiled.activities[j * M + m]
    units.push({ members, from, activities, misplaced: members.filter((j) => !rules.isAllowed(j, from)).length })
  }
  return units
}
