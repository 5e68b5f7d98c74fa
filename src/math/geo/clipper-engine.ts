import { ClipType, FillRule, PolyTree64, booleanOp, booleanOpWithPolyTree, type PolyPath64 } from "clipper2-ts"
import { STEPS_PER_DEGREE, TURN, type GridRing, type Region } from "./region.js"

/** Boolean operations on regions by clipper2-ts: whole numbers and exact predicates, a sweep of O((n + crossings) log n). */
export interface ClipEngine {
  readonly union: (a: Region, b: Region) => Region
  readonly intersection: (a: Region, b: Region) => Region
  readonly difference: (a: Region, b: Region) => Region
}

/** Around everything that a map of the globe can hold, for {@link doubled}. */
const FAR = 3 * TURN
const TALL = 180 * STEPS_PER_DEGREE

const clip = (kind: ClipType, rule: FillRule, a: Region, b: Region): Region => booleanOp(kind, a as GridRing[], b as GridRing[], rule)

/** {@link ClipEngine} of clipper2-ts. */
export const CLIPPER: ClipEngine = Object.freeze({
  union: (a: Region, b: Region): Region => clip(ClipType.Union, FillRule.Positive, a, b),
  intersection: (a: Region, b: Region): Region => clip(ClipType.Intersection, FillRule.Positive, a, b),
  difference: (a: Region, b: Region): Region => clip(ClipType.Difference, FillRule.Positive, a, b),
})

/** What a ring encloses an odd number of times, whichever way it runs: a ring that crosses itself becomes several. */
export function evenOdd(ring: GridRing): Region {
  return clip(ClipType.Union, FillRule.EvenOdd, [ring], [])
}

/** What is in at least one of the regions, which are given as the rings of all of them. */
export function merged(rings: Region): Region {
  return clip(ClipType.Union, FillRule.Positive, rings, [])
}

/**
 * What is in at least two of the regions, which are given as the rings of all of them: a frame around everything that runs the
 * other way takes one from every winding number, and what still winds is covered twice. One sweep for any number of regions.
 */
export function doubled(rings: Region): Region {
  const frame = [
    { x: -FAR, y: -TALL },
    { x: -FAR, y: TALL },
    { x: FAR, y: TALL },
    { x: FAR, y: -TALL },
  ]
  return clip(ClipType.Union, FillRule.Positive, [...rings, frame], [])
}

/**
 * A ring that runs clockwise, turned round, and the outer rings that lie in it directly: not those in holes of these.
 */
export interface NestedHole {
  readonly ring: GridRing
  readonly islands: readonly GridRing[]
}

/** The holes of a region with their islands, in no particular order: one sweep, however deep they nest. */
export function nestedHoles(region: Region): NestedHole[] {
  const holes: NestedHole[] = []
  const pending: PolyPath64[] = []
  const tree = treeOf(region)
  for (let c = 0; c < tree.count; c++) pending.push(tree.child(c))
  for (let outer = pending.pop(); outer !== undefined; outer = pending.pop()) {
    for (let h = 0; h < outer.count; h++) {
      const hole = outer.child(h)
      const islands: GridRing[] = []
      for (let i = 0; i < hole.count; i++) {
        islands.push(hole.child(i).poly as GridRing)
        pending.push(hole.child(i))
      }
      holes.push({ ring: [...(hole.poly as GridRing)].reverse(), islands })
    }
  }
  return holes
}

function treeOf(region: Region): PolyTree64 {
  const tree = new PolyTree64()
  booleanOpWithPolyTree(ClipType.Union, region as GridRing[], null, tree, FillRule.Positive)
  return tree
}

/** The connected pieces of a region, each an outer ring with its holes, in no particular order. */
export function piecesOf(region: Region): GridRing[][] {
  const tree = treeOf(region)
  const pieces: GridRing[][] = []
  const pending: PolyPath64[] = []
  for (let c = 0; c < tree.count; c++) pending.push(tree.child(c))
  for (let outer = pending.pop(); outer !== undefined; outer = pending.pop()) {
    const rings = [outer.poly as GridRing]
    for (let h = 0; h < outer.count; h++) {
      const hole = outer.child(h)
      rings.push(hole.poly as GridRing)
      for (let i = 0; i < hole.count; i++) pending.push(hole.child(i))
    }
    pieces.push(rings)
  }
  return pieces
}
