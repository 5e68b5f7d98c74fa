import { expect, test } from "vitest"
import * as equiterra from "../src/index.js"

const accounts = Array.from({ length: 12 }, (_, i) => ({ id: `a${i}`, x: i % 4, y: Math.floor(i / 4), hours: 1 + (i % 3), zip: i < 6 ? "1" : "2", name: `shop ${i}` }))
const measures = { hours: { value: "hours" } }
const alignment = accounts.map((account, i) => ({ accountId: account.id, territoryId: i < 6 ? "n" : "s" }))
const records = accounts.flatMap(({ id, hours }, i) => ["2020", "2021", "2022", "2023"].map((year, y) => ({ id, year, sales: 10 * hours + ((3 * i + 5 * y) % 7) })))
const history = { account: "id", period: "year", outcome: "sales", alignment: accounts.map(({ id }) => ({ accountId: id, territoryId: id })) }
const lists = { n: ["1"], s: ["2"] }

/** Every option of every stage, each with a value that none of them would take. */
const POLLUTION = [
  "territories", "compactness", "centers", "seed", "starts", "maxIterations", "timeLimitMs", "certificate", "onProgress", "current", "events", "disruption", "locked",
  "eligible", "together", "adjacency", "signal", "tolerance", "min", "max", "share", "center", "centerFixed", "weight", "power", "match", "measures", "segment",
  "minimumRows", "falseDiscoveryRate", "denominator", "where", "kind", "radius", "classes", "cuts", "title", "width", "height", "boundary", "projection", "size",
  "names", "colors", "areas", "labels", "legend", "maxDots", "idPrefix", "columns", "raw", "newline", "bom", "maxRows", "maxWidth", "properties", "notes", "regions",
  "accountIds", "exact", "count", "swaps", "map", "within", "margin", "digest", "before", "coverage", "comparison", "verdict", "tiers", "scale", "model", "transform", "direction", "low", "high",
  "treated", "controls", "changedAt", "periodLength", "exposure", "partial", "yearToDate", "seasons", "falseAlarmRate", "candidates", "exclude", "controlsPerTreated", "levelWeight", "plannedPeriods", "effect",
  "better", "group", "verdict", "highlight", "beforeLabel", "afterLabel", "rowHeight",
  "errorControl", "resamples", "indexed", "cautions", "id", "kpi", "capacity", "elasticity", "capacityPerHead",
  "outcome", "drivers", "form", "inputs", "outputs", "returns", "orientation", "assurance",
]

function everything(): string {
  const plan = equiterra.partitionAccounts(accounts, { territories: [{ id: "n" }, { id: "s" }], measures })
  const performance = equiterra.comparePerformance(accounts, { territory: "zip", kpis: { hours: { numerator: "hours" } } })
  const results = [
    plan,
    equiterra.evaluateAlignment(accounts, alignment, { territories: 2, measures }),
    equiterra.assignAccounts(plan, [{ ...accounts[0], id: "new" }]),
    equiterra.checkDrift(plan, accounts, { measures }),
    equiterra.explainPlan(accounts, plan, { territories: [{ id: "n" }, { id: "s" }], measures, accountIds: ["a0"] }),
    equiterra.createExplainer(accounts, plan, { territories: [{ id: "n" }, { id: "s" }], measures }).explainAccount("a1"),
    equiterra.topMoves(accounts, plan, { territories: [{ id: "n" }, { id: "s" }], measures }),
    equiterra.scoreAccounts(accounts, { factors: { hours: { value: "hours" } } }),
    equiterra.estimateWorkload(accounts, { visits: 2, hoursPerVisit: "hours" }),
    equiterra.checkCoverage(accounts, alignment, {}),
    equiterra.alignByLists(accounts, { field: "zip", lists }),
    equiterra.compareAlignments(accounts, alignment, plan.alignment, {}),
    performance,
    equiterra.recommendActions(performance),
    equiterra.modelSales(accounts, { outcome: "hours", drivers: { east: "x", north: "y" }, form: "linear" }),
    equiterra.evaluateChange(records, { ...history, treated: ["a0", "a1", "a2"], changedAt: "2023" }),
    equiterra.planTest(records, { ...history, count: 3 }),
    equiterra.classifyDensity(accounts, Object.assign(Object.create(null) as object, { radius: 2 })),
    equiterra.renderMap(accounts, alignment, {}),
    equiterra.renderReport({ accounts, plan }),
    equiterra.renderFunnel(performance, { kpi: "hours" }),
    equiterra.renderCaterpillar(performance, { kpi: "hours" }),
    equiterra.renderSlope([{ id: "n", before: 1, after: 2 }, { id: "s", before: null, after: 1 }], {}),
    equiterra.toCsv(alignment, {}),
    equiterra.toTable(alignment, {}),
  ]
  return JSON.stringify(results)
}

test("what a polluted Object.prototype adds is no option of any stage", () => {
  const clean = everything()
  for (const key of POLLUTION) Object.defineProperty(Object.prototype, key, { value: "polluted", configurable: true, writable: true })
  let polluted
  try {
    polluted = everything()
  } finally {
    for (const key of POLLUTION) Reflect.deleteProperty(Object.prototype, key)
  }
  expect(polluted).toBe(clean)
})
