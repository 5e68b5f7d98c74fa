import type { Issue } from "./error.js"
import { issue, NOTHING } from "./issue.js"
import type { TerritorySpec } from "./territory.js"

/** Shares may miss 1 by so much, in sum: what decimal fractions add up to. */
const SHARE_SLACK = 1e-9

/** The share that a territory states for a measure; undefined: none. */
export function statedShare(territory: Pick<TerritorySpec, "share"> | undefined, measure: string): number | undefined {
  const share = territory?.share
  if (typeof share === "object" && share !== null) return Object.hasOwn(share, measure) ? share[measure] : undefined
  return share
}

/** The shares of all territories, which sum to 1: those without a stated one divide the rest equally. O(k). */
export function shareOut(stated: readonly (number | undefined)[]): Float64Array {
  const openCount = stated.filter((share) => share === undefined).length
  const rest = Math.max(0, 1 - sumOfStated(stated))
  return Float64Array.from(stated, (share) => share ?? rest / openCount)
}

/** Adds an issue where stated shares leave less than nothing to the others, or do not sum to 1 without others. */
export function checkShareSum(stated: readonly (number | undefined)[], measure: string, path: string, issues: Issue[]): void {
  const sum = sumOfStated(stated)
  const isOpen = stated.includes(undefined)
  if (sum <= 1 + SHARE_SLACK && (isOpen || stated.length === 0 || sum >= 1 - SHARE_SLACK)) return
  const remedy = isOpen ? "leave room for the territories without a share" : "divide each by their sum"
  issues.push(issue("share-sum", path, `the shares of ${measure} must sum to 1, but sum to ${Number(sum.toPrecision(12))}`, NOTHING, remedy))
}

function sumOfStated(stated: readonly (number | undefined)[]): number {
  return stated.reduce<number>((sum, share) => sum + (share ?? 0), 0)
}
