import type { Field } from "../model/account.js"
import { isPlainObject } from "../model/check-keys.js"
import type { Issue } from "../model/error.js"
import { issue } from "../model/issue.js"
import type { Measure } from "../model/measure.js"
import { readField } from "../model/read-field.js"

/** A measure by its field alone, or as `partitionAccounts` takes it: one constant serves all stages. */
export type MeasureField<A> = Field<A> | Measure<A>

/** One measure of all accounts, row by row. */
export interface MeasureColumn {
  readonly name: string
  readonly activities: Float64Array
}

/** Reads every measure of every account once, all numbers >= 0. O(n m). */
export function readMeasures<A>(accounts: readonly A[], measures: unknown, issues: Issue[]): MeasureColumn[] {
  if (measures === undefined) return []
  if (!isPlainObject(measures)) {
    issues.push(issue("option-type", "measures", "must be an object of fields by measure name", measures))
    return []
  }
  return Object.entries(measures).map(([name, measure]) => {
    const field = isPlainObject(measure) ? measure.value : measure
    if (typeof field === "string" || typeof field === "function") {
      return { name, activities: readField(accounts, field as Field<A>, "accounts", name, { noun: "measure", minimum: 0 }, issues) }
    }
    issues.push(issue("option-type", `measures.${name}`, "must be the name of a field, a function of the account, or { value }", field))
    return { name, activities: new Float64Array(0) }
  })
}
