import { difference } from "@turf/difference"
import { intersect } from "@turf/intersect"
import { union } from "@turf/union"
import type { Feature, FeatureCollection, MultiPolygon, Polygon } from "geojson"
import { piecesOf, type ClipEngine } from "./clipper-engine.js"
import { ringSteps, STEPS_PER_DEGREE, type GridRing, type Region } from "./region.js"

type Shape = Feature<Polygon | MultiPolygon> | null

/**
 * {@link ClipEngine} of the @turf modules (polyclip-ts): some fifty times slower than clipper2-ts, and it throws on some regions that
 * touch, but code of other hands: the check on clipper2-ts, and the last resort.
 */
export const TURF: ClipEngine = Object.freeze({
  union: (a: Region, b: Region): Region => (a.length === 0 ? b : b.length === 0 ? a : toRegion(union(pair(a, b)))),
  intersection: (a: Region, b: Region): Region => (a.length === 0 || b.length === 0 ? [] : toRegion(intersect(pair(a, b)))),
  difference: (a: Region, b: Region): Region => (a.length === 0 || b.length === 0 ? a : toRegion(difference(pair(a, b)))),
})

function pair(a: Region, b: Region): FeatureCollection<MultiPolygon> {
  return { type: "FeatureCollection", features: [toFeature(a), toFeature(b)] }
}

function toFeature(region: Region): Feature<MultiPolygon> {
  const coordinates = piecesOf(region).map((rings) => rings.map((ring) => [...ring, ring[0]].map(({ x, y }) => [x / STEPS_PER_DEGREE, y / STEPS_PER_DEGREE])))
  return { type: "Feature", properties: null, geometry: { type: "MultiPolygon", coordinates } }
}

function toRegion(shape: Shape): Region {
  if (shape === null) return []
  const { geometry } = shape
  return (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates).flatMap((rings) =>
    rings.map((positions, r) => {
      const ring: GridRing = positions.slice(0, -1).map(([x, y]) => ({ x: Math.round(x * STEPS_PER_DEGREE), y: Math.round(y * STEPS_PER_DEGREE) }))
      return ringSteps(ring) > 0 === (r === 0) ? ring : ring.reverse()
    }),
  )
}
