import type { Field, LocatedAccount, Location, Space } from "../model/account.js"
import { throwIssues, type Issue, type Warning } from "../model/error.js"
import { issue, NOTHING } from "../model/issue.js"
import type { Measure } from "../model/measure.js"
import { readAccounts } from "../model/read-accounts.js"
import { orderByIds } from "../model/compare-ids.js"
import { findAlignmentIssues } from "../model/find-alignment-issues.js"
import { territoryIdsOf } from "../model/alignment.js"
import { readField } from "../model/read-field.js"
import type { TerritorySpec } from "../model/territory.js"
import { embedSphere, EARTH_RADIUS_KM } from "../math/geo/sphere.js"
import type { TransportProblem } from "../math/transport/transport-problem.js"
import { findOptionIssues } from "./check-options.js"
import { findTerritoryBounds, type BoundRow } from "./territory-bounds.js"
import { DEFAULT_PARTITION_OPTIONS, type PartitionOptions } from "./partition-options.js"

/** The caller's words as numbers, and what is needed to translate back. Accounts are ordered by id, whatever the row order. */
export interface CompiledProblem {
  readonly problem: TransportProblem
  readonly space: Space
  /** By sorted position: the account's id, and its row in the input. */
  readonly ids: readonly string[]
  readonly rowOf: Int32Array
  readonly measures: readonly string[]
  /** n x M, the caller's units. */
  readonly activities: Float64Array
  /** M: sums of each measure. */
  readonly totals: Float64Array
  /** k x M, the caller's units. */
  readonly bounds: readonly BoundRow[]
  /** k: null where the caller named no territories. */
  readonly specs: readonly TerritorySpec[] | null
  readonly centersAre: "mean" | "account"
  /** k x dimension: given centers in the problem's lengths; NaN where none is given. */
  readonly givenCenters: Float64Array
  readonly fixed: Uint8Array
  /** Multiply the problem's numbers by these to get the caller's: weight, length, and each measure's activity. */
  readonly weightUnit: number
  readonly lengthUnit: number
  readonly activityUnits: Float64Array
  /** On a plane the origin of the problem's lengths. */
  readonly origin: readonly [number, number]
  /** n: index into `currentIds`, -1 for none; null without `current`. */
  readonly current: Int32Array | null
  readonly currentIds: readonly string[]
  readonly warnings: readonly Warning[]
}

/**
 * Checks accounts and options and turns them into numbers of order one: weights and every measure sum to k, lengths count in
 * typical territory radii. Nothing is computed before everything is checked. O(n log n).
 *
 * @throws TerritoryError with all issues
 */
export function compileProblem<A extends LocatedAccount>(accounts: readonly A[], options: PartitionOptions<A>, extraKeys: readonly string[] = []): CompiledProblem {
  const table = readAccounts(accounts)
  throwIssues(findOptionIssues(options, accounts.length, table.space, extraKeys))
  const n = accounts.length
  const names = Object.keys(options.measures)
  const M = names.length
  const issues: Issue[] = []
  const columns = names.map((name) => readField(accounts, options.measures[name].value, "accounts", name, { minimum: 0, noun: "measure" }, issues))
  const weightField: Field<A> | undefined = options.compactness?.weight
  const weightColumn = weightField === undefined ? columns[0] : readField(accounts, weightField, "accounts", "compactness.weight", { minimum: 0, noun: "weight" }, issues)
  const specs = typeof options.territories === "number" ? null : options.territories
  const specIds = specs === null ? null : new Map(specs.map((spec, t) => [spec.id, t]))
  if (options.current !== undefined) issues.push(...findAlignmentIssues(options.current, table.rowOf, specIds, "current"))
  throwIssues(issues)

  const order = orderByIds(table.ids)
  const k = specs === null ? (options.territories as number) : specs.length
  const activities = new Float64Array(n * M)
  const totals = new Float64Array(M)
  const warnings: Warning[] = [...table.warnings]
  for (let m = 0; m < M; m++) {
    for (let i = 0; i < n; i++) totals[m] += activities[i * M + m] = columns[m][order[i]]
    if (!Number.isFinite(totals[m])) issues.push(issue("measure-overflow", `measures.${names[m]}`, "sums to more than a number can hold", totals[m], "use a larger unit"))
    if (totals[m] === 0) warnings.push({ code: "measure-all-zero", path: `measures.${names[m]}`, message: `measures.${names[m]}: is 0 for every account, so there is nothing to balance` })
  }
  const bounds = findTerritoryBounds(k, specs, names, options.measures as Readonly<Record<string, Measure<unknown>>>, totals, issues)
  const { current, currentIds, lockedTo } = readCurrent(options, order, table.rowOf, table.ids, specIds, k, issues)
  throwIssues(issues)

  // numbers of order one
  const activityUnits = totals.map((total) => (total > 0 ? total / k : 1))
  let weightTotal = 0
  for (const row of order) weightTotal += weightColumn[row]
  throwIssues(Number.isFinite(weightTotal) ? [] : [issue("weight-overflow", "compactness.weight", "sums to more than a number can hold", NOTHING, "use a larger unit")])
  const weightUnit = weightTotal > 0 ? weightTotal / k : 1
  const { points, origin } = embed(table.space, table.first, table.second, order)
  const dimension = table.space === "globe" ? 3 : 2
  const lengthUnit = typicalRadius(points, dimension, weightColumn, weightTotal, order, k)
  for (let p = 0; p < points.length; p++) points[p] /= lengthUnit
  const problem: TransportProblem = {
    n,
    k,
    measureCount: M,
    dimension,
    points,
    radius: table.space === "globe" ? EARTH_RADIUS_KM / lengthUnit : 0,
    power: options.compactness?.power ?? DEFAULT_PARTITION_OPTIONS.power,
    weights: Float64Array.from(order, (row) => weightColumn[row] / weightUnit),
    activities: activities.map((activity, at) => activity / activityUnits[at % M]),
    lower: Float64Array.from(bounds, (row, r) => (row.min ?? 0) / activityUnits[r % M]),
    upper: Float64Array.from(bounds, (row, r) => (row.max ?? totals[r % M]) / activityUnits[r % M]),
    lockedTo,
  }
  const givenCenters = new Float64Array(k * dimension).fill(NaN)
  const fixed = new Uint8Array(k)
  specs?.forEach((spec, t) => {
    if (spec.center === undefined) return
    givenCenters.set(placeCenter(spec.center, origin, lengthUnit), t * dimension)
    fixed[t] = spec.centerFixed === true ? 1 : 0
  })
  return {
    problem,
    space: table.space,
    ids: Array.from(order, (row) => table.ids[row]),
    rowOf: order,
    measures: names,
    activities,
    totals,
    bounds,
    specs,
    centersAre: options.centers ?? DEFAULT_PARTITION_OPTIONS.centers,
    givenCenters,
    fixed,
    weightUnit,
    lengthUnit,
    activityUnits,
    origin,
    current,
    currentIds,
    warnings,
  }
}

/** Points in km on the globe, or relative to their mean on a plane (large eastings would cost digits). */
function embed(space: Space, first: Float64Array, second: Float64Array, order: Int32Array): { points: Float64Array; origin: [number, number] } {
  const a = Float64Array.from(order, (row) => first[row])
  const b = Float64Array.from(order, (row) => second[row])
  if (space === "globe") return { points: embedSphere(a, b).map((x) => x * EARTH_RADIUS_KM), origin: [0, 0] }
  const n = order.length
  const origin: [number, number] = [a.reduce((sum, x) => sum + x / n, 0), b.reduce((sum, x) => sum + x / n, 0)]
  const points = new Float64Array(2 * n)
  for (let i = 0; i < n; i++) {
    points[2 * i] = a[i] - origin[0]
    points[2 * i + 1] = b[i] - origin[1]
  }
  return { points, origin }
}

/** Root of the weighted variance per territory; 1 where all points coincide. */
function typicalRadius(points: Float64Array, dimension: number, weights: Float64Array, total: number, order: Int32Array, k: number): number {
  const n = order.length
  const weightOf = (i: number): number => (total > 0 ? weights[order[i]] / total : 1 / n)
  const mean = new Float64Array(dimension)
  for (let i = 0; i < n; i++) for (let d = 0; d < dimension; d++) mean[d] += weightOf(i) * points[i * dimension + d]
  let variance = 0
  for (let i = 0; i < n; i++) for (let d = 0; d < dimension; d++) variance += weightOf(i) * (points[i * dimension + d] - mean[d]) ** 2
  const radius = Math.sqrt(variance / k)
  return radius > 0 && Number.isFinite(radius) ? radius : 1
}

/** A place in the caller's words as coordinates of the problem. */
function placeCenter(center: Location, origin: readonly [number, number], lengthUnit: number): Float64Array {
  if ("longitude" in center) return embedSphere(Float64Array.of(center.longitude), Float64Array.of(center.latitude)).map((x) => (x * EARTH_RADIUS_KM) / lengthUnit)
  return Float64Array.of((center.x - origin[0]) / lengthUnit, (center.y - origin[1]) / lengthUnit)
}

/** Who owns what today, and which accounts stay there. Locks bind an account to the index of its territory. */
function readCurrent<A>(
  options: PartitionOptions<A>,
  order: Int32Array,
  rowOf: ReadonlyMap<string, number>,
  ids: readonly string[],
  specIds: ReadonlyMap<string, number> | null,
  k: number,
  issues: Issue[],
): { current: Int32Array | null; currentIds: readonly string[]; lockedTo: Int32Array } {
  const n = order.length
  const lockedTo = new Int32Array(n).fill(-1)
  if (options.current === undefined || issues.length > 0) return { current: null, currentIds: [], lockedTo }
  const currentIds = specIds === null ? territoryIdsOf(options.current) : [...specIds.keys()]
  const indexOf = new Map(currentIds.map((id, t) => [id, t]))
  const sorted = new Int32Array(n)
  order.forEach((row, i) => (sorted[row] = i))
  const current = new Int32Array(n).fill(-1)
  const owners = new Map<number, string>()
  options.current.forEach((row, r) => {
    const i = sorted[rowOf.get(row.accountId) as number]
    const known = owners.get(i)
    if (known !== undefined && known !== row.territoryId) {
      issues.push(issue("current-overlap", `current[${r}]`, `account ${JSON.stringify(row.accountId)} is also in territory ${JSON.stringify(known)}`, row.territoryId, "an account has one current territory; see checkCoverage"))
    }
    owners.set(i, row.territoryId)
    current[i] = indexOf.get(row.territoryId) as number
  })
  // locked territories come first among the k when the caller named none
  const lockedIds = new Set<string>()
  options.locked?.forEach((id, l) => {
    const row = typeof id === "string" ? rowOf.get(id) : undefined
    if (row === undefined) issues.push(issue("id-unknown", `locked[${l}]`, "is no account of this call", id))
    else if (current[sorted[row]] < 0) issues.push(issue("locked-without-current", `locked[${l}]`, `account ${JSON.stringify(ids[row])} has no territory in \`current\``, NOTHING))
    else {
      lockedTo[sorted[row]] = current[sorted[row]]
      lockedIds.add(currentIds[current[sorted[row]]])
    }
  })
  if (specIds === null && lockedIds.size > k) {
    issues.push(issue("territory-count", "territories", `must be at least the ${lockedIds.size} territories of the locked accounts`, k))
  }
  if (specIds === null && issues.length === 0) {
    const first = currentIds.filter((id) => lockedIds.has(id))
    const rest = currentIds.filter((id) => !lockedIds.has(id))
    const place = new Map([...first, ...rest].map((id, t) => [id, t]))
    const moved = currentIds.map((id) => place.get(id) as number)
    for (let i = 0; i < n; i++) {
      if (current[i] >= 0) current[i] = moved[current[i]]
      if (lockedTo[i] >= 0) lockedTo[i] = moved[lockedTo[i]]
    }
    return { current, currentIds: [...first, ...rest], lockedTo }
  }
  return { current, currentIds, lockedTo }
}
