import { readFileSync } from "node:fs"
import { join } from "node:path"
import { gunzipSync } from "node:zlib"
import { parse } from "csv-parse/sync"

/** The files that are needed. */
export const FILES = ["store_month.csv.gz", "accounts_2021.csv"]

/**
 * Sales by store and month, and the stores that have a place.
 * @param {string} folder
 */
export function readIowa(folder) {
  /** @returns {Record<string, string>[]} */
  const read = (/** @type {Buffer} */ bytes) => parse(bytes, { columns: true, bom: true })
  const records = read(gunzipSync(readFileSync(join(folder, "store_month.csv.gz")))).map((row) => ({ storeId: row.store, month: row.month, sales: Number(row.sales_usd) }))
  const rows = read(readFileSync(join(folder, "accounts_2021.csv")))
  const stores = rows.map((row) => ({ id: row.store, name: row.name, ...placeOf(row, rows), sales: Number(row.sales_2021) }))
  return { records, stores }
}

/** Where a store is; the one without coordinates goes to the mean of the stores of its ZIP code, or else of its city. */
function placeOf(row, rows) {
  const like = row.lng !== "" ? [row] : ["zip", "city"].map((field) => rows.filter((other) => other.lng !== "" && other[field] === row[field])).find((found) => found.length > 0) ?? []
  const mean = (field) => like.reduce((sum, other) => sum + Number(other[field]), 0) / like.length
  return { longitude: mean("lng"), latitude: mean("lat") }
}
