import { LOOKS_PER_CLIP, pointCount, POLYGON_OPS, type ClipWork, type Split } from "../../math/geo/polygon-ops.js"
import { boxesMeet, boxOf, hasEdgeIn, isInRegion, type Box, type Region } from "../../math/geo/region.js"
import { compareIds } from "../../model/compare-ids.js"
import { throwIssues } from "../../model/error.js"
import { issue, NOTHING } from "../../model/issue.js"
import { findPieces, isNoise, type Piece } from "./find-pieces.js"

/** A territory on the map of one call. */
export interface MappedTerritory {
  readonly id: string
  readonly region: Region
  readonly box: Box
}

/** An overlap: who is in it, and where. */
export interface Overlap extends Piece {
  /** Ascending. */
  readonly territoryIds: readonly string[]
}

/** Territories and a market against each other. */
export interface Overlay {
  readonly market: Region
  /** In the market: in one territory or more, in two or more, in none. */
  readonly covered: Region
  readonly twice: Region
  readonly gaps: Region
  readonly outside: Region
  /** In the market, in no territory, and in the box of one whose border could not be followed: nobody knows. */
  readonly undecided: Region
}

/**
 * What is covered how often: a few sweeps for any number of territories. O((n + crossings) log n).
 *
 * @param veiled boxes of territories that could not be clipped: what lies there and in no other is undecided, not a gap
 */
export function overlayShapes(territories: readonly MappedTerritory[], market: Region | null, veiled: Region): Overlay {
  const cover = POLYGON_OPS.cover(territories.map(({ region }) => region))
  if (cover === null) return failed("the territories", "each other")
  const known = veiled.length === 0 ? cover.once : joined(cover.once, veiled)
  const land = market ?? outlineOf(known)
  const { both: covered, onlyA: outside, onlyB } = splitOrThrow(cover.once, land, "the territories", "the market")
  const { both: twice } = splitOrThrow(cover.twice, land, "the overlaps", "the market")
  if (veiled.length === 0) return { market: land, covered, twice, gaps: onlyB, outside, undecided: [] }
  const { both: undecided, onlyA: gaps } = splitOrThrow(onlyB, veiled, "what has no territory", "undecided territories")
  return { market: land, covered, twice, gaps, outside, undecided }
}

function joined(a: Region, b: Region): Region {
  const cover = POLYGON_OPS.cover([a, b])
  return cover === null ? failed("the territories", "undecided territories") : cover.once
}

/** Everything inside of the outer rings. */
function outlineOf(region: Region): Region {
  const cover = POLYGON_OPS.cover(findOuter(region))
  return cover === null ? failed("the territories", "their outline") : cover.once
}

function findOuter(region: Region): Region[] {
  return findPieces(region).map((piece) => [piece.region[0]])
}

/** Overlaps by who is in them, and pieces for which the work did not suffice: in two or more of these territories. */
export interface NamedOverlaps {
  readonly overlaps: readonly Overlap[]
  /** Their territories are all that may be in them. */
  readonly unnamed: readonly Overlap[]
}

/**
 * Takes what is covered twice apart into pieces with one set of territories each: what only two territories come near to is theirs; else
 * those that enclose it are known by their points, and only those whose borders pass are clipped. The largest pieces come first, as long
 * as there is work. O(pieces * territories) comparisons of boxes.
 */
export function nameOverlaps(twice: Region, territories: readonly MappedTerritory[], work: ClipWork): NamedOverlaps {
  const overlaps: { readonly place: number; readonly parts: readonly Overlap[] }[] = []
  const unnamed: Overlap[] = []
  const pieces = findPieces(twice).map((piece, place) => ({ ...piece, place, box: boxOf(piece.region) }))
  for (const { place, box, region, km2 } of pieces.sort((a, b) => b.km2 - a.km2 || a.place - b.place)) {
    const near = territories.filter((territory) => boxesMeet(box, territory.box))
    if (near.length === 2) overlaps.push({ place, parts: [{ region, km2, territoryIds: idsOf(near) }] })
    else if (work.left <= 0) unnamed.push({ region, km2, territoryIds: idsOf(near) })
    else overlaps.push({ place, parts: facesOf(region, box, near, work).flatMap((face) => findPieces(face.region).map((part) => ({ ...part, territoryIds: face.territoryIds }))) })
  }
  return { overlaps: overlaps.sort((a, b) => a.place - b.place).flatMap(({ parts }) => parts), unnamed }
}

interface Face {
  readonly region: Region
  readonly territoryIds: readonly string[]
}

const idsOf = (territories: readonly MappedTerritory[]): readonly string[] => territories.map(({ id }) => id)

/** The parts of a piece that several territories have, by who has them. */
function facesOf(region: Region, box: Box, near: readonly MappedTerritory[], work: ClipWork): Face[] {
  const [{ x, y }] = region[0]
  const around: MappedTerritory[] = []
  const passing: MappedTerritory[] = []
  for (const territory of near) {
    work.left -= pointCount(territory.region) / LOOKS_PER_CLIP
    // without an edge in the box, all of the piece is inside, or all of it outside
    if (hasEdgeIn(territory.region, box)) passing.push(territory)
    else if (isInRegion(x, y, territory.region)) around.push(territory)
  }
  const all = (ids: readonly string[]): readonly string[] => [...idsOf(around), ...ids].sort(compareIds)
  if (around.length + passing.length === 2) return [{ region, territoryIds: all(idsOf(passing)) }]
  let faces: Face[] = [{ region, territoryIds: [] }]
  for (const territory of passing) {
    faces = faces.flatMap(({ region: face, territoryIds }) => {
      const { both, onlyA } = splitOrThrow(face, territory.region, "an overlap", `territory ${JSON.stringify(territory.id)}`, work)
      const inside = { region: both, territoryIds: [...territoryIds, territory.id] }
      // a face that is all inside, or all outside, is not cut by rounding
      if (isNoise(onlyA)) return isNoise(both) ? [] : [{ ...inside, region: face }]
      return isNoise(both) ? [{ region: face, territoryIds }] : [inside, { region: onlyA, territoryIds }]
    })
  }
  return faces.flatMap(({ region: face, territoryIds }) => (around.length + territoryIds.length > 1 ? [{ region: face, territoryIds: all(territoryIds) }] : []))
}

/** {@link PolygonOps.split}, or an error that names both. */
export function splitOrThrow(a: Region, b: Region, nameA: string, nameB: string, work?: ClipWork): Split {
  return POLYGON_OPS.split(a, b, work) ?? failed(nameA, nameB)
}

function failed(nameA: string, nameB: string): never {
  throwIssues([issue("polygons-failed", "territories", `cannot clip ${nameA} against ${nameB}: no method gave areas that add up`, NOTHING, "simplify them, or round them to 1e-6 degree")])
  throw new Error("unreachable")
}
