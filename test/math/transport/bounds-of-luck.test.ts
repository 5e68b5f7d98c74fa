import { expect, test } from "vitest"
import { createRandom } from "../../../src/math/random.js"
import { areBoundsOfLuck } from "../../../src/math/transport/bounds-of-luck.js"
import type { TransportProblem } from "../../../src/math/transport/transport-problem.js"

/** One measure, scaled to the sum k. */
function problemOf(k: number, values: readonly number[], tolerance: number): TransportProblem {
  const total = values.reduce((a, b) => a + b, 0)
  const n = values.length
  return {
    n,
    k,
    measureCount: 1,
    dimension: 2,
    points: new Float64Array(2 * n),
    radius: 0,
    power: 2,
    weights: new Float64Array(n).fill(1),
    activities: Float64Array.from(values, (value) => value * (k / total)),
    lower: new Float64Array(k).fill(1 - tolerance),
    upper: new Float64Array(k).fill(1 + tolerance),
    lockedTo: new Int32Array(n).fill(-1),
  }
}

const random = createRandom(5)
const amounts = Array.from({ length: 100 }, () => 0.1 + random())
const visits = Array.from({ length: 99 }, () => 1 + Math.floor(9 * random()))
/** So that the sum is a multiple of 4, or one more. */
const visitsTo = (rest: number): number[] => [...visits, 4 + rest - (visits.reduce((a, b) => a + b, 0) % 4)]

test("a tolerance of 0 on amounts of any size is met by luck alone; one of 0.1 % is a matter of search", () => {
  expect(areBoundsOfLuck(problemOf(4, amounts, 0))).toBe(true)
  expect(areBoundsOfLuck(problemOf(4, amounts, 1e-9))).toBe(true)
  expect(areBoundsOfLuck(problemOf(4, amounts, 0.001))).toBe(false)
})

test("whole numbers of something can be shared out evenly where their sum can be divided", () => {
  expect(areBoundsOfLuck(problemOf(4, visitsTo(0), 0))).toBe(false)
  expect(areBoundsOfLuck(problemOf(4, visitsTo(1), 0))).toBe(true)
  // thirds, tenths and cents are units too
  for (const unit of [1 / 3, 0.1, 0.01, 250]) {
    expect(areBoundsOfLuck(problemOf(4, visitsTo(0).map((count) => count * unit), 0))).toBe(false)
    expect(areBoundsOfLuck(problemOf(4, visitsTo(1).map((count) => count * unit), 0))).toBe(true)
  }
})

test("accounts of nothing, alone or among others, are no unit", () => {
  expect(areBoundsOfLuck(problemOf(4, [0, ...visitsTo(0), 0], 0))).toBe(false)
  expect(areBoundsOfLuck({ ...problemOf(2, [1, 1], 0), activities: new Float64Array(2) })).toBe(false)
})

test("a common unit is the largest number that all amounts are multiples of, not the largest amount", () => {
  // threes, fives and a one: any whole number may be the sum of some, a multiple of five or not
  const fine = [...Array.from({ length: 8 }, () => 3), ...Array.from({ length: 7 }, () => 5), 1]
  expect(fine.reduce((sum, value) => sum + value, 0)).toBe(60)
  for (const k of [3, 4, 5, 6, 10]) expect(areBoundsOfLuck(problemOf(k, fine, 0))).toBe(false)
  // of sixes and tens the unit is 2: no territory can have 15 of 60
  const coarse = [...Array.from({ length: 5 }, () => 6), ...Array.from({ length: 3 }, () => 10)]
  expect(areBoundsOfLuck(problemOf(4, coarse, 0))).toBe(true)
  expect(areBoundsOfLuck(problemOf(6, coarse, 0))).toBe(false)
})
