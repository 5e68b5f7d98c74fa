// One rep has no stores, nine have from 69 % to 149 % of their share: a sales manager realigns North America. Run it with
// `npm run build && node examples/realign-adventureworks.js`. The company is fiction: AdventureWorks, Microsoft's sample.
import { mkdirSync, writeFileSync } from "node:fs"
import { compareAlignments, createExplainer, estimateWorkload, evaluateAlignment, partitionAccounts, renderReport, scoreAccounts, toTable, topMoves } from "equiterra"
import { loadReps, loadStates, loadStores } from "./load-adventureworks.js"

// 1. load: 541 stores and 10 reps; the 160 stores overseas have one rep per country, and stay as they are
const stores = loadStores()
const overseas = stores.filter(({ country }) => country !== "US" && country !== "CA")
const reps = loadReps().filter(({ country }) => country === "United States" || country === "Canada")
const tiers = { method: /** @type {const} */ ("account-share"), levels: [{ tier: "A", share: 0.2 }, { tier: "B", share: 0.3 }, { tier: "C", share: 0.5 }] }
const scored = scoreAccounts(stores.filter((store) => !overseas.includes(store)), { factors: { revenue: { value: "revenue", weight: 1 } }, tiers })
const { accounts } = estimateWorkload(scored.accounts, { visits: { A: 12, B: 6, C: 4 }, hoursPerVisit: { A: 2, B: 1.5, C: 1 }, travelHoursPerVisit: 1 })

// 2. today: what each rep has. Canada is served from Canada, and nobody else goes there
const current = accounts.map(({ id, rep }) => ({ accountId: id, territoryId: rep }))
const canadian = new Set(reps.filter(({ country }) => country === "Canada").map(({ name }) => name))
const rules = {
  territories: reps.map(({ name }) => ({ id: name })),
  measures: { workload: { value: "workload", tolerance: 0.1 }, revenue: { value: "revenue", tolerance: 0.1 } },
  eligible: (account, territory) => (account.country === "CA") === canadian.has(territory.id),
  current,
}
const columns = ["id", "accountCount", "workload.deviation", "revenue.deviation"]
const today = evaluateAlignment(accounts, current, rules)
console.log(`Today\n${toTable(today, { columns })}\n`)
for (const { message } of topMoves(accounts, today, { ...rules, count: 2 })) console.log(`A first step: ${message}`)

// 3. two wishes that cannot be: feasibility does not depend on places, so today's plan is asked, without a search
const jose = accounts.filter(({ rep }) => rep === "José Saraiva").map(({ id }) => id)
const wishes = [
  { title: "At most 10 % of revenue changes owner", ...rules, disruption: { weight: "revenue", maxMovedShare: 0.1 } },
  { title: "José Saraiva keeps all of his stores", ...rules, locked: jose },
]
const answers = wishes.map(({ title, ...wish }) => {
  const { infeasibility } = evaluateAlignment(accounts, current, wish)
  return { title, text: infeasibility?.message ?? "That can be.", items: infeasibility?.relaxations.map(({ message }) => message) ?? [] }
})
for (const { title, text, items } of answers) console.log(`\n${title}?\n${text}\n${items.map((item) => `- ${item}`).join("\n")}`)

// 4. what can be: 30 % of revenue may move, which is more than has to, and buys shorter ways
const options = { ...rules, disruption: { weight: "revenue", maxMovedShare: 0.3 }, starts: 2 }
const plan = partitionAccounts(accounts, options)
const share = (part) => `${(100 * part).toFixed(1)} %`
console.log(`\nProposed, with ${share(plan.disruption?.movedShare ?? 0)} of revenue moved and ${plan.violations.length} violations\n${toTable(plan, { columns })}\n`)

// 5. why: the largest store that changes owner, and the largest that stays with its rep although another one is nearer
const why = createExplainer(accounts, plan, options)
const owner = new Map(plan.alignment.map((row) => [row.accountId, row.territoryId]))
const largestFirst = [...accounts].sort((a, b) => b.revenue - a.revenue || (a.id < b.id ? -1 : 1))
const moved = largestFirst.find(({ id, rep }) => owner.get(id) !== rep)
const stays = largestFirst.find(({ id, rep }) => owner.get(id) === rep && why.explainAccount(id).decidedBy !== "nearest")
const reasons = [moved, stays].flatMap((store) => (store === undefined ? [] : [`${store.name} (${store.city}), today with ${store.rep}: ${why.explainAccount(store.id).message}`]))
console.log(reasons.join("\n"))

// 6. one page: before and after, who hands over what to whom, and the answers to the wishes
const comparison = compareAlignments(accounts, current, plan.alignment, { measures: { revenue: "revenue", workload: "workload" }, match: false, territories: { before: rules.territories } })
const notes = [
  "Fiction: AdventureWorks, the sample company of Microsoft. Bounds are 10 % around a tenth; at most 30 % of revenue may change owner.",
  ...answers,
  { title: "Why a store is where it is", items: reasons },
  { title: `${overseas.length} stores set aside`, text: "They are overseas, with one rep per country." },
]
mkdirSync("demo", { recursive: true })
writeFileSync("demo/adventureworks.html", renderReport({ title: "AdventureWorks: North America for ten reps", accounts, plan, before: current, comparison, notes, boundary: loadStates() }))
console.log("\nwritten: demo/adventureworks.html")
