import { isPlainObject } from "../model/check-keys.js"
import { checkTerritoryId } from "../model/check-territory-id.js"
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
    checkTerritoryId(id, path, "territories", t, indexOf, issues)
  })
  return indexOf
}
