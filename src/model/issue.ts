import type { Issue } from "./error.js"

/** Values longer than this are cut in messages, so that one bad cell cannot flood a log. */
const MAX_SHOWN = 100

/** What is named by its kind, since "an object" would not tell what to mend. */
const KINDS: readonly (readonly [new (...args: never[]) => object, string])[] = [[Date, "a Date"], [Map, "a Map"], [Set, "a Set"], [Promise, "a promise"]]

/** A value as a message shows it: short, quoted where it is text, and never a whole record. Never throws. */
export function show(value: unknown): string {
  if (typeof value === "string") return quote(value.length > MAX_SHOWN ? `${value.slice(0, MAX_SHOWN)}...` : value)
  if (value === null || value === undefined || typeof value === "number" || typeof value === "boolean") return String(value)
  if (typeof value === "bigint") return `${value}n`
  if (typeof value === "function") return "a function"
  if (typeof value === "symbol") return "a symbol"
  quiet(value)
  try {
    if (Array.isArray(value)) return `an array of ${value.length}`
    return KINDS.find(([kind]) => value instanceof kind)?.[1] ?? "an object"
  } catch {
    return "an object that cannot be read" // a revoked proxy, or one whose traps throw
  }
}

/**
 * Sees to a promise that was returned where a value was asked for, by an `async` accessor: it is refused, so nobody will wait for it, and
 * its rejection must not end the program. Never throws.
 */
export function quiet(value: unknown): void {
  try {
    if (value instanceof Promise) value.then(undefined, () => undefined)
  } catch {
    // a proxy whose traps throw
  }
}

/** Text in quotes, with escapes for what nobody sees: byte-order marks, zero-width and bidirectional characters. */
function quote(text: string): string {
  return JSON.stringify(text).replace(/[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`)
}

/**
 * Words one issue: `path: rule, got value (remedy)`.
 *
 * @param got the offending value; leave it out (`NOTHING`) where there is none to show
 */
export function issue(code: string, path: string, rule: string, got: unknown, remedy = ""): Issue {
  const shown = got === NOTHING ? "" : `, got ${show(got)}`
  return { code, path, message: `${path}: ${rule}${shown}${remedy === "" ? "" : ` (${remedy})`}` }
}

/** Marks an issue that has no single offending value. */
export const NOTHING: unique symbol = Symbol("nothing")
