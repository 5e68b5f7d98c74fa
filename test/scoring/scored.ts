import fc from "fast-check"
import type { Factor, ScoreOptions, ScoreResult } from "../../src/scoring/index.js"

/** An account of the random tests: three numbers >= 0, each of which may be missing. */
export interface Lead {
  readonly id: string
  readonly a: number | null
  readonly b: number | null
  readonly c: number | null
}

const number = fc.option(fc.oneof(fc.integer({ min: 0, max: 9 }), fc.double({ min: 0, max: 1e6, noNaN: true })), { nil: null, freq: 4 })

/** 1 to 12 accounts with ids that are unique; also ids that break naive look-up tables. */
export const leads: fc.Arbitrary<Lead[]> = fc
  .uniqueArray(fc.oneof(fc.constantFrom("__proto__", "constructor", "toString", "hasOwnProperty"), fc.string({ minLength: 1 }).filter((id) => id.trim() !== "")), { minLength: 1, maxLength: 12 })
  .chain((ids) => fc.tuple(...ids.map((id) => fc.record({ id: fc.constant(id), a: number, b: number, c: number }))))

const settings = fc.record({
  weight: fc.double({ min: 0.01, max: 100, noNaN: true }),
  direction: fc.constantFrom("higher" as const, "lower" as const),
  transform: fc.constantFrom("linear" as const, "sqrt" as const, "log1p" as const),
  missing: fc.constantFrom("neutral" as const, "penalize" as const, "renormalize" as const, "exclude" as const),
})

/** The settings of a factor for each of the three numbers. */
export const factors: fc.Arbitrary<Record<"a" | "b" | "c", Factor<Lead>>> = fc.record({ a: settings, b: settings, c: settings }).map(({ a, b, c }) => ({
  a: { ...a, value: "a" },
  b: { ...b, value: (lead: Lead) => lead.b },
  c: { ...c, value: "c" },
}))

/** Bounds that hold whatever the accounts are. */
export const fixed = <T extends Record<string, Factor<Lead>>>(some: T): ScoreOptions<Lead> => ({
  factors: Object.fromEntries(Object.entries(some).map(([name, factor]) => [name, { ...factor, low: 1, high: 1000 }])),
})

/** Scores by id. */
export const scoresOf = (result: ScoreResult<{ readonly id: string }>): Map<string, number> => new Map(result.accounts.map((account) => [account.id, account.score]))
