import type { Issue } from "../model/error.js"
import { absentField, accessorFailure, fieldOf, fieldPath, hasField } from "../model/field-of.js"
import { issue } from "../model/issue.js"
import type { FactorField, FactorTransform } from "./factor.js"

/** Beyond this, differences of two values may leave the range of double precision. */
export const MAX_VALUE = 1e100

/**
 * Reads one factor of every account, each exactly once: a number, or NaN where the value is missing (null or undefined).
 * Collects what is wrong instead of throwing at the first. A field that no account has is an issue too, with the nearest
 * name; `mayBeAbsent` says that this is fine (a stored model knows the field). O(n).
 */
export function readFactorValues<A>(
  accounts: readonly A[], name: string, field: FactorField<A>, transform: FactorTransform, mayBeAbsent: boolean, issues: Issue[],
): Float64Array {
  const values = new Float64Array(accounts.length).fill(NaN)
  const where = (i: number): string => fieldPath("accounts", i, field, `factor ${name}`)
  let present = mayBeAbsent || typeof field !== "string"
  for (let i = 0; i < accounts.length; i++) {
    let value: unknown
    try {
      value = typeof field === "string" ? fieldOf(accounts[i], field) : field(accounts[i])
      present ||= typeof field === "string" && (value !== undefined || hasField(accounts[i], field))
    } catch (error) {
      present = true
      issues.push(accessorFailure(where(i), error))
      continue
    }
    if (value === undefined || value === null) continue
    if (typeof value !== "number") {
      const remedy = value === "" ? "an empty cell is null" : "convert it to a number first"
      issues.push(issue("factor-type", where(i), "must be a number, or null where it is missing", value, remedy))
    } else if (!Number.isFinite(value)) {
      issues.push(issue("factor-not-finite", where(i), "must be a finite number, or null where it is missing", value))
    } else if (Math.abs(value) > MAX_VALUE) {
      issues.push(issue("factor-out-of-range", where(i), `must be between -${MAX_VALUE} and ${MAX_VALUE}`, value, "use a larger unit"))
    } else if (value < 0 && transform !== "linear") {
      issues.push(issue("factor-domain", where(i), `must be 0 or more for the transform "${transform}" of factor "${name}"`, value, 'use transform "linear", or null where there is no value'))
    } else values[i] = value === 0 ? 0 : value // -0 becomes 0
  }
  if (!present) issues.push(absentField(accounts[0], "account", field as string, `factors.${name}.value`))
  return values
}
