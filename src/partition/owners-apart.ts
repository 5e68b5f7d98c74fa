import type { CompiledProblem } from "./compile-problem.js"

/** The territory of every account, from those of a plan in which one account may stand for several; the same where none does. O(n). */
export function ownersApart({ apart }: CompiledProblem, owner: Int32Array): Int32Array {
  return apart === null ? owner : apart.unitOf.map((u) => owner[u])
}
