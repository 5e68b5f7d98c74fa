// Sales territories for Iowa's liquor stores, from a CSV file to a page. Run it with `npm run demo`.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { parse } from "csv-parse/sync"
import { feature } from "topojson-client"
import {
  alignByLists, checkCoverage, classifyDensity, compareAlignments, comparePerformance, estimateWorkload,
  evaluateAlignment, partitionAccounts, renderReport, scoreAccounts, toTable,
} from "equiterra"

const read = (path) => readFileSync(new URL(path, import.meta.url), "utf8")
const say = (text) => process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${text}` : "")

// 1. load: every row is either planned, or set aside and listed on the page
const stores = parse(read("data/iowa-stores.csv"), { columns: true, bom: true }).map((row) => ({
  id: row.store, name: row.name, city: row.city, zip: row.zip,
  ...(row.lng === "" ? {} : { longitude: Number(row.lng), latitude: Number(row.lat) }),
  sales: Number(row.sales_2021), sales2018: Number(row.sales_2018), orderDays: Number(row.order_days_2021),
  bestYear: Math.max(...[2018, 2019, 2020, 2021].map((year) => Number(row[`sales_${year}`]))),
  vendors: Number(row.vendors_2021), idleDays: row.last_order_2021 === "" ? null : (Date.parse("2021-12-31") - Date.parse(row.last_order_2021)) / 864e5,
}))
const inactive = stores.filter((store) => store.sales <= 0)
const placeless = stores.filter((store) => store.sales > 0 && store.longitude === undefined)
const active = stores.filter((store) => store.sales > 0 && store.longitude !== undefined)

// 2. score: what is an account worth to us, and how do we know?
const scored = scoreAccounts(active, {
  factors: {
    sales: { value: "sales", weight: 5, transform: "log1p" },
    growth: { value: (store) => (store.sales2018 > 0 ? store.sales / store.sales2018 - 1 : null), weight: 2, tailShare: 0.02, missing: "neutral" },
    breadth: { value: "vendors", weight: 2 },
    recency: { value: "idleDays", weight: 1, direction: "lower" },
  },
  tiers: { method: "account-share", levels: [{ tier: "A", share: 0.2 }, { tier: "B", share: 0.3 }, { tier: "C", share: 0.5 }] },
})

// 3. workload from visits by tier, potential from the best year so far
const work = estimateWorkload(scored.accounts, { visits: { A: 26, B: 12, C: 6 }, hoursPerVisit: { A: 1.5, B: 1, C: 0.75 }, travelHoursPerVisit: 0.5, hoursPerYear: 1500 })
const accounts = work.accounts
const measures = { workload: { value: "workload" }, potential: { value: "bestYear" } }

// 4. partition: 5 regions of 5, 5, 5, 5 and 4 territories, each within 5 % of a 24th of the state on both measures
const sizes = [5, 5, 5, 5, 4]
const tight = Object.fromEntries(Object.entries(measures).map(([name, measure]) => [name, { ...measure, tolerance: 0.01 }]))
const regionSpecs = sizes.map((size, r) => ({ id: `region ${r + 1}`, share: size / 24 }))
const regions = partitionAccounts(accounts, { territories: regionSpecs, measures: tight, onProgress: (p) => say(`regions: ${p.phase}`) })
const bounds = Object.fromEntries(Object.entries(measures).map(([name, measure]) => {
  const target = accounts.reduce((sum, account) => sum + account[measure.value], 0) / 24
  return [name, { ...measure, min: 0.95 * target, max: 1.05 * target }]
}))
const regionOf = new Map(regions.alignment.map((row) => [row.accountId, row.territoryId]))
const parts = regionSpecs.map(({ id }, r) => partitionAccounts(
  accounts.filter((account) => regionOf.get(account.id) === id),
  { territories: sizes[r], measures: bounds, onProgress: (p) => say(`${id}: ${p.phase} ${p.start}/${p.starts}`) },
))
const alignment = parts.flatMap((part, r) => part.alignment.map((row) => ({ ...row, territoryId: `${r + 1}.${row.territoryId.slice(1)}` })))
const plan = evaluateAlignment(accounts, alignment, { territories: 24, measures })

// 5. coverage: of the new plan, and of an existing one: lists of the ZIP codes that traded in 2018, one list per ZIP-3
const lists = {}
for (const { zip } of stores.filter((store) => store.sales2018 > 0)) (lists[`ZIP ${zip.slice(0, 3)}`] ??= new Set()).add(zip)
for (const zip of [...lists["ZIP 501"]].slice(0, 4)) lists["ZIP 500"].add(zip) // a merger left four ZIP codes on two lists
const existing = alignByLists(accounts, { field: "zip", lists: Object.fromEntries(Object.entries(lists).map(([id, zips]) => [id, [...zips]])) })
const severity = { revenue: "sales", workload: "workload" }
const coverage = [
  { title: "The proposed plan", result: checkCoverage(accounts, plan.alignment, { territories: plan.territories, measures: severity }) },
  { title: "The existing ZIP lists", result: checkCoverage(accounts, existing.alignment, { territories: existing.territories, measures: severity }) },
]

// 6. compare: the two alignments, and how the territories perform when chance is taken into account
const comparison = compareAlignments(accounts, existing.alignment, plan.alignment, { measures: { workload: "workload", potential: "bestYear", revenue: "sales" } })
const density = classifyDensity(accounts)
const owner = new Map(plan.alignment.map((row) => [row.accountId, row.territoryId]))
const records = accounts.map((account, i) => ({ ...account, territoryId: owner.get(account.id), density: density.accounts[i].class }))
const verdict = comparePerformance(records, {
  territory: "territoryId", segment: "density",
  kpis: {
    "growth 2018-2021": { numerator: "sales", denominator: "sales2018", where: (store) => store.sales2018 > 0 },
    "revenue per order day": { numerator: "sales", denominator: "orderDays" },
  },
})

// 7. one page, no network needed
const atlas = JSON.parse(read("../node_modules/us-atlas/counties-10m.json"))
const boundary = { type: "FeatureCollection", features: feature(atlas, atlas.objects.counties).features.filter((county) => county.id.startsWith("19")) }
const list = (title, text, items) => ({ title: `${items.length.toLocaleString("en-US")} ${title}`, text, items: items.map((store) => `${store.id} ${store.name}, ${store.city}`) })
mkdirSync("demo", { recursive: true })
writeFileSync("demo/index.html", renderReport({
  title: "Iowa in 24 territories", accounts, plan, before: existing.alignment, coverage, comparison, verdict, boundary,
  notes: [
    "Wholesale spirits purchases of licensed stores, State of Iowa open data (data.iowa.gov, m3tr-qhgy), aggregated to one row per store.",
    list("inactive stores set aside", "No purchases in 2021.", inactive), list("store without coordinates set aside", "It cannot be put on a map.", placeless),
  ],
}))
say("")
console.log(toTable(plan, { columns: ["id", "accountCount", "workload.activity", "workload.deviation", "potential.activity", "potential.deviation"] }))
console.log({ imbalance: plan.imbalance, violations: plan.violations.length, gap: plan.certificate.gap })
