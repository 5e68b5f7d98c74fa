// Iowa's licensed liquor stores (examples/data/NOTICE.md names the source) and the counties to draw them on.
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { parse } from "csv-parse/sync"
import { feature } from "topojson-client"

const YEAR_END = Date.parse("2021-12-31")

/** Reads all 2,296 stores; ids and ZIP codes stay text, an empty cell is missing and not 0. */
export function loadStores() {
  const text = readFileSync(new URL("data/iowa-stores.csv", import.meta.url), "utf8")
  /** @type {Record<string, string>[]} */
  const rows = parse(text, { columns: true, bom: true })
  return rows.map((row) => ({
    id: row.store,
    name: row.name,
    city: row.city,
    zip: row.zip,
    ...(row.lng === "" ? {} : { longitude: Number(row.lng), latitude: Number(row.lat) }),
    sales2018: Number(row.sales_2018),
    sales: Number(row.sales_2021),
    bestYear: Math.max(Number(row.sales_2018), Number(row.sales_2019), Number(row.sales_2020), Number(row.sales_2021)),
    orderDays: Number(row.order_days_2021),
    vendors: Number(row.vendors_2021),
    idleDays: row.last_order_2021 === "" ? null : (YEAR_END - Date.parse(row.last_order_2021)) / 86_400_000,
  }))
}

/**
 * Territories as they are often drawn: one list of ZIP codes per three-digit prefix, from the stores that traded in 2018. ZIP
 * codes with a first store since are on no list; a merger has left four of them on two.
 *
 * @param {ReturnType<typeof loadStores>} stores
 */
export function listZips(stores) {
  /** @type {Record<string, string[]>} */
  const lists = {}
  const traded = new Set(stores.filter((store) => store.sales2018 > 0).map((store) => store.zip))
  for (const zip of [...traded].sort()) (lists[`ZIP ${zip.slice(0, 3)}`] ??= []).push(zip)
  lists["ZIP 500"].push(...lists["ZIP 501"].slice(0, 4))
  return lists
}

/** The 99 counties of Iowa as GeoJSON, from the US Census by way of us-atlas. */
export function loadCounties() {
  const path = createRequire(import.meta.url).resolve("us-atlas/counties-10m.json")
  const atlas = JSON.parse(readFileSync(path, "utf8"))
  /** @type {any} */
  const counties = feature(atlas, atlas.objects.counties)
  return { ...counties, features: counties.features.filter((/** @type {{ id: string }} */ county) => county.id.startsWith("19")) }
}
