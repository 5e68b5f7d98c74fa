import { expect, test } from "vitest"
import { byarInterval } from "../../src/math/stats/count-interval.js"
import { createRandom } from "../../src/math/random.js"
import { comparePerformance, type KpiVerdict, type PerformanceOptions } from "../../src/performance/index.js"

// the long tables are printed by bench/calibration.js; here are small ones of the same, with room for the luck of few runs

interface Deal {
  t: string
  won: number
}

/** `count` deals of each of k territories; the first wins at a rate of its own. */
function deals(k: number, count: number, rate: number, rateOfFirst: number, random: () => number): Deal[] {
  return Array.from({ length: k * count }, (_, i) => ({ t: `t${String(i % k).padStart(3, "0")}`, won: random() < (i % k === 0 ? rateOfFirst : rate) ? 1 : 0 }))
}

function winRates(records: Deal[], more: Partial<PerformanceOptions<Deal>> = {}): KpiVerdict[] {
  return comparePerformance(records, { territory: "t", kpis: { winRate: { numerator: "won", kind: "proportion" } }, ...more }).territories.map((t) => t.kpis.winRate)
}

const isApart = ({ verdict }: { verdict: string }): boolean => verdict === "above" || verdict === "below"

/** Two proportions by the pooled z test at 5 %, as spreadsheets do it. */
function isNaivelyApart(own: KpiVerdict, all: readonly KpiVerdict[]): boolean {
  const won = all.reduce((sum, one) => sum + one.numerator, 0)
  const n = all.reduce((sum, one) => sum + one.n, 0)
  const pooled = won / n
  const difference = own.numerator / own.n - (won - own.numerator) / (n - own.n)
  return Math.abs(difference) > 1.96 * Math.sqrt(pooled * (1 - pooled) * (1 / own.n + 1 / (n - own.n)))
}

test("twelve equal territories, 40 deals each at 22 %: the naive test accuses somebody in half of the draws, this one in one of twenty", () => {
  const random = createRandom(22)
  const runs = 60
  const accused = { naive: 0, falseDiscovery: 0, familyWise: 0 }
  for (let run = 0; run < runs; run++) {
    const records = deals(12, 40, 0.22, 0.22, random)
    const rates = winRates(records, { seed: run })
    if (rates.some((own) => isNaivelyApart(own, rates))) accused.naive++
    if (rates.some(isApart)) accused.falseDiscovery++
    if (winRates(records, { seed: run, errorControl: "family-wise" }).some(isApart)) accused.familyWise++
  }
  expect(accused.naive).toBeGreaterThan(0.3 * runs) // half, less the luck of 60 runs
  // 5 % are 3 of 60; 9 would be a fluke of 1 in 250
  expect(accused.falseDiscovery).toBeLessThan(9)
  expect(accused.familyWise).toBeLessThanOrEqual(accused.falseDiscovery)
})

test("a rate half as high again is found with 400 deals, and nobody else is accused for it; of 5 deals nothing is said", () => {
  const random = createRandom(33)
  const runs = 15
  let [found, wrong] = [0, 0]
  for (let run = 0; run < runs; run++) {
    const [first, ...others] = winRates(deals(12, 400, 0.22, 0.33, random), { seed: run })
    if (first.verdict === "above") found++
    if (others.some(isApart)) wrong++
  }
  expect(found).toBeGreaterThanOrEqual(13) // 97 % in the bench
  expect(wrong).toBeLessThan(5)
  for (const one of winRates(deals(12, 5, 0.22, 0.9, random))) {
    expect(one).toMatchObject({ verdict: "too little data", flag: "too-few-rows", pValue: null })
    expect(one.neededRows).toBeGreaterThan(5)
  }
})

test("Wilson's interval holds 93 to 97 % over rates of 0.02 to 0.5, the exact one 95 % of each", () => {
  for (const n of [20, 50]) {
    const rows = Array.from({ length: n + 1 }, (_, y) => ({ t: String(y), y, n }))
    const proportion = { numerator: "y", denominator: "n", kind: "proportion" } as const
    const { territories } = comparePerformance(rows, { territory: "t", kpis: { wilson: proportion, exact: { ...proportion, exact: true } } })
    const kpisOf = new Map(territories.map((t) => [t.id, t.kpis]))
    /** How probable the outcomes are whose interval holds the rate. */
    const holds = (rate: number, kpi: string): number => {
      let chance = (1 - rate) ** n
      let sum = 0
      for (let y = 0; y <= n; y++) {
        const { low, high } = kpisOf.get(String(y))?.[kpi].interval ?? { low: 1, high: 0 }
        if (low <= rate && rate <= high) sum += chance
        chance *= ((n - y) / (y + 1)) * (rate / (1 - rate))
      }
      return sum
    }
    const rates = Array.from({ length: 97 }, (_, step) => 0.02 + step * 0.005)
    const mean = rates.reduce((sum, rate) => sum + holds(rate, "wilson"), 0) / rates.length
    expect(mean).toBeGreaterThan(0.93)
    expect(mean).toBeLessThan(0.97)
    for (const rate of rates) expect(holds(rate, "exact")).toBeGreaterThan(0.95 - 1e-9)
  }
})

test("intervals of counts hold 95 % of each mean, Byar's 94 %", () => {
  const rows = Array.from({ length: 81 }, (_, y) => ({ t: String(y), y }))
  const exactOf = new Map(comparePerformance(rows, { territory: "t", kpis: { count: { numerator: "y", kind: "count" } } }).territories.map((t) => [Number(t.id), t.kpis.count.interval]))
  const holds = (mean: number, intervalOf: (y: number) => { low: number; high: number } | null | undefined): number => {
    let chance = Math.exp(-mean)
    let sum = 0
    for (let y = 0; y <= 80; y++) {
      const { low, high } = intervalOf(y) ?? { low: 1, high: 0 }
      if (low <= mean && mean <= high) sum += chance
      chance *= mean / (y + 1)
    }
    return sum
  }
  // of a mean of 35 a count above 80 has a chance of 1e-11
  for (let mean = 0.25; mean < 35; mean += 0.25) {
    expect(holds(mean, (y) => exactOf.get(y))).toBeGreaterThan(0.95 - 1e-9)
    expect(holds(mean, byarInterval)).toBeGreaterThan(0.94)
  }
})

test("where the cases of a row go together, proportions count them for what they are worth", () => {
  const random = createRandom(61)
  let [held, shrunken] = [0, 0]
  // 12 territories x 30 rows of 20 cases: of every row all are made or nearly none
  for (let run = 0; run < 20; run++) {
    const records = Array.from({ length: 360 }, (_, i) => ({ t: `t${i % 12}`, planned: 20, made: random() < 0.7 ? 20 : 1 }))
    const { territories, kpis } = comparePerformance(records, { territory: "t", kpis: { made: { numerator: "made", denominator: "planned", kind: "proportion" } }, minimumRows: 1000 })
    expect(kpis.made.designEffect).toBeGreaterThan(15)
    const truth = 0.7 + 0.3 / 20
    for (const { kpis: { made } } of territories) {
      if (made.interval !== null && made.interval.low <= truth && truth <= made.interval.high) held++
      if (made.shrunken !== null && made.shrunken.low <= truth && truth <= made.shrunken.high) shrunken++
    }
  }
  // 95 % of 240 are 228; by independent cases it is about 61 %
  expect(held).toBeGreaterThan(212)
  expect(shrunken).toBeGreaterThan(212)
  // independent cases in rows stay what they are
  const single = Array.from({ length: 360 }, (_, i) => ({ t: `t${i % 12}`, planned: 4, made: [0, 0, 0, 0].reduce((sum: number) => sum + (random() < 0.7 ? 1 : 0), 0) }))
  expect(comparePerformance(single, { territory: "t", kpis: { made: { numerator: "made", denominator: "planned", kind: "proportion" } } }).kpis.made.designEffect).toBe(1)
})
