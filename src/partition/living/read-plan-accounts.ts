import type { Field, LocatedAccount } from "../../model/account.js"
import { throwIssues, type Issue } from "../../model/error.js"
import { findAccountIssues, SURFACES } from "../../model/find-account-issues.js"
import { issue, NOTHING } from "../../model/issue.js"
import { compileAccounts, type AccountTable } from "../../model/read-accounts.js"
import { readField } from "../../model/read-field.js"
import { EARTH_RADIUS_KM, embedPoint } from "../../math/geo/sphere.js"
import type { PlanFields } from "./plan-fields.js"
import type { LivePlan } from "./read-plan.js"

/** Accounts beside a plan, in its units. Row i is the caller's row i. */
export interface PlanAccounts {
  readonly n: number
  readonly table: AccountTable
  /** n x dimension, as the plan's centers. */
  readonly points: Float64Array
  readonly weights: Float64Array
  /** n x M. */
  readonly activities: Float64Array
}

/** Faults after which rows cannot be asked for their fields. */
const NO_ROWS: readonly string[] = ["input-missing", "input-type", "no-accounts", "account-type", "accessor-failed"]

const NO_ACCOUNTS: PlanAccounts = {
  n: 0,
  table: { ids: [], space: "globe", first: new Float64Array(0), second: new Float64Array(0), order: new Int32Array(0), rowOf: new Map(), warnings: [] },
  points: new Float64Array(0),
  weights: new Float64Array(0),
  activities: new Float64Array(0),
}

/**
 * Reads accounts by the fields of a plan. What is wrong with any of them is thrown at once, with what is known to be wrong with
 * the options. O(n M).
 *
 * @param fields null where the options leave it open how to read
 * @param known issues found before
 * @param mayBeNone whether an empty list is fine
 */
export function readPlanAccounts<A extends LocatedAccount>(accounts: readonly A[], live: LivePlan, fields: PlanFields<A> | null, known: readonly Issue[], mayBeNone = false): PlanAccounts {
  const { names, space, dimension } = live
  const M = names.length
  if (mayBeNone && Array.isArray(accounts) && accounts.length === 0) {
    throwIssues(known)
    return NO_ACCOUNTS
  }
  const issues: Issue[] = [...findAccountIssues(accounts)]
  const columns: Float64Array[] = []
  let weights = new Float64Array(0)
  if (fields !== null && !issues.some((one) => NO_ROWS.includes(one.code))) {
    const found: Issue[] = []
    const read = (field: Field<A>, label: string, noun: string): Float64Array => readField(accounts, field, "accounts", label, { minimum: 0, noun }, found)
    names.forEach((name, m) => columns.push(read(fields.measures[m], name, "measure")))
    const same = fields.measures.indexOf(fields.weight)
    weights = same < 0 ? Float64Array.from(read(fields.weight, "compactness.weight", "weight")) : Float64Array.from(columns[same])
    for (const one of found) issues.push(one)
  }
  throwIssues([...issues, ...known])
  const table = compileAccounts(accounts)
  if (table.space === "none" && space !== "none") {
    throwIssues([issue("coordinate-missing", "accounts[0]", `needs ${space === "globe" ? "longitude and latitude" : "x and y"}, as the accounts of the plan`, NOTHING, "set accounts without a place aside before the call")])
  }
  if (table.space !== "none" && space === "none") {
    throwIssues([issue("spaces-mixed", "accounts[0]", "has a place, but the accounts of the plan have none", NOTHING, "leave the coordinates out, or make a new plan with partitionAccounts")])
  }
  if (table.space !== space) {
    throwIssues([issue("spaces-mixed", "accounts[0]", `lies on ${SURFACES[table.space]}, but the plan on ${SURFACES[space]}`, NOTHING, "give places of the plan's kind")])
  }
  const n = accounts.length
  const points = new Float64Array(n * dimension)
  const activities = new Float64Array(n * M)
  for (let i = 0; i < n; i++) {
    if (space === "globe") embedPoint(table.first[i], table.second[i], EARTH_RADIUS_KM, points, 3 * i)
    else points.set([table.first[i], table.second[i]], 2 * i)
    for (let m = 0; m < M; m++) activities[i * M + m] = columns[m][i]
  }
  return { n, table, points, weights, activities }
}

/** @throws TerritoryError where a sum that the plan's bounds are to be made of is beyond the range of numbers */
export function checkTotals(totals: Float64Array, names: readonly string[]): void {
  const issues: Issue[] = []
  names.forEach((name, m) => {
    if (!Number.isFinite(totals[m])) issues.push(issue("measure-overflow", `measures.${name}`, "sums to more than a number can hold", NOTHING, "use a larger unit"))
  })
  throwIssues(issues)
}

/** @throws TerritoryError where the cost of a territory is beyond the range of numbers */
export function checkCosts(costs: Float64Array): void {
  if (costs.every((cost) => Number.isFinite(cost))) return
  throwIssues([issue("cost-overflow", "compactness", "the sum of weight * distance^power is more than a number can hold", NOTHING, "use a larger unit for the weight or for x and y")])
}
