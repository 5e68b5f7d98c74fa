import { changeProblem, weightAtHome, type TransportProblem } from "../math/transport/transport-problem.js"
import type { Allocation } from "./allocate.js"

/** What moves falls about with this root of the rate, as measured. */
export const ROOT: number = 2.5

/** The same problem with another rate for its homes, what a unit of weight is worth there, and no limits. */
export function atRate(problem: TransportProblem, rate: number): TransportProblem {
  return problem.homes ? changeProblem(problem, { homes: { ...problem.homes, rate, limits: null } }) : problem
}

/** Weight that leaves home in a divided plan. O(n + homes). */
export function movedOf({ homes, n }: TransportProblem, { owner, splits }: Allocation): number {
  if (!homes) return 0
  let sum = 0
  for (let i = 0, at = 0; i < n; i++) {
    sum += homes.total[i]
    if (at < splits.length && splits[at].account === i) {
      const { territories, shares } = splits[at++]
      territories.forEach((t, part) => (sum -= shares[part] * weightAtHome(homes, i, t)))
    } else sum -= weightAtHome(homes, i, owner[i])
  }
  return sum
}
