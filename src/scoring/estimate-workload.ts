import { sumOf } from "../math/stats/sum-of.js"
import { checkKeys, isPlainObject } from "../model/check-keys.js"
import { type Issue, throwIssues, type Warning } from "../model/error.js"
import { fieldPath } from "../model/field-of.js"
import { findIdIssues } from "../model/find-id-issues.js"
import { guardCall } from "../model/guard-call.js"
import { issue } from "../model/issue.js"
import { ownOptions } from "../model/own-options.js"
import type { IdentifiedAccount } from "../model/account.js"
import { compareIds } from "../model/compare-ids.js"
import { orderByIds } from "../model/order-by-ids.js"
import { copyAccounts } from "./copy-accounts.js"
import { checkByTier, isByTier, readByTier, readTiers } from "./read-by-tier.js"
import { MAX_VALUE } from "./read-factor-values.js"
import { DEFAULT_WORKLOAD_OPTIONS, type WorkloadOptions } from "./workload-options.js"
import type { WorkloadResult, WorkloadSum } from "./workload-result.js"

/**
 * Estimates the hours per year that each account takes, and how many full-time reps that makes.
 *
 * workload = visits per year x (hours per visit + travel hours per visit). Each of the three may be one number, a number by
 * tier, or a field of the account. The result is a measure to balance: `{ measures: { workload: { value: "workload" } } }`.
 *
 * @param accounts rows with a unique string `id`; coordinates are not needed
 * @param options `visits` (per year), `hoursPerVisit`, `travelHoursPerVisit` (hours, 0), `tier` (field "tier"), `hoursPerYear`
 *   (hours of one rep for visits and travel, null). See `WorkloadOptions`
 * @returns every account in input order, a copy with `workload` in hours per year; sums per tier and in all, with `fte`
 *   unrounded. Inputs are not changed
 * @throws TerritoryError before any work, with all issues: ids, negative or missing numbers, a tier that is missing
 *   (`tier-missing`) or not stated (`tier-unknown`, with the nearest name), misspelt options
 *
 * Deterministic: sums are taken in the order of the ids, so the order of rows does not matter. O(n log n).
 * Not suitable for travel that depends on the plan: hours of travel are an input here, the distance within a finished territory
 * is the business of the plan.
 *
 * Source: the workload method: reps = customers x call frequency x length of call / time available, summed over classes
 * (Talley 1961, How to design sales territories, Journal of Marketing 25(3)).
 * @example
 * const accounts = [{ id: "a", tier: "A" }, { id: "b", tier: "B" }, { id: "c", tier: "B" }]
 * const { total } = estimateWorkload(accounts, { visits: { A: 24, B: 12 }, hoursPerVisit: 1.5, travelHoursPerVisit: 0.5, hoursPerYear: 1200 })
 * total // { accountCount: 3, visits: 48, visitHours: 72, travelHours: 24, hours: 96, fte: 0.08 }
 */
export function estimateWorkload<A extends IdentifiedAccount>(accounts: readonly A[], options: WorkloadOptions<A>): WorkloadResult<A> {
  return guardCall({ accounts, options }, (own) => estimateWorkloadUnguarded(own.accounts, own.options))
}

function estimateWorkloadUnguarded<A extends IdentifiedAccount>(
  accounts: readonly A[],
  options: WorkloadOptions<A>,
): WorkloadResult<A> {
  const own = ownOptions(options)
  throwIssues([...findIdIssues(accounts), ...checkOptions(own)])
  const { visits, hoursPerVisit } = own
  const tier = own.tier ?? DEFAULT_WORKLOAD_OPTIONS.tier
  const travelHoursPerVisit = own.travelHoursPerVisit ?? DEFAULT_WORKLOAD_OPTIONS.travelHoursPerVisit
  const hoursPerYear = own.hoursPerYear ?? DEFAULT_WORKLOAD_OPTIONS.hoursPerYear
  const issues: Issue[] = []
  const warnings: Warning[] = []

  // read every number once
  const records = [visits, hoursPerVisit, travelHoursPerVisit].filter(isByTier)
  const tierPath = (i: number): string => fieldPath("accounts", i, tier, "tier")
  const tiers = own.tier !== undefined || records.length > 0 ? readTiers(accounts, tier, tierPath, issues) : null
  const visitsOf = readByTier(accounts, visits, tiers, tierPath, "visits", issues)
  const hoursOf = readByTier(accounts, hoursPerVisit, tiers, tierPath, "hoursPerVisit", issues)
  const travelOf = readByTier(accounts, travelHoursPerVisit, tiers, tierPath, "travelHoursPerVisit", issues)
  const copies = copyAccounts(accounts, ["workload"], issues, warnings)
  throwIssues(issues)

  // sums, in the order of the ids
  const order = orderByIds(accounts.map((account) => account.id))
  const rowsOf = new Map<string, number[]>()
  for (const record of records) for (const name of Object.keys(record)) rowsOf.set(name, [])
  if (tiers !== null) {
    for (const i of order) {
      const name = tiers[i] as string
      const rows = rowsOf.get(name)
      if (rows === undefined) rowsOf.set(name, [i])
      else rows.push(i)
    }
  }
  const visitHoursOf = visitsOf.map((visits, i) => visits * hoursOf[i])
  const travelHoursOf = visitsOf.map((visits, i) => visits * travelOf[i])
  const addUp = (rows: ArrayLike<number>): WorkloadSum => {
    const visitHours = sumOf(visitHoursOf, rows)
    const travelHours = sumOf(travelHoursOf, rows)
    const hours = visitHours + travelHours
    const fte = hoursPerYear === null ? null : hours / hoursPerYear
    return { accountCount: rows.length, visits: sumOf(visitsOf, rows), visitHours, travelHours, hours, fte }
  }
  return {
    accounts: copies.map((copy, i) => Object.assign(copy, { workload: visitsOf[i] * (hoursOf[i] + travelOf[i]) })),
    tiers: [...rowsOf.keys()].sort(compareIds).map((name) => ({ tier: name, ...addUp(rowsOf.get(name) ?? []) })),
    total: addUp(order),
    hoursPerYear,
    warnings,
  }
}

/** A rep has at least so many hours a year: quotients stay finite. */
const MIN_HOURS = 1e-9

function checkOptions(options: unknown): Issue[] {
  if (!isPlainObject(options)) return [issue("option-type", "options", "must be an object such as { visits: { A: 24, B: 12 }, hoursPerVisit: 1 }", options)]
  const issues: Issue[] = []
  checkKeys(options, ["visits", "hoursPerVisit", "travelHoursPerVisit", "tier", "hoursPerYear"], "", issues)
  const { visits, hoursPerVisit, travelHoursPerVisit, tier, hoursPerYear } = options
  checkByTier(visits, "visits", issues)
  checkByTier(hoursPerVisit, "hoursPerVisit", issues)
  if (travelHoursPerVisit !== undefined) checkByTier(travelHoursPerVisit, "travelHoursPerVisit", issues)
  if (tier !== undefined && typeof tier !== "string" && typeof tier !== "function") {
    issues.push(issue("option-type", "tier", "must be a field name or a function of the account", tier))
  }
  if (hoursPerYear !== undefined && hoursPerYear !== null && (typeof hoursPerYear !== "number" || !(hoursPerYear >= MIN_HOURS && hoursPerYear <= MAX_VALUE))) {
    issues.push(issue("option-range", "hoursPerYear", `must be a number from ${MIN_HOURS} to ${MAX_VALUE}, or null`, hoursPerYear))
  }
  return issues
}
