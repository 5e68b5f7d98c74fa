import { isPlainObject } from "../model/check-keys.js"
import type { Issue } from "../model/error.js"
import { issue } from "../model/issue.js"
import { suggestId } from "../model/nearest-name.js"
import { readTextField } from "../model/read-text-field.js"
import { checkOwnKeys } from "./read-coverage-territories.js"
import type { Owners } from "./planes/find-owner-findings.js"

const KEYS: readonly string[] = Object.freeze(["field", "territoriesOf"])

/** Reads who serves which account, and which territories are theirs; null where that is not asked. O(n). */
export function readOwners<A>(accounts: readonly A[], owners: unknown, territories: ReadonlyMap<string, number> | null, issues: Issue[]): Owners | null {
  if (owners === undefined || !checkOwnKeys(owners, KEYS, "owners", '{ field: "rep" }', issues)) return null
  const ownerOf = readTextField(accounts, owners.field, "accounts", "owners.field", { noun: "value", row: "account", remedy: "use String(id)" }, issues)
  if (owners.territoriesOf === undefined) return { ownerOf, territoriesOf: null }
  if (!isPlainObject(owners.territoriesOf)) {
    issues.push(issue("option-type", "owners.territoriesOf", "must be an object of territory ids by person, such as { Ann: \"north\" }", owners.territoriesOf))
    return null
  }
  const territoriesOf = new Map<string, readonly string[]>()
  for (const [owner, value] of Object.entries(owners.territoriesOf)) {
    const ids: unknown[] = Array.isArray(value) ? value : [value]
    const path = `owners.territoriesOf[${JSON.stringify(owner)}]`
    for (const id of ids) {
      if (typeof id !== "string") issues.push(issue("id-type", path, "must be a territory id, or an array of them", id, typeof id === "number" ? "use String(id)" : "an empty array where there is none"))
      else if (territories !== null && !territories.has(id)) issues.push(issue("id-unknown", path, "is no listed territory", id, suggestId(id, territories)))
    }
    territoriesOf.set(owner, ids as string[])
  }
  return { ownerOf, territoriesOf }
}
