import { expect, test } from "vitest"
import { createRandom } from "../../src/math/random.js"
import { caseChance } from "../../src/math/stats/case-chance.js"
import { partitionAccounts } from "../../src/partition/index.js"
import { comparePerformance, recommendActions, type Kpi } from "../../src/performance/index.js"
import { renderCaterpillar, renderFunnel, renderReport } from "../../src/report/index.js"

interface Unit {
  id: string
  won: number
  of: number
}
const winRate: Kpi<Unit> = { numerator: "won", denominator: "of", kind: "proportion" }
const count: Kpi<Unit> = { numerator: "won", denominator: "of", kind: "count" }
const ratio: Kpi<Unit> = { numerator: "won", denominator: "of" }

test("60 of 120 beside 30 of 300 in one row each: 420 cases are judged, and a warning says how", () => {
  const units = [{ id: "a", won: 60, of: 120 }, { id: "b", won: 30, of: 300 }]
  const { territories, warnings } = comparePerformance(units, { territory: "id", kpis: { winRate, count } })
  for (const kpi of ["winRate", "count"]) {
    expect(territories.map(({ kpis }) => [kpis[kpi].verdict, kpis[kpi].flag])).toEqual([["above", null], ["below", null]])
    expect(territories[0].kpis[kpi].comparedWith).toEqual({ value: 0.1, setAside: [] })
  }
  expect(warnings.map(({ code, path }) => `${code} ${path}`)).toEqual(["judged-from-sums kpis.winRate", "judged-from-sums kpis.count"])
  expect(warnings[0].message).toBe("kpis.winRate: 2 of 2 territories are judged from their sums, as if every case were independent of the others, for there are fewer than 10 rows; where those of one customer go together, give a row for each and name the customer as cluster")
})

test("exact tests of sums are those of all outcomes, counted one by one", () => {
  const choose = (n: number, k: number): number => (k < 0 || k > n ? 0 : Array.from({ length: k }, (_, i) => (n - i) / (i + 1)).reduce((product, one) => product * one, 1))
  let cases = 0
  for (let n = 1; n <= 7; n++) for (let m = 1; m <= 6; m++) for (let y = 0; y <= n; y++) for (let z = 0; z <= m; z++) {
    const chance = (k: number): number => (choose(n, k) * choose(m, y + z - k)) / choose(n + m, y + z)
    const tail = (of: (k: number) => boolean): number => Array.from({ length: n + 1 }, (_, k) => (of(k) ? chance(k) : 0)).reduce((sum, one) => sum + one, 0)
    const found = caseChance("proportion", { events: y, exposure: n }, { events: z, exposure: m })
    expect(found.atLeast).toBeCloseTo(tail((k) => k >= y), 11)
    expect(found.atMost).toBeCloseTo(tail((k) => k <= y), 11)
    cases++
    const share = n / (n + m)
    const binomial = (k: number): number => choose(y + z, k) * share ** k * (1 - share) ** (y + z - k)
    const counted = caseChance("count", { events: y, exposure: n }, { events: z, exposure: m })
    expect(counted.atLeast).toBeCloseTo(Array.from({ length: z + 1 }, (_, i) => binomial(y + i)).reduce((sum, one) => sum + one, 0), 11)
    expect(counted.atMost).toBeCloseTo(Array.from({ length: y + 1 }, (_, k) => binomial(k)).reduce((sum, one) => sum + one, 0), 11)
  }
  expect(cases).toBeGreaterThan(900)
  // Fisher's own example, the lady tasting tea, 1935: 3 of 4 against 1 of 4
  expect(caseChance("proportion", { events: 3, exposure: 4 }, { events: 1, exposure: 4 }).atLeast).toBeCloseTo(17 / 70, 12)
  // of millions the normal approximation: 3 standard errors
  const [n, m] = [4e6, 9e6]
  const events = Math.round(0.3 * n + 3 * Math.sqrt(0.3 * 0.7 * n * (m / (n + m)) ))
  expect(caseChance("proportion", { events, exposure: n }, { events: Math.round(0.3 * (n + m)) - events, exposure: m }).atLeast).toBeCloseTo(0.00135, 4)
})

test("of equal units in one row each hardly anybody is accused; one that wins half as much again is found", () => {
  const random = createRandom(12)
  const units = (k: number, rateOfFirst: number): Unit[] => Array.from({ length: k }, (_, t) => {
    const of = 150 + Math.floor(300 * random())
    let won = 0
    for (let i = 0; i < of; i++) if (random() < (t === 0 ? rateOfFirst : 0.25)) won++
    return { id: `u${String(t).padStart(2, "0")}`, won, of }
  })
  const runs = 25
  const accused = { winRate: 0, count: 0, found: 0, wrong: 0 }
  for (let run = 0; run < runs; run++) {
    const { territories } = comparePerformance(units(20, 0.25), { territory: "id", kpis: { winRate, count } })
    for (const kpi of ["winRate", "count"] as const) if (territories.some(({ kpis }) => kpis[kpi].verdict !== "consistent with chance")) accused[kpi]++
    const [first, ...others] = comparePerformance(units(20, 0.4), { territory: "id", kpis: { winRate } }).territories.map(({ kpis }) => kpis.winRate.verdict)
    if (first === "above") accused.found++
    if (others.some((verdict) => verdict !== "consistent with chance")) accused.wrong++
  }
  // 5 % are 1.25 of 25; 6 would be a fluke of 1 in 500. A count's variance is larger than that of yes or no
  expect(accused.winRate).toBeLessThan(6)
  expect(accused.count).toBeLessThanOrEqual(accused.winRate)
  expect(accused.found).toBeGreaterThan(0.7 * runs)
  expect(accused.wrong).toBeLessThan(7)
})

test("a unit of few rows beside many of many is judged by its sums alone; with clusters nobody is", () => {
  const random = createRandom(13)
  const rows = Array.from({ length: 241 }, (_, i) => {
    const of = 20
    let won = 0
    for (let c = 0; c < of; c++) if (random() < (i === 240 ? 0.9 : 0.3)) won++
    return { id: i === 240 ? "new" : `u${i % 8}`, won, of, account: `a${i}` }
  })
  const judged = comparePerformance(rows, { territory: "id", kpis: { winRate } })
  expect(judged.territories.map(({ id, kpis }) => `${id} ${kpis.winRate.verdict}`)[0]).toBe("new above")
  expect(judged.warnings.map(({ message }) => message)).toEqual([expect.stringContaining("kpis.winRate: 1 of 9 territories are judged from their sums")])
  const [fresh] = comparePerformance(rows, { territory: "id", kpis: { winRate }, cluster: "account" }).territories
  expect(fresh.kpis.winRate).toMatchObject({ verdict: "too little data", flag: "too-few-rows" })
})

test("where nobody can be judged that is what is said, everywhere, with what to do; not that nobody stands out", () => {
  const units = Array.from({ length: 5 }, (_, t) => ({ id: `u${t}`, won: 30 + t, of: 100 }))
  const blind = comparePerformance(units, { territory: "id", kpis: { ratio } })
  expect(blind.warnings.map(({ code, message }) => `${code} ${message}`)).toEqual([
    'rows-summed kpis.ratio: every territory has one row, which says nothing about chance, so none can be judged; where the numerator is a number of cases out of the denominator, say kind: "proportion"; where it counts events, kind: "count": then the sums are judged; else give a row for each deal or customer',
  ])
  const sentence = "None can be judged: too little data."
  expect(renderCaterpillar(blind, { kpi: "ratio" })).toContain(sentence)
  expect(renderFunnel(comparePerformance(few(4, 4), { territory: "id", kpis: { winRate } }), { kpi: "winRate" })).toContain(sentence)
  expect(page({ verdict: blind })).toContain(sentence)
  const both = page({ verdict: blind, actions: recommendActions(blind) })
  expect(both).toContain("Nothing can be said about ratio: there is too little data to judge any territory.")
  expect(both).not.toMatch(/No territory differs|None differs/)

  const some = comparePerformance([...few(30, 2), ...few(4, 2, "small")], { territory: "id", kpis: { winRate } })
  const partly = "None of the 2 that can be judged differs from the others by more than chance explains; 2 have too little data."
  expect(renderCaterpillar(some, { kpi: "winRate" })).toContain(partly)
  expect(renderFunnel(some, { kpi: "winRate" })).toContain(partly)
  expect(page({ verdict: some })).toContain(partly)
  expect(page({ verdict: some, actions: recommendActions(some) })).toContain("Nothing is to be done about winRate: of the territories that can be judged none is worse than chance explains, or nothing explains it; 2 have too little data.")
  expect(renderCaterpillar(comparePerformance(few(30, 3), { territory: "id", kpis: { winRate } }), { kpi: "winRate" })).toContain("None differs from the others by more than chance explains.")
})

const accounts = [{ id: "a", x: 0, y: 0, w: 1 }, { id: "b", x: 4, y: 0, w: 1 }]
const plan = partitionAccounts(accounts, { territories: 2, measures: { w: { value: "w" } } })

function page(parts: Pick<Parameters<typeof renderReport>[0], "verdict" | "actions">): string {
  return renderReport({ accounts, plan, ...parts })
}

/** Units with so many deals of their own rows, won by turns. */
function few(deals: number, units: number, name = "u"): Unit[] {
  return Array.from({ length: deals * units }, (_, i) => ({ id: `${name}${i % units}`, won: Math.floor(i / units) % 2, of: 1 }))
}
