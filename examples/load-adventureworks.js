// Stores and sales reps of AdventureWorks, Microsoft's sample company: fiction (examples/data/NOTICE.md has the license).
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { parse } from "csv-parse/sync"
import { feature } from "topojson-client"

/**
 * @param {string} name
 * @returns {Record<string, string>[]}
 */
const read = (name) => parse(readFileSync(new URL(`data/${name}`, import.meta.url), "utf8"), { columns: true })

/** The 14 reps; of home they have a city, but no coordinates. */
export function loadReps() {
  return read("adventureworks-reps.csv").map(({ name, city, country }) => ({ name, city, country }))
}

/** All 701 stores, each with the name of its rep. */
export function loadStores() {
  const names = new Map(read("adventureworks-reps.csv").map(({ rep, name }) => [rep, name]))
  return read("adventureworks-stores.csv").map((row) => ({
    id: row.store,
    name: row.name,
    city: `${row.city}, ${row.state}`,
    country: row.country,
    longitude: Number(row.lng),
    latitude: Number(row.lat),
    revenue: Number(row.annual_revenue),
    rep: /** @type {string} */ (names.get(row.rep)),
  }))
}

/** The 48 contiguous states of the US as GeoJSON, from the US Census by way of us-atlas; of Canada there is no map. */
export function loadStates() {
  const path = createRequire(import.meta.url).resolve("us-atlas/states-10m.json")
  const atlas = JSON.parse(readFileSync(path, "utf8"))
  /** @type {any} */
  const states = feature(atlas, atlas.objects.states)
  return { ...states, features: states.features.filter((/** @type {{ id: string }} */ { id }) => Number(id) <= 56 && id !== "02" && id !== "15") }
}
