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

test("inside the range, evenly spaced, told apart by their labels, about as many as asked for", () => {
  const ranges = fc.tuple(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.double({ min: -4, max: 6, noNaN: true }), fc.integer({ min: 2, max: 12 }))
  fc.assert(fc.property(ranges, ([low, power, count]) => {
    const high = low + 10 ** power
    const ticks = axisTicks(low, high, count)
    const width = high - low
    expect(ticks.length).toBeGreaterThanOrEqual(Math.floor(count / 2.6))
    expect(ticks.length).toBeLessThanOrEqual(count + 1)
    for (const { value } of ticks) expect(value >= low - 1e-8 * width && value <= high + 1e-8 * width).toBe(true)
    const gaps = ticks.slice(1).map(({ value }, i) => value - ticks[i].value)
    for (const gap of gaps) expect(Math.abs(gap / gaps[0] - 1)).toBeLessThan(1e-5)
    if (gaps.length > 0) expect([1, 2, 5, 10]).toContain(Number((gaps[0] / 10 ** Math.floor(Math.log10(gaps[0]) + 1e-6)).toFixed(3)))
    expect(new Set(labels(ticks)).size).toBe(ticks.length)
    for (const { value, label } of ticks) expect(Math.abs(Number(label.replaceAll(",", "")) - value)).toBeLessThanOrEqual(1e-6 * width)
  }), { numRuns: 200 })
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
