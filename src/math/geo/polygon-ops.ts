import { CLIPPER, doubled, merged, type ClipEngine } from "./clipper-engine.js"
import { boxesMeet, boxOf, hasEdgeIn, isInRegion, outlineSteps, regionSteps, type GridRing, type Region } from "./region.js"
import { TURF } from "./turf-engine.js"

/** Two regions against each other. */
export interface Split {
  readonly both: Region
  readonly onlyA: Region
  readonly onlyB: Region
}

/** What may still be done, in points that are clipped; whoever pays for an operation stops where nothing is left. */
export interface ClipWork {
  left: number
}

/** Several regions on top of each other. */
export interface Cover {
  /** In one region or more. */
  readonly once: Region
  /** In two regions or more. */
  readonly twice: Region
}

/**
 * Union, intersection and difference of regions: the only door to the clipping libraries. No result is believed unchecked: areas
 * must add up, within what rounding to the grid can do. Where one does not, or a library throws, the next rung of a ladder is
 * tried: clipper2-ts on the grid of 1e-7 degree, then on that of 1e-6, then @turf on 1e-7.
 */
export interface PolygonOps {
  /** Both, and what is in one only; null where no rung gave areas that add up. Pays with its work. */
  readonly split: (a: Region, b: Region, work?: ClipWork) => Split | null
  /** What regions cover once and twice; null as above. */
  readonly cover: (regions: readonly Region[]) => Cover | null
}

/** Steps of a grid of 1e-6 degree. */
const COARSE = 10
/** How far an edge may move by rounding, in steps: its ends to the grid, and the crossings on it. */
const SLACK = 2

/** Looking at so many points takes as long as clipping one. */
export const LOOKS_PER_CLIP = 100

interface Rung {
  readonly engine: ClipEngine
  readonly grid: number
}

/** The ladder that {@link PolygonOps} climbs. */
export const LADDER: readonly Rung[] = Object.freeze([
  { engine: CLIPPER, grid: 1 },
  { engine: CLIPPER, grid: COARSE },
  { engine: TURF, grid: 1 },
])

/** Makes {@link PolygonOps} from a ladder; tests give it one with broken rungs. */
export function climbLadder(ladder: readonly Rung[]): PolygonOps {
  return {
    split: (a, b, work) => {
      const [boxA, boxB] = [boxOf(a), boxOf(b)]
      const points = work === undefined ? 0 : pointCount(a) + pointCount(b)
      if (work !== undefined) work.left -= points / LOOKS_PER_CLIP
      if (!boxesMeet(boxA, boxB)) return { both: [], onlyA: a, onlyB: b }
      // one in whose box the other has no edge is all inside of it, or all outside
      if (!hasEdgeIn(b, boxA)) return isInRegion(a[0][0].x, a[0][0].y, b) ? { both: a, onlyA: [], onlyB: [...b, ...a.map(turnRound)] } : { both: [], onlyA: a, onlyB: b }
      if (!hasEdgeIn(a, boxB)) return isInRegion(b[0][0].x, b[0][0].y, a) ? { both: b, onlyA: [...a, ...b.map(turnRound)], onlyB: [] } : { both: [], onlyA: a, onlyB: b }
      if (work !== undefined) work.left -= points
      return firstSound(ladder, ({ engine, grid }) => {
        const [left, right] = [snap(a, grid), snap(b, grid)]
        const split = { both: engine.intersection(left, right), onlyA: engine.difference(left, right), onlyB: engine.difference(right, left) }
        const slack = SLACK * grid * (outlineSteps(a) + outlineSteps(b))
        const both = regionSteps(split.both)
        const offA = Math.abs(both + regionSteps(split.onlyA) - regionSteps(a))
        const offB = Math.abs(both + regionSteps(split.onlyB) - regionSteps(b))
        return both >= -slack && offA <= slack && offB <= slack ? split : null
      })
    },
    cover: (regions) => {
      const total = regions.reduce((sum, region) => sum + regionSteps(region), 0)
      const outline = regions.reduce((sum, region) => sum + outlineSteps(region), 0)
      const largest = regions.reduce((most, region) => Math.max(most, regionSteps(region)), 0)
      return firstSound(ladder, ({ engine, grid }) => {
        const snapped = regions.map((region) => snap(region, grid))
        const cover = engine === CLIPPER ? { once: merged(snapped.flat()), twice: doubled(snapped.flat()) } : coverByPairs(snapped, engine)
        const slack = SLACK * grid * outline
        const [once, twice] = [regionSteps(cover.once), regionSteps(cover.twice)]
        // once + twice is the total where nothing lies in three regions, and less where something does
        const most = total - once - twice
        const isSound = once >= largest - slack && twice >= -slack && twice <= once + slack && most >= -slack && most <= Math.max(0, regions.length - 2) * Math.max(0, twice) + slack
        return isSound ? cover : null
      })
    },
  }
}

/** The operations that everything uses. */
export const POLYGON_OPS: PolygonOps = Object.freeze(climbLadder(LADDER))

function firstSound<T>(ladder: readonly Rung[], attempt: (rung: Rung) => T | null): T | null {
  for (const rung of ladder) {
    try {
      const result = attempt(rung)
      if (result !== null) return result
    } catch {
      // the next rung
    }
  }
  return null
}

/** How many points the rings of a region have. */
export const pointCount = (region: Region): number => region.reduce((sum, ring) => sum + ring.length, 0)

const turnRound = (ring: GridRing): GridRing => [...ring].reverse()

function snap(region: Region, grid: number): Region {
  return grid === 1 ? region : region.map((ring) => ring.map(({ x, y }) => ({ x: Math.round(x / grid) * grid, y: Math.round(y / grid) * grid })))
}

function coverByPairs(regions: readonly Region[], engine: ClipEngine): Cover {
  let [once, twice]: [Region, Region] = [[], []]
  for (const region of regions) {
    twice = engine.union(twice, engine.intersection(once, region))
    once = engine.union(once, region)
  }
  return { once, twice }
}
