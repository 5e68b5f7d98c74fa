import type { Field } from "./account.js"
import { checkKeys, isPlainObject } from "./check-keys.js"
import type { Issue } from "./error.js"
import { issue, NOTHING } from "./issue.js"
import { MEASURE_KEYS } from "./measure.js"
import { readField } from "./read-field.js"

/** One measure of all accounts, row by row. */
export interface MeasureColumn {
  readonly name: string
  readonly activities: Float64Array
}

/** Sums up to this, times a squared distance or a share, are finite numbers. */
const MAX_SUM = 1e290

/** Reads every measure of every account once, all numbers >= 0. O(n m). */
export function readMeasures<A>(accounts: readonly A[], measures: unknown, issues: Issue[]): MeasureColumn[] {
  if (measures === undefined) return []
  if (!isPlainObject(measures)) {
    issues.push(issue("option-type", "measures", "must be an object of fields by measure name, such as { revenue: \"revenue\" }", measures))
    return []
  }
  return Object.entries(measures).map(([name, measure]) => {
    const path = `measures.${name}`
    if (isPlainObject(measure)) checkKeys(measure, MEASURE_KEYS, path, issues)
    const field = isPlainObject(measure) ? measure.value : measure
    if (typeof field !== "string" && typeof field !== "function") {
      issues.push(issue("option-type", path, "must be the name of a field, a function of the account, or { value }", field))
      return { name, activities: new Float64Array(0) }
    }
    const activities = readField(accounts, field as Field<A>, "accounts", name, { noun: "measure", minimum: 0 }, issues)
    checkSum(activities, path, issues)
    return { name, activities }
  })
}

/** Adds an issue where numbers, each of them fine, sum beyond the range of numbers. O(n). */
export function checkSum(activities: Float64Array, path: string, issues: Issue[]): void {
  if (!(activities.reduce((sum, activity) => sum + activity, 0) < MAX_SUM)) {
    issues.push(issue("measure-overflow", path, `must sum to less than ${MAX_SUM}`, NOTHING, "use a larger unit"))
  }
}
