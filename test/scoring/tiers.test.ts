import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { ABC_LEVELS, scoreAccounts, type ScoreResult, type TierRule } from "../../src/scoring/index.js"

interface Row { readonly id: string; readonly v: number | null }
const rows = (...values: (number | null)[]): Row[] => values.map((v, i) => ({ id: `i${i}`, v }))
const tiered = (values: (number | null)[], tiers: TierRule<Row>, missing: "neutral" | "exclude" = "neutral"): ScoreResult<Row> =>
  scoreAccounts(rows(...values), { factors: { v: { value: "v", low: 0, high: 100, missing } }, tiers })
const letters = (result: ScoreResult<Row>): string => result.accounts.map((account) => account.tier ?? "-").join("")
const shares = (...values: number[]): { tier: string; share: number }[] => values.map((share, l) => ({ tier: "ABCDE"[l], share }))

describe("tiers by score cuts", () => {
  const levels = [{ tier: "A", minScore: 80 }, { tier: "B", minScore: 50 }, { tier: "C" }]

  it("take a score that equals a cut into the tier above it, and give the rest to the last tier", () => {
    const result = tiered([0, 49, 50, 79, 80, 100], { method: "score-cuts", levels })
    expect(letters(result)).toBe("CCBBAA")
    expect(result.tiers).toEqual({
      rule: "By score: A from 80, B from 50, C below.",
      levels: [{ tier: "A", from: 80, accountCount: 2 }, { tier: "B", from: 50, accountCount: 2 }, { tier: "C", from: null, accountCount: 2 }],
    })
  })

  it("may state the lowest score as the last cut", () => {
    expect(letters(tiered([0, 100], { method: "score-cuts", levels: [{ tier: "A", minScore: 50 }, { tier: "B", minScore: 0 }] }))).toBe("BA")
  })
})

describe("tiers by shares of the accounts", () => {
  it("divide accounts exactly where there are no ties", () => {
    // 0.1 + 0.2 is more than 0.3 in floating point; the fourth account must not slip in
    const result = tiered([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], { method: "account-share", levels: shares(0.1, 0.2, 0.7) })
    expect(letters(result)).toBe("ABBCCCCCCC")
    expect(result.tiers?.rule).toContain("A 10 %, B 20 %, C 70 % of the scored accounts")
  })

  it("keep equal scores together in the better tier", () => {
    expect(letters(tiered([9, 5, 5, 5, 1], { method: "account-share", levels: shares(0.4, 0.6) }))).toBe("AAAAB")
  })

  it("warn of a tier that nobody reaches, and keep it in the list", () => {
    const result = tiered([5, 5, 5, 5], { method: "account-share", levels: shares(0.2, 0.3, 0.5) })
    expect(letters(result)).toBe("AAAA")
    expect(result.tiers?.levels.map((level) => level.accountCount)).toEqual([4, 0, 0])
    expect(result.warnings.map((warning) => warning.path)).toEqual(["tiers.levels[1]", "tiers.levels[2]"])
  })

  it("leave excluded accounts out of the shares and without a tier", () => {
    expect(letters(tiered([9, null, 5, 1, null, 2], { method: "account-share", levels: shares(0.5, 0.5) }, "exclude"))).toBe("A-AB-B")
  })

  it("are no trouble when every account is excluded", () => {
    const result = tiered([null, null], { method: "account-share", levels: shares(0.5, 0.5) }, "exclude")
    expect(letters(result)).toBe("--")
    expect(result.tiers?.levels.map((level) => level.accountCount)).toEqual([0, 0])
  })
})

describe("tiers by shares of a value", () => {
  const abc: TierRule<Row> = { method: "value-share", value: (a) => a.v ?? 0, levels: ABC_LEVELS }

  it("take the account that crosses 80 % into A, the one that crosses 95 % into B", () => {
    // running shares before each account: 0, 50, 75, 85, 94, 98 %
    expect(letters(tiered([50, 25, 10, 9, 4, 2], abc))).toBe("AAABBC")
  })

  it("end A where the sum is exactly 80 %", () => {
    expect(letters(tiered([40, 40, 15, 5], abc))).toBe("AABC")
  })

  it("put a single giant in A and nobody in B", () => {
    const result = tiered([100, 1, 1], abc)
    expect(letters(result)).toBe("ACC")
    expect(result.tiers?.levels.map((level) => level.from)).toEqual([100, null, null])
  })

  it("rank by the value, so that an account without a score has its tier", () => {
    const result = scoreAccounts([{ id: "a", v: null, w: 9 }, { id: "b", v: 1, w: 1 }], {
      factors: { v: { value: "v", low: 0, high: 2, missing: "exclude" } },
      tiers: { method: "value-share", value: "w", levels: shares(0.8, 0.2) },
    })
    expect(result.accounts.map((account) => account.tier)).toEqual(["A", "B"])
    expect(result.model.tiers?.field).toBe("w")
  })

  it("put all accounts in the last tier, with warnings, when there is no value at all", () => {
    const result = tiered([0, 0], abc)
    expect(letters(result)).toBe("CC")
    expect(result.warnings.map((warning) => warning.code)).toEqual(["tier-empty", "tier-empty"])
  })
})

describe("tiers", () => {
  const methods = fc.constantFrom<TierRule<Row>>(
    { method: "account-share", levels: shares(0.2, 0.3, 0.5) },
    { method: "value-share", value: (a) => a.v ?? 0, levels: ABC_LEVELS },
    { method: "score-cuts", levels: [{ tier: "A", minScore: 60 }, { tier: "B", minScore: 30 }, { tier: "C" }] },
  )

  it("never put a better account below a worse one or part equal ones, and count every account once", () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 20 }).map((v) => v * 5), { minLength: 1, maxLength: 30 }), methods, (values, rule) => {
      const { accounts, tiers } = tiered(values, rule)
      for (const one of accounts) {
        for (const other of accounts) {
          const [a, b] = [one.tier as string, other.tier as string]
          if (one.score > other.score) expect(a <= b).toBe(true)
          if (one.score === other.score) expect(a).toBe(b)
        }
      }
      expect(tiers?.levels.reduce((count, level) => count + level.accountCount, 0)).toBe(values.length)
    }))
  })

  it("overwrite a tier that was there, with a warning, and are absent when not asked for", () => {
    const old = [{ id: "a", v: 1, tier: "gold" }, { id: "b", v: 2, tier: "tin" }]
    const factors = { v: { value: "v" } }
    const result = scoreAccounts(old, { factors, tiers: { method: "score-cuts", levels: [{ tier: "all" }] } })
    expect(result.accounts.map((account) => account.tier)).toEqual(["all", "all"])
    expect(result.warnings).toEqual([{ code: "field-overwritten", path: "accounts.tier", message: "accounts.tier: 2 accounts had this field already; the result has the new one (rename yours to keep both)" }])
    expect(scoreAccounts(old, { factors }).accounts.map((account) => account.tier)).toEqual(["gold", "tin"])
    expect(scoreAccounts(rows(1, 2), { factors }).accounts.some((account) => "tier" in account)).toBe(false)
  })
})
