import { asin } from "../../math/exact/asin.js"
import type { LocatedAccount } from "../../model/account.js"
import { isPlainObject } from "../../model/check-keys.js"
import { throwIssues, type Issue } from "../../model/error.js"
import { finishSteps } from "../../model/in-pieces.js"
import { ownOptions } from "../../model/own-options.js"
import { numberListed } from "../../math/transport/pair-rules.js"
import { changeProblem, pairCost, squareBetween, type TransportProblem } from "../../math/transport/transport-problem.js"
import { compileProblem, type CompiledProblem } from "../compile-problem.js"
import { findMissingDistances } from "../find-missing-distances.js"
import { DATA_OPTIONS, type PartitionOptions } from "../partition-options.js"
import type { PartitionResult } from "../partition-result.js"
import { placeCenter } from "../place-accounts.js"
import { findMismatches, findPlanIssues, readOwners } from "./plan-fit.js"
import { readGroups } from "../read-groups.js"
import { readPlanningRules, type PlanningRules } from "./planning-rules.js"

/** A finished plan, its accounts and its options as numbers, prepared once. Territories in the plan's order. */
export interface PlanModel {
  readonly compiled: CompiledProblem
  /** Costs are those of the way alone; locks count in territories of the plan. */
  readonly problem: TransportProblem
  readonly plan: PartitionResult
  readonly territoryIds: readonly string[]
  readonly indexOf: ReadonlyMap<string, number>
  /** n: territory of every account, by sorted position. */
  readonly owner: Int32Array
  /** k x dimension, in the problem's lengths. */
  readonly centers: Float64Array
  /** k x M, in cost per unit of the measure, as in the plan. */
  readonly prices: Float64Array
  /** k x M, the caller's units. */
  readonly activity: Float64Array
  /** Multiply costs of the problem by this to get the caller's. */
  readonly costUnit: number
  /** Whether there are prices: bounds that not even divided accounts can meet have none. */
  readonly isPriced: boolean
  readonly rules: PlanningRules
  /** Whether some accounts have to stay together. */
  readonly hasGroups: boolean
}

/**
 * Checks that plan, accounts and options belong together and compiles them. Distances of the caller's own are asked for as for the plan,
 * and where it has its accounts. O(n log n + k M).
 *
 * @param options own ones only
 * @param extraKeys those of the function that asks
 * @throws TerritoryError with all issues of accounts and options, then `result-invalid`, `plan-mismatch` and `distance-missing` of the plan
 */
export function readPlanModel<A extends LocatedAccount>(accounts: readonly A[], plan: PartitionResult, options: PartitionOptions<A>, extraKeys: readonly string[]): PlanModel {
  const rows: unknown = isPlainObject(plan) ? plan.alignment : null
  const compiled = finishSteps(compileProblem(accounts, withoutGroups(options, extraKeys), extraKeys, { rows: Array.isArray(rows) ? rows : [], ofLocked: true }))
  throwIssues(findPlanIssues(plan, compiled))
  const territoryIds = plan.territories.map(({ id }) => id)
  const indexOf = new Map(compiled.ids.map((id, i) => [id, i]))
  const issues: Issue[] = []
  const owner = readOwners(plan.alignment, indexOf, territoryIds, issues)
  const groups = readGroups(options.together, indexOf, issues)
  throwIssues(issues)

  const { problem, measures, costUnit, lengthUnit } = compiled
  const { n, k, dimension, measureCount: M } = problem
  throwIssues(findMismatches(compiled, plan))
  throwIssues(findMissingDistances(compiled, owner, territoryIds, "plan"))
  const centers = new Float64Array(k * dimension)
  plan.territories.forEach(({ center }, t) => {
    if (center !== null && compiled.space !== "none") centers.set(placeCenter(center, { dimension, origin: compiled.origin, lengthUnit }), t * dimension)
  })
  const activity = new Float64Array(k * M)
  for (let i = 0; i < n; i++) for (let m = 0; m < M; m++) activity[owner[i] * M + m] += compiled.activities[i * M + m]
  const rules = readPlanningRules(compiled, territoryIds, owner, groups, plan.disruption, centers)
  throwIssues(findMismatches(compiled, plan, { owner, centers, activity, costUnit }))
  return {
    compiled,
    problem: changeProblem(problem, { lockedTo: rules.lockedTo, homes: null, reach: null }),
    plan,
    territoryIds,
    indexOf,
    owner,
    centers,
    prices: Float64Array.from({ length: k * M }, (_, r) => plan.territories[Math.floor(r / M)].prices[measures[r % M]]),
    activity,
    costUnit,
    isPriced: plan.certificate.lowerBound !== null,
    rules,
    hasGroups: groups.size > 0,
  }
}

/** Groups are read here, since accounts are explained one by one. What is no options object is told so where options are checked. */
function withoutGroups<T>(options: T, extraKeys: readonly string[]): T {
  return isPlainObject(options) ? ownOptions({ ...options, together: undefined } as T, [...DATA_OPTIONS, ...extraKeys]) : options
}

/** weight * distance^power of account i in territory t, the caller's unit; Infinity where distances are given, but not this one. */
export function costAt({ problem, centers, costUnit }: PlanModel, i: number, t: number): number {
  return pairCost(problem, centers, i, t) * costUnit
}

/** What the prices of territory t give back for account i: its reduced cost there is the cost less this. */
export function paidAt({ prices, compiled, problem }: PlanModel, i: number, t: number): number {
  const M = problem.measureCount
  let paid = 0
  for (let m = 0; m < M; m++) paid += prices[t * M + m] * compiled.activities[i * M + m]
  return paid
}

/** From account i to the center of t: km, or the plane's unit. As given where distances are the caller's own, Infinity where this one is not. */
export function distanceAt({ problem, centers, compiled }: PlanModel, i: number, t: number): number {
  if (compiled.distances !== null) return numberListed(compiled.distances, i, t)
  const chord = Math.sqrt(squareBetween(problem.points, i, centers, t, problem.dimension))
  const { radius } = problem
  const arc = radius === 0 ? chord : 2 * radius * asin(Math.min(1, chord / (2 * radius)))
  return arc * compiled.lengthUnit
}
