import { isPlainObject } from "../model/check-keys.js"
import type { Issue } from "../model/error.js"
import { issue, NOTHING } from "../model/issue.js"
import { nearestName } from "../model/nearest-name.js"
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
  const where = (i: number): string => (typeof field === "string" ? `accounts[${i}].${field}` : `accounts[${i}] (factor ${name})`)
  let present = mayBeAbsent || typeof field !== "string"
  for (let i = 0; i < accounts.length; i++) {
    let value: unknown
    try {
      value = typeof field === "string" ? fieldOf(accounts[i], field) : field(accounts[i])
      present ||= typeof field === "string" && (value !== undefined || field in (accounts[i] as object) && !(field in Object.prototype))
    } catch (error) {
      present = true
      issues.push(issue("accessor-failed", where(i), `the accessor threw "${error instanceof Error ? error.message : String(error)}"`, NOTHING))
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
  if (!present) issues.push(absentField(accounts, name, field as string))
  return values
}

/** A field by name; what every object inherits ("constructor") is no field. */
function fieldOf(account: unknown, field: string): unknown {
  if (field in Object.prototype && !Object.hasOwn(account as object, field)) return undefined
  return (account as Record<string, unknown>)[field]
}

function absentField(accounts: readonly unknown[], name: string, field: string): Issue {
  const known = isPlainObject(accounts[0]) ? Object.keys(accounts[0]) : []
  const near = nearestName(field, known)
  const remedy = near !== null ? `did you mean "${near}"?` : `accounts[0] has ${known.slice(0, 20).join(", ")}`
  return issue("field-unknown", `factors.${name}.value`, "is a field that no account has", field, remedy)
}
