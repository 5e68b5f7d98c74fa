// Sales territories for Iowa's liquor stores, from a file to a page. Run it with `npm run demo`.
import { mkdirSync, writeFileSync } from "node:fs"
import {
  alignByLists, checkCoverage, classifyDensity, compareAlignments, comparePerformance, estimateWorkload,
  evaluateAlignment, partitionAccounts, renderMap, renderReport, scoreAccounts, toTable,
} from "equiterra"
import { listZips, loadCounties, loadStores } from "./load-iowa.js"
const say = (text) => process.stderr.isTTY && process.stderr.write(`\r\x1b[K${text}`)

// 1. load: every store is either planned, or set aside and listed on the page
const stores = loadStores()
const [inactive, trading] = [stores.filter((store) => store.sales <= 0), stores.filter((store) => store.sales > 0)]
const [placeless, active] = [trading.filter((store) => store.longitude === undefined), trading.filter((store) => store.longitude !== undefined)]

// 2. score: what is an account worth, and why?
const scored = scoreAccounts(active, {
  factors: {
    sales: { value: "sales", weight: 5, transform: "log1p" },
    growth: { value: (store) => (store.sales2018 > 0 ? store.sales / store.sales2018 - 1 : null), weight: 2, tailShare: 0.02, missing: "neutral" },
    breadth: { value: "vendors", weight: 2 },
    recency: { value: "idleDays", weight: 1, direction: "lower", transform: "log1p" },
  },
  tiers: { method: "account-share", levels: [{ tier: "A", share: 0.2 }, { tier: "B", share: 0.3 }, { tier: "C", share: 0.5 }] },
})

// 3. workload: visits by tier times hours per visit; potential: the best year so far
const { accounts } = estimateWorkload(scored.accounts, { visits: { A: 26, B: 12, C: 6 }, hoursPerVisit: { A: 1.5, B: 1, C: 0.75 }, travelHoursPerVisit: 0.5 })

// 4. partition: 5 regions, then 24 territories, each within 5 % of a 24th of the state on both measures
const sizes = [5, 5, 5, 5, 4]
const regions = partitionAccounts(accounts, {
  territories: sizes.map((size, r) => ({ id: `region ${r + 1}`, share: size / 24 })),
  measures: { workload: { value: "workload", tolerance: 0.01 }, potential: { value: "bestYear", tolerance: 0.01 } },
  onProgress: ({ phase, start, starts }) => say(`5 regions: ${phase}, start ${start} of ${starts}`),
})
const total = (field) => accounts.reduce((sum, account) => sum + account[field], 0)
const within = (field) => ({ value: field, min: (0.95 * total(field)) / 24, max: (1.05 * total(field)) / 24 })
const regionOf = new Map(regions.alignment.map((row) => [row.accountId, row.territoryId]))
const alignment = sizes.flatMap((size, r) => partitionAccounts(accounts.filter((account) => regionOf.get(account.id) === `region ${r + 1}`), {
  territories: size,
  measures: { workload: within("workload"), potential: within("bestYear") },
  onProgress: ({ phase, start, starts }) => say(`region ${r + 1}: ${phase}, start ${start} of ${starts}`),
}).alignment.map((row) => ({ ...row, territoryId: `${r + 1}.${row.territoryId.slice(1)}` })))
const plan = evaluateAlignment(accounts, alignment, { territories: 24, measures: { workload: { value: "workload" }, potential: { value: "bestYear" } } })

// 5. coverage: of the plan, and of what exists: lists of ZIP codes from 2018, two of which were merged badly since
const existing = alignByLists(accounts, { field: "zip", lists: listZips(stores) })
const severity = { revenue: "sales", workload: "workload" }
const audit = (title, { alignment, territories }) => ({ title, result: checkCoverage(accounts, alignment, { territories, measures: severity }) })
const coverage = [audit("Proposed plan", plan), audit("Existing ZIP lists", existing)]

// 6. compare: both alignments, and the territories' performance when chance is taken into account
const comparison = compareAlignments(accounts, existing.alignment, plan.alignment, { measures: { ...severity, potential: "bestYear" } })
const density = classifyDensity(accounts).accounts.map((row) => row.class)
const records = accounts.map((account, i) => ({ ...account, territoryId: plan.alignment[i].territoryId, density: density[i] }))
const verdict = comparePerformance(records, {
  territory: "territoryId", segment: "density",
  kpis: {
    "growth 2018-2021": { numerator: "sales", denominator: "sales2018", where: (store) => store.sales2018 > 0 },
    "revenue per order day": { numerator: "sales", denominator: "orderDays" },
  },
})

// 7. one page that opens from disk
const list = (title, text, items) => ({ title: `${items.length} ${title}`, text, items: items.map((store) => `${store.id} ${store.name}, ${store.city}`) })
const boundary = loadCounties()
mkdirSync("demo", { recursive: true })
const regionRows = sizes.map((_, r) => ({ id: `region ${r + 1}`, territoryIds: plan.territories.map(({ id }) => id).filter((id) => id.startsWith(`${r + 1}.`)) }))
writeFileSync("demo/index.html", renderReport({
  title: "Iowa in 24 territories", accounts, plan, before: existing.alignment, coverage, comparison, verdict, boundary, regions: regionRows,
  notes: ["Source: State of Iowa, data.iowa.gov, m3tr-qhgy: wholesale spirits purchases of licensed stores, aggregated to one row per store.",
    list("stores set aside: no purchases in 2021", "They have no workload and no sales to share out.", inactive),
    list("store set aside: no coordinates", "It cannot be put on a map; assign it by hand.", placeless)],
}))
writeFileSync("demo/before.svg", renderMap(accounts, existing.alignment, { boundary, width: 640 }))
writeFileSync("demo/after.svg", renderMap(accounts, plan.alignment, { boundary, width: 640 }))
say("")
console.log(toTable(plan, { columns: ["id", "accountCount", "workload.activity", "workload.deviation", "potential.activity", "potential.deviation"] }))
console.log(`${plan.violations.length} violations; written: demo/index.html, demo/before.svg, demo/after.svg`)
