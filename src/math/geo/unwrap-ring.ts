import { STEPS_PER_DEGREE, TURN, type GridPoint, type GridRing } from "./region.js"

const HALF = TURN / 2
const POLE = 90 * STEPS_PER_DEGREE

/** Whether a ring has an edge of more than half a turn and less than a whole one, which {@link unwrapRing} takes the other way round. O(positions). */
export function isRingCrossing(positions: readonly (readonly number[])[]): boolean {
  return positions.some(([longitude], p) => {
    const degrees = Math.abs(longitude - positions[p === 0 ? positions.length - 1 : p - 1][0])
    return degrees > 180 && degrees !== 360
  })
}

/**
 * Puts a ring of [longitude, latitude] in degrees onto the grid as one continuous line, also where it crosses the antimeridian:
 * an edge of more than half a turn goes the other way round. One of exactly a turn stays where no other edge is too long: that is
 * the edge of a map of the world. A ring that goes around a pole is closed along the meridian and the pole that is nearer to it on
 * average. The first position must not be repeated at the end. O(positions).
 *
 * @returns points in the order of the ring; x runs beyond half a turn where it must
 */
export function unwrapRing(positions: readonly (readonly number[])[]): GridRing {
  const points = positions.map(([longitude, latitude]): GridPoint => ({ x: Math.round(longitude * STEPS_PER_DEGREE), y: Math.round(latitude * STEPS_PER_DEGREE) }))
  const n = points.length
  if (!isRingCrossing(positions)) return points
  let x = points[0].x
  const line = points.map((point, p): GridPoint => {
    if (p > 0) x += shortest(point.x - points[p - 1].x)
    return { x, y: point.y }
  })
  const turned = x + shortest(points[0].x - points[n - 1].x) - points[0].x
  if (Math.abs(turned) < HALF) return line
  // around a pole: on to the first point a turn later, up its meridian, back along the pole
  const pole = line.reduce((sum, point) => sum + point.y, 0) >= 0 ? POLE : -POLE
  return [...line, { x: line[0].x + turned, y: line[0].y }, { x: line[0].x + turned, y: pole }, { x: line[0].x, y: pole }]
}

function shortest(steps: number): number {
  const rest = steps % TURN
  return rest > HALF ? rest - TURN : rest < -HALF ? rest + TURN : rest
}
