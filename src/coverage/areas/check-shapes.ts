import { piecesOf, merged } from "../../math/geo/clipper-engine.js"
import { boxesMeet, boxOf, regionKm2, type Region } from "../../math/geo/region.js"
import { placeInside } from "../../math/geo/region-geometry.js"
import { formatCount } from "../../model/format-amount.js"
import type { Finding } from "../finding.js"
import { quoteAll } from "../word-finding.js"
import { collectDrawn, compareDrawn, type DrawnFinding } from "./collect-drawn.js"
import { areaFinding, tellKm2 } from "./area-findings.js"
import { placeOnMap, stakeOf, type AccountsOnMap, type ReadPlaces, type Stake } from "./accounts-on-map.js"
import type { AreaCoverageResult } from "./area-result.js"
import { describeWorst, gatherRest, type FoundPiece } from "./describe-worst.js"
import { findHoles } from "./find-holes.js"
import { findPieces, type Piece } from "./find-pieces.js"
import { frameOf, placeInFrame } from "./map-frame.js"
import { nameOverlaps, overlayShapes, splitOrThrow, type MappedTerritory } from "./overlay-shapes.js"
import { placeTerritories } from "./place-territories.js"
import { warnOfNoted } from "./read-shape.js"
import type { DrawnTerritory } from "./read-territory-shapes.js"
import { wordGap, wordHole, wordMoreGaps, wordMoreHoles, wordMoreOverlaps, wordOpenHoles, wordOverlap, wordUndecided, wordUnnamed } from "./word-area-findings.js"

/** Points that may be clipped beyond the sweeps over all territories: some seconds. */
const MOST_CLIP_WORK = 2_000_000

/** Checks territories that are polygons; everything has been read. */
export function checkShapes(drawn: readonly DrawnTerritory[], marketPolygons: readonly Region[] | null, places: ReadPlaces, { sliverKm2, maxFindings }: ShapeLimits): AreaCoverageResult {
  // one map
  const frame = frameOf([...drawn.flatMap(({ polygons }) => polygons), ...(marketPolygons ?? [])])
  const accounts = placeOnMap(places, frame)
  const market = marketPolygons === null ? null : placeInFrame(marketPolygons, frame)
  const { decided: territories, undecided } = placeTerritories(drawn, market, frame)
  const overlay = overlayShapes(territories, market, merged(undecided.flatMap(({ veil }) => veil)))

  // what is wrong; whoever waits for work gets what the others left
  const work = { left: MOST_CLIP_WORK }
  const named = nameOverlaps(overlay.twice, territories, work)
  const gaps = findPieces(overlay.gaps).map((piece) => ({ ...piece, territoryIds: NOBODY }))
  const { holes, openCount } = findHoles(territories, overlay.market, sliverKm2, work)
  const isLarge = ({ km2 }: Piece): boolean => km2 >= sliverKm2
  const withRows = <P extends Piece>(pieces: readonly P[]): (P & FoundPiece)[] => pieces.map((piece) => ({ ...piece, rows: accounts.inside(piece.region) }))
  const [largeOverlaps, largeGaps, unnamed] = [named.overlaps, gaps, named.unnamed].map((pieces) => withRows(pieces.filter(isLarge)))
  const foundHoles = withRows(holes.map((hole) => ({ ...hole, km2: regionKm2(hole.region) })))
  const slivers = [[...named.overlaps, ...named.unnamed], gaps].flatMap((pieces) => groupSlivers(pieces.filter((piece) => !isLarge(piece)), sliverKm2, accounts))
  const { measures } = accounts
  const nothing = { accountCount: 0, severity: {} }
  const found: DrawnFinding[] = [
    ...describeWorst(largeOverlaps, maxFindings, measures, wordOverlap, wordMoreOverlaps),
    ...(unnamed.length === 0 ? [] : [wordUnnamed(gatherRest(unnamed, "piece", measures))]),
    ...describeWorst(largeGaps, maxFindings, measures, wordGap, wordMoreGaps),
    ...describeWorst(foundHoles, maxFindings, measures, wordHole, wordMoreHoles),
    ...(openCount === 0 ? [] : [wordOpenHoles(openCount, stakeOf([], measures))]),
    ...slivers.map((finding): DrawnFinding => ({ finding, region: [], ...nothing })),
    ...undecided.map((one): DrawnFinding => ({ finding: wordUndecided(one, stakeOf(accounts.inside(one.veil), measures)), region: [], ...nothing })),
    ...drawn.flatMap((territory) => tellFaults(territory, stakeOf([], measures))).map((finding): DrawnFinding => ({ finding, region: [], ...nothing })),
  ].sort(compareDrawn)

  // figures
  const [covered, twice] = [regionKm2(overlay.covered), regionKm2(overlay.twice)]
  const invalidCount = found.filter(({ finding }) => finding.code === "area-invalid").length
  const overlapCount = largeOverlaps.length + unnamed.length
  return {
    complete: largeGaps.length === 0 && undecided.length === 0,
    exclusive: overlapCount === 0 && undecided.length === 0,
    findings: found.map(({ finding }) => finding),
    overlaps: collectDrawn(found, "area-overlap"),
    gaps: collectDrawn(found, "area-gap"),
    holes: collectDrawn(found, "area-hole"),
    territories: areasOf(territories, overlay.outside),
    summary: {
      territoryCount: drawn.length,
      marketKm2: regionKm2(overlay.market),
      coveredOnceKm2: covered - twice,
      overlapKm2: twice,
      gapKm2: regionKm2(overlay.gaps),
      undecidedKm2: regionKm2(overlay.undecided),
      outsideKm2: regionKm2(overlay.outside),
      overlapCount,
      gapCount: largeGaps.length,
      holeCount: holes.length + openCount,
      sliverCount: named.overlaps.length + named.unnamed.length + gaps.length - overlapCount - largeGaps.length,
      invalidCount,
      undecidedCount: undecided.length,
    },
    warnings: [...warnOfNoted(drawn.flatMap(({ faults }) => faults)), ...accounts.warnings],
  }
}

/** Where words end. */
export interface ShapeLimits {
  readonly sliverKm2: number
  readonly maxFindings: number
}

const NOBODY: readonly string[] = Object.freeze([])

/** The areas of territories, whole and within the market; most lie in it, whole. */
function areasOf(territories: readonly MappedTerritory[], outside: Region): AreaCoverageResult["territories"][number][] {
  const pieces = outside.length === 0 ? [] : piecesOf(outside).map((region) => ({ region, box: boxOf(region) }))
  return territories.map(({ id, region, box }) => {
    const areaKm2 = regionKm2(region)
    const near = pieces.filter((piece) => boxesMeet(piece.box, box)).flatMap((piece) => piece.region)
    const beyond = near.length === 0 ? 0 : regionKm2(splitOrThrow(region, near, `territory ${JSON.stringify(id)}`, "the market").both)
    return { id, areaKm2, inMarketKm2: areaKm2 - beyond }
  })
}

/** One finding for all slivers of one set of territories. */
function groupSlivers(pieces: readonly (Piece & { readonly territoryIds: readonly string[] })[], sliverKm2: number, accounts: AccountsOnMap): Finding[] {
  const groups = new Map<string, { territoryIds: readonly string[]; pieces: Piece[] }>()
  for (const piece of pieces) {
    const key = JSON.stringify(piece.territoryIds)
    const group = groups.get(key) ?? { territoryIds: piece.territoryIds, pieces: [] }
    groups.set(key, group)
    group.pieces.push(piece)
  }
  return [...groups.values()].map(({ territoryIds, pieces: own }) => {
    const km2 = own.reduce((sum, piece) => sum + piece.km2, 0)
    const what = territoryIds.length === 0 ? `${formatCount(own.length, "sliver")} without a territory` : `${formatCount(own.length, "sliver")} in ${territoryIds.length} territories (${quoteAll(territoryIds)})`
    const rows = [...new Set(own.flatMap((piece) => accounts.inside(piece.region)))]
    const largest = own.reduce((most, piece) => (piece.km2 > most.km2 ? piece : most))
    const { longitude, latitude } = placeInside(largest.region)
    const message = `${what}, each smaller than ${tellKm2(sliverKm2)}, ${tellKm2(km2)} in all, the largest near ${longitude.toFixed(4)}, ${latitude.toFixed(4)}.`
    return areaFinding({ code: "area-sliver", territoryIds, areaKm2: km2, ...stakeOf(rows, accounts.measures) }, message, "Draw the common border once, and use it on both sides.")
  })
}

function tellFaults({ id, faults }: DrawnTerritory, nothing: Stake): Finding[] {
  return faults.filter(({ kind }) => kind !== "noted").map(({ path, rule, kind }) =>
    areaFinding({ code: "area-invalid", territoryIds: [id], areaKm2: null, ...nothing }, `Territory ${JSON.stringify(id)}: ${path} ${rule}; it is ${kind === "told" ? "read as well as can be" : "left out"}.`, kind === "told" ? "Repair it, so that every program reads the same." : "Repair it, or remove it."),
  )
}
