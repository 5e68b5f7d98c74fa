import type { Location } from "../model/account.js"
import { inPieces } from "../model/in-pieces.js"
import type { AccountTable } from "../model/read-accounts.js"
import { EARTH_RADIUS_KM, embedPoint } from "../math/geo/sphere.js"

/** Where accounts lie, in lengths of order one. */
export interface Places {
  readonly dimension: 2 | 3
  /** n x dimension, by sorted position, in typical territory radii. */
  readonly points: Float64Array
  /** A typical territory radius in km or in the plane's unit. */
  readonly lengthUnit: number
  /** On a plane the origin of the lengths. */
  readonly origin: readonly [number, number]
  /** The largest absolute coordinate. */
  readonly farthest: number
  /** Lengths below this are what rounding makes of none. */
  readonly rounding: number
}

/**
 * Accounts without places all lie at the origin of a plane. Others are put on the sphere, or on a plane relative to
 * their mean (large eastings would cost digits), and lengths are scaled to the root of the weighted variance per
 * territory. O(n), in pieces.
 *
 * @param weights by row of the table; where all are 0 every account counts 1
 * @param total their sum
 */
export function* placeAccounts(table: AccountTable, weights: Float64Array, total: number, k: number): Generator<undefined, Places> {
  const { space, first, second, order } = table
  const n = order.length
  const dimension = space === "globe" ? 3 : 2
  const points = new Float64Array(n * dimension)
  const origin: [number, number] = [0, 0]
  let reach = space === "none" ? 0 : EARTH_RADIUS_KM
  if (space === "plane") {
    reach = 0
    yield* inPieces(n, (from, to) => {
      let most = reach
      for (let i = from; i < to; i++) {
        const a = first[order[i]]
        const b = second[order[i]]
        origin[0] += a / n
        origin[1] += b / n
        most = Math.max(most, Math.abs(a), Math.abs(b))
      }
      reach = most
    })
  }
  const mean = new Float64Array(dimension)
  yield* inPieces(n, (from, to) => {
    for (let i = from; i < to; i++) {
      const row = order[i]
      if (space === "globe") embedPoint(first[row], second[row], EARTH_RADIUS_KM, points, 3 * i)
      else {
        points[2 * i] = first[row] - origin[0]
        points[2 * i + 1] = second[row] - origin[1]
      }
      const part = total > 0 ? weights[row] / total : 1 / n
      for (let d = 0; d < dimension; d++) mean[d] += part * points[i * dimension + d]
    }
  })
  let variance = 0
  yield* inPieces(n, (from, to) => {
    let sum = variance
    for (let i = from; i < to; i++) {
      const part = total > 0 ? weights[order[i]] / total : 1 / n
      for (let d = 0; d < dimension; d++) {
        const apart = points[i * dimension + d] - mean[d]
        sum += part * apart * apart
      }
    }
    variance = sum
  })
  const radius = Math.sqrt(variance / k)
  const lengthUnit = radius > COINCIDENT * reach ? radius : 1
  let farthest = 0
  yield* inPieces(points.length, (from, to) => {
    let most = farthest
    for (let p = from; p < to; p++) {
      points[p] /= lengthUnit
      const size = Math.abs(points[p])
      if (size > most) most = size
    }
    farthest = most
  })
  return { dimension, points, lengthUnit, origin, farthest, rounding: (COINCIDENT * reach) / lengthUnit }
}

/** Points that spread by less than this share of their coordinates coincide: it is what rounding makes of one place. */
const COINCIDENT = 4e-15

/** A place in the caller's words as coordinates of the problem. */
export function placeCenter(center: Location, { dimension, origin, lengthUnit }: Pick<Places, "dimension" | "origin" | "lengthUnit">): Float64Array {
  const point = new Float64Array(dimension)
  if ("longitude" in center) embedPoint(center.longitude, center.latitude, EARTH_RADIUS_KM, point, 0)
  else point.set([center.x - origin[0], center.y - origin[1]])
  return point.map((x) => x / lengthUnit)
}
