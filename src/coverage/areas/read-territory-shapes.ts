import type { Region } from "../../math/geo/region.js"
import { isPlainObject } from "../../model/check-keys.js"
import { compareIds } from "../../model/compare-ids.js"
import type { Issue, Warning } from "../../model/error.js"
import { issue, NOTHING } from "../../model/issue.js"
import { readShape, warnOfNoted, type ShapeFault } from "./read-shape.js"

/** A territory as it was drawn. */
export interface DrawnTerritory {
  readonly id: string
  readonly polygons: Region[]
  readonly faults: ShapeFault[]
}

/** Territories from features, ascending by id; several features of one id are one territory. O(n log n). */
export function readTerritoryShapes(territories: unknown, property: string | undefined, issues: Issue[]): DrawnTerritory[] {
  const features = isPlainObject(territories) && territories.type === "FeatureCollection" ? territories.features : territories
  if (!Array.isArray(features)) {
    issues.push(issue("territories-type", "territories", "must be a FeatureCollection, an array of features, or { topology, lists }", territories))
    return []
  }
  const byId = new Map<string, DrawnTerritory>()
  // a hole in the list is no feature
  Array.from(features as readonly unknown[]).forEach((feature, f) => {
    const path = `territories[${f}]`
    if (!isPlainObject(feature) || feature.type !== "Feature") {
      issues.push(issue("territories-type", path, "must be a GeoJSON Feature", feature))
      return
    }
    const properties = isPlainObject(feature.properties) ? feature.properties : {}
    const [id, at] = property !== undefined ? [properties[property], `properties.${property}`] : properties.territoryId !== undefined ? [properties.territoryId, "properties.territoryId"] : [feature.id, "id"]
    if (typeof id !== "string") issues.push(issue("id-type", `${path}.${at}`, "must be a string that names the territory", id, typeof id === "number" ? "use String(id)" : ""))
    else if (id.trim() === "") issues.push(issue("id-empty", `${path}.${at}`, "must not be empty", id))
    else {
      const territory = byId.get(id) ?? { id, polygons: [], faults: [] }
      byId.set(id, territory)
      const shape = readShape(feature.geometry, `${path}.geometry`)
      for (const polygon of shape.polygons) territory.polygons.push(polygon)
      for (const fault of shape.faults) territory.faults.push(fault)
    }
  })
  return [...byId.values()].sort((a, b) => compareIds(a.id, b.id))
}

/**
 * A market boundary; what cannot be read of it is an issue, since nothing could be told against it, and what is odd a warning. One that
 * encloses nothing is an issue too: whatever there is would cover it.
 */
export function readMarketShape(market: unknown, path: string, issues: Issue[], warnings: Warning[]): Region[] {
  const [issueCount, warningCount] = [issues.length, warnings.length]
  const polygons = readMarketParts(market, path, issues, warnings)
  if (polygons.length === 0 && issues.length === issueCount) {
    const why = warnings.length > warningCount ? ` (${warnings[warningCount].message})` : ""
    issues.push(issue("market-empty", path, `encloses nothing${why}`, NOTHING, "give a boundary with an area, or leave the option out"))
  }
  return polygons
}

function readMarketParts(market: unknown, path: string, issues: Issue[], warnings: Warning[]): Region[] {
  const polygons: Region[] = []
  // collections may hold collections, however deep: what is left to read waits on a list, the next one last
  const open = [{ part: market, path }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { part, path: at } = next
    if (isPlainObject(part) && part.type === "FeatureCollection" && Array.isArray(part.features)) {
      const features = part.features as readonly unknown[]
      for (let f = features.length - 1; f >= 0; f--) open.push({ part: features[f], path: at.length > MAX_PATH ? at : `${at}.features[${f}]` })
    } else for (const polygon of readMarketPart(part, at, issues, warnings)) polygons.push(polygon)
  }
  return polygons
}

/** Paths of collections in collections are cut here. */
const MAX_PATH = 1_000

function readMarketPart(market: unknown, path: string, issues: Issue[], warnings: Warning[]): readonly Region[] {
  if (Array.isArray(market)) {
    issues.push(issue("market-type", path, "must be a Polygon, a MultiPolygon or features of them where territories are polygons", market, "lists of area ids go with { topology, lists }"))
    return []
  }
  const [geometry, at] = isPlainObject(market) && market.type === "Feature" ? [market.geometry, `${path}.geometry`] : [market, path]
  const { polygons, faults } = readShape(geometry, at)
  for (const one of warnOfNoted(faults)) warnings.push(one)
  for (const { path: where, rule, kind } of faults) if (kind !== "noted") (kind === "unread" ? issues : warnings).push({ code: "market-invalid", path: where, message: `${where}: ${rule}` })
  return polygons
}
