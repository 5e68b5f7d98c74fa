import type { ScoreModel } from "./score-model.js"

/** What one factor did to the score of one account. */
export interface FactorContribution {
  readonly factor: string
  /** The value, before any clamping; null: missing. */
  readonly value: number | null
  /** 0 (worst) to 1 (best): the value on the reference bounds, or what stood in for a missing one. */
  readonly utility: number
  /** Points above (+) or below (-) an account that is neutral in this factor. */
  readonly contribution: number
}

/** Why one account has its score. */
export interface AccountContributions {
  readonly accountId: string
  /** Share of the weight that stands on a value, 0 to 1. */
  readonly coverage: number
  /** In the order of the factors' names; they sum to score - baseline, to the last bit and in any order. */
  readonly factors: readonly FactorContribution[]
}

/** What `scoreAccounts` returns. Plain JSON wherever the accounts are. */
export interface ScoreResult<A> {
  /**
   * Every account, in input order: a copy with `score`, and with `tier` where tiers are asked (null: excluded). An instance of a
   * class is copied with its prototype, and with what its getters answer as fields.
   */
  readonly accounts: readonly (A & { readonly score: number; readonly tier?: string | null })[]
  /** In input order. */
  readonly contributions: readonly AccountContributions[]
  /** The score of an account that is neutral in every factor. */
  readonly baseline: number
  /** Accounts without a score of their own (policy "exclude"), with the factors they lack; they carry the lowest score. In input order. */
  readonly excluded: readonly { readonly accountId: string; readonly factors: readonly string[] }[]
  /** Null: no tiers were asked. */
  readonly tiers: {
    /** The rule in words, with its tie rule. */
    readonly rule: string
    readonly levels: readonly { readonly tier: string; readonly from: number | null; readonly accountCount: number }[]
  } | null
  /** For later calls: see {@link ScoreModel}. */
  readonly model: ScoreModel
  readonly warnings: readonly { readonly code: string; readonly path: string; readonly message: string }[]
}
