import type { MultiPolygon, Polygon, Position } from "geojson"
import { CLIPPER, piecesOf } from "./clipper-engine.js"
import { boxOf, moveEast, STEPS_PER_DEGREE, TURN, type GridRing, type Region } from "./region.js"

const HALF = TURN / 2
const POLE = 90 * STEPS_PER_DEGREE

/**
 * A region as GeoJSON by RFC 7946: outer rings counterclockwise, cut at the antimeridian, longitudes within half a turn; pieces from
 * west to east, then south to north. An empty region is a MultiPolygon without polygons. O(n log n).
 */
export function regionGeometry(region: Region): Polygon | MultiPolygon {
  const polygons = cutAtAntimeridian(region)
    .flatMap(piecesOf)
    .map((rings) => ({ rings, box: boxOf(rings) }))
    .sort((a, b) => a.box.minX - b.box.minX || a.box.minY - b.box.minY || a.box.maxX - b.box.maxX || a.box.maxY - b.box.maxY)
    .map(({ rings }) => rings.map(toPositions))
  return polygons.length === 1 ? { type: "Polygon", coordinates: polygons[0] } : { type: "MultiPolygon", coordinates: polygons }
}

/**
 * Many pieces as one MultiPolygon, each an outer ring with its holes: what {@link regionGeometry} would take apart
 * again. In their order. O(points).
 */
export function piecesGeometry(pieces: readonly Region[]): MultiPolygon {
  const coordinates = pieces.flatMap((piece) => {
    const { minX, maxX } = boxOf(piece)
    const turn = Math.floor((minX + HALF) / TURN)
    if (maxX <= turn * TURN + HALF) return [moveEast(piece, -turn * TURN).map(toPositions)]
    const geometry = regionGeometry(piece)
    return geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates
  })
  return { type: "MultiPolygon", coordinates }
}

/** The parts of a region in each turn of the globe, moved to the turn of Greenwich. */
function cutAtAntimeridian(region: Region): Region[] {
  const { minX, maxX } = boxOf(region)
  const parts: Region[] = []
  for (let turn = Math.floor((minX + HALF) / TURN); turn * TURN - HALF < maxX; turn++) {
    const moved = moveEast(region, -turn * TURN)
    const isWhole = minX >= turn * TURN - HALF && maxX <= turn * TURN + HALF
    parts.push(isWhole ? moved : CLIPPER.intersection(moved, rectangle(-HALF, -POLE, HALF, POLE)))
  }
  return parts
}

/** A rectangle as a region. */
export function rectangle(minX: number, minY: number, maxX: number, maxY: number): Region {
  return [[{ x: minX, y: minY }, { x: maxX, y: minY }, { x: maxX, y: maxY }, { x: minX, y: maxY }]]
}

/** Closed, and from its most southwestern corner on, whatever the clipper began with. */
function toPositions(ring: GridRing): Position[] {
  let start = 0
  for (let p = 1; p < ring.length; p++) if (ring[p].x < ring[start].x || (ring[p].x === ring[start].x && ring[p].y < ring[start].y)) start = p
  return Array.from({ length: ring.length + 1 }, (_, p) => {
    const { x, y } = ring[(start + p) % ring.length]
    // adding 0 makes -0 the same as 0
    return [x / STEPS_PER_DEGREE + 0, y / STEPS_PER_DEGREE + 0]
  })
}

/**
 * A place inside of a region: in the middle of its widest stretch on a parallel half way up. Never on a border where the region is
 * wider than a step. O(points log points).
 *
 * @returns degrees, longitude in [-180, 180)
 */
export function placeInside(region: Region): { longitude: number; latitude: number } {
  const { minY, maxY } = boxOf(region)
  // corners have whole numbers: half a step off, the parallel meets none
  const y = Math.floor((minY + maxY) / 2) + 0.5
  const crossings: number[] = []
  for (const ring of region) {
    for (let p = 0, q = ring.length - 1; p < ring.length; q = p++) {
      if (ring[p].y > y !== ring[q].y > y) crossings.push(ring[p].x + ((y - ring[p].y) / (ring[q].y - ring[p].y)) * (ring[q].x - ring[p].x))
    }
  }
  crossings.sort((a, b) => a - b)
  let [x, widest] = [crossings[0] ?? 0, -1]
  for (let c = 0; c + 1 < crossings.length; c += 2) {
    const width = crossings[c + 1] - crossings[c]
    if (width > widest) [x, widest] = [crossings[c] + width / 2, width]
  }
  return { longitude: (x - Math.floor((x + HALF) / TURN) * TURN) / STEPS_PER_DEGREE + 0, latitude: y / STEPS_PER_DEGREE + 0 }
}
