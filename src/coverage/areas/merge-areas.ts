import { merge } from "topojson-client"
import type { Region } from "../../math/geo/region.js"
import { readShape } from "./read-shape.js"
import type { AreaTable } from "./read-topology.js"

/**
 * Areas of a topology as one shape: topojson-client drops the arcs that two of them share, which no clipper can do as exactly.
 * Polygons of the result touch nowhere but in corners. O(points).
 */
export function mergeAreas(table: AreaTable, areas: readonly number[]): readonly Region[] {
  const geometries = areas.flatMap((a) => table.geometries[a]) as unknown as Parameters<typeof merge>[1]
  return readShape(merge(table.topology, geometries), "merged").polygons
}
