import { piecesOf } from "../../math/geo/clipper-engine.js"
import { boxOf, outlineSteps, regionKm2, regionSteps, type Region } from "../../math/geo/region.js"

/** A connected piece of a region. */
export interface Piece {
  readonly region: Region
  readonly km2: number
}

/** What is thinner than this on average, in grid steps of 1.1 cm, is rounding and not a gap or an overlap. */
const NOISE_STEPS = 5

/** Whether a region is so thin that rounding alone can make it. */
export function isNoise(region: Region): boolean {
  return 2 * regionSteps(region) <= NOISE_STEPS * outlineSteps(region)
}

/** The connected pieces of a region without those that rounding makes, from west to east, then south to north. O(n log n). */
export function findPieces(region: Region): Piece[] {
  return piecesOf(region)
    .filter((rings) => !isNoise(rings))
    .map((rings) => ({ region: rings, km2: regionKm2(rings), box: boxOf(rings) }))
    .sort((a, b) => a.box.minX - b.box.minX || a.box.minY - b.box.minY || a.box.maxX - b.box.maxX || a.box.maxY - b.box.maxY)
    .map(({ region: rings, km2 }) => ({ region: rings, km2 }))
}
