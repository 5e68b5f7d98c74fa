import { checkKeys, isPlainObject } from "../../model/check-keys.js"
import { TerritoryError, throwIssues, type Issue } from "../../model/error.js"
import { fieldOf } from "../../model/field-of.js"
import { issue } from "../../model/issue.js"
import { ownOptions } from "../../model/own-options.js"
import type { Field } from "../../model/account.js"

/** A yes or no of a record: a field of booleans, or a function. */
export type RecordTest<R> = string | ((record: R) => boolean)

/** What a definition is made of, each part by its own name: a misspelt `staffedShare` must not count everybody as there all year. @throws TerritoryError */
export function readDefinition<D extends object>(definition: D, name: string, keys: readonly (keyof D & string)[]): D {
  const issues: Issue[] = []
  if (!isPlainObject(definition)) throwIssues([issue("option-type", name, `must be given an object of ${keys.join(", ")}`, definition)])
  const own = ownOptions(definition)
  checkKeys(own, keys, name, issues)
  throwIssues(issues)
  return own
}

/** A field of a record, by name or function. */
export function fieldValue<R, T>(record: R, field: string | ((record: R) => T)): unknown {
  return typeof field === "string" ? fieldOf(record, field) : field(record)
}

/** A test as a function that insists on an answer. @param name of the option, for messages */
export function readTest<R>(test: RecordTest<R>, name: string): (record: R) => boolean {
  if (typeof test !== "string" && typeof test !== "function") throw new TerritoryError([issue("option-type", name, "must be the name of a field or a function of the record", test)])
  return (record) => {
    const answer = fieldValue(record, test)
    if (answer !== true && answer !== false) throw new TerritoryError([issue("test-type", typeof test === "string" ? test : name, "must be true or false", answer, "give a function that compares, as in (deal) => deal.stage === \"won\"")])
    return answer
  }
}

/** A number of a record that is not below 0. @param name of the option, for messages */
export function amountOf<R>(record: R, field: Field<R>, name: string): number {
  const value = valueOf(record, field, name)
  if (value < 0) throw new TerritoryError([issue("kpi-negative", typeof field === "string" ? field : name, "must be 0 or more", value, "leave the record out before the call")])
  return value
}

/** A number of a record. @param name of the option, for messages */
export function valueOf<R>(record: R, field: Field<R>, name: string): number {
  if (typeof field !== "string" && typeof field !== "function") throw new TerritoryError([issue("option-type", name, "must be the name of a field or a function of the record", field)])
  const value = fieldValue(record, field)
  if (typeof value !== "number" || !Number.isFinite(value)) throw new TerritoryError([issue("kpi-type", typeof field === "string" ? field : name, "must be a finite number", value, typeof value === "string" || typeof value === "bigint" ? "convert it to a number first" : "leave the record out before the call")])
  return value
}
