import { parse } from "csv-parse/sync"
import fc from "fast-check"
import { expect, test } from "vitest"
import { toCsv } from "../../src/report/to-csv.js"
import { deepFreeze, PLAIN, sample, TRICKY_IDS } from "./sample.js"

const read = (csv: string): string[][] => parse(csv, { relax_column_count: false, bom: true })

test("an alignment is two columns, with CRLF after every line", () => {
  expect(toCsv([{ accountId: "a", territoryId: "west" }])).toBe("accountId,territoryId\r\na,west\r\n")
})

test("any text comes back from an independent reader as it was", () => {
  const text = fc.string({ unit: "binary" }).map((value) => value.replaceAll("\ufeff", ""))
  fc.assert(fc.property(fc.array(fc.tuple(text, text), { minLength: 1 }), (pairs) => {
    const rows = pairs.map(([first, second]) => ({ first, second }))
    expect(read(toCsv(rows, { raw: true, newline: "\n" }))).toEqual([["first", "second"], ...pairs])
    expect(read(toCsv(rows, { raw: true }))).toEqual([["first", "second"], ...pairs])
  }))
})

test.each(["=1+1", "+A1", "-A1", "@SUM(A1)", "\tx", "\rx", "\0x", "=cmd|' /C calc'!A0", "-2+3", "+", "-", "--1", "-1e5", "=1", "@1", " =1", "\u00a0+A1", "\u200b=1", "\ufeff@A1", "\n1", "\uff1d1+1", "\uff0b1", "\uff0dA1", "\uff20SUM(A1)"])(
  "%j would run in a spreadsheet and gets an apostrophe, unless raw", (cell) => {
    expect(read(toCsv([{ cell, other: 1 }]))[1][0]).toBe(`'${cell}`)
    expect(read(toCsv([{ cell, other: 1 }], { raw: true }))[1][0]).toBe(cell)
  })

test("a formula behind the line break that begins a text is guarded too: the break may end a row for another reader", () => {
  expect(read(toCsv([{ cell: "\n=1", other: 1 }]))[1][0]).toBe("'\n'=1")
  expect(read(toCsv([{ cell: "\n=1", other: 1 }], { raw: true }))[1][0]).toBe("\n=1")
})

test.each(["-12.5", "+3", "-0", "12", "01234", "a=b", " 1", " -2.5 ", "x@y.com", "3-4"])("%j is no formula and stays as it is", (cell) => {
  expect(read(toCsv([{ cell, other: 1 }]))[1][0]).toBe(cell)
})

test("names of columns are guarded as well", () => {
  expect(toCsv([{ "=HYPERLINK(1)": 1 }])).toBe("'=HYPERLINK(1)\r\n1\r\n")
})

test("numbers are written in full and negative ones are not guarded", () => {
  expect(toCsv([{ a: 0.1, b: -12.25, c: 1e-7, d: true, e: null, f: undefined }])).toBe("a,b,c,d,e,f\r\n0.1,-12.25,1e-7,true,,\r\n")
  fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => Object.is(Number(read(toCsv([{ value }]))[1][0]), value === 0 ? 0 : value)))
})

test("every result of the library is a table", () => {
  const { plan, coverage, comparison, verdict, alignment } = deepFreeze(sample())
  const heads = [plan, coverage, comparison, verdict, alignment].map((result) => read(toCsv(result)))
  expect(heads.map((rows) => rows.length)).toEqual([4, 5, 17, 4, 61])
  expect(heads[0][0]).toEqual(["id", "accountCount", "longitude", "latitude", "visits.activity", "visits.target", "visits.min", "visits.max", "visits.deviation", "visits.price", "cost"])
  expect(heads[1][0]).toEqual(["plane", "code", "accountId", "territoryIds", "ownerIds", "areaIds", "from", "until", "areaKm2", "severity.visits", "message", "suggestion"])
  expect(heads[1][4][3]).toBe('["north","south"]')
  expect(heads[2][0]).toEqual(["figure", "before", "after"])
  expect(heads[3][0].slice(0, 3)).toEqual(["territoryId", "kpi", "value"])
})

test("columns can be chosen and put in order", () => {
  const { plan } = sample()
  expect(toCsv(plan, { columns: ["visits.activity", "id"] }).split("\r\n")[1]).toBe("49,north")
  expect(() => toCsv(plan, { columns: ["visits.activty"] })).toThrow('columns[0]: is no column of these rows: "visits.activty" (did you mean "visits.activity"?)')
})

test("ids and measures called like parts of an object survive", () => {
  const [first, second, third] = TRICKY_IDS
  const { plan } = sample({ ...PLAIN, territories: [first, second, third], measure: "__proto__" })
  const rows = read(toCsv(plan))
  expect(rows[0][4]).toBe("__proto__.activity")
  expect(rows.slice(1).map((row) => row[0])).toEqual([...TRICKY_IDS])
  expect(rows[1][4]).toBe("49")
  expect(read(toCsv([JSON.parse('{"__proto__": "x", "constructor": "y"}') as object]))).toEqual([["__proto__", "constructor"], ["x", "y"]])
})

test("rows without anything are told from no rows", () => {
  expect(toCsv([])).toBe("")
  expect(toCsv([], { columns: ["a", "b"] })).toBe("a,b\r\n")
  expect(read(toCsv([{ a: null }, { a: "x" }]))).toEqual([["a"], [""], ["x"]])
})

test("a byte order mark is written when asked for", () => {
  expect(toCsv([{ a: 1 }], { bom: true })).toBe("\ufeffa\r\n1\r\n")
})

test("what is no row, cell or option is refused with its place", () => {
  expect(() => toCsv(7 as never)).toThrow("rows: must be a result of this library or an array of rows, got 7")
  expect(() => toCsv([{ a: 1 }, 7 as never])).toThrow("rows[1]: must be an object, got 7")
  expect(() => toCsv([{ a: () => 1 }])).toThrow("rows[0].a: must be text, a number")
  expect(() => toCsv([], { newlin: "\n" } as never)).toThrow('newlin: is not an option (did you mean "newline"?)')
  expect(() => toCsv([], { newline: "\r" } as never)).toThrow("newline")
  expect(() => toCsv([], { raw: 1 } as never)).toThrow("raw: must be true or false, got 1")
  const loop: Record<string, unknown> = {}
  loop.self = loop
  expect(() => toCsv([loop])).toThrow("rows[0]")
})

/** What Excel makes of a file where the list separator is a semicolon: quotes count only at the beginning of a cell. */
function cellsBySemicolon(csv: string): string[] {
  const cells: string[] = []
  for (let at = 0; at < csv.length; ) {
    if (csv[at] === '"') {
      let text = ""
      for (at++; at < csv.length && (csv[at] !== '"' || csv[at + 1] === '"'); at++) {
        text += csv[at]
        if (csv[at] === '"') at++
      }
      at++
      while (at < csv.length && !/[;\t\r\n]/.test(csv[at])) text += csv[at++]
      cells.push(text)
    } else {
      let text = ""
      while (at < csv.length && !/[;\t\r\n]/.test(csv[at])) text += csv[at++]
      cells.push(text)
    }
    at++
  }
  return cells
}

test.each(["a;=1+1", "a\t=1+1", "a;@SUM(A1)", "a;;+A1", ";=1", "a\n=1+1", 'a;"=1+1"', "a;\uff1d1", "a;b;-2+3", "=1;=2", "\n=1", "\r\n@A1", "a; =1", "a;\u00a0=1", "a;\u200b=1", "\n\n \"=1", "\t=1"])("%j holds no formula for a reader that cuts at semicolons or tabs", (cell) => {
  const cells = cellsBySemicolon(toCsv([{ first: "x", cell, last: 1 }]))
  expect(cells.filter((text) => /^["\s\u200b]*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(text))).toEqual([])
  expect(read(toCsv([{ cell, other: 1 }], { raw: true }))[1][0]).toBe(cell)
})

test("a formula inside of a list of texts is guarded, and numbers after a semicolon stay", () => {
  expect(read(toCsv([{ cell: ["a;=1+1", "b"], other: 1 }]))[1][0]).toBe(`["a;'=1+1","b"]`)
  expect(read(toCsv([{ cell: "12;-5;+3", other: 1 }]))[1][0]).toBe("12;-5;+3")
  expect(read(toCsv([{ cell: "a;b = c; d-e", other: 1 }]))[1][0]).toBe("a;b = c; d-e")
})

test("no text makes a formula, whoever reads the file", () => {
  const unit = fc.constantFrom("=", "-", "+", "@", ";", "\t", "\n", '"', "1", "A", ",", "'", " ", "\u00a0", "\u200b", "\0")
  const nasty = fc.string({ unit })
  fc.assert(fc.property(fc.array(nasty, { minLength: 1, maxLength: 3 }), (texts) => {
    const csv = toCsv([{ first: "x", ...Object.fromEntries(texts.map((text, t) => [`c${t}`, text])), last: "y" }], { newline: "\n" })
    const isNumber = (text: string): boolean => /^["\s]*[+-]?[0-9]+(\.[0-9]+)?"*,*/.test(text)
    for (const text of cellsBySemicolon(csv)) expect(/^["\s\0\u200b]*[=+\-@]/.test(text) && !isNumber(text), JSON.stringify(text)).toBe(false)
  }))
})

test("NaN and Infinity are refused with their place, and -0 is 0", () => {
  expect(() => toCsv([{ a: 1 }, { a: NaN }])).toThrow("rows[1].a: must be a finite number, got NaN (give null for an empty cell)")
  expect(() => toCsv([{ a: { b: [1, -Infinity] } }])).toThrow("rows[0].a.b[1]: must be a finite number, got -Infinity")
  expect(toCsv([{ a: -0, b: [-0] }])).toBe("a,b\r\n0,[0]\r\n")
})

test("rows that cannot be read, and holes of a list, are refused with their place", () => {
  const row = { get a(): never { throw new Error("no") } }
  expect(() => toCsv([{ a: 1 }, row])).toThrow('rows[1]: could not be read: "no" was thrown')
  expect(() => toCsv(Object.assign([], { 1: { a: 1 } }) as object[])).toThrow("rows[0]: must be an object, got undefined")
})
