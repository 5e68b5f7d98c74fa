import { geoDistance } from "d3-geo"
import fc from "fast-check"
import { expect, test } from "vitest"
import { greatCircleKm, EARTH_RADIUS_KM, embedSphere, unembedSphere } from "../../../src/math/geo/sphere.js"

const longitude = fc.oneof(fc.double({ min: -180, max: 180, noNaN: true }), fc.constantFrom(-180, 0, 90, 180))
const latitude = fc.oneof(fc.double({ min: -90, max: 90, noNaN: true }), fc.constantFrom(-90, 0, 90))

/** A millimeter: both formulas lose half of their digits toward the antipode, so pairs are kept 100 km from there. */
const MILLIMETER = 1e-6

/** The great-circle distance of two embedded points: 2 R asin(chord / 2). */
const arcKm = (a: Float64Array): number => 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.hypot(a[0] - a[3], a[1] - a[4], a[2] - a[5]) / 2))

test("New York to London is 5,570 km, Paris to Sydney 16,960 km", () => {
  // published great-circle distances of the city centers, rounded to 10 km; the sphere differs from the ellipsoid by up to 0.5 %
  expect(greatCircleKm(-74.006, 40.7128, -0.1278, 51.5074)).toBeCloseTo(5570, -1)
  expect(greatCircleKm(2.3522, 48.8566, 151.2093, -33.8688)).toBeCloseTo(16960, -1)
})

test("a quarter of a meridian and of the equator are a quarter of the circumference", () => {
  const quarter = (Math.PI * EARTH_RADIUS_KM) / 2
  expect(greatCircleKm(0, 0, 90, 0)).toBeCloseTo(quarter, 9)
  expect(greatCircleKm(13, 0, 13, 90)).toBeCloseTo(quarter, 9)
  expect(greatCircleKm(13, -90, -70, 90)).toBeCloseTo(2 * quarter, 3)
})

test("across the antimeridian the way is short, and all longitudes meet at a pole", () => {
  expect(greatCircleKm(179.5, 0, -179.5, 0)).toBeCloseTo((EARTH_RADIUS_KM * Math.PI) / 180, 9)
  expect(greatCircleKm(-180, 33, 180, 33)).toBeLessThan(MILLIMETER)
  expect(greatCircleKm(-120, 90, 77, 90)).toBeLessThan(MILLIMETER)
})

test("agrees with d3-geo, and so does the chord between embedded points", () => {
  fc.assert(
    fc.property(longitude, latitude, longitude, latitude, (lonA, latA, lonB, latB) => {
      const theirs = geoDistance([lonA, latA], [lonB, latB]) * EARTH_RADIUS_KM
      fc.pre(theirs < Math.PI * EARTH_RADIUS_KM - 100)
      expect(Math.abs(greatCircleKm(lonA, latA, lonB, latB) - theirs)).toBeLessThan(MILLIMETER)
      const embedded = embedSphere(Float64Array.of(lonA, lonB), Float64Array.of(latA, latB))
      expect(Math.abs(arcKm(embedded) - theirs)).toBeLessThan(MILLIMETER)
    }),
    { numRuns: 2000 },
  )
})

test("near the antipode the distance is known to 2 m", () => {
  fc.assert(
    fc.property(longitude, latitude, fc.double({ min: -1e-3, max: 1e-3, noNaN: true }), (lon, lat, off) => {
      const opposite = [lon > 0 ? lon - 180 : lon + 180, -lat + (lat > 0 ? Math.abs(off) : -Math.abs(off))] as const
      // along the meridian: half the circumference less the offset; 1e-8 of an angle is 0.06 km x 1e-3: take 2 m
      const wanted = Math.PI * EARTH_RADIUS_KM - (Math.abs(off) * Math.PI * EARTH_RADIUS_KM) / 180
      expect(Math.abs(greatCircleKm(lon, lat, ...opposite) - wanted)).toBeLessThan(2e-3)
    }),
  )
})

test("a place comes back from the sphere, whatever the length of its vector", () => {
  fc.assert(
    fc.property(longitude, latitude, fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (lon, lat, length) => {
      const [x, y, z] = embedSphere(Float64Array.of(lon), Float64Array.of(lat))
      expect(Math.hypot(x, y, z)).toBeCloseTo(1, 14)
      const back = unembedSphere(x * length, y * length, z * length)
      expect(back.longitude).toBeGreaterThanOrEqual(-180)
      expect(back.longitude).toBeLessThanOrEqual(180)
      // measured on the ground: the longitude of a pole is anything
      expect(greatCircleKm(lon, lat, back.longitude, back.latitude)).toBeLessThan(MILLIMETER)
    }),
  )
})

test("the axes point to (0 N, 0 E), (0 N, 90 E) and the north pole; no direction is 0, 0", () => {
  expect(unembedSphere(2, 0, 0)).toEqual({ longitude: 0, latitude: 0 })
  expect(unembedSphere(0, 2, 0)).toEqual({ longitude: 90, latitude: 0 })
  expect(unembedSphere(0, 0, 2)).toEqual({ longitude: 0, latitude: 90 })
  expect(unembedSphere(0, 0, -2)).toEqual({ longitude: 0, latitude: -90 })
  expect(unembedSphere(0, 0, 0)).toEqual({ longitude: 0, latitude: 0 })
})

test("a distance from nowhere is NaN", () => {
  expect(greatCircleKm(NaN, NaN, 1, 2)).toBe(NaN)
  expect(greatCircleKm(0, 0, 180, 0)).toBeCloseTo(Math.PI * EARTH_RADIUS_KM, 6)
})
