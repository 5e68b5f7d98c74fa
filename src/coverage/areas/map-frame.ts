import { CLIPPER, merged } from "../../math/geo/clipper-engine.js"
import { cutLongitude, turnsFrom } from "../../math/geo/longitude-frame.js"
import { boxOf, moveEast, STEPS_PER_DEGREE, TURN, type Region } from "../../math/geo/region.js"
import { rectangle } from "../../math/geo/region-geometry.js"

const POLE = 90 * STEPS_PER_DEGREE

/** One map of the globe, cut open along a meridian that crosses nothing, where there is one. */
export interface MapFrame {
  /** Its western end, grid steps. */
  readonly cut: number
}

/** Chooses the frame for all polygons of a call. O(n log n). */
export function frameOf(polygons: Iterable<Region>): MapFrame {
  const spans: { from: number; to: number }[] = []
  for (const polygon of polygons) {
    const { minX, maxX } = boxOf(polygon)
    if (minX < maxX) spans.push({ from: minX, to: maxX })
  }
  return { cut: cutLongitude(spans) }
}

/** Polygons as one region in the frame: moved by whole turns, cut where they cross its ends, melted where they overlap. O(n log n). */
export function placeInFrame(polygons: readonly Region[], { cut }: MapFrame): Region {
  const parts = polygons.flatMap((polygon) => {
    const { minX, maxX } = boxOf(polygon)
    const moved = moveEast(polygon, turnsFrom(cut, minX))
    if (maxX + turnsFrom(cut, minX) <= cut + TURN) return [moved]
    const frame = rectangle(cut, -POLE, cut + TURN, POLE)
    return [CLIPPER.intersection(moved, frame), CLIPPER.intersection(moveEast(moved, -TURN), frame)]
  })
  return parts.length === 1 ? parts[0] : merged(parts.flat())
}
