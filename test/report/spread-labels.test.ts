import fc from "fast-check"
import { expect, test } from "vitest"
import { spreadLabels } from "../../src/report/spread-labels.js"

const cost = (places: readonly number[], wishes: readonly number[]): number => places.reduce((sum, place, i) => sum + (place - wishes[i]) ** 2, 0)

test("labels that want one place stand around it; those with room stay", () => {
  expect(spreadLabels([50, 50, 50], 10, 0, 100)).toEqual([40, 50, 60])
  expect(spreadLabels([80, 20], 10, 0, 100)).toEqual([80, 20])
  expect(spreadLabels([100, 99], 10, 0, 100)).toEqual([100, 90])
  expect(spreadLabels([], 10, 0, 100)).toEqual([])
  // more than there is room for: they share it
  expect(spreadLabels([0, 0, 0], 80, 0, 100)).toEqual([0, 50, 100])
})

test("no two closer than the gap, all inside, and no other such places move them less: against all places on a grid", () => {
  const wishes = fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 1, maxLength: 3 })
  fc.assert(fc.property(wishes, (wanted) => {
    const places = spreadLabels(wanted, 2, 0, 8)
    const sorted = [...places].sort((a, b) => a - b)
    expect(sorted.every((place, i) => place >= -1e-9 && place <= 8 + 1e-9 && (i === 0 || place - sorted[i - 1] >= 2 - 1e-9))).toBe(true)
    // means of up to three whole numbers lie on sixths
    const grid = Array.from({ length: 49 }, (_, g) => g / 6)
    let least = Infinity
    const search = (chosen: readonly number[]): void => {
      if (chosen.length === wanted.length) least = Math.min(least, cost(chosen, wanted))
      else for (const place of grid) if (chosen.every((other) => Math.abs(other - place) >= 2 - 1e-9)) search([...chosen, place])
    }
    search([])
    expect(cost(places, wanted)).toBeCloseTo(least, 9)
  }), { numRuns: 25 })
})
