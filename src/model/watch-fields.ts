import { show } from "./issue.js"

/** Fields that the library reads by itself. */
const OWN_NAMES: readonly string[] = ["id", "longitude", "latitude", "x", "y", "accountId", "territoryId", "ownerId", "from", "until"]

/** A row whose field says something else than before. */
export interface FieldChange {
  readonly path: string
  /** The rest of the sentence: from what, to what. */
  readonly what: string
}

/**
 * Remembers what rows say in the fields that a call reads; the function that comes back compares. Only fields that the first row has as
 * its own values are looked at: a getter may count how often it is asked. Null where there is none. O(rows * fields).
 *
 * @param names texts among the options, which may be names of fields
 */
export function watchFields(path: string, rows: readonly unknown[], names: ReadonlySet<string>): (() => FieldChange | null) | null {
  const first = rows[0]
  if (typeof first !== "object" || first === null || Array.isArray(first)) return null
  const fields = [...new Set([...OWN_NAMES, ...names])].filter((name) => Object.getOwnPropertyDescriptor(first, name)?.get === undefined && Object.hasOwn(first, name))
  if (fields.length === 0) return null
  const columns = fields.map((field) => rows.map((row) => valueOf(row, field)))
  return () => {
    for (let f = 0; f < fields.length; f++) {
      for (let i = 0; i < rows.length; i++) {
        const before = columns[f][i]
        const now = valueOf(rows[i], fields[f])
        if (!Object.is(before, now)) return { path: `${path}[${i}].${fields[f]}`, what: `: from ${show(before)} to ${show(now)}` }
      }
    }
    return null
  }
}

/** Null for what is no row, or cannot be read: that is the call's to say. */
function valueOf(row: unknown, field: string): unknown {
  try {
    return (row as Readonly<Record<string, unknown>>)[field]
  } catch {
    return null
  }
}
