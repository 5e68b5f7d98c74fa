import { greatCircleKm } from "../math/geo/sphere.js"
import { throwIssues, type Issue } from "../model/error.js"
import { MAX_LONGITUDE } from "../model/find-account-issues.js"
import { issue } from "../model/issue.js"

/**
 * Great-circle distance in km between two places in degrees, on a sphere of {@link EARTH_RADIUS_KM} (up to 0.5 % off
 * the ellipsoid). Haversine formula: exact to rounding, but near antipodes to 1e-8 of half a turn. Not suitable for
 * driving distances.
 *
 * @throws TerritoryError `coordinate-out-of-range` for what is no number of degrees: longitudes from -540 to 540 (maps
 * may run on beyond 180), latitudes from -90 to 90
 * @example
 * Math.round(distanceKm(-93.6, 41.6, -91.5, 41.7)) // 175
 */
export function distanceKm(longitudeA: number, latitudeA: number, longitudeB: number, latitudeB: number): number {
  // one comparison each for what is sound, in loops of the caller's
  if (!(isWithin(longitudeA, MAX_LONGITUDE) && isWithin(latitudeA, 90) && isWithin(longitudeB, MAX_LONGITUDE) && isWithin(latitudeB, 90))) {
    throwIssues(findIssues({ longitudeA, latitudeA, longitudeB, latitudeB }))
  }
  return greatCircleKm(longitudeA, latitudeA, longitudeB, latitudeB) + 0 // -0 becomes 0
}

const isWithin = (value: unknown, most: number): boolean => typeof value === "number" && value >= -most && value <= most

function findIssues(given: Readonly<Record<string, unknown>>): Issue[] {
  return Object.entries(given).flatMap(([name, value]) => {
    const most = name.startsWith("longitude") ? MAX_LONGITUDE : 90
    return isWithin(value, most) ? [] : [issue("coordinate-out-of-range", name, `must be a number of degrees from -${most} to ${most}`, value)]
  })
}
