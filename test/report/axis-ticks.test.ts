import fc from "fast-check"
import { expect, test } from "vitest"
import { axisTicks, powerTicks } from "../../src/report/axis-ticks.js"

const labels = (ticks: readonly { readonly label: string }[]): string[] => ticks.map((tick) => tick.label)

test("round numbers as one would write them", () => {
  expect(labels(axisTicks(0, 1, 5))).toEqual(["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"])
  expect(labels(axisTicks(-1234567, 987654, 4))).toEqual(["-1,000,000", "0"])
  expect(labels(axisTicks(0.1, 0.31, 4))).toEqual(["0.1", "0.2", "0.3"])
  expect(labels(axisTicks(1e12, 3e12, 2))).toEqual(["1e12", "2e12", "3e12"])
  expect(labels(axisTicks(0, 4e-300, 4))).toEqual(["0", "1e-300", "2e-300", "3e-300", "4e-300"])
  expect(labels(powerTicks(8, 4000, 4))).toEqual(["10", "100", "1,000"])
  expect(labels(powerTicks(8, 300, 5))).toEqual(["10", "20", "50", "100", "200"])
})

/** What holds of ticks between two numbers, up to the rounding of numbers of their size. */
function expectRoundTicks(low: number, high: number, count: number): void {
  const ticks = axisTicks(low, high, count)
  const width = high - low
  const rounding = 4 * Number.EPSILON * Math.max(Math.abs(low), Math.abs(high))
  const slack = 1e-8 * width + rounding
  expect(ticks.length).toBeGreaterThanOrEqual(Math.floor(count / 2.6))
  expect(ticks.length).toBeLessThanOrEqual(count + 1)
  for (const { value } of ticks) expect(value >= low - slack && value <= high + slack).toBe(true)
  const gaps = ticks.slice(1).map(({ value }, i) => value - ticks[i].value)
  // the widest power of ten is the gap itself, or half or a fifth of it
  const powers = Array.from({ length: 20 }, (_, p) => Number(`1e${p - 10}`))
  for (const gap of gaps) expect(powers.some((power) => [1, 2, 5].some((digit) => Math.abs(gap - digit * power) <= rounding + 1e-12 * gap))).toBe(true)
  for (const gap of gaps) expect(Math.abs(gap - gaps[0])).toBeLessThanOrEqual(2 * rounding)
  expect(new Set(labels(ticks)).size).toBe(ticks.length)
  for (const { value, label } of ticks) expect(Number(label.replaceAll(",", ""))).toBe(value)
}

test("inside the range, evenly spaced, told apart by their labels, which read back as the values, about as many as asked for", () => {
  const ranges = fc.tuple(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.double({ min: -7, max: 6, noNaN: true }), fc.integer({ min: 2, max: 12 }))
  // a step of 1e-5 beside half a million: numbers of that size are 1.2e-10 apart, and so are gaps between them
  const examples: [[number, number, number]][] = [[[-524288.00002, -3.9586, 11]], [[999999.5, -6, 12]], [[-1e6, -7, 12]]]
  fc.assert(fc.property(ranges, ([low, power, count]) => expectRoundTicks(low, low + 10 ** power, count)), { numRuns: 200, examples })
})

test("of a narrow range beside large numbers every tick is the number that is written there", () => {
  // with twelve digits alone all of them were the same
  expect(axisTicks(1e6, 1e6 + 1e-5, 5)).toEqual(["1000000.000000", "1000000.000002", "1000000.000004", "1000000.000006", "1000000.000008", "1000000.000010"].map((text) => ({ value: Number(text), label: text.replace("1000000", "1,000,000") })))
  expect(labels(axisTicks(3e12, 3e12 + 0.045, 5))).toEqual(["3e12", "3.00000000000001e12", "3.00000000000002e12", "3.00000000000003e12", "3.00000000000004e12"])
  // and where numbers themselves are too far apart there are none
  expect(axisTicks(1e6, 1e6 + 2e-9, 5)).toEqual([])
})

test("ranges at the ends of what numbers can say give few ticks or none, never a number that is none", () => {
  for (const [low, high] of [[-Number.MAX_VALUE, Number.MAX_VALUE], [0, 5e-324], [1e290, 1.0000000000000002e290], [1, 1 + 2 ** -50]]) {
    for (const { value, label } of [...axisTicks(low, high, 5), ...(low > 0 ? powerTicks(low, high, 5) : [])]) {
      expect(Number.isFinite(value)).toBe(true)
      expect(label).not.toMatch(/NaN|Infinity/)
    }
  }
  for (const { label } of powerTicks(5e-324, Number.MAX_VALUE, 5)) expect(label).toMatch(/^1e-?\d+$|^[\d,.]+$/)
})
