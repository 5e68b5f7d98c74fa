import fc from "fast-check"
import { expect, test } from "vitest"
import { measureCompactness, typicalDistance } from "../../src/criteria/compactness.js"
import { greatCircleKm, EARTH_RADIUS_KM, embedSphere } from "../../src/math/geo/sphere.js"
import { evaluateAlignment } from "../../src/partition/index.js"
import { compareAlignments } from "../../src/performance/index.js"

const square = { n: 4, k: 2, dimension: 2, radius: 0, points: Float64Array.of(0, 0, 2, 0, 9, 0, 9, 4), weights: Float64Array.of(1, 1, 2, 2) } as const
const owner = Int32Array.of(0, 0, 1, 1)
const centers = Float64Array.of(1, 0, 9, 2)

test("by hand: weight times distance to the power, by territory and in all", () => {
  const inertia = measureCompactness({ ...square, power: 2 }, owner, centers)
  expect([[...inertia.costs], [...inertia.weights], inertia.cost, inertia.weight]).toEqual([[2, 16], [2, 4], 18, 6])
  const travel = measureCompactness({ ...square, power: 1 }, owner, centers)
  expect([[...travel.costs], travel.cost]).toEqual([[2, 8], 10])
})

test("the typical distance costs as much for all the weight as the accounts do at theirs", () => {
  expect([typicalDistance(18, 6, 2), typicalDistance(10, 6, 1), typicalDistance(0, 0, 2), typicalDistance(0, 3, 1)]).toEqual([Math.sqrt(3), 10 / 6, null, 0])
})

const places = fc.array(fc.record({ longitude: fc.double({ min: -180, max: 180, noNaN: true }), latitude: fc.double({ min: -90, max: 90, noNaN: true }), hours: fc.integer({ min: 1, max: 9 }) }), { minLength: 2, maxLength: 12 })

test("on the globe it is the great circle in km, from any place to any center", () => {
  fc.assert(
    fc.property(places, (rows) => {
      const [center, ...others] = rows
      const at = (list: typeof rows) => embedSphere(Float64Array.from(list, (p) => p.longitude), Float64Array.from(list, (p) => p.latitude)).map((x) => x * EARTH_RADIUS_KM)
      const globe = { n: others.length, k: 1, dimension: 3, radius: EARTH_RADIUS_KM, points: at(others), weights: Float64Array.from(others, (p) => p.hours), power: 1 } as const
      const { cost } = measureCompactness(globe, new Int32Array(others.length), at([center]))
      const expected = others.reduce((sum, p) => sum + p.hours * greatCircleKm(p.longitude, p.latitude, center.longitude, center.latitude), 0)
      // near antipodes half a turn is resolved to 1e-8 of it
      expect(Math.abs(cost - expected)).toBeLessThan(1e-7 * expected + 1e-7)
    }),
  )
})

test("comparing and evaluating an alignment tell the same cost", () => {
  fc.assert(
    fc.property(fc.array(fc.record({ x: fc.double({ min: -9, max: 9, noNaN: true }), y: fc.double({ min: -9, max: 9, noNaN: true }), hours: fc.integer({ min: 0, max: 9 }) }), { minLength: 3, maxLength: 12 }), fc.boolean(), (rows, globe) => {
      const accounts = rows.map(({ x, y, hours }, i) => ({ id: `a${i}`, hours: i === 0 ? 1 : hours, ...(globe ? { longitude: x, latitude: y } : { x, y }) }))
      const alignment = accounts.map(({ id }, i) => ({ accountId: id, territoryId: `t${i % 3}` }))
      const evaluated = evaluateAlignment(accounts, alignment, { territories: 3, measures: { hours: { value: "hours" } } })
      const { after } = compareAlignments(accounts, alignment, alignment, { measures: { hours: "hours" } })
      // a sum of at most 12 products, each to some 1e-15 of the largest square
      expect(Math.abs((after.cost as number) - evaluated.cost)).toBeLessThan(1e-9 * evaluated.cost + (globe ? 1e-9 : 1e-12))
    }),
  )
})
