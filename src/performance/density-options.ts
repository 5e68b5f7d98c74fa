import type { Field } from "../model/account.js"

/** What `classifyDensity` may be told. */
export interface DensityOptions<A> {
  /** How far around an account to count, km on the globe (default 10), the unit of x and y on a plane (no default). > 0. */
  readonly radius?: number
  /** How much an account counts: its customers, its population. >= 0. Default 1. */
  readonly weight?: Field<A>
  /** Names of the classes, sparse first. Default rural, suburban, urban. */
  readonly classes?: readonly string[]
  /**
   * The densities at which a denser class begins, ascending, one fewer than classes: in weight per km^2 (or per squared unit).
   * Default: quantiles that give every class about as many accounts (terciles for three).
   */
  readonly cuts?: readonly number[]
}

/** The defaults of {@link DensityOptions}. */
export const DEFAULT_DENSITY_OPTIONS: Readonly<{ radius: number; classes: readonly string[] }> = Object.freeze({
  radius: 10, // km: a town and its surroundings, a quarter of an hour's drive
  classes: Object.freeze(["rural", "suburban", "urban"]), // by terciles: a third of the accounts each
})

export const DENSITY_OPTION_KEYS: readonly (keyof DensityOptions<never>)[] = Object.freeze(["radius", "weight", "classes", "cuts"] as const)
