import { cos } from "../../math/exact/cos.js"
import { STEPS_PER_DEGREE, type Box, type GridRing } from "../../math/geo/region.js"
import { EARTH_RADIUS_KM } from "../../math/geo/sphere.js"

/** A center on the grid, and what its territory's prices pay for a unit of weight, km2. */
export interface PowerSite {
  readonly x: number
  readonly y: number
  readonly worth: number
}

const KM_PER_STEP = ((Math.PI / 180) * EARTH_RADIUS_KM) / STEPS_PER_DEGREE

/**
 * The power cells of centers within a box, counterclockwise: where distance^2 less worth is least, on a map whose longitudes are shortened
 * to the middle parallel. A cell may be empty. O(centers^2).
 *
 * Source: Aurenhammer, "Power Diagrams: Properties, Algorithms and Applications", SIAM J. Comput. 16(1), 1987: cells are cut out by a
 * straight line for every other center.
 */
export function powerCells(sites: readonly PowerSite[], { minX, minY, maxX, maxY }: Box): GridRing[] {
  const shrink = Math.max(0.01, cos((((minY + maxY) / 2 / STEPS_PER_DEGREE) * Math.PI) / 180))
  const places = sites.map(({ x, y, worth }) => ({ x: (x - minX) * shrink, y: y - minY, worth: worth / KM_PER_STEP ** 2 }))
  const box = [[0, 0], [(maxX - minX) * shrink, 0], [(maxX - minX) * shrink, maxY - minY], [0, maxY - minY]] as const
  return places.map((own, t) => {
    let ring: (readonly [number, number])[] = [...box]
    for (let u = 0; u < places.length && ring.length > 0; u++) {
      const other = places[u]
      const [dx, dy] = [other.x - own.x, other.y - own.y]
      if (u === t) continue
      // seen from the own center: 2 p . d <= |d|^2 + worth - other's worth; of two at one place the dearer, then the later, has nothing
      const limit = (dx * dx + dy * dy + own.worth - other.worth) / 2
      if (dx === 0 && dy === 0) {
        if (limit < 0 || (limit === 0 && u < t)) ring = []
        continue
      }
      ring = cut(ring, own, dx, dy, limit)
    }
    return ring.map(([x, y]) => ({ x: Math.min(maxX, Math.round(x / shrink) + minX), y: Math.round(y) + minY }))
  })
}

/** What of a convex ring is on the near side of a line (Sutherland & Hodgman 1974). */
function cut(ring: readonly (readonly [number, number])[], own: { readonly x: number; readonly y: number }, dx: number, dy: number, limit: number): (readonly [number, number])[] {
  const beyond = ring.map(([x, y]) => (x - own.x) * dx + (y - own.y) * dy - limit)
  const kept: (readonly [number, number])[] = []
  ring.forEach((point, p) => {
    const next = (p + 1) % ring.length
    if (beyond[p] <= 0) kept.push(point)
    if ((beyond[p] < 0 && beyond[next] > 0) || (beyond[p] > 0 && beyond[next] < 0)) {
      const share = beyond[p] / (beyond[p] - beyond[next])
      kept.push([point[0] + share * (ring[next][0] - point[0]), point[1] + share * (ring[next][1] - point[1])])
    }
  })
  return kept.length < 3 ? [] : kept
}
