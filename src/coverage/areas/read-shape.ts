import { evenOdd, merged } from "../../math/geo/clipper-engine.js"
import { POLYGON_OPS } from "../../math/geo/polygon-ops.js"
import { boxOf, moveEast, outlineSteps, regionSteps, ringSteps, TURN, type Region } from "../../math/geo/region.js"
import { isRingCrossing, unwrapRing } from "../../math/geo/unwrap-ring.js"
import { isPlainObject } from "../../model/check-keys.js"
import type { Warning } from "../../model/error.js"
import { formatCount } from "../../model/format-amount.js"
import { isSparse } from "../../model/is-sparse.js"
import { show } from "../../model/issue.js"
import { findTangledOf } from "./tangle-limits.js"

/** One thing that is wrong with a geometry, and what became of it. */
export interface ShapeFault {
  readonly path: string
  readonly rule: string
  /** `unread`: left out, and nobody knows what it was meant to be; `empty`: left out, and nothing is lost; `told`: read in spite of it; `noted`: nothing wrong, but it could be meant in another way. */
  readonly kind: "unread" | "empty" | "told" | "noted"
}

/** A geometry on the grid, polygon by polygon; not yet in the frame of a map. */
export interface Shape {
  readonly polygons: readonly Region[]
  readonly faults: readonly ShapeFault[]
}

/** How far a longitude may go beyond 180: maps that do not cut at the antimeridian run on. */
const MAX_LONGITUDE = 540
/** Deeper than anybody nests collections; a path of that length is no longer of use. */
const MAX_NESTING = 1_000
/** Polygons with more holes have them cut out all at once, where no two of them meet. */
const MANY_HOLES = 16
/** Points that may be clipped for holes that meet, one by one. */
const MOST_HOLE_WORK = 2_000_000
/** By how much rounding to the grid changes an area: the outline times this many steps. */
const SLACK = 2

/**
 * Reads a GeoJSON Polygon or MultiPolygon. Whatever cannot be read is left out and told; what can be read in one way only (a ring
 * that is not closed, or that crosses itself) is read so and told. Never throws. O(n log n).
 */
export function readShape(geometry: unknown, path: string): Shape {
  const faults: ShapeFault[] = []
  const polygons: Region[] = []
  const fault: Tell = (at, rule, kind = "unread") => void faults.push({ path: at, rule, kind })
  if (geometry === null || geometry === undefined) fault(path, "has no geometry", "empty")
  else if (!isPlainObject(geometry)) fault(path, `must be a Polygon or MultiPolygon, got ${show(geometry)}`)
  else if (geometry.type === "GeometryCollection" && Array.isArray(geometry.geometries)) {
    readCollection(geometry.geometries, path, polygons, faults)
  } else if (geometry.type !== "Polygon" && geometry.type !== "MultiPolygon") fault(path, `must be a Polygon or MultiPolygon, got ${show(geometry.type)}`)
  else if (!Array.isArray(geometry.coordinates) || geometry.coordinates.length === 0) fault(path, "has no coordinates", Array.isArray(geometry.coordinates) ? "empty" : "unread")
  else if (isSparse(geometry.coordinates)) fault(path, "has coordinates that are a list with holes")
  else {
    const isOne = geometry.type === "Polygon"
    const parts: readonly unknown[] = isOne ? [geometry.coordinates] : Array.from(geometry.coordinates as readonly unknown[])
    parts.forEach((rings, p) => {
      const region = readPolygon(rings, isOne ? `${path}.coordinates` : `${path}.coordinates[${p}]`, fault)
      if (region.length > 0) polygons.push(region)
    })
  }
  return { polygons, faults }
}

/** Collections in collections, however deep: those that are open wait on a list. */
function readCollection(parts: readonly unknown[], path: string, polygons: Region[], faults: ShapeFault[]): void {
  const open = [{ parts, path, next: 0 }]
  for (let here = open.at(-1); here !== undefined; here = open.at(-1)) {
    if (here.next === here.parts.length || (here.next === 0 && isSparse(here.parts))) {
      if (here.next < here.parts.length) faults.push({ path: here.path, rule: "has geometries that are a list with holes", kind: "unread" })
      open.pop()
      continue
    }
    const [part, at] = [here.parts[here.next], `${here.path}.geometries[${here.next++}]`]
    if (isPlainObject(part) && part.type === "GeometryCollection" && Array.isArray(part.geometries)) {
      if (open.length === MAX_NESTING) faults.push({ path: at, rule: `is nested more than ${MAX_NESTING} deep`, kind: "unread" })
      else open.push({ parts: part.geometries, path: at, next: 0 })
      continue
    }
    const shape = readShape(part, at)
    for (const polygon of shape.polygons) polygons.push(polygon)
    for (const fault of shape.faults) faults.push(fault)
  }
}

type Tell = (at: string, rule: string, kind?: ShapeFault["kind"]) => void

function readPolygon(rings: unknown, path: string, fault: Tell): Region {
  if (!Array.isArray(rings) || rings.length === 0 || isSparse(rings)) {
    fault(path, Array.isArray(rings) && rings.length > 0 ? "is a list with holes" : "has no rings")
    return []
  }
  const outer = readRing(rings[0], `${path}[0]`, fault)
  if (outer.length === 0) {
    if (rings.length > 1) fault(path, `lost its outer ring, so that its ${formatCount(rings.length - 1, "hole")} had to be left out too`, "empty")
    return []
  }
  const holes = rings.slice(1).map((ring: unknown, h) => besides(readRing(ring, `${path}[${h + 1}]`, fault), outer))
  const pierced = holes.length > MANY_HOLES ? cutAtOnce(outer, holes) : null
  if (pierced !== null) return pierced
  let region = outer
  const work = { left: MOST_HOLE_WORK }
  for (let r = 1; r < rings.length; r++) {
    const hole = holes[r - 1]
    if (hole.length === 0) continue
    if (work.left <= 0) {
      const more = rings.length - 1 - r
      const also = more === 0 ? "" : `, like ${formatCount(more, "more ring")} after it`
      fault(`${path}[${r}]`, `is a hole that was left out${also}: the holes meet each other, or the border, too often to be followed`)
      break
    }
    const split = POLYGON_OPS.split(region, hole, work)
    if (split === null) fault(`${path}[${r}]`, "is a hole that cannot be cut out")
    else {
      const [cut, rest] = [regionSteps(split.both), regionSteps(split.onlyB)]
      if (rest > SLACK * outlineSteps(hole)) fault(`${path}[${r}]`, cut > rest ? "is a hole that reaches beyond its polygon, or into another hole" : "is a hole outside of its polygon, or inside another hole", "told")
      region = split.onlyA
    }
  }
  return region
}

/** A polygon without its holes, in one sweep; null where they overlap, reach beyond it, or cross too often: they are then cut out one by one. */
function cutAtOnce(outer: Region, holes: readonly Region[]): Region | null {
  const rings = holes.flat()
  if (findTangledOf([outer, rings]).length > 0 || findTangledOf(holes).length > 0) return null
  const [area, own] = [regionSteps(outer), regionSteps(rings)]
  const slack = SLACK * outlineSteps(rings)
  const [split, melted] = [POLYGON_OPS.split(outer, rings), merged(rings)]
  if (split === null || Math.abs(regionSteps(melted) - own) > slack) return null
  return Math.abs(regionSteps(split.both) - own) <= slack && Math.abs(regionSteps(split.onlyA) + own - area) <= slack ? split.onlyA : null
}

/** A hole in the turn of the globe in which its polygon is. */
function besides(hole: Region, outer: Region): Region {
  if (hole.length === 0) return hole
  const [a, b] = [boxOf(hole), boxOf(outer)]
  return moveEast(hole, Math.round((b.minX + b.maxX - a.minX - a.maxX) / 2 / TURN) * TURN)
}

/** What a ring encloses; nothing where it cannot be read. */
function readRing(ring: unknown, path: string, fault: Tell): Region {
  if (!Array.isArray(ring)) {
    fault(path, `must be an array of positions, got ${show(ring)}`)
    return []
  }
  const bad = ring.findIndex((position: unknown) => wrongWith(position) !== null)
  if (bad !== -1) {
    fault(`${path}[${bad}]`, wrongWith(ring[bad]) as string)
    return []
  }
  const positions = ring as readonly (readonly number[])[]
  const [first, last] = [positions[0], positions[positions.length - 1]]
  // 180 and -180 are one meridian
  const isClosed = positions.length > 1 && first[1] === last[1] && (first[0] - last[0]) % 360 === 0
  const line = unwrapRing(isClosed && first[0] === last[0] ? positions.slice(0, -1) : positions).filter((point, p, all) => p === 0 || point.x !== all[p - 1].x || point.y !== all[p - 1].y)
  if (line.length < 3) {
    fault(path, `needs 3 different positions or more, got ${formatCount(line.length, "position")}`, "empty")
    return []
  }
  if (isRingCrossing(positions)) fault(path, "has an edge of more than half a turn, and was read as crossing the antimeridian; where the long way was meant, divide the edge", "noted")
  if (!isClosed) fault(path, `is not closed: it must end where it begins, at ${show(first[0])}, ${show(first[1])}`, "told")
  if (findTangledOf([[line]], 0, true).length > 0) {
    fault(path, "crosses itself too often to be followed")
    return []
  }
  const region = evenOdd(line)
  const area = regionSteps(region)
  if (area <= 0) {
    fault(path, "encloses no area", "empty")
    return []
  }
  // a ring that crosses itself winds around some of its area twice, or backwards
  if (Math.abs(area - Math.abs(ringSteps(line))) > SLACK * outlineSteps([line])) fault(path, "crosses itself", "told")
  return region
}

function wrongWith(position: unknown): string | null {
  if (!Array.isArray(position) || position.length < 2) return `must be [longitude, latitude], got ${show(position)}`
  const [longitude, latitude] = position as unknown[]
  for (const value of [longitude, latitude]) if (typeof value !== "number" || !Number.isFinite(value)) return `must be two finite numbers, got ${show(value)}`
  if (Math.abs(latitude as number) > 90) return `has a latitude outside of -90 to 90, ${show(latitude)}${Math.abs(longitude as number) <= 90 ? " (longitude and latitude may be swapped)" : ""}`
  if (Math.abs(longitude as number) > MAX_LONGITUDE) return `has a longitude outside of -${MAX_LONGITUDE} to ${MAX_LONGITUDE}, ${show(longitude)}`
  return null
}

/** One warning for all rings that could be meant in another way. */
export function warnOfNoted(faults: readonly ShapeFault[]): Warning[] {
  const noted = faults.filter(({ kind }) => kind === "noted")
  if (noted.length === 0) return []
  const [{ path, rule }] = noted
  const more = noted.length === 1 ? "" : ` (and ${formatCount(noted.length - 1, "more ring")})`
  return [{ code: "antimeridian-crossed", path, message: `${path} ${rule}${more}` }]
}
