import { expect, test } from "vitest"
import { comparePerformance, evaluateChange, measureEfficiency, modelSales, pipelineVelocity, planTest, recommendActions, renderSlope, toCsv, toTable } from "../../src/index.js"

const ids = Array.from({ length: 16 }, (_, t) => `t${String(t).padStart(2, "0")}`)

test("what is to be done, before and after, a test plan, a model, a frontier and a pipeline are tables", () => {
  const deals = ids.flatMap((t, i) => Array.from({ length: 60 }, (_, d) => ({ t, s: d % 2 === 0 ? "u" : "r", won: d % 10 < (i === 0 ? 1 : 5) ? 1 : 0 })))
  const actions = recommendActions(comparePerformance(deals, { territory: "t", segment: "s", kpis: { winRate: { numerator: "won", kind: "proportion" } } }))
  expect(toTable(actions)).toMatch(/coach[^\n]*likeForLike\.index/)

  const history = ids.flatMap((t, i) => Array.from({ length: 8 }, (_, m) => ({ account: `a${t}`, month: `2025-0${m + 1}`, sales: 100 + 10 * i + ((7 * m * (i + 1)) % 5) })))
  const alignment = ids.map((territoryId) => ({ accountId: `a${territoryId}`, territoryId }))
  const rows = { account: "account", period: "month", outcome: "sales", alignment } as const
  const change = evaluateChange(history, { ...rows, treated: ids.slice(0, 4), changedAt: "2025-06" })
  expect(toCsv(change).split("\n").filter((line) => line.includes("2025-03"))).toHaveLength(16)
  // the same by hand, as a picture
  const drawn = change.slopes.map((slope) => ({ id: slope.territoryId, before: slope.before, after: slope.after, group: slope.isTreated ? "treated" : "control" }))
  expect(renderSlope(change, { highlight: ["treated"] })).toBe(renderSlope(drawn, { highlight: ["treated"] }))
  expect(toTable(planTest(history, { ...rows, treated: ids.slice(0, 4) }))).toContain("t00")

  const territories = ids.map((id, i) => ({ id, sales: 100 + ((7 * i) % 11) + 3 * i, potential: 50 + 2 * i }))
  expect(toTable(modelSales(territories, { outcome: "sales", drivers: { potential: "potential" } })).split("\n")).toHaveLength(18)
  expect(toCsv(measureEfficiency(territories, { inputs: { potential: "potential" }, outputs: { sales: "sales" } }))).toContain("peers")
  const pipeline = [{ t: "n", won: true, lost: false, v: 5, o: "2026-01-01", c: "2026-02-01" }, { t: "n", won: false, lost: true }]
  expect(toTable(pipelineVelocity(pipeline, { territory: "t", won: "won", lost: "lost", value: "v", opened: "o", closed: "c" }))).toMatch(/velocity/)
})
