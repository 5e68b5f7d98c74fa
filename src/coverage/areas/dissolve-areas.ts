import type { FeatureCollection, MultiPolygon, Polygon } from "geojson"
import { regionKm2 } from "../../math/geo/region.js"
import { regionGeometry } from "../../math/geo/region-geometry.js"
import { checkKeys, isPlainObject } from "../../model/check-keys.js"
import { throwIssues, type Issue, type Warning } from "../../model/error.js"
import { guardCall } from "../../model/guard-call.js"
import { issue, NOTHING, show } from "../../model/issue.js"
import { suggestName } from "../../model/nearest-name.js"
import { readValueLists } from "../value-lists.js"
import type { AreaNames, AreaTopology } from "./area-options.js"
import { frameOf, placeInFrame } from "./map-frame.js"
import { mergeAreas } from "./merge-areas.js"
import { readTopology, shapeAreas } from "./read-topology.js"

/** What stands beside the boundary of a territory. */
export interface BoundaryProperties {
  readonly territoryId: string
  readonly areaKm2: number
  /** Of territories that are lists of areas. */
  readonly areaCount?: number
  /** Of territories that are drawn from accounts. */
  readonly accountCount?: number
  /** How many of them are at a place with accounts of another territory, where there are any. */
  readonly sharedPlaceCount?: number
}

/** Boundaries of territories, a feature each, ascending by id; with `warnings`, a member beside those of GeoJSON, only where there are any. */
export type TerritoryBoundaries = FeatureCollection<Polygon | MultiPolygon, BoundaryProperties> & { readonly warnings?: readonly Warning[] }

/**
 * Draws territories that are lists of areas: the boundary of each, without the borders inside.
 *
 * Borders are dropped where two areas of a territory use the same arc of the topology, so that neighbors fit together exactly and
 * no sliver can arise (topojson-client's `merge`). An area that several territories list is in each of them.
 *
 * @param topology TopoJSON, in degrees
 * @param lists ids of areas by territory id
 * @param options see {@link AreaNames}
 * @returns GeoJSON by RFC 7946: a feature per territory, ascending by id, outer rings counterclockwise, cut at the antimeridian;
 *   areas in km2 on the sphere of radius 6371.0088 km with edges straight in longitude and latitude. A territory with an empty list
 *   is a MultiPolygon without polygons
 * @throws TerritoryError with all issues: no topology, an area that is not in it (`id-unknown`) or whose
 *   shape cannot be read (`area-invalid`), an unknown option
 *
 * Deterministic: the order of lists and ids changes nothing. O(n log n) in the points: the 3,231 counties of the United States as
 * 100 territories in about 1.3 seconds.
 *
 * Not suitable for areas that overlap each other, or that were not made into one topology: their borders would stay.
 *
 * Source: Bostock & Carter, topojson-client, `merge`.
 *
 * @example
 * const arcs = [[[1, 0], [1, 1]], [[1, 1], [0, 1], [0, 0], [1, 0]], [[1, 0], [2, 0], [2, 1], [1, 1]]]
 * const geometries = [{ type: "Polygon", id: "west", arcs: [[0, 1]] }, { type: "Polygon", id: "east", arcs: [[2, -1]] }]
 * const topology = { type: "Topology", arcs, objects: { areas: { type: "GeometryCollection", geometries } } }
 * const { features } = dissolveAreas(topology, { all: ["west", "east"] })
 * features[0].geometry.coordinates // [[[0, 0], [1, 0], [2, 0], [2, 1], [1, 1], [0, 1], [0, 0]]]
 */
export function dissolveAreas(topology: AreaTopology, lists: Readonly<Record<string, readonly string[]>>, options: AreaNames = {}): TerritoryBoundaries {
  return guardCall({ topology, lists, options }, (own) => dissolveAreasUnguarded(own.topology, own.lists, own.options))
}

function dissolveAreasUnguarded(
  topology: AreaTopology,
  lists: Readonly<Record<string, readonly string[]>>,
  options: AreaNames,
): TerritoryBoundaries {
  // all issues at once, and no work before there are none
  const issues: Issue[] = []
  if (!isPlainObject(options)) throwIssues([issue("option-type", "options", 'must be an object such as { areaId: "GEOID" }', options)])
  checkKeys(options, ["object", "areaId"], "", issues)
  const table = readTopology(topology, options, "topology", issues)
  const { claimants, territoryIds } = readValueLists(lists, issues)
  if (table === null) return throwIssues(issues) as never
  for (const [id, own] of claimants) if (!table.indexOf.has(id)) issues.push(issue("id-unknown", `lists[${JSON.stringify(own[0])}]`, "must list areas of the topology", id, suggestName(id, table.ids)))
  throwIssues(issues)
  const shaped = shapeAreas(table, "topology", issues)
  if (shaped === null) return throwIssues(issues) as never
  // a boundary without them would look whole
  table.ids.forEach((id, a) => {
    const fault = claimants.has(id) ? shaped.faults[a].find(({ kind }) => kind === "unread") : undefined
    if (fault !== undefined) issues.push(issue("area-invalid", "topology", `area ${show(id)} cannot be drawn: ${fault.path} ${fault.rule}`, NOTHING, "coordinates must be degrees of longitude and latitude, not projected"))
  })
  throwIssues(issues)

  const members = new Map<string, number[]>(territoryIds.map((id) => [id, []]))
  table.ids.forEach((id, a) => claimants.get(id)?.forEach((territory) => members.get(territory)?.push(a)))
  const frame = frameOf(shaped.polygons.flat())
  return {
    type: "FeatureCollection",
    features: [...members].map(([id, own]) => {
      const region = own.length === 0 ? [] : placeInFrame(mergeAreas(table, own), frame)
      return { type: "Feature", id, geometry: regionGeometry(region), properties: { territoryId: id, areaKm2: regionKm2(region), areaCount: own.length } }
    }),
  }
}
