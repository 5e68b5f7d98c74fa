import { isPlainObject } from "../model/check-keys.js"
import type { Issue, Warning } from "../model/error.js"
import { issue } from "../model/issue.js"
import { compareIds } from "../model/compare-ids.js"

/** Lists of values turned round: which territories list each value. */
export interface ValueLists {
  /** Territories per value, ascending by id. */
  readonly claimants: ReadonlyMap<string, readonly string[]>
  readonly territoryIds: readonly string[]
  readonly warnings: readonly Warning[]
}

/** Checks `lists` and turns it round. A value twice in one list is a warning. O(values). */
export function readValueLists(lists: unknown, issues: Issue[]): ValueLists {
  const claimants = new Map<string, string[]>()
  const warnings: Warning[] = []
  if (!isPlainObject(lists)) {
    issues.push(issue("option-type", "lists", "must be an object of lists of values by territory id", lists))
    return { claimants, territoryIds: [], warnings }
  }
  const territoryIds = Object.keys(lists).sort(compareIds)
  for (const id of territoryIds) {
    const values = lists[id]
    const path = `lists[${JSON.stringify(id)}]`
    if (id.trim() === "") issues.push(issue("id-empty", path, "must be listed under a territory id that is not empty", id))
    if (!Array.isArray(values)) {
      issues.push(issue("option-type", path, "must be an array of values", values))
      continue
    }
    values.forEach((value: unknown, v) => {
      if (typeof value !== "string") issues.push(issue("value-type", `${path}[${v}]`, "must be a string", value, typeof value === "number" ? AS_TEXT : ""))
      else {
        const own = claimants.get(value)
        if (own === undefined) claimants.set(value, [id])
        else if (own.at(-1) !== id) own.push(id)
        else warnings.push({ code: "value-repeated", path: `${path}[${v}]`, message: `${path}[${v}]: ${JSON.stringify(value)} is in this list already; it counts once` })
      }
    })
  }
  return { claimants, territoryIds, warnings }
}

/** The remedy for a ZIP code that was read as a number. */
export const AS_TEXT = 'keep codes as text: the ZIP code "01234" is not 1234'
