import { expect, test } from "vitest"
import { createRandom } from "../../../src/math/random.js"
import { centerSpacing } from "../../../src/math/transport/center-spacing.js"

test("every center has the distance to its nearest other center, squared for power 2", () => {
  const random = createRandom(3)
  const centers = Float64Array.from({ length: 3 * 7 }, () => random())
  const nearest = Array.from({ length: 7 }, (_, a) =>
    Math.min(...Array.from({ length: 7 }, (_, b) => (a === b ? Infinity : Math.hypot(centers[3 * a] - centers[3 * b], centers[3 * a + 1] - centers[3 * b + 1], centers[3 * a + 2] - centers[3 * b + 2])))),
  )
  centerSpacing(centers, 7, 3, 1).forEach((spacing, t) => expect(spacing).toBeCloseTo(nearest[t], 12))
  centerSpacing(centers, 7, 3, 2).forEach((spacing, t) => expect(spacing).toBeCloseTo(nearest[t] ** 2, 12))
})

test("a center on top of another looks past it", () => {
  expect(Array.from(centerSpacing(Float64Array.of(0, 0, 0, 0, 3, 4), 3, 2, 1))).toEqual([5, 5, 5])
})

test("a single center, and centers all on one spot, have spacing 1: never 0, which would be divided by", () => {
  expect(Array.from(centerSpacing(Float64Array.of(2, 3), 1, 2, 2))).toEqual([1])
  expect(Array.from(centerSpacing(Float64Array.of(2, 3, 2, 3), 2, 2, 2))).toEqual([1, 1])
})
