import type { Issue } from "../model/error.js"
import { issue, NOTHING, show } from "../model/issue.js"
import { isListed } from "../math/transport/pair-rules.js"
import type { CompiledProblem } from "./compile-problem.js"

/**
 * An issue for every account that stands where it has no distance, where these are the caller's own: nobody knows what it costs there.
 * O(n).
 *
 * @param owner n, by sorted position; -1: nowhere, which is told elsewhere
 * @param noun what has it there: "alignment"
 */
export function findMissingDistances({ problem, distances, ids }: Pick<CompiledProblem, "problem" | "distances" | "ids">, owner: Int32Array, territoryIds: readonly string[], noun: string): Issue[] {
  const issues: Issue[] = []
  if (distances === null) return issues
  owner.forEach((t, i) => {
    if (t < 0 || isListed(problem, i, t)) return
    issues.push(issue("distance-missing", "compactness.distance", `has no distance for account ${show(ids[i])} and territory ${show(territoryIds[t])}, in which the ${noun} has it`, NOTHING, "add it, or see whether the account may go there"))
  })
  return issues
}
