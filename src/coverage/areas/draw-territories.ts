import { Delaunay } from "d3-delaunay"
import { cos } from "../../math/exact/cos.js"
import { merged } from "../../math/geo/clipper-engine.js"
import { turnsFrom } from "../../math/geo/longitude-frame.js"
import { boxOf, regionKm2, STEPS_PER_DEGREE, type Box, type GridRing, type Region } from "../../math/geo/region.js"
import { rectangle, regionGeometry } from "../../math/geo/region-geometry.js"
import type { LocatedAccount, Location } from "../../model/account.js"
import type { Alignment } from "../../model/alignment.js"
import { checkKeys, isPlainObject } from "../../model/check-keys.js"
import { throwIssues, type Issue, type Warning } from "../../model/error.js"
import { findAlignmentIssues } from "../../model/find-alignment-issues.js"
import { formatCount } from "../../model/format-amount.js"
import { guardCall } from "../../model/guard-call.js"
import { issue, NOTHING } from "../../model/issue.js"
import { readAccounts, type AccountTable } from "../../model/read-accounts.js"
import { compareIds } from "../../model/compare-ids.js"
import { gatherClaims } from "../claims.js"
import { quoteAll } from "../word-finding.js"
import type { MarketShape } from "./area-options.js"
import { ownCells, type CellOwners, type Site } from "./cell-owners.js"
import type { TerritoryBoundaries } from "./dissolve-areas.js"
import { frameOf, placeInFrame, type MapFrame } from "./map-frame.js"
import { powerCells } from "./power-cells.js"
import { readPricedCenters, type PricedCenter } from "./read-priced-centers.js"
import { splitOrThrow } from "./overlay-shapes.js"
import { readMarketShape } from "./read-territory-shapes.js"

/** What `drawTerritories` may be told. */
export interface DrawOptions {
  /** The land to divide. Default: the box around all accounts, a twentieth wider on each side. */
  readonly market?: MarketShape
  /**
   * `accounts`: every place goes with the nearest account, and every account lies in its own territory. `power`: places go where the plan's
   * prices would send an account there: smooth borders, which whole accounts near them may cross; needs a plan with centers and prices.
   * Default `accounts`.
   */
  readonly cells?: "accounts" | "power"
}

/** What is needed of a plan for power cells, as `partitionAccounts` returns it. */
export interface DrawnPlan {
  readonly alignment: Alignment
  readonly territories?: readonly { readonly id: string; readonly center: Location | null; readonly prices: Readonly<Record<string, number>>; readonly measures: Readonly<Record<string, { readonly activity: number }>> }[]
  readonly digest?: { readonly compactness: { readonly weight: string; readonly power: 1 | 2 } }
}

/** How far the box around accounts reaches beyond them, as a share of its sides; where it has none, a tenth of a degree. */
const MARGIN = 0.05
const LEAST_MARGIN = STEPS_PER_DEGREE / 10
const POLE = 90 * STEPS_PER_DEGREE

/**
 * Draws territories that are made of accounts: every place goes to the territory of the account that is nearest to it.
 *
 * The cells of the Voronoi diagram of all accounts, melted by territory and clipped to the market: so every account lies in its own
 * territory, whatever made the plan, and the territories cover the market once. Land nearest to an account without territory
 * belongs to nobody, land nearest to one with two belongs to both: `checkAreas` finds them.
 *
 * @param accounts on the globe, with unique ids
 * @param plan an alignment, or a result that has one
 * @param options see {@link DrawOptions}
 * @returns GeoJSON by RFC 7946: a feature per territory, ascending by id, with its area in km2 and its number of accounts; `sharedPlaceCount`
 *   says how many of these are at a place with accounts of another territory. A territory whose accounts are all outside of the market may be
 *   empty. `warnings`, a member that stands there only with something to say: `place-shared`, `territory-undrawn`, what is odd about the market
 * @throws TerritoryError with all issues: unusable accounts or rows, accounts on a plane, a market that cannot be read, an unknown option
 *
 * Deterministic: the order of accounts and rows changes nothing. O(n log n): 34,000 accounts against the outline of the
 * United States in about 5 seconds.
 *
 * Approximations: "nearest" is measured in longitude and latitude with longitudes shortened to the middle parallel, so borders
 * between distant accounts are off where a market reaches far north and south; accounts still lie where they belong. Of
 * accounts at one place (1 cm) the territory with the most has the cell, of equals the first by id; one that would have no land at all, as
 * in a building that two territories share, has a part of the cell, divided 5 cm beside the place. Borders follow the accounts, not
 * roads or rivers. Not suitable for accounts on both sides of a pole.
 *
 * With `cells: "power"` the power cells of the plan's centers under its prices, clipped to the market: where an account of the usual mix of
 * measures would be cheapest. So a plan's own divided optimum looks; accounts that were kept whole, locked or grouped may lie beyond.
 *
 * Source: Aurenhammer, "Voronoi Diagrams", ACM Computing Surveys 23(3), 1991; diagram by Mapbox's Delaunator and d3-delaunay.
 *
 * @example
 * const accounts = [{ id: "a", longitude: 0.5, latitude: 0.5 }, { id: "b", longitude: 1.5, latitude: 0.5 }]
 * const alignment = [{ accountId: "a", territoryId: "west" }, { accountId: "b", territoryId: "east" }]
 * const market = { type: "Polygon", coordinates: [[[0, 0], [2, 0], [2, 1], [0, 1], [0, 0]]] }
 * const { features } = drawTerritories(accounts, alignment, { market })
 * features.map((f) => f.geometry.coordinates[0])
 * // [[[1, 0], [2, 0], [2, 1], [1, 1], [1, 0]], [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]
 */
export function drawTerritories<A extends LocatedAccount>(accounts: readonly A[], plan: Alignment | DrawnPlan, options: DrawOptions = {}): TerritoryBoundaries {
  return guardCall({ accounts, plan, options }, (own) => drawTerritoriesUnguarded(own.accounts, own.plan, own.options))
}

function drawTerritoriesUnguarded<A extends LocatedAccount>(
  accounts: readonly A[],
  plan: Alignment | DrawnPlan,
  options: DrawOptions,
): TerritoryBoundaries {
  // all issues at once, and no work before there are none
  const issues: Issue[] = []
  if (!isPlainObject(options)) throwIssues([issue("option-type", "options", "must be an object such as { market }", options)])
  checkKeys(options, ["market", "cells"], "", issues)
  const { cells: kind = "accounts" } = options
  if (kind !== "accounts" && kind !== "power") issues.push(issue("option-type", "cells", 'must be "accounts" or "power"', kind))
  const table = readAccounts(accounts)
  if (table.space !== "globe") {
    const remedy = table.space === "none" ? "they have no places; a table of the plan (toTable) needs none" : "project them back first, or draw them with renderMap"
    issues.push(issue("space-plane", "accounts", "must lie on the globe (longitude, latitude)", NOTHING, remedy))
  }
  const alignment = isPlainObject(plan) ? (plan as { alignment: Alignment }).alignment : plan
  for (const one of findAlignmentIssues(alignment, table.rowOf, null, "alignment")) issues.push(one)
  const unseen: Warning[] = []
  const polygons = options.market === undefined ? null : readMarketShape(options.market, "market", issues, unseen)
  const priced = kind === "power" ? readPricedCenters(plan as DrawnPlan, accounts, issues) : null
  throwIssues(issues)
  const { claimants } = gatherClaims(alignment as Alignment, table.rowOf, null)

  // one map, and what is to be divided on it
  const points = table.ids.map((_, i): Region => [[{ x: Math.round(table.first[i] * STEPS_PER_DEGREE), y: 0 }, { x: Math.round(table.first[i] * STEPS_PER_DEGREE) + 1, y: 0 }]])
  const frame = frameOf([...points, ...(polygons ?? [])])
  const sites = gatherSites(table, frame)
  const around = boxOf([sites.map(({ x, y }) => ({ x, y }))])
  const market = polygons === null ? rectangleOf(widen(around)) : placeInFrame(polygons, frame)

  if (priced !== null) return drawPowerCells(priced)

  // cells by territory
  const owned = ownCells(sites, claimants)
  const cells = cellsOf(owned.sites, widen(boxOf([...market, cornersOf(around)])))
  const parts = new Map<string, GridRing[]>()
  owned.sites.forEach(({ owners }, s) => {
    for (const id of owners) {
      const own = parts.get(id)
      if (own === undefined) parts.set(id, [cells[s]])
      else own.push(cells[s])
    }
  })
  const counts = new Map<string, number>()
  for (const owners of claimants) for (const id of owners) counts.set(id, (counts.get(id) ?? 0) + 1)
  return collect([...counts.keys()], (id) => parts.get(id) ?? [], counts, owned)

  function drawPowerCells(centers: readonly PricedCenter[]): TerritoryBoundaries {
    const rings = powerCells(centers.map(({ longitude, latitude, worth }) => {
      const x = Math.round(longitude * STEPS_PER_DEGREE)
      return { x: x + turnsFrom(frame.cut, x), y: Math.round(latitude * STEPS_PER_DEGREE), worth }
    }), widen(boxOf([...market, cornersOf(around)])))
    const ringOf = new Map(centers.map(({ id }, t) => [id, rings[t]]))
    const counted = new Map<string, number>(centers.map(({ id }) => [id, claimants.filter((owners) => owners.includes(id)).length]))
    const owned = { sharedCounts: new Map<string, number>(), warnings: [] }
    return collect(centers.map(({ id }) => id), (id) => [ringOf.get(id) ?? []].filter((ring) => ring.length > 0), counted, owned)
  }

  function collect(
    ids: readonly string[],
    ringsOf: (id: string) => GridRing[],
    counted: ReadonlyMap<string, number>,
    { sharedCounts, warnings }: Pick<CellOwners, "sharedCounts" | "warnings">,
  ): TerritoryBoundaries {
    const features = [...ids].sort(compareIds).map((id): TerritoryBoundaries["features"][number] => {
      const region = splitOrThrow(merged(ringsOf(id)), market, `territory ${JSON.stringify(id)}`, "the market").both
      const shared = sharedCounts.get(id)
      const properties = { territoryId: id, areaKm2: regionKm2(region), accountCount: counted.get(id) as number }
      return { type: "Feature", id, geometry: regionGeometry(region), properties: shared === undefined ? properties : { ...properties, sharedPlaceCount: shared } }
    })
    const told = [...unseen, ...warnings, ...warnOfUndrawn(features, kind)]
    return { type: "FeatureCollection", features, ...(told.length === 0 ? {} : { warnings: told }) }
  }
}

/** Territories of accounts that have no land all the same. */
function warnOfUndrawn(features: TerritoryBoundaries["features"], kind: "accounts" | "power"): Warning[] {
  const ids = features.flatMap(({ geometry, properties: { territoryId, accountCount } }) => (geometry.coordinates.length === 0 && accountCount !== 0 ? [territoryId] : []))
  if (ids.length === 0) return []
  const why = kind === "power" ? "at the plan's prices no place is cheapest there" : "their accounts lie outside of the market, or at its border"
  return [{ code: "territory-undrawn", path: "alignment", message: `alignment: ${formatCount(ids.length, "territory is", "territories are")} drawn empty: ${quoteAll(ids)}; ${why}` }]
}

/** Places with accounts, from west to east, then south to north, their rows in the order of ids. */
function gatherSites(table: AccountTable, { cut }: MapFrame): Site[] {
  const sites = new Map<string, Site & { readonly rows: number[] }>()
  for (const i of table.order) {
    const x = Math.round(table.first[i] * STEPS_PER_DEGREE)
    const site = { x: x + turnsFrom(cut, x), y: Math.round(table.second[i] * STEPS_PER_DEGREE), rows: [] as number[] }
    const key = `${site.x},${site.y}`
    const known = sites.get(key) ?? site
    known.rows.push(i)
    sites.set(key, known)
  }
  return [...sites.values()].sort((a, b) => a.x - b.x || a.y - b.y)
}

/** The Voronoi cell of every site within a box, counterclockwise. */
function cellsOf(sites: readonly { readonly x: number; readonly y: number }[], { minX, minY, maxX, maxY }: Box): GridRing[] {
  // degrees of the middle parallel, so that a step east is as long as one north
  const shrink = Math.max(0.01, cos((((minY + maxY) / 2 / STEPS_PER_DEGREE) * Math.PI) / 180))
  const points = Float64Array.from(sites.flatMap(({ x, y }) => [(x - minX) * shrink, y - minY]))
  const voronoi = new Delaunay(points).voronoi([0, 0, (maxX - minX) * shrink, maxY - minY])
  return sites.map((_, s) => {
    const polygon = (voronoi.cellPolygon(s) as [number, number][] | null) ?? []
    return polygon.slice(0, -1).map(([x, y]) => ({ x: Math.min(maxX, Math.round(x / shrink) + minX), y: Math.round(y) + minY }))
  })
}

function widen({ minX, minY, maxX, maxY }: Box): Box {
  const [x, y] = [maxX - minX, maxY - minY].map((side) => Math.max(LEAST_MARGIN, Math.round(side * MARGIN)))
  return { minX: minX - x, minY: Math.max(-POLE, minY - y), maxX: maxX + x, maxY: Math.min(POLE, maxY + y) }
}

const cornersOf = ({ minX, minY, maxX, maxY }: Box): GridRing => [{ x: minX, y: minY }, { x: maxX, y: maxY }]

const rectangleOf = ({ minX, minY, maxX, maxY }: Box): Region => rectangle(minX, minY, maxX, maxY)
