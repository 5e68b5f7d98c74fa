/** One KPI of one territory, segment or the whole. */
export interface KpiValue {
  /** Ratio of sums, numerator / denominator; null when the denominator is 0. */
  readonly value: number | null
  readonly numerator: number
  readonly denominator: number
  /** Rows that count. */
  readonly n: number
  /** 95 % interval of the value; null where it cannot be had. */
  readonly interval: { readonly low: number; readonly high: number } | null
  /** Why a value or interval is missing or weak: `no-denominator`, `too-few-rows`; null: nothing to say. */
  readonly flag: string | null
}

/** What a territory's figure says when chance is taken into account. */
export type Verdict = "above" | "below" | "consistent with chance" | "too little data"

/** One KPI of one territory against all others. */
export interface KpiVerdict extends KpiValue {
  /** value / value of all - 1; null where either is missing. */
  readonly deviation: number | null
  /** Adjusted for the number of territories (Benjamini & Hochberg 1995); null where it cannot be had. */
  readonly adjustedPValue: number | null
  readonly verdict: Verdict
}

/** One territory of a performance comparison. */
export interface TerritoryVerdict {
  readonly id: string
  readonly kpis: Readonly<Record<string, KpiVerdict>>
}

/** What `comparePerformance` returns. Plain JSON. */
export interface PerformanceResult {
  readonly territories: readonly TerritoryVerdict[]
  /** Each KPI over all rows. */
  readonly kpis: Readonly<Record<string, KpiValue>>
  /** By segment (urban, rural), in the order of the segments' ids; empty without `segment`. */
  readonly segments: readonly { readonly id: string; readonly kpis: Readonly<Record<string, KpiValue>> }[]
  readonly warnings: readonly { readonly code: string; readonly path: string; readonly message: string }[]
}

/** How one alignment is shared out. */
export interface AlignmentFigures {
  readonly territoryCount: number
  readonly assignedCount: number
  readonly measures: Readonly<Record<string, {
    readonly total: number
    /** Largest |activity - target| / target; null where every target is 0. */
    readonly imbalance: number | null
    /** Fairness of activity / share: largest over mean, mean, coefficient of variation, Gini. */
    readonly maxOverMean: number | null
    readonly mean: number
    readonly cv: number | null
    readonly gini: number | null
  }>>
  /** Sum of weight * distance^2 to each territory's weighted mean; km^2 on the globe. */
  readonly cost: number
  /** Root of cost / total weight: a typical distance to the center, km or the plane's unit; null without weight. */
  readonly typicalDistance: number | null
}

/** What `compareAlignments` returns. Plain JSON. */
export interface AlignmentComparison {
  readonly before: AlignmentFigures
  readonly after: AlignmentFigures
  /** Which new territory is the heir of which old one, so that a mere renaming moves nothing. Null: none. */
  readonly matches: readonly { readonly before: string | null; readonly after: string | null; readonly keptCount: number }[]
  /** Accounts whose owner changes, in input order. Null: no territory (or several, in `from`). */
  readonly moved: readonly { readonly accountId: string; readonly from: string | null; readonly to: string | null }[]
  readonly movedCount: number
  readonly keptCount: number
  /** Accounts that no old territory owned, and that several did: they are no disruption. */
  readonly unownedCount: number
  readonly sharedCount: number
  /** Per measure: activity that changes owner, and as a share of what had one owner. */
  readonly movedActivity: Readonly<Record<string, { readonly amount: number; readonly share: number | null }>>
  /** Per territory of the new plan: accounts and activity that come and go. */
  readonly territories: readonly { readonly id: string; readonly heirOf: string | null; readonly kept: number; readonly takenOver: number; readonly handedOff: number }[]
}
