import fc from "fast-check"
import { expect, test } from "vitest"
import { createRandom } from "../../../src/math/random.js"
import { tailBothSides } from "../../../src/math/stats/student-t.js"
import { tailChances } from "../../../src/math/stats/tail-chance.js"

const PRIOR = { normal: 3, decline: 0.9 }

const normals = (seed: number): (() => number) => {
  const random = createRandom(seed)
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

test("of many normal residuals the chance is about the normal one, of many with heavy tails about that of their law", () => {
  const normal = normals(4)
  const light = Float64Array.from({ length: 3000 }, () => 2 * normal())
  light[0] = 6 // three standard deviations
  const [chance] = tailChances(light, 2998, [0], PRIOR)
  expect(chance / tailBothSides(3, 1e4)).toBeGreaterThan(0.9)
  expect(chance / tailBothSides(3, 1e4)).toBeLessThan(1.5)
  const heavy = Float64Array.from({ length: 3000 }, () => normal() / Math.sqrt((normal() ** 2 + normal() ** 2 + normal() ** 2 + normal() ** 2) / 4))
  heavy[0] = 6
  const [own] = tailChances(heavy, 2998, [0], PRIOR)
  // Student's t with 4 degrees, known from 3,000 rows: the tail at 6 to a factor of two: the degrees are known to a tenth
  expect(own / tailBothSides(6, 4)).toBeGreaterThan(1 / 2)
  expect(own / tailBothSides(6, 4)).toBeLessThan(2)
})

test("a residual has no part in the law that it is measured by: the larger, the less probable, without end", () => {
  const normal = normals(5)
  const residuals = Float64Array.from({ length: 25 }, normal)
  const chances = [2, 4, 8, 16, 1000].map((size) => tailChances(Float64Array.of(size, ...residuals.slice(1)), 22, [0], PRIOR)[0])
  chances.slice(1).forEach((chance, i) => expect(chance).toBeLessThan(chances[i] / 3))
  expect(chances[4]).toBeLessThan(1e-6)
})

test("unit, sign and order of the residuals do not matter, nor which others are asked", () => {
  fc.assert(fc.property(fc.array(fc.double({ min: -5, max: 5, noNaN: true }).filter((x) => Math.abs(x) > 1e-3), { minLength: 12, maxLength: 30 }), fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (rows, unit) => {
    const residuals = Float64Array.from(rows)
    const [first, second] = tailChances(residuals, rows.length - 3, [0, 5], PRIOR)
    expect(tailChances(residuals, rows.length - 3, [5], PRIOR)[0]).toBe(second)
    expect(tailChances(residuals.map((x) => -unit * x), rows.length - 3, [0], PRIOR)[0] / first).toBeCloseTo(1, 6)
    expect(tailChances(residuals.slice().reverse(), rows.length - 3, [rows.length - 1], PRIOR)[0] / first).toBeCloseTo(1, 9)
  }), { numRuns: 20 })
  expect(Array.from(tailChances(new Float64Array(9), 7, [0, 3], PRIOR))).toEqual([0, 0])
})
