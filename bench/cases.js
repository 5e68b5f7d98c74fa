import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { parse } from "csv-parse/sync"

/** States and territories outside the contiguous United States. */
const OUTSIDE = new Set(["AK", "HI", "PR", "GU", "VI", "AS", "MP"])

/**
 * The cases of the benchmark. With a data folder, the US ZIP codes (us_zips.csv, or zips/us_zips.csv: zip, lat, lng, state,
 * population, establishments_2018); without, points made from a seed.
 *
 * @param {string | undefined} folder
 */
export function listCases(folder) {
  const made = [
    { name: "made-2k-24", load: () => ({ accounts: makeAccounts(2000, 1), options: { territories: 24, measures: both() } }) },
    { name: "made-fixed-100k-100", load: () => ({ accounts: makeAccounts(100_000, 3), options: { territories: makeHomes(100), measures: { workload: { value: "workload" } } } }) },
    { name: "made-30k-100", load: () => ({ accounts: makeAccounts(30_000, 2), options: { territories: 100, measures: both() } }) },
  ]
  if (folder === undefined) return made
  const path = [join(folder, "us_zips.csv"), join(folder, "zips", "us_zips.csv")].find((file) => existsSync(file))
  if (path === undefined) throw new Error(`--data ${folder}: has no us_zips.csv`)
  const zips = () => loadZips(path)
  const population = { population: { value: "population" } }
  const two = { ...population, establishments: { value: "establishments" } }
  return [
    { name: "zips-1-50", load: () => ({ accounts: zips(), options: { territories: 50, measures: population } }) },
    ...[0, 1, 2].map((seed) => ({ name: `zips-2-100-seed${seed}`, load: () => ({ accounts: zips(), options: { territories: 100, measures: two, seed } }) })),
    ...made,
  ]
}

/** ZIP codes with population in the contiguous states; an empty count of establishments is 0. */
function loadZips(path) {
  /** @type {Record<string, string>[]} */
  const rows = parse(readFileSync(path, "utf8"), { columns: true, bom: true })
  return rows
    .filter((row) => Number(row.population) > 0 && !OUTSIDE.has(row.state))
    .map((row) => ({
      id: row.zip,
      longitude: Number(row.lng),
      latitude: Number(row.lat),
      population: Number(row.population),
      establishments: Number(row.establishments_2018 || 0),
    }))
}

const both = () => ({ workload: { value: "workload" }, potential: { value: "potential" } })

/** Accounts in towns of different size on a plane, with workload and potential that differ by a heavy-tailed factor. */
function makeAccounts(n, seed) {
  const random = congruential(seed)
  const towns = Array.from({ length: 60 }, () => ({ x: random() * 1000, y: random() * 1000, spread: 5 + 60 * random() ** 2 }))
  return Array.from({ length: n }, (_, i) => {
    const town = towns[Math.floor(random() ** 2 * towns.length)]
    const workload = 1 + 9 * random()
    return {
      id: `a${i}`,
      x: town.x + town.spread * (random() + random() + random() - 1.5),
      y: town.y + town.spread * (random() + random() + random() - 1.5),
      workload,
      potential: workload * Math.exp(1.2 * (random() + random() + random() - 1.5)),
    }
  })
}

/** Territories whose centers stay on a grid over the towns. */
function makeHomes(k) {
  const side = Math.ceil(Math.sqrt(k))
  return Array.from({ length: k }, (_, t) => ({
    id: `home ${t}`,
    center: { x: (((t % side) + 0.5) * 1000) / side, y: ((Math.floor(t / side) + 0.5) * 1000) / side },
    centerFixed: true,
  }))
}

/** Park & Miller's minimal standard generator (1988): the same accounts everywhere. */
function congruential(seed) {
  let state = seed * 16807 + 1
  return () => (state = (state * 48271) % 2147483647) / 2147483647
}
