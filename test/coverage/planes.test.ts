import type { Feature, Polygon } from "geojson"
import { readFileSync } from "node:fs"
import { parse } from "csv-parse/sync"
import fc from "fast-check"
import { expect, test } from "vitest"
import { checkAreas, checkCoverage, FINDING_CODES, type CoverageTerritory, type Finding, type Tenure } from "../../src/coverage/index.js"
import { formatDay, parseDay } from "../../src/model/day.js"
import { caught } from "../helpers/caught.js"

const load = (name: string): Record<string, string>[] => parse(readFileSync(new URL(`../fixtures/${name}.csv`, import.meta.url), "utf8"), { columns: true })
const stores = load("adventureworks-stores").map(({ store, rep, territory, revenue }) => ({ id: store, rep, territory, revenue: Number(revenue) }))
const current = stores.map(({ id, territory }) => ({ accountId: id, territoryId: territory }))
const territoriesOf = Object.fromEntries(load("adventureworks-reps").map(({ rep, territory }) => [rep, territory === "" ? [] : [territory]]))
const of = (findings: readonly Finding[], code: Finding["code"]): Finding[] => findings.filter((one) => one.code === code)

test("AdventureWorks: 84 stores are served from another territory, and five territories by several reps", () => {
  const { findings, complete, exclusive, summary } = checkCoverage(stores, current, { measures: { revenue: "revenue" }, owners: { field: "rep", territoriesOf } })
  expect([complete, exclusive]).toEqual([true, true])
  const elsewhere = of(findings, "owner-elsewhere")
  expect(elsewhere.length).toBe(84)
  for (const { accountId, ownerIds, territoryIds } of elsewhere) {
    const store = stores.find(({ id }) => id === accountId) as (typeof stores)[number]
    expect(ownerIds).toEqual([store.rep])
    expect(territoryIds).toContain(store.territory)
    expect(territoriesOf[store.rep]).not.toContain(store.territory)
  }
  const several = of(findings, "owners-several")
  expect(several.map(({ territoryIds }) => territoryIds[0]).sort()).toEqual(["1", "3", "4", "5", "6"])
  for (const { territoryIds: [id], ownerIds } of several) expect(ownerIds).toEqual([...new Set(stores.filter(({ territory }) => territory === id).map(({ rep }) => rep))].sort())
  expect(summary.counts).toEqual({ "owner-elsewhere": 84, "owners-several": 5 })
})

test("AdventureWorks: who had which territory when, held to a look at every day", () => {
  const rows: Tenure[] = load("adventureworks-history").map(({ rep, territory, from, until }) => ({ ownerId: rep, territoryId: territory, from, until: until === "" ? null : until }))
  const territories = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]
  const { findings } = checkCoverage(stores, current, { territories, tenures: { rows, from: "2011-01-01", until: "2014-06-30" } })
  expectDays(findings, territories, rows, "2011-01-01", "2014-06-30")
  // France has nobody until Ranjit Varkey Chudukatil comes
  expect(of(findings, "date-gap").find(({ territoryIds }) => territoryIds[0] === "7")).toMatchObject({ from: "2011-01-01", until: "2012-05-29" })
})

test("Northwind: four territories have no employee", () => {
  const territories = load("northwind-territories").map(({ territory, employees }) => ({ id: territory, repIds: employees === "" ? [] : employees.split(" ") }))
  const customers = territories.map(({ id }) => ({ id: `c${id}` }))
  const { findings } = checkCoverage(customers, territories.map(({ id }) => ({ accountId: `c${id}`, territoryId: id })), { territories })
  expect(findings.map(({ code, territoryIds }) => [code, territoryIds[0]])).toEqual(["29202", "72716", "75234", "78759"].map((id) => ["territory-unstaffed", id]))
})

/** What findings say of days is what a look at every single day says. */
function expectDays(findings: readonly Finding[], ids: readonly string[], rows: readonly Tenure[], from: string, until: string): void {
  const day = (text: string): number => parseDay(text) as number
  for (const id of ids) {
    const own = findings.filter(({ plane, territoryIds }) => plane === "dates" && territoryIds[0] === id)
    for (let d = day(from); d <= day(until); d++) {
      const owners = [...new Set(rows.filter((row) => row.territoryId === id && day(row.from) <= d && (row.until === null || row.until === undefined || day(row.until) >= d)).map(({ ownerId }) => ownerId))].sort()
      const told = own.filter((one) => day(one.from as string) <= d && day(one.until as string) >= d)
      expect(told.map(({ code, ownerIds }) => [code, ownerIds])).toEqual(owners.length === 1 ? [] : [[owners.length === 0 ? "date-gap" : "date-overlap", owners]])
    }
    // stretches are as long as they can be
    own.forEach((one) => expect(own.some((other) => other.code === one.code && day(other.from as string) === day(one.until as string) + 1 && String(other.ownerIds) === String(one.ownerIds))).toBe(false))
  }
}

test("random tenures: findings and a look at every day agree", () => {
  const arbitraryDay = fc.integer({ min: 19_000, max: 19_030 })
  const arbitraryTenure = fc.record({ id: fc.constantFrom("a", "b"), owner: fc.constantFrom("x", "y", "z"), from: arbitraryDay, length: fc.integer({ min: 0, max: 20 }), open: fc.boolean() })
  fc.assert(
    fc.property(fc.array(arbitraryTenure, { minLength: 1, maxLength: 8 }), (some) => {
      const rows: Tenure[] = some.map(({ id, owner, from, length, open }) => ({ territoryId: id, ownerId: owner, from: formatDay(from), until: open ? null : formatDay(from + length) }))
      const [first, last] = [formatDay(19_005), formatDay(19_040)]
      const { findings } = checkCoverage([{ id: "c" }], [{ accountId: "c", territoryId: "a" }], { territories: ["a", "b"], tenures: { rows, from: first, until: last } })
      expectDays(findings, ["a", "b"], rows, first, last)
    }),
    { numRuns: 200 },
  )
})

test("days are counted as the calendar has them", () => {
  fc.assert(fc.property(fc.integer({ min: -200_000, max: 2_000_000 }), (day) => {
    const text = new Date(day * 86_400_000).toISOString().slice(0, 10)
    expect(formatDay(day)).toBe(text)
    expect(parseDay(text)).toBe(day)
  }))
  for (const bad of ["2023-02-29", "2023-13-01", "2023-00-10", "1900-02-29", "2023-1-1", "", "2023-01-32"]) expect(parseDay(bad)).toBe(null)
})

test("work above capacity, far accounts and territories without a rep are found, each with what is too much", () => {
  const accounts = [
    { id: "a", hours: 30, longitude: 0, latitude: 0 },
    { id: "b", hours: 20, longitude: 3, latitude: 0 },
    { id: "c", hours: 10, longitude: 0.1, latitude: 0 },
    { id: "d", hours: 1 },
  ]
  const territories: CoverageTerritory[] = [
    { id: "north", center: { longitude: 0, latitude: 0 }, repIds: ["Ann"] },
    { id: "south", capacity: { hours: 100 }, repIds: [] },
  ]
  const alignment = ["a", "b", "c", "d"].map((accountId) => ({ accountId, territoryId: "north" }))
  const { findings, warnings } = checkCoverage(accounts, alignment, { territories, measures: { hours: "hours" }, capacity: { hours: 41 }, maxDistance: 200 })
  expect(findings.map(({ message }) => message)).toEqual([
    'Territory "south" has no accounts.',
    'Territory "north" needs 61 of hours, but can give 41: 20 too much.',
    'Account "b" (hours 20) is 333.585 km from the center of "north", more than 200 km.',
    'Territory "south" (hours 0) has no rep.',
  ])
  expect(findings[1].severity).toEqual({ hours: 20 })
  expect(warnings).toEqual([{ code: "account-unplaced", path: "accounts", message: "accounts: 1 account has no coordinates; their distance was not checked" }])
})

test("overlays share accounts with other layers, but not with their own", () => {
  const accounts = [{ id: "a" }, { id: "b" }]
  const territories = [{ id: "north" }, { id: "special", overlay: "specialist" }, { id: "expert", overlay: "specialist" }, { id: "laser", overlay: "product" }]
  const rows = (...ids: string[]): { accountId: string; territoryId: string }[] => ids.map((territoryId) => ({ accountId: "a", territoryId }))
  const check = (alignment: { accountId: string; territoryId: string }[]): string[] => checkCoverage(accounts, [...alignment, { accountId: "b", territoryId: "north" }], { territories }).findings.filter(({ code }) => code !== "territory-empty").map(({ message }) => message)
  expect(check(rows("north", "special", "laser"))).toEqual([])
  expect(check(rows("north", "special", "expert"))).toEqual(['Account "a" is in 2 territories of the overlay "specialist": "expert", "special".'])
  expect(check(rows("special"))).toEqual(['Account "a" has no territory.'])
})

test("accounts that place or rules put elsewhere are found; those without a place are not", () => {
  const accounts = [{ id: "a" }, { id: "b" }, { id: "c" }]
  const alignment = [{ accountId: "a", territoryId: "north" }, { accountId: "b", territoryId: "south" }, { accountId: "c", territoryId: "south" }]
  const located = [{ accountId: "a", territoryId: "south" }, { accountId: "b", territoryId: "south" }]
  const { findings } = checkCoverage(accounts, alignment, { territories: ["north", "south"], located })
  expect(findings.map(({ code, accountId, territoryIds, message }) => [code, accountId, territoryIds, message])).toEqual([
    ["account-elsewhere", "a", ["north", "south"], 'Account "a" belongs to "south" by place or rule, but is in "north".'],
  ])
})

test("the order of accounts, rows and tenures changes nothing, and findings come in the order of the codes", () => {
  const options = { measures: { revenue: "revenue" }, owners: { field: "rep" as const, territoriesOf }, capacity: { revenue: 10_000_000 } }
  const straight = checkCoverage(stores, [...current, ...current.slice(0, 3).map(({ accountId }) => ({ accountId, territoryId: "9" }))].slice(2), options)
  const turned = checkCoverage([...stores].reverse(), [...current, ...current.slice(0, 3).map(({ accountId }) => ({ accountId, territoryId: "9" }))].slice(2).reverse(), options)
  expect(turned).toEqual(straight)
  const places = straight.findings.map(({ code }) => FINDING_CODES.indexOf(code))
  expect(places).toEqual([...places].sort((a, b) => a - b))
  expect(new Set(places).size).toBeGreaterThan(3)
  expect(JSON.parse(JSON.stringify(straight))).toEqual(straight)
})

test("what cannot be checked is told, with the row, the value and the remedy", () => {
  const accounts = [{ id: "a", rep: "Ann", longitude: 200_000, latitude: 10, hours: 1 }]
  const alignment = [{ accountId: "a", territoryId: "north" }]
  const messages = (options: object): string[] => (caught(() => checkCoverage(accounts, alignment, options as never)) as unknown as { issues: { message: string }[] }).issues.map(({ message }) => message)
  expect(messages({ capacity: { hours: 3 } })).toEqual(['capacity.hours: is the capacity of a measure that the call does not have, got 3 (give measures)'])
  expect(messages({ maxDistance: 10 })[0]).toBe('maxDistance: needs territories with a center to take distances to, got 10 (give `territories` as objects with center, such as those of a plan)')
  expect(messages({ maxDistance: 10, territories: [{ id: "north", center: { longitude: 1, latitude: 1 } }] })).toEqual(["accounts[0].longitude: must be a number between -540 and 540, got 200000 (leave both coordinates out where they are unknown)"])
  expect(messages({ territories: [{ id: "north", repIds: "Ann" }] })).toEqual(['territories[0].repIds: must be an array of the ids of who serves it, got "Ann" (an empty array where nobody does)'])
  expect(messages({ owners: { field: "rep", territoriesOf: { Ann: "nroth" } }, territories: ["north"] })).toEqual(['owners.territoriesOf["Ann"]: is no listed territory, got "nroth" (did you mean "north"?)'])
  expect(messages({ tenures: { rows: [{ territoryId: "north", ownerId: "Ann", from: "2020-01-01 00:00:00" }, { ownerId: "Ann", from: "2020-01-01" }, { territoryId: "north", ownerId: 7, from: "2020-02-30", until: "2019-01-01" }], from: "2021-01-01", until: "2020-01-01" } })).toEqual([
    'tenures.until: must not be before tenures.from, "2021-01-01", got "2020-01-01" (swap them)',
    'tenures.rows[0].from: must be a day as YYYY-MM-DD, got "2020-01-01 00:00:00" (use "2020-01-01")',
    "tenures.rows[1]: must name either a territoryId or an accountId, got undefined",
    "tenures.rows[2].ownerId: must be a string that is not empty, got 7 (use String(id))",
    'tenures.rows[2].from: must be a day as YYYY-MM-DD, got "2020-02-30" (such as "2026-01-31")',
  ])
  expect(messages({ located: [{ accountId: "a", territoryId: "west" }], territories: ["north"] })[0]).toMatch(/^located\[0\]\.territoryId: /)
  expect(messages({ areas: [] })).toEqual(["areas: must be what checkAreas returns, got an array of 0"])
})

test("who serves accounts beside an overlay does not serve the overlay, and place is compared aside from it", () => {
  const accounts = [{ id: "a", rep: "Ann" }, { id: "b", rep: "Bob" }]
  const alignment = [["a", "north"], ["b", "south"], ["a", "laser"], ["b", "laser"]].map(([accountId, territoryId]) => ({ accountId, territoryId }))
  const territories = [{ id: "north" }, { id: "south" }, { id: "laser", overlay: "product" }]
  const check = (located: string): unknown[] => checkCoverage(accounts, alignment, { territories, owners: { field: "rep" }, located: [{ accountId: "a", territoryId: located }] }).findings.map(({ code }) => code)
  expect(check("north")).toEqual([])
  expect(check("laser")).toEqual([])
  expect(check("south")).toEqual(["account-elsewhere"])
})

test("places of two kinds, getters that throw, findings that are none and holes are told", () => {
  const alignment = [{ accountId: "a", territoryId: "north" }]
  const codes = (accounts: object[], options: object): string[] => (caught(() => checkCoverage(accounts as never, alignment, options as never)) as unknown as { issues: { code: string }[] }).issues.map(({ code }) => code)
  const territories = [{ id: "north", center: { longitude: 1, latitude: 1 } }]
  expect(codes([{ id: "a", x: 1, y: 1 }], { territories, maxDistance: 1 })).toEqual(["spaces-mixed"])
  expect(codes([{ id: "a", longitude: 1, latitude: 1 }, { id: "b", x: 1, y: 1 }, { id: "c", longitude: 1, latitude: 2, x: 1 }], { territories, maxDistance: 1 })).toEqual(["spaces-mixed", "coordinates-mixed"])
  expect(codes([{ id: "a", get longitude(): number { throw new Error("gone") } }, { id: "b", longitude: 1, latitude: 1 }], { territories, maxDistance: 1 })).toEqual(["accessor-failed"])
  expect(codes([{ id: "a" }], { areas: { findings: [null] } })).toEqual(["option-type"])
  expect(codes([{ id: "a" }], { areas: { findings: [{ code: "__proto__" }] } })).toEqual(["option-type"])
  expect(codes([{ id: "a" }], { tenures: { rows: new Array(1), from: "2020-01-01", until: "2020-01-02" } })).toEqual(["row-type"])
})

test("people and territories may have names of object properties", () => {
  const ids = ["__proto__", "constructor", "toString"]
  const accounts = ids.map((id) => ({ id, rep: id, valueOf: 1 }))
  const owners = { field: "rep" as const, territoriesOf: JSON.parse('{ "__proto__": "__proto__", "constructor": "constructor", "toString": ["__proto__"] }') as Record<string, string> }
  const capacity = JSON.parse('{ "__proto__": 0 }') as Record<string, number>
  const { findings } = checkCoverage(accounts, ids.map((id) => ({ accountId: id, territoryId: id })), { territories: ids.map((id) => ({ id, capacity })), owners, measures: Object.fromEntries([["__proto__", () => 2]]) })
  expect(findings.map(({ code, accountId, territoryIds }) => [code, accountId, territoryIds])).toEqual([["owner-elsewhere", "toString", ["__proto__", "toString"]], ...ids.map((id) => ["capacity-exceeded", null, [id]])])
  expect(Object.entries(findings[0].severity)).toEqual([["__proto__", 2]])
})

test("what checkAreas finds joins the audit, in the order of the codes", () => {
  const box = (id: string, west: number, east: number): Feature<Polygon> => ({ type: "Feature", id, properties: {}, geometry: { type: "Polygon", coordinates: [[[west, 40], [east, 40], [east, 43], [west, 43], [west, 40]]] } })
  const accounts = [{ id: "a", longitude: -92.2, latitude: 41, revenue: 5 }, { id: "b", longitude: -96, latitude: 41, revenue: 7 }]
  const measures = { revenue: "revenue" }
  const areas = checkAreas([box("central", -95, -92), box("east", -92.5, -90)], { market: box("market", -97, -90), accounts, measures })
  const { findings, summary } = checkCoverage(accounts, [{ accountId: "a", territoryId: "central" }], { measures, areas })
  expect(findings.map(({ plane, code, severity }) => [plane, code, severity.revenue])).toEqual([["accounts", "account-gap", 7], ["geometry", "area-overlap", 5], ["geometry", "area-gap", 7]])
  expect(findings.slice(1)).toEqual(areas.findings)
  expect(summary.counts).toEqual({ "account-gap": 1, "area-overlap": 1, "area-gap": 1 })
})
