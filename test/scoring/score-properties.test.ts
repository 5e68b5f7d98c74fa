import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { type ScoreModel, scoreAccounts } from "../../src/scoring/index.js"
import { factors, fixed, leads, scoresOf } from "./scored.js"

const scales = fc.constantFrom({ low: 0, high: 100 }, { low: 0, high: 1 }, { low: -1, high: 1 }, { low: 300, high: 850 }, { low: 0.1, high: 0.7 })

describe("scoreAccounts, for random accounts, factors, policies and scales", () => {
  it("has contributions that sum to score - baseline to the last bit, in any order", () => {
    fc.assert(fc.property(leads, factors, scales, (accounts, some, scale) => {
      const { accounts: scored, contributions, baseline } = scoreAccounts(accounts, { factors: some, scale })
      contributions.forEach(({ accountId, factors: rows }, i) => {
        expect(accountId).toBe(accounts[i].id)
        const parts = rows.map((row) => row.contribution)
        expect(parts.reduce((x, y) => x + y, 0)).toBe(scored[i].score - baseline)
        expect(parts.reduceRight((x, y) => x + y, baseline)).toBe(scored[i].score)
      })
    }))
  })

  it("keeps scores on the scale, coverage and utilities between 0 and 1, and every account in its place", () => {
    fc.assert(fc.property(leads, factors, scales, (accounts, some, scale) => {
      const result = scoreAccounts(accounts, { factors: some, scale })
      expect(result.accounts.map(({ score: _, ...rest }) => rest)).toEqual(accounts)
      for (const { score } of result.accounts) {
        expect(score).toBeGreaterThanOrEqual(scale.low)
        expect(score).toBeLessThanOrEqual(scale.high)
      }
      for (const { coverage, factors: rows } of result.contributions) {
        for (const share of [coverage, ...rows.map((row) => row.utility)]) {
          expect(share).toBeGreaterThanOrEqual(0)
          expect(share).toBeLessThanOrEqual(1)
        }
      }
    }))
  })

  it("does not let the score fall when a value moves in the good direction, under fixed bounds", () => {
    fc.assert(fc.property(leads, factors, fc.double({ min: 0, max: 1e4, noNaN: true }), fc.double({ min: 1e-6, max: 1e4, noNaN: true }), (accounts, some, from, step) => {
      const at = (a: number): number => scoreAccounts([{ ...accounts[0], a }], fixed(some)).accounts[0].score
      const [low, high] = [at(from), at(from + step)]
      if (some.a.direction === "higher") expect(high).toBeGreaterThanOrEqual(low)
      else expect(high).toBeLessThanOrEqual(low)
    }))
  })

  it("does not change a score when other accounts come or go, under fixed bounds", () => {
    fc.assert(fc.property(leads, factors, (accounts, some) => {
      const together = scoresOf(scoreAccounts(accounts, fixed(some)))
      for (const account of accounts) expect(scoreAccounts([account], fixed(some)).accounts[0].score).toBe(together.get(account.id))
    }))
  })

  it("does not change a score or a tier when other accounts come or go, under a stored model", () => {
    fc.assert(fc.property(leads, factors, fc.constantFrom("account-share" as const, "value-share" as const), (accounts, some, method) => {
      const levels = [{ tier: "A", share: 0.2 }, { tier: "B", share: 0.3 }, { tier: "C", share: 0.5 }]
      const tiers = method === "account-share" ? { method, levels } : { method, levels, value: (lead: { a: number | null }) => lead.a ?? 0 }
      const first = scoreAccounts(accounts, { factors: some, tiers })
      const model = JSON.parse(JSON.stringify(first.model)) as ScoreModel
      expect(model).toEqual(first.model)
      accounts.forEach((account, i) => {
        const alone = scoreAccounts([account], { factors: some, tiers, model })
        expect(alone.accounts[0]).toEqual(first.accounts[i])
        expect(alone.contributions[0]).toEqual(first.contributions[i])
        expect(alone.model).toEqual(model)
      })
    }))
  })

  it("does not depend on the order of factors or of rows", () => {
    fc.assert(fc.property(leads, factors, (accounts, some) => {
      const tiers = { method: "account-share" as const, levels: [{ tier: "A", share: 0.5 }, { tier: "B", share: 0.5 }] }
      const one = scoreAccounts(accounts, { factors: some, tiers })
      const turned = Object.fromEntries(Object.entries(some).reverse())
      expect(JSON.stringify(scoreAccounts(accounts, { factors: turned, tiers }))).toBe(JSON.stringify(one))
      const back = scoreAccounts([...accounts].reverse(), { factors: some, tiers })
      expect([...back.accounts].reverse()).toEqual(one.accounts)
      expect([...back.contributions].reverse()).toEqual(one.contributions)
      expect(back.model).toEqual(one.model)
      expect(back.warnings).toEqual(one.warnings)
    }))
  })

  it("does not depend on the unit of the weights", () => {
    fc.assert(fc.property(leads, factors, (accounts, some) => {
      const heavier = Object.fromEntries(Object.entries(some).map(([name, factor]) => [name, { ...factor, weight: 8 * (factor.weight as number) }]))
      expect(scoresOf(scoreAccounts(accounts, { factors: heavier }))).toEqual(scoresOf(scoreAccounts(accounts, { factors: some })))
    }))
  })

  it("survives JSON and leaves frozen inputs alone", () => {
    fc.assert(fc.property(leads, factors, (accounts, some) => {
      const before = JSON.stringify(accounts)
      accounts.forEach(Object.freeze)
      Object.values(some).forEach(Object.freeze)
      const result = scoreAccounts(Object.freeze(accounts), Object.freeze({ factors: Object.freeze(some) }))
      expect(JSON.parse(JSON.stringify(result))).toEqual(result)
      expect(JSON.stringify(accounts)).toBe(before)
    }))
  })
})
