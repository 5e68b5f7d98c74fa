import type { Issue } from "../model/error.js"
import { issue, NOTHING, show } from "../model/issue.js"
import { suggestId } from "../model/nearest-name.js"

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
        else issues.push(issue("id-unknown", path, `is no account of this call: ${show(id)}`, NOTHING, suggestId(id, indexOf)))
      } else for (const j of groups.get(i) ?? [i]) members.add(j)
    })
    const joined = [...members].sort((a, b) => a - b)
    if (joined.length > 1) for (const i of joined) groups.set(i, joined)
  })
  return groups
}

/** The groups of several accounts, members by sorted position; null: none. O(n) where there are any. */
export function readGroupRows(together: unknown, order: Int32Array, ids: readonly string[], issues: Issue[]): (readonly number[])[] | null {
  if (Array.isArray(together) && together.length === 0) return null
  const indexOf = new Map<string, number>()
  order.forEach((row, i) => indexOf.set(ids[row], i))
  const groups = [...new Set(readGroups(together, indexOf, issues).values())].sort((a, b) => a[0] - b[0])
  return groups.length > 0 ? groups : null
}
