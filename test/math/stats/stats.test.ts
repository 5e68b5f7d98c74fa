import fc from "fast-check"
import { expect, test } from "vitest"
import { createRandom } from "../../../src/math/random.js"
import { adjustPValues } from "../../../src/math/stats/adjust-p-values.js"
import { gini } from "../../../src/math/stats/gini.js"
import { testGroups } from "../../../src/math/stats/permutation-test.js"
import { ratioInterval } from "../../../src/math/stats/ratio-interval.js"
import { studentT95, tailBothSides } from "../../../src/math/stats/student-t.js"
import { sumOf } from "../../../src/math/stats/sum-of.js"
import { wilsonInterval } from "../../../src/math/stats/wilson-interval.js"

test.each([
  // Newcombe, Statist. Med. 17, 1998, table I, method 3
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])("Wilson's interval of %i in %i is the published one", (successes, trials, low, high) => {
  const interval = wilsonInterval(successes, trials)
  expect(interval.low).toBeCloseTo(low, 4) // printed to 4 digits
  expect(interval.high).toBeCloseTo(high, 4)
})

test("all trials won: the interval ends at exactly 1", () => {
  expect(wilsonInterval(7, 7).high).toBe(1)
})

test.each([
  // any printed table of Student's t, column 0.975
  [1, 12.706204736432],
  [2, 4.302652729911],
  [5, 2.570581835636],
  [10, 2.228138851965],
  [30, 2.042272456301],
  [120, 1.979930405082],
])("the t quantile with %i degrees is the tabulated one", (degrees, t) => {
  // gammaln is good to about 1e-13 absolute, which the far tail of 1 degree magnifies
  expect(Math.abs(studentT95(degrees) / t - 1)).toBeLessThan(1e-10)
})

test("with one degree the tail is the Cauchy distribution's", () => {
  for (const t of [0.1, 1, 3, 40]) expect(tailBothSides(t, 1)).toBeCloseTo(1 - (2 / Math.PI) * Math.atan(t), 12)
})

test("the p-values of Benjamini & Hochberg's own example: four are discoveries at 0.05", () => {
  const p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1]
  const adjusted = Array.from(adjustPValues(p))
  expect(adjusted.filter((q) => q <= 0.05)).toHaveLength(4)
  expect(adjusted[3]).toBeCloseTo((0.0095 * 15) / 4, 12)
  expect(adjusted[14]).toBe(1)
})

test("adjusted p-values keep their order, never shrink and do not depend on the order given", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 }), (p) => {
      const adjusted = adjustPValues(p)
      p.forEach((x, i) => {
        expect(adjusted[i]).toBeGreaterThanOrEqual(x * (1 - 1e-15)) // p * m / m may round down
        p.forEach((y, j) => (x < y ? expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j]) : undefined))
      })
      expect(Array.from(adjustPValues([...p].reverse())).reverse()).toEqual(Array.from(adjusted))
    }),
  )
})

test("the Gini coefficient of the incomes in the documentation of R's ineq package", () => {
  expect(gini([541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261])).toBeCloseTo(0.4620911, 7)
})

test("Gini: equal is 0, all in one is (n - 1) / n, nothing is null", () => {
  expect(gini([3, 3, 3])).toBe(0)
  expect(gini([0, 0, 0, 8])).toBe(0.75)
  expect(gini([0, 0])).toBeNull()
  expect(gini([])).toBeNull()
})

test("Gini is half the relative mean difference of all pairs", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 15 }).filter((v) => v.some((x) => x > 1e-3)), (values) => {
      const n = values.length
      const mean = values.reduce((a, b) => a + b) / n
      const pairs = values.flatMap((a) => values.map((b) => Math.abs(a - b))).reduce((a, b) => a + b)
      expect(gini(values)).toBeCloseTo(pairs / (2 * n * n * mean), 10)
    }),
  )
})

test("the interval of a ratio, by hand: y = 1, 3, 2 on x = 1, 1, 1 with one return", () => {
  const plain = ratioInterval(Float64Array.of(1, 3, 2), Float64Array.of(1, 1, 1), 0, 3)
  const half = 4.302652729911275 * Math.sqrt(1 / 3) // t with 2 degrees times s / root n, s = 1
  expect(plain?.low).toBeCloseTo(2 * Math.exp(-half / 2), 9)
  expect(plain?.high).toBeCloseTo(2 * Math.exp(half / 2), 9)
  const signed = ratioInterval(Float64Array.of(-1, 1, 0), Float64Array.of(1, 1, 1), 0, 3)
  expect(signed?.low).toBeCloseTo(-half, 9)
  expect(signed?.high).toBeCloseTo(half, 9)
})

test("one row has no interval; rows of one ratio have an interval of no width", () => {
  expect(ratioInterval(Float64Array.of(5), Float64Array.of(2), 0, 1)).toBeNull()
  expect(ratioInterval(Float64Array.of(1, 2, 3), Float64Array.of(3, 6, 9), 0, 3)).toEqual({ low: 1 / 3, high: 1 / 3 })
})

test("the interval of a ratio covers the truth as often as it says on well-behaved rows", () => {
  const random = createRandom(3)
  let covered = 0
  const runs = 1000
  for (let run = 0; run < runs; run++) {
    const x = Float64Array.from({ length: 40 }, () => 1 + random())
    const y = x.map((v) => v * (0.5 + random())) // ratio 1 on average
    const interval = ratioInterval(y, x, 0, 40)
    if (interval !== null && interval.low <= 1 && 1 <= interval.high) covered++
  }
  // binomial: 0.95 +- 3 standard errors of 0.007
  expect(covered / runs).toBeGreaterThan(0.929)
  expect(covered / runs).toBeLessThan(0.971)
})

const effort = { seed: 0, exceedances: 50, maxSamples: 20_000, drawLimit: 3e7 }

test("the sampled p-value is the exact one, of all ways to draw the group", () => {
  // 3 of 8: 56 ways. Scores in two groups of 3 and 5
  const scores = Float64Array.of(9, 7, 6, 1, 2, 8, 3, 0)
  const t = (group: number[]): number => {
    const rest = Array.from(scores.keys()).filter((i) => !group.includes(i))
    const part = (rows: number[]): [number, number] => {
      const m = rows.reduce((s, i) => s + scores[i], 0) / rows.length
      return [m, rows.reduce((s, i) => s + (scores[i] - m) ** 2, 0) / (rows.length - 1) / rows.length]
    }
    const [m1, v1] = part(group)
    const [m2, v2] = part(rest)
    return (m1 - m2) / Math.sqrt(v1 + v2)
  }
  const all: number[] = []
  for (let a = 0; a < 8; a++) for (let b = a + 1; b < 8; b++) for (let c = b + 1; c < 8; c++) all.push(t([a, b, c]))
  expect(all).toHaveLength(56)
  const exact = (2 * all.filter((x) => x >= t([0, 1, 2]) - 1e-9).length) / 56
  const sampled = testGroups(scores, Int32Array.of(0, 3, 8), [true, true], { ...effort, exceedances: 5000 })
  // 5,000 exceedances: relative standard error 1.4 %; five of them
  expect(Math.abs(sampled[0] / exact - 1)).toBeLessThan(0.07)
  // two groups are one question, asked from either side
  expect(Math.abs(sampled[1] / exact - 1)).toBeLessThan(0.07)
})

test("rows that are all the same accuse nobody, and groups that are not tested get 1", () => {
  expect(Array.from(testGroups(new Float64Array(9).fill(4), Int32Array.of(0, 3, 6, 9), [true, false, true], effort))).toEqual([1, 1, 1])
})

test("a group that holds everything that is different is found, down to the smallest p-value", () => {
  const scores = Float64Array.from({ length: 60 }, (_, i) => (i < 15 ? 1 : 0))
  const p = testGroups(scores, Int32Array.of(0, 15, 30, 60), [true, true, true], effort)
  expect(p[0]).toBe(2 / 20_001)
})

test("the same seed gives the same p-values, and the scale of the scores does not matter", () => {
  const random = createRandom(9)
  const scores = Float64Array.from({ length: 90 }, () => random() ** 8)
  const starts = Int32Array.of(0, 20, 50, 90)
  const first = testGroups(scores, starts, [true, true, true], effort)
  expect(testGroups(scores, starts, [true, true, true], effort)).toEqual(first)
  expect(testGroups(scores.map((s) => s * 1024), starts, [true, true, true], effort)).toEqual(first)
})

test("amounts in cents sum to cents, and a large number does not swallow small ones", () => {
  expect(sumOf(Array.from({ length: 1000 }, () => 0.1))).toBe(100)
  expect(sumOf([1, 1e100, 1, -1e100])).toBe(2)
  expect(sumOf([5, 7, 9], [2, 0])).toBe(14)
  expect(sumOf([])).toBe(0)
})
