import type { Space } from "./account.js"
import type { Issue } from "./error.js"
import { findIdIssues } from "./find-id-issues.js"
import { issue, NOTHING } from "./issue.js"
import { findMarkedPlace, findMisnamedPlace, wordMissingPlaces } from "./missing-places.js"

/**
 * Lists everything that makes these accounts unusable, in row order; an empty list means that every function of this
 * library takes them. It never throws, whatever it is given.
 *
 * Checked: an array with at least one row; every row an object; ids that are non-empty, unique strings; coordinates that are
 * finite and in range, all on the globe or all on the plane. Places are given for all accounts or for none: without any,
 * functions that balance, assign and compare leave distances out, and functions that draw or measure areas say that they need
 * places. Some with and some without are one issue, which names both. Coordinates under other names (`lat`, `lng`) are an
 * issue too: they would be overlooked. Measures are checked by the functions that use them. O(n).
 *
 * @param accounts anything at all
 * @returns all issues, each with code, path (`accounts[17].latitude`) and a message that names the remedy
 * @example
 * findAccountIssues([{ id: "a", longitude: -93.6, latitude: 141.6 }])[0].message
 * // "accounts[0].latitude: must be between -90 and 90, got 141.6"
 */
export function findAccountIssues(accounts: unknown): readonly Issue[] {
  let kind: Space | null = null
  let firstOfKind = 0
  const placed: number[] = []
  const unplaced: number[] = []
  let position = 0
  const found = findIdIssues(accounts, "must be an object with an id and coordinates", (account, i, issues) => {
    const { longitude, latitude, x, y } = account
    const path = `accounts[${i}]`
    const space = spaceOf(longitude, latitude, x, y)
    if (space === "both") {
      issues.push(issue("coordinates-mixed", path, "has longitude or latitude and also x or y; an account has one kind", NOTHING, "remove one pair"))
    } else if (space === null) {
      const remedy = findMisnamedPlace(account)
      if (remedy !== null) issues.push(issue("coordinate-missing", path, "needs longitude and latitude, or x and y", NOTHING, remedy))
      else if (unplaced.push(i) === 1) position = issues.length
    } else {
      placed.push(i)
      if (kind === null) {
        kind = space
        firstOfKind = i
      }
      if (space !== kind) {
        issues.push(issue("spaces-mixed", path, `lies on ${SURFACES[space]}, but accounts[${firstOfKind}] on ${SURFACES[kind]}; one call takes one kind`, NOTHING, "make two calls, or give all of them the same kind"))
      } else if (space === "globe") checkGlobe(account, longitude, latitude, path, issues)
      else checkPlane(account, x, y, path, issues)
    }
  })
  if (placed.length === 0 || unplaced.length === 0) return found
  return [...found.slice(0, position), wordMissingPlaces(accounts as readonly unknown[], placed, unplaced), ...found.slice(position)]
}

/** The two kinds of place in the caller's words. */
export const SURFACES: Readonly<Record<Space, string>> = Object.freeze({ globe: "the globe (longitude, latitude)", plane: "a plane (x, y)", none: "no surface: it has no place" })

/** The remedy for an account that could not be geocoded. */
const ASIDE = "set accounts without a place aside before the call"

function spaceOf(longitude: unknown, latitude: unknown, x: unknown, y: unknown): "globe" | "plane" | "both" | null {
  const globe = isGiven(longitude) || isGiven(latitude)
  const plane = isGiven(x) || isGiven(y)
  return globe && plane ? "both" : globe ? "globe" : plane ? "plane" : null
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null

/** @param longitude and @param latitude read once: an accessor may answer otherwise the second time */
function checkGlobe(account: Readonly<Record<string, unknown>>, longitude: unknown, latitude: unknown, path: string, issues: Issue[]): void {
  const goodLongitude = checkCoordinate(account, "longitude", longitude, path, issues)
  const goodLatitude = checkCoordinate(account, "latitude", latitude, path, issues)
  const lon = longitude as number
  const lat = latitude as number
  // meters of a projection are told from a slip by their size
  const projected = goodLongitude && goodLatitude && (Math.abs(lon) > 1000 || Math.abs(lat) > 1000)
  const hint = projected ? "these look like projected coordinates: give them as x and y" : ""
  if (goodLatitude && Math.abs(lat) > 90) {
    const swapped = goodLongitude && Math.abs(lon) <= 90 && Math.abs(lat) <= 180
    issues.push(issue("latitude-out-of-range", `${path}.latitude`, "must be between -90 and 90", lat, hint || (swapped ? "longitude and latitude may be swapped" : "")))
  }
  if (goodLongitude && Math.abs(lon) > MAX_LONGITUDE) {
    issues.push(issue("longitude-out-of-range", `${path}.longitude`, "must be between -180 and 180", lon, hint))
  }
}

function checkPlane(account: Readonly<Record<string, unknown>>, x: unknown, y: unknown, path: string, issues: Issue[]): void {
  for (const [name, value] of [["x", x], ["y", y]] as const) {
    if (checkCoordinate(account, name, value, path, issues) && Math.abs(value as number) > MAX_PLANE) {
      issues.push(issue("coordinate-out-of-range", `${path}.${name}`, `must be between -${MAX_PLANE} and ${MAX_PLANE}`, value, "use a larger length unit"))
    }
  }
}

/** Beyond this, squared distances times weights may leave the range of double precision. */
export const MAX_PLANE = 1e100

/** Up to a turn and a half either way: what is beyond 180 is wrapped. */
export const MAX_LONGITUDE = 540

function checkCoordinate(account: Readonly<Record<string, unknown>>, name: string, value: unknown, row: string, issues: Issue[]): boolean {
  const path = `${row}.${name}`
  if (!isGiven(value)) issues.push(issue("coordinate-missing", path, "must be a number", value, findMarkedPlace(account) ?? ASIDE))
  else if (typeof value !== "number") issues.push(issue("coordinate-type", path, "must be a number", value, "convert it to a number first"))
  else if (!Number.isFinite(value)) issues.push(issue("coordinate-not-finite", path, "must be a finite number", value, ASIDE))
  else return true
  return false
}
