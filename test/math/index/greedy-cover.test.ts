import fc from "fast-check"
import { expect, test } from "vitest"
import { coverGreedily } from "../../../src/math/index/greedy-cover.js"

test("circles around any point, taken or not, are those of a look at every pair, in the plane and in space", () => {
  const arbitraryPoint = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 5 }))
  fc.assert(
    fc.property(fc.array(arbitraryPoint, { maxLength: 60 }), fc.constantFrom(2, 3), fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 9 }), (some, dimension, square, limit) => {
      const points = Float64Array.from(some.flatMap((point) => point.slice(0, dimension)))
      const weights = Float64Array.from(some, ([, , , weight]) => weight)
      const left = new Set(some.keys())
      const expected: number[][] = []
      while (expected.length < limit) {
        const circles = some.map((_, p) => [...left].filter((q) => some[p].slice(0, dimension).reduce((sum, at, d) => sum + (at - some[q][d]) ** 2, 0) <= square))
        const sums = circles.map((circle) => circle.reduce((sum, q) => sum + weights[q], 0))
        const most = Math.max(0, ...sums)
        if (most < 2) break
        expected.push(circles[sums.indexOf(most)])
        for (const q of expected[expected.length - 1]) left.delete(q)
      }
      expect(coverGreedily(points, dimension, weights, square, limit, (members) => members.reduce((sum, q) => sum + weights[q], 0) >= 2)).toEqual(expected)
    }),
    { numRuns: 60 },
  )
})
