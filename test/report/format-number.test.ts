import fc from "fast-check"
import { expect, test } from "vitest"
import { decimalsFor, formatAlone, formatDeviation, formatNumber, formatShare } from "../../src/report/format-number.js"

test("numbers have thousands separators and fixed decimals", () => {
  expect(formatNumber(1234567.891, 1)).toBe("1,234,567.9")
  expect(formatNumber(-999.5, 0)).toBe("-1,000")
  expect(formatNumber(-0.001, 1)).toBe("0.0")
  expect(formatNumber(1e21, 0)).toBe("1e+21")
  expect(formatNumber(null, 0)).toBe("-")
})

test("grouping agrees with the platform's own for en-US", () => {
  fc.assert(fc.property(fc.integer({ min: -(2 ** 45), max: 2 ** 45 }), fc.integer({ min: 0, max: 3 }), (value, decimals) => {
    const theirs = value.toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
    return formatNumber(value, decimals) === theirs
  }))
})

test("a column has three significant digits of its largest number, and none for whole numbers", () => {
  expect(decimalsFor([1, 20, 300000])).toBe(0)
  expect(decimalsFor([1.5, 250.2])).toBe(0)
  expect(decimalsFor([1.5, 25.2])).toBe(1)
  expect(decimalsFor([1.5])).toBe(2)
  expect(decimalsFor([0.05])).toBe(4)
  expect(decimalsFor([null, Infinity])).toBe(0)
  expect(formatAlone(6.283)).toBe("6.28")
})

test("fractions are shown as per cent, deviations with their sign unless they round to nothing", () => {
  expect(formatShare(0.0482)).toBe("4.8%")
  expect(formatShare(null)).toBe("-")
  expect(formatDeviation(0.0482)).toBe("+4.8%")
  expect(formatDeviation(-0.0482)).toBe("-4.8%")
  expect(formatDeviation(0.0001)).toBe("0.0%")
  expect(formatDeviation(-0.0001)).toBe("0.0%")
})
