import type { Feature, FeatureCollection, MultiPolygon, Polygon } from "geojson"
import type { MeasureField } from "../../model/measure.js"
import type { TextField } from "../../model/read-text-field.js"

/** One polygon geometry as callers have it. */
export type PolygonGeometry = Polygon | MultiPolygon

/** Territories drawn as polygons: a feature each, or several for one territory. */
export type TerritoryShapes = FeatureCollection<PolygonGeometry | null> | readonly Feature<PolygonGeometry | null>[]

/** A boundary as a geometry, a feature or a collection. */
export type MarketShape = PolygonGeometry | Feature<PolygonGeometry> | FeatureCollection<PolygonGeometry>

/**
 * A TopoJSON topology, as `JSON.parse` or an import gives it (looser than the specification's types, so that it needs no cast):
 * the areas of which territories are made, as one of its objects.
 */
export interface AreaTopology {
  readonly type: string
  readonly arcs: readonly (readonly (readonly number[])[])[]
  readonly objects: Readonly<Record<string, unknown>>
  readonly transform?: unknown
}

/** Where the areas of a topology are, and what they are called. */
export interface AreaNames {
  /** The object of the topology that holds the areas. Default: its only one. */
  readonly object?: string
  /** The id of an area: a property of the geometry by name, or a function of the geometry. Default: the geometry's own `id`. */
  readonly areaId?: string | ((area: { readonly id?: unknown; readonly properties?: unknown }) => string)
}

/** Territories as lists of areas (counties, ZIP codes) of one topology. */
export interface AreaLists extends AreaNames {
  readonly topology: AreaTopology
  /** Ids of areas by territory id. */
  readonly lists: Readonly<Record<string, readonly string[]>>
}

/** What `checkAreas` may be told. */
export interface AreaOptions<A> {
  /** Polygons only: the property that names a feature's territory. Default: `territoryId`, else the feature's own `id`. */
  readonly territoryId?: string
  /**
   * What must be covered. For polygons a boundary; without one, everything inside of the outline of all territories, so that only
   * enclosed gaps are found. For lists, the ids of the areas that count; without them, all areas of the topology.
   */
  readonly market?: MarketShape | readonly string[]
  /** Who is inside of what is found; those without a place count nowhere. Default: nobody. */
  readonly accounts?: readonly A[]
  /** Lists only: in which area an account is, by its own word (a ZIP code) instead of by its place; it then needs none. */
  readonly area?: TextField<A>
  /** What is at stake: activity per account, >= 0, that findings add up and are sorted by (the first first). Default: none. */
  readonly measures?: Readonly<Record<string, MeasureField<A>>>
  /** Polygons only: overlaps and gaps smaller than this are slivers, told in one finding for each set of territories. Default 0.01. */
  readonly sliverKm2?: number
  /**
   * Overlaps, gaps and holes to describe one by one at most, of each, the worst; one finding sums up the others and comes
   * last. A whole number, 1 or more; default 10,000.
   */
  readonly maxFindings?: number
}

/** The defaults of {@link AreaOptions}. */
export const DEFAULT_AREA_OPTIONS: Readonly<{ sliverKm2: number; maxFindings: number; measures: Readonly<Record<string, never>> }> = Object.freeze({
  maxFindings: 10_000, // more than anybody reads: a second or two of wording and drawing
  sliverKm2: 0.01, // km2: a hectare, smaller than what anyone draws on purpose
  measures: Object.freeze({}), // without a measure findings are sorted by area, and severity is empty
})

/** All keys of {@link AreaOptions}. */
export const AREA_OPTION_KEYS: readonly (keyof AreaOptions<never>)[] = Object.freeze(["territoryId", "market", "accounts", "area", "measures", "sliverKm2", "maxFindings"] as const)

/** All keys of {@link AreaLists}. */
export const AREA_LIST_KEYS: readonly (keyof AreaLists)[] = Object.freeze(["topology", "lists", "object", "areaId"] as const)
