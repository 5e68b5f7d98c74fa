import type { Dimensions } from "./dimension.js"
import type { RulePrecedence, TerritoryRule } from "./territory-rule.js"

/** What `analyzeRules` needs to know. */
export interface AnalyzeRulesOptions<D extends Dimensions<never>> {
  /** The attributes that rules may ask for, by name. */
  readonly dimensions: D
  readonly rules: readonly TerritoryRule<NoInfer<D>>[]
  /** Which rule wins where several match; default "rank". */
  readonly precedence?: RulePrecedence
  /** The territories there are, by id or as objects with an `id`. Default: those that rules name. */
  readonly territories?: readonly (string | { readonly id: string })[]
  /** Counted steps of work at most; what is not decided then is `undecided`. Default 250,000,000, some seconds. */
  readonly budget?: number
  /** Findings of each code to describe at most, a whole number, 1 or more; default 20. */
  readonly maxFindings?: number
}

/** The defaults of {@link AnalyzeRulesOptions}. */
export const DEFAULT_RULE_OPTIONS: Readonly<{ precedence: RulePrecedence; budget: number; maxFindings: number }> = Object.freeze({
  precedence: "rank",
  budget: 250_000_000, // words of 32 rules looked at: some seconds
  maxFindings: 20, // as many as one reads; `counts` has the rest
})

export const ANALYZE_KEYS: readonly (keyof AnalyzeRulesOptions<never>)[] = Object.freeze(["dimensions", "rules", "precedence", "territories", "budget", "maxFindings"] as const)
