import { geoArea } from "d3-geo"
import type { Feature, FeatureCollection, Geometry, GeometryCollection, Position } from "geojson"
import type { Space } from "../model/account.js"
import { isPlainObject } from "../model/check-keys.js"
import type { Issue } from "../model/error.js"
import { issue, NOTHING } from "../model/issue.js"

/** A base map as callers have it. */
export type Boundary = FeatureCollection | Feature | Geometry

/** A base map ready for d3-geo. */
export interface BaseMap {
  readonly geometry: GeometryCollection
  /** Whether it has an inside to clip to; lines alone have none. */
  readonly hasPolygons: boolean
}

/**
 * Checks a base map and turns its polygons the way d3-geo reads them (exterior clockwise, the opposite of RFC 7946; d3-geo
 * takes a ring that runs the other way for the rest of the globe). Rings of either direction are right: an exterior ring
 * is taken for the smaller side. Not suitable for polygons larger than a hemisphere.
 *
 * Points are no base map and are refused. Null geometries are passed over. The input is not changed. O(positions).
 */
export function readBoundary(boundary: unknown, space: Space, path: string, issues: Issue[]): BaseMap {
  const polygons: Position[][][] = []
  const lines: Position[][] = []
  const pending: { value: unknown; at: string }[] = [{ value: boundary, at: path }]
  while (pending.length > 0) {
    const { value, at } = pending.pop() as { value: unknown; at: string }
    if (!isPlainObject(value)) {
      issues.push(issue("boundary-type", at, "must be a GeoJSON object", value))
    } else if (value.type === "FeatureCollection" || value.type === "GeometryCollection") {
      const key = value.type === "FeatureCollection" ? "features" : "geometries"
      const parts: unknown = value[key]
      if (!Array.isArray(parts)) issues.push(issue("boundary-type", `${at}.${key}`, "must be an array", parts))
      // last in, first out: pushed from the back, they are drawn in their order
      else for (let p = parts.length - 1; p >= 0; p--) pending.push({ value: parts[p], at: `${at}.${key}[${p}]` })
    } else if (value.type === "Feature") {
      if (value.geometry !== null) pending.push({ value: value.geometry, at: `${at}.geometry` })
    } else readGeometry(value, at, polygons, lines, issues)
  }
  const turned = space === "globe" && issues.length === 0 ? polygons.map((rings) => rings.map(toD3Winding)) : polygons
  return {
    geometry: {
      type: "GeometryCollection",
      geometries: [{ type: "MultiPolygon", coordinates: turned }, { type: "MultiLineString", coordinates: lines }],
    },
    hasPolygons: polygons.length > 0,
  }
}

function readGeometry(value: Record<string, unknown>, at: string, polygons: Position[][][], lines: Position[][], issues: Issue[]): void {
  const coordinates = value.coordinates
  const isArray = Array.isArray(coordinates)
  if (value.type === "Polygon" && isArray) readRings(coordinates, at, polygons, issues)
  else if (value.type === "MultiPolygon" && isArray) for (const rings of coordinates as unknown[]) readRings(rings, at, polygons, issues)
  else if (value.type === "LineString" && isArray) lines.push(readPositions(coordinates, at, 2, issues))
  else if (value.type === "MultiLineString" && isArray) for (const line of coordinates as unknown[]) lines.push(readPositions(line, at, 2, issues))
  else {
    const remedy = value.type === "Topology" ? 'convert TopoJSON first: feature(topology, "counties") of topojson-client' : ""
    issues.push(issue("boundary-type", at, "must be polygons or lines", value.type, remedy))
  }
}

function readRings(rings: unknown, at: string, polygons: Position[][][], issues: Issue[]): void {
  if (!Array.isArray(rings)) issues.push(issue("boundary-type", at, "must have rings of positions", rings))
  else polygons.push(rings.map((ring: unknown) => readPositions(ring, at, 4, issues)))
}

function readPositions(positions: unknown, at: string, least: number, issues: Issue[]): Position[] {
  if (!Array.isArray(positions) || positions.length < least) {
    issues.push(issue("ring-short", at, `needs ${least} positions or more in a ${least === 4 ? "ring" : "line"}`, positions))
    return []
  }
  for (const [p, position] of (positions as unknown[]).entries()) {
    if (!Array.isArray(position) || !Number.isFinite(position[0]) || !Number.isFinite(position[1])) {
      issues.push(issue("coordinate-not-finite", at, `position ${p} is no pair of finite numbers`, NOTHING))
      return []
    }
  }
  return positions as Position[]
}

function toD3Winding(ring: Position[], index: number): Position[] {
  const encloses = geoArea({ type: "Polygon", coordinates: [ring] }) < 2 * Math.PI
  return encloses === (index === 0) ? ring : [...ring].reverse()
}
