/** Fields of a record that are looked at. */
const MOST_FIELDS = 200
/** Whole numbers are ids where their name says so. */
const ID_NAME = /(^|[^a-z])(id|key|no|nr|number|code)$|[a-z](Id|ID|Key|No|Nr|Number|Code)$/

/** What each record has in a field that may name what it belongs to. */
export type IdValues = (string | number | null)[]

/** Names of the own fields of some records, ascending; none where one does not let itself be looked at. */
export function fieldsOf(records: readonly unknown[], sample: Int32Array): string[] {
  const fields = new Set<string>()
  for (const i of sample) {
    try {
      for (const field of Object.keys(records[i] as object)) if (fields.size < MOST_FIELDS) fields.add(field)
    } catch {
      return [] // a proxy that does not let itself be looked at
    }
  }
  return [...fields].sort()
}

/**
 * The values of a field that may name what records belong to, null where a record has none: text, or whole numbers
 * under a name such as `accountId` or `customer_no`. Null: they are no names. Getters are not run for this.
 */
export function readIdValues(records: readonly unknown[], sample: Int32Array, field: string): IdValues | null {
  const isIdName = ID_NAME.test(field)
  const values: IdValues = []
  let type = ""
  for (const i of sample) {
    const descriptor = Object.getOwnPropertyDescriptor(records[i], field)
    const value: unknown = descriptor?.value
    if (descriptor?.get !== undefined) return null // its own code is not run for this
    if (value === undefined || value === null || value === "") {
      values.push(null)
      continue
    }
    if (typeof value !== "string" && !(isIdName && Number.isSafeInteger(value))) return null
    type ||= typeof value
    if (typeof value !== type) return null
    values.push(value as string | number)
  }
  return type === "" ? null : values
}

/**
 * How a caller names such a field as `cluster`, which takes text, or null for none: by its name, or by a function
 * where some values are numbers or empty text.
 *
 * @param row what a record is called
 * @param sample the records whose values were read
 */
export function clusterOption(
  records: readonly unknown[], sample: Int32Array, field: string, row: "record" | "territory",
): string {
  const at = /^[A-Za-z_$][\w$]*$/.test(field) ? `${row}.${field}` : `${row}[${JSON.stringify(field)}]`
  let [areNumbers, areMissing, areEmpty] = [false, false, false]
  for (const i of sample) {
    const value: unknown = Object.getOwnPropertyDescriptor(records[i], field)?.value
    areNumbers ||= typeof value === "number"
    areMissing ||= value === undefined || value === null
    areEmpty ||= value === ""
  }
  if (!areNumbers) return `cluster: ${areEmpty ? `(${row}) => ${at} || null` : JSON.stringify(field)}`
  const given = [...(areMissing ? [`${at} == null`] : []), ...(areEmpty ? [`${at} === ""`] : [])].join(" || ")
  return `cluster: (${row}) => ${given === "" ? "" : `${given} ? null : `}String(${at})`
}
