import { describe, expect, it } from "vitest"
import type { TerritoryError } from "../../src/model/error.js"
import { type ScoreModel, type ScoreOptions, scoreAccounts } from "../../src/scoring/index.js"

const accounts = [{ id: "a", sales: 10, age: 1 }, { id: "b", sales: 20, age: null }, { id: "c", sales: 90, age: 5 }]
type Row = { id: string; sales?: number | null; age?: number | null }
const factors: ScoreOptions<Row>["factors"] = {
  sales: { value: "sales", weight: 2, transform: "sqrt" },
  age: { value: (a) => a.age, direction: "lower", missing: "penalize" },
}
const tiers = { method: "account-share" as const, levels: [{ tier: "A", share: 0.3 }, { tier: "B", share: 0.7 }] }
const first = scoreAccounts<Row>(accounts, { factors, tiers })
const model = JSON.parse(JSON.stringify(first.model)) as ScoreModel

const issuesOf = (options: unknown, rows: Row[] = accounts): string[] => {
  try {
    scoreAccounts(rows, options as ScoreOptions<Row>)
  } catch (error) {
    return (error as TerritoryError).issues.map((issue) => `${issue.code} ${issue.path}`)
  }
  return []
}

describe("a stored model", () => {
  it("gives every account the score and tier that it had, next to a newcomer that beats them all", () => {
    const later = scoreAccounts([...accounts, { id: "giant", sales: 1e6, age: 0 }], { factors, model })
    expect(later.accounts.slice(0, 3)).toEqual(first.accounts)
    expect(later.accounts[3]).toMatchObject({ score: 100, tier: "A" })
    expect(later.model).toEqual(model)
    expect(later.warnings.map((warning) => warning.code)).toEqual(["factor-clamped", "factor-clamped"])
  })

  it("stands in for settings that the factors do not repeat", () => {
    const later = scoreAccounts<Row>(accounts, { factors: { sales: { value: "sales" }, age: { value: (a) => a.age } }, model })
    expect(later.accounts).toEqual(first.accounts)
  })

  it("takes a known field that the new accounts do not have as missing", () => {
    expect(scoreAccounts<Row>([{ id: "new", age: 1 }], { factors, model }).contributions[0].coverage).toBeCloseTo(1 / 3, 15)
  })

  it("keeps a factor without bounds neutral", () => {
    const empty = scoreAccounts<Row>([{ id: "a", sales: null }], { factors: { sales: { value: "sales", missing: "penalize" } } })
    const later = scoreAccounts<Row>([{ id: "a", sales: 5 }, { id: "b", sales: null }], { factors: { sales: { value: "sales" } }, model: empty.model })
    expect(later.accounts.map((account) => account.score)).toEqual([50, 50])
  })

  it("refuses factors, tiers and a scale that say otherwise", () => {
    expect(issuesOf({ factors: { ...factors, sales: { ...factors.sales, weight: 3 } }, model })).toEqual(["model-conflict factors.sales.weight"])
    expect(issuesOf({ factors: { ...factors, sales: { ...factors.sales, value: "age" } }, model })).toEqual(["model-conflict factors.sales.value"])
    expect(issuesOf({ factors: { ...factors, sales: { ...factors.sales, low: 0 } }, model })).toEqual(["model-conflict factors.sales.low"])
    expect(issuesOf({ factors, model, scale: { low: 0, high: 10 } })).toEqual(["model-conflict scale"])
    expect(issuesOf({ factors, model, tiers: { method: "account-share", levels: [{ tier: "A", share: 0.4 }, { tier: "B", share: 0.6 }] } })).toEqual(["model-conflict tiers"])
    expect(issuesOf({ factors, model, tiers })).toEqual([])
  })

  it("refuses factors that it does not know and misses those that it does", () => {
    expect(issuesOf({ factors: { sale: { value: "sales" }, age: factors.age }, model })).toEqual(["factor-unknown factors.sale", "option-missing factors.sales"])
  })

  it("asks for the tier value again when that is a function", () => {
    const abc = { method: "value-share" as const, value: (a: Row) => a.sales ?? 0, levels: [{ tier: "A", share: 0.5 }, { tier: "B", share: 0.5 }] }
    const stored = scoreAccounts(accounts as Row[], { factors, tiers: abc })
    expect(issuesOf({ factors, model: stored.model })).toEqual(["option-missing tiers"])
    expect(scoreAccounts(accounts as Row[], { factors, model: stored.model, tiers: abc }).accounts).toEqual(stored.accounts)
  })

  it.each([
    ["text", "weighted", "model"],
    ["another version", { ...model, version: 2 }, "model.version"],
    ["another method", { ...model, method: "forest" }, "model.method"],
    ["no factors", { ...model, factors: [] }, "model.factors"],
    ["a factor that is null", { ...model, factors: [null] }, "model.factors[0]"],
    ["a weight that is text", { ...model, factors: [{ ...model.factors[0], weight: "1" }, model.factors[1]] }, "model.factors[0].weight"],
    ["bounds that cross", { ...model, factors: [{ ...model.factors[0], low: 9, high: 1 }, model.factors[1]] }, "model.factors[0].high"],
    ["a factor twice", { ...model, factors: [model.factors[0], model.factors[0], model.factors[1]] }, "model.factors[1].factor"],
    ["a scale upside down", { ...model, scale: { low: 1, high: 0 } }, "model.scale"],
    ["tiers of its own making", { ...model, tiers: { method: "luck", levels: [] } }, "model.tiers"],
  ])("is refused when it holds %s", (_, broken, path) => {
    expect(issuesOf({ factors, model: broken })).toEqual([`model-invalid ${path}`])
  })
})
