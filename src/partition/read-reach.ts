import { pow } from "../math/exact/pow.js"
import { sin } from "../math/exact/sin.js"
import type { Space } from "../model/account.js"
import { EARTH_RADIUS_KM } from "../math/geo/sphere.js"
import type { Reach } from "../math/transport/transport-problem.js"
import type { Places } from "./place-accounts.js"

/** A way out of reach costs so many times what the longest way between two accounts does. */
const DEAR = 10
/** Distances that differ by less than this share are the same. */
const SLACK = 1e-12

/**
 * How far accounts should go, as numbers of the problem, whose weights sum to `total`; null where no way is longer.
 * O(n).
 */
export function readReach(
  maxDistance: number,
  { points, dimension, lengthUnit }: Pick<Places, "points" | "dimension" | "lengthUnit">,
  space: Space,
  power: 1 | 2,
  total: number,
): Reach | null {
  const distance = (maxDistance * (1 + SLACK)) / lengthUnit
  const radius = EARTH_RADIUS_KM / lengthUnit
  if (space === "globe" && distance >= Math.PI * radius) return null
  const straight = space === "globe" ? 2 * radius * sin(distance / (2 * radius)) : distance
  let square = 0
  for (let d = 0; d < dimension; d++) {
    let [low, high] = [Infinity, -Infinity]
    for (let p = d; p < points.length; p += dimension) {
      low = Math.min(low, points[p])
      high = Math.max(high, points[p])
    }
    square += (high - low) ** 2
  }
  // an arc is at most pi / 2 times its chord
  const longest = Math.max((Math.PI / 2) * Math.sqrt(square), distance)
  return { square: straight ** 2, surcharge: DEAR * pow(longest, power), least: (total * dimension) / points.length }
}
