import { expect, test } from "vitest"
import { classifyDensity, compareAlignments, comparePerformance } from "../../src/performance/index.js"

test("the example of compareAlignments gives what it says", () => {
  const accounts = [{ id: "a", x: 0, y: 0, sales: 1 }, { id: "b", x: 1, y: 0, sales: 1 }, { id: "c", x: 9, y: 0, sales: 2 }]
  const rows = (...ids: string[]) => ids.map((territoryId, i) => ({ accountId: accounts[i].id, territoryId }))
  const { moved, before, after } = compareAlignments(accounts, rows("t1", "t2", "t2"), rows("east", "east", "west"), { measures: { sales: "sales" } })
  expect(moved).toEqual([{ accountId: "b", from: "t2", to: "east" }])
  expect([before.measures.sales.imbalance, after.measures.sales.imbalance]).toEqual([0.5, 0])
})

test("the example of comparePerformance gives what it says", () => {
  const deals = [
    ...Array.from({ length: 60 }, (_, i) => ({ territory: "north", won: i < 12 ? 1 : 0 })),
    ...Array.from({ length: 60 }, (_, i) => ({ territory: "south", won: i < 40 ? 1 : 0 })),
  ]
  const { territories } = comparePerformance(deals, { territory: "territory", kpis: { winRate: { numerator: "won", kind: "proportion" } } })
  expect(territories.map((t) => `${t.id} ${t.kpis.winRate.verdict}`)).toEqual(["north below", "south above"])
})

test("the example of classifyDensity gives what it says", () => {
  const accounts = [{ id: "a", x: 0, y: 0 }, { id: "b", x: 1, y: 0 }, { id: "c", x: 50, y: 0 }]
  const { accounts: rows } = classifyDensity(accounts, { radius: 5, classes: ["rural", "urban"] })
  expect(rows.map((row) => row.class)).toEqual(["urban", "urban", "rural"])
})
