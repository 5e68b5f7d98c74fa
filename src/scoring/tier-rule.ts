import type { Field } from "../model/account.js"

/**
 * How accounts are put into tiers, best tier first. Equal accounts always share a tier, the better one.
 *
 * - `score-cuts`: a tier takes scores from `minScore` up; the last tier takes the rest and states none.
 * - `account-share`: a tier takes that share of the scored accounts, best scores first; shares sum to 1.
 * - `value-share`: ABC analysis: largest values first, a tier takes that share of the summed value (0.8, 0.15, 0.05); the
 *   account that crosses the line is still in. It looks at the value alone, not at the score.
 */
export type TierRule<A> =
  | { readonly method: "score-cuts"; readonly levels: readonly { readonly tier: string; readonly minScore?: number }[] }
  | { readonly method: "account-share"; readonly levels: readonly { readonly tier: string; readonly share: number }[] }
  | { readonly method: "value-share"; readonly value: Field<A>; readonly levels: readonly { readonly tier: string; readonly share: number }[] }

/** The usual ABC shares of a value. */
export const ABC_LEVELS: readonly { readonly tier: string; readonly share: number }[] = Object.freeze([
  Object.freeze({ tier: "A", share: 0.8 }),
  Object.freeze({ tier: "B", share: 0.15 }),
  Object.freeze({ tier: "C", share: 0.05 }),
])
