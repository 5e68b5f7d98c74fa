// How long comparePerformance takes: 1,000,000 rows, 200 territories, 6 KPIs.
// npx tsup --no-dts --silent && node bench/performance.js [rows] [territories]
// Rows are made from a seed; one territory of the 200 wins a third more deals. Processor seconds are those of all threads.
import { comparePerformance, toTable } from "equiterra"
import { createRandom } from "./random.js"

const [rowCount, territoryCount] = [process.argv[2] ?? "1000000", process.argv[3] ?? "200"].map(Number)
const random = createRandom(1)

const rows = Array.from({ length: rowCount }, () => {
  const t = Math.floor(random() * territoryCount)
  return {
    territory: `t${t}`,
    tier: random() < 0.4 ? "large" : "small",
    won: random() < 0.22 * (t === 5 ? 1.33 : 1) ? 1 : 0,
    amount: Math.round(100 * Math.exp(6 + random() + random() + random())) / 100,
    before: Math.round(1e5 * random()) / 100,
    calls: 1 + Math.floor(random() * 8),
    days: 5 + Math.floor(random() * 90),
    visits: Math.floor(random() * 4),
    cost: Math.round(1e4 * random()) / 100,
  }
})

/** @type {Record<string, import("equiterra").Kpi<(typeof rows)[number]>>} */
const kpis = {
  winRate: { numerator: "won", kind: "proportion" },
  perDeal: { numerator: "amount", where: (row) => row.won === 1 },
  perCall: { numerator: "amount", denominator: "calls" },
  growth: { numerator: "amount", denominator: "before" },
  visits: { numerator: "visits", denominator: "days", kind: "count" },
  costPerWin: { numerator: "cost", denominator: "won", kind: "per-count", better: "lower" },
}

/** @type {[string, { segment?: string, resamples?: number }][]} */
const runs = [
  ["plain", {}],
  ["like for like", { segment: "tier" }],
  ["bootstrap, 2,000 resamples of 3 money ratios", { resamples: 2000 }],
]
const table = runs.map(([what, options]) => {
  const [start, processor] = [process.hrtime.bigint(), process.cpuUsage()]
  const { territories } = comparePerformance(rows, { territory: "territory", kpis, ...options })
  const used = process.cpuUsage(processor)
  const apart = territories.filter(({ kpis: own }) => own.winRate.verdict === "above" || own.winRate.verdict === "below").map(({ id }) => id)
  return { what, seconds: seconds(Number(process.hrtime.bigint() - start) / 1e9), "processor s": seconds((used.user + used.system) / 1e6), apart: apart.join(" ") }
})
console.log(`${rowCount} rows, ${territoryCount} territories, ${Object.keys(kpis).length} KPIs`)
console.log(toTable(table))

function seconds(value) {
  return Number(value.toFixed(1))
}
