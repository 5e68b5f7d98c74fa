import { expect, test } from "vitest"
import { comparePerformance } from "../../src/performance/index.js"
import { createRandom } from "../../src/math/random.js"

test("twelve equal territories with 40 deals each: raw win rates mislead, shrunken ones and ranks do not", () => {
  const random = createRandom(4)
  const deals = Array.from({ length: 480 }, (_, i) => ({ territory: `t${String(i % 12).padStart(2, "0")}`, won: random() < 0.22 ? 1 : 0 }))
  const { territories } = comparePerformance(deals, { territory: "territory", kpis: { winRate: { numerator: "won", kind: "proportion" } } })
  const rates = territories.map(({ kpis }) => kpis.winRate)
  const raw = rates.map(({ value }) => value as number)
  expect(Math.max(...raw) - Math.min(...raw)).toBeGreaterThan(0.12)
  const shrunken = rates.map(({ shrunken: one }) => one?.value as number)
  expect(Math.max(...shrunken) - Math.min(...shrunken)).toBeLessThan(0.5 * (Math.max(...raw) - Math.min(...raw)))
  for (const { shrunken: one, rank, funnel, neededRows } of rates) {
    expect(one?.low).toBeLessThan(0.22)
    expect(one?.high).toBeGreaterThan(0.22)
    // of nobody it is certain to be in the better or the worse half
    expect([rank?.low, rank?.high]).toEqual([expect.toSatisfy((low: number) => low <= 6), expect.toSatisfy((high: number) => high >= 7)])
    expect(rank?.topQuarterChance).toBeGreaterThan(0.02)
    expect(Math.abs(funnel?.z as number)).toBeLessThan(3.1)
    // a fifth of 22 % in 80 % of cases: (2.8 / 0.2)^2 (1 - p) / p, about 700
    expect(neededRows).toBeGreaterThan(500)
    expect(neededRows).toBeLessThan(1000)
  }
})

test("a territory that is really better stands out: in rank, in the funnel and shrunken little", () => {
  const random = createRandom(5)
  const stores = Array.from({ length: 1200 }, (_, i) => ({ territory: `t${String(i % 12).padStart(2, "0")}`, sales: (i % 12 === 3 ? 15 : 10) + 2 * random() }))
  const { territories } = comparePerformance(stores, { territory: "territory", kpis: { sales: { numerator: "sales" } } })
  const star = territories[3].kpis.sales
  expect(star.rank).toEqual({ low: 1, high: 1, topQuarterChance: 1 })
  expect(star.shrunken?.value).toBeGreaterThan(15.5)
  expect(star.funnel?.z).toBeGreaterThan(10)
  expect(star.verdict).toBe("above")
  // limits are wider for the over-dispersed: with one outstanding territory winsorized away they are not
  expect((star.funnel?.limits998.high as number) - (star.funnel?.limits998.low as number)).toBeGreaterThan((star.funnel?.limits95.high as number) - (star.funnel?.limits95.low as number))
})

test("where a figure cannot be placed it says so, and what it would need", () => {
  const rows = [{ t: "a", y: 1, x: 1 }, { t: "a", y: 2, x: 1 }, { t: "b", y: 0, x: 0 }, { t: "c", y: 3, x: 2 }]
  const { territories } = comparePerformance(rows, { territory: "t", kpis: { k: { numerator: "y", denominator: "x" } } })
  for (const { kpis } of territories) {
    expect([kpis.k.shrunken, kpis.k.rank, kpis.k.funnel]).toEqual([null, null, null])
    expect(kpis.k.verdict).toBe("too little data")
    expect(kpis.k.neededRows).toBeGreaterThanOrEqual(10)
  }
  expect(JSON.stringify(territories)).not.toMatch(/NaN|Infinity/)
})
