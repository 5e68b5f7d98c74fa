// A plan of 2018 meets the stores of 2021: new stores find their place, balance is judged, and what is left to mend is mended with
// at most a tenth of sales changing hands. Run it with `npm run build && node examples/realign-iowa.js`.
import { mkdirSync, writeFileSync } from "node:fs"
import { assignAccounts, checkDrift, compareAlignments, evaluateAlignment, explainPlan, partitionAccounts, renderReport, topMoves } from "equiterra"
import { loadCounties, loadStores } from "./load-iowa.js"

// 1. the plan of 2018: twelve territories with equal sales, stored as JSON
const stores = loadStores().filter((store) => store.longitude !== undefined)
const then = stores.filter((store) => store.sales2018 > 0).map((store) => ({ ...store, sales: store.sales2018 }))
const planned = { territories: 12, measures: { sales: { value: "sales" } } }
const stored = JSON.stringify(partitionAccounts(then, { ...planned, starts: 2 }))

// 2. stores that opened since go where that plan would have put them; nobody else moves
const today = stores.filter((store) => store.sales > 0)
const opened = today.filter((store) => !(store.sales2018 > 0))
const { plan: grown, placements } = assignAccounts(JSON.parse(stored), opened, { ...planned, within: "bounds" })
const diverted = placements.filter(({ isDiverted }) => isDiverted).length
console.log(`${opened.length} stores opened since 2018; ${diverted} of them go to their second choice or later, because the first is full`)

// 3. does it still balance? A territory may miss its bounds by 1 % of its target before that is called drift
const drift = checkDrift(grown, today, { ...planned, margin: 0.01 })
console.log(drift.message)

// 4. realign: visits are to be shared out as well now, and at most 10 % of sales may change hands
const trading = new Set(today.map(({ id }) => id))
const current = grown.alignment.filter(({ accountId }) => trading.has(accountId))
const options = {
  territories: grown.territories.map(({ id, center }) => ({ id, center })),
  measures: { sales: { value: "sales" }, visits: { value: "orderDays" } },
  current,
  disruption: { weight: "sales", maxMovedShare: 0.1 },
  starts: 1,
}
const before = evaluateAlignment(today, current, options)
const plan = partitionAccounts(today, options)
const { movedCount = 0, movedShare = 0 } = plan.disruption ?? {}
const moves = `${movedCount} of ${current.length} stores with ${(100 * movedShare).toFixed(1)} % of sales change hands`
console.log(`\nBefore: ${before.violations.length} of 24 bounds are broken. After: ${plan.violations.length}; ${moves}.`)
const better = topMoves(today, plan, { ...options, count: 3, swaps: true }).map(({ message }) => message)
console.log(better.length === 0 ? "No move or swap would better that." : better.join("\n"))

// 5. why: a store that moves, what the territories' bounds cost, what a wider tolerance would save
const owner = new Map(current.map((row) => [row.accountId, row.territoryId]))
const [largest] = plan.alignment.filter(({ accountId, territoryId }) => owner.get(accountId) !== territoryId)
  .map(({ accountId }) => today.find(({ id }) => id === accountId)).sort((a, b) => (b?.sales ?? 0) - (a?.sales ?? 0))
const why = explainPlan(today, plan, { ...options, accountIds: largest === undefined ? [] : [largest.id] })
const reasons = [...why.accounts, ...why.tolerances].map(({ message }) => message)
console.log(reasons.map((reason) => `- ${reason}`).join("\n"))

// 6. one page: before and after, and what the steps found
const comparison = compareAlignments(today, current, plan.alignment, { measures: { sales: "sales", visits: "orderDays" }, match: false })
const notes = [
  "Source: State of Iowa, data.iowa.gov, m3tr-qhgy: wholesale spirits purchases of licensed stores, aggregated to one row per store.",
  { title: "The plan of 2018, today", text: drift.message, items: drift.territories.map(({ message }) => message) },
  { title: "Why", text: `${moves}; 10 % may.`, items: reasons },
]
mkdirSync("demo", { recursive: true })
writeFileSync("demo/iowa-realigned.html", renderReport({ title: "Iowa: the plan of 2018 realigned", accounts: today, plan, before, comparison, notes, boundary: loadCounties() }))
console.log("\nwritten: demo/iowa-realigned.html")
