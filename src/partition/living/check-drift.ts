import { smallestOf } from "../../math/stats/extremes.js"
import { imbalanceOf } from "../../criteria/balance.js"
import { pow } from "../../math/exact/pow.js"
import type { LocatedAccount } from "../../model/account.js"
import { isPlainObject } from "../../model/check-keys.js"
import { compareIds } from "../../model/compare-ids.js"
import { throwIssues, type Issue } from "../../model/error.js"
import { formatCount } from "../../model/format-amount.js"
import { guardCall } from "../../model/guard-call.js"
import { issue, NOTHING, show } from "../../model/issue.js"
import { ownOptions } from "../../model/own-options.js"
import type { Violation } from "../../model/violation.js"
import { EARTH_RADIUS_KM } from "../../math/geo/sphere.js"
import { costOfSquare, squareBetween } from "../../math/transport/transport-problem.js"
import { DATA_OPTIONS } from "../partition-options.js"
import type { PartitionResult } from "../partition-result.js"
import type { BoundRow } from "../territory-bounds.js"
import { findHeaviest, judgeBalance } from "./balance-rows.js"
import { describeDrift, describeTerritory } from "./describe-drift.js"
import { boundsOfDigest } from "./digest-bounds.js"
import type { DriftMeasure, DriftOptions, DriftResult, DriftTerritory } from "./drift-result.js"
import { findDifferences } from "./find-differences.js"
import { fieldsOfPlan } from "./plan-fields.js"
import { readOwnerWays } from "./plan-ways.js"
import { checkCosts, checkTotals, readPlanAccounts, type PlanAccounts } from "./read-plan-accounts.js"
import { readPlan, type LivePlan } from "./read-plan.js"

/** A territory is farther outside than it was planned when it is so by more than this share of its target. */
const FARTHER = 1e-9

/**
 * Tells whether a plan still balances today's accounts, and where it does not: values change, customers come and go.
 *
 * Every account that the plan knows counts where the plan has it, with its values and its place of today. Targets are shares of
 * today's total of these accounts, tolerances follow them, absolute bounds stay. Accounts that the plan does not know are listed,
 * and count in no territory and in no total: place them with `assignAccounts`, and check the plan that it returns.
 *
 * @param plan what `partitionAccounts`, `evaluateAlignment` or `assignAccounts` gave, or its copy from JSON; checked in every part
 * @param accounts all of today's, in the plan's kind of space, with its fields
 * @param options the options that the plan was made with, or none of them; and `margin`
 * @returns whether balance is out of bounds (bounds that the plan says cannot be met count only where it is worse than planned), the worst territory, and for every territory and measure
 * what was planned and what is; `violations` are in the sentences of `partitionAccounts`
 * @throws TerritoryError with all issues: unusable accounts, none that the plan knows, options that differ from the plan's (which one,
 * and both values), a function or distances that the plan had and the call has not, an account of the plan without a distance, a plan that is none, was damaged or contradicts itself
 *
 * Deterministic, whatever the order of accounts. O(accounts + territories x measures), without a search. Centers stay those of the
 * plan, so the cost of today is a little more than `evaluateAlignment` would say, which moves them; distances of the caller's own
 * (`compactness.distance`) are asked for, or looked up, from every account to its territory in the plan. Not suitable for judging accounts
 * that have changed hands since: `evaluateAlignment` takes any alignment.
 * @example
 * const options = { territories: 2, measures: { workload: { value: "hours" } } }
 * const accounts = [
 *   { id: "a", x: 0, y: 0, hours: 4 },
 *   { id: "b", x: 1, y: 0, hours: 5 },
 *   { id: "c", x: 9, y: 9, hours: 5 },
 *   { id: "d", x: 9, y: 8, hours: 4 },
 * ]
 * const plan = partitionAccounts(accounts, options)
 * const today = accounts.map((account) => (account.id === "b" ? { ...account, hours: 7 } : account))
 * const drift = checkDrift(plan, today, options)
 * drift.isDrifted // true
 * drift.territories[0].message // 'territory "t1": workload 11 (planned 9), 10.0 % above target, above its maximum of 10.5; 2 accounts'
 */
export function checkDrift<A extends LocatedAccount>(plan: PartitionResult, accounts: readonly A[], options: DriftOptions<A> = {}): DriftResult {
  return guardCall({ plan, accounts, options }, (own) => checkDriftUnguarded(own.plan, own.accounts, own.options))
}

function checkDriftUnguarded<A extends LocatedAccount>(
  plan: PartitionResult,
  accounts: readonly A[],
  options: DriftOptions<A>,
): DriftResult {
  const live = readPlan(plan)
  const own = ownOptions(options, DATA_OPTIONS)
  const issues: Issue[] = [...findDifferences(own, live.digest, ["margin"])]
  const margin: unknown = isPlainObject(own) ? (own.margin ?? 0) : 0
  if (!(typeof margin === "number" && Number.isFinite(margin) && margin >= 0)) issues.push(issue("option-type", "margin", "must be a fraction of 0 or more", margin))
  const read = readPlanAccounts(accounts, live, issues.length > 0 ? null : fieldsOfPlan(own, live.digest, issues), issues)
  const { k, names } = live
  const M = names.length
  const { ids, order } = read.table
  const owner = Int32Array.from(ids, (id) => live.ownerOf.get(id) ?? -1)
  if (owner.every((t) => t < 0)) {
    const known = plan.alignment[0]?.accountId
    throwIssues([issue("accounts-unknown", "accounts", `${formatCount(ids.length, "account")}, and the plan knows none of them`, NOTHING, `theirs are ids such as ${show(ids[0])}, the plan's such as ${show(known)}`)])
  }

  const now = addUp(live, read, owner, readOwnerWays(accounts, read, own, live, owner))
  checkTotals(now.totals, names)
  checkCosts(now.costs)
  const conflicts: Issue[] = []
  const bounds = boundsOfDigest(live.digest, k, now.totals, conflicts)
  const before = judgeBalance(live, live.activities, live.bounds, live.totals, null)
  const after = judgeBalance(live, now.activities, bounds, now.totals, findHeaviest(k, M, order, ids, owner, read.activities))
  const rows = Array.from(now.activities, (activity, r): DriftMeasure => {
    const isOutside = after.violations[r] !== null
    const room = roomOf(activity, bounds[r], now.totals[r % M] / k)
    return {
      activity: { planned: live.activities[r], now: activity },
      target: { planned: live.bounds[r].target, now: bounds[r].target },
      min: bounds[r].min,
      max: bounds[r].max,
      deviation: { planned: before.deviations[r], now: after.deviations[r] },
      // what rounding leaves outside is inside
      room: room === null || isOutside ? room : Math.max(0, room),
      isOutside,
      wasOutside: before.violations[r] !== null,
    }
  })
  // what no plan could keep is no drift, as long as it is not worse than the plan had it
  const isExcused = live.plan.infeasibility !== null
  const isDrifted = rows.some(({ isOutside, wasOutside, room }, r) => {
    if (!isOutside || (room as number) >= -(margin as number)) return false
    if (!isExcused || !wasOutside) return true
    return (room as number) < (roomOf(live.activities[r], live.bounds[r], live.totals[r % M] / k) as number) - FARTHER
  })
  const today = new Set(ids)
  const territories = live.plan.territories.map(({ id, name, accountCount, cost }, t): DriftTerritory => {
    const own = Object.fromEntries(names.map((measure, m) => [measure, rows[t * M + m]]))
    const count = { planned: accountCount, now: now.counts[t] }
    return { id, ...(name === undefined ? {} : { name }), accountCount: count, cost: { planned: cost, now: cost === null ? null : now.costs[t] }, measures: own, message: describeTerritory(id, own, count) }
  })
  const result = {
    isDrifted,
    worst: findWorst(live, rows),
    territories,
    imbalance: Object.fromEntries(names.map((name, m) => [name, { planned: live.plan.imbalance[name] ?? null, now: imbalanceOf(territories.map((_, t) => after.deviations[t * M + m])) }])),
    cost: { planned: live.plan.cost, now: live.plan.cost === null ? null : now.costs.reduce((sum, cost) => sum + cost, 0) },
    newAccountIds: Array.from(order, (i) => i).filter((i) => owner[i] < 0).map((i) => ids[i]),
    newActivity: Object.fromEntries(names.map((name, m) => [name, now.newActivity[m]])),
    goneAccountIds: [...live.ownerOf.keys()].filter((id) => !today.has(id)).sort(compareIds),
    violations: after.violations.filter((violation): violation is Violation => violation !== null),
    warnings: [...read.table.warnings, ...conflicts],
  }
  const { isDrifted: answer, ...rest } = result
  return { isDrifted: answer, message: describeDrift(result, margin as number), ...rest }
}

/**
 * Sums of today's accounts by territory, and those of accounts without one, in the order of ids.
 *
 * @param ways n: the caller's own distances to the owners; null: those to the centers
 */
function addUp(live: LivePlan, { table, points, weights, activities }: PlanAccounts, owner: Int32Array, ways: Float64Array | null) {
  const { k, names, dimension, centers } = live
  const M = names.length
  const { power } = live.digest.compactness
  const sums = { counts: new Int32Array(k), costs: new Float64Array(k), activities: new Float64Array(k * M), totals: new Float64Array(M), newActivity: new Float64Array(M) }
  for (const i of table.order) {
    const t = owner[i]
    for (let m = 0; m < M; m++) {
      const own = activities[i * M + m]
      if (t < 0) sums.newActivity[m] += own
      else {
        sums.activities[t * M + m] += own
        sums.totals[m] += own
      }
    }
    if (t < 0) continue
    sums.counts[t]++
    if (weights[i] > 0) sums.costs[t] += weights[i] * (ways === null ? costOfSquare(squareBetween(points, i, centers, t, dimension), power, dimension === 3 ? EARTH_RADIUS_KM : 0) : pow(ways[i], power))
  }
  return sums
}

/** The distance to the nearer bound as a share of the target, or of the mean where that is 0; below 0 outside; null: no bound. */
function roomOf(activity: number, { target, min, max }: BoundRow, mean: number): number | null {
  const sides = [...(min === null ? [] : [activity - min]), ...(max === null ? [] : [max - activity])]
  if (sides.length === 0) return null
  return smallestOf(sides) / (target > 0 ? target : mean > 0 ? mean : 1) + 0
}

function findWorst({ names, plan }: LivePlan, rows: readonly DriftMeasure[]): DriftResult["worst"] {
  let worst: DriftResult["worst"] = null
  rows.forEach(({ room, deviation }, r) => {
    if (room === null || (worst !== null && worst.room <= room)) return
    worst = { territoryId: plan.territories[Math.floor(r / names.length)].id, measure: names[r % names.length], room, deviation: deviation.now }
  })
  return worst
}
