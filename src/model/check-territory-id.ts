import type { Issue } from "./error.js"
import { issue } from "./issue.js"

/**
 * Checks the id of one territory of a list and takes down its place, so that a second one of the same id is an issue.
 *
 * @param path where the id stands
 * @param listPath how the list is called in messages
 * @returns whether it can be used
 */
export function checkTerritoryId(id: unknown, path: string, listPath: string, place: number, placeOf: Map<string, number>, issues: Issue[]): id is string {
  if (typeof id !== "string") issues.push(issue("id-type", path, "must be a string", id, typeof id === "number" ? "use String(id)" : ""))
  else if (id.trim() === "") issues.push(issue("id-empty", path, "must not be empty", id))
  else {
    const first = placeOf.get(id)
    if (first === undefined) {
      placeOf.set(id, place)
      return true
    }
    issues.push(issue("id-duplicate", path, `must be unique, but ${listPath}[${first}] has the same`, id, "remove one or rename it"))
  }
  return false
}
