import { hypot } from "../math/exact/hypot.js"
import { sin } from "../math/exact/sin.js"
import { greatCircleKm, EARTH_RADIUS_KM, embedPoint } from "../math/geo/sphere.js"
import { coverGreedily } from "../math/index/greedy-cover.js"
import { sumOf } from "../math/stats/sum-of.js"
import type { Field, IdentifiedAccount, Location } from "../model/account.js"
import type { Alignment } from "../model/alignment.js"
import { checkKeys, isPlainObject } from "../model/check-keys.js"
import { throwIssues, type Issue } from "../model/error.js"
import { findAlignmentIssues } from "../model/find-alignment-issues.js"
import { formatAmount, formatCount } from "../model/format-amount.js"
import { guardCall } from "../model/guard-call.js"
import { issue } from "../model/issue.js"
import { ownOptions } from "../model/own-options.js"
import { readField } from "../model/read-field.js"
import { checkSum } from "../model/read-measures.js"
import { gatherClaims } from "./claims.js"
import type { CoverageTerritory } from "./coverage-options.js"
import { readAccountIds, type AccountIds } from "./read-account-ids.js"
import { checkCenterSpaces, distanceTo, meanPlace, readAccountPlaces, type AccountPlaces } from "./read-account-places.js"
import { overlaysOf, readCoverageTerritories } from "./read-coverage-territories.js"
import type { WhiteSpace, WhiteSpaceResult } from "./white-space-result.js"
import { quote } from "./word-finding.js"

/** What `findWhiteSpaces` may be told. */
export interface WhiteSpaceOptions<A> {
  /** What is sought, per account, >= 0: a field or a function. */
  readonly potential: Field<A>
  /** How far from its middle a white space goes: km, or the plane's unit. Default 40 km on the globe; on a plane it has to be given. */
  readonly radius?: number
  /** At most so many. Default 20. */
  readonly limit?: number
  /** Spaces with less potential are left out, >= 0. Default 0: those with none at all are. */
  readonly minPotential?: number
  /** The territories there are; rows that name others cover nothing. Centers say what is within reach. */
  readonly territories?: readonly (string | CoverageTerritory)[]
  /** An account farther than this from the center of its territory is not covered. Default: whoever has a territory is. */
  readonly maxDistance?: number
}

/** The defaults of {@link WhiteSpaceOptions}. */
export const DEFAULT_WHITE_SPACE_OPTIONS: Readonly<{ radius: number; limit: number; minPotential: number }> = Object.freeze({
  radius: 40, // km: about an hour of local driving
  limit: 20, // what a manager looks at
  minPotential: 0, // any
})

const KEYS: readonly string[] = Object.freeze(["potential", "radius", "limit", "minPotential", "territories", "maxDistance"])

/**
 * Finds where much potential has no territory: the place within whose radius most of it lies, then the same of what is left, and so on.
 *
 * Prospects are accounts too: give all that are known, and the alignment of those that are covered; an overlay alone covers
 * nobody. Each round takes the account with the
 * most uncovered potential around it (ties: the smaller id) and all that lies there, so that spaces share nothing and come in order.
 *
 * @param accounts unique, non-empty ids; coordinates in degrees or on a plane; without them an account is counted, and warned of
 * @param alignment who is covered; an empty one: nobody is
 * @param options see {@link WhiteSpaceOptions}
 * @returns the spaces, most potential first, each with the territory that comes nearest; an empty list where nothing is left out
 * @throws TerritoryError with all issues: unusable accounts or rows, a potential that is missing or negative, a plane without `radius`
 *
 * Deterministic: the order of accounts and rows changes nothing. O(n log^2 n), about
 * O(sqrt n) for every circle that is looked at, and O(n) for every white space.
 *
 * Source: greedy maximal covering (Church & ReVelle, "The maximal covering location problem", Papers of the Regional Science Association
 * 32, 1974, section on greedy adding): as many spaces anywhere among the accounts hold at most 1.6 times as much (Nemhauser, Wolsey & Fisher,
 * Mathematical Programming 14, 1978).
 *
 * @example
 * const prospects = [{ id: "a", x: 0, y: 0, spend: 5 }, { id: "b", x: 1, y: 0, spend: 4 }, { id: "c", x: 9, y: 0, spend: 6 }, { id: "d", x: 2, y: 9, spend: 1 }]
 * const { spaces } = findWhiteSpaces(prospects, [{ accountId: "d", territoryId: "north" }], { potential: "spend", radius: 2 })
 * spaces.map(({ potential, accountIds }) => `${potential}: ${accountIds}`) // ["9: a,b", "6: c"]
 */
export function findWhiteSpaces<A extends IdentifiedAccount>(accounts: readonly A[], alignment: Alignment, options: WhiteSpaceOptions<A>): WhiteSpaceResult {
  return guardCall({ accounts, alignment, options }, (own) => findWhiteSpacesUnguarded(own.accounts, own.alignment, own.options))
}

function findWhiteSpacesUnguarded<A extends IdentifiedAccount>(
  accounts: readonly A[],
  alignment: Alignment,
  options: WhiteSpaceOptions<A>,
): WhiteSpaceResult {
  const issues: Issue[] = []
  if (!isPlainObject(options)) throwIssues([issue("option-type", "options", "must be an object such as { potential: \"spend\" }", options)])
  const own = ownOptions(options)
  checkKeys(own, KEYS, "", issues)
  const table = readAccountIds(accounts, issues)
  if (table === null) throwIssues(issues)
  const read = table as AccountIds
  const potentials = readField(accounts, own.potential, "accounts", "potential", { noun: "potential", minimum: 0 }, issues)
  checkSum(potentials, "potential", issues)
  const places = readAccountPlaces(accounts, issues)
  // capacities are not asked for, of whatever measure
  const listed = readCoverageTerritories(own.territories, null, issues)
  checkCenterSpaces(listed, places, issues)
  for (const one of findAlignmentIssues(alignment, read.rowOf, null, "alignment")) issues.push(one)
  for (const key of ["radius", "limit", "minPotential", "maxDistance"] as const) {
    const value: unknown = own[key]
    if (value !== undefined && !(typeof value === "number" && value >= 0)) issues.push(issue("option-range", key, "must be a number of 0 or more", value))
  }
  if (own.radius === undefined && places.space === "plane") issues.push(issue("option-missing", "radius", "must be given for places on a plane", own.radius, "how far a white space goes, in the unit of x and y"))
  if (own.limit !== undefined && own.limit !== Infinity && typeof own.limit === "number" && own.limit >= 0 && !Number.isInteger(own.limit)) issues.push(issue("option-range", "limit", "must be a whole number", own.limit))
  if (own.maxDistance !== undefined && listed?.specs.some(({ center }) => center !== undefined) !== true) issues.push(issue("center-missing", "maxDistance", "needs territories with a center to take distances to", own.maxDistance, "give `territories` as objects with center, such as those of a plan"))
  throwIssues(issues)
  const { radius = DEFAULT_WHITE_SPACE_OPTIONS.radius, limit = DEFAULT_WHITE_SPACE_OPTIONS.limit, minPotential = DEFAULT_WHITE_SPACE_OPTIONS.minPotential, maxDistance = Infinity } = own

  const claims = gatherClaims(alignment, read.rowOf, listed?.indexOf ?? null, overlaysOf(listed))
  const centers = new Map((listed?.specs ?? []).flatMap(({ id, center, overlay }) => (center === undefined || overlay !== undefined ? [] : [[id, center] as const])))
  const isCovered = (i: number): boolean => claims.primary[i].some((id) => {
    const center = centers.get(id)
    return center === undefined || !(distanceTo(places, i, center) > maxDistance)
  })
  const covered = read.ids.map((_, i) => isCovered(i))
  // in the order of ids, so that sums and ties do not depend on rows
  const open = [...read.order].filter((i) => !covered[i] && !Number.isNaN(places.first[i]))
  const uncovered = sumOf(potentials, [...read.order].filter((i) => !covered[i]))
  const spaces: WhiteSpace[] = []
  coverGreedily(...pointsOf(places, open), Float64Array.from(open, (i) => potentials[i]), squareOf(places, radius), limit, (members) => {
    const rows = members.map((q) => open[q])
    const potential = sumOf(potentials, rows)
    if (potential < minPotential) return false
    spaces.push(describe(rows, potential))
    return true
  })
  return {
    spaces,
    uncovered: { accountCount: covered.filter((one) => !one).length, potential: uncovered },
    total: { accountCount: read.ids.length, potential: sumOf(potentials, read.order) },
    warnings: places.unplacedCount === 0 ? [] : [{ code: "account-unplaced", path: "accounts", message: `accounts: ${formatCount(places.unplacedCount, "account has", "accounts have")} no coordinates, and are in no white space` }],
  }

  function describe(rows: readonly number[], potential: number): WhiteSpace {
    const center = meanPlace(places, rows, (i) => potentials[i]) as Location
    const nearest = nearestTo(center)
    const unit = places.space === "globe" ? " km" : ""
    const far = nearest === null ? "" : `; the nearest territory is ${quote(nearest.territoryId)}, ${formatAmount(nearest.distance)}${unit} away`
    const where = "x" in center ? `(${formatAmount(center.x)}, ${formatAmount(center.y)})` : `${formatAmount(center.longitude)}, ${formatAmount(center.latitude)}`
    return {
      rank: spaces.length + 1,
      center,
      potential,
      share: uncovered > 0 ? potential / uncovered : 0,
      accountIds: rows.map((i) => read.ids[i]),
      nearest,
      message: `${formatCount(rows.length, "account")} with a potential of ${formatAmount(potential)} around ${where} ${rows.length === 1 ? "has" : "have"} no territory${maxDistance === Infinity ? "" : " within reach"}${far}.`,
    }
  }

  function nearestTo(center: Location): WhiteSpace["nearest"] {
    let best: WhiteSpace["nearest"] = null
    const offer = (territoryId: string, distance: number): void => {
      if (best === null || distance < best.distance || (distance === best.distance && territoryId < best.territoryId)) best = { territoryId, distance }
    }
    for (const [id, place] of centers) offer(id, "x" in place && "x" in center ? hypot(place.x - center.x, place.y - center.y) : greatCircleKm(...degreesOf(place), ...degreesOf(center)))
    for (let i = 0; i < covered.length; i++) {
      if (!covered[i] || Number.isNaN(places.first[i])) continue
      const distance = distanceTo(places, i, center)
      for (const id of claims.primary[i]) if (!centers.has(id)) offer(id, distance)
    }
    return best
  }
}

const degreesOf = (place: Location): [number, number] => ("x" in place ? [NaN, NaN] : [place.longitude, place.latitude])

/** Points in which circles are circles: of the plane, or on the unit sphere. */
function pointsOf({ space, first, second }: AccountPlaces, rows: readonly number[]): [Float64Array, number] {
  const dimension = space === "globe" ? 3 : 2
  const points = new Float64Array(rows.length * dimension)
  rows.forEach((i, p) => {
    if (space === "globe") embedPoint(first[i], second[i], 1, points, 3 * p)
    else points.set([first[i], second[i]], 2 * p)
  })
  return [points, dimension]
}

/** The squared radius between such points: of the chord on the globe, with what coordinates near 1 are rounded by. */
function squareOf({ space }: AccountPlaces, radius: number): number {
  if (space === "plane") return radius * radius
  const chord = 2 * sin(Math.min(radius / EARTH_RADIUS_KM, Math.PI) / 2)
  return chord * chord + 4e-16 * (chord + 4e-16)
}
