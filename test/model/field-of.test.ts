import { expect, test } from "vitest"
import { fieldOf, hasField } from "../../src/model/field-of.js"
import { readField } from "../../src/model/read-field.js"
import { readTextField } from "../../src/model/read-text-field.js"
import type { Issue } from "../../src/model/error.js"

class Shop {
  constructor(private readonly takings: number) {}
  get sales(): number {
    return this.takings
  }
  valueOf(): number {
    return this.takings
  }
}

test("what every object inherits is no field; what a row has by itself, or from a class of the caller's, is one", () => {
  expect([fieldOf({ a: 1 }, "constructor"), fieldOf({ a: 1 }, "__proto__"), hasField({ a: 1 }, "toString")]).toEqual([undefined, undefined, false])
  expect([fieldOf({ constructor: 3 }, "constructor"), hasField({ toString: undefined }, "toString")]).toEqual([3, true])
  expect([fieldOf(new Shop(7), "sales"), hasField(new Shop(7), "sales"), typeof fieldOf(new Shop(7), "valueOf")]).toEqual([7, true, "function"])
  expect([fieldOf(Object.create({ sales: 5 }), "sales"), fieldOf(Object.assign(Object.create(null), { toString: 2 }), "toString")]).toEqual([5, 2])
})

test("a polluted Object.prototype gives no row a field", () => {
  Object.defineProperty(Object.prototype, "sales", { value: 1, configurable: true })
  try {
    expect([fieldOf({}, "sales"), hasField({}, "sales"), fieldOf({ sales: 2 }, "sales"), fieldOf(new Shop(7), "sales")]).toEqual([undefined, false, 2, 7])
  } finally {
    Reflect.deleteProperty(Object.prototype, "sales")
  }
})

test("a number that is called constructor is missing, a text that is called so is in no row", () => {
  const issues: Issue[] = []
  readField([{ id: "a" }], "constructor", "accounts", "m", { noun: "measure", minimum: 0 }, issues)
  readTextField([{ id: "a" }], "constructor", "accounts", "field", { noun: "value", row: "account", remedy: "" }, issues)
  expect(issues.map((one) => [one.code, one.path])).toEqual([["measure-missing", "accounts[0].constructor"], ["field-unknown", "field"]])
})

test("what a getter or a function throws is an issue of the row, whatever it throws", () => {
  const issues: Issue[] = []
  const rows = [new Error("lazy"), "text", Object.create(null), 7].map((thrown) => ({ get m(): number { throw thrown } }))
  readField(rows, "m", "accounts", "m", { noun: "measure" }, issues)
  readField(rows, (row) => row.m, "accounts", "size", { noun: "measure" }, issues)
  expect(issues).toHaveLength(8)
  expect(issues[0]?.message).toBe('accounts[0].m: could not be read: "lazy" was thrown (return a value, or set the row aside before the call)')
  expect(issues[6]?.message).toMatch(/^accounts\[2\] \(size\): could not be read: an object was thrown/)
})

test("a number's field that no row has is taken for misspelt", () => {
  const remedies = ([[{ hours: 1 }], [{ hours: 1, huors: undefined }], [{ x: 1 }]] as object[][]).map((rows) => {
    const issues: Issue[] = []
    readField(rows, "huors", "accounts", "m", { noun: "measure" }, issues)
    return issues[0]?.message
  })
  expect(remedies).toEqual([
    'accounts[0].huors: must be a number, got undefined (did you mean "hours"?)',
    "accounts[0].huors: must be a number, got undefined (give every account a number, 0 where there is none)",
    "accounts[0].huors: must be a number, got undefined (give every account a number, 0 where there is none)",
  ])
})
