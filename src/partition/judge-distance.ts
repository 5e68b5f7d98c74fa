import type { Violation } from "../model/violation.js"
import { formatAmount } from "../model/format-amount.js"
import { isAllowed } from "../math/transport/pair-rules.js"
import { costOfSquare, squareBetween } from "../math/transport/transport-problem.js"
import type { Allocation } from "./allocate.js"
import type { CompiledProblem } from "./compile-problem.js"
import { findFarAccounts } from "./find-far-accounts.js"
import type { Explanation } from "./infeasible/infeasibility.js"
import { roundOutwards } from "./infeasible/round-outwards.js"

/** What a plan makes of the limit on distances. */
export interface JudgedDistances {
  readonly violations: readonly Violation[]
  readonly infeasibility: Explanation | null
}

/** Weights that differ by less than this share of what is usual are the same. */
const SLACK = 1e-9

/**
 * The accounts of a plan that are too far from their centers, and why. Null without a limit. O(n + k x accounts too far).
 *
 * @param owner n
 * @param units groups as one account, as in the allocation
 */
export function judgeDistances(compiled: CompiledProblem, owner: Int32Array, centers: Float64Array, territoryIds: readonly string[], units: CompiledProblem, allocation: Allocation): JudgedDistances | null {
  const { problem, ids, maxDistance } = compiled
  if (!problem.reach || maxDistance === null) return null
  const { n, k, points, dimension, radius, reach } = problem
  const distanceOf = (i: number, t: number): number => costOfSquare(squareBetween(points, i, centers, t, dimension), 1, radius) * compiled.lengthUnit
  const violations: Violation[] = []
  let farthest = 0
  for (let i = 0; i < n; i++) {
    const t = owner[i]
    if (!(squareBetween(points, i, centers, t, dimension) > reach.square)) continue
    const amount = distanceOf(i, t)
    farthest = Math.max(farthest, amount)
    const message = `account ${JSON.stringify(ids[i])} is ${formatAmount(amount)} from the center of territory ${JSON.stringify(territoryIds[t])}, farther than the ${formatAmount(maxDistance)} it may be`
    violations.push({ criterion: "distance", territoryId: territoryIds[t], accountId: ids[i], amount, limit: maxDistance, message })
  }
  // where an account stands within reach there is a center near enough
  const { apart } = units
  const isFar = new Uint8Array(units.problem.n)
  for (let i = 0; i < n; i++) if (squareBetween(points, i, centers, owner[i], dimension) > reach.square) isFar[apart === null ? i : apart.unitOf[i]] = 1
  let count = 0
  let loneliest: { readonly i: number; readonly distance: number } | null = null
  for (let i = 0; i < n; i++) {
    if (isFar[apart === null ? i : apart.unitOf[i]] === 0) continue
    let nearest = Infinity
    for (let t = 0; t < k; t++) if (isAllowed(problem, i, t)) nearest = Math.min(nearest, distanceOf(i, t))
    if (nearest <= maxDistance * (1 + SLACK)) continue
    count++
    if (loneliest === null || nearest > loneliest.distance) loneliest = { i, distance: nearest }
  }
  const { isBeyond } = allocation
  return { violations, infeasibility: violations.length === 0 ? null : explain() }

  function explain(): Explanation {
    const to = roundOutwards(maxDistance as number, farthest - (maxDistance as number), 1)
    const lone = loneliest === null ? "" : `${count} of ${n} accounts ${count === 1 ? "is" : "are"} farther than ${formatAmount(maxDistance as number)} from every center that ${count === 1 ? "it" : "they"} may go to, ${JSON.stringify(ids[loneliest.i])} the most: ${formatAmount(loneliest.distance)} from the nearest`
    const crowd = violations.length > count ? `${loneliest === null ? "" : "; "}${violations.length - count} ${violations.length - count === 1 ? "account goes" : "accounts go"} too far ${reason()}` : ""
    return {
      kind: isBeyond ? "divisible" : "distance",
      message: `${lone}${crowd}; ${remedy()}`,
      measures: [],
      territoryIds: [...new Set(violations.map(({ territoryId }) => territoryId))],
      accountIds: violations.map(({ accountId }) => accountId as string),
      conflict: [],
      isConflictMinimal: false,
      relaxations: [{ message: `the plan found keeps a maxDistance of ${to} (instead of ${maxDistance})`, changes: [{ kind: "max-distance", from: maxDistance as number, to }], provenBy: "plan", isMinimal: false }],
    }
  }

  /** Where one account lies far from all, a mean center is drawn away from the others. */
  function remedy(): string {
    const usual = "raise maxDistance, add territories or move their centers"
    const isDrawn = compiled.centersAre === "mean" && compiled.fixed.includes(0)
    const far = isDrawn ? findFarAccounts(points, n, dimension) : null
    if (far === null || violations.length <= far.accounts.length) return usual
    const named = `${JSON.stringify(ids[far.accounts[0]])}${far.accounts.length === 1 ? "" : ` and ${far.accounts.length - 1} more`}`
    return `${named} far from all others may draw a mean center away from them: check the place, plan without it, or use centers: "account"; or ${usual}`
  }

  function reason(): string {
    if (isBeyond) return "because the bounds leave no other way, not even to divided accounts"
    if (allocation.status === "optimal") return "though divided accounts would not have to"
    return "for the bounds, or for the account's own restrictions"
  }
}
