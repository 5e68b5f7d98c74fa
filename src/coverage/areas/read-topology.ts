import type { Feature, Geometry } from "geojson"
import { feature, neighbors } from "topojson-client"
import { regionKm2, type Region } from "../../math/geo/region.js"
import { isPlainObject } from "../../model/check-keys.js"
import { compareIds } from "../../model/compare-ids.js"
import { TerritoryError, type Issue } from "../../model/error.js"
import { accessorFailure, messageOf } from "../../model/field-of.js"
import { issue, NOTHING, show } from "../../model/issue.js"
import { findSparse } from "../../model/is-sparse.js"
import { suggestName } from "../../model/nearest-name.js"
import type { AreaNames } from "./area-options.js"
import { readShape, type ShapeFault } from "./read-shape.js"

/** A geometry of a topology, as topojson-client takes it. */
export type TopologyGeometry = Parameters<typeof neighbors>[0][number]
/** A topology, as topojson-client takes it. */
export type Topology = Parameters<typeof feature>[0]

/** The areas of a topology, ascending by id. */
export interface AreaTable {
  readonly topology: Topology
  readonly ids: readonly string[]
  readonly indexOf: ReadonlyMap<string, number>
  /** What the topology has of area a: several geometries of one id are one area. */
  readonly geometries: readonly (readonly TopologyGeometry[])[]
}

/** The areas of a topology with their shapes. */
export interface ShapedAreas extends AreaTable {
  /** Polygons of area a, not yet in the frame of a map. */
  readonly polygons: readonly (readonly Region[])[]
  readonly km2: Float64Array
  readonly faults: readonly (readonly ShapeFault[])[]
}

/** Reads which areas a topology has; null where there are issues. O(areas log areas). */
export function readTopology(topology: unknown, { object, areaId }: AreaNames, path: string, issues: Issue[]): AreaTable | null {
  const found = issues.length
  if (areaId !== undefined && typeof areaId !== "string" && typeof areaId !== "function") {
    issues.push(issue("option-type", "areaId", "must be the name of a property or a function of the area", areaId))
    return null
  }
  const geometries = findObject(topology, object, path, issues)
  const groups = new Map<string, TopologyGeometry[]>()
  geometries.forEach(({ geometry, at }) => {
    const id = readAreaId(geometry, areaId, at, issues)
    if (id === null) return
    const group = groups.get(id)
    if (group === undefined) groups.set(id, [geometry])
    else group.push(geometry)
  })
  if (issues.length > found) return null
  const ids = [...groups.keys()].sort(compareIds)
  return { topology: topology as Topology, ids, indexOf: new Map(ids.map((id, a) => [id, a])), geometries: ids.map((id) => groups.get(id) as TopologyGeometry[]) }
}

/** Reads the shapes of all areas, each ring by itself. O(points log points). */
export function shapeAreas(table: AreaTable, path: string, issues: Issue[]): ShapedAreas | null {
  const polygons: Region[][] = []
  const faults: ShapeFault[][] = []
  for (let a = 0; a < table.ids.length; a++) {
    try {
      if (!table.geometries[a].every(hasRings)) throw new TypeError("its rings must be arrays of numbers of arcs")
      const shapes = table.geometries[a].map((geometry) => readShape((feature(table.topology, geometry) as Feature<Geometry>).geometry, "its shape"))
      polygons.push(shapes.flatMap((shape) => shape.polygons))
      faults.push(shapes.flatMap((shape) => shape.faults))
    } catch (error) {
      const why = error instanceof Error ? error.message : "unknown"
      issues.push(issue("topology-invalid", path, `area ${show(table.ids[a])} cannot be read: ${why}`, NOTHING, "arcs that geometries name must be in the topology"))
      return null
    }
  }
  return { ...table, polygons, faults, km2: Float64Array.from(polygons, (own) => own.reduce((sum, region) => sum + regionKm2(region), 0)) }
}

/** Arcs as deep as the type says: what reads shapes would pass over others, and what merges them would not. */
function hasRings(geometry: TopologyGeometry): boolean {
  const { type, arcs } = geometry as { readonly type?: unknown; readonly arcs?: unknown }
  const isPolygon = (polygon: unknown): boolean => Array.isArray(polygon) && polygon.every(Array.isArray)
  return type === "Polygon" ? isPolygon(arcs) : type === "MultiPolygon" ? Array.isArray(arcs) && arcs.every(isPolygon) : true
}

/** Which areas share a border, by topojson-client: areas of one topology use the same arc. O(arcs). */
export function neighborsOf(table: AreaTable): number[][] {
  const areaOf = table.geometries.flatMap((own, a) => own.map(() => a))
  const near = readingArcs(() => neighbors(table.geometries.flat() as TopologyGeometry[]))
  const lists = table.ids.map(() => new Set<number>())
  near.forEach((others, g) => others.forEach((other) => areaOf[other] !== areaOf[g] && lists[areaOf[g]].add(areaOf[other])))
  return lists.map((list) => [...list].sort((a, b) => a - b))
}

/**
 * Turns what topojson-client throws for arcs that are not lists of numbers into an issue of the topology.
 *
 * @throws TerritoryError `topology-invalid`
 */
export function readingArcs<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    const rule = `has arcs that cannot be read: ${show(messageOf(error))}`
    throw new TerritoryError([issue("topology-invalid", "topology", rule, NOTHING, "give geometries whose arcs are numbers of arcs, and arcs of numbers")])
  }
}

function findObject(topology: unknown, object: string | undefined, path: string, issues: Issue[]): { geometry: TopologyGeometry; at: string }[] {
  if (!isPlainObject(topology) || topology.type !== "Topology" || !Array.isArray(topology.arcs) || !isPlainObject(topology.objects)) {
    issues.push(issue("topology-type", path, "must be a TopoJSON topology with arcs and objects", topology, "topojson-server makes one of GeoJSON"))
    return []
  }
  const refuse = (lists: unknown, where: string): boolean => {
    const sparse = findSparse(lists, where)
    if (sparse !== null) issues.push(issue("topology-type", sparse, "must be a list without holes", NOTHING))
    return sparse !== null
  }
  if (refuse(topology.arcs, `${path}.arcs`)) return []
  const names = Object.keys(topology.objects)
  const name = object ?? (names.length === 1 ? names[0] : undefined)
  const objects = topology.objects
  if (name === undefined || !names.includes(name)) {
    const remedy = name === undefined ? `it has ${names.join(", ")}` : suggestName(name, names, `it has ${names.join(", ")}`)
    issues.push(issue("option-missing", "object", "must name one of the objects of the topology", object, remedy))
    return []
  }
  const { [name]: collection } = objects
  const isMany = isPlainObject(collection) && collection.type === "GeometryCollection" && Array.isArray(collection.geometries)
  const list: readonly unknown[] = isMany ? (collection.geometries as unknown[]) : [collection]
  if (refuse(list, `${path}.objects.${name}.geometries`)) return []
  return list.flatMap((geometry, g) => {
    const at = isMany ? `${path}.objects.${name}.geometries[${g}]` : `${path}.objects.${name}`
    if (isPlainObject(geometry) && isNestedTooDeep(geometry)) {
      issues.push(issue("topology-type", at, `must not hold geometries in geometries more than ${MAX_NESTING} deep`, NOTHING))
      return []
    }
    if (isPlainObject(geometry) && refuse(geometry.arcs, `${at}.arcs`)) return []
    if (isPlainObject(geometry)) return [{ geometry: geometry as unknown as TopologyGeometry, at }]
    issues.push(issue("topology-type", at, "must be a geometry of the topology", geometry))
    return []
  })
}

/** Deeper than any topology goes, and less than what topojson-client can follow. */
const MAX_NESTING = 1_000

/** Looks at collections level by level. O(geometries). */
function isNestedTooDeep(geometry: Record<string, unknown>): boolean {
  let level: readonly unknown[] = [geometry]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_NESTING) return true
    level = level.flatMap((one) => (isPlainObject(one) && one.type === "GeometryCollection" && Array.isArray(one.geometries) ? (one.geometries as unknown[]) : []))
  }
  return false
}

function readAreaId(geometry: TopologyGeometry, areaId: AreaNames["areaId"], at: string, issues: Issue[]): string | null {
  const properties: unknown = geometry.properties
  let id: unknown = geometry.id
  try {
    if (typeof areaId === "function") id = areaId(geometry as { id?: unknown; properties?: unknown })
    else if (areaId !== undefined) id = isPlainObject(properties) ? properties[areaId] : undefined
  } catch (error) {
    issues.push(accessorFailure(at, error))
    return null
  }
  if (typeof id === "string" && id.trim() !== "") return id
  const remedy = typeof id === "number" ? "areaId: (area) => String(area.id)" : areaId === undefined ? 'name the property that has it: areaId: "GEOID"' : ""
  issues.push(issue("id-type", `${at}.${typeof areaId === "string" ? `properties.${areaId}` : "id"}`, "must be a string that names the area", id, remedy))
  return null
}

