import type { Field } from "./account.js"
import type { Issue } from "./error.js"
import { accessorFailure, fieldOf, fieldPath, hasField } from "./field-of.js"
import { issue } from "./issue.js"
import { suggestName } from "./nearest-name.js"

/** What a number of an account has to satisfy. */
export interface NumberRule {
  /** Default: any finite number. */
  readonly minimum?: number
  /** What the number is, for codes: "measure", "weight". */
  readonly noun: string
}

/**
 * Reads one number of every account, each exactly once, and collects what is wrong instead of throwing at the first.
 *
 * Units: the caller's. Text is not converted: `"1,234"` is an issue, not 1234. O(n).
 *
 * @param path how the rows are called in messages, `accounts`
 * @param label how the field is called in messages when it is given by a function
 */
export function readField<A>(rows: readonly A[], field: Field<A>, path: string, label: string, rule: NumberRule, issues: Issue[]): Float64Array {
  const numbers = new Float64Array(rows.length)
  const where = (i: number): string => fieldPath(path, i, field, label)
  let whenMissing = ""
  for (let i = 0; i < rows.length; i++) {
    let value: unknown
    try {
      value = typeof field === "string" ? fieldOf(rows[i], field) : field(rows[i])
    } catch (error) {
      issues.push(accessorFailure(where(i), error))
      continue
    }
    if (typeof value !== "number") {
      const missing = value === undefined || value === null
      if (missing && whenMissing === "") whenMissing = missingRemedy(rows, field)
      const remedy = missing ? whenMissing : "convert it to a number first"
      issues.push(issue(missing ? `${rule.noun}-missing` : `${rule.noun}-type`, where(i), "must be a number", value, remedy))
    } else if (!Number.isFinite(value)) {
      issues.push(issue(`${rule.noun}-not-finite`, where(i), "must be a finite number", value, "0 where there is none"))
    } else if (rule.minimum !== undefined && value < rule.minimum) {
      issues.push(issue(rule.minimum === 0 ? `${rule.noun}-negative` : `${rule.noun}-range`, where(i), `must be ${rule.minimum} or more`, value))
    } else {
      numbers[i] = value === 0 ? 0 : value // -0 becomes 0
    }
  }
  return numbers
}

/** A field that no row has is misspelt rather than empty. */
function missingRemedy<A>(rows: readonly A[], field: Field<A>): string {
  const zero = "give every account a number, 0 where there is none"
  if (typeof field !== "string" || rows.some((row) => hasField(row, field))) return zero
  return suggestName(field, Object.keys(rows[0] as object), zero)
}

/**
 * Reads what each account weighs: 1 where no field is given. What is neither a field's name nor a function is an issue.
 *
 * @param path the option's name, `weight`
 */
export function readWeights<A>(accounts: readonly A[], weight: unknown, path: string, issues: Issue[]): Float64Array {
  if (weight === undefined) return new Float64Array(accounts.length).fill(1)
  if (typeof weight === "string" || typeof weight === "function") {
    return readField(accounts, weight as Field<A>, "accounts", path, { noun: "weight", minimum: 0 }, issues)
  }
  issues.push(issue("option-type", path, "must be the name of a field or a function of the account", weight))
  return new Float64Array(accounts.length)
}
