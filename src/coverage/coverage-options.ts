import type { MeasureField } from "../model/measure.js"

/** What `checkCoverage` may be told. */
export interface CoverageOptions<A> {
  /**
   * The territories there are, by id or as objects with an `id` (a plan's `territories`, or the specs it was made from).
   * Without the list, every territory that a row names exists, and none can be unknown or empty.
   */
  readonly territories?: readonly (string | { readonly id: string })[]
  /** What is at stake: activity per account, >= 0, that findings add up and are sorted by (the first first). Default: none. */
  readonly measures?: Readonly<Record<string, MeasureField<A>>>
}

/** The defaults of {@link CoverageOptions}. */
export const DEFAULT_COVERAGE_OPTIONS: Readonly<{ measures: Readonly<Record<string, never>> }> = Object.freeze({
  measures: Object.freeze({}), // without a measure findings are sorted by id, and severity is empty
})

/** All keys of {@link CoverageOptions}. */
export const COVERAGE_OPTION_KEYS: readonly (keyof CoverageOptions<never>)[] = Object.freeze(["territories", "measures"] as const)
