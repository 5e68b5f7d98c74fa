import { boxOf, regionKm2, type Region } from "../../math/geo/region.js"
import { placeInside } from "../../math/geo/region-geometry.js"
import { formatCount } from "../../model/format-amount.js"
import type { Finding } from "../finding.js"
import { quoteAll } from "../word-finding.js"
import { collectDrawn, type DrawnFinding } from "./collect-drawn.js"
import { areaFinding, compareAreaFindings, tellKm2, tellPiece } from "./area-findings.js"
import { placeOnMap, stakeOf, type AccountsOnMap, type ReadPlaces, type Stake } from "./accounts-on-map.js"
import type { AreaCoverageResult } from "./area-result.js"
import { findHoles } from "./find-holes.js"
import { findPieces, type Piece } from "./find-pieces.js"
import { frameOf, placeInFrame } from "./map-frame.js"
import { nameOverlaps, overlayShapes, splitOrThrow, type MappedTerritory } from "./overlay-shapes.js"
import { warnOfNoted } from "./read-shape.js"
import type { DrawnTerritory } from "./read-territory-shapes.js"

/** Checks territories that are polygons; everything has been read. */
export function checkShapes(drawn: readonly DrawnTerritory[], marketPolygons: readonly Region[] | null, places: ReadPlaces, sliverKm2: number): AreaCoverageResult {
  // one map
  const frame = frameOf([...drawn.flatMap(({ polygons }) => polygons), ...(marketPolygons ?? [])])
  const accounts = placeOnMap(places, frame)
  const territories = drawn.map(({ id, polygons }): MappedTerritory => {
    const region = placeInFrame(polygons, frame)
    return { id, region, box: boxOf(region) }
  })
  const overlay = overlayShapes(territories, marketPolygons === null ? null : placeInFrame(marketPolygons, frame))

  // what is wrong
  const stake = (region: Region): Stake => stakeOf(accounts.inside(region), accounts.measures)
  const overlaps = nameOverlaps(overlay.twice, territories)
  const gaps = findPieces(overlay.gaps)
  const holes = findHoles(territories, overlay.market, sliverKm2)
  const isLarge = ({ km2 }: Piece): boolean => km2 >= sliverKm2
  const slivers = [
    ...groupSlivers(overlaps.filter((piece) => !isLarge(piece)), sliverKm2, accounts),
    ...groupSlivers(gaps.filter((piece) => !isLarge(piece)).map((piece) => ({ ...piece, territoryIds: [] })), sliverKm2, accounts),
  ]
  const found: DrawnFinding[] = [
    ...overlaps.filter(isLarge).map(({ region, km2, territoryIds }): DrawnFinding => {
      const own = stake(region)
      const message = `${tellPiece(km2, placeInside(region), own)} is in ${territoryIds.length} territories: ${quoteAll(territoryIds)}.`
      return { ...own, region, finding: areaFinding({ code: "area-overlap", territoryIds, areaKm2: km2, ...own }, message, "Draw one border there for all of them, or declare the others an overlay.") }
    }),
    ...gaps.filter(isLarge).map(({ region, km2 }): DrawnFinding => {
      const own = stake(region)
      return { ...own, region, finding: areaFinding({ code: "area-gap", areaKm2: km2, ...own }, `${tellPiece(km2, placeInside(region), own)} has no territory.`, "Extend a neighboring territory over it, or leave it out of the market.") }
    }),
    ...holes.map(({ encloser, insiders, region }): DrawnFinding => {
      const own = stake(region)
      const km2 = regionKm2(region)
      const whose = insiders.length === 0 ? "belongs to nobody" : `belongs to ${quoteAll(insiders)}`
      const message = `${tellPiece(km2, placeInside(region), own)} is enclosed by territory ${JSON.stringify(encloser)} and ${whose}.`
      return { ...own, region, finding: areaFinding({ code: "area-hole", territoryIds: [encloser, ...insiders].sort(), areaKm2: km2, ...own }, message, `Give it to ${JSON.stringify(encloser)}, or open a way to it.`) }
    }),
    ...slivers.map((finding): DrawnFinding => ({ finding, region: [], accountCount: 0, severity: {} })),
    ...drawn.flatMap((territory) => tellFaults(territory, stakeOf([], accounts.measures))).map((finding): DrawnFinding => ({ finding, region: [], accountCount: 0, severity: {} })),
  ].sort((a, b) => compareAreaFindings(a.finding, b.finding))

  // figures
  const [covered, twice] = [regionKm2(overlay.covered), regionKm2(overlay.twice)]
  const count = (code: Finding["code"]): number => found.filter(({ finding }) => finding.code === code).length
  return {
    complete: count("area-gap") === 0,
    exclusive: count("area-overlap") === 0,
    findings: found.map(({ finding }) => finding),
    overlaps: collectDrawn(found, "area-overlap"),
    gaps: collectDrawn(found, "area-gap"),
    holes: collectDrawn(found, "area-hole"),
    territories: territories.map(({ id, region }) => {
      const areaKm2 = regionKm2(region)
      // most territories lie in the market, whole
      const beyond = overlay.outside.length === 0 ? 0 : regionKm2(splitOrThrow(region, overlay.outside, `territory ${JSON.stringify(id)}`, "the market").both)
      return { id, areaKm2, inMarketKm2: areaKm2 - beyond }
    }),
    summary: {
      territoryCount: territories.length,
      marketKm2: regionKm2(overlay.market),
      coveredOnceKm2: covered - twice,
      overlapKm2: twice,
      gapKm2: regionKm2(overlay.gaps),
      outsideKm2: regionKm2(overlay.outside),
      overlapCount: count("area-overlap"),
      gapCount: count("area-gap"),
      holeCount: count("area-hole"),
      sliverCount: overlaps.length + gaps.length - count("area-overlap") - count("area-gap"),
      invalidCount: count("area-invalid"),
    },
    warnings: [...warnOfNoted(drawn.flatMap(({ faults }) => faults)), ...accounts.warnings],
  }
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
