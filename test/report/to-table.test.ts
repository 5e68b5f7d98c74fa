import { expect, test } from "vitest"
import { toTable } from "../../src/report/to-table.js"
import { sample } from "./sample.js"

test("numbers stand to the right with separators, text to the left", () => {
  expect(toTable([{ territory: "north", revenue: 1250000 }, { territory: "south", revenue: 980000 }])).toBe(
    ["territory    revenue", "---------  ---------", "north      1,250,000", "south        980,000"].join("\n"))
})

test("a column of amounts and fractions keeps the digits of both", () => {
  expect(toTable([{ v: 1250000.5 }, { v: 0.0482 }]).split("\n").slice(2).map((line) => line.trim())).toEqual(["1,250,001", "0.0482"])
})

test("rows beyond the limit are counted", () => {
  const lines = toTable(sample().alignment, { maxRows: 3 }).split("\n")
  expect(lines).toHaveLength(6)
  expect(lines[5]).toBe("and 57 more")
})

test("escape sequences, line breaks and reordering controls do no harm", () => {
  const table = toTable([{ id: "a\u001b[2Jb\nc\u202ed" }])
  expect(table.split("\n")).toHaveLength(3)
  expect(table).not.toMatch(/[\u001b\u202e]/)
})

test("wide characters take two columns, long cells are cut", () => {
  expect(toTable([{ name: "\u6771\u4eac", n: 1 }, { name: "Ames", n: 2 }]).split("\n").slice(2)).toEqual(["\u6771\u4eac  1", "Ames  2"])
  expect(toTable([{ name: "x".repeat(50) }], { maxWidth: 10 }).split("\n")[2]).toBe("xxxxxxx...")
})

test("lists and missing values are readable", () => {
  const lines = toTable(sample().coverage, { columns: ["accountId", "territoryIds"] }).split("\n")
  expect(lines.at(-1)).toBe("a05        north, south")
  expect(toTable([{ a: 1, b: null }])).toContain("-")
})

test("unusable options are refused", () => {
  expect(() => toTable([], { maxRow: 3 } as never)).toThrow('maxRow: is not an option (did you mean "maxRows"?)')
  expect(() => toTable([], { maxRows: -1 })).toThrow("maxRows: must be a whole number, 0 or more, got -1")
  expect(() => toTable([], { maxWidth: 1 })).toThrow("maxWidth: must be 4 or more, got 1")
})
