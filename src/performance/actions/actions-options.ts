import type { SalesModelResult } from "../expected/sales-model-result.js"

/** What a territory's work takes, and what its people can do, in one unit (hours a year). */
export interface TerritoryCapacity {
  readonly territoryId: string
  /** >= 0. */
  readonly workload: number
  /** > 0. */
  readonly capacity: number
}

/** What `recommendActions` may be told. */
export interface ActionsOptions {
  /** The KPI to act on. Default: the only one. */
  readonly kpi?: string
  /** What `modelSales` returned for the same territories: without it potential explains nothing. Default: none. */
  readonly model?: SalesModelResult
  /** Work and capacity: without it no one is overloaded. Territories that are not listed are as busy as they should be. Default: none. */
  readonly capacity?: readonly TerritoryCapacity[]
  /** By which share work may exceed capacity, and what can be expected the mean, before a boundary or headcount is spoken of. >= 0, default 0.1. */
  readonly tolerance?: number
  /** What more of selling brings: 1 % more effort, so many % more of the KPI's numerator. 0 <= low <= value <= high <= 1. */
  readonly elasticity?: { readonly low: number; readonly value: number; readonly high: number }
  /** What one more head can do, in the unit of capacity, > 0. Default: the mean capacity of the territories listed. */
  readonly capacityPerHead?: number
}

/** The defaults of {@link ActionsOptions}. */
export const DEFAULT_ACTIONS_OPTIONS: Readonly<{ tolerance: number; elasticity: Readonly<{ low: number; value: number; high: number }> }> = Object.freeze({
  tolerance: 0.1, // a fraction; what planners usually allow a territory
  // mean of personal selling over industries 0.34, of pharmaceutical detailing 0.245 (Albers, Mantrala & Sridhar, J. Marketing Research 47, 2010); as far the other way
  elasticity: Object.freeze({ low: 0.24, value: 0.34, high: 0.44 }),
})

export const ACTIONS_OPTION_KEYS: readonly (keyof ActionsOptions)[] = Object.freeze(["kpi", "model", "capacity", "tolerance", "elasticity", "capacityPerHead"] as const)
