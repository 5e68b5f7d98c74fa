import { describe, expect, it } from "vitest"
import { type MissingPolicy, scoreAccounts } from "../../src/scoring/index.js"

// "gap" has no growth; bounds are fixed, so that the policies can be reckoned by hand
const accounts = [{ id: "full", size: 9, growth: 10 }, { id: "gap", size: 9, growth: null }, { id: "none", size: null, growth: null }]
const score = (missing: MissingPolicy): ReturnType<typeof scoreAccounts<(typeof accounts)[number]>> =>
  scoreAccounts(accounts, {
    factors: { size: { value: "size", low: 0, high: 10, weight: 3 }, growth: { value: "growth", low: 0, high: 20, neutral: 4, missing } },
  })

describe("an account without a value", () => {
  it("counts as the neutral value under `neutral`", () => {
    const { accounts: scored, contributions, baseline } = score("neutral")
    // the point grid is 2^-37 fine: 9/10 and 4/20 of a quarter are no whole quanta
    expect(scored[1].score).toBeCloseTo(75 * 0.9 + 25 * 0.2, 9)
    expect(contributions[1].factors[0]).toEqual({ factor: "growth", value: null, utility: 0.2, contribution: 0 })
    expect(scored[2].score).toBe(baseline)
  })

  it("counts as the worst bound under `penalize`", () => {
    expect(score("penalize").accounts[1].score).toBeCloseTo(67.5, 9)
  })

  it("hands its weight to the known factors under `renormalize`; with none known, it is neutral", () => {
    const { accounts: scored, baseline } = score("renormalize")
    expect(scored[1].score).toBeCloseTo(90, 9)
    expect(scored[2].score).toBe(baseline)
  })

  it("gets the lowest score under `exclude`, is listed with what it lacks, and is never lost", () => {
    const { accounts: scored, excluded, contributions, baseline } = score("exclude")
    expect(scored.map((account) => account.score > 0)).toEqual([true, false, false])
    expect(excluded).toEqual([{ accountId: "gap", factors: ["growth"] }, { accountId: "none", factors: ["growth"] }])
    expect(contributions[1].factors.map((row) => row.contribution)).toEqual([-baseline, 0])
  })

  it.each(["neutral", "penalize", "renormalize", "exclude"] as const)("has its coverage stated under `%s`", (missing) => {
    expect(score(missing).contributions.map((row) => row.coverage)).toEqual([1, 0.75, 0])
  })

  it("is neutral when the factor does not say", () => {
    const options = { factors: { size: { value: "size" as const } } }
    const { accounts: scored, baseline, model } = scoreAccounts(accounts, options)
    expect(scored[2].score).toBe(baseline)
    expect(model.factors[0].missing).toBe("neutral")
  })

  it("follows the policy also when it is the only account, if the bounds are fixed", () => {
    const result = scoreAccounts([{ id: "a", v: null }], { factors: { v: { value: "v", low: 0, high: 1, missing: "penalize" } } })
    expect(result.accounts[0].score).toBe(0)
    expect(result.warnings.map((warning) => warning.code)).toEqual(["factor-empty"])
  })
})
