import type { CompiledProblem } from "./compile-problem.js"
import { ownMeans } from "./recenter.js"

/** Where distances are given, centers have not moved with the accounts in the search: now they do. By single account. O(n). */
export function settleCenters<T extends { readonly owner: Int32Array; readonly centers: Float64Array }>(compiled: CompiledProblem, found: T): T {
  const { fixed, stays } = compiled
  return fixed === stays ? found : { ...found, centers: ownMeans(compiled, found.owner, found.centers, stays) }
}
