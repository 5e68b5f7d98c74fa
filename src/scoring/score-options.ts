import type { Factor } from "./factor.js"
import type { ScoreModel } from "./score-model.js"
import type { TierRule } from "./tier-rule.js"

/** Options of `scoreAccounts`. */
export interface ScoreOptions<A> {
  /** One or more, by name. */
  readonly factors: Readonly<Record<string, Factor<A>>>
  /** Default: no tiers, or those of `model`. */
  readonly tiers?: TierRule<A>
  /** Points of the worst and of the best possible account; default 0 and 100, or those of `model`. */
  readonly scale?: { readonly low: number; readonly high: number }
  /** `result.model` of an earlier call: its weights, bounds and tier cuts hold. What the factors state too must agree with it. */
  readonly model?: ScoreModel
}

/** The usual scale of scores: points from 0 to 100. */
export const DEFAULT_SCALE: { readonly low: number; readonly high: number } = Object.freeze({ low: 0, high: 100 })
