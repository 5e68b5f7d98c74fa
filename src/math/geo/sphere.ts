import { asin } from "../exact/asin.js"
import { atan2 } from "../exact/atan2.js"
import { cos } from "../exact/cos.js"
import { hypot } from "../exact/hypot.js"
import { sin } from "../exact/sin.js"

/** Radius of the sphere that all distances on the globe use, km: the mean radius R1 of the IUGG (Moritz 1980). */
export const EARTH_RADIUS_KM = 6371.0088

const RADIANS = Math.PI / 180

/**
 * Degrees to points on the unit sphere, three numbers a point: x toward (0 N, 0 E), y toward (0 N, 90 E), z to the north
 * pole. There is no seam at the antimeridian and no special pole. O(n).
 */
export function embedSphere(longitudes: Float64Array, latitudes: Float64Array): Float64Array {
  const points = new Float64Array(longitudes.length * 3)
  for (let i = 0; i < longitudes.length; i++) embedPoint(longitudes[i], latitudes[i], 1, points, 3 * i)
  return points
}

/** Writes one place in degrees as a point at distance `radius` from the origin to `points`, three numbers from `at` on. */
export function embedPoint(longitude: number, latitude: number, radius: number, points: Float64Array, at: number): void {
  const lambda = longitude * RADIANS
  const phi = latitude * RADIANS
  const cosPhi = cos(phi)
  points[at] = cosPhi * cos(lambda) * radius
  points[at + 1] = cosPhi * sin(lambda) * radius
  points[at + 2] = sin(phi) * radius
}

/** The longitude and latitude, degrees, of a direction of any length; 0, 0 for the zero vector. */
export function unembedSphere(x: number, y: number, z: number): { longitude: number; latitude: number } {
  const horizontal = hypot(x, y)
  return {
    longitude: horizontal === 0 ? 0 : atan2(y, x) / RADIANS,
    latitude: horizontal === 0 && z === 0 ? 0 : atan2(z, horizontal) / RADIANS,
  }
}

/**
 * Great-circle distance in km between two places in degrees, on a sphere of {@link EARTH_RADIUS_KM} (up to 0.5 % off the
 * ellipsoid). Haversine formula: exact to rounding, but near antipodes to 1e-8 of half a turn. Never throws: NaN in,
 * NaN out. Not suitable for driving distances. `criteria/distance-km` is the public form, which refuses what is no
 * place.
 */
export function greatCircleKm(longitudeA: number, latitudeA: number, longitudeB: number, latitudeB: number): number {
  const sinLat = sin(((latitudeB - latitudeA) * RADIANS) / 2)
  const sinLon = sin(((longitudeB - longitudeA) * RADIANS) / 2)
  const h = sinLat * sinLat + cos(latitudeA * RADIANS) * cos(latitudeB * RADIANS) * sinLon * sinLon
  return 2 * EARTH_RADIUS_KM * asin(h > 1 ? 1 : Math.sqrt(h))
}
