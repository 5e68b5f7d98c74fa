import type { Issue } from "./error.js"
import { issue, NOTHING, show } from "./issue.js"
import { suggestName } from "./nearest-name.js"

/** A message lists so many names at most. */
const MAX_LISTED = 20

/**
 * A field of a row by name. What every object inherits ("constructor", "toString", and whatever pollutes `Object.prototype`)
 * is no field; a getter is one, and so is what a row inherits from a class of the caller's.
 */
export function fieldOf(row: unknown, name: string): unknown {
  if (name in Object.prototype && !isOfRow(row as object, name)) return undefined
  return (row as Readonly<Record<string, unknown>>)[name]
}

/** {@link fieldOf} for one name and many rows: what every object inherits is asked for once. */
export function fieldReader(name: string): (row: unknown) => unknown {
  return name in Object.prototype ? (row) => fieldOf(row, name) : (row) => (row as Readonly<Record<string, unknown>>)[name]
}

/** Whether a row has a field of this name, with or without a value. */
export function hasField(row: unknown, name: string): boolean {
  return name in Object.prototype ? isOfRow(row as object, name) : name in (row as object)
}

/** Found on the row itself or on a prototype before the last. */
function isOfRow(row: object, name: string): boolean {
  for (let at: object | null = row; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at) as object | null) {
    if (Object.hasOwn(at, name)) return true
  }
  return false
}

/**
 * What a message calls a field of row i: `accounts[3].sales`, or `accounts[3] (sales)` where a function reads it.
 *
 * @param label the field's name where it is given by a function
 */
export function fieldPath(path: string, i: number, field: unknown, label: string): string {
  return typeof field === "string" ? `${path}[${i}].${field}` : `${path}[${i}] (${label})`
}

/** A getter of a row, or a function of the caller's, threw: an issue of that row, with what was thrown. */
export function accessorFailure(path: string, error: unknown): Issue {
  const thrown = show(messageOf(error))
  return issue("accessor-failed", path, `could not be read: ${thrown} was thrown`, NOTHING, "return a value, or set the row aside before the call")
}

/** What was thrown, as far as it can be asked. */
export function messageOf(error: unknown): unknown {
  try {
    return error instanceof Error ? error.message : error
  } catch {
    return error // a proxy whose traps throw
  }
}

/** The issue of a field that no row has, with the nearest name that the first row has, or with its names. */
export function absentField(first: unknown, row: string, field: string, path: string): Issue {
  const known = Object.keys(first as object)
  const listed = known.length === 0 ? "" : `${row}s[0] has ${known.slice(0, MAX_LISTED).join(", ")}`
  return issue("field-unknown", path, `is a field that no ${row} has`, field, suggestName(field, known, listed))
}
