import { merge } from "topojson-client"
import { isPlainObject } from "../../model/check-keys.js"
import type { Region } from "../../math/geo/region.js"
import { readShape } from "./read-shape.js"
import { readingArcs, type AreaTable } from "./read-topology.js"

/**
 * Areas of a topology as one shape: topojson-client drops the arcs that two of them share, which no clipper can do as exactly.
 * Polygons of the result touch nowhere but in corners. O(points).
 */
export function mergeAreas(table: AreaTable, areas: readonly number[]): readonly Region[] {
  const geometries = areas.flatMap((a) => table.geometries[a].map(copyArcs)) as unknown as Parameters<typeof merge>[1]
  return readShape(readingArcs(() => merge(table.topology, geometries)), "merged").polygons
}

/** topojson-client marks polygons while it merges them: what the caller has must stay as it is, frozen or not. */
function copyArcs(geometry: unknown): unknown {
  if (!isPlainObject(geometry)) return geometry
  if (geometry.type === "GeometryCollection" && Array.isArray(geometry.geometries)) return { ...geometry, geometries: geometry.geometries.map(copyArcs) }
  if (!Array.isArray(geometry.arcs)) return geometry
  return { ...geometry, arcs: geometry.type === "MultiPolygon" ? geometry.arcs.map((polygon: unknown) => (Array.isArray(polygon) ? [...(polygon as unknown[])] : polygon)) : [...(geometry.arcs as unknown[])] }
}
