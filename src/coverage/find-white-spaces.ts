import { distanceKm, unembedSphere, embedPoint } from "../math/geo/sphere.js"
import { createGlobeIndex } from "../math/index/globe-index.js"
import { createPlaneIndex } from "../math/index/plane-index.js"
import { sumOf } from "../math/stats/sum-of.js"
import type { Field, IdentifiedAccount, Location } from "../model/account.js"
import type { Alignment } from "../model/alignment.js"
import { checkKeys, isPlainObject } from "../model/check-keys.js"
import { throwIssues, type Issue } from "../model/error.js"
import { findAlignmentIssues } from "../model/find-alignment-issues.js"
import { formatAmount, formatCount } from "../model/format-amount.js"
import { issue } from "../model/issue.js"
import { ownOptions } from "../model/own-options.js"
import { readField } from "../model/read-field.js"
import { gatherClaims } from "./claims.js"
import type { CoverageTerritory } from "./coverage-options.js"
import { readAccountIds, type AccountIds } from "./read-account-ids.js"
import { readAccountPlaces } from "./read-account-places.js"
import { readCoverageTerritories } from "./read-coverage-territories.js"
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
 * Prospects are accounts too: give all that are known, and the alignment of those that are covered. Each round takes the account with the
 * most uncovered potential around it (ties: the smaller id) and all that lies there, so that spaces share nothing and come in order.
 *
 * @param accounts unique, non-empty ids; coordinates in degrees or on a plane; without them an account is counted, and warned of
 * @param alignment who is covered; an empty one: nobody is
 * @param options see {@link WhiteSpaceOptions}
 * @returns the spaces, most potential first, each with the territory that comes nearest; an empty list where nothing is left out
 * @throws TerritoryError with all issues: unusable accounts or rows, a potential that is missing or negative, a plane without `radius`
 *
 * Deterministic: the order of accounts and rows changes nothing. O(n log n + pairs of uncovered accounts within the radius).
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
  const issues: Issue[] = []
  if (!isPlainObject(options)) throwIssues([issue("option-type", "options", "must be an object such as { potential: \"spend\" }", options)])
  const own = ownOptions(options)
  checkKeys(own, KEYS, "", issues)
  const table = readAccountIds(accounts, issues)
  if (table === null) throwIssues(issues)
  const read = table as AccountIds
  const potentials = readField(accounts, own.potential, "accounts", "potential", { noun: "potential", minimum: 0 }, issues)
  const places = readAccountPlaces(accounts, issues)
  const listed = readCoverageTerritories(own.territories, [], issues)
  for (const one of findAlignmentIssues(alignment, read.rowOf, null, "alignment")) issues.push(one)
  for (const key of ["radius", "limit", "minPotential", "maxDistance"] as const) {
    const value: unknown = own[key]
    if (value !== undefined && !(typeof value === "number" && value >= 0)) issues.push(issue("option-range", key, "must be a number of 0 or more", value))
  }
  if (own.radius === undefined && places.space === "plane") issues.push(issue("option-missing", "radius", "must be given for places on a plane", own.radius, "how far a white space goes, in the unit of x and y"))
  throwIssues(issues)
  const { radius = DEFAULT_WHITE_SPACE_OPTIONS.radius, limit = DEFAULT_WHITE_SPACE_OPTIONS.limit, minPotential = DEFAULT_WHITE_SPACE_OPTIONS.minPotential, maxDistance = Infinity } = own

  const claims = gatherClaims(alignment, read.rowOf, listed?.indexOf ?? null)
  const centers = new Map((listed?.specs ?? []).flatMap(({ id, center }) => (center === undefined ? [] : [[id, center] as const])))
  const isCovered = (i: number): boolean => claims.claimants[i].some((id) => {
    const center = centers.get(id)
    return maxDistance === Infinity || center === undefined || Number.isNaN(places.first[i]) || distanceTo(i, center) <= maxDistance
  })
  const covered = read.ids.map((_, i) => isCovered(i))
  // in the order of ids, so that sums and ties do not depend on rows
  const open = [...read.order].filter((i) => !covered[i] && !Number.isNaN(places.first[i]))
  const first = Float64Array.from(open, (i) => places.first[i])
  const second = Float64Array.from(open, (i) => places.second[i])
  const index = places.space === "globe" ? createGlobeIndex(first, second) : createPlaneIndex(first, second)
  const left = open.map(() => true)
  const around = (p: number): number[] => index.within(first[p], second[p], radius).filter((q) => left[q]).sort((a, b) => a - b)
  const worth = (members: readonly number[]): number => members.reduce((sum, q) => sum + potentials[open[q]], 0)

  // what lies around a place only becomes less: a place is looked at again when it comes to the top (lazy greedy: Minoux 1978)
  const bounds = open.map((_, p) => worth(around(p)))
  const uncovered = sumOf(potentials, [...read.order].filter((i) => !covered[i]))
  const spaces: WhiteSpace[] = []
  const order = bounds.map((_, p) => p).sort((a, b) => bounds[b] - bounds[a] || a - b)
  while (spaces.length < limit && order.length > 0) {
    const p = order[0]
    const members = around(p)
    const potential = worth(members)
    if (potential < bounds[p]) {
      bounds[p] = potential
      order.shift()
      let at = 0
      let end = order.length
      while (at < end) {
        const middle = (at + end) >> 1
        if (bounds[order[middle]] > potential || (bounds[order[middle]] === potential && order[middle] < p)) at = middle + 1
        else end = middle
      }
      order.splice(at, 0, p)
      continue
    }
    if (!(potential > 0) || potential < minPotential) break
    for (const q of members) left[q] = false
    spaces.push(describe(members.map((q) => open[q]), potential))
  }
  return {
    spaces,
    uncovered: { accountCount: covered.filter((one) => !one).length, potential: uncovered },
    total: { accountCount: read.ids.length, potential: sumOf(potentials, read.order) },
    warnings: places.unplacedCount === 0 ? [] : [{ code: "account-unplaced", path: "accounts", message: `accounts: ${formatCount(places.unplacedCount, "account has", "accounts have")} no coordinates, and are in no white space` }],
  }

  function distanceTo(i: number, to: Location): number {
    return "x" in to ? Math.hypot(places.first[i] - to.x, places.second[i] - to.y) : distanceKm(places.first[i], places.second[i], to.longitude, to.latitude)
  }

  function describe(rows: readonly number[], potential: number): WhiteSpace {
    const center = meanOf(rows)
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
      message: `${formatCount(rows.length, "account")} with a potential of ${formatAmount(potential)} around ${where} ${rows.length === 1 ? "has" : "have"} no territory${far}.`,
    }
  }

  function meanOf(rows: readonly number[]): Location {
    const sum = new Float64Array(3)
    const point = new Float64Array(3)
    for (const i of rows) {
      if (places.space === "globe") embedPoint(places.first[i], places.second[i], 1, point, 0)
      else point.set([places.first[i], places.second[i], 1])
      for (let d = 0; d < 3; d++) sum[d] += potentials[i] * point[d]
    }
    return places.space === "globe" ? unembedSphere(sum[0], sum[1], sum[2]) : { x: sum[0] / sum[2], y: sum[1] / sum[2] }
  }

  function nearestTo(center: Location): WhiteSpace["nearest"] {
    let best: WhiteSpace["nearest"] = null
    const offer = (territoryId: string, distance: number): void => {
      if (best === null || distance < best.distance || (distance === best.distance && territoryId < best.territoryId)) best = { territoryId, distance }
    }
    const between = (a: Location): number => ("x" in a && "x" in center ? Math.hypot(a.x - center.x, a.y - center.y) : "longitude" in a && "longitude" in center ? distanceKm(a.longitude, a.latitude, center.longitude, center.latitude) : NaN)
    for (const [id, place] of centers) if (!Number.isNaN(between(place))) offer(id, between(place))
    for (let i = 0; i < covered.length; i++) {
      if (!covered[i] || Number.isNaN(places.first[i])) continue
      const distance = distanceTo(i, center)
      for (const id of claims.claimants[i]) if (!centers.has(id)) offer(id, distance)
    }
    return best
  }
}
