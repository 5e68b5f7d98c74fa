import { readFileSync } from "node:fs"
import { join } from "node:path"
import { readBalancedKMeans } from "../instances/read-balanced-k-means.js"
import { makeAccounts } from "../make-accounts.js"
import { createRandom } from "../random.js"

/**
 * A problem that cannot be solved as asked, or whose data are odd.
 *
 * @typedef {object} HardCase
 * @property {string} name
 * @property {() => { accounts: object[], options: import("equiterra").PartitionOptions<any> }} make
 * @property {string} fair what the right answer is, in words
 * @property {number | null} deviation the least worst deviation that can be reached, over all measures; null where none is known
 * @property {number | null} [violations] how many are right; null or missing where more than one number can be
 * @property {number | null} [cost] the best known cost
 */

const ones = (/** @type {number} */ n, place = (/** @type {number} */ i) => ({ x: i, y: 0 })) => Array.from({ length: n }, (_, i) => ({ id: `a${i}`, load: 1, ...place(i) }))
const named = (/** @type {number} */ k) => Array.from({ length: k }, (_, t) => ({ id: `t${t + 1}` }))

/** Alaska, Hawaii and Puerto Rico, as the codes of their counties begin. */
const OUTSIDE = new Set(["02", "15", "72"])

/** @param {number} seed */
function scattered(seed) {
  const random = createRandom(seed)
  return () => ({ x: 100 * random(), y: 100 * random() })
}

/**
 * Every case, in the order of the table.
 *
 * @param {string | undefined} data a folder with `census/us_county2020.csv`
 * @param {string | undefined} instances a folder with `balanced_kmeans/unbalance_half.txt`
 * @returns {HardCase[]}
 */
export function hardCases(data, instances) {
  return [...made, ...(data === undefined ? [] : [counties(data, false), counties(data, true)]), ...(instances === undefined ? [] : [unbalance(instances)])]
}

/** @type {HardCase[]} */
const made = [
  {
    name: "giant-grid", fair: "7 7 7 7 7 35", deviation: 2,
    make: () => ({
      accounts: ones(36, (i) => ({ x: i % 6, y: Math.floor(i / 6) })).map((account, i) => (i === 14 ? { ...account, load: 35 } : account)),
      options: { territories: 6, measures: { load: { value: "load" } } },
    }),
  },
  {
    name: "giant-two-towns", fair: "8 8 8 30", deviation: 30 / 13.5 - 1,
    make: () => ({
      accounts: [...ones(12, (i) => ({ x: i % 4, y: i >> 2 })), ...ones(12, (i) => ({ x: 100 + (i % 4), y: i >> 2 })).map((one, i) => ({ ...one, id: `b${i}` })), { id: "giant", x: 50, y: 20, load: 30 }],
      options: { territories: 4, measures: { load: { value: "load" } } },
    }),
  },
  {
    name: "group-too-heavy", fair: "4 4 4 18", deviation: 1.4,
    make: () => {
      const accounts = ones(30, scattered(3))
      return { accounts, options: { territories: 4, measures: { load: { value: "load" } }, together: [accounts.slice(0, 18).map(({ id }) => id)] } }
    },
  },
  {
    name: "minima-too-high", fair: "10 10 10 10", deviation: 0,
    make: () => ({ accounts: ones(40, scattered(4)), options: { territories: 4, measures: { load: { value: "load", min: 13, tolerance: null } } } }),
  },
  {
    name: "key-account", fair: "one has 30 %, seven have 10 % each", deviation: 0.3 * 8 - 1,
    make: () => {
      const random = createRandom(5)
      const others = ones(199, scattered(6)).map((one) => ({ ...one, load: 1 + 4 * random() }))
      const rest = others.reduce((sum, { load }) => sum + load, 0)
      return { accounts: [...others, { id: "key", x: 20, y: 30, load: (0.3 / 0.7) * rest }], options: { territories: 8, measures: { load: { value: "load" } } } }
    },
  },
  {
    name: "licence", fair: "68 for the one who may, 17 each for six others", deviation: 68 / (170 / 7) - 1,
    make: () => ({
      accounts: ones(170, scattered(7)).map((one, i) => ({ ...one, licensed: i < 68 })),
      options: { territories: named(7), measures: { load: { value: "load" } }, eligible: (account, { id }) => !account.licensed || id === "t3" },
    }),
  },
  {
    name: "giant-two-measures", fair: "as fast as without the giant", deviation: null,
    make: () => {
      const accounts = makeAccounts(2_000, 8)
      const total = accounts.reduce((sum, { potential }) => sum + potential, 0)
      return { accounts: accounts.map((one, i) => (i === 100 ? { ...one, potential: 0.2 * total } : one)), options: { territories: 20, measures: { workload: { value: "workload" }, potential: { value: "potential" } } } }
    },
  },
  {
    name: "no-giant-two-measures", fair: "(the same without it)", deviation: null, violations: 0,
    make: () => ({ accounts: makeAccounts(2_000, 8), options: { territories: 20, measures: { workload: { value: "workload" }, potential: { value: "potential" } } } }),
  },
  {
    name: "no-sum-fits", fair: "3 3 4; no sum of whole accounts lies inside", deviation: 0.2,
    make: () => ({ accounts: ones(10, scattered(9)), options: { territories: 3, measures: { load: { value: "load" } } } }),
  },
  { name: "ten-towns", fair: "no violation, under 10 s", deviation: null, violations: 0, make: () => tenTowns({}) },
  { name: "ten-towns-1s", fair: "answers within 1.3 s", deviation: null, make: () => tenTowns({ timeLimitMs: 1_000 }) },
  {
    name: "one-place", fair: "1 each, 2 once", deviation: null,
    make: () => ({ accounts: ones(500, () => ({ x: 1, y: 1 })), options: { territories: 499, measures: { load: { value: "load", tolerance: 1 } } } }),
  },
  {
    name: "no-places", fair: "no violation", deviation: null, violations: 0,
    make: () => ({
      accounts: makeAccounts(500, 10).map(({ id, workload, potential }) => ({ id, workload, potential })),
      options: { territories: 20, measures: { workload: { value: "workload" }, potential: { value: "potential" } } },
    }),
  },
  {
    name: "line-exchanged", fair: "cost 343", deviation: null, violations: 0, cost: 343,
    make: () => ({
      accounts: [6, 0, 9, 5, 2, 2].map((x, i) => ({ id: `a${i}`, x, y: 0, load: [5, 7, 8, 1, 1, 2][i] })),
      options: { territories: [{ id: "t1", center: { x: 0, y: 0 }, centerFixed: true }, { id: "t2", center: { x: 9, y: 0 }, centerFixed: true }], measures: { load: { value: "load" } } },
    }),
  },
  { name: "reach-small", fair: "a b | c small, nobody too far", deviation: null, violations: 0, make: () => reach(0.1) },
  { name: "reach-nothing", fair: "the same where small weighs 0", deviation: null, violations: 0, make: () => reach(0) },
  {
    name: "dense-and-sparse", fair: "every territory has 406 or 407 accounts", deviation: null, violations: 0,
    make: () => {
      const random = createRandom(11)
      const around = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ spread) => ({ x: x + spread * (random() + random() + random() - 1.5), y: y + spread * (random() + random() + random() - 1.5) })
      const centers = [[150, 350], [150, 300], [150, 400], [450, 350], [500, 300], [500, 400], [550, 350], [400, 250]]
      const accounts = centers.flatMap(([x, y], c) => Array.from({ length: c < 3 ? 1_000 : 50 }, () => around(x, y, c < 3 ? 12 : 40))).map((place, i) => ({ id: `a${i}`, ...place }))
      return { accounts, options: { territories: 8, measures: { heads: { value: () => 1, min: 406, max: 407, tolerance: null } } } }
    },
  },
  {
    name: "far-account", fair: "one account is named, at most one too far", deviation: null,
    make: () => ({ accounts: [...ones(60, scattered(12)), { id: "far", x: 600, y: 50, load: 1 }], options: { territories: 3, measures: { load: { value: "load", tolerance: 0.1 } }, maxDistance: 60 } }),
  },
]

/** @param {object} more */
function tenTowns(more) {
  const random = createRandom(13)
  const towns = Array.from({ length: 10 }, () => ({ x: 1000 * random(), y: 1000 * random() }))
  const accounts = makeAccounts(500, 14).map((account, i) => ({ ...account, ...towns[i % 10], visits: 1 + Math.floor(12 * random()) }))
  return { accounts, options: { territories: 20, measures: { workload: { value: "workload" }, potential: { value: "potential", tolerance: 0.1 }, visits: { value: "visits" } }, ...more } }
}

/** @param {number} revenue of the account that weighs next to nothing */
function reach(revenue) {
  const accounts = [["a", 5, 10], ["b", 6.5, 10], ["c", 8, 10], ["small", 9.2, revenue]].map(([id, x, sales]) => ({ id, x, y: 0, revenue: sales, visits: 1 }))
  return {
    accounts,
    options: {
      territories: [{ id: "west", center: { x: 0, y: 0 }, centerFixed: true }, { id: "east", center: { x: 10, y: 0 }, centerFixed: true }],
      measures: { visits: { value: "visits", min: 2, max: 2, tolerance: null } },
      compactness: { weight: "revenue", power: /** @type {const} */ (1) },
      maxDistance: 7,
    },
  }
}

/**
 * @param {string} folder
 * @param {boolean} apart whether the four counties that are heavier than a territory are left out, and four territories with them
 * @returns {HardCase}
 */
function counties(folder, apart) {
  return {
    name: apart ? "counties-apart" : "counties", fair: apart ? "(the same without the four heaviest)" : "four alone, 96 about equal; cost about 3.63e12", deviation: null, cost: 3.63e12,
    make: () => {
      const [head, ...lines] = readFileSync(join(folder, "census/us_county2020.csv"), "utf8").trim().split("\n")
      const names = head.replaceAll('"', "").trim().split(",")
      const at = (/** @type {string} */ name) => names.findIndex((one) => one.toLowerCase() === name)
      const rows = lines.map((line) => line.replaceAll('"', "").trim().split(",")).filter(([code]) => !OUTSIDE.has(code.slice(0, 2)))
      const [fips, longitude, latitude, population] = ["geoid", "lng", "lat", "population"].map(at)
      const all = rows.map((row) => ({ id: row[fips], longitude: Number(row[longitude]), latitude: Number(row[latitude]), population: Number(row[population]) }))
      const heaviest = new Set([...all].sort((one, other) => other.population - one.population).slice(0, 4).map(({ id }) => id))
      const accounts = apart ? all.filter(({ id }) => !heaviest.has(id)) : all
      return { accounts, options: { territories: apart ? 96 : 100, measures: { population: { value: "population" } } } }
    },
  }
}

/**
 * @param {string} folder
 * @returns {HardCase}
 */
function unbalance(folder) {
  return {
    name: "unbalance_half", fair: "every territory has 406 or 407 accounts", deviation: null, violations: 0,
    make: () => readBalancedKMeans(readFileSync(join(folder, "balanced_kmeans/unbalance_half.txt"), "utf8"), folder, "unbalance_half"),
  }
}
