import fc from "fast-check"
import { expect, test } from "vitest"
import { checkCoverage } from "../../src/coverage/index.js"
import { caught } from "../helpers/caught.js"

const accounts = [
  { id: "a", revenue: 10, visits: 1 },
  { id: "b", revenue: 5, visits: 7 },
  { id: "c", revenue: 1_250_000.5, visits: 2 },
  { id: "d", revenue: 0, visits: 0 },
]
const row = (accountId: string, territoryId: string) => ({ accountId, territoryId })
const measures = { revenue: "revenue", visits: (a: { visits: number }) => a.visits }

test("one territory for every account is complete and exclusive, and there is nothing to say", () => {
  const alignment = accounts.map((a) => row(a.id, "north"))
  expect(checkCoverage(accounts, alignment)).toEqual({
    complete: true,
    exclusive: true,
    findings: [],
    summary: { accountCount: 4, territoryCount: 1, coveredCount: 4, gapCount: 0, overlapCount: 0, counts: {}, measures: {} },
    warnings: [],
  })
})

test("gaps come first, the most valuable first, then overlaps, unknown and empty territories", () => {
  const alignment = [row("d", "south"), row("d", "north"), row("b", "nroth")]
  const result = checkCoverage(accounts, alignment, { territories: ["north", "south", { id: "west" }], measures })
  expect(result.findings.map((f) => f.message)).toEqual([
    'Account "c" (revenue 1,250,000.5, visits 2) has no territory.',
    'Account "a" (revenue 10, visits 1) has no territory.',
    'Account "b" (revenue 5, visits 7) has no territory: "nroth" is not in the list.',
    'Account "d" (revenue 0, visits 0) is in 2 territories: "north", "south".',
    'Territory "nroth" is not in the list, but 1 account is assigned to it (revenue 5, visits 7); did you mean "north"?',
    'Territory "west" has no accounts.',
  ])
  expect(result).toMatchObject({ complete: false, exclusive: false })
  expect(result.summary).toEqual({
    accountCount: 4,
    territoryCount: 3,
    coveredCount: 1,
    gapCount: 3,
    overlapCount: 1,
    counts: { "account-gap": 3, "account-overlap": 1, "territory-unknown": 1, "territory-empty": 1 },
    measures: { revenue: { total: 1_250_015.5, inGaps: 1_250_015.5, inOverlaps: 0 }, visits: { total: 10, inGaps: 10, inOverlaps: 0 } },
  })
})

test("the same row twice is one claim and a warning, not an overlap", () => {
  const alignment = [...accounts.map((a) => row(a.id, "t1")), row("b", "t1"), row("c", "t1")]
  const result = checkCoverage(accounts, alignment)
  expect(result.exclusive).toBe(true)
  expect(result.warnings).toEqual([
    { code: "assignment-repeated", path: "alignment", message: 'alignment: account "b" is in territory "t1" by an earlier row; the row counts once (and 1 more such row)' },
  ])
})

test("accounts without coordinates, with half of them, or with wrong ones are covered like any other", () => {
  const odd = [{ id: "a" }, { id: "b", longitude: 7 }, { id: "c", latitude: 400, longitude: 1 }, { id: "d", x: 1, y: 2 }]
  expect(checkCoverage(odd, odd.map((a) => row(a.id, "t"))).complete).toBe(true)
})

test("a measure may be given as partitionAccounts takes it", () => {
  expect(checkCoverage(accounts, [], { measures: { revenue: { value: "revenue", tolerance: 0.1 } } }).summary.measures.revenue.inGaps).toBe(1_250_015.5)
})

test("ids that are names of object properties survive", () => {
  const ids = ["__proto__", "constructor", "toString", "hasOwnProperty"]
  const measures = Object.fromEntries(ids.map((id) => [id, () => 2]))
  const result = checkCoverage(ids.map((id) => ({ id })), ids.flatMap((id) => [row(id, id), row(id, "other")]), { territories: ids, measures })
  expect(result.summary).toMatchObject({ coveredCount: 4, gapCount: 0, overlapCount: 0 })
  expect(result.findings.map((f) => [f.code, f.territoryIds])).toEqual([["territory-unknown", ["other"]]])
  expect(Object.keys(result.findings[0].severity)).toEqual(ids)
  expect(Object.values(result.findings[0].severity)).toEqual([8, 8, 8, 8])
})

test.each<[string, unknown, unknown, unknown, string, string]>([
  ["no accounts", undefined, [], {}, "input-missing", "accounts"],
  ["an empty list of accounts", [], [], {}, "no-accounts", "accounts"],
  ["a numeric id", [{ id: 7 }], [], {}, "id-type", "accounts[0].id"],
  ["two accounts of one id", [{ id: "a" }, { id: "a" }], [], {}, "id-duplicate", "accounts[1].id"],
  ["an alignment that is a Map", accounts, new Map(), {}, "input-type", "alignment"],
  ["a row of an unknown account", accounts, [row("z", "t")], {}, "id-unknown", "alignment[0].accountId"],
  ["a row without a territory", accounts, [{ accountId: "a" }], {}, "id-type", "alignment[0].territoryId"],
  ["a row with an empty territory id", accounts, [row("a", " ")], {}, "id-empty", "alignment[0].territoryId"],
  ["options that are null", accounts, [], null, "option-type", "options"],
  ["a misspelt option", accounts, [], { teritories: [] }, "option-unknown", "teritories"],
  ["territories as a number", accounts, [], { territories: 12 }, "option-type", "territories"],
  ["a territory listed twice", accounts, [], { territories: ["a", { id: "a" }] }, "id-duplicate", "territories[1].id"],
  ["a territory with a numeric id", accounts, [], { territories: [{ id: 1 }] }, "id-type", "territories[0].id"],
  ["measures as an array", accounts, [], { measures: ["revenue"] }, "option-type", "measures"],
  ["a measure that is a number", accounts, [], { measures: { revenue: 3 } }, "option-type", "measures.revenue"],
  ["a measure that accounts lack", accounts, [], { measures: { revenue: "turnover" } }, "measure-missing", "accounts[0].turnover"],
  ["a negative measure", [{ id: "a", m: -1 }], [], { measures: { m: "m" } }, "measure-negative", "accounts[0].m"],
])("%s cannot be used", (_, rows, alignment, options, code, path) => {
  expect(caught(() => checkCoverage(rows as never, alignment as never, options as never))).toMatchObject({ name: "TerritoryError", code, path })
})

test("all issues travel with one error", () => {
  const error = caught(() => checkCoverage(accounts, [row("z", "t")], { typo: 1, measures: { m: "nothing" } } as never))
  expect(error.issues.map((i) => i.code)).toEqual(["option-unknown", "measure-missing", "measure-missing", "measure-missing", "measure-missing", "id-unknown"])
})

const ids = fc.uniqueArray(fc.string({ minLength: 1 }).filter((s) => s.trim() !== ""), { minLength: 1, maxLength: 12 })
const scene = fc.tuple(ids, ids).chain(([accountIds, territoryIds]) =>
  fc.record({
    accounts: fc.tuple(...accountIds.map((id) => fc.record({ id: fc.constant(id), value: fc.double({ min: 0, max: 1e6, noNaN: true }) }))),
    alignment: fc.array(fc.record({ accountId: fc.constantFrom(...accountIds), territoryId: fc.constantFrom(...territoryIds) }), { maxLength: 30 }),
    listed: fc.subarray(territoryIds),
  }),
)

test("it counts what looking up every account in every row counts, and sums are conserved", () => {
  fc.assert(
    fc.property(scene, ({ accounts, alignment, listed }) => {
      const result = checkCoverage(accounts, alignment, { territories: listed, measures: { value: "value" } })
      const owners = accounts.map((a) => listed.filter((t) => alignment.some((r) => r.accountId === a.id && r.territoryId === t)).sort())
      const withCode = (code: string) => result.findings.filter((f) => f.code === code)
      expect(withCode("account-gap").map((f) => f.accountId).sort()).toEqual(accounts.flatMap((a, i) => (owners[i].length === 0 ? [a.id] : [])).sort())
      expect(new Map(withCode("account-overlap").map((f) => [f.accountId, f.territoryIds]))).toEqual(new Map(accounts.flatMap((a, i) => (owners[i].length > 1 ? [[a.id, owners[i]]] : []))))
      expect(withCode("territory-empty").map((f) => f.territoryIds[0]).sort()).toEqual(listed.filter((t) => !owners.flat().includes(t)).sort())
      const { gapCount, coveredCount, measures } = result.summary
      expect(gapCount + coveredCount).toBe(accounts.length)
      const single = accounts.reduce((sum, a, i) => sum + (owners[i].length === 1 ? a.value : 0), 0)
      // three sums of at most 12 numbers up to 1e6, in another order
      expect(Math.abs(measures.value.inGaps + measures.value.inOverlaps + single - measures.value.total)).toBeLessThan(1e-8)
    }),
  )
})

test("shuffled rows give the same bytes, frozen input works and nothing is written to", () => {
  fc.assert(
    fc.property(scene, ({ accounts, alignment, listed }) => {
      for (const one of [...accounts, ...alignment, accounts, alignment, listed]) Object.freeze(one)
      const options = Object.freeze({ territories: listed, measures: Object.freeze({ value: "value" }) })
      const result = checkCoverage(accounts, alignment, options)
      const reversed = checkCoverage([...accounts].reverse(), [...alignment].reverse(), options)
      expect(JSON.stringify(reversed)).toBe(JSON.stringify(result))
      expect(JSON.parse(JSON.stringify(result))).toEqual(result)
    }),
  )
})

test("100,000 accounts and 1,000 territories, a tenth of them uncovered, are counted right", () => {
  const many = Array.from({ length: 100_000 }, (_, i) => ({ id: `account ${i}`, value: i % 97 }))
  const alignment = many.flatMap((a, i) => (i % 10 === 0 ? [] : [row(a.id, `t${i % 1000}`)]))
  const territories = Array.from({ length: 1000 }, (_, t) => `t${t}`)
  const result = checkCoverage(many, alignment, { territories, measures: { value: "value" } })
  expect(result.summary).toMatchObject({ gapCount: 10_000, territoryCount: 1000 })
})
