import fc from "fast-check"
import { expect, test } from "vitest"
import { formatAmount, formatCount } from "../../src/model/format-amount.js"

test.each([
  [0, "0"], [-0, "0"], [10, "10"], [1_250_000.5, "1,250,000.5"], [1_033_483.1249, "1,033,483.12"], [104.2347, "104.235"], [1 / 3, "0.333333"],
  [0.001234567, "0.00123457"], [-1234.5, "-1,234.5"], [999_999.999, "1,000,000"], [1e21, "1e+21"], [1.5e-9, "1.5e-9"], [123_456_789_012, "123,456,789,012"],
])("%d reads %s", (amount, text) => {
  expect(formatAmount(amount)).toBe(text)
})

test("it says the amount to six digits, or to the cent where that is more", () => {
  fc.assert(
    fc.property(fc.double({ min: -1e15, max: 1e15, noNaN: true }), (amount) => {
      const back = Number(formatAmount(amount).replaceAll(",", ""))
      expect(Math.abs(back - amount)).toBeLessThanOrEqual(Math.min(0.005, 5e-6 * Math.abs(amount)) + 1e-15 * Math.abs(amount))
    }),
  )
})

test("counts agree with their nouns", () => {
  expect(formatCount(1, "territory", "territories")).toBe("1 territory")
  expect(formatCount(2296, "account")).toBe("2,296 accounts")
})
