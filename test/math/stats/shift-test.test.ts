import fc from "fast-check"
import { expect, test } from "vitest"
import { listDetectableShifts } from "../../../src/math/stats/detectable-shifts.js"
import { smallestPValue, testShift } from "../../../src/math/stats/shift-test.js"
import { countWays, listTreatedSets } from "../../../src/math/stats/treated-sets.js"

/** All subsets of 0 to n - 1, by the bits of a number: another way than the code's. */
function subsets(n: number, size: number): number[][] {
  return Array.from({ length: 2 ** n }, (_, bits) => Array.from({ length: n }, (_, i) => i).filter((i) => (bits >> i) & 1)).filter((set) => set.length === size)
}

/** Welch's t of a set against its others, by the textbook. */
function welch(values: readonly number[], set: readonly number[]): number {
  const sides = [values.filter((_, i) => set.includes(i)), values.filter((_, i) => !set.includes(i))].map((side) => {
    const mean = side.reduce((sum, x) => sum + x, 0) / side.length
    return { mean, error: side.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (side.length - 1) / side.length }
  })
  return (sides[0].mean - sides[1].mean) / Math.sqrt(sides[0].error + sides[1].error)
}

function naiveP(values: readonly number[], size: number): number {
  const sets = subsets(values.length, size)
  const real = Math.abs(welch(values, Array.from({ length: size }, (_, i) => i)))
  return sets.filter((set) => Math.abs(welch(values, set)) >= real * (1 - 1e-9)).length / sets.length
}

const units = fc.uniqueArray(fc.integer({ min: -10_000, max: 10_000 }), { minLength: 6, maxLength: 8 }).map((list) => list.map((x) => x / 1000))
const run = (values: readonly number[], size: number, level: number): ReturnType<typeof testShift> => testShift(Float64Array.from(values), listTreatedSets(values.length, size, 1000, 0), level)

test("all ways are listed, each once, the real one first; of too many a seeded sample", () => {
  const { count, members, isExact, ways } = listTreatedSets(7, 3, 35, 0)
  const listed = Array.from({ length: count }, (_, s) => Array.from(members.subarray(3 * s, 3 * s + 3)).join(" "))
  expect([count, ways, isExact, listed[0]]).toEqual([35, 35, true, "0 1 2"])
  expect([...listed].sort()).toEqual(subsets(7, 3).map((set) => set.join(" ")).sort())
  expect([countWays(20, 5), countWays(52, 5), countWays(10, 10)]).toEqual([15504, 2598960, 1])
  const sample = listTreatedSets(20, 5, 500, 3)
  expect([sample.count, sample.isExact, sample.ways]).toEqual([500, false, 15504])
  expect(sample.members).toEqual(listTreatedSets(20, 5, 500, 3).members)
  expect(sample.members).not.toEqual(listTreatedSets(20, 5, 500, 4).members)
  // every unit is drawn as often as any other, up to luck: 125 of 500, sd 9.7
  const drawn = new Int32Array(20)
  for (const unit of sample.members) drawn[unit]++
  for (const times of drawn) expect(Math.abs(times - 125)).toBeLessThan(45)
})

test("the p-value is the textbook's, and the interval is what it does not refute", () => {
  fc.assert(
    fc.property(units, fc.integer({ min: 2, max: 3 }), fc.constantFrom(0.1, 0.2), (values, size, level) => {
      const { estimate, pValue, interval } = run(values, size, level)
      expect(pValue).toBeCloseTo(naiveP(values, size), 9)
      expect(estimate).toBeCloseTo(values.slice(0, size).reduce((sum, x) => sum + x, 0) / size - values.slice(size).reduce((sum, x) => sum + x, 0) / (values.length - size), 9)
      if (interval === null) return
      expect(interval.low).toBeLessThanOrEqual(estimate)
      expect(interval.high).toBeGreaterThanOrEqual(estimate)
      // a shift beyond either end is refuted, one just inside is not
      const width = interval.high - interval.low
      const without = (shift: number): number => naiveP(values.map((x, i) => (i < size ? x - shift : x)), size)
      for (const [end, out] of [[interval.low, -1], [interval.high, 1]] as const) {
        expect(without(end + out * 1e-6 * width)).toBeLessThanOrEqual(level + 1e-9)
        expect(without(end - out * 1e-6 * width)).toBeGreaterThan(level)
      }
    }),
    { numRuns: 40 },
  )
})

test("exact: of all relabelings of the same units no more than the level are called an effect", () => {
  fc.assert(
    fc.property(units, fc.constantFrom(0.05, 0.1, 0.3), (values, level) => {
      const relabeled = subsets(values.length, 3).map((set) => [...set.map((i) => values[i]), ...values.filter((_, i) => !set.includes(i))])
      const results = relabeled.map((one) => run(one, 3, level))
      expect(results.filter(({ pValue }) => pValue <= level + 1e-12).length).toBeLessThanOrEqual(level * results.length + 1e-9)
      expect(results.filter(({ interval }) => interval !== null && (interval.low > 0 || interval.high < 0)).length).toBeLessThanOrEqual(level * results.length + 1e-9)
    }),
    { numRuns: 15 },
  )
})

test("a shift and a change of unit move the interval along; the other direction mirrors it", () => {
  fc.assert(
    fc.property(units, fc.double({ min: -5, max: 5, noNaN: true }), fc.double({ min: 0.01, max: 100, noNaN: true }), (values, shift, unit) => {
      const one = run(values, 3, 0.1)
      const other = run(values.map((x, i) => unit * (i < 3 ? x + shift : x)), 3, 0.1)
      const mirrored = run(values.map((x) => 7 - x), 3, 0.1)
      expect(other.estimate).toBeCloseTo(unit * (one.estimate + shift), 6)
      if (one.interval === null || other.interval === null || mirrored.interval === null) return void expect(other.interval).toBe(one.interval)
      const close = (a: number, b: number): void => expect(Math.abs(a - b)).toBeLessThan(1e-6 * (1 + Math.abs(b)))
      close(other.interval.low, unit * (one.interval.low + shift))
      close(other.interval.high, unit * (one.interval.high + shift))
      close(mirrored.interval.low, -one.interval.high)
      expect(mirrored.pValue).toBe(one.pValue)
    }),
    { numRuns: 40 },
  )
})

test("few sets cannot refute anything, and say so; units without spread are told apart as far as the sets go", () => {
  expect(run([1, 2, 3, 14, 15, 16], 3, 0.05)).toMatchObject({ pValue: 0.1, interval: null })
  expect(smallestPValue(listTreatedSets(6, 3, 1000, 0))).toBe(0.1)
  expect(smallestPValue(listTreatedSets(7, 3, 1000, 0))).toBeCloseTo(1 / 35, 12)
  const flat = run([2, 2, 2, 1, 1, 1, 1], 3, 0.05)
  expect(flat.pValue).toBeCloseTo(1 / 35, 12)
  expect(flat.interval).toEqual({ low: 1, high: 1 })
  expect(run([1, 1, 1, 1, 1, 1, 1], 3, 0.05)).toMatchObject({ estimate: 0, pValue: 1 })
})

test("detectable shifts: a shift at their quantile is found in that share of all relabelings, also where treated units vary more", () => {
  const values = [0.3, -1.2, 0.8, 1.9, -0.4, -0.9, 0.1, 1.1, -1.7]
  for (const spread of [1, 3]) {
    const shifts = listDetectableShifts(Float64Array.from(values), 4, { level: 0.05, seed: 1, draws: 400, sets: 1000, spread })
    expect(shifts).toHaveLength(800)
    for (const power of [0.5, 0.8]) {
      const shift = shifts[Math.floor(power * shifts.length)]
      const found = subsets(9, 4).map((set) => run([...set.map((i) => spread * values[i] + shift), ...values.filter((_, i) => !set.includes(i))], 4, 0.05)).filter(({ pValue, estimate }) => pValue <= 0.05 && estimate > 0)
      expect(Math.abs(found.length / 126 - power)).toBeLessThan(0.1)
    }
  }
  expect(listDetectableShifts(Float64Array.from([1, 2, 3, 4, 5, 6]), 3, { level: 0.05, seed: 1, draws: 10, sets: 1000 })).toHaveLength(0)
})
