import { dimensions, nested, tiled } from "../rules/generators.js"
import { makeDeals, makeHistory, makePlaces } from "./make-world.js"

/**
 * What is compared between engines: a name, and how the result comes about.
 *
 * @typedef {{ name: string, run: () => unknown }} Result
 *
 * @typedef {object} Size
 * @property {number} places
 * @property {number} territories
 * @property {number} deals rows of each of 40 territories
 * @property {number} rules
 * @property {number} accounts of every other plan
 */

/** The size that bench/engines.js runs; the tests have a smaller one. */
export const FULL = /** @type {const} */ ({ places: 32_720, territories: 100, deals: 500, rules: 500, accounts: 400 })

/**
 * Results of most public functions, from data made by integers.
 *
 * @param {typeof import("equiterra")} library
 * @param {Size} size
 * @returns {Result[]}
 */
export function listResults(library, size) {
  return [...plans(library, size), ...performance(library, size), ...rules(library, size), ...small(library, size)]
}

const PEOPLE = { value: "people" }
const MEASURES = { people: PEOPLE, visits: { value: "visits" } }

/** @type {(library: typeof import("equiterra"), size: Size) => Result[]} */
function plans({ partitionAccounts }, { places, territories }) {
  const accounts = makePlaces(places, 1)
  return [
    { name: "points", run: () => accounts },
    { name: "plan, one measure", run: () => partitionAccounts(accounts, { territories, measures: { people: PEOPLE } }) },
    { name: "plan, two measures", run: () => partitionAccounts(accounts, { territories, measures: MEASURES }) },
  ]
}

/** @type {(library: typeof import("equiterra"), size: Size) => Result[]} */
function performance({ comparePerformance, renderFunnel }, { deals }) {
  const records = makeDeals(40, deals, 2)
  const compare = (/** @type {object} */ more = {}) =>
    comparePerformance(records, {
      territory: "territory",
      kpis: {
        winRate: { numerator: "won", kind: "proportion" },
        amount: { numerator: "amount" },
        perDay: { numerator: "amount", denominator: "days" },
        calls: { numerator: "calls", kind: "count" },
      },
      ...more,
    })
  return [
    { name: "comparison", run: () => compare() },
    { name: "comparison by segment", run: () => compare({ segment: "segment", errorControl: "family-wise" }) },
    { name: "funnel", run: () => renderFunnel(compare(), { kpi: "winRate" }) },
  ]
}

/** @type {(library: typeof import("equiterra"), size: Size) => Result[]} */
function rules({ analyzeRules, routeAccounts }, { rules: count }) {
  const many = nested(count, 3)
  const accounts = Array.from({ length: 4 * count }, (_, i) => ({
    id: `a${i}`,
    industry: `industry ${(7 * i) % 22}`,
    segment: i % 9 === 0 ? null : `segment ${(5 * i) % 7}`,
    product: `product ${(3 * i) % 11}`,
    employees: (37 * i) % 6000,
    revenue: (7919 * i) % 1_200_000,
    age: (11 * i) % 70,
    zip: String((7877 * i) % 100_000).padStart(5, "0"),
    phone: i % 8 === 0 ? null : `+${(13 * i) % 100}`,
  }))
  return [
    { name: "rules, nested", run: () => analyzeRules({ dimensions, rules: many }) },
    { name: "rules, tiled, one left out", run: () => analyzeRules({ dimensions, rules: tiled(count - 1, 2, 1) }) },
    { name: "routing", run: () => routeAccounts(accounts, { dimensions, rules: many }) },
  ]
}

/** @type {(library: typeof import("equiterra"), size: Size) => Result[]} */
function small(library, { accounts: count }) {
  const accounts = makePlaces(count, 4)
  const flat = accounts.map(({ id, longitude, latitude, people, visits }) => ({ id, x: longitude * 100, y: latitude * 100, people, visits }))
  const plan = library.partitionAccounts(accounts, { territories: 8, measures: MEASURES })
  const fixed = plan.territories.map(({ id, center }) => ({ id, center: /** @type {any} */ (center), centerFixed: true }))
  const { month, alignment, records } = makeHistory(16, 36, 5)
  const history = { account: "account", period: "month", outcome: "sales", alignment, changedAt: month(24) }
  const units = makeHistory(30, 3, 6).records.filter((_, i) => i % 3 === 0).map(({ account, sales }, i) => ({ id: account, sales, potential: 300 + ((i * 173) % 900), work: 40 + ((i * 29) % 70) }))
  const moved = plan.alignment.map(({ accountId, territoryId }, i) => ({ accountId, territoryId: i % 25 === 0 ? plan.territories[i % 8].id : territoryId }))
  const measures = MEASURES
  return [
    { name: "plan, small", run: () => plan },
    { name: "plan, fixed centers, power 1", run: () => library.partitionAccounts(accounts, { territories: fixed, measures, compactness: { power: 1 } }) },
    { name: "owners, fixed centers", run: () => library.partitionAccounts(accounts, { territories: fixed.map(({ id }, t) => ({ id, center: { longitude: -120 + 6 * t, latitude: 30 + 5 * (t % 3) }, centerFixed: true })), measures: { people: PEOPLE } }).alignment },
    { name: "plan, medoids on a plane", run: () => library.partitionAccounts(flat.slice(0, count / 4), { territories: 4, measures, centers: "account", certificate: "all-centers" }) },
    { name: "plan, limited moves", run: () => library.partitionAccounts(accounts, { territories: 8, measures, current: moved, disruption: { maxMovedShare: 0.04 } }) },
    { name: "plan, too tight", run: () => library.partitionAccounts(accounts, { territories: 8, measures: { people: { value: "people", min: 0, max: 95 * count } } }) },
    { name: "plans to choose from", run: () => library.explorePlans(accounts.slice(0, count / 4), { territories: 4, measures, current: moved.slice(0, count / 4), plans: 4 }) },
    { name: "explanation", run: () => library.explainPlan(accounts, plan, { territories: 8, measures }) },
    { name: "alignments", run: () => library.compareAlignments(accounts, moved, plan.alignment, { measures: { people: "people", visits: "visits" } }) },
    { name: "density", run: () => library.classifyDensity(accounts) },
    { name: "white spaces", run: () => library.findWhiteSpaces(accounts, plan.alignment.slice(0, count / 2), { potential: "people", territories: plan.territories }) },
    { name: "score", run: () => library.scoreAccounts(accounts, { factors: { people: { value: "people", transform: "log1p" }, visits: { value: "visits" } } }) },
    { name: "change", run: () => library.evaluateChange(records, { ...history, treated: ["t0", "t1", "t2", "t3"] }) },
    { name: "test plan", run: () => library.planTest(records, { account: "account", period: "month", outcome: "sales", alignment, count: 4, plannedPeriods: 12 }) },
    { name: "model of sales", run: () => library.modelSales(units, { outcome: "sales", drivers: { potential: "potential", work: "work" } }) },
    { name: "efficiency", run: () => library.measureEfficiency(units, { inputs: { work: "work", potential: "potential" }, outputs: { sales: "sales" } }) },
    { name: "drawn territories", run: () => library.drawTerritories(accounts, plan.alignment) },
    { name: "map", run: () => library.renderMap(accounts, plan) },
    { name: "report", run: () => library.renderReport({ accounts, plan }) },
  ]
}
