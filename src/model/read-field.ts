import type { Field } from "./account.js"
import type { Issue } from "./error.js"
import { accessorFailure, fieldPath, fieldReader, hasField } from "./field-of.js"
import { finishSteps, inPieces } from "./in-pieces.js"
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
  return finishSteps(readFieldSteps(rows, field, path, label, rule, issues))
}

/** The same in pieces. */
export function* readFieldSteps<A>(rows: readonly A[], field: Field<A>, path: string, label: string, rule: NumberRule, issues: Issue[]): Generator<undefined, Float64Array> {
  const numbers = new Float64Array(rows.length)
  const read = typeof field === "string" ? fieldReader(field) : field
  const least = rule.minimum ?? -Infinity
  let whenMissing: string | null = null
  yield* inPieces(rows.length, (from, to) => {
    for (let i = from; i < to; i++) {
      let value: unknown
      try {
        value = read(rows[i])
      } catch (error) {
        issues.push(accessorFailure(fieldPath(path, i, field, label), error))
        continue
      }
      if (typeof value === "number" && Number.isFinite(value) && value >= least) numbers[i] = value === 0 ? 0 : value // -0 becomes 0
      else {
        if (isMissing(value)) whenMissing ??= missingRemedy(rows, field)
        issues.push(numberIssue(value, fieldPath(path, i, field, label), rule, whenMissing ?? ""))
      }
    }
  })
  return numbers
}

const isMissing = (value: unknown): boolean => value === undefined || value === null

/** What is wrong with a value that is no number, or none that the rule allows. */
function numberIssue(value: unknown, where: string, rule: NumberRule, whenMissing: string): Issue {
  if (typeof value !== "number") {
    return issue(`${rule.noun}-${isMissing(value) ? "missing" : "type"}`, where, "must be a number", value, isMissing(value) ? whenMissing : "convert it to a number first")
  }
  if (!Number.isFinite(value)) return issue(`${rule.noun}-not-finite`, where, "must be a finite number", value, "0 where there is none")
  return issue(rule.minimum === 0 ? `${rule.noun}-negative` : `${rule.noun}-range`, where, `must be ${rule.minimum} or more`, value)
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
