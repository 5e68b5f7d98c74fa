import { geoAlbersUsa, geoAzimuthalEqualArea, geoEqualEarth, geoIdentity, geoMercator, geoPath } from "d3-geo"
import type { GeoIdentityTransform, GeoProjection } from "d3-geo"
import { acos } from "../math/exact/asin.js"
import { hypot } from "../math/exact/hypot.js"
import { embedSphere, unembedSphere } from "../math/geo/sphere.js"
import type { Location } from "../model/account.js"
import type { AccountTable } from "../model/read-accounts.js"
import type { BaseMap } from "./read-boundary.js"

/**
 * `auto`: equal areas, azimuthal about the middle of the accounts (Equal Earth when they span more than 75 degrees from it),
 * so that no seam runs through the data. `albers-usa`: the United States with Alaska and Hawaii set in. `mercator`: as web
 * maps. On a plane all of them mean the plane itself, y upward.
 */
export type MapProjection = "auto" | "albers-usa" | "mercator"

/** Where things lie on the picture, in pixels of its box. */
export interface MapFrame {
  readonly width: number
  readonly height: number
  /** Of account i; NaN where the projection has no place for it. */
  readonly xs: Float64Array
  readonly ys: Float64Array
  /** Accounts that the projection cannot show. */
  readonly outsideCount: number
  /** SVG path of the base map within the box; null: none. */
  readonly basePath: string | null
  /** Whether the box was fitted to the base map, not only to the accounts. */
  readonly fitsBase: boolean
  readonly place: (location: Location) => { readonly x: number; readonly y: number } | null
}

/** Where to fit: the box and the room kept free inside it. */
export interface MapBox {
  readonly width: number
  /** Null: as high as the data ask for. */
  readonly height: number | null
  readonly padding: number
}

/** Any scale will do to measure the data before the fit; d3-geo's composite projection wants about this one. */
const RAW_SCALE = 150
/** Beyond this angle from the middle, radians, one azimuthal map of everything misleads. */
const WIDE_ANGLE = (75 / 180) * Math.PI
/** The smallest extent that fills a map, radians (about 3 km), so that a single place is not blown up to a street corner. */
const SMALLEST_EXTENT = 0.0005
/** With at least this share of the base map's extent the accounts are taken to be spread over it. */
const SPREAD_OVER_BASE = 0.4

/** Fits projection, accounts and base map into a box. O(n + positions of the base map). */
export function fitMap(table: AccountTable, base: BaseMap | null, name: MapProjection, box: MapBox): MapFrame {
  const projection = table.space === "globe" ? globeProjection(table, name) : planeProjection()
  const raw = table.space === "globe" ? RAW_SCALE : 1

  const offMap = (second: number): boolean => table.space === "globe" && name === "mercator" && Math.abs(second) > MERCATOR_END

  // where everything lies before scaling
  const n = table.ids.length
  const xs = new Float64Array(n)
  const ys = new Float64Array(n)
  const data = emptyExtent()
  let outsideCount = 0
  for (let i = 0; i < n; i++) {
    const point = offMap(table.second[i]) ? null : projection([table.first[i], table.second[i]])
    xs[i] = point === null ? NaN : point[0]
    ys[i] = point === null ? NaN : point[1]
    if (point === null) outsideCount++
    else widen(data, point[0], point[1])
  }
  if (outsideCount === n) widen(data, 0, 0)

  // the frame: the base map when the accounts are spread over it, else the accounts
  let fitsBase = false
  if (base !== null) {
    const [[x0, y0], [x1, y1]] = geoPath(projection).bounds(base.geometry)
    const covers = data.x1 - data.x0 >= SPREAD_OVER_BASE * (x1 - x0) && data.y1 - data.y0 >= SPREAD_OVER_BASE * (y1 - y0)
    if (Number.isFinite(x0) && covers) {
      fitsBase = true
      widen(data, x0, y0)
      widen(data, x1, y1)
    }
  }

  // scale and shift
  const smallest = table.space === "globe" ? RAW_SCALE * SMALLEST_EXTENT : data.x1 === data.x0 && data.y1 === data.y0 ? 1 : 0
  const dx = Math.max(data.x1 - data.x0, smallest)
  const dy = Math.max(data.y1 - data.y0, smallest)
  const innerWidth = box.width - 2 * box.padding
  const height = box.height ?? Math.round(Math.min(1.1, Math.max(0.4, dy / dx)) * innerWidth + 2 * box.padding)
  const scale = Math.min(innerWidth / dx, (height - 2 * box.padding) / dy)
  const shiftX = box.width / 2 - scale * (data.x0 / 2 + data.x1 / 2)
  const shiftY = height / 2 - scale * (data.y0 / 2 + data.y1 / 2)
  for (let i = 0; i < n; i++) {
    xs[i] = scale * xs[i] + shiftX
    ys[i] = scale * ys[i] + shiftY
  }
  projection.scale(raw * scale)
  projection.translate([shiftX, shiftY])
  // beyond the box by a margin, so that the cut itself is not drawn
  if (name !== "albers-usa" || table.space === "plane") (projection as GeoProjection).clipExtent([[-4, -4], [box.width + 4, height + 4]])
  return {
    width: box.width,
    height,
    xs,
    ys,
    outsideCount,
    basePath: base === null ? null : geoPath(projection).digits(1)(base.geometry),
    fitsBase,
    place: (location) => {
      const [first, second] = "longitude" in location ? [location.longitude, location.latitude] : [location.x, location.y]
      const point = offMap(second) ? null : projection([first, second])
      return point === null || !Number.isFinite(point[0]) || !Number.isFinite(point[1]) ? null : { x: point[0], y: point[1] }
    },
  }
}

type Projection = (GeoProjection | GeoIdentityTransform) & ((point: [number, number]) => [number, number] | null)

function planeProjection(): Projection {
  return geoIdentity().reflectY(true) as Projection
}

function globeProjection(table: AccountTable, name: MapProjection): Projection {
  if (name === "albers-usa") return geoAlbersUsa().scale(RAW_SCALE).translate([0, 0]) as Projection
  const { middle, angle } = spread(table)
  const projection = name === "mercator" ? geoMercator() : angle > WIDE_ANGLE ? geoEqualEarth() : geoAzimuthalEqualArea()
  const turn: [number, number] = [-middle.longitude, name === "mercator" || angle > WIDE_ANGLE ? 0 : -middle.latitude]
  projection.rotate(turn).scale(RAW_SCALE).translate([0, 0])
  return projection as Projection
}

/** The mean direction of the accounts and how far the farthest one lies from it, radians. */
function spread(table: AccountTable): { middle: { longitude: number; latitude: number }; angle: number } {
  const points = embedSphere(table.first, table.second)
  const sum = [0, 0, 0]
  for (let p = 0; p < points.length; p++) sum[p % 3] += points[p]
  const length = hypot(sum[0], sum[1], sum[2])
  const middle = unembedSphere(sum[0], sum[1], sum[2])
  let least = 1
  for (let p = 0; p < points.length; p += 3) {
    least = Math.min(least, (points[p] * sum[0] + points[p + 1] * sum[1] + points[p + 2] * sum[2]) / length)
  }
  // accounts all around the globe have no middle
  return length < 1e-9 * points.length ? { middle: { longitude: 0, latitude: 0 }, angle: Math.PI } : { middle, angle: acos(Math.max(-1, least)) }
}

/** Where web maps end, degrees: beyond it Mercator grows without bound. */
const MERCATOR_END = 85.06

interface Extent {
  x0: number
  y0: number
  x1: number
  y1: number
}

const emptyExtent = (): Extent => ({ x0: Infinity, y0: Infinity, x1: -Infinity, y1: -Infinity })

function widen(extent: Extent, x: number, y: number): void {
  extent.x0 = Math.min(extent.x0, x)
  extent.y0 = Math.min(extent.y0, y)
  extent.x1 = Math.max(extent.x1, x)
  extent.y1 = Math.max(extent.y1, y)
}
