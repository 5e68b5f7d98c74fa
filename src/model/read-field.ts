import type { Field } from "./account.js"
import type { Issue } from "./error.js"
import { issue, NOTHING } from "./issue.js"

/** What a number of an account has to satisfy. */
export interface NumberRule {
  /** Default: any finite number. */
  readonly minimum?: number
  /** What the number is, for messages: "measure", "weight". */
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
  const name = typeof field === "string" ? field : label
  const where = (i: number): string => `${path}[${i}]${typeof field === "string" ? `.${name}` : ` (${name})`}`
  for (let i = 0; i < rows.length; i++) {
    let value: unknown
    try {
      value = typeof field === "string" ? (rows[i] as Record<string, unknown>)[field] : field(rows[i])
    } catch (error) {
      issues.push(issue("accessor-failed", where(i), `the accessor threw "${error instanceof Error ? error.message : String(error)}"`, NOTHING))
      continue
    }
    if (typeof value !== "number") {
      const missing = value === undefined || value === null
      const remedy = missing ? "give every account a number, 0 where there is none" : "convert it to a number first"
      issues.push(issue(missing ? `${rule.noun}-missing` : `${rule.noun}-type`, where(i), "must be a number", value, remedy))
    } else if (!Number.isFinite(value)) {
      issues.push(issue(`${rule.noun}-not-finite`, where(i), "must be a finite number", value))
    } else if (rule.minimum !== undefined && value < rule.minimum) {
      issues.push(issue(rule.minimum === 0 ? `${rule.noun}-negative` : `${rule.noun}-range`, where(i), `must be ${rule.minimum} or more`, value))
    } else {
      numbers[i] = value === 0 ? 0 : value // -0 becomes 0
    }
  }
  return numbers
}

