import { readFileSync } from "node:fs"
import { partitionAccounts } from "equiterra"
import { parse } from "csv-parse/sync"
import fc from "fast-check"
import { expect, test } from "vitest"
import { checkCoverage, resolveCoverage, type CoverageTerritory, type ResolveOptions, type Tenure } from "../../src/coverage/index.js"
import { formatDay } from "../../src/model/day.js"
import { caught } from "../helpers/caught.js"

interface Row {
  readonly id: string
  readonly x?: number
  readonly y?: number
  readonly hours: number
  readonly rep: string | null
}

const ids = ["east", "north", "west"]
const arbitraryAccounts = fc.array(fc.record({ x: fc.integer({ min: 0, max: 20 }), y: fc.integer({ min: 0, max: 20 }), hours: fc.integer({ min: 0, max: 9 }), rep: fc.constantFrom("Ann", "Bob", "Cid", "Dan", null), placed: fc.boolean() }), { minLength: 3, maxLength: 14 })
  .map((rows): Row[] => rows.map(({ x, y, hours, rep, placed }, i) => ({ id: `a${String(i).padStart(2, "0")}`, hours, rep, ...(placed || i < 3 ? { x, y } : {}) })))
const arbitraryRows = fc.array(fc.tuple(fc.nat(13), fc.constantFrom(...ids, "nowhere")), { maxLength: 24 })

test("what is proposed removes gaps, overlaps and strangers, and leaves alone who has nothing wrong", () => {
  fc.assert(
    fc.property(arbitraryAccounts, arbitraryRows, fc.option(fc.integer({ min: 5, max: 60 }), { nil: undefined }), fc.option(fc.integer({ min: 3, max: 30 }), { nil: undefined }), (accounts, pairs, capacity, maxDistance) => {
      const alignment = pairs.filter(([i]) => i < accounts.length).map(([i, territoryId]) => ({ accountId: accounts[i].id, territoryId }))
      const territories: CoverageTerritory[] = ids.map((id, t) => ({ id, center: { x: 7 * t, y: 7 * t } }))
      const options: ResolveOptions<Row> = { territories, measures: { hours: "hours" }, ...(capacity === undefined ? {} : { capacity: { hours: capacity } }), ...(maxDistance === undefined ? {} : { maxDistance }) }
      const before = checkCoverage(accounts, alignment, options)
      const result = resolveCoverage(accounts, alignment, options)
      // what remains is what a check of the proposed alignment says
      expect(checkCoverage(accounts, result.alignment, options).findings).toEqual(result.remaining)
      expect(result.findingCount).toEqual({ before: before.findings.length, after: result.remaining.length })
      const after = (code: string): number => result.remaining.filter((one) => one.code === code).length
      expect(after("account-overlap")).toBe(0)
      // rows of who has no place stay as they are
      if (after("account-gap") === 0) expect(after("territory-unknown")).toBe(0)
      // only who has no place stays without a territory
      for (const { code, accountId } of result.remaining) if (code === "account-gap") expect(accounts.find(({ id }) => id === accountId)?.x).toBe(undefined)
      // who has nothing wrong, in territories with nothing wrong, stays
      const touched = new Set(before.findings.flatMap(({ accountId, code, territoryIds }) => (code === "capacity-exceeded" ? alignment.filter(({ territoryId }) => territoryIds.includes(territoryId)).map(({ accountId: id }) => id) : [accountId])))
      const todayOf = (id: string): string[] => [...new Set(alignment.filter(({ accountId, territoryId }) => accountId === id && ids.includes(territoryId)).map(({ territoryId }) => territoryId))]
      const moved = new Set(result.proposals.map(({ accountId }) => accountId))
      for (const { id } of accounts) {
        if (touched.has(id) || moved.has(id)) continue
        expect(result.alignment.filter(({ accountId }) => accountId === id).map(({ territoryId }) => territoryId)).toEqual(todayOf(id))
      }
      // nobody is moved into a new finding: no territory is over its capacity that was not, or would be without the proposals
      for (const { kind, from, territoryId } of result.proposals) if (kind === "keep") expect(from).toContain(territoryId)
      expect(resolveCoverage([...accounts].reverse(), [...alignment].reverse(), options).proposals).toEqual(result.proposals)
      expect(JSON.parse(JSON.stringify(result))).toEqual(result)
    }),
    { numRuns: 300 },
  )
})

test("what is moved out of a full territory goes where there is room, and nowhere else", () => {
  fc.assert(
    fc.property(arbitraryAccounts, fc.integer({ min: 5, max: 40 }), (some, capacity) => {
      const accounts = some.map((row, i) => ({ ...row, x: row.x ?? i, y: row.y ?? i }))
      const alignment = accounts.map(({ id }, i) => ({ accountId: id, territoryId: i % 4 === 0 ? "north" : "east" }))
      const options: ResolveOptions<Row> = { territories: ids.map((id, t) => ({ id, center: { x: 7 * t, y: 0 } })), measures: { hours: "hours" }, capacity: { hours: capacity } }
      const load = (rows: readonly { accountId: string; territoryId: string }[], id: string): number => rows.filter(({ territoryId }) => territoryId === id).reduce((sum, { accountId }) => sum + (accounts.find((one) => one.id === accountId) as Row).hours, 0)
      const { alignment: after, proposals } = resolveCoverage(accounts, alignment, options)
      for (const id of ids) {
        expect(load(after, id)).toBeLessThanOrEqual(Math.max(capacity, load(alignment, id)))
        if (load(after, id) <= capacity) continue
        // what is still too much fits nowhere
        for (const { accountId } of after.filter(({ territoryId }) => territoryId === id)) {
          const { hours } = accounts.find((one) => one.id === accountId) as Row
          if (hours > 0) for (const other of ids) if (other !== id) expect(load(after, other) + hours).toBeGreaterThan(capacity)
        }
      }
      expect(new Set(proposals.map(({ accountId }) => accountId)).size).toBe(proposals.length)
    }),
    { numRuns: 200 },
  )
})

test("with a plan a new account goes where the plan's prices send it, not to the nearest center", () => {
  const accounts = Array.from({ length: 12 }, (_, i) => ({ id: `a${i}`, x: i < 9 ? i : i + 30, y: 0, hours: 1 }))
  const plan = partitionAccounts(accounts, { territories: 2, measures: { hours: { value: "hours", tolerance: 0.2 } } })
  const border = plan.territories.map(({ center, prices }) => ({ x: (center as { x: number }).x, price: prices.hours }))
  const newcomer = { id: "new", x: 15, y: 0, hours: 1 }
  const nearest = resolveCoverage([...accounts, newcomer], plan.alignment, { measures: { hours: "hours" } })
  const priced = resolveCoverage([...accounts, newcomer], plan.alignment, { measures: { hours: "hours" }, plan: JSON.parse(JSON.stringify(plan)) })
  const cheapest = plan.territories[border.map(({ x, price }) => (15 - x) ** 2 - price).reduce((best, cost, t, all) => (cost < all[best] ? t : best), 0)].id
  expect(priced.proposals.map(({ kind, territoryId }) => [kind, territoryId])).toEqual([["assign", cheapest]])
  expect(nearest.proposals[0].territoryId).not.toBe(cheapest)
  expect((caught(() => resolveCoverage(accounts, [], { plan: plan.alignment as never })) as { message: string }).message).toMatch(/^plan: must be what partitionAccounts returns/)
})

test("AdventureWorks: 84 hand-overs and reps to be listed leave nothing to find", () => {
  const load = (name: string): Record<string, string>[] => parse(readFileSync(new URL(`../fixtures/${name}.csv`, import.meta.url), "utf8"), { columns: true })
  const stores = load("adventureworks-stores").map(({ store, rep, territory }) => ({ id: store, rep, territory }))
  const territoriesOf = Object.fromEntries(load("adventureworks-reps").map(({ rep, territory }) => [rep, territory === "" ? [] : [territory]]))
  const alignment = stores.map(({ id, territory }) => ({ accountId: id, territoryId: territory }))
  const { proposals, remaining, owners, movedCount, alignment: after } = resolveCoverage(stores, alignment, { owners: { field: "rep", territoriesOf } })
  expect(remaining).toEqual([])
  expect(movedCount).toBe(0)
  expect(after).toEqual(alignment)
  expect(owners.length).toBe(84)
  for (const { accountId, ownerId } of owners) expect(territoriesOf[ownerId]).toContain(stores.find(({ id }) => id === accountId)?.territory)
  expect(proposals.filter(({ kind }) => kind === "hand-over").length).toBe(84)
  expect(new Set(proposals.filter(({ kind }) => kind === "list-reps").map(({ territoryId }) => territoryId)).size).toBe(proposals.length - 84)
})

test("days with several owners go to the one who came last, days with none to the one before", () => {
  const accounts = [{ id: "a" }]
  const alignment = [{ accountId: "a", territoryId: "north" }]
  const rows: Tenure[] = [{ territoryId: "north", ownerId: "Ann", from: "2026-01-01", until: "2026-03-10" }, { territoryId: "north", ownerId: "Bob", from: "2026-03-01", until: "2026-05-31" }]
  const { proposals, remaining, tenures } = resolveCoverage(accounts, alignment, { tenures: { rows, from: "2026-01-01", until: "2026-06-30" } })
  expect(proposals.map(({ message }) => message)).toEqual([
    'Let "Bob", who came last, have "north" from 2026-03-01 to 2026-03-10, and not "Ann".',
    'Let "Bob" have "north" from 2026-06-01 to 2026-06-30, when nobody does.',
  ])
  expect(remaining).toEqual([])
  expect(tenures?.[0]).toEqual({ territoryId: "north", ownerId: "Ann", from: "2026-01-01", until: "2026-02-28" })
})

test("random tenures are mended wherever anybody ever comes", () => {
  const arbitraryTenure = fc.record({ id: fc.constantFrom("a", "b"), owner: fc.constantFrom("x", "y", "z"), from: fc.integer({ min: 19_000, max: 19_030 }), length: fc.integer({ min: 0, max: 20 }), open: fc.boolean() })
  fc.assert(
    fc.property(fc.array(arbitraryTenure, { minLength: 1, maxLength: 8 }), (some) => {
      const rows: Tenure[] = some.map(({ id, owner, from, length, open }) => ({ territoryId: id, ownerId: owner, from: formatDay(from), until: open ? null : formatDay(from + length) }))
      const tenures = { rows, from: formatDay(19_005), until: formatDay(19_040) }
      const { remaining } = resolveCoverage([{ id: "c" }], [{ accountId: "c", territoryId: "a" }], { territories: ["a", "b"], tenures })
      for (const { code, territoryIds } of remaining.filter(({ plane }) => plane === "dates")) {
        expect(code).toBe("date-gap")
        expect(rows.some(({ territoryId }) => territoryId === territoryIds[0])).toBe(false)
      }
    }),
    { numRuns: 200 },
  )
})

test("accounts go where rules put them, and overlays stay", () => {
  const accounts = [{ id: "a" }, { id: "b" }, { id: "c" }]
  const territories = [{ id: "north" }, { id: "south" }, { id: "laser", overlay: "product" }]
  const alignment = [{ accountId: "a", territoryId: "south" }, { accountId: "a", territoryId: "laser" }]
  const located = [{ accountId: "a", territoryId: "north" }, { accountId: "b", territoryId: "south" }]
  const { proposals, remaining, alignment: after } = resolveCoverage(accounts, alignment, { territories, located })
  expect(proposals.map(({ kind, accountId, territoryId }) => [kind, accountId, territoryId])).toEqual([["assign", "b", "south"], ["move", "a", "north"]])
  expect(after).toEqual([{ accountId: "a", territoryId: "north" }, { accountId: "a", territoryId: "laser" }, { accountId: "b", territoryId: "south" }])
  // of "c" nobody knows where it is
  expect(remaining.map(({ code, accountId }) => [code, accountId])).toEqual([["account-gap", "c"]])
})

const full = ["east", "north", "west", "laser", "light"]
const arbitraryScene = fc.record({
  accounts: fc.array(fc.record({ x: fc.integer({ min: 0, max: 9 }), y: fc.integer({ min: 0, max: 9 }), hours: fc.integer({ min: 0, max: 4 }), rep: fc.constantFrom("Ann", "Bob", "Zed", null), placed: fc.integer({ min: 0, max: 5 }) }), { minLength: 1, maxLength: 7 }),
  pairs: fc.array(fc.tuple(fc.nat(6), fc.constantFrom(...full, "nowhere")), { maxLength: 14 }),
  places: fc.array(fc.tuple(fc.nat(6), fc.constantFrom(...full)), { maxLength: 3 }),
  centers: fc.array(fc.option(fc.record({ x: fc.integer({ min: 0, max: 9 }), y: fc.integer({ min: 0, max: 9 }) })), { minLength: 5, maxLength: 5 }),
  capacity: fc.option(fc.integer({ min: 2, max: 12 }), { nil: undefined }),
  maxDistance: fc.option(fc.constant(4), { nil: undefined }),
  theirs: fc.option(fc.tuple(fc.subarray(["east", "north", "west"]), fc.subarray(["east", "north", "west"]))),
})

test("every change has a proposal and every proposal is a change; what is new to find comes of gaps, overlaps and places alone", () => {
  fc.assert(
    fc.property(arbitraryScene, ({ accounts: some, pairs, places, centers, capacity, maxDistance, theirs }) => {
      const accounts = some.map(({ x, y, hours, rep, placed }, i) => ({ id: `a${i}`, hours, rep, ...(placed > 0 ? { x, y } : {}) }))
      const rowsOf = (list: readonly (readonly [number, string])[]) => list.filter(([i]) => i < accounts.length).map(([i, territoryId]) => ({ accountId: `a${i}`, territoryId }))
      const alignment = rowsOf(pairs)
      const territories = full.map((id, t): CoverageTerritory => ({ id, ...(t > 2 ? { overlay: "product" } : {}), ...(centers[t] === null ? {} : { center: centers[t] }) }))
      const hasCenters = centers.some((center) => center !== null)
      const options: ResolveOptions<(typeof accounts)[number]> = {
        territories,
        measures: { hours: "hours" },
        located: rowsOf(places),
        owners: { field: "rep", ...(theirs === null ? {} : { territoriesOf: { Ann: theirs[0], Bob: theirs[1] } }) },
        ...(capacity === undefined ? {} : { capacity: { hours: capacity } }),
        ...(maxDistance === undefined || !hasCenters ? {} : { maxDistance }),
      }
      const before = checkCoverage(accounts, alignment, options)
      const { proposals, alignment: after, remaining, ...rest } = resolveCoverage(accounts, alignment, options)
      const told = (rows: readonly { accountId: string; territoryId: string }[], id: string): string => [...new Set(rows.filter(({ accountId }) => accountId === id).map(({ territoryId }) => territoryId))].sort().join()
      for (const { id } of accounts) expect(proposals.some(({ accountId, kind }) => accountId === id && kind !== "hand-over")).toBe(told(alignment, id) !== told(after, id))
      const [codes, left] = [before.findings, remaining].map((findings) => new Set(findings.map(({ code }) => code)))
      if (!codes.has("account-gap") && !codes.has("account-overlap") && !codes.has("account-elsewhere")) {
        for (const code of left) expect(codes).toContain(code)
        expect(remaining.length).toBeLessThanOrEqual(before.findings.length)
      }
      // whoever is given an account is known to have its territory
      for (const { kind, ownerIds, territoryId } of proposals) if (kind === "hand-over" && theirs !== null) expect(theirs[ownerIds[0] === "Ann" ? 0 : 1]).toContain(territoryId)
      expect(resolveCoverage([...accounts].reverse(), [...alignment].reverse(), { ...options, territories: [...territories].reverse(), located: rowsOf(places).reverse() }).proposals).toEqual(proposals)
      expect(JSON.parse(JSON.stringify({ proposals, after, remaining, ...rest }))).toEqual({ proposals, after, remaining, ...rest })
    }),
    { numRuns: 100 },
  )
})

test("nobody moves because of a center that is not listed", () => {
  const accounts = [{ id: "a", x: 0, y: 0 }, { id: "b", x: 20, y: 0 }, { id: "c", x: 30, y: 0 }]
  const alignment = accounts.map(({ id }) => ({ accountId: id, territoryId: id === "c" ? "east" : "west" }))
  const options = { territories: [{ id: "west" }, { id: "east", center: { x: 25, y: 0 } }], maxDistance: 6 }
  expect(checkCoverage(accounts, alignment, options).findings).toEqual([])
  expect(resolveCoverage(accounts, alignment, options).proposals).toEqual([])
})

test("who changes anyway makes way before others do, and is told so", () => {
  const accounts = [{ id: "a", x: 0, y: 0 }, { id: "b", x: 4, y: 0 }, { id: "new", x: 1, y: 0 }, { id: "d", x: 10, y: 0 }]
  const alignment = [["a", "west"], ["b", "west"], ["d", "east"]].map(([accountId, territoryId]) => ({ accountId, territoryId }))
  const { proposals } = resolveCoverage(accounts, alignment, { territories: [{ id: "west", center: { x: 0, y: 0 } }, { id: "east", center: { x: 10, y: 0 } }], measures: { visits: () => 1 }, capacity: { visits: 2 } })
  expect(proposals.map(({ message }) => message)).toEqual(['Assign account "new" (visits 1) to "east", 9 from its center: "west" would have too much.'])
})

test("a territory about the pole has its center there", () => {
  const accounts = [{ id: "a", longitude: 0, latitude: 89 }, { id: "b", longitude: 180, latitude: 89 }, { id: "c", longitude: 90, latitude: 80 }, { id: "new", longitude: -90, latitude: 89.9 }]
  const alignment = [["a", "pole"], ["b", "pole"], ["c", "south"]].map(([accountId, territoryId]) => ({ accountId, territoryId }))
  expect(resolveCoverage(accounts, alignment).proposals.map(({ message }) => message)).toEqual(['Assign account "new" to "pole", 11.1195 km from its center.'])
})

test("tenures that begin or end on one day go to the smaller id, whatever the order of the rows", () => {
  const rows: Tenure[] = [{ territoryId: "t", ownerId: "Bob", from: "2026-01-01", until: "2026-01-10" }, { territoryId: "t", ownerId: "Ann", from: "2026-01-01", until: "2026-01-10" }]
  const resolve = (list: Tenure[]): unknown => resolveCoverage([{ id: "a" }], [{ accountId: "a", territoryId: "t" }], { tenures: { rows: list, from: "2026-01-01", until: "2026-01-20" } }).proposals.map(({ message }) => message)
  expect(resolve(rows)).toEqual(['Let "Ann" have "t" from 2026-01-01 to 2026-01-10, and not "Bob", who came on the same day.', 'Let "Ann" have "t" from 2026-01-11 to 2026-01-20, when nobody does.'])
  expect(resolve([...rows].reverse())).toEqual(resolve(rows))
})

test("3,000 tenures of one territory, each overlapping the next, and 10,000 accounts of one full territory are mended at once", () => {
  const rows: Tenure[] = Array.from({ length: 3000 }, (_, d) => ({ territoryId: "t0", ownerId: `o${d % 7}`, from: formatDay(d), until: formatDay(d + 1) }))
  expect(resolveCoverage([{ id: "a" }], [{ accountId: "a", territoryId: "t0" }], { tenures: { rows, from: formatDay(0), until: formatDay(3000) } }).remaining).toEqual([])
  const accounts = Array.from({ length: 10_000 }, (_, i) => ({ id: `a${i}`, x: i % 173, y: Math.floor(i / 173) }))
  const territories = Array.from({ length: 20 }, (_, t) => ({ id: `t${t}`, center: { x: (t * 37) % 173, y: (t * 91) % 173 } }))
  const { findingCount } = resolveCoverage(accounts, accounts.map(({ id }) => ({ accountId: id, territoryId: "t0" })), { territories, measures: { visits: () => 1 }, capacity: { visits: 520 } })
  expect(findingCount).toEqual({ before: 20, after: 0 })
})

test.each([{ digest: {} }, { territories: [{ id: "t", center: {}, prices: {} }] }, { territories: [{ id: "t", center: { x: 1, y: 1 }, prices: { hours: null } }] }])("what is no plan is told: %j", (wrong) => {
  const plan = { territories: [], ...wrong }
  expect(caught(() => resolveCoverage([{ id: "a", x: 1, y: 1 }], [], { plan: plan as never }))).toMatchObject({ code: "plan-invalid" })
})

test("tenures may begin on the first day that can be written, and last to the last", () => {
  const rows: Tenure[] = [{ territoryId: "t", ownerId: "Ann", from: "0000-01-01" }, { territoryId: "t", ownerId: "Bob", from: "0000-01-02" }]
  const { tenures, remaining } = resolveCoverage([{ id: "a" }], [{ accountId: "a", territoryId: "t" }], { tenures: { rows, from: "0000-01-01", until: "9999-12-31" } })
  expect(remaining).toEqual([])
  expect(tenures).toEqual([{ ...rows[0], until: "0000-01-01" }, rows[1]])
})

test("what pollutes Object.prototype is no overlay, center or rep of a territory", () => {
  const pollution = { overlay: "product", center: { x: 1, y: 1 }, repIds: [], maxDistance: 0 }
  try {
    Object.assign(Object.prototype, pollution)
    for (const territories of [["t"], [{ id: "t" }]]) expect(resolveCoverage([{ id: "a", x: 5, y: 5 }], [{ accountId: "a", territoryId: "t" }], { territories }).findingCount).toEqual({ before: 0, after: 0 })
  } finally {
    for (const key of Object.keys(pollution)) delete (Object.prototype as Record<string, unknown>)[key]
  }
})
