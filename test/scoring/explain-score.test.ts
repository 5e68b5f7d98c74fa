import { describe, expect, it } from "vitest"
import { caught } from "../helpers/caught.js"
import { explainScore, scoreAccounts } from "../../src/scoring/index.js"

const accounts = [
  { id: "north", sales: 1234567, days: 2 },
  { id: "south", sales: 0, days: null },
  { id: "west", sales: 500000, days: 9 },
]
const result = scoreAccounts(accounts, {
  factors: { sales: { value: "sales", weight: 3, low: 0, high: 2e6 }, recency: { value: "days", direction: "lower", low: 0, high: 10 } },
  tiers: { method: "score-cuts", levels: [{ tier: "A", minScore: 60 }, { tier: "B" }] },
})

describe("explainScore", () => {
  it("names each factor with its value and points, the weightiest first", () => {
    expect(explainScore(result, "north")).toBe("north scores 66.3 (tier A), 16.3 more than a neutral account (50.0): sales 1,234,567 (+8.8), recency 2 (+7.5).")
    expect(explainScore(result, "west")).toBe("west scores 21.3 (tier B), 28.8 less than a neutral account (50.0): sales 500,000 (-18.8), recency 9 (-10.0).")
  })

  it("says what is unknown and how much of the weight is known", () => {
    expect(explainScore(result, "south")).toBe("south scores 12.5 (tier B), 37.5 less than a neutral account (50.0): sales 0 (-37.5), recency unknown (0.0). 75 % of the weight stands on a value.")
  })

  it("says why an account has no score of its own", () => {
    const strict = scoreAccounts(accounts, { factors: { recency: { value: "days", missing: "exclude" } } })
    expect(explainScore(strict, "south")).toBe("south has no score of its own (0.0, the lowest): no value for recency.")
  })

  it("does the same from a JSON copy, and for an account like the neutral one", () => {
    expect(explainScore(JSON.parse(JSON.stringify(result)) as typeof result, "north")).toBe(explainScore(result, "north"))
    const two = scoreAccounts([{ id: "a", sales: 1 }, { id: "b", sales: 3 }, { id: "c", sales: 2 }], { factors: { sales: { value: "sales" } } })
    expect(explainScore(two, "b")).toBe("b scores 100.0, 50.0 more than a neutral account (50.0): sales 3 (+50.0).")
    expect(explainScore(two, "c")).toBe("c scores 50.0, as much as a neutral account (50.0): sales 2 (0.0).")
  })

  it("does not take a tier that the accounts brought along for one of its own", () => {
    const brought = scoreAccounts([{ id: "a", v: 1, tier: "gold" }], { factors: { v: { value: "v", low: 0, high: 2 } } })
    expect(explainScore(brought, "a")).toBe("a scores 50.0, as much as a neutral account (50.0): v 1 (0.0).")
  })

  it("says what is wrong with a result that is none, or that lost a part", () => {
    const messageOf = (bad: unknown, id: unknown = "north"): string => caught(() => explainScore(bad as typeof result, id as string)).message
    expect(messageOf(undefined)).toBe("result: must be what scoreAccounts returns, got undefined")
    expect(messageOf(result.accounts)).toBe("result: must be what scoreAccounts returns, got an array of 3")
    expect(messageOf({ ...result, baseline: null })).toBe("result.baseline: must be a finite number, got null (pass the result as it was returned, or its JSON copy)")
    expect(messageOf({ ...result, accounts: result.accounts.slice(1) })).toContain("result.accounts: must have the 3 rows of contributions, got an array of 2")
    expect(messageOf({ ...result, accounts })).toContain("result.accounts[0].score: must be a finite number, got undefined")
    expect(messageOf(result, 7)).toBe("accountId: is no account of this result: 7")
  })

  it.each(["accounts", "contributions", "excluded", "baseline", "tiers"] as const)("ends in a TerritoryError, whatever stands in the place of %s", (key) => {
    for (const part of [undefined, null, 3, "x", {}, [], [null], [{}], [, 1], new Array(3), [{ accountId: "north" }, {}, {}], [{ accountId: "north", factors: [null] }, { accountId: "a" }, { accountId: "b" }]]) {
      let text = ""
      try {
        text = explainScore({ ...result, [key]: part }, "north")
      } catch (error) {
        expect([part, (error as Error).name]).toEqual([part, "TerritoryError"])
      }
      expect(text).not.toMatch(/NaN|undefined|object/)
    }
  })

  it("names the nearest id when there is no such account", () => {
    expect(() => explainScore(result, "nroth")).toThrow('accountId: is no account of this result: "nroth" (did you mean "north"?)')
  })
})
