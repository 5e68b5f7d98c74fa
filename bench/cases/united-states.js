import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { gunzipSync } from "node:zlib"
import { parse } from "csv-parse/sync"
import { partitionAccounts } from "equiterra"
import { UsageError } from "../usage-error.js"

/** States and territories outside the contiguous United States. */
const OUTSIDE = new Set(["AK", "HI", "PR", "GU", "VI", "AS", "MP"])

/** Best of three starts of Lloyd with an exact min-cost flow (LEMON, C++), 15 s each and 5.3 % off after rounding. */
const FLOW_LLOYD = { value: 6.208e12, kind: "exact flow + Lloyd, 45 s", source: "own measurement, population x km^2" }

/**
 * The United States: ZIP codes from `us_zips.csv` (zip, lat, lng, state, population, establishments_2018) and census block groups
 * from `us_block_group2020.csv.gz` (geoid, population, lat, lng), in FOLDER itself or in its zips/ and census/.
 *
 * @param {string} folder
 */
export function listUnitedStatesCases(folder) {
  const zips = find(folder, "zips", "us_zips.csv")
  const blocks = find(folder, "census", "us_block_group2020.csv.gz")
  if (zips === undefined && blocks === undefined) throw new UsageError(`--data ${folder}: has neither us_zips.csv nor us_block_group2020.csv.gz`)
  const population = { population: { value: "population" } }
  const both = { ...population, establishments: { value: "establishments" } }
  const zipCases = [
    {
      name: "zips-1-50",
      group: "united-states",
      fixed: false,
      what: "ZIP codes of the contiguous United States, 50 territories, population within 5 %",
      limitSeconds: 120,
      reach: { seconds: 1, cost: 6.208e12, violations: 0 },
      load: () => ({ accounts: readZips(zips), options: { territories: 50, measures: population }, reference: FLOW_LLOYD }),
    },
    ...[0, 1, 2, 3, 4, 5, 6, 7].map((seed) => ({
      name: `zips-2-100-seed${seed}`,
      group: "united-states",
      fixed: false,
      what: "the same, 100 territories, population and establishments within 5 %",
      limitSeconds: 120,
      competitors: seed === 0,
      reach: { seconds: 8, gap: 0.005, violations: 0 },
      load: () => ({ accounts: readZips(zips), options: { territories: 100, measures: both, seed } }),
    })),
    ...[
      { name: "budget", what: "at most a tenth of the people may change territory", disruption: { weight: "population", maxMovedShare: 0.1 } },
      { name: "penalty", what: "a change of territory costs 1,000 km^2 a head", disruption: { weight: "population", penalty: 1000 } },
    ].map(({ name, what, disruption }) => ({
      name: `zips-2-100-${name}`,
      group: "united-states",
      fixed: false,
      what: `the same from a plan of before, the south having grown by a fifth: ${what}`,
      limitSeconds: 120,
      algorithms: ["equiterra"],
      reach: { seconds: 10, violations: 0 },
      load: () => growSouth(readZips(zips), both, { disruption }),
    })),
    {
      name: "zips-2-100-explore",
      group: "united-states",
      fixed: false,
      what: "the same from a plan of before, the south having grown by a fifth: seven plans over compactness, balance and moves; judged is the most compact within 5 %",
      limitSeconds: 300,
      algorithms: ["explore"],
      reach: { seconds: 60, violations: 0 },
      load: () => growSouth(readZips(zips), both, {}),
    },
  ]
  const blockCases = [
    {
      name: "block-groups-2-500",
      group: "united-states",
      fixed: false,
      what: "census block groups, 500 territories, population and visits (one each) within 5 %",
      limitSeconds: 300,
      reach: { seconds: 60, violations: 0 },
      load: () => ({ accounts: readBlockGroups(blocks), options: { territories: 500, measures: { ...population, visits: { value: () => 1 } } } }),
    },
  ]
  return [...(zips === undefined ? [] : zipCases), ...(blocks === undefined ? [] : blockCases)]
}

/** A plan of before, and the accounts since: the south has grown by a fifth. */
function growSouth(accounts, measures, options) {
  const current = partitionAccounts(accounts, { territories: 100, measures, seed: 5 }).alignment
  const grown = accounts.map((account) => ({ ...account, population: account.latitude < 34 ? 1.2 * account.population : account.population }))
  return { accounts: grown, options: { territories: 100, measures, current, ...options } }
}

function find(folder, room, file) {
  return [join(folder, file), join(folder, room, file)].find((path) => existsSync(path))
}

/** ZIP codes with population in the contiguous states; an empty count of establishments is 0. */
function readZips(path) {
  return readRows(path, readFileSync(path, "utf8"), ["zip", "lat", "lng", "state", "population", "establishments_2018"])
    .filter((row) => Number(row.population) > 0 && !OUTSIDE.has(row.state))
    .map((row) => ({
      id: row.zip,
      longitude: Number(row.lng),
      latitude: Number(row.lat),
      population: Number(row.population),
      establishments: Number(row.establishments_2018 || 0),
    }))
}

/** All block groups, Alaska, Hawaii and Puerto Rico too; some have nobody. */
function readBlockGroups(path) {
  return readRows(path, gunzipSync(readFileSync(path)).toString("utf8"), ["geoid", "population", "lat", "lng"]).map((row) => ({
    id: row.geoid,
    longitude: Number(row.lng),
    latitude: Number(row.lat),
    population: Number(row.population),
  }))
}

/**
 * @param {readonly string[]} needed columns without which the rows make no accounts
 * @returns {Record<string, string>[]}
 */
function readRows(path, text, needed) {
  const rows = /** @type {Record<string, string>[]} */ (parse(text, { columns: true, bom: true }))
  const missing = needed.filter((name) => !Object.hasOwn(rows[0] ?? {}, name))
  if (missing.length > 0) throw new Error(`${path}: has no rows, or no column ${missing.join(", ")}`)
  return rows
}
