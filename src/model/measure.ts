import type { Field } from "./account.js"

/** A number to balance between territories: workload, potential, revenue. */
export interface Measure<A> {
  /** The activity of one account, >= 0. */
  readonly value: Field<A>
  /** Allowed |deviation| from the target as a fraction, >= 0; default 0.05; null: none. */
  readonly tolerance?: number | null
  /** Absolute lower bound for every territory; replaces the tolerance's lower side; null: open. */
  readonly min?: number | null
  /** Absolute upper bound for every territory; replaces the tolerance's upper side; null: open. */
  readonly max?: number | null
}

/** All keys of {@link Measure}. */
export const MEASURE_KEYS: readonly (keyof Measure<never>)[] = Object.freeze(["value", "tolerance", "min", "max"] as const)

/** A measure by its field alone, or as `partitionAccounts` takes it: one constant serves all stages. */
export type MeasureField<A> = Field<A> | Measure<A>

/** The tolerance of a measure that states none: the five per cent that most planners name. */
export const DEFAULT_TOLERANCE = 0.05
