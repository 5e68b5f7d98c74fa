import type { Kpi } from "./kpi.js"
import type { TextField } from "../model/read-text-field.js"

/** What `comparePerformance` needs to know. */
export interface PerformanceOptions<R> {
  /** The territory of a record, by field or function; null: in none, and the record is set aside with a warning. */
  readonly territory: TextField<R>
  /** One or more figures by name. */
  readonly kpis: Readonly<Record<string, Kpi<R>>>
  /** A second way to divide the records: urban and rural, tier, industry. Null: in no segment. Default: none. */
  readonly segment?: TextField<R>
  /** With fewer rows that count, here or in all other territories, a territory has "too little data". An integer >= 2, default 10. */
  readonly minimumRows?: number
  /** Of all verdicts "above" or "below" of a KPI, the share that chance may account for. Between 0 and 1, default 0.05. */
  readonly falseDiscoveryRate?: number
  /** Of the sampling test. A safe integer, default 0. */
  readonly seed?: number
}

/** The defaults of {@link PerformanceOptions}. */
export const DEFAULT_PERFORMANCE_OPTIONS: Readonly<{ minimumRows: number; falseDiscoveryRate: number; seed: number }> = Object.freeze({
  minimumRows: 10, // rows; below, neither the interval nor the power of the test is worth a verdict
  falseDiscoveryRate: 0.05, // a fraction; the customary level
  seed: 0,
})

export const PERFORMANCE_OPTION_KEYS: readonly (keyof PerformanceOptions<never>)[] = Object.freeze(["territory", "kpis", "segment", "minimumRows", "falseDiscoveryRate", "seed"] as const)
