import { isPlainObject } from "../model/check-keys.js"
import type { Issue } from "../model/error.js"
import { issue } from "../model/issue.js"

/** The ids of listed territories, in the order of the list; null without a list. O(k). */
export function readTerritoryIds(territories: unknown, issues: Issue[]): ReadonlyMap<string, number> | null {
  if (territories === undefined) return null
  if (!Array.isArray(territories)) {
    issues.push(issue("option-type", "territories", "must be an array of territories or of their ids", territories))
    return null
  }
  const indexOf = new Map<string, number>()
  territories.forEach((territory: unknown, t) => {
    const isObject = isPlainObject(territory)
    const id = isObject ? territory.id : territory
    const path = isObject ? `territories[${t}].id` : `territories[${t}]`
    if (typeof id !== "string") issues.push(issue("id-type", path, "must be a string", id, typeof id === "number" ? "use String(id)" : ""))
    else if (id.trim() === "") issues.push(issue("id-empty", path, "must not be empty", id))
    else if (indexOf.has(id)) issues.push(issue("id-duplicate", path, `must be unique, but territories[${indexOf.get(id)}] has the same`, id))
    else indexOf.set(id, t)
  })
  return indexOf
}
