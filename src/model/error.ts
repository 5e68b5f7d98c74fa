import { groupThousands } from "./format-amount.js"

/** One thing that is wrong with the input: where, by which rule, what was found there. */
export interface Issue {
  /** Stable, kebab-case: tell issues apart by it, never by the message. */
  readonly code: string
  /** Where, in the caller's own words: `accounts[17].latitude`. */
  readonly path: string
  /** The whole sentence: path, rule, what was got, and the remedy where there is one. */
  readonly message: string
}

/** Something odd but usable; it stands in `result.warnings`, never on the console. */
export interface Warning {
  readonly code: string
  readonly path: string
  readonly message: string
}

/** Most issues that travel with one error; `issueCount` has the full number. */
export const MAX_ISSUES = 1000

/** Most issues that an error prints where nobody catches it. */
const MAX_PRINTED = 10

/**
 * The one error of this library: the input cannot be used. It carries every issue that was found, not only the first.
 *
 * Tell it by `code`, not by `instanceof`: two copies of the package may be loaded side by side. Where nobody catches it, it prints its
 * first ten issues: `issues` is not enumerable, because Node prints every enumerable property; `JSON.stringify` writes it all the same.
 */
export class TerritoryError extends Error {
  override readonly name = "TerritoryError"
  /** The code of the first issue. */
  readonly code: string
  /** The path of the first issue. */
  readonly path: string
  /** The first 1,000 issues. Not enumerable. */
  declare readonly issues: readonly Issue[]
  /** How many issues there are in all. */
  readonly issueCount: number

  constructor(issues: readonly Issue[]) {
    const first = issues[0] ?? { code: "unknown", path: "", message: "unknown issue" }
    const more = issues.length > 1 ? ` (and ${groupThousands(String(issues.length - 1))} more)` : ""
    super(first.message + more)
    this.code = first.code
    this.path = first.path
    this.issueCount = issues.length
    Object.defineProperty(this, "issues", { value: issues.slice(0, MAX_ISSUES), enumerable: false, configurable: true, writable: true })
    if (issues.length > 1) listInStack(this, issues)
  }

  /** Everything that the error says, also what is not enumerable. */
  toJSON(): { readonly name: string; readonly code: string; readonly path: string; readonly issues: readonly Issue[]; readonly issueCount: number } {
    const { name, code, path, issues, issueCount } = this
    return { name, code, path, issues, issueCount }
  }
}

/**
 * Writes the next issues into the stack, under the message: that is what Node, Deno and browsers print where nobody catches an error.
 * An engine whose stack does not begin with the message (Firefox, Safari) keeps it as it is.
 */
function listInStack(error: Error, issues: readonly Issue[]): void {
  const { stack, message } = error
  const start = typeof stack === "string" ? stack.indexOf(message) : -1
  if (stack === undefined || start <= 0 || stack.slice(0, start).includes("\n")) return
  const end = start + message.length
  const lines = issues.slice(1, MAX_PRINTED).map((issue) => `\n    ${issue.message}`)
  const rest = issues.length > MAX_PRINTED ? `\n    ... and ${groupThousands(String(issues.length - MAX_PRINTED))} more` : ""
  const value = `${stack.slice(0, end)}${lines.join("")}${rest}${stack.slice(end)}`
  Object.defineProperty(error, "stack", { value, enumerable: false, configurable: true, writable: true })
}

/** Whether what was thrown is ours. Never throws, whatever was thrown: a revoked proxy may have been. */
export function isTerritoryError(error: unknown): error is TerritoryError {
  try {
    return error instanceof TerritoryError
  } catch {
    return false
  }
}

/** Throws one {@link TerritoryError} with all issues, or does nothing when there are none. */
export function throwIssues(issues: readonly Issue[]): void {
  if (issues.length > 0) throw new TerritoryError(issues)
}
