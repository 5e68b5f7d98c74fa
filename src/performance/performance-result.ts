import type { Warning } from "../model/error.js"
import type { Interval } from "../math/stats/interval.js"
import type { KpiKind } from "./kpi.js"

/** One KPI of one territory, segment or the whole. */
export interface KpiValue {
  /** Ratio of sums, numerator / denominator (of an `indexed` KPI 100 times that over the one of all); null when the denominator is 0, or when the quotient is no finite number. */
  readonly value: number | null
  readonly numerator: number
  readonly denominator: number
  /** Rows that count. */
  readonly n: number
  /** Clusters that they are of, one in each territory; null without `cluster`. */
  readonly clusterCount: number | null
  /** 95 % interval of the value; null where it cannot be had. */
  readonly interval: Interval | null
  readonly intervalMethod: IntervalMethod | null
  /** Of a `per-count` KPI without any event: what the value exceeds with 95 % (the cost of no new customer is a third of what was spent at least); else null. */
  readonly atLeast: number | null
  /** Why a value is missing or weak, the first that applies; null: nothing to say. */
  readonly flag: KpiFlag | null
  /** How many rows each caution of the KPI holds for, in the order of the KPI's; those that hold for none are left out. */
  readonly cautions: readonly KpiCaution[]
}

/** Something that the reader has to know of a value: `open-deals` are left out, `part-year` reps are in it. */
export interface KpiCaution {
  readonly code: string
  readonly rowCount: number
}

/** Where an interval comes from: Wilson 1927, the exact one of a proportion (Clopper & Pearson 1934), exact limits of a Poisson count (Garwood 1936) or Byar's, the BCa bootstrap (Efron 1987), or the rows' spread by linearization. */
export type IntervalMethod = "wilson" | "exact" | "poisson" | "byar" | "bootstrap" | "linearized"

/**
 * What has to be said about a value:
 *
 * - `no-denominator`: the denominator sums to 0, also where no row counts; there is no value.
 * - `out-of-range`: numerator / denominator is beyond the range of numbers, or, of an `indexed` KPI, the value of all is not above 0 and
 *   cannot be 100; there is no value.
 * - `rows-alike`: all rows have the same ratio, so that their spread tells nothing of chance; there is no interval. If they are yes or no, use
 *   kind `proportion`.
 * - `too-few-rows`: fewer than `minimumRows` rows count; value and interval stand, but say little.
 * - `too-few-clusters`: its rows are of fewer than 5 clusters; the same.
 * - `rows-skewed`: its rows are spread otherwise than those of all, and too few for so skewed a mean to be nearly normal (25 times the squared skewness,
 *   Cochran 1977, section 2.15): who stands out so cannot be judged.
 */
export type KpiFlag = "no-denominator" | "out-of-range" | "rows-alike" | "too-few-rows" | "too-few-clusters" | "rows-skewed"

/** What a territory's figure says when chance is taken into account. */
export type Verdict = "above" | "below" | "consistent with chance" | "too little data"

/** Where a territory's figure stands among the others; null where that cannot be said. */
export interface KpiPlace {
  /**
   * Drawn toward the mean of all by as much as it says little itself, with where it lies with 95 % then: the figure to plan with. Of a
   * `proportion` under a beta prior, of a `count` and `per-count` under a gamma prior, else under a normal one, fitted to all territories. Of
   * ratios with heavy tails it is surer than it should be: with 80 log-normal rows it holds the truth in 90 to 97 % (sd 1) and in 61 to 71 % (sd 2).
   */
  readonly shrunken: { readonly value: number; readonly low: number; readonly high: number } | null
  /** Ranks with 95 %, 1 for the best value, and how probable a place in the top quarter is: never a bare league table. */
  readonly rank: { readonly low: number; readonly high: number; readonly topQuarterChance: number } | null
  /**
   * In standard errors from the value of all, also with the over-dispersion of all; and the limits for a figure of its size (95 % and 99.8 %).
   * By the normal approximation: where fewer than about ten events are expected, or not to happen, limits are rough. Verdicts do not rest on them.
   */
  readonly funnel: { readonly z: number; readonly adjustedZ: number; readonly limits95: Interval; readonly limits998: Interval } | null
  /**
   * Rows that would show a difference of a fifth in 80 % of cases by one test at 5 %, more where many territories are judged: what "too little data" lacks. With
   * `cluster`: at today's rows a cluster, so more clusters are meant.
   */
  readonly neededRows: number | null
}

/** What tests say of one territory. */
export interface Judgement {
  /** How probable so large a difference from the rest is by chance alone, both sides; null with too little data. */
  readonly pValue: number | null
  /** Adjusted for the number of territories (Benjamini & Hochberg 1995, or Holm 1979); null where it cannot be had. */
  readonly adjustedPValue: number | null
  readonly verdict: Verdict
  /** What it was held against, in its own unit; null with too little data. */
  readonly comparedWith: Yardstick | null
}

/**
 * The figure that a verdict speaks of: that of all other territories, or, where some stand out, that of the middle, without those that lie apart at
 * either end. "above" and "below" hold against all others too.
 */
export interface Yardstick {
  /** Of a KPI its ratio of sums over the others. Like for like: the index that the rates of the others would give, each in its segment. Null where it cannot be had. */
  readonly value: number | null
  /** Territories, ascending, that do not count in it beside the one that is judged. */
  readonly setAside: readonly string[]
}

/**
 * One KPI of one territory as if all had its mix of segments (indirect standardization): what remains of its difference when like is
 * compared with like.
 */
export interface LikeForLike extends Judgement {
  /** The numerator that the territory's rows would have at the rates of all, each in its segment. */
  readonly expected: number
  /** numerator / expected; null where nothing, or less, is expected. */
  readonly index: number | null
  /** 95 % interval of the index; null where it cannot be had. */
  readonly interval: Interval | null
  /** The index drawn toward the mean of all, which is about 1, by as much as it says little, with where it lies with 95 % then. */
  readonly shrunken: { readonly value: number; readonly low: number; readonly high: number } | null
  /** Of value - value of all: what other shares of segments explain, and what other rates within segments do; null without a value. */
  readonly mix: number | null
  readonly rate: number | null
  /** Below the whole and yet not below in any of its segments, or above and not above (Simpson 1951): the mix alone makes the difference. */
  readonly isReversed: boolean
}

/** One KPI of one territory against all others. */
export interface KpiVerdict extends KpiValue, KpiPlace, Judgement {
  /** (value - value of all) / |value of all|, above 0 where the value is larger; null where either is missing or the value of all is 0. */
  readonly deviation: number | null
  /** With its mix of segments taken into account; null without `segment`. */
  readonly likeForLike: LikeForLike | null
}

/** One territory of a performance comparison. */
export interface TerritoryVerdict {
  readonly id: string
  readonly rowCount: number
  readonly kpis: Readonly<Record<string, KpiVerdict>>
}

/** Some territories together, judged against the other regions, from their rows. */
export interface RegionVerdict extends TerritoryVerdict {
  readonly territoryIds: readonly string[]
}

/** One KPI over all rows. */
export interface KpiSummary extends KpiValue {
  readonly kind: KpiKind
  /** Which way is good. */
  readonly better: "higher" | "lower"
  /** How much more the territories differ than chance alone would have it: the mean of their squared (winsorized) z; null where it cannot be had. */
  readonly overDispersion: number | null
  /** Standard deviation of the territories' true values beyond chance, by which the funnel's limits are wider; 0: chance alone. Null where it cannot be had. */
  readonly spread: number | null
  /**
   * How many cases count as one, because those of a row, or with `cluster` those of a cluster, go together (Kish 1965): of a `proportion`, and with
   * `cluster` of every kind. Intervals, shrunken values and funnels go by it. 1: each counts for itself.
   */
  readonly designEffect: number
}

/** What `comparePerformance` returns. Plain JSON. */
export interface PerformanceResult {
  readonly territories: readonly TerritoryVerdict[]
  /** Each KPI over all rows. */
  readonly kpis: Readonly<Record<string, KpiSummary>>
  /** By segment (urban, rural), in the order of the segments' ids; empty without `segment`. */
  readonly segments: readonly { readonly id: string; readonly kpis: Readonly<Record<string, KpiValue>> }[]
  /** In the order given; empty without `regions`. */
  readonly regions: readonly RegionVerdict[]
  readonly warnings: readonly Warning[]
  /** The seed of the test, as given. */
  readonly seed: number
}

/** How one alignment is shared out. */
export interface AlignmentFigures {
  readonly territoryCount: number
  readonly assignedCount: number
  readonly measures: Readonly<Record<string, {
    /** Activity of the accounts that have a territory. */
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
  readonly cost: number | null
  /** Root of cost / total weight: a typical distance to the center, km or the plane's unit; null without weight, and without places. */
  readonly typicalDistance: number | null
}

/** Accounts or activity of one territory of after. */
export interface MoveAmounts {
  /** Theirs before, and still. */
  readonly kept: number
  /** From one other owner before. */
  readonly takenOver: number
  /** To others, or to nobody. */
  readonly handedOff: number
  /** From no owner before, or from several. */
  readonly newlyOwned: number
}

/** What changes for one territory of after; the counts are accounts. */
export interface TerritoryMoves extends MoveAmounts {
  readonly id: string
  /** The territory of before that it continues; null: there is none, and it has nothing to keep or to hand off. */
  readonly heirOf: string | null
  /** The same in activity, by measure. */
  readonly measures: Readonly<Record<string, MoveAmounts>>
}

/** What `compareAlignments` returns. Plain JSON. */
export interface AlignmentComparison {
  readonly before: AlignmentFigures
  readonly after: AlignmentFigures
  /** Which territory of after is the heir of which of before, so that a mere renaming moves nothing. Null: none. */
  readonly matches: readonly { readonly before: string | null; readonly after: string | null; readonly keptCount: number }[]
  /** Accounts with one owner before who loses them, in input order. `to` null: to no territory, or to several. `from` is never null so far. */
  readonly moved: readonly { readonly accountId: string; readonly from: string | null; readonly to: string | null }[]
  readonly movedCount: number
  readonly keptCount: number
  /** Accounts that no territory owned before, and that several did: they are no disruption. */
  readonly unownedCount: number
  readonly sharedCount: number
  /** Per measure: activity that changes owner, and as a share of what had one owner. */
  readonly movedActivity: Readonly<Record<string, { readonly amount: number; readonly share: number | null }>>
  /** Per territory of after, by id: accounts and activity that come and go. */
  readonly territories: readonly TerritoryMoves[]
  readonly warnings: readonly Warning[]
}
