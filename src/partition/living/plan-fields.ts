import type { Field } from "../../model/account.js"
import type { Issue } from "../../model/error.js"
import { issue, NOTHING } from "../../model/issue.js"
import type { PartitionOptions } from "../partition-options.js"
import { statesPlanOptions } from "./find-differences.js"
import { BY_FUNCTION, type PlanDigest } from "./plan-digest.js"

/** How the accounts of a call are read: the caller's fields, or the plan's where the caller leaves them to it. */
export interface PlanFields<A> {
  /** By the order of the plan's measures. */
  readonly measures: readonly Field<A>[]
  readonly weight: Field<A>
}

/**
 * The fields of measures and weight, by the options or by the plan. Options are taken to be compared.
 *
 * @param issues gets one for every function that neither has
 * @returns null where a function is missing
 */
export function fieldsOfPlan<A>(options: Partial<PartitionOptions<A>>, digest: PlanDigest, issues: Issue[]): PlanFields<A> | null {
  const known = issues.length
  const names = Object.keys(digest.measures)
  const plannedField = (field: string, path: string): Field<A> => {
    if (field === BY_FUNCTION) issues.push(issue("function-missing", path, "was a function when the plan was made, and a plan keeps no functions", NOTHING, "pass the options that the plan was made with, with the same function"))
    return field
  }
  const fields = new Map(names.map((name) => [name, options.measures?.[name].value ?? plannedField(digest.measures[name].value, `measures.${name}.value`)]))
  const [first] = Object.keys(options.measures ?? digest.measures)
  const isStated = statesPlanOptions(options as Readonly<Record<string, unknown>>)
  const { weight } = digest.compactness
  const field = isStated ? (options.compactness?.weight ?? (fields.get(first) as Field<A>)) : weight === BY_FUNCTION ? plannedField(weight, "compactness.weight") : weight
  return issues.length > known ? null : { measures: names.map((name) => fields.get(name) as Field<A>), weight: field }
}
