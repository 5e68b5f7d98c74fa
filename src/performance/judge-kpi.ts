import type { Warning } from "../model/error.js"
import { sumOf } from "../math/stats/sum-of.js"
import { compareLikeWithLike } from "./compare-like-with-like.js"
import { judgeableSums, sumWarnings } from "./judgeable-sums.js"
import { tabulate, type Grouping, type KpiTable, type RowClusters } from "./kpi-table.js"
import { kpiValue, MINIMUM_CLUSTERS, type ValueRules } from "./kpi-value.js"
import type { KpiSummary, KpiValue, KpiVerdict } from "./performance-result.js"
import { placeFigures } from "./place-figures.js"
import type { KpiColumns } from "./read-kpis.js"
import { scaleValue, scaleVerdict } from "./scale-verdict.js"
import { testAgainstRest, type Strictness } from "./test-against-rest.js"

/** One KPI over everything: the whole, each territory against the rest, each segment, each region against the other regions. */
export interface JudgedKpi {
  readonly name: string
  readonly all: KpiSummary
  /** By index of the territory. */
  readonly territories: readonly KpiVerdict[]
  /** By index of the segment. */
  readonly segments: readonly KpiValue[]
  /** By index of the region. */
  readonly regions: readonly KpiVerdict[]
  readonly warnings: readonly Warning[]
}

/** How the records are divided. */
export interface Groupings {
  readonly territories: JudgedGrouping
  /** Null: there is no second division. */
  readonly segments: Grouping | null
  readonly regions: JudgedGrouping
  /** Null: all rows are independent. */
  readonly clusters: RowClusters | null
}

/** Groups with their names. */
export interface JudgedGrouping extends Grouping {
  readonly ids: readonly string[]
}

/** Judges one KPI. The rows' order does not matter: they are put into an order of their own. */
export function judgeKpi(kpi: KpiColumns, groupings: Groupings, rules: ValueRules & Strictness): JudgedKpi {
  const { territories, segments, regions, clusters } = groupings
  const judged = judgeGroups(kpi, territories, groupings, rules)
  const ofSegments = segments === null ? [] : valuesOf(tabulate(kpi, inTerritories(segments, territories), clusters), rules)
  const ofRegions = regions.count === 0 ? [] : judgeGroups(kpi, regions, groupings, rules).verdicts
  const summary = { kind: kpi.kind, better: kpi.better, overDispersion: judged.overDispersion, spread: judged.spread, designEffect: judged.designEffect }
  if (!kpi.isIndexed) return { name: kpi.name, all: { ...judged.all, ...summary }, territories: judged.verdicts, segments: ofSegments, regions: ofRegions, warnings: judged.warnings }
  const whole = judged.all.value !== null && judged.all.value > 0 ? judged.all.value : null
  const spread = whole === null || judged.spread === null ? null : (judged.spread * 100) / whole
  return {
    name: kpi.name,
    all: { ...scaleValue(judged.all, whole), ...summary, spread: spread !== null && Number.isFinite(spread) ? spread : null },
    territories: judged.verdicts.map((verdict) => scaleVerdict(verdict, whole)),
    segments: ofSegments.map((value) => scaleValue(value, whole)),
    regions: ofRegions.map((verdict) => scaleVerdict(verdict, whole)),
    warnings: judged.warnings,
  }
}

interface JudgedGroups extends Pick<KpiSummary, "overDispersion" | "spread" | "designEffect"> {
  readonly all: KpiValue
  readonly verdicts: readonly KpiVerdict[]
  readonly warnings: readonly Warning[]
}

function judgeGroups(kpi: KpiColumns, grouping: JudgedGrouping, { segments, clusters }: Groupings, rules: ValueRules & Strictness): JudgedGroups {
  const table = tabulate(kpi, grouping, clusters)
  const { numerators, denominators, starts } = table
  const all = kpiValue(table, null, rules, table.cautionsOfAll)
  const { values, cases } = judgeableSums(table, valuesOf(table, rules), all, rules.minimumRows)
  const isEnough = (n: number, cases: number): boolean => n >= rules.minimumRows && (!table.isClustered || cases >= MINIMUM_CLUSTERS)
  const hasRows = values.map((v, g) => {
    const own = starts[g + 1] - starts[g]
    return v.value !== null && isEnough(v.n, own) && isEnough(all.n - v.n, numerators.length - own) && all.denominator > v.denominator
  })
  const tested = hasRows.map((isEnoughRows, g) => isEnoughRows || cases?.isBySums[g] === true)
  const judgements = testAgainstRest({ numerators, denominators, starts }, tested, rules, kpi.kind !== "ratio", cases)
  const { places, overDispersion, spread } = placeFigures(table, values, all, kpi.better, rules)
  const likes = segments === null ? null : compareLikeWithLike(table, { segments, ids: grouping.ids }, values, all, hasRows, rules)
  return {
    all,
    warnings: sumWarnings(kpi, values, cases, rules.minimumRows),
    overDispersion,
    spread,
    designEffect: table.effects.all,
    verdicts: values.map((v, t) => {
      // below a whole that is negative (revenue that shrinks) is what lies farther from 0
      const relative = v.value === null || !all.value ? null : (v.value / all.value - 1) * Math.sign(all.value) + 0
      const deviation = relative !== null && Number.isFinite(relative) ? relative : null
      const { setAside, isTooSkewed, ...judgement } = judgements[t]
      const comparedWith = judgement.verdict !== "too little data" ? comparisonOf(values, t, setAside, grouping.ids) : null
      return { ...v, flag: isTooSkewed ? (v.flag ?? "rows-skewed") : v.flag, ...places[t], deviation, ...judgement, comparedWith, likeForLike: likes === null ? null : likes[t] }
    }),
  }
}

/** The ratio of all groups but one and those set aside. */
function comparisonOf(values: readonly KpiValue[], own: number, setAside: readonly number[], ids: readonly string[]): KpiVerdict["comparedWith"] {
  const others = values.filter((_, g) => g !== own && !setAside.includes(g))
  const value = sumOf(others.map((one) => one.numerator)) / sumOf(others.map((one) => one.denominator))
  return { value: Number.isFinite(value) ? value + 0 : null, setAside: setAside.map((g) => ids[g]) }
}

function valuesOf(table: KpiTable, rules: ValueRules): KpiValue[] {
  return table.cautions.map((cautions, g) => kpiValue(table, g, rules, cautions))
}

/** A record without a territory counts in no segment either. */
function inTerritories(segments: Grouping, territories: Grouping): Grouping {
  return { count: segments.count, groupOf: segments.groupOf.map((s, i) => (territories.groupOf[i] === -1 ? -1 : s)) }
}
