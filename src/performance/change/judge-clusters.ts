import type { SharedEffect } from "../../math/stats/shared-effect.js"
import type { Warning } from "../../model/error.js"
import { clusterOption, fieldsOf, readIdValues } from "../compare/id-fields.js"
import type { HistoryOptions } from "./history-options.js"
import type { Noise } from "./judge-change.js"
import { groupClusters, type History } from "./read-history.js"
import { listSharedClusters, type SharedClusters } from "./shared-clusters.js"

/** Smaller effects do not change a verdict; and what chance does once in a hundred times is no sign. */
const LEAST_EFFECT = 1.1
const SURE = 2.326

/** A history, the records that it was made of, and the territories that take part, treated first. */
interface TestedHistory {
  readonly records: readonly unknown[]
  readonly options: HistoryOptions<never>
  readonly history: History
  readonly tested: readonly number[]
}

type Measure = (shared: SharedClusters) => SharedEffect | null

/**
 * What tested territories have in common by `cluster`. Without it, a warning where a field of the records names
 * something that several of them share and that moves them together. O(records x fields).
 *
 * @param measure null where one cluster makes up all of a side
 */
export function judgeClusters(given: TestedHistory, measure: Measure, warnings: Warning[]): Noise["clusters"] {
  const { clusters } = given.history
  if (clusters === null) {
    warnOfClusters(given, measure, warnings)
    return "none"
  }
  const shared = listSharedClusters(given.history, clusters, given.tested)
  return shared === null ? "none" : (measure(shared) ?? "one")
}

/** The field with the largest effect; ties by name. */
function warnOfClusters(given: TestedHistory, measure: Measure, warnings: Warning[]): void {
  const { records, options, history, tested } = given
  const known = new Set<unknown>([options.account, options.period, options.outcome, options.exposure])
  let found: { readonly field: string; readonly effect: number } | null = null
  for (const field of fieldsOf(records, history.order)) {
    if (known.has(field)) continue
    const values = readIdValues(records, history.order, field)
    if (values === null) continue
    const ids: (string | null)[] = records.map(() => null)
    history.order.forEach((i, at) => (ids[i] = values[at] === null ? null : `${values[at]}`))
    const shared = listSharedClusters(history, groupClusters(ids, history.accountIds), tested)
    const measured = shared === null ? null : measure(shared)
    if (measured === null) continue
    const effect = measured.clustered / measured.independent
    if (!(effect >= LEAST_EFFECT && measured.z >= SURE)) continue
    if (found === null || effect > found.effect) found = { field, effect }
  }
  if (found === null) return
  const { field, effect } = found
  const times = Math.sqrt(effect).toFixed(1)
  const what = `several territories share its values, and move together where they do (the error is about`
  const how = `${times} times as large as by territories alone); chance is called an effect too often`
  const remedy = `Say ${clusterOption(records, history.order, field, "record")}`
  const message = `records.${field}: ${what} ${how}. ${remedy}`
  warnings.push({ code: "rows-clustered", path: `records.${field}`, message })
}
