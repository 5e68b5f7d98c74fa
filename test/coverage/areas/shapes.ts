import type { Feature, MultiPolygon, Polygon } from "geojson"

type Shape = Feature<Polygon | MultiPolygon>

/** A closed ring around a box of longitudes and latitudes, counterclockwise. */
export function boxRing(west: number, south: number, east: number, north: number): number[][] {
  return [[west, south], [east, south], [east, north], [west, north], [west, south]]
}

/** A polygon of rings. */
export function polygon(id: string, ...rings: number[][][]): Feature<Polygon> {
  return { type: "Feature", id, properties: {}, geometry: { type: "Polygon", coordinates: rings } }
}

/** A box as a polygon. */
export function box(id: string, west: number, south: number, east: number, north: number): Feature<Polygon> {
  return polygon(id, boxRing(west, south, east, north))
}

/** The area of a box of longitudes and latitudes on the sphere, km2: R^2 * dLon * (sin north - sin south). */
export function boxKm2(west: number, south: number, east: number, north: number): number {
  const radians = Math.PI / 180
  return 6371.0088 ** 2 * (east - west) * radians * (Math.sin(north * radians) - Math.sin(south * radians))
}

/** Every position of a feature through a function. */
export function mapPositions(feature: Shape, change: (position: number[]) => number[]): Shape {
  const { geometry } = feature
  const rings = (all: number[][][]): number[][][] => all.map((ring) => ring.map(change))
  return { ...feature, geometry: geometry.type === "Polygon" ? { type: "Polygon", coordinates: rings(geometry.coordinates) } : { type: "MultiPolygon", coordinates: geometry.coordinates.map(rings) } }
}
