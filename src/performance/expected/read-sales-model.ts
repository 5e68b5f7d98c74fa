import type { Field } from "../../model/account.js"
import { checkKeys, isPlainObject } from "../../model/check-keys.js"
import { compareIds } from "../../model/compare-ids.js"
import { throwIssues, type Issue } from "../../model/error.js"
import { absentField, accessorFailure, fieldOf, fieldPath, hasField } from "../../model/field-of.js"
import { findIdIssues } from "../../model/find-id-issues.js"
import { issue, NOTHING } from "../../model/issue.js"
import { ownOptions } from "../../model/own-options.js"
import { readTextField } from "../../model/read-text-field.js"
import { readField } from "../../model/read-field.js"
import { checkRows } from "../check-rows.js"
import type { Clusters } from "../compare/sum-clusters.js"
import { DEFAULT_SALES_MODEL_OPTIONS, SALES_MODEL_OPTION_KEYS, type SalesModelOptions } from "./sales-model-options.js"

/** Everything that a model of sales works on, checked, as columns in the order of the call. */
export interface SalesModelInput {
  readonly ids: readonly string[]
  /** Rows by ascending id: sums in this order do not depend on that of the call. */
  readonly order: readonly number[]
  readonly outcome: Float64Array
  readonly drivers: readonly { readonly name: string; readonly values: Float64Array }[]
  readonly isLog: boolean
  /** In the order of the call; null: territories are independent. */
  readonly clusters: Clusters | null
  readonly falseDiscoveryRate: number
}

/** Squares of numbers below it stay in range. */
const LARGEST = 1e100

/** Checks all that `modelSales` is given. @throws TerritoryError with all issues */
export function readSalesModel<T>(territories: readonly T[], options: SalesModelOptions<T>): SalesModelInput {
  const issues: Issue[] = []
  if (!isPlainObject(options)) throwIssues([issue("option-type", "options", 'must be an object such as { outcome: "sales", drivers: { potential: "potential" } }', options)])
  const own = ownOptions(options)
  checkKeys(own, SALES_MODEL_OPTION_KEYS, "", issues)
  const { id = DEFAULT_SALES_MODEL_OPTIONS.id, form = DEFAULT_SALES_MODEL_OPTIONS.form, falseDiscoveryRate = DEFAULT_SALES_MODEL_OPTIONS.falseDiscoveryRate } = own
  if (form !== "log-linear" && form !== "linear") issues.push(issue("option-type", "form", 'must be "log-linear" or "linear"', form))
  if (typeof falseDiscoveryRate !== "number" || !(falseDiscoveryRate > 0 && falseDiscoveryRate < 1)) issues.push(issue("option-range", "falseDiscoveryRate", "must be a fraction above 0 and below 1", falseDiscoveryRate, "5 % is 0.05"))
  checkRows(territories, "territory", issues)
  const isLog = form !== "linear"
  const ids = readIds(territories, id, issues)
  const outcome = readNumbers(territories, own.outcome, "outcome", "outcome", isLog, issues)
  const drivers = readDrivers(territories, own.drivers, isLog, issues)
  const clusterIds = own.cluster === undefined ? null : readTextField(territories, own.cluster, "territories", "cluster", { noun: "id", row: "territory", remedy: "use String(id)" }, issues)
  const needed = drivers.length + 2
  if (drivers.length > 0 && territories.length < needed) {
    issues.push(issue("too-few-territories", "territories", `must be at least ${needed} for ${drivers.length === 1 ? "1 driver" : `${drivers.length} drivers`}`, territories.length, "a model needs more rows than it has numbers; give more territories, or fewer drivers"))
  }
  throwIssues(issues)
  const order = Array.from(ids.keys()).sort((i, j) => compareIds(ids[i], ids[j]))
  return { ids, order, outcome, drivers, isLog, clusters: clusterIds === null ? null : groupIds(clusterIds, ids), falseDiscoveryRate }
}

/** Numbers clusters by id, whatever the order of the rows; a row without one is its own. */
export function groupIds(clusterIds: readonly (string | null)[], ids: readonly string[]): Clusters {
  const keys = clusterIds.map((id, i) => (id === null ? `own ${ids[i]}` : `cluster ${id}`))
  const sorted = [...new Set(keys)].sort(compareIds)
  const numberOf = new Map(sorted.map((key, number) => [key, number]))
  return { clusterOf: Int32Array.from(keys, (key) => numberOf.get(key) as number), count: sorted.length }
}

/** Ids by the rules of all ids, under the name that they have here. */
function readIds<T>(territories: readonly T[], field: unknown, issues: Issue[]): string[] {
  if (typeof field !== "string" && typeof field !== "function") {
    issues.push(issue("option-type", "id", "must be the name of a field or a function of the territory", field))
    return []
  }
  if (typeof field === "string" && !territories.some((row) => hasField(row, field))) {
    const { code, path, message } = absentField(territories[0], "territory", field, "id")
    issues.push({ code, path, message: message.replace("territorys[0]", "territories[0]") })
    return []
  }
  const failed = new Set<number>()
  const rows = territories.map((row, i) => {
    try {
      return { id: typeof field === "string" ? fieldOf(row, field) : (field as (row: T) => unknown)(row) }
    } catch (error) {
      issues.push(accessorFailure(fieldPath("territories", i, field, "id"), error))
      failed.add(i)
      return { id: `${i}` }
    }
  })
  for (const { code, path, message } of findIdIssues(rows)) {
    const i = Number(/^accounts\[(\d+)\]/.exec(path)?.[1])
    const own = fieldPath("territories", i, field, "id")
    if (!failed.has(i)) issues.push({ code, path: own, message: own + message.slice(path.length).replace("but accounts[", "but territories[").replace("every account needs", "every territory needs") })
  }
  return rows.map(({ id }) => id as string)
}

function readDrivers<T>(territories: readonly T[], drivers: unknown, isLog: boolean, issues: Issue[]): { readonly name: string; readonly values: Float64Array }[] {
  if (!isPlainObject(drivers) || Object.keys(drivers).length === 0) {
    issues.push(issue("option-type", "drivers", 'must be an object of one or more fields by name, such as { potential: "potential", workload: "workload" }', isPlainObject(drivers) ? NOTHING : drivers))
    return []
  }
  return Object.entries(drivers).map(([name, field]) => ({ name, values: readNumbers(territories, field, `drivers.${name}`, "driver", isLog, issues) }))
}

/** One column; of the log-linear form, what has no logarithm is an issue of its row. */
function readNumbers<T>(territories: readonly T[], field: unknown, label: string, noun: "outcome" | "driver", isLog: boolean, issues: Issue[]): Float64Array {
  if (typeof field !== "string" && typeof field !== "function") {
    issues.push(issue("option-type", label, "must be the name of a field or a function of the territory", field))
    return new Float64Array(territories.length)
  }
  const found: Issue[] = []
  const values = readField(territories, field as Field<T>, "territories", label, { noun }, found)
  const bad = new Set(found.map(({ path }) => path))
  for (const one of found) issues.push({ ...one, message: one.message.replace("(give every account a number, 0 where there is none)", "(give every territory a number)").replace("(0 where there is none)", "(leave the territory out)") })
  values.forEach((value, i) => {
    const path = fieldPath("territories", i, field, label)
    if (bad.has(path)) return
    if (Math.abs(value) >= LARGEST) issues.push(issue(`${noun}-range`, path, `must be below ${LARGEST}`, value, "use a larger unit"))
    else if (isLog && !(value > 0)) issues.push(issue(`${noun}-not-positive`, path, "must be above 0 in the log-linear form", value, 'use form: "linear", or leave the territory out'))
  })
  return values
}
