import fc from "fast-check"
import { expect, test } from "vitest"
import { alignByLists, checkCoverage } from "../../src/coverage/index.js"
import { caught } from "../helpers/caught.js"

const accounts = [
  { id: "a", zip: "01234", revenue: 1 },
  { id: "b", zip: "50613", revenue: 2 },
  { id: "c", zip: "99999", revenue: 4 },
  { id: "d", zip: null, revenue: 8 },
  { id: "e", zip: "", revenue: 16 },
  { id: "f", zip: "88888", revenue: 1 },
]
const lists = { west: ["50613", "01234"], east: ["01234", "77777"], empty: [] }

test("lists become rows; what they leave open and what they give twice is told with its accounts", () => {
  const result = alignByLists(accounts, { field: "zip", lists, measures: { revenue: "revenue" } })
  expect(result).toEqual({
    alignment: [
      { accountId: "a", territoryId: "east" },
      { accountId: "a", territoryId: "west" },
      { accountId: "b", territoryId: "west" },
    ],
    territories: [
      { id: "east", valueCount: 2, accountCount: 1 },
      { id: "empty", valueCount: 0, accountCount: 0 },
      { id: "west", valueCount: 2, accountCount: 2 },
    ],
    unlisted: [
      { value: null, accountCount: 2, measures: { revenue: 24 } },
      { value: "99999", accountCount: 1, measures: { revenue: 4 } },
      { value: "88888", accountCount: 1, measures: { revenue: 1 } },
    ],
    shared: [{ value: "01234", accountCount: 1, measures: { revenue: 1 }, territoryIds: ["east", "west"] }],
    unusedCount: 1,
    warnings: [],
  })
  const coverage = checkCoverage(accounts, result.alignment, { territories: result.territories })
  expect(coverage.summary).toMatchObject({ gapCount: 4, overlapCount: 1, territoryCount: 3 })
})

test("a value is taken to the letter, with a warning where a list holds it in another spelling", () => {
  const { alignment, warnings } = alignByLists([{ id: "a", zip: "1234" }, { id: "b", zip: "50613 " }], { field: "zip", lists })
  expect(alignment).toEqual([])
  expect(warnings.map((w) => w.message)).toEqual([
    '"1234" is in no list, but "01234" is: were spaces or leading zeros added or lost?',
    '"50613 " is in no list, but "50613" is: were spaces or leading zeros added or lost?',
  ])
})

test("ZIP+4, a letter O, a code read as a number and other case are asked about; what is near in letters only is not", () => {
  const zips = { nj: ["07001", "07030"], ia: ["50613"], food: ["food"] }
  const rows = ["07001-1234", "7001-1234", "070011234", "0703O", "50613.0", "Food", "foot", "50614"].map((zip, i) => ({ id: `a${i}`, zip }))
  const { alignment, warnings } = alignByLists(rows, { field: "zip", lists: zips })
  expect(alignment).toEqual([])
  expect(warnings.map((w) => w.message).sort()).toEqual([
    '"07001-1234" is in no list, but "07001" is: is it a ZIP+4 code?',
    '"070011234" is in no list, but "07001" is: is it a ZIP+4 code?',
    '"0703O" is in no list, but "07030" is: was the letter O typed for the digit 0?',
    '"50613.0" is in no list, but "50613" is: was it read as a number with decimals?',
    '"7001-1234" is in no list, but "07001" is: is it a ZIP+4 code, and were leading zeros lost?',
    '"Food" is in no list, but "food" is: did you mean "food"?',
  ])
})

test("a value twice in one list counts once, with a warning; twice in all lists without an account is still shared", () => {
  const result = alignByLists([{ id: "a", zip: "1" }], { field: "zip", lists: { t: ["1", "1", "2"], u: ["2"] } })
  expect(result.warnings.map((w) => [w.code, w.path])).toEqual([["value-repeated", 'lists["t"][1]']])
  expect(result.shared).toEqual([{ value: "2", accountCount: 0, measures: {}, territoryIds: ["t", "u"] }])
})

test("the field may be a function, and territories may be called like object properties", () => {
  const lists = JSON.parse('{"__proto__": ["50"], "constructor": ["01"]}')
  const { alignment } = alignByLists(accounts, { field: (a) => a.zip?.slice(0, 2), lists })
  expect(alignment).toEqual([
    { accountId: "a", territoryId: "constructor" },
    { accountId: "b", territoryId: "__proto__" },
  ])
})

test.each<[string, unknown, unknown, string, string]>([
  ["a ZIP code that was read as a number", [{ id: "a", zip: 1234 }], { field: "zip", lists }, "value-type", "accounts[0].zip"],
  ["a listed ZIP code that was read as a number", accounts, { field: "zip", lists: { t: [1234] } }, "value-type", 'lists["t"][0]'],
  ["a misspelt field", accounts, { field: "zpi", lists }, "field-unknown", "field"],
  ["no field", accounts, { lists }, "option-type", "field"],
  ["no lists", accounts, { field: "zip" }, "option-type", "lists"],
  ["a list that is a string", accounts, { field: "zip", lists: { t: "50613" } }, "option-type", 'lists["t"]'],
  ["a list without a territory", accounts, { field: "zip", lists: { "": [] } }, "id-empty", 'lists[""]'],
  ["a misspelt option", accounts, { field: "zip", lists, measure: {} }, "option-unknown", "measure"],
  ["no options", accounts, undefined, "option-type", "options"],
  ["an accessor that throws", [{ id: "a" }], { field: () => { throw new Error("no") }, lists }, "accessor-failed", "accounts[0] (field)"],
])("%s cannot be used", (_, rows, options, code, path) => {
  expect(caught(() => alignByLists(rows as never, options as never))).toMatchObject({ code, path })
})

test("rows agree with looking into every list, and every account is counted", () => {
  const value = fc.constantFrom("0", "1", "2", "3", "4")
  fc.assert(
    fc.property(fc.array(fc.option(value), { minLength: 1, maxLength: 20 }), fc.array(fc.array(value), { maxLength: 4 }), (values, listed) => {
      const rows = values.map((v, i) => ({ id: `a${i}`, v }))
      const lists = Object.fromEntries(listed.map((list, t) => [`t${t}`, list]))
      const result = alignByLists(rows, { field: "v", lists })
      expect(result.alignment).toEqual(rows.flatMap((a) => listed.flatMap((list, t) => (a.v !== null && list.includes(a.v) ? [{ accountId: a.id, territoryId: `t${t}` }] : []))))
      const listedOnce = result.alignment.length - result.shared.reduce((sum, s) => sum + s.accountCount * s.territoryIds.length, 0)
      const shared = result.shared.reduce((sum, s) => sum + s.accountCount, 0)
      expect(listedOnce + shared + result.unlisted.reduce((sum, u) => sum + u.accountCount, 0)).toBe(rows.length)
    }),
  )
})

test("a list of ZIP+4 codes, and characters that look alike, are asked about", () => {
  const values = ["07001", "07002-9999", "8\u00a0001", "0\uff18001", "08001\u200b", "cafe\u0301", "12345"]
  const accounts = values.map((zip, i) => ({ id: `a${i}`, zip }))
  const { alignment, warnings } = alignByLists(accounts, { field: "zip", lists: { north: ["07001-1234", "07002-0001"], south: ["08001", "caf\u00e9"] } })
  expect(alignment).toEqual([])
  expect(warnings.map(({ message }) => message)).toEqual([
    '"07001" is in no list, but "07001-1234" is: does the list have ZIP+4 codes, and the accounts have others?',
    '"07002-9999" is in no list, but "07002-0001" is: does the list have ZIP+4 codes, and the accounts have others?',
    '"08001\\u200b" is in no list, but "08001" is: were invisible characters added?',
    '"0\uff18001" is in no list, but "08001" is: was it typed in other characters that look alike?',
    '"8\u00a0001" is in no list, but "08001" is: were spaces added, and were leading zeros lost?',
    '"cafe\u0301" is in no list, but "caf\u00e9" is: was it typed in other characters that look alike?',
  ])
})
