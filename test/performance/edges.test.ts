import fc from "fast-check"
import { expect, test } from "vitest"
import { createRandom } from "../../src/math/random.js"
import { listTreatedSets } from "../../src/math/stats/treated-sets.js"
import { wilsonInterval } from "../../src/math/stats/wilson-interval.js"
import { findNeeds } from "../../src/performance/change/judge-change.js"
import { setAside } from "../../src/performance/compare/set-aside.js"
import { sumDistance } from "../../src/performance/compare/test-sums.js"
import { solveEnvelopment, type Technology } from "../../src/performance/efficiency/solve-envelopment.js"
import { comparePerformance, evaluateChange, planTest, type Kpi } from "../../src/performance/index.js"
import { kpiValue } from "../../src/performance/kpi-value.js"
import { caught } from "../helpers/caught.js"

test("two rates lie apart by the textbook's standard errors, and the farther in them the sooner one is set aside", () => {
  // 60 of 120 against 30 of 300: z = (0.5 - 0.1) / sqrt(p (1 - p) (1 / 120 + 1 / 300)), p = 90 / 420
  const z = 0.4 / Math.sqrt((90 / 420) * (330 / 420) * (1 / 120 + 1 / 300))
  expect(sumDistance("proportion", { events: 60, exposure: 120 }, { events: 30, exposure: 300 })).toBeCloseTo(z, 12)
  expect(sumDistance("count", { events: 30, exposure: 300 }, { events: 60, exposure: 120 })).toBeCloseTo(-0.4 / Math.sqrt((90 / 420) * (1 / 120 + 1 / 300)), 12)
  expect([sumDistance("count", { events: 0, exposure: 5 }, { events: 0, exposure: 5 }), sumDistance("count", { events: 1, exposure: 0 }, { events: 1, exposure: 5 })]).toEqual([0, 0])

  const events = [100, 104, 96, 101, 99, 103, 200, 40]
  for (const isInverse of [false, true]) {
    const groups = events.map((own) => ({ events: own, exposure: 1000 }))
    const cases = { law: "count", isInverse, groups, effects: events.map(() => 1), isBySums: events.map(() => true) } as const
    const rows = { numerators: new Float64Array(8), denominators: new Float64Array(8), starts: Int32Array.from({ length: 9 }, (_, g) => g) }
    const { aside, distances } = setAside(rows, [...events.keys()], cases)
    expect(aside).toEqual([6, 7])
    // from the six that are left, of 603 events in 6,000
    distances.slice(6).forEach((own, i) => expect(own).toBeCloseTo((isInverse ? -1 : 1) * sumDistance("count", groups[6 + i], { events: 603, exposure: 6000 }), 9))
  }
})

test("a proportion of amounts that are no whole numbers is not judged from its sums, a count in a broken exposure is", () => {
  const units = (part: number) => [{ id: "a", won: 60 + part, of: 120 + part }, { id: "b", won: 30, of: 300 }]
  const judge = (kind: "proportion" | "count", part: number): string[] =>
    comparePerformance(units(part), { territory: "id", kpis: { rate: { numerator: kind === "count" ? (row) => Math.floor(row.won) : "won", denominator: "of", kind } } }).territories.map(({ kpis }) => kpis.rate.verdict)
  expect([judge("proportion", 0), judge("proportion", 0.5)]).toEqual([["above", "below"], ["too little data", "too little data"]])
  expect([judge("count", 0), judge("count", 0.5)]).toEqual([["above", "below"], ["above", "below"]])
})

test("an amount for each event may be 0 and no less", () => {
  const perOrder = (numerator: number) => comparePerformance([{ t: "a", amount: numerator, orders: 2 }, { t: "b", amount: 5, orders: 1 }], { territory: "t", kpis: { size: { numerator: "amount", denominator: "orders", kind: "per-count" } } })
  expect(perOrder(0).territories[0].kpis.size).toMatchObject({ value: 0, numerator: 0 })
  expect(caught(() => perOrder(-1)).issues.map(({ code }) => code)).toEqual(["kpi-negative"])
})

test("the unit of an amount does not matter, however small amounts are in it", () => {
  const random = createRandom(3)
  const rows = Array.from({ length: 240 }, (_, i) => ({ t: `t${i % 6}`, amount: (i % 6 === 0 ? 1.6 : i % 6 === 1 ? 0.5 : 1) * (0.5 + random()) }))
  const verdicts = (unit: number): string[] => comparePerformance(rows.map(({ t, amount }) => ({ t, amount: amount * unit })), { territory: "t", kpis: { amount: { numerator: "amount" } } }).territories.map(({ kpis }) => kpis.amount.verdict)
  expect(verdicts(1).slice(0, 2)).toEqual(["above", "below"])
  for (const unit of [2 ** -30, 2 ** 30]) expect(verdicts(unit)).toEqual(verdicts(1))
})

test("an index is the figure in units of all together, with all that is said of it", () => {
  const random = createRandom(4)
  const rows = Array.from({ length: 200 }, (_, i) => ({ t: `t${i % 5}`, won: random() < 0.2 + 0.1 * (i % 5) ? 1 : 0 }))
  const won: Kpi<(typeof rows)[number]> = { numerator: "won", kind: "proportion" }
  const { territories } = comparePerformance(rows, { territory: "t", kpis: { won, index: { ...won, indexed: true } } })
  const whole = rows.reduce((sum, row) => sum + row.won, 0) / rows.length
  for (const { kpis } of territories) {
    for (const part of ["value", "low", "high"] as const) expect(kpis.index.shrunken?.[part]).toBeCloseTo((100 * (kpis.won.shrunken?.[part] ?? NaN)) / whole, 9)
    expect(kpis.index.value).toBeCloseTo((100 * (kpis.won.value as number)) / whole, 9)
    expect(kpis.index.verdict).toBe(kpis.won.verdict)
  }
})

test("what is no list of regions is one issue", () => {
  for (const regions of ["west", 5, {}, null]) {
    expect(caught(() => comparePerformance([{ t: "a", y: 1 }], { territory: "t", kpis: { y: { numerator: "y" } }, regions: regions as never })).issues.map(({ path, code }) => `${path} ${code}`)).toEqual(["regions option-type"])
  }
})

test("cases that go together are worth fewer, and still fewer where that is known from few degrees of freedom", () => {
  const of = (effect: number, widening: number) =>
    kpiValue({ kind: "proportion", isExact: false, isClustered: true, numerators: Float64Array.of(3, 4, 1, 5, 2, 3), denominators: new Float64Array(6).fill(10), starts: Int32Array.of(0, 6), rowStarts: Int32Array.of(0, 60), effects: { all: effect, groups: Float64Array.of(effect), degrees: 5 }, widening }, 0, { minimumRows: 10, bootstrap: null, seed: 0 }, []).interval
  for (const [effect, widening] of [[1, 1.5], [2, 1], [2, 1.5]]) {
    const worth = effect === 1 ? 1 : effect * widening
    expect(of(effect, widening)).toEqual({ low: expect.closeTo(wilsonInterval(18 / worth, 60 / worth).low, 12) as number, high: expect.closeTo(wilsonInterval(18 / worth, 60 / worth).high, 12) as number })
  }
})

test("efficient mixtures hold what a unit has, shrunk or grown, and with slacks exactly that; either way round it is as efficient", () => {
  const numbers = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 8, maxLength: 8 })
  let slack = 0
  fc.assert(fc.property(numbers, numbers, numbers, numbers, (a, b, c, d) => {
    const technology = (isInput: boolean): Technology => ({ n: 8, inputs: [Float64Array.from(a), Float64Array.from(b)], outputs: [Float64Array.from(c), Float64Array.from(d)], conditions: [], isVariable: false, isInput })
    for (let unit = 0; unit < 8; unit += 3) {
      const [shrunk, grown] = [solveEnvelopment(technology(true), unit), solveEnvelopment(technology(false), unit)]
      for (const [found, isInput] of [[shrunk, true], [grown, false]] as const) {
        if (found === null) throw new Error("not solved")
        const mixture = (values: readonly number[]): number => values.reduce((sum, value, j) => sum + value * found.lambdas[j], 0)
        const factor = isInput ? found.efficiency : 1 / found.efficiency
        ;[a, b].forEach((own, r) => expect(mixture(own) + found.slacks[r]).toBeCloseTo((isInput ? factor : 1) * own[unit], 6))
        ;[c, d].forEach((own, r) => expect(mixture(own) - found.slacks[2 + r]).toBeCloseTo((isInput ? 1 : factor) * own[unit], 6))
        slack += Math.max(...found.slacks)
      }
      // at constant returns
      expect(shrunk?.efficiency).toBeCloseTo(grown?.efficiency ?? NaN, 6)
      expect(shrunk?.efficiency).toBeLessThan(1 + 1e-9)
    }
  }), { numRuns: 25, seed: 3 })
  expect(slack).toBeGreaterThan(1)
})

test("so many controls are asked for as are enough, and one fewer would not be", () => {
  for (const [treated, controls, level] of [[3, 3, 0.05], [4, 3, 0.01], [5, 4, 0.005], [3, 8, 0.001], [6, 5, 0.001]]) {
    const sets = (more: number) => listTreatedSets(treated + more, treated, 1e6, 0)
    const needed = Number(/needs (\d+) controls/.exec(findNeeds(treated, controls, sets(controls), level) ?? "")?.[1])
    expect([findNeeds(treated, needed, sets(needed), level), findNeeds(treated, needed - 1, sets(needed - 1), level) === null]).toEqual([null, false])
  }
})

/** Two accounts a territory, of figures that grow a little; `since` and `factor` for the first four. */
const months = Array.from({ length: 24 }, (_, m) => `${2020 + Math.floor(m / 12)}-${String((m % 12) + 1).padStart(2, "0")}`)
const panel = (count: number, of: readonly string[] = months) => {
  const random = createRandom(6)
  return Array.from({ length: count }, (_, t) => of.map((month, p) => ({ store: `s${t}`, month, sales: (100 + t) * (1 + 0.01 * p + 0.1 * random()) * (t < 4 && p >= 12 ? 1.2 : 1) }))).flat()
}
const alignmentOf = (count: number) => Array.from({ length: count }, (_, t) => ({ accountId: `s${t}`, territoryId: `t${t}` }))
const fields = { account: "store", period: "month", outcome: "sales" } as const

test("a planned test takes a third of the history, a period at least and a year at most, and is fitted with the trend that the paths have", () => {
  const treated = ["t0", "t1", "t2", "t3"]
  for (const [periods, planned] of [[4, 1], [5, 1], [6, 2], [11, 3], [24, 8]]) {
    expect(planTest(panel(9, months.slice(0, periods)), { ...fields, alignment: alignmentOf(9), treated }).plannedPeriods).toBe(planned)
  }
  const long = Array.from({ length: 48 }, (_, m) => `${2018 + Math.floor(m / 12)}-${String((m % 12) + 1).padStart(2, "0")}`)
  expect(planTest(panel(9, long), { ...fields, alignment: alignmentOf(9), treated }).plannedPeriods).toBe(12)

  // treated paths gain 2 % a period on all others
  const rows = panel(9).map((row) => ({ ...row, sales: 100 * (Number(row.store.slice(1)) < 4 ? 1.02 : 1) ** months.indexOf(row.month) }))
  const { fit } = planTest(rows, { ...fields, alignment: alignmentOf(9), treated, transform: "log" })
  expect(fit?.slopeDifference).toBeCloseTo(Math.log(1.02), 9)
  expect(fit?.pValue).toBeLessThan(0.05)
})

test("the change of a territory is that of its level; accounts that did not move contaminate nothing, and of nothing there is no share", () => {
  const options = { ...fields, alignment: alignmentOf(9), treated: ["t0", "t1", "t2", "t3"], changedAt: "2021-01" }
  const { slopes, warnings, contamination } = evaluateChange(panel(9), { ...options, before: alignmentOf(9) })
  expect(slopes).toHaveLength(9)
  for (const { before, after, change } of slopes) expect(change).toBeCloseTo((after as number) / (before as number) - 1, 12)
  expect([contamination?.share, warnings.filter(({ code }) => code === "contaminated")]).toEqual([0, []])
  const moved = alignmentOf(9).map((row) => (row.accountId === "s0" ? { ...row, territoryId: "t8" } : row))
  const mixed = evaluateChange(panel(9), { ...options, before: moved })
  expect([mixed.contamination?.accountCount, mixed.warnings.some(({ code }) => code === "contaminated")]).toEqual([1, true])
  const nothing = panel(9).map((row) => (row.month < "2021" ? { ...row, sales: 0 } : row))
  expect(evaluateChange(nothing, { ...options, before: moved }).contamination).toMatchObject({ accountCount: 1, share: null })
})

test("rows that hang together are found where there are two territories", () => {
  const random = createRandom(9)
  const rows = Array.from({ length: 60 }, (_, a) => {
    const common = random() < 0.3 ? 1 : 0
    return Array.from({ length: 5 }, () => ({ t: a < 30 ? "a" : "b", accountId: `c${a}`, won: random() < 0.8 ? common : random() < 0.3 ? 1 : 0 }))
  }).flat()
  expect(comparePerformance(rows, { territory: "t", kpis: { won: { numerator: "won", kind: "proportion" } } }).warnings.map(({ code }) => code)).toContain("rows-clustered")
})
