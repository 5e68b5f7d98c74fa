import fc from "fast-check"
import { expect, test } from "vitest"
import { roundOutwards } from "../../../src/partition/infeasible/round-outwards.js"

test("the number with the fewest decimals that is enough, and not 1 % too much", () => {
  expect(roundOutwards(0.05, 0.022134, 1)).toBe(0.0722)
  expect(roundOutwards(0.05, 0.15, 1)).toBe(0.2)
  expect(roundOutwards(30, 5, -1)).toBe(25)
  expect(roundOutwards(30, 5 - 1e-12, -1)).toBe(25)
  expect(roundOutwards(45_000_000, 2_201_294.9, -1)).toBe(42_790_000)
  expect(roundOutwards(1000, 0.01234, 1)).toBe(1000.0124)
  expect(roundOutwards(0, 3e-9, 1)).toBe(3e-9)
  expect(roundOutwards(10, 10, -1)).toBe(0)
})

test("any numbers: at least the step, at most 0.9 % more", () => {
  const amount = fc.double({ min: 1e-6, max: 1e12, noNaN: true })
  fc.assert(
    fc.property(amount, fc.double({ min: 1e-6, max: 1, noNaN: true }), fc.constantFrom(1 as const, -1 as const), (from, share, direction) => {
      const step = share * from
      const taken = direction * (roundOutwards(from, step, direction) - from)
      // a number close to a round one, to some digits, is that
      expect(taken).toBeGreaterThanOrEqual(step * (1 - 1e-6) - 1e-9 * from)
      expect(taken).toBeLessThanOrEqual(step * 1.009 + 1e-9 * from)
    }),
  )
})
