import { designEffect } from "../math/stats/design-effect.js"
import { sortRows } from "../math/stats/sort-rows.js"
import type { KpiRows } from "./kpi-value.js"
import type { KpiCaution } from "./performance-result.js"
import type { KpiColumns } from "./read-kpis.js"

/** Which group each record belongs to: -1 for none. */
export interface Grouping {
  readonly groupOf: Int32Array
  readonly count: number
}

/** The rows of one KPI by group. */
export interface KpiTable extends KpiRows {
  /** The record of each row. */
  readonly records: Int32Array
  /** The first row of each group, and at the end the number of rows. */
  readonly starts: Int32Array
  /** Of each group, and of all together. */
  readonly cautions: readonly (readonly KpiCaution[])[]
  readonly cautionsOfAll: readonly KpiCaution[]
}

/** Rows by group, numerator, denominator: the same for every order of the records. Rows without a group drop out. O(rows). */
export function tabulate({ rows, numerators, denominators, kind, isExact, cautions }: KpiColumns, { groupOf, count }: Grouping): KpiTable {
  const n = rows.length
  const groupOfRow = new Int32Array(n)
  for (let j = 0; j < n; j++) groupOfRow[j] = groupOf[rows[j]]
  const { order, starts } = sortRows(groupOfRow, count, numerators, denominators)
  const sorted = { records: new Int32Array(order.length), numerators: new Float64Array(order.length), denominators: new Float64Array(order.length) }
  for (let at = 0; at < order.length; at++) {
    const j = order[at]
    sorted.records[at] = rows[j]
    sorted.numerators[at] = numerators[j]
    sorted.denominators[at] = denominators[j]
  }
  const counted = cautions.map(({ code, holds }) => {
    const counts = new Int32Array(count)
    for (let i = 0; i < holds.length; i++) if (holds[i] === 1 && groupOf[i] !== -1) counts[groupOf[i]]++
    return { code, counts }
  })
  const list = (rowCountOf: (counts: Int32Array) => number): KpiCaution[] =>
    counted.flatMap(({ code, counts }) => (rowCountOf(counts) === 0 ? [] : [{ code, rowCount: rowCountOf(counts) }]))
  return {
    kind,
    isExact,
    designEffect: kind === "proportion" ? designEffect(sorted.numerators, sorted.denominators, starts) : 1,
    starts,
    ...sorted,
    cautions: Array.from({ length: count }, (_, g) => list((counts) => counts[g])),
    cautionsOfAll: list((counts) => counts.reduce((sum, one) => sum + one, 0)),
  }
}
