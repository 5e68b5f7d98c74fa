import { distanceKm } from "equiterra"
import { expect, test } from "vitest"
import { greatCircleKm as bare } from "../../src/math/geo/sphere.js"

test("distances are those of the sphere, for longitudes beyond a turn too", () => {
  expect(distanceKm(-93.6, 41.6, -91.5, 41.7)).toBe(bare(-93.6, 41.6, -91.5, 41.7))
  expect(distanceKm(190, 0, -170, 0)).toBeCloseTo(0, 6)
  expect(distanceKm(-0, -0, 0, 0)).toBe(0)
})

test("what is no place is refused, with all that is wrong", () => {
  const fail = (...given: readonly unknown[]): unknown => {
    try {
      return distanceKm(...(given as [number, number, number, number]))
    } catch (error) {
      return error
    }
  }
  expect(fail(NaN, 0, 10n, 91)).toMatchObject({ code: "coordinate-out-of-range", path: "longitudeA", issueCount: 3 })
  for (const bad of [undefined, null, "1", Symbol("s"), Infinity, -541, {}]) {
    expect(fail(0, 0, bad, 0)).toMatchObject({ name: "TerritoryError", path: "longitudeB" })
    expect(fail(0, 0, 0, bad)).toMatchObject({ name: "TerritoryError", path: "latitudeB" })
  }
})
