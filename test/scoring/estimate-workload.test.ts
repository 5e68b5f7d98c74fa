import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { TerritoryError } from "../../src/model/error.js"
import { DEFAULT_WORKLOAD_OPTIONS, estimateWorkload, scoreAccounts, type WorkloadOptions } from "../../src/scoring/index.js"

const accounts = [{ id: "a", tier: "A", calls: 10 }, { id: "b", tier: "B", calls: 4 }, { id: "c", tier: "B", calls: 0 }]

describe("estimateWorkload", () => {
  it("multiplies visits by hours and travel, per account and per tier, and keeps the accounts' fields", () => {
    const result = estimateWorkload(accounts, { visits: { A: 24, B: 12, C: 6 }, hoursPerVisit: { B: 1, C: 1, A: 2 }, travelHoursPerVisit: (a) => a.calls / 10 })
    expect(result.accounts).toEqual([
      { id: "a", tier: "A", calls: 10, workload: 72 },
      { id: "b", tier: "B", calls: 4, workload: 16.799999999999997 },
      { id: "c", tier: "B", calls: 0, workload: 12 },
    ])
    expect(result.tiers.map(({ tier, accountCount, visits, visitHours, fte }) => [tier, accountCount, visits, visitHours, fte])).toEqual([["A", 1, 24, 48, null], ["B", 2, 24, 24, null], ["C", 0, 0, 0, null]])
    expect(result.hoursPerYear).toBeNull()
    expect(result.warnings).toEqual([])
  })

  it("solves the textbook case: 1,000 A accounts with 36 calls and 2,000 B with 12 need 60 reps of 1,000 calls", () => {
    const many = Array.from({ length: 3000 }, (_, i) => ({ id: String(i), tier: i < 1000 ? "A" : "B" }))
    expect(estimateWorkload(many, { visits: { A: 36, B: 12 }, hoursPerVisit: 1, hoursPerYear: 1000 }).total).toMatchObject({ visits: 60000, fte: 60 })
  })

  it("needs no tier when nothing is stated by tier", () => {
    const result = estimateWorkload([{ id: "x", calls: 3 }], { visits: "calls", hoursPerVisit: 2 })
    expect(result.tiers).toEqual([])
    expect(result.accounts[0].workload).toBe(6)
  })

  it("sums by another field when that is asked for", () => {
    const result = estimateWorkload([{ id: "x", kind: "shop" }, { id: "y", kind: "bar" }], { visits: 2, hoursPerVisit: 1, tier: "kind" })
    expect(result.tiers.map((row) => [row.tier, row.hours])).toEqual([["bar", 2], ["shop", 2]])
  })

  it("takes what scoreAccounts returns", () => {
    const { accounts: scored } = scoreAccounts(accounts, { factors: { calls: { value: "calls" } }, tiers: { method: "score-cuts", levels: [{ tier: "top", minScore: 50 }, { tier: "rest" }] } })
    expect(estimateWorkload(scored, { visits: { top: 10, rest: 1 }, hoursPerVisit: 1 }).accounts.map((account) => account.workload)).toEqual([10, 1, 1])
  })

  it("survives tiers and ids that break look-up tables", () => {
    const odd = [{ id: "__proto__", tier: "constructor" }, { id: "toString", tier: "__proto__" }]
    const visits = JSON.parse('{"__proto__":2,"constructor":3}') as Record<string, number>
    const result = estimateWorkload(odd, { visits, hoursPerVisit: 1 })
    expect(result.tiers.map((row) => [row.tier, row.hours])).toEqual([["__proto__", 2], ["constructor", 3]])
    expect(() => estimateWorkload(odd, { visits: { A: 1 }, hoursPerVisit: 1 })).toThrow("is a tier that visits does not state")
  })

  it("overwrites a workload in the copy only, with a warning", () => {
    const old = Object.freeze([Object.freeze({ id: "x", workload: 9 })])
    const result = estimateWorkload(old, { visits: 1, hoursPerVisit: 1 })
    expect(result.accounts).toEqual([{ id: "x", workload: 1 }])
    expect(result.warnings.map((warning) => warning.code)).toEqual(["field-overwritten"])
  })

  it("has frozen defaults", () => {
    expect(Object.isFrozen(DEFAULT_WORKLOAD_OPTIONS)).toBe(true)
    expect(estimateWorkload(accounts, { visits: 1, hoursPerVisit: { A: 1, B: 1 }, ...DEFAULT_WORKLOAD_OPTIONS })).toEqual(estimateWorkload(accounts, { visits: 1, hoursPerVisit: { A: 1, B: 1 } }))
  })

  it("neither loses nor invents hours, and does not depend on the order of rows", () => {
    const row = fc.record({ tier: fc.constantFrom("A", "B", "C"), calls: fc.double({ min: 0, max: 100, noNaN: true }) })
    fc.assert(fc.property(fc.array(row, { minLength: 1, maxLength: 20 }), (some) => {
      const rows = some.map((one, i) => ({ ...one, id: `i${i}` }))
      const options: WorkloadOptions<(typeof rows)[number]> = { visits: "calls", hoursPerVisit: { A: 2, B: 1, C: 0.5 }, travelHoursPerVisit: 0.3, hoursPerYear: 1500 }
      const result = estimateWorkload(rows, options)
      const summed = result.accounts.reduce((hours, account) => hours + account.workload, 0)
      // 20 rounded products and sums of at most 250 hours
      expect(Math.abs(result.total.hours - summed)).toBeLessThanOrEqual(1e-12 * Math.max(summed, 1))
      expect(Math.abs(result.tiers.reduce((hours, tier) => hours + tier.hours, 0) - summed)).toBeLessThanOrEqual(1e-12 * Math.max(summed, 1))
      expect(result.total.fte).toBe(result.total.hours / 1500)
      const back = estimateWorkload([...rows].reverse(), options)
      expect({ ...back, accounts: [...back.accounts].reverse() }).toEqual(result)
      expect(JSON.parse(JSON.stringify(result))).toEqual(result)
    }))
  })

  it("sums in the order of the ids, also where another order would round differently", () => {
    const rows = [2 ** 53, 1, 2 ** -53, 2 ** -53].map((calls, i) => ({ id: `i${i}`, calls }))
    const options = { visits: "calls", hoursPerVisit: 1 }
    expect(estimateWorkload([...rows].reverse(), options).total).toEqual(estimateWorkload(rows, options).total)
  })
})

const rejected: readonly (readonly [what: string, rows: unknown, options: unknown, code: string, path: string])[] = [
  ["no accounts", [], { visits: 1, hoursPerVisit: 1 }, "no-accounts", "accounts"],
  ["a duplicate id", [accounts[0], accounts[0]], { visits: 1, hoursPerVisit: 1 }, "id-duplicate", "accounts[1].id"],
  ["no options", accounts, null, "option-type", "options"],
  ["no visits", accounts, { hoursPerVisit: 1 }, "option-missing", "visits"],
  ["a misspelt option", accounts, { visits: 1, hoursPerVisit: 1, hourPerYear: 3 }, "option-unknown", "hourPerYear"],
  ["negative hours", accounts, { visits: 1, hoursPerVisit: -1 }, "option-range", "hoursPerVisit"],
  ["a visit count NaN in a tier", accounts, { visits: { A: NaN, B: 1 }, hoursPerVisit: 1 }, "option-range", "visits.A"],
  ["text in a tier", accounts, { visits: { A: "24", B: 1 }, hoursPerVisit: 1 }, "option-type", "visits.A"],
  ["an empty record", accounts, { visits: {}, hoursPerVisit: 1 }, "option-type", "visits"],
  ["a capacity of 0", accounts, { visits: 1, hoursPerVisit: 1, hoursPerYear: 0 }, "option-range", "hoursPerYear"],
  ["a tier option that is a number", accounts, { visits: 1, hoursPerVisit: 1, tier: 3 }, "option-type", "tier"],
  ["a tier that is not stated", accounts, { visits: { A: 1, b: 1 }, hoursPerVisit: 1 }, "tier-unknown", "accounts[1].tier"],
  ["an account without a tier", [{ id: "x" }], { visits: { A: 1 }, hoursPerVisit: 1 }, "tier-missing", "accounts[0].tier"],
  ["an excluded account's null tier", [{ id: "x", tier: null }], { visits: { A: 1 }, hoursPerVisit: 1 }, "tier-missing", "accounts[0].tier"],
  ["a numeric tier", [{ id: "x", tier: 1 }], { visits: { 1: 1 }, hoursPerVisit: 1 }, "tier-type", "accounts[0].tier"],
  ["a missing number of visits", [{ id: "x" }], { visits: "calls", hoursPerVisit: 1 }, "visits-missing", "accounts[0].calls"],
  ["negative visits", [{ id: "x", calls: -1 }], { visits: "calls", hoursPerVisit: 1 }, "visits-negative", "accounts[0].calls"],
  ["a tier function that throws", accounts, { visits: 1, hoursPerVisit: 1, tier: () => { throw new Error("no") } }, "accessor-failed", "accounts[0] (tier)"],
]

describe("estimateWorkload refuses", () => {
  it.each(rejected)("%s", (_, rows, options, code, path) => {
    const call = (): unknown => estimateWorkload(rows as typeof accounts, options as WorkloadOptions<(typeof accounts)[number]>)
    expect(call).toThrow(expect.objectContaining({ name: "TerritoryError", code, path }) as TerritoryError)
  })

  it("a tier, naming the nearest that is stated", () => {
    expect(() => estimateWorkload([{ id: "x", tier: "golf" }], { visits: { gold: 12, tin: 2 }, hoursPerVisit: 1 }))
      .toThrow('accounts[0].tier: is a tier that visits does not state, got "golf" (did you mean "gold"?)')
  })
})
