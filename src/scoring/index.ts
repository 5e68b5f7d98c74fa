export { scoreAccounts } from "./score-accounts.js"
export { explainScore } from "./explain-score.js"
export { estimateWorkload } from "./estimate-workload.js"
export { DEFAULT_FACTOR, type Factor, type FactorField, type FactorTransform, type MissingPolicy } from "./factor.js"
export { ABC_LEVELS, type TierRule } from "./tier-rule.js"
export { DEFAULT_SCALE, type ScoreOptions } from "./score-options.js"
export type { AccountContributions, FactorContribution, ScoreResult } from "./score-result.js"
export type { FactorModel, ScoreModel, TierModel } from "./score-model.js"
export { type ByTier, DEFAULT_WORKLOAD_OPTIONS, type WorkloadOptions } from "./workload-options.js"
export type { WorkloadResult, WorkloadSum } from "./workload-result.js"

// the words that these functions speak
export type { Field, IdentifiedAccount } from "../model/account.js"
export { TerritoryError, type Issue, type Warning } from "../model/error.js"
