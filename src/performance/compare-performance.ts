import { guardCall } from "../model/guard-call.js"
import { judgeKpi, type JudgedKpi } from "./judge-kpi.js"
import type { PerformanceOptions } from "./performance-options.js"
import type { PerformanceResult } from "./performance-result.js"
import { readPerformance } from "./read-performance.js"

/**
 * Says which territories really do better or worse than the others, and which only seem to.
 *
 * Every KPI is a ratio of sums. Each territory is tested against all others by sampling: how often do as many rows, drawn from
 * all rows at random, lie as far off? The p-values are adjusted for the number of territories, and only what is left is called "above" or
 * "below". With `segment` each is also judged like for like: against what its rows would bring at the rates of all, each in its segment.
 *
 * Rows of one customer go together. With `cluster` they count as one case, and are drawn and exchanged whole: of 24 equal territories with 8 accounts of
 * 5 deals each, whose outcomes correlate by 0.3, somebody is accused in 40 to 50 % of draws without it, in 5 % at most with it.
 *
 * The usual t tests are not used because they accuse the innocent: of 24 equal territories with heavy-tailed revenue (log-normal,
 * sd 2) Welch's test, adjusted alike, condemns at least one in 84 % of 500 simulated cases with 20 rows each and in 86 % with 80;
 * this test in 3 and 5 % (`bench/calibration.js`).
 *
 * @param records one row a store, deal or customer; rows that do not stand for independent cases need `cluster`
 * @param options see {@link PerformanceOptions} and {@link Kpi}; ready KPIs are `winRate`, `quotaAttainment` and the others of the catalog
 * @returns for every territory, ascending by id, each KPI with its sums, 95 % interval, deviation from the whole, p-values and
 *   verdict, its place among the others (shrunken value, rank, funnel), and like for like; the KPIs over all records, by segment, and by
 *   region. Fewer than `minimumRows` rows: "too little data" (proportions and counts are judged from sums of as many cases), flagged `too-few-rows`, with the rows that it needs. A denominator of 0:
 *   value null, flagged `no-denominator`. See `KpiFlag`
 * @throws TerritoryError with all issues: records that are no objects, a territory id that is not text, numbers that are missing
 *   or not finite in rows that count, a territory that is not in `territories`, the same `id` twice, an unknown option
 *
 * Deterministic for a seed, in every engine; the order of the records changes nothing. Time: per KPI O(n) and some ten million draws at most: six KPIs of a
 * million records in 200 territories take 5 to 8 seconds of a processor, with `segment` twice as long, with `resamples: 2000` 20 to 30 (`bench/performance.js`).
 *
 * "above" and "below" are said against the middle: where some stand out, those that lie apart are set aside at both ends by one rule, a quarter of
 * all at most at either, and `comparedWith` says who. They hold against all others too, by a single test at 5 %, so that no verdict contradicts the
 * figure of all and the interval beside it. Where more than a quarter at one end are really different, or there are fewer than four, one giant can
 * put all others "below". Exchange of rows says nothing of a territory whose rows spread otherwise than those of all (a few very skewed amounts beside
 * many tame ones): who stands out so has to differ by standard errors too, and is "too little data", flagged `rows-skewed`, with n <= 25
 * times the squared skewness. A territory that holds most of a segment sets the rate that it is held to there.
 *
 * Source: ratio estimator, Cochran, Sampling Techniques, 3rd ed. 1977, chapter 6; studentized permutation test, Janssen 1997;
 * ultimate clusters, Hansen, Hurwitz & Madow 1953, chapter 6; sequential sampling, Besag & Clifford 1991; false discovery rate, Benjamini & Hochberg 1995; family-wise error, Holm 1979; intervals,
 * see `IntervalMethod`; like for like, see `LikeForLike` (Breslow & Day 1987, section 2.3; Kitagawa 1955).
 *
 * @example
 * const deals = [
 *   ...Array.from({ length: 60 }, (_, i) => ({ territory: "north", won: i < 12 ? 1 : 0 })),
 *   ...Array.from({ length: 60 }, (_, i) => ({ territory: "south", won: i < 40 ? 1 : 0 })),
 * ]
 * const { territories } = comparePerformance(deals, { territory: "territory", kpis: { winRate: { numerator: "won", kind: "proportion" } } })
 * territories.map((t) => `${t.id} ${t.kpis.winRate.verdict}`) // ["north below", "south above"]
 */
export function comparePerformance<R>(records: readonly R[], options: PerformanceOptions<R>): PerformanceResult {
  return guardCall({ records, options }, (own) => comparePerformanceUnguarded(own.records, own.options))
}

function comparePerformanceUnguarded<R>(records: readonly R[], options: PerformanceOptions<R>): PerformanceResult {
  const { kpis, territories, segments, regions, groupings, rules, warnings } = readPerformance(records, options)
  const judged = kpis.map((kpi) => judgeKpi(kpi, groupings, rules))
  const byName = <T>(pick: (kpi: JudgedKpi) => T): Record<string, T> => Object.fromEntries(judged.map((kpi) => [kpi.name, pick(kpi)]))
  const sizeOf = new Map(territories.ids.map((id, t) => [id, territories.sizes[t]]))
  return {
    territories: territories.ids.map((id, t) => ({ id, rowCount: territories.sizes[t], kpis: byName((kpi) => kpi.territories[t]) })),
    kpis: byName((kpi) => kpi.all),
    segments: segments === null ? [] : segments.ids.map((id, s) => ({ id, kpis: byName((kpi) => kpi.segments[s]) })),
    regions: regions.map(({ id, territoryIds }, r) => ({ id, territoryIds, rowCount: territoryIds.reduce((sum, own) => sum + (sizeOf.get(own) ?? 0), 0), kpis: byName((kpi) => kpi.regions[r]) })),
    warnings: [...warnings, ...judged.flatMap((kpi) => kpi.warnings)],
    seed: rules.seed,
  }
}
