import { hypot } from "../exact/hypot.js"
import { sin } from "../exact/sin.js"
import { EARTH_RADIUS_KM } from "./sphere.js"

/** Grid steps per degree: 1e-7 degree is 1.1 cm, far below what any boundary is known to. */
export const STEPS_PER_DEGREE: number = 1e7
/** Grid steps around the globe. */
export const TURN: number = 360 * STEPS_PER_DEGREE

/** A place on the grid of 1e-7 degree: x east, y north, whole numbers; x may run beyond half a turn. */
export interface GridPoint {
  x: number
  y: number
}

/** A closed ring, its first point not repeated. */
export type GridRing = GridPoint[]

/**
 * A part of the globe: rings whose edges are straight in longitude and latitude (RFC 7946), outer ones counterclockwise, holes
 * clockwise, no two crossing. The empty region has no rings.
 */
export type Region = readonly GridRing[]

/** A rectangle on the grid. */
export interface Box {
  readonly minX: number
  readonly minY: number
  readonly maxX: number
  readonly maxY: number
}

const RADIANS = Math.PI / 180 / STEPS_PER_DEGREE

/**
 * The signed area of a ring on the sphere of {@link EARTH_RADIUS_KM}, km2: positive counterclockwise. Exact to rounding for edges
 * straight in longitude and latitude: the area between an edge and the equator is the integral of sin(latitude) over longitude,
 * which for a linear latitude is dLon * sin(mid latitude) * sin(h) / h with h half the difference of latitude. O(points).
 */
export function ringKm2(ring: GridRing): number {
  if (ring.length === 0) return 0
  // measured from the first point's parallel instead of the equator, so that small rings keep their digits
  const base = sin(ring[0].y * RADIANS)
  let sum = 0
  for (let p = 0, q = ring.length - 1; p < ring.length; q = p++) {
    const { x, y } = ring[p]
    const half = ((y - ring[q].y) * RADIANS) / 2
    const middle = sin(((y + ring[q].y) * RADIANS) / 2) * (Math.abs(half) < 1e-4 ? 1 - (half * half) / 6 : sin(half) / half)
    sum -= (x - ring[q].x) * RADIANS * (middle - base)
  }
  return sum * EARTH_RADIUS_KM * EARTH_RADIUS_KM
}

/** The area of a region on the sphere, km2; see {@link ringKm2}. O(points). */
export function regionKm2(region: Region): number {
  let sum = 0
  for (const ring of region) sum += ringKm2(ring)
  return sum
}

/** The signed area of a ring on the grid, in squares of a step: positive counterclockwise. O(points). */
export function ringSteps(ring: GridRing): number {
  let sum = 0
  for (let p = 2; p < ring.length; p++) {
    const [a, b, c] = [ring[0], ring[p - 1], ring[p]]
    sum += (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)
  }
  return sum / 2
}

/** The area of a region on the grid, in squares of a step. O(points). */
export function regionSteps(region: Region): number {
  let sum = 0
  for (const ring of region) sum += ringSteps(ring)
  return sum
}

/** The length of all rings on the grid, in steps. O(points). */
export function outlineSteps(region: Region): number {
  let sum = 0
  for (const ring of region) for (let p = 0, q = ring.length - 1; p < ring.length; q = p++) sum += hypot(ring[p].x - ring[q].x, ring[p].y - ring[q].y)
  return sum
}

/** The smallest rectangle around a region; turned inside out (and touching nothing) for the empty one. O(points). */
export function boxOf(region: Region): Box {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const ring of region) {
    for (const { x, y } of ring) {
      if (x < minX) minX = x
      if (x > maxX) maxX = x
      if (y < minY) minY = y
      if (y > maxY) maxY = y
    }
  }
  return { minX, minY, maxX, maxY }
}

/** Whether two rectangles share more than an edge. */
export function boxesMeet(a: Box, b: Box): boolean {
  return a.minX < b.maxX && b.minX < a.maxX && a.minY < b.maxY && b.minY < a.maxY
}

/** Whether the box of any edge touches a rectangle: without, no border of the region is in it. O(points). */
export function hasEdgeIn(region: Region, { minX, minY, maxX, maxY }: Box): boolean {
  return region.some((ring) =>
    ring.some((point, p) => {
      const before = ring[p === 0 ? ring.length - 1 : p - 1]
      return Math.max(point.x, before.x) >= minX && Math.min(point.x, before.x) <= maxX && Math.max(point.y, before.y) >= minY && Math.min(point.y, before.y) <= maxY
    }),
  )
}

/**
 * Whether a place lies in a region. A place on a border between two regions with the same corners is in exactly one of them:
 * the crossing rule is half open. O(points).
 */
export function isInRegion(x: number, y: number, region: Region): boolean {
  let inside = false
  for (const ring of region) {
    for (let p = 0, q = ring.length - 1; p < ring.length; q = p++) {
      // always from the lower end, so that both sides of a border compute the same
      const [low, high] = ring[p].y < ring[q].y ? [ring[p], ring[q]] : [ring[q], ring[p]]
      if (low.y <= y && y < high.y && x < low.x + ((y - low.y) / (high.y - low.y)) * (high.x - low.x)) inside = !inside
    }
  }
  return inside
}

/** A region moved east by whole turns. */
export function moveEast(region: Region, steps: number): Region {
  return steps === 0 ? region : region.map((ring) => ring.map(({ x, y }) => ({ x: x + steps, y })))
}
