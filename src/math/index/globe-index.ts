import KDBush from "kdbush"
import { asin } from "../exact/asin.js"
import { cos } from "../exact/cos.js"
import { sin } from "../exact/sin.js"
import { EARTH_RADIUS_KM, embedSphere } from "../geo/sphere.js"
import type { SpatialIndex } from "./spatial-index.js"

const RADIANS = Math.PI / 180

/** Windows are this much wider than computed, degrees (a tenth of a millimeter), so that rounding loses no point. */
const MARGIN = 1e-9

/**
 * Indexes points of the globe. The tree works on degrees, where a circle is not a circle; so a query takes the window of
 * longitude and latitude that surely holds the circle, in two parts where it crosses the antimeridian and all the way round
 * where it holds a pole, and then measures each candidate on the sphere.
 *
 * Coordinates must be finite: a NaN would hide other points. Building O(n log n), a query about the number of candidates.
 *
 * @param longitudes degrees in [-180, 180]
 * @param latitudes degrees in [-90, 90]
 */
export function createGlobeIndex(longitudes: Float64Array, latitudes: Float64Array): SpatialIndex {
  const tree = new KDBush(longitudes.length)
  for (let i = 0; i < longitudes.length; i++) tree.add(longitudes[i], latitudes[i])
  tree.finish()
  const points = embedSphere(longitudes, latitudes)

  return {
    within(longitude, latitude, radius) {
      const candidates = rangeAround(tree, longitude, latitude, radius / EARTH_RADIUS_KM)
      const halfTurn = Math.min(radius / EARTH_RADIUS_KM, Math.PI) / 2
      const chord = 2 * sin(halfTurn)
      // 4e-16 is the rounding of coordinates near 1: it lets a point find itself at radius 0
      const limit = chord * chord + 4e-16 * (chord + 4e-16)
      const [x, y, z] = embedSphere(Float64Array.of(longitude), Float64Array.of(latitude))
      let kept = 0
      for (const i of candidates) {
        const dx = points[3 * i] - x
        const dy = points[3 * i + 1] - y
        const dz = points[3 * i + 2] - z
        if (dx * dx + dy * dy + dz * dz <= limit) candidates[kept++] = i
      }
      candidates.length = kept
      return candidates
    },
  }
}

/** Candidates: all points in the window of degrees around a circle of angular radius `angle` radians. */
function rangeAround(tree: KDBush, longitude: number, latitude: number, angle: number): number[] {
  const south = latitude - angle / RADIANS - MARGIN
  const north = latitude + angle / RADIANS + MARGIN
  if (south <= -90 || north >= 90) return tree.range(-180, south, 180, north)
  // the meridians that touch the circle: sin(half width) = sin(angle) / cos(latitude)
  const sine = sin(angle) / cos(latitude * RADIANS)
  const half = sine < 1 ? asin(sine) / RADIANS + MARGIN * (1 + 1 / cos(latitude * RADIANS)) : 180
  const west = longitude - half
  const east = longitude + half
  if (half >= 180 || east - west >= 360) return tree.range(-180, south, 180, north)
  const found = tree.range(west, south, east, north)
  const beyond = west < -180 ? tree.range(west + 360, south, 180, north) : east >= 180 ? tree.range(-180, south, east - 360, north) : []
  for (const i of beyond) found.push(i)
  return found
}
