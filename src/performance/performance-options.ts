import type { LocatedAccount } from "../model/account.js"
import type { DensityOptions } from "./density-options.js"
import type { Kpi } from "./kpi.js"
import type { TextField } from "../model/read-text-field.js"

/** What `comparePerformance` needs to know. */
export interface PerformanceOptions<R> {
  /** The territory of a record, by field or function; null: in none, and the record is set aside with a warning. */
  readonly territory: TextField<R>
  /** One or more figures by name. */
  readonly kpis: Readonly<Record<string, Kpi<R>>>
  /**
   * A second way to divide the records: tier, industry, urban and rural. Every territory is then also judged like for like. By field or
   * function of the record, null: in none; or by how densely accounts lie, see {@link DensitySegment}. Default: none.
   */
  readonly segment?: TextField<R> | DensitySegment<R>
  /**
   * What rows that go together are of, by field or function: the customer of a deal, the store of a week. Such rows count as one case: intervals, tests,
   * shrunken values and `neededRows` go by clusters, which are drawn and exchanged whole. Text, of a number `String(id)`; null: a row stands for itself.
   * A cluster with rows in several territories is one in each. Default: none, every row is independent; where a field looks like such an id, a warning
   * (`rows-clustered`) says how much that matters.
   */
  readonly cluster?: TextField<R>
  /** The territories there are: a record of another is an error, and one without records is listed. Default: those of the records. */
  readonly territories?: readonly string[]
  /** A level above territories, judged in the same way from the rows of its territories. A territory is in one region at most. Default: none. */
  readonly regions?: readonly PerformanceRegion[]
  /** What tells records apart; the same twice is an error. Default: nothing, and only the same object given twice is noticed. */
  readonly id?: TextField<R>
  /**
   * With fewer rows that count, here or in all other territories, a territory has "too little data". Proportions of whole numbers and counts are judged
   * from their sums instead, where these have as many cases (`judged-from-sums`): one row of 60 won of 120. An integer >= 2, default 10.
   */
  readonly minimumRows?: number
  /** Of all verdicts "above" or "below" of a KPI, the share that chance may account for. Between 0 and 1, default 0.05. */
  readonly falseDiscoveryRate?: number
  /**
   * What that rate limits: `false-discovery`, the share of false ones among the verdicts "above" and "below" (Benjamini & Hochberg 1995), or
   * `family-wise`, the chance of any false one (Holm 1979), which sees less. Default `false-discovery`.
   */
  readonly errorControl?: "false-discovery" | "family-wise"
  /**
   * Of the bootstrap of `ratio` KPIs, in groups of 50 rows or more; 0: intervals by linearization, which take no time and hold as well where
   * amounts are not very skewed. 0, or 1,000 to 100,000; 2,000 is customary. Default 0.
   */
  readonly resamples?: number
  /** Of the sampling test. A safe integer, default 0. */
  readonly seed?: number
}

/** Some territories as one. */
export interface PerformanceRegion {
  readonly id: string
  readonly territoryIds: readonly string[]
}

/** Segments by density: every record is as urban or rural as its account, see `classifyDensity`. */
export interface DensitySegment<R> {
  /** The accounts with their locations. */
  readonly accounts: readonly LocatedAccount[]
  /** The account of a record. */
  readonly account: TextField<R>
  /** See `DensityOptions`. Default: terciles of the accounts within 10 km. */
  readonly density?: DensityOptions<LocatedAccount>
}

/** The defaults of {@link PerformanceOptions}. */
export const DEFAULT_PERFORMANCE_OPTIONS: Readonly<{ minimumRows: number; falseDiscoveryRate: number; errorControl: "false-discovery"; resamples: number; seed: number }> = Object.freeze({
  minimumRows: 10, // rows; below, neither the interval nor the power of the test is worth a verdict
  falseDiscoveryRate: 0.05, // a fraction; the customary level
  errorControl: "false-discovery", // of many territories it still finds some
  resamples: 0, // intervals by linearization: at once
  seed: 0,
})

export const PERFORMANCE_OPTION_KEYS: readonly (keyof PerformanceOptions<never>)[] = Object.freeze([
  "territory", "kpis", "segment", "cluster", "territories", "regions", "id", "minimumRows", "falseDiscoveryRate", "errorControl", "resamples", "seed",
] as const)
