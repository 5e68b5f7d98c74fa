import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { log1p } from "../../../src/math/exact/log1p.js"

describe("log1p", () => {
  it("is known at a few places, to the last bit", () => {
    expect(log1p(0)).toBe(0)
    expect(log1p(1)).toBe(Math.LN2)
    expect(log1p(2 ** -60)).toBe(2 ** -60)
    expect(log1p(Math.E - 1)).toBe(1)
    expect(log1p(Infinity)).toBe(Infinity)
  })

  it("agrees with the engine's log1p to two units in the last place, from tiny to huge", () => {
    fc.assert(fc.property(fc.double({ min: 0, max: 1e308, noNaN: true }), (x) => {
      // both are within 1 ulp of the truth, so they are within 2 of each other
      expect(Math.abs(log1p(x) - Math.log1p(x))).toBeLessThanOrEqual(2 * Number.EPSILON * Math.log1p(x))
    }), { numRuns: 2000 })
  })
})
