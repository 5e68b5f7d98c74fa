import { compareLikeWithLike } from "./compare-like-with-like.js"
import { tabulate, type Grouping, type KpiTable } from "./kpi-table.js"
import { kpiValue, type ValueRules } from "./kpi-value.js"
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
}

/** How the records are divided. */
export interface Groupings {
  readonly territories: Grouping
  /** Null: there is no second division. */
  readonly segments: Grouping | null
  readonly regions: Grouping
}

/** Judges one KPI. The rows' order does not matter: they are put into an order of their own. */
export function judgeKpi(kpi: KpiColumns, { territories, segments, regions }: Groupings, rules: ValueRules & Strictness): JudgedKpi {
  const judged = judgeGroups(kpi, territories, segments, rules)
  const ofSegments = segments === null ? [] : valuesOf(tabulate(kpi, inTerritories(segments, territories)), rules)
  const ofRegions = regions.count === 0 ? [] : judgeGroups(kpi, regions, segments, rules).verdicts
  const summary = { kind: kpi.kind, better: kpi.better, overDispersion: judged.overDispersion, spread: judged.spread, designEffect: judged.designEffect }
  if (!kpi.isIndexed) return { name: kpi.name, all: { ...judged.all, ...summary }, territories: judged.verdicts, segments: ofSegments, regions: ofRegions }
  const whole = judged.all.value !== null && judged.all.value > 0 ? judged.all.value : null
  const spread = whole === null || judged.spread === null ? null : (judged.spread * 100) / whole
  return {
    name: kpi.name,
    all: { ...scaleValue(judged.all, whole), ...summary, spread: spread !== null && Number.isFinite(spread) ? spread : null },
    territories: judged.verdicts.map((verdict) => scaleVerdict(verdict, whole)),
    segments: ofSegments.map((value) => scaleValue(value, whole)),
    regions: ofRegions.map((verdict) => scaleVerdict(verdict, whole)),
  }
}

function judgeGroups(kpi: KpiColumns, grouping: Grouping, segments: Grouping | null, rules: ValueRules & Strictness): { readonly all: KpiValue; readonly verdicts: readonly KpiVerdict[]; readonly overDispersion: number | null; readonly spread: number | null; readonly designEffect: number } {
  const table = tabulate(kpi, grouping)
  const n = table.records.length
  const all = kpiValue(table, 0, n, rules, table.cautionsOfAll)
  const values = valuesOf(table, rules)
  const tested = values.map((v) => v.value !== null && v.n >= rules.minimumRows && n - v.n >= rules.minimumRows && all.denominator > v.denominator)
  const judgements = testAgainstRest({ numerators: table.numerators, denominators: table.denominators, starts: table.starts }, tested, rules)
  const { places, overDispersion, spread } = placeFigures(table, values, all, kpi.better, rules)
  const likes = segments === null ? null : compareLikeWithLike(table, segments.groupOf, segments.count, values, all, tested, rules)
  return {
    all,
    overDispersion,
    spread,
    designEffect: table.designEffect,
    verdicts: values.map((v, t) => {
      // below a whole that is negative (revenue that shrinks) is what lies farther from 0
      const relative = v.value === null || !all.value ? null : (v.value / all.value - 1) * Math.sign(all.value) + 0
      const deviation = relative !== null && Number.isFinite(relative) ? relative : null
      return { ...v, ...places[t], deviation, ...judgements[t], likeForLike: likes === null ? null : likes[t] }
    }),
  }
}

function valuesOf(table: KpiTable, rules: ValueRules): KpiValue[] {
  return table.cautions.map((cautions, g) => kpiValue(table, table.starts[g], table.starts[g + 1], rules, cautions))
}

/** A record without a territory counts in no segment either. */
function inTerritories(segments: Grouping, territories: Grouping): Grouping {
  return { count: segments.count, groupOf: segments.groupOf.map((s, i) => (territories.groupOf[i] === -1 ? -1 : s)) }
}
