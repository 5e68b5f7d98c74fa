import { clusteredErrors } from "../../math/stats/clustered-errors.js"
import type { LeastSquares } from "../../math/stats/least-squares.js"
import type { Warning } from "../../model/error.js"
import { formatAmount } from "../../model/format-amount.js"
import { clusterOption, fieldsOf, readIdValues } from "../compare/id-fields.js"
import { groupIds, type SalesModelInput } from "./read-sales-model.js"
import type { SalesModelOptions } from "./sales-model-options.js"
import type { Coefficient } from "./sales-model-result.js"

/** Smaller effects do not change a verdict; and what chance does once in a hundred times is no sign. */
const LEAST_EFFECT = 1.1
const SURE = 2.326
/** A field of fewer values is no cluster that errors can be had by. */
const LEAST_VALUES = 3
/** With fewer degrees of freedom p-values by clusters are rough: Tipton, Psychological Methods 20, 2015. */
const LEAST_DEGREES = 4

/**
 * With `cluster`: which coefficients have few clusters to tell their error. Without: the field of the rows whose
 * values have residuals in common and make the error of a coefficient the most larger than it is said to be. O(rows x
 * fields).
 */
export function warnClusters(
  rows: readonly unknown[], options: SalesModelOptions<never>, input: SalesModelInput, fit: LeastSquares,
  columns: readonly Float64Array[], coefficients: readonly Coefficient[],
): Warning[] {
  const names = ["intercept", ...input.drivers.map(({ name }) => `drivers.${name}`)]
  if (input.clusters !== null) {
    const rough = names.filter((_, j) => j > 0 && coefficients[j].degrees < LEAST_DEGREES)
    if (rough.length === 0) return []
    const left = `fewer than ${LEAST_DEGREES} degrees of freedom, and their p-values are rough`
    const message = `cluster: ${input.clusters.count} clusters leave ${rough.join(", ")} ${left}`
    return [{ code: "few-clusters", path: "cluster", message }]
  }
  const known = new Set<unknown>([options.id ?? "id", options.outcome, ...Object.values(options.drivers)])
  const all = Int32Array.from(rows.keys())
  let found: { readonly field: string; readonly name: string; readonly effect: number } | null = null
  for (const field of fieldsOf(rows, all)) {
    if (known.has(field)) continue
    const values = readIdValues(rows, all, field)
    if (values === null) continue
    const clusters = groupIds(values.map((value) => (value === null ? null : `${value}`)), input.ids)
    const clusterOf = Int32Array.from(input.order, (i) => clusters.clusterOf[i])
    if (clusters.count < LEAST_VALUES || clusters.count > rows.length / 2) continue
    if (!(commonPart(fit.residuals, clusterOf, clusters.count) >= SURE)) continue
    clusteredErrors(columns, fit.residuals, clusterOf, clusters.count).forEach(({ error }, j) => {
      const byRows = j === 0 ? fit.interceptError : fit.errors[j - 1]
      const effect = error === null || !(byRows > 0) ? 0 : error / byRows
      if (j === 0 || !(effect * effect >= LEAST_EFFECT)) return
      if (found === null || effect > found.effect) found = { field, name: names[j], effect }
    })
  }
  if (found === null) return []
  const { field, name, effect } = found as { readonly field: string; readonly name: string; readonly effect: number }
  const remedy = `Say ${clusterOption(rows, all, field, "territory")}`
  const times = formatAmount(Number(effect.toFixed(1)))
  const what = `territories that share its value sell more or less together, and the error of ${name} is about`
  const message = `territories.${field}: ${what} ${times} times what it is said to be. ${remedy}`
  return [{ code: "rows-clustered", path: `territories.${field}`, message }]
}

/** How many standard errors the products of two residuals of one cluster lie above 0. */
function commonPart(residuals: Float64Array, clusterOf: Int32Array, count: number): number {
  const unit = residuals.reduce((most, own) => Math.max(most, Math.abs(own)), 0)
  const [sums, squares, fourths] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)]
  residuals.forEach((residual, i) => {
    const own = unit > 0 ? residual / unit : 0
    sums[clusterOf[i]] += own
    squares[clusterOf[i]] += own * own
    fourths[clusterOf[i]] += own ** 2 * own ** 2
  })
  let [cross, variance] = [0, 0]
  for (let g = 0; g < count; g++) {
    cross += sums[g] ** 2 - squares[g]
    variance += 2 * Math.max(0, squares[g] ** 2 - fourths[g])
  }
  return variance > 0 ? cross / Math.sqrt(variance) : 0
}
