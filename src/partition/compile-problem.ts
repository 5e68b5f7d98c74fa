import type { LocatedAccount, Space } from "../model/account.js"
import { throwIssues, type Issue, type Warning } from "../model/error.js"
import { inPieces, PIECE } from "../model/in-pieces.js"
import { issue, NOTHING } from "../model/issue.js"
import type { Measure } from "../model/measure.js"
import { statedCenter } from "../model/stated-center.js"
import type { TerritorySpec } from "../model/territory.js"
import type { Anchors } from "../math/cluster/anchors.js"
import { pow } from "../math/exact/pow.js"
import { EARTH_RADIUS_KM } from "../math/geo/sphere.js"
import type { Reachable } from "../math/feasible/reachable-bounds.js"
import { growAccountTree } from "../math/index/grow-account-tree.js"
import { changeProblem, type Eligibility, type TransportProblem } from "../math/transport/transport-problem.js"
import { checkSum } from "./check-sum.js"
import { countedBounds } from "./counted-bounds.js"
import { homesToday, type CurrentHomes } from "./current-homes.js"
import { placeAccounts, placeCenter } from "./place-accounts.js"
import { readCurrent } from "./read-current.js"
import { readEligible } from "./read-eligible.js"
import { joinRules } from "./join-rules.js"
import { readGroupRows } from "./read-groups.js"
import { readReach } from "./read-reach.js"
import { costsOf, usualDistance } from "./own-costs.js"
import { findPlaceNeeds } from "./find-place-needs.js"
import { readDistances, type WantedPairs } from "./read-distances.js"
import { limitHomes } from "./limit-homes.js"
import { isDisruptive, readDisruption, type Disruption } from "./read-disruption.js"
import { readHomes } from "./read-homes.js"
import { readInput } from "./read-input.js"
import { findTerritoryBounds, type BoundRow } from "./territory-bounds.js"
import { warnOfProblem } from "./warn-of-problem.js"
import { withoutZeros } from "./without-zeros.js"
import { DEFAULT_PARTITION_OPTIONS, type PartitionOptions } from "./partition-options.js"

/** The accounts of a problem whose accounts stand for several: by themselves, and which account stands for each. */
export interface Apart {
  readonly places: TransportProblem
  readonly unitOf: Int32Array
  /** Of account u: ids of the members that the caller locks, and of those that may not go to t. */
  lockedIds(u: number): readonly string[]
  refusedIds(u: number, t: number): readonly string[]
}

/** The caller's words as numbers, and what is needed to translate back. Accounts are ordered by id, whatever the row order. */
export interface CompiledProblem {
  readonly problem: TransportProblem
  /**
   * What the search works on: the same, but accounts without weight count a little, or they would be strewn over the map as
   * filler for the measures, and bounds on small whole numbers are whole. The same object as `problem` where neither matters.
   */
  readonly searched: TransportProblem
  readonly space: Space
  /** Whether distances count: accounts have places, or distances are the caller's own. */
  readonly countsDistance: boolean
  /** In the caller's unit, what rounding may make of a cost of nothing. */
  readonly tinyCost: number
  /** By sorted position: the account's id, and its row in the input. */
  readonly ids: readonly string[]
  readonly rowOf: Int32Array
  readonly measures: readonly string[]
  /** By name, as the caller gave them. */
  readonly measureOptions: Readonly<Record<string, Measure<unknown>>>
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
  /** k: 1 for a center that the search leaves where it is. */
  readonly fixed: Uint8Array
  /** k: 1 for a center that stays in the end. */
  readonly stays: Uint8Array
  /** Places that centers are held near; null: none. */
  readonly anchors: Anchors | null
  /** Multiply the problem's numbers by these to get the caller's: weight, length, and each measure's activity. */
  readonly weightUnit: number
  /** And this what a plan costs. */
  readonly costUnit: number
  /** By single account, the caller's own distances to the territories that it may go to, as given; null: ways lead to centers. */
  readonly distances: Eligibility | null
  /** Whether accounts may go wherever they are eligible: false where distances are given for some pairs only. */
  readonly hasAllPairs: boolean
  readonly lengthUnit: number
  readonly activityUnits: Float64Array
  /** On a plane the origin of the problem's lengths. */
  readonly origin: readonly [number, number]
  /** n: place in `currentHomes`, that of one territory being its index into `currentIds`; less than 0 for none. Null without `current`. */
  readonly current: Int32Array | null
  readonly currentIds: readonly string[]
  readonly currentHomes: CurrentHomes
  /** Ids that events took away. */
  readonly goneIds: ReadonlySet<string>
  /** Whether account i may go to listed territory t, were it not locked; null: any account anywhere. */
  readonly mayOwn: ((i: number, t: number) => boolean) | null
  /** Null where changes are free. */
  readonly disruption: Disruption | null
  /** How far accounts may be from their center, in the caller's unit; null: any way. */
  readonly maxDistance: number | null
  /** Accounts that have to share a territory, by sorted position; null: none. */
  readonly groups: readonly (readonly number[])[] | null
  /** n: 1 where the caller locks the account itself. */
  readonly isLocked: Uint8Array
  /** Where accounts of the problem stand for several. */
  readonly apart: Apart | null
  /** What can be reached of the bounds, where `searched` aims at that; null: at what is asked for. */
  readonly reach: Reachable | null
  readonly warnings: readonly Warning[]
}

/**
 * Checks accounts and options and turns them into numbers of order one: weights and every measure sum to k, lengths count in
 * typical territory radii. Nothing is computed before everything is checked. O(n log n).
 *
 * @param also pairs of account and territory that need a distance, where these are the caller's own
 * @throws TerritoryError with all issues
 * @yields between pieces of some ten thousand accounts
 */
export function* compileProblem<A extends LocatedAccount>(
  accounts: readonly A[],
  options: PartitionOptions<A>,
  extraKeys: readonly string[] = [],
  also: WantedPairs | null = null,
): Generator<undefined, CompiledProblem> {
  const { table, columns, weightColumn, moveColumn, effects } = yield* readInput(accounts, options, extraKeys)
  const n = accounts.length
  const names = Object.keys(options.measures)
  const M = names.length
  const issues: Issue[] = []
  const specs = typeof options.territories === "number" ? null : options.territories
  const specIds = specs === null ? null : new Map(specs.map((spec, t) => [spec.id, t]))

  const { order } = table
  const k = specs === null ? (options.territories as number) : specs.length
  const activities = new Float64Array(n * M)
  const totals = new Float64Array(M)
  const warnings: Warning[] = [...table.warnings]
  for (let m = 0; m < M; m++) {
    const column = columns[m]
    yield* inPieces(n, (from, to) => {
      let total = totals[m]
      for (let i = from; i < to; i++) total += activities[i * M + m] = column[order[i]]
      totals[m] = total
    })
    checkSum("measure", `measures.${names[m]}`, totals[m], issues)
    if (totals[m] === 0) warnings.push({ code: "measure-all-zero", path: `measures.${names[m]}`, message: `measures.${names[m]}: is 0 for every account, so there is nothing to balance` })
  }
  const bounds = findTerritoryBounds(k, specs, names, options.measures as Readonly<Record<string, Measure<unknown>>>, totals, issues)
  const { current, currentIds, currentHomes, lockedTo: locks } = yield* readCurrent(options, order, table, specIds, k, moveColumn, effects, issues)
  const lists = options.eligible === undefined || specs === null || issues.length > 0 ? null : yield* readEligible(accounts, options.eligible, specs, table, locks, issues)
  const groups = options.together === undefined ? null : readGroupRows(options.together, order, table.ids, issues)
  const nameOf = (i: number): string => table.ids[order[i]]
  const distance = options.compactness?.distance
  const own = distance === undefined || specs === null || issues.length > 0 ? null : yield* readDistances(accounts, distance, specs, table, { lockedTo: locks, home: homesToday(current, currentHomes), also, lists, maxDistance: options.maxDistance ?? Infinity }, issues)
  const given = own === null ? lists : own.lists
  const { lockedTo, eligibility: joined } = groups === null || issues.length > 0 ? { lockedTo: locks, eligibility: given } : joinRules(groups, locks, given, nameOf, specs === null ? currentIds : specs.map(({ id }) => id), issues)
  let weightTotal = 0
  yield* inPieces(n, (from, to) => {
    let total = weightTotal
    for (let i = from; i < to; i++) total += weightColumn[order[i]]
    weightTotal = total
  })
  if (options.compactness?.weight !== undefined) checkSum("weight", "compactness.weight", weightTotal, issues)
  if (table.space === "none") findPlaceNeeds(options, issues)
  throwIssues(issues)

  // numbers of order one
  const activityUnits = totals.map((total) => (total > 0 ? total / k : 1))
  const weightUnit = weightTotal > 0 ? weightTotal / k : 1
  const places = yield* placeAccounts(table, weightColumn, weightTotal, k)
  const { dimension, points, lengthUnit, origin } = places
  const power = options.compactness?.power ?? DEFAULT_PARTITION_OPTIONS.power
  // whether all accounts at the far end of the map, twice over, would still have a finite cost
  if (!Number.isFinite(k * weightUnit * pow(8 * places.farthest * lengthUnit, power))) {
    throwIssues([issue("cost-overflow", "compactness", "the sum of weight * distance^power may be more than a number can hold", NOTHING, "use a larger unit for the weight or for x and y")])
  }
  const weights = new Float64Array(n)
  const scaled = new Float64Array(n * M)
  const ids = new Array<string>(n)
  let weightless = 0
  yield* inPieces(n, (from, to) => {
    for (let i = from; i < to; i++) {
      ids[i] = table.ids[order[i]]
      weights[i] = weightColumn[order[i]] / weightUnit
      if (weights[i] === 0) weightless++
      for (let m = 0; m < M; m++) scaled[i * M + m] = activities[i * M + m] / activityUnits[m]
    }
  })
  if (own !== null && own.longest > 0 && !Number.isFinite(k * weightUnit * pow(own.longest, power))) {
    const rule = "the sum of weight * distance^power may be more than a number can hold"
    throwIssues([issue("cost-overflow", "compactness.distance", rule, NOTHING, "use a larger unit, or leave out pairs that do not come into question")])
  }
  const distanceUnit = joined === null || joined.costs === null ? lengthUnit : usualDistance(joined, weights, power)
  const costUnit = weightUnit * pow(distanceUnit, power)
  const eligibility = joined === null || joined.costs === null ? joined : { ...joined, costs: costsOf(joined, weights, distanceUnit, power) }
  const disruption = options.disruption === undefined || current === null ? null : readDisruption(options.disruption, { current, currentIds, currentHomes }, order, moveColumn)
  const rate = disruption === null ? 0 : disruption.penalty / costUnit
  if (disruption !== null && !Number.isFinite(k * Math.max(rate, disruption.penalty) * disruption.total)) {
    throwIssues([issue("penalty-overflow", "disruption.penalty", "times the weight of all accounts with an owner is more than a number can hold", disruption.penalty, "use a smaller one, or maxMovedShare: 0 if nothing may move")])
  }
  const homes = disruption === null || current === null || !isDisruptive(disruption) ? null : limitHomes(readHomes({ current, currentHomes }, k, lockedTo, eligibility, disruption.weights, rate), disruption, k, currentIds)
  const problem: TransportProblem = {
    n,
    k,
    measureCount: M,
    dimension,
    points,
    radius: table.space === "globe" ? EARTH_RADIUS_KM / lengthUnit : 0,
    power,
    weights,
    activities: scaled,
    lower: Float64Array.from(bounds, (row, r) => (row.min ?? 0) / activityUnits[r % M]),
    upper: Float64Array.from(bounds, (row, r) => (row.max ?? totals[r % M]) / activityUnits[r % M]),
    lockedTo,
    eligibility,
    homes,
    reach: options.maxDistance === undefined || own !== null ? null : readReach(options.maxDistance, places, table.space, power, k),
    tree: undefined,
  }
  const countsDistance = table.space !== "none" || own !== null
  for (const one of warnOfProblem({ table, places, weightless, countsDistance, ownDistances: own !== null }, options)) warnings.push(one)
  const givenCenters = new Float64Array(k * dimension).fill(NaN)
  const stays = new Uint8Array(k)
  const anchor = new Float64Array(k)
  specs?.forEach((spec, t) => {
    const center = statedCenter(spec)
    if (center === undefined || table.space === "none") return
    givenCenters.set(placeCenter(center, places), t * dimension)
    stays[t] = spec.centerFixed === true || spec.centerAnchor === 1 ? 1 : 0
    anchor[t] = stays[t] === 1 ? 0 : (spec.centerAnchor ?? 0)
  })
  const isLocked = new Uint8Array(n)
  for (let i = 0; i < n; i++) isLocked[i] = locks[i] >= 0 ? 1 : 0
  if (n > PIECE) yield undefined
  const planted = yield* plantTree(problem)
  if (n > PIECE) yield undefined
  const counted = countedBounds(problem, activities, activityUnits)
  if (n > PIECE) yield undefined
  return {
    problem: planted,
    searched: weightless === 0 ? (counted === null ? planted : changeProblem(planted, counted)) : yield* plantTree(changeProblem(problem, { ...counted, weights: withoutZeros(problem) })),
    space: table.space,
    countsDistance,
    tinyCost: k * costUnit * (ROUNDING + pow(4 * places.rounding, power)),
    ids,
    rowOf: order,
    mayOwn: options.eligible === undefined || specs === null ? null : (i, t) => options.eligible?.(accounts[order[i]], specs[t]) === true,
    measures: names,
    measureOptions: options.measures as Readonly<Record<string, Measure<unknown>>>,
    activities,
    totals,
    bounds,
    specs,
    centersAre: options.centers ?? DEFAULT_PARTITION_OPTIONS.centers,
    givenCenters,
    // where distances are given, it does not matter where centers are
    fixed: own === null ? stays : new Uint8Array(k).fill(1),
    stays,
    anchors: anchor.some((share) => share > 0) ? { share: anchor, points: givenCenters } : null,
    weightUnit,
    costUnit,
    distances: own === null ? null : joined,
    hasAllPairs: own === null || !own.isPartial,
    lengthUnit,
    activityUnits,
    origin,
    current,
    currentIds,
    currentHomes,
    goneIds: new Set(effects.goneIds),
    disruption,
    maxDistance: options.maxDistance ?? null,
    groups,
    isLocked,
    apart: null,
    reach: null,
    warnings,
  }
}

/** Changes what is judged and what is searched, which stay one where they are one. */
export function changeBoth(compiled: CompiledProblem, change: (problem: TransportProblem) => TransportProblem): CompiledProblem {
  const problem = change(compiled.problem)
  return { ...compiled, problem, searched: compiled.searched === compiled.problem ? problem : change(compiled.searched) }
}

/** From so many pairs on it pays to sort accounts by neighborhood. */
export const NEEDS_TREE = 100_000

function* plantTree(problem: TransportProblem): Generator<undefined, TransportProblem> {
  return changeProblem(problem, { tree: problem.n * problem.k < NEEDS_TREE ? undefined : yield* growAccountTree(problem) })
}

/** A cost below this share of what is usual is what rounding makes of none. */
const ROUNDING = 1e-13
