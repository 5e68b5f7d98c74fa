import { clusterEffect } from "../math/stats/cluster-effect.js"
import { designEffects, type DesignEffects } from "../math/stats/design-effect.js"
import { sortRows } from "../math/stats/sort-rows.js"
import { studentT95 } from "../math/stats/student-t.js"
import { Z_95 } from "../math/stats/normal-limits.js"
import type { KpiRows } from "./kpi-value.js"
import type { KpiCaution } from "./performance-result.js"
import type { KpiColumns } from "./read-kpis.js"
import { sumClusters, type Clusters } from "./compare/sum-clusters.js"

/** Which group each record belongs to: -1 for none. */
export interface Grouping {
  readonly groupOf: Int32Array
  readonly count: number
}

/** Which rows go together, and what ties between rows are broken by: the segments. */
export interface RowClusters extends Clusters {
  readonly segmentOf: Int32Array | null
}

/** The rows themselves, by group. */
export interface TableRows {
  /** The record of each row. */
  readonly records: Int32Array
  readonly numerators: Float64Array
  readonly denominators: Float64Array
  /** The first row of each group, and at the end the number of rows. */
  readonly starts: Int32Array
  /** The case, by its place, that each row is part of; null: each is its own. */
  readonly unitOf: Int32Array | null
}

/** One KPI by group: cases that do not depend on each other, which are its rows or its clusters. */
export interface KpiTable extends KpiRows {
  readonly rows: TableRows
  /** Of each group, and of all together. */
  readonly cautions: readonly (readonly KpiCaution[])[]
  readonly cautionsOfAll: readonly KpiCaution[]
}

/**
 * Rows by group, numerator, denominator: the same for every order of the records. Rows without a group drop out; rows of one cluster of a group
 * are summed to one case. O(rows).
 */
export function tabulate(columns: KpiColumns, { groupOf, count }: Grouping, clusters: RowClusters | null): KpiTable {
  const { rows, numerators, denominators, kind, isExact, cautions } = columns
  const n = rows.length
  const groupOfRow = new Int32Array(n)
  for (let j = 0; j < n; j++) groupOfRow[j] = groupOf[rows[j]]
  const { order, starts } = sortRows(groupOfRow, count, numerators, denominators)
  if (clusters !== null) orderTies(order, starts, columns, clusters)
  const sorted = { records: new Int32Array(order.length), numerators: new Float64Array(order.length), denominators: new Float64Array(order.length), starts }
  for (let at = 0; at < order.length; at++) {
    const j = order[at]
    sorted.records[at] = rows[j]
    sorted.numerators[at] = numerators[j]
    sorted.denominators[at] = denominators[j]
  }
  const clusterOf = clusters === null ? null : sorted.records.map((record) => clusters.clusterOf[record])
  const sums = clusters === null || clusterOf === null ? null : sumClusters({ ...sorted, clusterOf }, clusters.count)
  const cases = sums ?? sorted
  const counted = cautions.map(({ code, holds }) => {
    const counts = new Int32Array(count)
    for (let i = 0; i < holds.length; i++) if (holds[i] === 1 && groupOf[i] !== -1) counts[groupOf[i]]++
    return { code, counts }
  })
  const list = (rowCountOf: (counts: Int32Array) => number): KpiCaution[] =>
    counted.flatMap(({ code, counts }) => (rowCountOf(counts) === 0 ? [] : [{ code, rowCount: rowCountOf(counts) }]))
  const effects = effectsOf(columns, cases, sums !== null)
  return {
    kind,
    isExact,
    numerators: cases.numerators,
    denominators: cases.denominators,
    starts: cases.starts,
    rowStarts: starts,
    isClustered: sums !== null,
    effects: kind === "ratio" && clusterOf !== null ? { ...effects, all: clusterEffect(sorted.numerators, sorted.denominators, starts, clusterOf).effect } : effects,
    // clusters are few: what is known of the effect has degrees of freedom
    widening: sums === null || effects.all === 1 ? 1 : (studentT95(effects.degrees) / Z_95) ** 2,
    rows: { ...sorted, unitOf: sums === null ? null : sums.unitOf },
    cautions: Array.from({ length: count }, (_, g) => list((counts) => counts[g])),
    cautionsOfAll: list((counts) => counts.reduce((sum, one) => sum + one, 0)),
  }
}

/** Without clusters a count is what it promises, and a proportion is asked whether the cases of a row go together. */
function effectsOf({ kind }: KpiColumns, { numerators, denominators, starts }: Pick<KpiTable, "numerators" | "denominators" | "starts">, isClustered: boolean): DesignEffects {
  if (kind === "proportion") return designEffects(numerators, denominators, starts, "proportion", isClustered)
  if (kind === "count" && isClustered) return designEffects(numerators, denominators, starts, "count", true)
  if (kind === "per-count" && isClustered) return designEffects(denominators, numerators, starts, "count", true)
  return { all: 1, groups: new Float64Array(starts.length - 1).fill(1), degrees: 0 }
}

/** Rows of a group with the same two numbers stand in the order of the records: here in that of their clusters and segments, which is always the same. */
function orderTies(order: Int32Array, starts: Int32Array, { rows, numerators, denominators }: KpiColumns, { clusterOf, segmentOf }: RowClusters): void {
  const compare = (i: number, j: number): number => clusterOf[rows[i]] - clusterOf[rows[j]] || (segmentOf === null ? 0 : segmentOf[rows[i]] - segmentOf[rows[j]])
  for (let g = 0; g + 1 < starts.length; g++) {
    for (let first = starts[g], at = first; at < starts[g + 1]; at++) {
      const next = at + 1 < starts[g + 1] ? order[at + 1] : -1
      if (next !== -1 && numerators[next] === numerators[order[at]] && denominators[next] === denominators[order[at]]) continue
      if (at > first) order.subarray(first, at + 1).sort(compare)
      first = at + 1
    }
  }
}
