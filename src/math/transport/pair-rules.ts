import { weightAtHome, type Eligibility, type Homes, type TransportProblem } from "./transport-problem.js"

/** Whether account i has a list of territories of its own, or a lock: it stands outside the tree. */
export function isRestricted({ lockedTo, eligibility }: Pick<TransportProblem, "lockedTo" | "eligibility">, i: number): boolean {
  return lockedTo[i] >= 0 || hasList(eligibility, i)
}

/** Whether account i may go to territory t. O(listed). */
export function isAllowed({ lockedTo, eligibility }: Pick<TransportProblem, "lockedTo" | "eligibility">, i: number, t: number): boolean {
  return lockedTo[i] >= 0 ? lockedTo[i] === t : isListed({ eligibility }, i, t)
}

/** Whether t is in the list of account i, or that has none. O(listed). */
export function isListed({ eligibility }: Pick<TransportProblem, "eligibility">, i: number, t: number): boolean {
  if (!eligibility || !hasList(eligibility, i)) return true
  for (let at = eligibility.start[i]; at < eligibility.start[i + 1]; at++) if (eligibility.territories[at] === t) return true
  return false
}

/** The number that a list of account i has for territory t; Infinity where it has none. O(listed). */
export function numberListed({ start, territories, costs }: Eligibility, i: number, t: number): number {
  if (costs !== null) for (let at = start[i]; at < start[i + 1]; at++) if (territories[at] === t) return costs[at]
  return Infinity
}

/** Fills `listed` with the list of account i; answers how many, 0 where it may go anywhere. Locks are not looked at. */
export function readEligible(eligibility: TransportProblem["eligibility"], i: number, listed: Int32Array): number {
  if (!eligibility) return 0
  const from = eligibility.start[i]
  const count = eligibility.start[i + 1] - from
  for (let l = 0; l < count; l++) listed[l] = eligibility.territories[from + l]
  return count
}

/** Whether t is a home of account i. O(homes of i). */
export function isHome({ start, territory }: Homes, i: number, t: number): boolean {
  for (let at = start[i]; at < start[i + 1]; at++) if (territory[at] === t) return true
  return false
}

/** Sum of the weights of accounts that have a home. */
export function homeWeight({ homes }: Pick<TransportProblem, "homes">): number {
  let sum = 0
  if (homes) for (const total of homes.total) sum += total
  return sum
}

/** Weight of what a plan takes away from home. */
export function movedWeight({ homes }: Pick<TransportProblem, "homes">, owner: Int32Array): number {
  let sum = 0
  if (homes) for (let i = 0; i < owner.length; i++) sum += homes.total[i] - weightAtHome(homes, i, owner[i])
  return sum
}

function hasList(eligibility: TransportProblem["eligibility"], i: number): boolean {
  return !!eligibility && eligibility.start[i + 1] > eligibility.start[i]
}
