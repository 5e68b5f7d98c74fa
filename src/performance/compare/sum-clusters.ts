import { sortRows } from "../../math/stats/sort-rows.js"

/** Which cluster each record belongs to: -1 for none, and then it is one of its own. */
export interface Clusters {
  readonly clusterOf: Int32Array
  readonly count: number
}

/** Rows by group, and each with its cluster. */
interface RowsByGroup {
  readonly numerators: Float64Array
  readonly denominators: Float64Array
  readonly starts: Int32Array
  readonly clusterOf: Int32Array
}

/** Clusters by group, numerator, denominator. */
export interface ClusterSums {
  readonly numerators: Float64Array
  readonly denominators: Float64Array
  /** The first cluster of each group, and at the end their number. */
  readonly starts: Int32Array
  /** The cluster, by its place here, of each row. */
  readonly unitOf: Int32Array
}

/**
 * Adds the rows of each cluster of a group up to one: rows that go together count as one case of their sums (ultimate clusters), and whatever
 * takes rows for independent then takes clusters for it. A cluster in several groups is one in each. O(rows log rows).
 *
 * Source: Hansen, Hurwitz & Madow, Sample Survey Methods and Theory I, 1953, chapter 6.
 */
export function sumClusters({ numerators, denominators, starts, clusterOf }: RowsByGroup, count: number): ClusterSums {
  const n = numerators.length
  const groups = starts.length - 1
  const placeOf = new Int32Array(count).fill(-1)
  const unitOf = new Int32Array(n)
  const groupOf = new Int32Array(n)
  const sums = { numerators: new Float64Array(n), denominators: new Float64Array(n) }
  let units = 0
  for (let g = 0; g < groups; g++) {
    const first = units
    for (let i = starts[g]; i < starts[g + 1]; i++) {
      const cluster = clusterOf[i]
      let unit = cluster === -1 ? -1 : placeOf[cluster]
      if (unit < first) {
        unit = units++
        groupOf[unit] = g
        if (cluster !== -1) placeOf[cluster] = unit
      }
      unitOf[i] = unit
      sums.numerators[unit] += numerators[i]
      sums.denominators[unit] += denominators[i]
    }
  }
  const y = sums.numerators.subarray(0, units)
  const x = sums.denominators.subarray(0, units)
  // an amount and its return may sum to -0
  for (let unit = 0; unit < units; unit++) y[unit] += 0
  const { order, starts: unitStarts } = sortRows(groupOf.subarray(0, units), groups, y, x)
  const rankOf = new Int32Array(units)
  order.forEach((unit, at) => (rankOf[unit] = at))
  return {
    numerators: Float64Array.from(order, (unit) => y[unit]),
    denominators: Float64Array.from(order, (unit) => x[unit]),
    starts: unitStarts,
    unitOf: unitOf.map((unit) => rankOf[unit]),
  }
}
