import fc from "fast-check"
import { expect, test } from "vitest"
import { greatCircleKm, EARTH_RADIUS_KM } from "../../../src/math/geo/sphere.js"
import { createGlobeIndex } from "../../../src/math/index/globe-index.js"
import { createPlaneIndex } from "../../../src/math/index/plane-index.js"
import { createRandom } from "../../../src/math/random.js"

const ascending = (found: number[]): number[] => [...found].sort((a, b) => a - b)

/** Queries and points crowd the antimeridian, the poles and each other. */
const longitude = fc.oneof(fc.double({ min: -180, max: 180, noNaN: true }), fc.constantFrom(-180, -179.999, 179.999, 180, 0))
const latitude = fc.oneof(fc.double({ min: -90, max: 90, noNaN: true }), fc.constantFrom(-90, -89.99, 89.99, 90, 0))
const place = fc.tuple(longitude, latitude)

test("on the globe it finds what measuring every point finds, across the antimeridian and the poles", () => {
  const random = createRandom(1)
  const n = 1500
  const longitudes = Float64Array.from({ length: n }, (_, i) => (i % 3 === 0 ? (random() < 0.5 ? -180 + random() : 179 + random()) : random() * 360 - 180))
  const latitudes = Float64Array.from({ length: n }, (_, i) => (i % 5 === 0 ? (random() < 0.5 ? -1 : 1) * (88 + 2 * random()) : (Math.asin(2 * random() - 1) * 180) / Math.PI))
  const index = createGlobeIndex(longitudes, latitudes)
  fc.assert(
    fc.property(place, fc.oneof(fc.double({ min: 0, max: 500, noNaN: true }), fc.double({ min: 0, max: 20_100, noNaN: true })), ([lon, lat], radius) => {
      const found = new Set(index.within(lon, lat, radius))
      const wrong: number[] = []
      for (let i = 0; i < n; i++) {
        const d = greatCircleKm(lon, lat, longitudes[i], latitudes[i])
        // points within a millimeter of the border may fall on either side: two formulas for one distance; near the antipode
        // the haversine knows the distance to about 0.2 m only
        const slack = d > 19_900 ? 1e-3 : 1e-6
        if ((d < radius - slack && !found.has(i)) || (d > radius + slack && found.has(i))) wrong.push(i)
      }
      expect(wrong).toEqual([])
    }),
    { numRuns: 300 },
  )
})

test("every point finds itself at radius 0", () => {
  fc.assert(
    fc.property(place, ([lon, lat]) => {
      expect(createGlobeIndex(Float64Array.of(lon), Float64Array.of(lat)).within(lon, lat, 0)).toEqual([0])
    }),
  )
})

test("half the circumference finds everything", () => {
  fc.assert(
    fc.property(fc.array(place, { minLength: 1, maxLength: 30 }), place, (places, [lon, lat]) => {
      const index = createGlobeIndex(Float64Array.from(places, (p) => p[0]), Float64Array.from(places, (p) => p[1]))
      expect(index.within(lon, lat, Math.PI * EARTH_RADIUS_KM)).toHaveLength(places.length)
    }),
  )
})

test("on the plane it finds what measuring every point finds", () => {
  const coordinate = fc.integer({ min: -20, max: 20 })
  fc.assert(
    fc.property(fc.array(fc.tuple(coordinate, coordinate), { maxLength: 200 }), coordinate, coordinate, fc.integer({ min: 0, max: 30 }), (points, x, y, radius) => {
      const index = createPlaneIndex(Float64Array.from(points, (p) => p[0]), Float64Array.from(points, (p) => p[1]))
      const naive = points.flatMap((p, i) => ((p[0] - x) ** 2 + (p[1] - y) ** 2 <= radius ** 2 ? [i] : []))
      expect(ascending(index.within(x, y, radius))).toEqual(naive)
    }),
  )
})
