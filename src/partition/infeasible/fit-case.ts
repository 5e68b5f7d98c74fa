import { createAccountSets, type AccountSets } from "../../math/feasible/account-sets.js"
import { createDivisibleFit, type DivisibleFit } from "../../math/feasible/divisible-fit.js"
import type { CompiledProblem } from "../compile-problem.js"
import type { BoundRow } from "../territory-bounds.js"

/** Where a bound comes from: the territory's spec, the measure's `min` or `max`, or its tolerance; null: the side is open. */
export type BoundSource = "territory" | "measure" | "tolerance" | null

/** Bounds in the problem's units, side by side: 0 and Infinity where open. */
export interface Sides {
  /** K = k x M. */
  readonly lower: Float64Array
  readonly upper: Float64Array
}

/** An infeasible problem without its places: what divided accounts can meet depends on bounds, locks and activities alone. */
export interface FitCase extends Sides {
  readonly compiled: CompiledProblem
  /** k. */
  readonly territoryIds: readonly string[]
  readonly lowerBy: readonly BoundSource[]
  readonly upperBy: readonly BoundSource[]
  readonly accounts: AccountSets
  /** Accounts that are locked, ascending. */
  readonly locked: readonly number[]
  readonly fit: DivisibleFit
}

/** The case of a compiled problem. O(n + k M). */
export function createFitCase(compiled: CompiledProblem, territoryIds: readonly string[]): FitCase {
  const { problem, bounds, activityUnits } = compiled
  const { k, measureCount: M, activities, lockedTo } = problem
  const accounts = createAccountSets(problem, compiled.mayOwn)
  return {
    compiled,
    territoryIds,
    ...sidesOf(bounds, activityUnits),
    lowerBy: bounds.map((_, r) => boundSource(compiled, r, "min")),
    upperBy: bounds.map((_, r) => boundSource(compiled, r, "max")),
    accounts,
    locked: [...lockedTo.keys()].filter((i) => lockedTo[i] >= 0),
    fit: createDivisibleFit(k, M, activities, accounts.sets),
  }
}

/** Where the bound of row r on that side comes from. */
export function boundSource(
  { bounds, measures, measureOptions, specs }: Pick<CompiledProblem, "bounds" | "measures" | "measureOptions" | "specs">,
  r: number,
  side: "min" | "max",
): BoundSource {
  if (bounds[r][side] === null) return null
  const M = measures.length
  const own = specs?.[Math.floor(r / M)][side]
  if (own !== undefined && Object.hasOwn(own, measures[r % M])) return "territory"
  return measureOptions[measures[r % M]][side] === undefined ? "tolerance" : "measure"
}

/** Rows of bounds in the problem's units. */
export function sidesOf(bounds: readonly BoundRow[], activityUnits: Float64Array): Sides {
  const M = activityUnits.length
  return {
    lower: Float64Array.from(bounds, ({ min }, r) => Math.max(0, min ?? 0) / activityUnits[r % M]),
    upper: Float64Array.from(bounds, ({ max }, r) => (max === null ? Infinity : max / activityUnits[r % M])),
  }
}
