import { geoArea } from "d3-geo"
import { describe, expect, it } from "vitest"
import { evenOdd } from "../../../src/math/geo/clipper-engine.js"
import { cutLongitude } from "../../../src/math/geo/longitude-frame.js"
import { isInRegion, regionKm2, ringSteps, STEPS_PER_DEGREE, TURN } from "../../../src/math/geo/region.js"
import { placeInside, regionGeometry } from "../../../src/math/geo/region-geometry.js"
import { unwrapRing } from "../../../src/math/geo/unwrap-ring.js"
import { createRandom } from "../../../src/math/random.js"
import { boxKm2, boxRing } from "../../coverage/areas/shapes.js"

const region = (positions: number[][]): ReturnType<typeof evenOdd> => evenOdd(unwrapRing(positions.slice(0, -1)))
const EARTH = 6371.0088 ** 2

describe("area on the sphere", () => {
  it.each([[0, 0, 1, 1], [-100, 30, -40, 70], [10, -90, 20, -80], [-180, -90, 180, 90], [5, 50, 5.00001, 50.00001]])("of a box %f %f %f %f is exact", (west, south, east, north) => {
    const exact = boxKm2(west, south, east, north)
    expect(Math.abs(regionKm2(region(boxRing(west, south, east, north))) / exact - 1)).toBeLessThan(1e-9)
  })

  it("agrees with d3-geo's on random stars, their edges divided until great arcs follow the straight lines", () => {
    const random = createRandom(7)
    for (let round = 0; round < 20; round++) {
      const [longitude, latitude] = [random() * 300 - 150, random() * 120 - 60]
      const ring = Array.from({ length: 12 }, (_, p) => {
        const [angle, radius] = [(p / 12) * 2 * Math.PI, 2 + random() * 18]
        return [longitude + radius * Math.cos(angle), latitude + radius * Math.sin(angle)]
      })
      ring.push(ring[0])
      const dense = ring.slice(1).flatMap((to, p) => Array.from({ length: 200 }, (_, d) => [0, 1].map((c) => ring[p][c] + ((to[c] - ring[p][c]) * d) / 200)))
      dense.push(dense[0])
      // d3-geo takes exterior rings clockwise
      const truth = geoArea({ type: "Polygon", coordinates: [dense.reverse()] }) * EARTH
      expect(Math.abs(regionKm2(region(ring)) / truth - 1)).toBeLessThan(1e-4)
    }
  })
})

describe("rings", () => {
  it("cross the antimeridian by the shorter way, in whatever turn they are written", () => {
    const exact = boxKm2(170, -10, 190, 10)
    for (const ring of [[[170, -10], [-170, -10], [-170, 10], [170, 10], [170, -10]], boxRing(170, -10, 190, 10), boxRing(-190, -10, -170, 10)]) expect(regionKm2(region(ring))).toBeCloseTo(exact, 3)
  })

  it("go around a pole", () => {
    const cap = [[0, 80], [90, 80], [180, 80], [-90, 80], [0, 80]]
    expect(regionKm2(region(cap))).toBeCloseTo(boxKm2(-180, 80, 180, 90), 3)
    expect(regionKm2(region([...cap].reverse().map(([x, y]) => [x, -y])))).toBeCloseTo(boxKm2(-180, 80, 180, 90), 3)
  })

  it("have a place inside, and their direction outside is counterclockwise", () => {
    const ring = [[0, 0], [4, 0], [4, 4], [3, 4], [3, 1], [1, 1], [1, 4], [0, 4], [0, 0]]
    for (const one of [ring, [...ring].reverse()]) {
      const shape = region(one)
      const { longitude, latitude } = placeInside(shape)
      expect(isInRegion(longitude * STEPS_PER_DEGREE, latitude * STEPS_PER_DEGREE, shape)).toBe(true)
      expect(ringSteps(shape[0])).toBeGreaterThan(0)
      expect(regionGeometry(shape).coordinates).toEqual([ring])
    }
  })

  it("are written in two halves where they cross the antimeridian", () => {
    expect(regionGeometry(region(boxRing(170, 0, 190, 1)))).toEqual({ type: "MultiPolygon", coordinates: [[boxRing(-180, 0, -170, 1)], [boxRing(170, 0, 180, 1)]] })
  })
})

it("cuts the globe where nothing is", () => {
  const at = (degrees: number): number => degrees * STEPS_PER_DEGREE
  expect(cutLongitude([])).toBe(-TURN / 2)
  expect(cutLongitude([{ from: at(170), to: at(190) }])).toBe(at(0))
  expect(cutLongitude([{ from: at(-100), to: at(-80) }, { from: at(10), to: at(20) }])).toBe(at(140))
  expect(cutLongitude([{ from: at(-180), to: at(180) }])).toBe(-TURN / 2)
})
