import { numberListed } from "../math/transport/pair-rules.js"
import type { Eligibility } from "../math/transport/transport-problem.js"
import type { Issue } from "../model/error.js"
import { issue, NOTHING, show } from "../model/issue.js"

/** Where groups may go, as rules for every one of their members. */
export interface JoinedRules {
  /** n. */
  readonly lockedTo: Int32Array
  readonly eligibility: Eligibility | null
}

/**
 * Locks and lists of groups: where one member is locked, all are; and a group may go where all of its members may. Adds an issue
 * for a group with two locks, and for one without a common territory. O(n + listed).
 *
 * @param groups members by sorted position, ascending; no account is in two
 * @param nameOf the caller's id of an account
 * @param territoryNames by territory
 */
export function joinRules(
  groups: readonly (readonly number[])[],
  lockedTo: Int32Array,
  eligibility: Eligibility | null,
  nameOf: (i: number) => string,
  territoryNames: readonly string[],
  issues: Issue[],
): JoinedRules {
  const locks = lockedTo.slice()
  const lists = new Map<number, readonly number[]>()
  for (const group of groups) {
    const locked = group.filter((i) => lockedTo[i] >= 0)
    const other = locked.find((i) => lockedTo[i] !== lockedTo[locked[0]])
    if (other !== undefined) {
      const rule = `accounts ${show(nameOf(locked[0]))} and ${show(nameOf(other))} are to be together, but locked to ${show(territoryNames[lockedTo[locked[0]]])} and ${show(territoryNames[lockedTo[other]])}`
      issues.push(issue("together-locked", "together", rule, NOTHING, "unlock one, or take it out of the group"))
      continue
    }
    const common = commonList(eligibility, group)
    if (locked.length > 0) {
      const t = lockedTo[locked[0]]
      const barred = group.find((i) => lockedTo[i] < 0 && listOf(eligibility, i)?.includes(t) === false)
      if (barred !== undefined) {
        const rule = `account ${show(nameOf(locked[0]))} is locked to territory ${show(territoryNames[t])}, for which account ${show(nameOf(barred))} of its group is not eligible`
        issues.push(issue("together-ineligible", "together", rule, NOTHING, "unlock it, or take one out of the group"))
      }
      for (const i of group) locks[i] = t
      if (common !== null) for (const i of group) lists.set(i, common)
    } else if (common !== null) {
      if (common.length === 0) {
        const rule = `accounts ${group.slice(0, 3).map((i) => show(nameOf(i))).join(", ")}${group.length > 3 ? ` and ${group.length - 3} more` : ""} are to be together, but no territory may have them all`
        issues.push(issue("together-ineligible", "together", rule, NOTHING, "make them eligible for one, or take some out of the group"))
      }
      for (const i of group) lists.set(i, common)
    }
  }
  if (eligibility === null) return { lockedTo: locks, eligibility: null }
  const start = new Int32Array(lockedTo.length + 1)
  const territories: number[] = []
  const costs: number[] = []
  for (let i = 0; i < lockedTo.length; i++) {
    // a lock needs no list, but where costs are given, of its territory and of what else was asked about
    const list = locks[i] >= 0 && eligibility.costs === null ? [] : (lists.get(i) ?? listOf(eligibility, i) ?? [])
    for (const t of list) {
      territories.push(t)
      if (eligibility.costs !== null) costs.push(numberListed(eligibility, i, t))
    }
    start[i + 1] = territories.length
  }
  return { lockedTo: locks, eligibility: { start, territories: Int32Array.from(territories), costs: eligibility.costs === null ? null : Float64Array.from(costs) } }
}

/** The territories that all members may go to, ascending; null: any. Lists are in order: O(listed). */
function commonList(eligibility: Eligibility | null, group: readonly number[]): number[] | null {
  let common: number[] | null = null
  for (const i of group) {
    const list = listOf(eligibility, i)
    if (list === null) continue
    if (common === null) common = [...list]
    else {
      const both: number[] = []
      for (let a = 0, b = 0; a < common.length && b < list.length; ) {
        if (common[a] === list[b]) both.push(list[b])
        if (common[a] < list[b]) a++
        else if (common[a] > list[b]) b++
        else [a, b] = [a + 1, b + 1]
      }
      common = both
    }
  }
  return common
}

/** The territories of an account's own list; null: any. */
function listOf(eligibility: Eligibility | null, i: number): Int32Array | null {
  if (eligibility === null || eligibility.start[i] === eligibility.start[i + 1]) return null
  return eligibility.territories.subarray(eligibility.start[i], eligibility.start[i + 1])
}
