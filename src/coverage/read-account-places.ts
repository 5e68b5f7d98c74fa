import { hypot } from "../math/exact/hypot.js"
import { greatCircleKm, embedPoint, unembedSphere } from "../math/geo/sphere.js"
import type { Location, Space } from "../model/account.js"
import { accessorFailure } from "../model/field-of.js"
import { MAX_LONGITUDE, MAX_PLANE } from "../model/find-account-issues.js"
import type { Issue } from "../model/error.js"
import { issue, NOTHING } from "../model/issue.js"
import type { ListedTerritories } from "./read-coverage-territories.js"

/** Where accounts are: NaN for those that have no place, which need coverage like any other. */
export interface AccountPlaces {
  readonly space: Space
  /** Degrees in [-180, 180), or x. */
  readonly first: Float64Array
  readonly second: Float64Array
  readonly unplacedCount: number
}

/**
 * Coordinates of accounts that have some, all of one kind: that of the first account that has any. What is beyond 180 degrees is wrapped.
 * A getter that throws is an issue of its row. O(n).
 */
export function readAccountPlaces(accounts: readonly object[], issues: Issue[]): AccountPlaces {
  const first = new Float64Array(accounts.length).fill(NaN)
  const second = new Float64Array(accounts.length).fill(NaN)
  let space: Space | null = null
  let unplacedCount = 0
  for (let i = 0; i < accounts.length; i++) {
    const path = `accounts[${i}]`
    try {
      const { longitude, latitude, x, y } = accounts[i] as Readonly<Record<string, unknown>>
      const isGlobe = isGiven(longitude) || isGiven(latitude)
      const isPlane = isGiven(x) || isGiven(y)
      if (!isGlobe && !isPlane) {
        unplacedCount++
        continue
      }
      space ??= isGlobe ? "globe" : "plane"
      if (isGlobe && isPlane) issues.push(issue("coordinates-mixed", path, "has longitude or latitude and also x or y; an account has one kind", NOTHING, "remove one pair"))
      else if (isGlobe !== (space === "globe")) issues.push(issue("spaces-mixed", path, `lies on ${isGlobe ? "the globe" : "a plane"}, but accounts before it on ${isGlobe ? "a plane" : "the globe"}; one call takes one kind`, NOTHING, "make two calls, or give all of them the same kind"))
      else if (isGlobe) {
        first[i] = wrapLongitude(readCoordinate(longitude, MAX_LONGITUDE, `${path}.longitude`, issues))
        second[i] = readCoordinate(latitude, 90, `${path}.latitude`, issues)
      } else {
        first[i] = readCoordinate(x, MAX_PLANE, `${path}.x`, issues)
        second[i] = readCoordinate(y, MAX_PLANE, `${path}.y`, issues)
      }
    } catch (error) {
      issues.push(accessorFailure(path, error))
    }
  }
  return { space: space ?? "plane", first, second, unplacedCount }
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null

function readCoordinate(value: unknown, most: number, path: string, issues: Issue[]): number {
  if (typeof value === "number" && Math.abs(value) <= most) return value
  issues.push(issue("coordinate-invalid", path, `must be a number between -${most} and ${most}`, value, "leave both coordinates out where they are unknown"))
  return NaN
}

function wrapLongitude(longitude: number): number {
  return longitude >= 180 ? longitude - 360 : longitude < -180 ? longitude + 360 : longitude
}

/** Centers have to be of the kind of the accounts, where any of these has a place. O(k). */
export function checkCenterSpaces(listed: ListedTerritories | null, { space, first, unplacedCount }: AccountPlaces, issues: Issue[]): void {
  if (listed === null || unplacedCount === first.length || first.every(Number.isNaN)) return
  listed.specs.forEach(({ center }, t) => {
    if (center === undefined || ("x" in center) === (space === "plane")) return
    issues.push(issue("spaces-mixed", `territories[${t}].center`, `lies on ${space === "plane" ? "the globe" : "a plane"}, but the accounts on ${space === "plane" ? "a plane" : "the globe"}`, NOTHING, "give centers of the kind of the accounts"))
  })
}

/** From account i to a place: km, or the plane's unit; NaN where either has none, or where they are of two kinds. */
export function distanceTo({ space, first, second }: AccountPlaces, i: number, place: Location): number {
  if (("x" in place) !== (space === "plane")) return NaN
  return "x" in place ? hypot(first[i] - place.x, second[i] - place.y) : greatCircleKm(first[i], second[i], place.longitude, place.latitude)
}

/**
 * The mean place of accounts, each by its weight: on the globe the direction of their mean on the sphere, which knows no antimeridian and
 * no poles. Null where none of them has a place and a weight.
 */
export function meanPlace({ space, first, second }: AccountPlaces, rows: readonly number[], weightOf: (i: number) => number): Location | null {
  const placed = rows.filter((i) => !Number.isNaN(first[i]) && weightOf(i) > 0)
  if (placed.length === 0) return null
  // shares, since sums of large numbers times large numbers are none
  const total = placed.reduce((sum, i) => sum + weightOf(i), 0)
  const sum = new Float64Array(3)
  const point = new Float64Array(3)
  for (const i of placed) {
    if (space === "globe") embedPoint(first[i], second[i], 1, point, 0)
    else point.set([first[i], second[i], 0])
    for (let d = 0; d < 3; d++) sum[d] += (weightOf(i) / total) * point[d]
  }
  return space === "globe" ? unembedSphere(sum[0], sum[1], sum[2]) : { x: sum[0], y: sum[1] }
}
