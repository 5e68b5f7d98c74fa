import { POLYGON_OPS, type Split } from "../../math/geo/polygon-ops.js"
import { boxesMeet, boxOf, type Box, type Region } from "../../math/geo/region.js"
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
}

/** What is covered how often: a few sweeps for any number of territories. O((n + crossings) log n). */
export function overlayShapes(territories: readonly MappedTerritory[], market: Region | null): Overlay {
  const cover = POLYGON_OPS.cover(territories.map(({ region }) => region))
  if (cover === null) return failed("the territories", "each other")
  const land = market ?? outlineOf(cover.once)
  const { both: covered, onlyA: outside, onlyB: gaps } = splitOrThrow(cover.once, land, "the territories", "the market")
  const { both: twice } = splitOrThrow(cover.twice, land, "the overlaps", "the market")
  return { market: land, covered, twice, gaps, outside }
}

/** Everything inside of the outer rings. */
function outlineOf(region: Region): Region {
  const cover = POLYGON_OPS.cover(findOuter(region))
  return cover === null ? failed("the territories", "their outline") : cover.once
}

function findOuter(region: Region): Region[] {
  return findPieces(region).map((piece) => [piece.region[0]])
}

/**
 * Takes what is covered twice apart into pieces with one set of territories each. O(pieces * territories) comparisons of boxes, and
 * a clip for each pair of a piece and a territory that meet.
 */
export function nameOverlaps(twice: Region, territories: readonly MappedTerritory[]): Overlap[] {
  return findPieces(twice).flatMap((piece) => {
    const box = boxOf(piece.region)
    let faces: { region: Region; territoryIds: readonly string[] }[] = [{ region: piece.region, territoryIds: [] }]
    for (const territory of territories) {
      if (!boxesMeet(box, territory.box)) continue
      faces = faces.flatMap(({ region, territoryIds }) => {
        const { both, onlyA } = splitOrThrow(region, territory.region, "an overlap", `territory ${JSON.stringify(territory.id)}`)
        const inside = { region: both, territoryIds: [...territoryIds, territory.id] }
        // a face that is all inside, or all outside, is not cut by rounding
        if (isNoise(onlyA)) return isNoise(both) ? [] : [{ ...inside, region }]
        return isNoise(both) ? [{ region, territoryIds }] : [inside, { region: onlyA, territoryIds }]
      })
    }
    return faces.filter(({ territoryIds }) => territoryIds.length > 1).flatMap(({ region, territoryIds }) => findPieces(region).map((part) => ({ ...part, territoryIds })))
  })
}

/** {@link PolygonOps.split}, or an error that names both. */
export function splitOrThrow(a: Region, b: Region, nameA: string, nameB: string): Split {
  return POLYGON_OPS.split(a, b) ?? failed(nameA, nameB)
}

function failed(nameA: string, nameB: string): never {
  throwIssues([issue("polygons-failed", "territories", `cannot clip ${nameA} against ${nameB}: no method gave areas that add up`, NOTHING, "simplify them, or round them to 1e-6 degree")])
  throw new Error("unreachable")
}
