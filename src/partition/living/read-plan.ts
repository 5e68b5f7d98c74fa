import type { Space } from "../../model/account.js"
import { isPlainObject } from "../../model/check-keys.js"
import { checkShape, type Shape } from "../../model/check-shape.js"
import { throwIssues, type Issue } from "../../model/error.js"
import { issue, NOTHING, show } from "../../model/issue.js"
import { ownOptions } from "../../model/own-options.js"
import { EARTH_RADIUS_KM, embedPoint } from "../../math/geo/sphere.js"
import type { PartitionResult } from "../partition-result.js"
import { PLAN_SHAPE } from "../plan-shape.js"
import type { BoundRow } from "../territory-bounds.js"
import { boundsOfDigest } from "./digest-bounds.js"
import type { PlanDigest } from "./plan-digest.js"
import { findPlanFaults } from "./find-plan-faults.js"

/** A plan to go on with: checked, and its territories as columns in the caller's units. Row r is t * M + m. */
export interface LivePlan {
  readonly plan: PartitionResult
  readonly digest: PlanDigest
  readonly space: Space
  readonly k: number
  readonly names: readonly string[]
  readonly dimension: 2 | 3
  /** k x dimension: km from the middle of the Earth, or x and y. */
  readonly centers: Float64Array
  /** k x M. */
  readonly prices: Float64Array
  readonly activities: Float64Array
  /** Those that the plan was judged by. */
  readonly bounds: readonly BoundRow[]
  /** M: sums of the plan's activities. */
  readonly totals: Float64Array
  /** Territory by account id. */
  readonly ownerOf: ReadonlyMap<string, number>
}

/** Parts that are never read by name: rows are, one by one. */
const ROWS = ["alignment", "violations", "warnings", "infeasibility"]

const DIGEST_SHAPE: Shape = {
  fields: {
    space: "text",
    measures: { recordOf: { fields: { value: "text", tolerance: "number or null" }, optional: { min: "number or null", max: "number or null" } } },
    compactness: { fields: { weight: "text", power: "number" }, optional: { distance: "flag" } },
    centers: "text",
    eligible: "flag",
  },
  optional: { maxDistance: "number" },
}

const SPECS_SHAPE: Shape = {
  listOf: { fields: { id: "text" }, optional: { center: "place", centerFixed: "flag", centerAnchor: "number", share: { recordOf: "number" }, min: { recordOf: "number" }, max: { recordOf: "number" } } },
}

/**
 * Reads a plan as it was returned, or as it came back from JSON: every part is checked, since a file may have been edited or cut.
 * O(accounts + k M).
 *
 * @throws TerritoryError with what is no plan, what is damaged, and what contradicts the rest of it
 */
export function readPlan(given: unknown): LivePlan {
  if (!isPlainObject(given)) {
    const remedy = typeof given === "string" ? "use JSON.parse" : given instanceof Promise ? "await it" : ""
    throwIssues([issue("input-type", "plan", "must be a plan, as partitionAccounts or evaluateAlignment returns it", given, remedy)])
  }
  const plan = ownOptions(given as unknown as PartitionResult, ROWS)
  const issues: Issue[] = []
  if ((plan.digest as unknown) === undefined && Array.isArray(plan.territories)) {
    issues.push(issue("result-invalid", "plan.digest", "must be the options that the plan was made with", NOTHING, "judge its alignment with evaluateAlignment, and go on with the result"))
  } else {
    checkShape(plan.digest, DIGEST_SHAPE, "plan.digest", issues)
    const specs: unknown = (plan.digest as PlanDigest | undefined)?.territories
    if (typeof specs !== "number") checkShape(specs, SPECS_SHAPE, "plan.digest.territories", issues)
  }
  checkShape(plan, PLAN_SHAPE, "plan", issues)
  const ownerOf = readOwners(plan, issues)
  throwIssues(issues)
  throwIssues(findPlanFaults(plan, ownerOf))

  const { digest, territories } = plan
  const names = Object.keys(digest.measures)
  const k = territories.length
  const activities = Float64Array.from(territories.flatMap(({ measures }) => names.map((name) => measures[name].activity)))
  const totals = sumRows(activities, names.length)
  const bounds = boundsOfDigest(digest, k, totals, [])
  const dimension = digest.space === "globe" ? 3 : 2
  const centers = new Float64Array(k * dimension)
  territories.forEach(({ center }, t) => {
    if (center === null || digest.space === "none") return
    if ("x" in center) centers.set([center.x, center.y], 2 * t)
    else embedPoint(center.longitude, center.latitude, EARTH_RADIUS_KM, centers, 3 * t)
  })
  return {
    plan,
    digest,
    space: digest.space,
    k,
    names,
    dimension,
    centers,
    prices: Float64Array.from(territories.flatMap(({ prices }) => names.map((name) => prices[name]))),
    activities,
    // min and max to the digit as the plan has them
    bounds: bounds.map(({ isCapacity }, r) => {
      const { target, min, max } = territories[Math.floor(r / names.length)].measures[names[r % names.length]]
      return { target, min, max, isCapacity }
    }),
    totals,
    ownerOf,
  }
}

/** Sums of the columns of rows t * M + m. */
export function sumRows(rows: Float64Array, M: number): Float64Array {
  const sums = new Float64Array(M)
  rows.forEach((amount, r) => (sums[r % M] += amount))
  return sums
}

/** The territory of every account, with an issue for rows that do not make a plan. O(accounts). */
function readOwners(plan: PartitionResult, issues: Issue[]): Map<string, number> {
  const ownerOf = new Map<string, number>()
  const rows: unknown = plan.alignment
  if (!Array.isArray(rows)) {
    issues.push(issue("result-invalid", "plan.alignment", "must be an array of { accountId, territoryId }", rows))
    return ownerOf
  }
  const territories: unknown = plan.territories
  const placeOf = new Map<unknown, number>(Array.isArray(territories) ? territories.map((territory: unknown, t) => [isPlainObject(territory) ? territory.id : undefined, t]) : [])
  for (let r = 0; r < rows.length; r++) {
    const row: unknown = rows[r]
    const { accountId, territoryId } = (typeof row === "object" && row !== null ? row : {}) as { readonly accountId?: unknown; readonly territoryId?: unknown }
    const t = placeOf.get(territoryId)
    if (typeof accountId !== "string" || accountId === "") issues.push(issue("result-invalid", `plan.alignment[${r}].accountId`, "must be a string", accountId))
    else if (t === undefined) issues.push(issue("result-invalid", `plan.alignment[${r}].territoryId`, "must be a territory of the plan", territoryId))
    else if (ownerOf.has(accountId)) issues.push(issue("result-invalid", `plan.alignment[${r}]`, `account ${show(accountId)} has a row already; a plan has one row per account`, NOTHING))
    else ownerOf.set(accountId, t)
  }
  return ownerOf
}
