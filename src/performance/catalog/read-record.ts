import { TerritoryError } from "../../model/error.js"
import { fieldOf } from "../../model/field-of.js"
import { issue } from "../../model/issue.js"
import type { Field } from "../../model/account.js"

/** A yes or no of a record: a field of booleans, or a function. */
export type Test<R> = string | ((record: R) => boolean)

/** A field of a record, by name or function. */
export function read<R, T>(record: R, field: string | ((record: R) => T)): unknown {
  return typeof field === "string" ? fieldOf(record, field) : field(record)
}

/** A test as a function that insists on an answer. @param name of the option, for messages */
export function one<R>(test: Test<R>, name: string): (record: R) => boolean {
  if (typeof test !== "string" && typeof test !== "function") throw new TerritoryError([issue("option-type", name, "must be the name of a field or a function of the record", test)])
  return (record) => {
    const answer = read(record, test)
    if (answer !== true && answer !== false) throw new TerritoryError([issue("test-type", typeof test === "string" ? test : name, "must be true or false", answer, "give a function that compares")])
    return answer
  }
}

/** A number of a record. @param name of the option, for messages */
export function valueOf<R>(record: R, field: Field<R>, name: string): number {
  if (typeof field !== "string" && typeof field !== "function") throw new TerritoryError([issue("option-type", name, "must be the name of a field or a function of the record", field)])
  const value = read(record, field)
  if (typeof value !== "number" || !Number.isFinite(value)) throw new TerritoryError([issue("kpi-type", typeof field === "string" ? field : name, "must be a finite number", value, "leave the record out before")])
  return value
}
