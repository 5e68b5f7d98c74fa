import { describe, expect, it } from "vitest"
import type { TerritoryError } from "../../src/model/error.js"
import { estimateWorkload, scoreAccounts } from "../../src/scoring/index.js"

const good = [{ id: "a", sales: 1, days: 3 }, { id: "b", sales: 2, days: null }]
const factors = { sales: { value: "sales" } }

/** The error of a call with anything at all. */
function errorOf(accounts: unknown, options: unknown): TerritoryError {
  try {
    scoreAccounts(accounts as typeof good, options as { factors: typeof factors })
  } catch (error) {
    return error as TerritoryError
  }
  throw new Error("was accepted")
}

const rejected: readonly (readonly [what: string, accounts: unknown, options: unknown, code: string, path: string])[] = [
  ["no accounts at all", undefined, { factors }, "input-missing", "accounts"],
  ["an object of accounts", {}, { factors }, "input-type", "accounts"],
  ["an empty list", [], { factors }, "no-accounts", "accounts"],
  ["a row that is null", [null], { factors }, "account-type", "accounts[0]"],
  ["a hole", [good[0], , good[1]], { factors }, "account-type", "accounts[1]"],
  ["a missing id", [{ sales: 1 }], { factors }, "id-missing", "accounts[0].id"],
  ["a numeric id", [{ id: 7, sales: 1 }], { factors }, "id-type", "accounts[0].id"],
  ["an empty id", [{ id: " ", sales: 1 }], { factors }, "id-empty", "accounts[0].id"],
  ["a duplicate id", [good[0], good[0]], { factors }, "id-duplicate", "accounts[1].id"],
  ["an id that throws", [{ get id() { throw new Error("lazy") } }], { factors }, "accessor-failed", "accounts[0]"],
  ["no options", good, undefined, "option-type", "options"],
  ["no factors", good, {}, "option-missing", "factors"],
  ["factors as a list", good, { factors: [] }, "option-type", "factors"],
  ["an empty set of factors", good, { factors: {} }, "no-factors", "factors"],
  ["a factor that is a string", good, { factors: { sales: "sales" } }, "option-type", "factors.sales"],
  ["a factor without a value", good, { factors: { sales: {} } }, "option-missing", "factors.sales.value"],
  ["a value that is a number", good, { factors: { sales: { value: 3 } } }, "option-type", "factors.sales.value"],
  ["a misspelt option", good, { factors, teirs: {} }, "option-unknown", "teirs"],
  ["a misspelt factor key", good, { factors: { sales: { value: "sales", wieght: 2 } } }, "option-unknown", "factors.sales.wieght"],
  ["a weight NaN", good, { factors: { sales: { value: "sales", weight: NaN } } }, "factor-weight", "factors.sales.weight"],
  ["a weight of 0", good, { factors: { sales: { value: "sales", weight: 0 } } }, "factor-weight", "factors.sales.weight"],
  ["a negative weight", good, { factors: { sales: { value: "sales", weight: -1 } } }, "factor-weight", "factors.sales.weight"],
  ["an infinite weight", good, { factors: { sales: { value: "sales", weight: Infinity } } }, "factor-weight", "factors.sales.weight"],
  ["a weight that is text", good, { factors: { sales: { value: "sales", weight: "2" } } }, "factor-weight", "factors.sales.weight"],
  ["an unknown direction", good, { factors: { sales: { value: "sales", direction: "highest" } } }, "option-value", "factors.sales.direction"],
  ["an unknown transform", good, { factors: { sales: { value: "sales", transform: "log" } } }, "option-value", "factors.sales.transform"],
  ["an unknown policy", good, { factors: { sales: { value: "sales", missing: "ignore" } } }, "option-value", "factors.sales.missing"],
  ["a tail share in percent", good, { factors: { sales: { value: "sales", tailShare: 5 } } }, "option-range", "factors.sales.tailShare"],
  ["bounds the wrong way round", good, { factors: { sales: { value: "sales", low: 3, high: 1 } } }, "option-range", "factors.sales.high"],
  ["equal bounds", good, { factors: { sales: { value: "sales", low: 3, high: 3 } } }, "option-range", "factors.sales.high"],
  ["a bound NaN", good, { factors: { sales: { value: "sales", low: NaN } } }, "option-type", "factors.sales.low"],
  ["a neutral value null", good, { factors: { sales: { value: "sales", neutral: null } } }, "option-type", "factors.sales.neutral"],
  ["a negative bound under log1p", good, { factors: { sales: { value: "sales", low: -1, transform: "log1p" } } }, "factor-domain", "factors.sales.low"],
  ["a scale upside down", good, { factors, scale: { low: 100, high: 0 } }, "option-range", "scale.high"],
  ["a scale without an end", good, { factors, scale: { low: 0 } }, "option-type", "scale.high"],
  ["a scale that is a list", good, { factors, scale: [0, 1] }, "option-type", "scale"],
  ["a field that no account has", good, { factors: { sales: { value: "sale" } } }, "field-unknown", "factors.sales.value"],
  ["text for a number", [{ id: "a", sales: "1,234" }], { factors }, "factor-type", "accounts[0].sales"],
  ["an empty cell", [{ id: "a", sales: "" }], { factors }, "factor-type", "accounts[0].sales"],
  ["a Date", [{ id: "a", sales: new Date(0) }], { factors }, "factor-type", "accounts[0].sales"],
  ["NaN", [good[0], { id: "b", sales: NaN }], { factors }, "factor-not-finite", "accounts[1].sales"],
  ["infinity from an accessor", good, { factors: { ratio: { value: (a: { days: number | null }) => 1 / ((a.days ?? 0) * 0) } } }, "factor-not-finite", "accounts[0] (factor ratio)"],
  ["a value beyond all units", [{ id: "a", sales: 1e101 }], { factors }, "factor-out-of-range", "accounts[0].sales"],
  ["a negative value under log1p", [{ id: "a", sales: -1 }], { factors: { sales: { value: "sales", transform: "log1p" } } }, "factor-domain", "accounts[0].sales"],
  ["a negative value under sqrt", [{ id: "a", sales: -1 }], { factors: { sales: { value: "sales", transform: "sqrt" } } }, "factor-domain", "accounts[0].sales"],
  ["an accessor that throws", good, { factors: { x: { value: () => { throw new Error("boom") } } } }, "accessor-failed", "accounts[0] (factor x)"],
  ["a getter that throws when copied", [{ id: "a", sales: 1, get note() { throw new Error("lazy") } }], { factors }, "accessor-failed", "accounts[0]"],
  ["tiers as a list", good, { factors, tiers: ["A"] }, "option-type", "tiers"],
  ["an unknown tier method", good, { factors, tiers: { method: "acount-share", levels: [] } }, "option-value", "tiers.method"],
  ["tiers without levels", good, { factors, tiers: { method: "account-share", levels: [] } }, "option-type", "tiers.levels"],
  ["shares in percent", good, { factors, tiers: { method: "account-share", levels: [{ tier: "A", share: 80 }] } }, "option-range", "tiers.levels[0].share"],
  ["shares that do not sum", good, { factors, tiers: { method: "account-share", levels: [{ tier: "A", share: 0.8 }] } }, "tier-shares", "tiers.levels"],
  ["two tiers of one name", good, { factors, tiers: { method: "account-share", levels: [{ tier: "A", share: 0.5 }, { tier: "A", share: 0.5 }] } }, "tier-duplicate", "tiers.levels[1].tier"],
  ["a numeric tier", good, { factors, tiers: { method: "account-share", levels: [{ tier: 1, share: 1 }] } }, "option-type", "tiers.levels[0].tier"],
  ["cuts the wrong way round", good, { factors, tiers: { method: "score-cuts", levels: [{ tier: "A", minScore: 20 }, { tier: "B", minScore: 50 }, { tier: "C" }] } }, "option-range", "tiers.levels[1].minScore"],
  ["a cut off the scale", good, { factors, tiers: { method: "score-cuts", levels: [{ tier: "A", minScore: 800 }, { tier: "B" }] } }, "option-range", "tiers.levels[0].minScore"],
  ["a last cut that leaves accounts without a tier", good, { factors, tiers: { method: "score-cuts", levels: [{ tier: "A", minScore: 80 }, { tier: "B", minScore: 40 }] } }, "option-range", "tiers.levels[1].minScore"],
  ["ABC without a value", good, { factors, tiers: { method: "value-share", levels: [{ tier: "A", share: 1 }] } }, "option-type", "tiers.value"],
  ["ABC with a negative value", [{ id: "a", sales: -1 }], { factors, tiers: { method: "value-share", value: "sales", levels: [{ tier: "A", share: 1 }] } }, "tier-value-negative", "accounts[0].sales"],
  ["ABC with a missing value", good, { factors, tiers: { method: "value-share", value: "days", levels: [{ tier: "A", share: 1 }] } }, "tier-value-missing", "accounts[1].days"],
]

describe("scoreAccounts refuses", () => {
  it.each(rejected)("%s", (_, accounts, options, code, path) => {
    const error = errorOf(accounts, options)
    expect([error.name, error.code, error.path]).toEqual(["TerritoryError", code, path])
    expect(error.message.startsWith(`${path}: `)).toBe(true)
  })
})

describe("an error of scoreAccounts", () => {
  it("lists the issues of accounts and options together", () => {
    const error = errorOf([{ id: 1 }, { id: "" }], { factors: { sales: { value: "sales", weight: -1, missing: "penalise" } }, scael: 1 })
    expect(error.issues.map((issue) => issue.code)).toEqual(["id-type", "id-empty", "option-unknown", "factor-weight", "option-value"])
    expect(error.issueCount).toBe(5)
  })

  it("reads well", () => {
    expect(errorOf([{ id: "a", sales: -3 }], { factors: { sales: { value: "sales", transform: "log1p" } } }).message)
      .toBe('accounts[0].sales: must be 0 or more for the transform "log1p" of factor "sales", got -3 (use transform "linear", or null where there is no value)')
    expect(errorOf(good, { factors: { sales: { value: "slaes" } } }).message).toBe('factors.sales.value: is a field that no account has, got "slaes" (did you mean "sales"?)')
    expect(errorOf(good, { factors: { sales: { value: "sales", weight: -2 } } }).message)
      .toBe('factors.sales.weight: must be a finite number greater than 0, got -2 (direction "lower" turns a factor around)')
    expect(errorOf(good, { factors: { sales: { value: "sales", missing: "penalise" } } }).message).toContain('(did you mean "penalize"?)')
    expect(errorOf([{ id: "a", sales: "" }], { factors }).message).toBe('accounts[0].sales: must be a number, or null where it is missing, got "" (an empty cell is null)')
  })
})

describe("options", () => {
  it("are own keys only: a polluted prototype is neither read nor reported", () => {
    const clean = scoreAccounts(good, { factors })
    const hours = estimateWorkload(good, { visits: 1, hoursPerVisit: 1 })
    const polluted = { weight: -1, low: "x", missing: 7, tiers: 3, scale: 4, model: 5, tier: 6, hoursPerYear: -1 }
    for (const [key, value] of Object.entries(polluted)) Object.defineProperty(Object.prototype, key, { value, configurable: true })
    try {
      expect(JSON.stringify(scoreAccounts(good, { factors }))).toBe(JSON.stringify(clean))
      expect(JSON.stringify(estimateWorkload(good, { visits: 1, hoursPerVisit: 1 }))).toBe(JSON.stringify(hours))
    } finally {
      for (const key of Object.keys(polluted)) Reflect.deleteProperty(Object.prototype, key)
    }
  })

  it("may change during the call without effect", () => {
    const options = { factors: { x: { value: () => { options.factors.x.weight = NaN; return 1 }, weight: 1 }, y: { value: "sales" } } }
    expect(scoreAccounts(good, options).model.factors.map((factor) => factor.share)).toEqual([0.5, 0.5])
  })
})
