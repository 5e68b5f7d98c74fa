import type { Alignment } from "../model/alignment.js"
import { isPlainObject } from "../model/check-keys.js"
import type { Issue } from "../model/error.js"
import { findAlignmentIssues } from "../model/find-alignment-issues.js"
import { issue } from "../model/issue.js"
import type { LocatedAlignment } from "./coverage-options.js"
import type { ExcludedValue, RoutingDecision } from "./rules/routing-result.js"

/** Why rules did not decide on an account. */
export type LeftOut = Pick<RoutingDecision, "excludedValues" | "wouldGoTo">

/** Where place or rules put accounts, and whom rules left undecided as a value is excluded. */
export interface ReadLocated {
  readonly alignment: Alignment
  readonly leftOut: ReadonlyMap<string, LeftOut>
}

const NOBODY: ReadonlyMap<string, LeftOut> = new Map()

/** Reads the option `located`: rows, or a result that has them and, from `routeAccounts`, decisions. Null without it. O(rows + decisions). */
export function readLocated(located: unknown, rowOf: ReadonlyMap<string, number>, territories: ReadonlyMap<string, number> | null, issues: Issue[]): ReadLocated | null {
  if (located === undefined) return null
  const isResult = isPlainObject(located)
  const alignment: unknown = isResult ? located.alignment : located
  for (const one of findAlignmentIssues(alignment, rowOf, territories, isResult ? "located.alignment" : "located")) issues.push(one)
  const decisions: unknown = isResult ? located.decisions : undefined
  if (decisions === undefined) return { alignment: alignment as Alignment, leftOut: NOBODY }
  const leftOut = new Map<string, LeftOut>()
  const isDecided = Array.isArray(decisions) && Array.from(decisions as readonly unknown[]).every((decision) => {
    if (!isPlainObject(decision) || typeof decision.accountId !== "string") return false
    if (decision.reason !== "value-excluded") return true
    const { accountId, excludedValues, wouldGoTo } = decision
    const isGuess = wouldGoTo === null || (Array.isArray(wouldGoTo) && wouldGoTo.every((id) => typeof id === "string"))
    if (!isGuess || !Array.isArray(excludedValues) || !excludedValues.every(isExcluded)) return false
    leftOut.set(accountId, { excludedValues: excludedValues as readonly ExcludedValue[], wouldGoTo: wouldGoTo as readonly string[] | null })
    return true
  })
  if (!isDecided) issues.push(issue("option-type", "located.decisions", "must be those of routeAccounts", decisions))
  return { alignment: alignment as Alignment, leftOut }
}

function isExcluded(one: unknown): boolean {
  return isPlainObject(one) && [one.dimension, one.why, one.question].every((text) => typeof text === "string") && [one.value, one.meant].every((value) => value === null || typeof value === "string" || Number.isFinite(value))
}

/** The rows of the option `located`, once it has been checked. */
export function rowsOfLocated(located: LocatedAlignment): Alignment {
  return isPlainObject(located) ? (located as { readonly alignment: Alignment }).alignment : (located as Alignment)
}
