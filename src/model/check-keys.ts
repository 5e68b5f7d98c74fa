import type { Issue } from "./error.js"
import { issue, NOTHING } from "./issue.js"
import { suggestName } from "./nearest-name.js"

/**
 * Finds keys of an options object that mean nothing, each with the nearest name that does. Own keys only: what a polluted
 * prototype adds is neither read nor reported. A key whose value is `undefined` counts as absent.
 */
export function checkKeys(object: object, known: readonly string[], path: string, issues: Issue[]): void {
  for (const key of Object.keys(object)) {
    if (known.includes(key) || (object as Record<string, unknown>)[key] === undefined) continue
    issues.push(issue("option-unknown", path === "" ? key : `${path}.${key}`, "is not an option", NOTHING, suggestName(key, known, `known: ${known.join(", ")}`)))
  }
}

/** Objects whose keys are not what they hold: a promise taken for options would be options that say nothing. */
const NO_RECORDS: readonly (new (...args: never[]) => object)[] = [Map, Set, Date, Promise, RegExp, Error]

/** An object as callers write them: not null, not an array, not a Map, not a promise. Never throws. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false
  try {
    return !Array.isArray(value) && !ArrayBuffer.isView(value) && !NO_RECORDS.some((kind) => value instanceof kind)
  } catch {
    return false // a revoked proxy, or one whose traps throw
  }
}
