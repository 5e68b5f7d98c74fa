import { describe, expect, it } from "vitest"
import { DEFAULT_FACTOR, DEFAULT_SCALE, type Factor, scoreAccounts } from "../../src/scoring/index.js"

const column = (...values: (number | null | undefined)[]): { id: string; v: number | null | undefined }[] => values.map((v, i) => ({ id: `i${i}`, v }))
const scores = (values: (number | null | undefined)[], factor: Omit<Factor<{ v: number | null | undefined }>, "value"> = {}): number[] =>
  scoreAccounts(column(...values), { factors: { v: { value: (a) => a.v, ...factor } } }).accounts.map((account) => account.score)
const codes = (result: { warnings: readonly { code: string; path: string }[] }): string[] => result.warnings.map(({ code, path }) => `${code} ${path}`)

describe("scoreAccounts", () => {
  it("places the smallest value at 0, the largest at 100 and the others between", () => {
    expect(scores([2, 4, 10])).toEqual([0, 25, 100])
  })

  it("turns a factor around where lower is better", () => {
    expect(scores([2, 4, 10], { direction: "lower" })).toEqual([100, 75, 0])
  })

  it("makes equal steps of equal ratios under log1p, and of equal roots under sqrt", () => {
    expect(scores([0, 9, 99], { transform: "log1p" })[1]).toBeCloseTo(50, 10) // log is rounded in the last place
    expect(scores([0, 1, 4], { transform: "sqrt" })).toEqual([0, 50, 100])
  })

  it("applies the direction before scaling, so that a transform with lower is better mirrors it", () => {
    const up = scores([0, 3, 50, 99], { transform: "log1p" })
    const down = scores([0, 3, 50, 99], { transform: "log1p", direction: "lower" })
    // the utilities u and 1 - u are each rounded to the point grid of 2^-37
    up.forEach((score, i) => expect(Math.abs(100 - score - down[i])).toBeLessThanOrEqual(2 ** -36))
  })

  it("counts values outside given bounds as the bounds, with a warning that counts them", () => {
    const result = scoreAccounts(column(-5, 0, 5, 10, 11, 12), { factors: { v: { value: "v", low: 0, high: 10 } } })
    expect(result.accounts.map((account) => account.score)).toEqual([0, 0, 50, 100, 100, 100])
    expect(result.warnings).toEqual([{ code: "factor-clamped", path: "factors.v", message: "factors.v: 1 value below 0 and 2 above 10 count as these bounds" }])
    expect(result.model.factors[0]).toMatchObject({ low: 0, high: 10, neutral: null, bounds: "given" })
  })

  it("fits bounds at quantiles when a tail share is given", () => {
    const values = Array.from({ length: 101 }, (_, i) => i)
    const result = scoreAccounts(column(...values, 1e6), { factors: { v: { value: "v", tailShare: 0.05 } } })
    // type 7 on 102 values: position 0.05 * 101 = 5.05 between the values 5 and 6
    expect(result.model.factors[0]).toMatchObject({ bounds: "quantiles", tailShare: 0.05, neutral: 50.5 })
    expect(result.model.factors[0].low).toBeCloseTo(5.05, 12)
    expect(result.model.factors[0].high).toBeCloseTo(95.95, 12)
    expect(codes(result)).toEqual(["factor-clamped factors.v"])
  })

  it("weighs factors by their share of the weights, and keeps the raw weights in the model", () => {
    const accounts = [{ id: "x", a: 1, b: 0 }, { id: "y", a: 0, b: 1 }]
    const result = scoreAccounts(accounts, { factors: { b: { value: "b", weight: 1 }, a: { value: "a", weight: 3 } } })
    expect(result.accounts.map((account) => account.score)).toEqual([75, 25])
    expect(result.model.factors.map(({ factor, weight, share }) => [factor, weight, share])).toEqual([["a", 3, 0.75], ["b", 1, 0.25]])
  })

  it("has the account of medians as its baseline when bounds are fitted", () => {
    const result = scoreAccounts(column(0, 1, 2, 3, 10), { factors: { v: { value: "v" } } })
    expect(result.baseline).toBe(20)
    expect(result.contributions.map((row) => row.factors[0].contribution)).toEqual([-20, -10, 0, 10, 80])
  })

  it("takes a neutral value from the caller", () => {
    const result = scoreAccounts(column(0, 10, null), { factors: { v: { value: "v", neutral: 2 } } })
    expect(result.baseline).toBe(20)
    expect(result.accounts[2].score).toBe(20)
  })

  it("takes a constant column as neutral for all, with a warning", () => {
    for (const factor of [{}, { transform: "log1p" as const }, { direction: "lower" as const }, { low: 7 }, { high: 7 }, { low: 9 }]) {
      const result = scoreAccounts(column(7, 7, null), { factors: { v: { value: "v", ...factor } } })
      expect(result.accounts.map((account) => account.score)).toEqual([50, 50, 50])
      expect(codes(result)).toEqual(["factor-constant factors.v"])
    }
  })

  it("takes a column without any value as neutral for all, whatever the policy, with a warning", () => {
    for (const missing of ["neutral", "penalize", "renormalize", "exclude"] as const) {
      const result = scoreAccounts(column(null, undefined), { factors: { v: { value: "v", missing } } })
      expect(result.accounts.map((account) => account.score)).toEqual([50, 50])
      expect(result.excluded).toEqual([])
      expect(codes(result)).toEqual(["factor-empty factors.v"])
      expect(result.model.factors[0]).toMatchObject({ low: null, high: null, neutral: null })
    }
  })

  it("warns when one giant squeezes all others together, and names the way out", () => {
    const values = [...Array.from({ length: 40 }, (_, i) => i), 1e6]
    const result = scoreAccounts(column(...values), { factors: { v: { value: "v" } } })
    expect(codes(result)).toEqual(["factor-squeezed factors.v"])
    expect(result.warnings[0].message).toContain('transform "log1p" or a tailShare')
    expect(scoreAccounts(column(...values), { factors: { v: { value: "v", transform: "log1p" } } }).warnings).toEqual([])
  })

  it("keeps the accounts' own fields, class instances included, and overwrites a score with a warning", () => {
    class Store {
      readonly id = "s1"
      readonly score = 3
      get size(): number {
        return 7
      }
    }
    const store = new Store()
    const result = scoreAccounts([store], { factors: { size: { value: "size", low: 0, high: 10 } } })
    expect(result.accounts.map((account) => ({ ...account }))).toEqual([{ id: "s1", score: 70, size: 7 }])
    expect(store.score).toBe(3)
    expect(codes(result)).toEqual(["field-overwritten accounts.score"])
  })

  it("survives names and ids that break look-up tables, as field, factor, tier and id", () => {
    const accounts = JSON.parse('[{"id":"__proto__","__proto__":1},{"id":"constructor","__proto__":3}]') as { id: string }[]
    const result = scoreAccounts(accounts, {
      factors: JSON.parse('{"__proto__":{"value":"__proto__"},"constructor":{"value":"__proto__","direction":"lower","weight":3}}') as Record<string, Factor<{ id: string }>>,
      tiers: { method: "score-cuts", levels: [{ tier: "__proto__", minScore: 60 }, { tier: "constructor" }] },
    })
    expect(result.accounts.map(({ id, score, tier }) => [id, score, tier])).toEqual([["__proto__", 75, "__proto__"], ["constructor", 25, "constructor"]])
    expect(result.tiers?.levels.map((level) => level.accountCount)).toEqual([1, 1])
    expect(Object.keys(result.accounts[0])).toContain("__proto__")
  })

  it("does not take what every object inherits for a field", () => {
    expect(() => scoreAccounts([{ id: "a" }], { factors: { f: { value: "constructor" } } })).toThrow("is a field that no account has")
  })

  it("needs no coordinates, and keeps them", () => {
    const result = scoreAccounts([{ id: "a", longitude: -93, latitude: 41, v: 1 }, { id: "b", v: 2 }], { factors: { v: { value: "v" } } })
    expect(result.accounts[0]).toEqual({ id: "a", longitude: -93, latitude: 41, v: 1, score: 0 })
  })

  it("reads each value exactly once", () => {
    const calls: string[] = []
    scoreAccounts([{ id: "a" }, { id: "b" }], { factors: { f: { value: (a) => calls.push(a.id) } } })
    expect(calls).toEqual(["a", "b"])
  })

  it("has frozen defaults that are what the types say", () => {
    expect(Object.isFrozen(DEFAULT_FACTOR) && Object.isFrozen(DEFAULT_SCALE)).toBe(true)
    expect(scoreAccounts(column(0, 1, 5), { factors: { v: { value: "v" } } }))
      .toEqual(scoreAccounts(column(0, 1, 5), { factors: { v: { value: "v", ...DEFAULT_FACTOR } }, scale: DEFAULT_SCALE }))
  })
})
