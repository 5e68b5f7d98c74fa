import { pow } from "../../math/exact/pow.js"
import { isPlainObject } from "../../model/check-keys.js"
import { checkShape } from "../../model/check-shape.js"
import type { Issue } from "../../model/error.js"
import { findAlignmentIssuesSteps, type PastIds } from "../../model/find-alignment-issues.js"
import { formatAmount } from "../../model/format-amount.js"
import { finishSteps } from "../../model/in-pieces.js"
import { issue, NOTHING, show } from "../../model/issue.js"
import type { CompiledProblem } from "../compile-problem.js"
import { costsByTerritory } from "../costs-by-territory.js"
import type { PartitionResult } from "../partition-result.js"
import { PLAN_SHAPE } from "../plan-shape.js"

/** Activities and bounds that differ by less than this share of the total are the same. */
const SAME_ACTIVITY = 1e-9
/** Costs may differ by more: a center far from the origin of a plane is known to few digits of the distances. */
const SAME_COST = 1e-3
const CENTER_DIGITS = 1e-9

const REMEDY = "pass the accounts and options the plan was made with, or judge its alignment anew with evaluateAlignment"

/** What makes something no plan with these measures, in this kind of space; the rows of its alignment are read later. O(k M). */
export function findPlanIssues(given: unknown, { measures, space }: Pick<CompiledProblem, "measures" | "space">): Issue[] {
  if (!isPlainObject(given)) return [issue("result-invalid", "plan", "must be what partitionAccounts returns", given, remedyForNoPlan(given))]
  const issues: Issue[] = []
  checkShape(given, PLAN_SHAPE, "plan", issues)
  if (issues.length > 0) return issues
  const { territories } = given as unknown as PartitionResult
  const seen = new Set<string>()
  const need = (isGood: boolean, path: string, rule: string, got: unknown): void => {
    if (!isGood) issues.push(issue("result-invalid", `plan.territories${path}`, rule, got, REMEDY))
  }
  territories.forEach(({ id, center, measures: rows, prices }, t) => {
    need(!seen.has(id), `[${t}].id`, "must be an id of its own", id)
    seen.add(id)
    const kind = center === null ? "none" : "x" in center ? "plane" : "globe"
    const wanted = { globe: "{ longitude, latitude } like the places of the accounts", plane: "{ x, y } like the places of the accounts", none: "null, since the accounts have no places" }
    need(kind === space || (space === "none" && isFixed(given, id)), `[${t}].center`, `must be ${wanted[space]}`, center)
    for (const name of measures) {
      need(Object.hasOwn(rows, name), `[${t}].measures.${name}`, "must be there, as activity, target and bounds", undefined)
      need(Object.hasOwn(prices, name), `[${t}].prices.${name}`, "must be there, as a finite number", undefined)
    }
  })
  return issues
}

/** Whether a plan has fixed the center of a territory, which then has a place though no account may have one. */
function isFixed(plan: unknown, id: string): boolean {
  const listed = (plan as Partial<PartitionResult>).digest?.territories
  return Array.isArray(listed) && listed.some((spec: { readonly id?: unknown; readonly centerFixed?: unknown }) => spec.id === id && spec.centerFixed === true)
}

function remedyForNoPlan(given: unknown): string {
  if (typeof given === "string") return "use JSON.parse"
  if (given instanceof Promise) return "await it"
  return Array.isArray(given) ? "judge an alignment with evaluateAlignment first" : ""
}

/** Rows of a plan are all of today: one that is of nobody is of another plan. */
const NONE_PAST: PastIds = { hasAccount: () => false, hasTerritory: () => false, remedyFor: () => REMEDY }

/** The territory of every account, by sorted position. Rows that do not place every account exactly once are issues. O(n). */
export function readOwners(alignment: unknown, indexOf: ReadonlyMap<string, number>, territoryIds: readonly string[], issues: Issue[]): Int32Array {
  const owner = new Int32Array(indexOf.size).fill(-1)
  const placeOf = new Map(territoryIds.map((id, t) => [id, t]))
  const found = finishSteps(findAlignmentIssuesSteps(alignment, indexOf, placeOf, "plan.alignment", NONE_PAST))
  for (const one of found) issues.push(one)
  if (found.length > 0) return owner
  ;(alignment as PartitionResult["alignment"]).forEach(({ accountId, territoryId }, r) => {
    const i = indexOf.get(accountId) as number
    const t = placeOf.get(territoryId) as number
    if (owner[i] >= 0 && owner[i] !== t) issues.push(issue("account-overlap", `plan.alignment[${r}]`, `account ${show(accountId)} is also in ${show(territoryIds[owner[i]])}`, territoryId, REMEDY))
    owner[i] = t
  })
  for (const [id, i] of indexOf) if (owner[i] < 0) issues.push(issue("account-gap", "plan.alignment", `has no row for account ${JSON.stringify(id)}`, NOTHING, REMEDY))
  return owner
}

/** What is recomputed from the alignment. */
interface Recomputed {
  readonly owner: Int32Array
  readonly centers: Float64Array
  /** k x M. */
  readonly activity: Float64Array
  readonly costUnit: number
}

/**
 * Where a plan's figures are not those of these accounts and options: without `recomputed` its territories and bounds, with it
 * activities and cost too. O(k M), or O(n).
 */
export function findMismatches(compiled: CompiledProblem, { territories, cost }: PartitionResult, recomputed?: Recomputed): Issue[] {
  const { problem, specs, measures, bounds, totals } = compiled
  const { k, measureCount: M } = problem
  if (territories.length !== k) return [issue("plan-mismatch", "plan.territories", `has ${territories.length} territories, but the options ask for ${k}`, NOTHING, REMEDY)]
  const issues: Issue[] = []
  territories.forEach(({ id, measures: rows }, t) => {
    if (specs !== null && specs[t].id !== id) issues.push(issue("plan-mismatch", `plan.territories[${t}].id`, `must be ${show(specs[t].id)}, as in the options`, id, REMEDY))
    for (let m = 0; m < M; m++) {
      const { activity, target, min, max } = rows[measures[m]]
      const path = `plan.territories[${t}].measures.${measures[m]}`
      const compare = (key: string, got: number | null, want: number | null, says: string): void => {
        const isSame = got === null || want === null ? got === want : Math.abs(got - want) <= SAME_ACTIVITY * totals[m]
        if (!isSame) issues.push(issue("plan-mismatch", `${path}.${key}`, `is ${amountOf(got)}, but ${says} ${amountOf(want)}`, NOTHING, REMEDY))
      }
      if (recomputed !== undefined) compare("activity", activity, recomputed.activity[t * M + m], "its accounts have")
      else for (const [key, got] of [["target", target], ["min", min], ["max", max]] as const) compare(key, got, bounds[t * M + m][key], "by accounts and options it is")
    }
  })
  if (recomputed === undefined || issues.length > 0) return issues
  const { owner, centers, costUnit } = recomputed
  const again = costsByTerritory(problem, owner, centers).reduce((sum, own) => sum + own, 0) * costUnit
  const reach = Math.max(problem.radius, centers.reduce((most, x) => Math.max(most, Math.abs(x)), 0), Math.abs(compiled.origin[0]) / compiled.lengthUnit, Math.abs(compiled.origin[1]) / compiled.lengthUnit)
  const weight = compiled.distances === null ? problem.weights.reduce((sum, own) => sum + own, 0) : 0
  const slack = SAME_COST * Math.max(cost ?? 0, again) + weight * pow(CENTER_DIGITS * reach, problem.power) * costUnit
  if (cost !== null && Math.abs(cost - again) > slack) {
    issues.push(issue("plan-mismatch", "plan.cost", `is ${formatAmount(cost)}, but by accounts, options and the plan's centers it is ${formatAmount(again)}`, NOTHING, REMEDY))
  }
  return issues
}

const amountOf = (amount: number | null): string => (amount === null ? "open" : formatAmount(amount))
