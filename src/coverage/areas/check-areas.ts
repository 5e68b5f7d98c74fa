import type { LocatedAccount } from "../../model/account.js"
import { checkKeys, isPlainObject } from "../../model/check-keys.js"
import { throwIssues, type Issue, type Warning } from "../../model/error.js"
import { guardCall } from "../../model/guard-call.js"
import { issue } from "../../model/issue.js"
import { ownOptions } from "../../model/own-options.js"
import { readValueLists } from "../value-lists.js"
import { readNamedAreas, readPlaces } from "./accounts-on-map.js"
import { AREA_LIST_KEYS, AREA_OPTION_KEYS, DEFAULT_AREA_OPTIONS, type AreaLists, type AreaOptions, type TerritoryShapes } from "./area-options.js"
import type { AreaCoverageResult } from "./area-result.js"
import { checkLists, readMarketAreas } from "./check-lists.js"
import { checkShapes } from "./check-shapes.js"
import { readMarketShape, readTerritoryShapes } from "./read-territory-shapes.js"
import { readTopology } from "./read-topology.js"

/**
 * Proves on the map that territories cover a market once and only once, or lists every overlap, gap and hole with its area and the
 * accounts inside.
 *
 * Territories are polygons (GeoJSON), or lists of areas of a TopoJSON topology. Lists are compared by ids, which is exact; polygons
 * are clipped against each other on a grid of 1e-7 degree (1 cm), and no clip is believed unless areas add up. Rings of
 * either direction are right; edges are straight in longitude and latitude (RFC 7946), and one of more than half a turn crosses the
 * antimeridian. Territories made from accounts come from `drawTerritories`.
 *
 * @param territories a FeatureCollection or features of Polygons and MultiPolygons, several of one id being one territory; or
 *   {@link AreaLists}
 * @param options see {@link AreaOptions}
 * @returns findings of the plane `geometry`, with one sentence each, their polygons, and areas in km2: on the sphere of radius
 *   6371.0088 km, exact for edges straight in longitude and latitude. `area-overlap`, `area-gap`, `area-hole` (enclosed by one
 *   territory, and somebody else's or nobody's), `area-sliver` (overlaps and gaps below `sliverKm2`), `area-unknown`,
 *   `area-invalid` (a ring that is open, crosses itself, or cannot be read: told, never repaired in silence). No territories at
 *   all are a normal case: the market is one gap
 * @throws TerritoryError with all issues: what is no feature or topology, territories without an id, a market that cannot be read
 *   or encloses nothing,
 *   unusable accounts, an unknown option; `polygons-failed`, which names both, where no clipping library gives areas that add up
 *
 * Deterministic: the order of territories and accounts changes nothing, nor does turning all longitudes, beyond rounding.
 * O((n + crossings) log n) in the points: the counties of the United States as 100 territories in about 1 second. Work is counted, not timed:
 * a territory whose border crosses another, or itself, more than 100,000 times (or than there are corners) is `area-undecided`, and the result is
 * then neither `complete` nor `exclusive`; of many thousand small overlaps the territories may stay unknown, and a finding says so.
 *
 * Not suitable for territories of less than some meters, nor for a polygon with an edge of more than half a turn.
 *
 * Source: the taxonomy of overlaps and gaps of GIS topology rules ("must not overlap", "must not have gaps"); winding numbers for
 * what is covered twice: Vatti, CACM 35(7), 1992, by Johnson's Clipper2.
 *
 * @example
 * const box = (id, west, east) => ({ type: "Feature", id, properties: {}, geometry: { type: "Polygon", coordinates: [[[west, 0], [east, 0], [east, 1], [west, 1], [west, 0]]] } })
 * const { findings, summary } = checkAreas([box("a", 0, 2), box("b", 1, 3)], { market: box("market", 0, 4) })
 * findings.map((f) => f.message)
 * // ['12,363.72 km2 near 1.5, 0.5 is in 2 territories: "a", "b".', '12,363.72 km2 near 3.5, 0.5 has no territory.']
 * Math.round(summary.marketKm2 - summary.coveredOnceKm2 - summary.overlapKm2 - summary.gapKm2) // 0
 */
export function checkAreas<A extends LocatedAccount>(territories: TerritoryShapes | AreaLists, options: AreaOptions<A> = {}): AreaCoverageResult {
  return guardCall({ territories, options }, (own) => checkAreasUnguarded(own.territories, own.options))
}

function checkAreasUnguarded<A extends LocatedAccount>(
  territories: TerritoryShapes | AreaLists,
  options: AreaOptions<A>,
): AreaCoverageResult {
  // all issues at once, and no work before there are none
  const issues: Issue[] = []
  if (!isPlainObject(options)) throwIssues([issue("option-type", "options", "must be an object such as { market, accounts }", options)])
  const own = ownOptions(options, ["accounts", "market"])
  checkKeys(own, AREA_OPTION_KEYS, "", issues)
  const sliverKm2 = own.sliverKm2 ?? DEFAULT_AREA_OPTIONS.sliverKm2
  if (!Number.isFinite(sliverKm2) || sliverKm2 < 0) issues.push(issue("option-range", "sliverKm2", "must be a finite number of square kilometers, 0 or more", sliverKm2))
  const maxFindings = own.maxFindings ?? DEFAULT_AREA_OPTIONS.maxFindings
  if (!Number.isInteger(maxFindings) || maxFindings < 1) issues.push(issue("option-range", "maxFindings", "must be a whole number, 1 or more", maxFindings))
  if (own.territoryId !== undefined && typeof own.territoryId !== "string") issues.push(issue("option-type", "territoryId", "must be the name of a property", own.territoryId))
  const isLists = isPlainObject(territories) && ("topology" in territories || "lists" in territories)
  if (own.area !== undefined && !(isLists && own.accounts !== undefined)) issues.push(issue("option-alone", "area", "needs accounts, and territories that are lists of areas", own.area))
  const places = isLists && own.area !== undefined && own.accounts !== undefined ? readNamedAreas(own.accounts, own.area, own.measures, issues) : readPlaces(own.accounts, own.measures, issues)

  if (isLists) {
    const { topology, lists, ...names } = territories as AreaLists
    checkKeys(territories as AreaLists, AREA_LIST_KEYS, "territories", issues)
    const table = readTopology(topology, names, "territories.topology", issues)
    const values = readValueLists(lists, issues)
    const market = table === null ? null : readMarketAreas(own.market, table, issues)
    throwIssues(issues)
    return checkLists(table as NonNullable<typeof table>, values, market, places, maxFindings)
  }
  const warnings: Warning[] = []
  const drawn = readTerritoryShapes(territories, typeof own.territoryId === "string" ? own.territoryId : undefined, issues)
  const market = own.market === undefined ? null : readMarketShape(own.market, "market", issues, warnings)
  throwIssues(issues)
  const result = checkShapes(drawn, market, places, { sliverKm2, maxFindings })
  return { ...result, warnings: [...warnings, ...result.warnings] }
}
