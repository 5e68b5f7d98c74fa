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

/** So many issues at most travel with one error; `issueCount` has the full number. */
export const MAX_ISSUES = 1000

/**
 * The one error of this library: the input cannot be used. It carries every issue that was found, not only the first.
 *
 * Tell it by `code`, not by `instanceof`: two copies of the package may be loaded side by side.
 */
export class TerritoryError extends Error {
  override readonly name = "TerritoryError"
  /** The code of the first issue. */
  readonly code: string
  /** The path of the first issue. */
  readonly path: string
  /** The first 1,000 issues. */
  readonly issues: readonly Issue[]
  /** How many issues there are in all. */
  readonly issueCount: number

  constructor(issues: readonly Issue[]) {
    const first = issues[0] ?? { code: "unknown", path: "", message: "unknown issue" }
    const more = issues.length > 1 ? ` (and ${groupThousands(String(issues.length - 1))} more)` : ""
    super(first.message + more)
    this.code = first.code
    this.path = first.path
    this.issues = issues.slice(0, MAX_ISSUES)
    this.issueCount = issues.length
  }
}

/** Throws one {@link TerritoryError} with all issues, or does nothing when there are none. */
export function throwIssues(issues: readonly Issue[]): void {
  if (issues.length > 0) throw new TerritoryError(issues)
}
