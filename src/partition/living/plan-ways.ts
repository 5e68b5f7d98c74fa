import type { LocatedAccount } from "../../model/account.js"
import { isPlainObject } from "../../model/check-keys.js"
import { throwIssues, type Issue } from "../../model/error.js"
import { issue, NOTHING, show } from "../../model/issue.js"
import type { PartitionOptions } from "../partition-options.js"
import { createWayReader, unreachable, type OwnDistance, type WayReader } from "../read-ways.js"
import type { PlanDigest } from "./plan-digest.js"
import { specsOfPlan } from "./plan-specs.js"
import type { PlanAccounts } from "./read-plan-accounts.js"
import type { LivePlan } from "./read-plan.js"

/** The caller's own distances from new accounts to the territories of a plan. */
export interface PlanWays {
  /** n x k, as the caller gave them; Infinity where there is none, or one that is too long. */
  readonly lengths: Float64Array
  /** Whether some pairs that an account may go to have no row. */
  readonly isPartial: boolean
}

/** Whether ways are given exactly where the plan was made on ways: a plan keeps none. Options need not be checked. */
export function findWayIssues(options: Readonly<Record<string, unknown>>, digest: PlanDigest, issues: Issue[]): void {
  const { compactness } = options
  if (compactness !== undefined && !isPlainObject(compactness)) return
  const distance = compactness?.distance
  if (digest.compactness.distance !== true) {
    if (distance === undefined) return
    issues.push(issue("option-differs", "compactness.distance", "must be left out, as in the plan", distance, "pass the options that the plan was made with, or make a new plan with partitionAccounts"))
  } else if (distance === undefined) {
    issues.push(issue("function-missing", "compactness.distance", "was given when the plan was made, and a plan keeps no distances", NOTHING, "pass the same function, or rows { accountId, territoryId, distance } of these accounts"))
  } else if (typeof distance !== "function" && !Array.isArray(distance)) {
    issues.push(issue("option-type", "compactness.distance", "must be a function of an account and a territory, or rows { accountId, territoryId, distance }", distance))
  }
}

/**
 * The distances of new accounts to every territory that they may go to; null for a plan on distances to centers. Rows of the plan's own
 * accounts are passed over. O(n k), and a call of the function for every such pair.
 *
 * @param allowed n x k, 1 where an account may go there; null: anywhere
 * @throws TerritoryError for distances that are none, rows of unknown ids, and accounts without a territory in reach
 */
export function readPlanWays<A extends LocatedAccount>(accounts: readonly A[], { n, table }: PlanAccounts, options: Partial<PartitionOptions<A>>, live: LivePlan, allowed: Uint8Array | null): PlanWays | null {
  const issues: Issue[] = []
  const reader = readerOf(accounts, table, options, live, issues)
  if (reader === null) return null
  const { k } = live
  const maxDistance = live.digest.maxDistance ?? Infinity
  const lengths = new Float64Array(n * k).fill(Infinity)
  let isPartial = false
  for (const i of table.order) {
    let least = Infinity
    for (let t = 0; t < k; t++) {
      if (allowed !== null && allowed[i * k + t] === 0) continue
      const length = reader.lengthOf(i, t)
      if (length === undefined) isPartial = true
      else {
        least = Math.min(least, length)
        if (length <= maxDistance) lengths[i * k + t] = length
      }
    }
    // where answers are wrong, that is told first
    if (!(least <= maxDistance && least < Infinity) && !reader.hasFaults()) issues.push(unreachable(i, table.ids[i], least, maxDistance))
  }
  throwIssues(issues)
  return { lengths, isPartial }
}

/**
 * The distances of accounts to their territories in a plan, by row; null for a plan on distances to centers. O(n), and a call of the
 * function for each.
 *
 * @param owner n: -1 for accounts that the plan does not know, which need no distance
 * @throws TerritoryError for distances that are none, or missing
 */
export function readOwnerWays<A extends LocatedAccount>(accounts: readonly A[], { n, table }: PlanAccounts, options: Partial<PartitionOptions<A>>, live: LivePlan, owner: Int32Array): Float64Array | null {
  const issues: Issue[] = []
  const reader = readerOf(accounts, table, options, live, issues)
  if (reader === null) return null
  const lengths = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    if (owner[i] < 0) continue
    const length = reader.lengthOf(i, owner[i])
    if (length !== undefined) lengths[i] = length
    else if (!reader.hasFaults()) issues.push(issue("distance-missing", `accounts[${i}]`, `account ${show(table.ids[i])} has no distance to territory ${show(live.plan.territories[owner[i]].id)}, in which the plan has it`, NOTHING, "add a row, or leave it out"))
  }
  throwIssues(issues)
  return lengths
}

function readerOf<A>(accounts: readonly A[], table: PlanAccounts["table"], options: Partial<PartitionOptions<A>>, live: LivePlan, issues: Issue[]): WayReader | null {
  const distance: OwnDistance<A> | undefined = options.compactness?.distance
  if (distance === undefined) return null
  return createWayReader(accounts, distance, specsOfPlan(live, options), table, issues, (accountId) => live.ownerOf.has(accountId))
}
