import { show } from "./issue.js"

/** Fields that the library reads by itself. */
const OWN_NAMES: readonly string[] = ["id", "longitude", "latitude", "x", "y", "accountId", "territoryId", "ownerId", "from", "until"]

/** A row whose field says something else than before. */
export interface FieldChange {
  readonly path: string
  /** The rest of the sentence: from what, to what. */
  readonly what: string
}

/** What rows said in a field. */
interface Column {
  readonly field: string
  /** Numbers by row, NaN where the row has something else; null where the first row has something else: most fields are of one type. */
  readonly numbers: Float64Array | null
  /** What `numbers` does not hold, by row; nothing stands for undefined. */
  readonly others: unknown[]
}

/**
 * Remembers what rows say in the fields that a call reads; the function that comes back compares. Only fields that the first row has as
 * its own values are looked at: a getter may count how often it is asked. Null where there is none. O(rows * fields), and 8 bytes each.
 *
 * @param names texts among the options, which may be names of fields
 */
export function watchFields(path: string, rows: readonly unknown[], names: ReadonlySet<string>): (() => FieldChange | null) | null {
  const first = rows[0]
  if (typeof first !== "object" || first === null || Array.isArray(first)) return null
  const fields = [...new Set([...OWN_NAMES, ...names])].filter((name) => Object.getOwnPropertyDescriptor(first, name)?.get === undefined && Object.hasOwn(first, name))
  if (fields.length === 0) return null
  const columns = fields.map((field): Column => ({ field, numbers: typeof valueOf(first, field) === "number" ? new Float64Array(rows.length) : null, others: [] }))
  // by row: the fields of one lie side by side in memory
  for (let i = 0; i < rows.length; i++) {
    for (const { field, numbers, others } of columns) {
      const value = valueOf(rows[i], field)
      const isNumber = numbers !== null && typeof value === "number"
      if (numbers !== null) numbers[i] = isNumber ? value : NaN
      if (value !== undefined && (!isNumber || Number.isNaN(value))) others[i] = value
    }
  }
  return () => {
    for (let i = 0; i < rows.length; i++) {
      for (const { field, numbers, others } of columns) {
        const number = numbers === null ? NaN : numbers[i]
        const before = Number.isNaN(number) ? others[i] : number
        const now = valueOf(rows[i], field)
        if (!Object.is(before, now)) return { path: `${path}[${i}].${field}`, what: `: from ${show(before)} to ${show(now)}` }
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
