import type { Field } from "../../model/account.js"

/** Two weights may not stand in just any ratio: a price of one unit of the first in units of the second. */
export interface AssuranceRegion {
  /** Names of two inputs, two outputs, or one of each. */
  readonly of: readonly [string, string]
  /** weight of the first / weight of the second, at least and at most; > 0. Default: open. */
  readonly min?: number
  readonly max?: number
}

/** What `measureEfficiency` needs to know. */
export interface EfficiencyOptions<U> {
  /** What a territory takes, >= 0: potential, FTE, workload. One or more, by name. */
  readonly inputs: Readonly<Record<string, Field<U>>>
  /** What it brings, >= 0: revenue, new customers. One or more, by name; no name stands on both sides. */
  readonly outputs: Readonly<Record<string, Field<U>>>
  /** `constant` returns to scale (CCR): half of everything is as good. `variable` (BCC): only mixtures of territories are. Default `variable`: territories differ in size. */
  readonly returns?: "constant" | "variable"
  /** `output`: how much more it could bring with what it has. `input`: with how much less it could bring the same. Default `output`. */
  readonly orientation?: "input" | "output"
  /** Bounds on ratios of weights, so that no territory shines by a weight of 0 on what it is bad at. Default: none. */
  readonly assurance?: readonly AssuranceRegion[]
}

/** The defaults of {@link EfficiencyOptions}. */
export const DEFAULT_EFFICIENCY_OPTIONS: Readonly<{ returns: "variable"; orientation: "output" }> = Object.freeze({
  returns: "variable", // a small territory is not measured against a large one
  orientation: "output", // a rep decides what to bring, not which potential to have
})

export const EFFICIENCY_OPTION_KEYS: readonly (keyof EfficiencyOptions<never>)[] = Object.freeze(["inputs", "outputs", "returns", "orientation", "assurance"] as const)
