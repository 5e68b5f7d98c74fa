import fc from "fast-check"
import { expect, test } from "vitest"
import {
  acquisitionCost, comparePerformance, conversionRate, coverageCompliance, marketPenetration, pipelineCoverage, pipelineVelocity, potentialIndex, potentialShare,
  quotaAttainment, quotaParticipation, revenueGrowth, revenuePer, salesEfficiency, valueWinRate, winRate, type Kpi,
} from "../../src/performance/index.js"
import { caught } from "../helpers/caught.js"

/** The KPI over all rows, which are of one territory. */
function overAll<R extends object>(records: readonly R[], kpi: Kpi<R>): ReturnType<typeof comparePerformance>["kpis"][string] {
  return comparePerformance(records, { territory: () => "t", kpis: { kpi } }).kpis.kpi
}

const stage = (name: string) => (deal: { stage: string }) => deal.stage === name

test("win rates are ratios of sums over decided deals, by count and by value, as counted by hand", () => {
  fc.assert(fc.property(fc.array(fc.record({ stage: fc.constantFrom("won", "lost", "open"), worth: fc.integer({ min: 0, max: 999 }) }), { minLength: 1, maxLength: 30 }), (deals) => {
    const of = (name: string): { stage: string; worth: number }[] => deals.filter((deal) => deal.stage === name)
    const [won, lost, open] = [of("won"), of("lost"), of("open")]
    const worth = (some: { worth: number }[]): number => some.reduce((sum, deal) => sum + deal.worth, 0)
    const count = overAll(deals, winRate({ won: stage("won"), lost: stage("lost") }))
    const value = overAll(deals, valueWinRate({ won: stage("won"), lost: stage("lost"), value: "worth" }))
    expect([count.numerator, count.denominator]).toEqual([won.length, won.length + lost.length])
    expect([value.numerator, value.denominator]).toEqual([worth(won), worth(won) + worth(lost)])
    for (const { cautions } of [count, value]) expect(cautions).toEqual(open.length === 0 ? [] : [{ code: "open-deals", rowCount: open.length }])
  }), { numRuns: 60 })
})

test("a cohort that has not had its time is left out, to the day, and said", () => {
  const leads = ["2026-01-01", "2026-03-02", "2026-03-03", "2026-03-04"].map((entered, i) => ({ entered, converted: i === 0 }))
  const rate = overAll(leads, conversionRate({ converted: "converted", entered: "entered", asOf: "2026-06-01", windowDays: 90 }))
  // 2026-03-03 is 90 days before
  expect(rate).toMatchObject({ numerator: 1, denominator: 3, cautions: [{ code: "censored-cohort", rowCount: 1 }] })
})

test("quotas: prorated to the time that a rep was there, without those who have none; participation counts heads", () => {
  const reps = [{ sold: 50, quota: 100, there: 0.5 }, { sold: 80, quota: 100, there: 1 }, { sold: 7, quota: 0, there: 1 }, { sold: 9, quota: 100, there: 0 }]
  const row = { actual: "sold", quota: "quota", staffedShare: "there" } as const
  expect(overAll(reps, quotaAttainment(row))).toMatchObject({ value: 130 / 150, n: 2, cautions: [{ code: "no-quota", rowCount: 1 }, { code: "part-year", rowCount: 2 }] })
  expect(overAll(reps, quotaParticipation(row))).toMatchObject({ numerator: 1, denominator: 2 })
})

test("no new customer is no cost of infinity, but a bound: a third of what was spent", () => {
  const months = [{ spent: 600, came: 0 }, { spent: 300, came: 0 }]
  const kpi = acquisitionCost<(typeof months)[number]>({ cost: "spent", newCustomers: "came", allocation: "direct" })
  const none = overAll(months, kpi)
  expect(none).toMatchObject({ value: null, interval: null, flag: "no-denominator", better: "lower" })
  // with a mean of 2.9957 no event has the chance exp(-2.9957) = 5 %
  expect(none.atLeast).toBeCloseTo(900 / 2.9957, 1)
  expect(Math.exp(-900 / (none.atLeast as number))).toBeCloseTo(0.05, 12)
  // 900 for 10: exact limits of a count of 10 are 4.795 and 18.39 (Garwood 1936)
  const ten = overAll([{ spent: 900, came: 10 }], kpi)
  expect(ten.value).toBe(90)
  expect(ten.interval?.low).toBeCloseTo(900 / 18.39, 1)
  expect(ten.interval?.high).toBeCloseTo(900 / 4.7954, 1)
})

test("growth, efficiency, penetration, coverage, compliance and an index, as reckoned by hand", () => {
  const stores = [{ y1: 100, y2: 120, cost: 20 }, { y1: 0, y2: 30, cost: 5 }, { y1: 300, y2: 260, cost: 15 }]
  expect(overAll(stores, revenueGrowth({ now: "y2", before: "y1" }))).toMatchObject({ value: -20 / 400, cautions: [{ code: "no-before", rowCount: 1 }] })
  expect(overAll(stores, salesEfficiency({ variant: "revenue", amount: "y2", cost: "cost" })).value).toBe(410 / 40)
  expect(overAll(stores, revenuePer({ revenue: "y2", per: "cost" })).value).toBe(410 / 40)
  expect(overAll([{ open: 8, left: 2 }, { open: 1, left: 0 }], pipelineCoverage({ openValue: "open", remainingQuota: "left" }))).toMatchObject({ value: 4.5, cautions: [{ code: "no-quota", rowCount: 1 }] })
  const accounts = [{ buys: true, could: true }, { buys: false, could: true }, { buys: true, could: false }]
  expect(overAll(accounts, marketPenetration({ isCustomer: "buys", isAddressable: "could" }))).toMatchObject({ value: 0.5, cautions: [{ code: "exceeds-market", rowCount: 1 }] })
  expect(overAll([{ made: 9, plan: 4 }, { made: 0, plan: 4 }], coverageCompliance({ made: "made", planned: "plan" }))).toMatchObject({ value: 0.5, cautions: [{ code: "beyond-plan", rowCount: 1 }] })
  const kpis = { index: potentialIndex<{ t: string; sold: number; could: number }>({ sales: "sold", potential: "could" }) }
  const result = comparePerformance([{ t: "a", sold: 6, could: 10 }, { t: "b", sold: 2, could: 30 }], { territory: "t", kpis })
  // shares of sales 3/4 and 1/4, of potential 1/4 and 3/4
  expect(result.territories.map((t) => t.kpis.index.value)).toEqual([300, 100 / 3])
  expect(result.kpis.index.value).toBe(100)
})

test("the velocity of a pipeline is the product of its four parts, whatever the order", () => {
  const is = (name: string) => (deal: { stage: string }): boolean => deal.stage === name
  const options = { territory: "t", won: is("won"), lost: is("lost"), value: "worth", opened: "from", closed: "to" } as const
  const deals = [
    { t: "a", stage: "won", worth: 100, from: "2026-01-01", to: "2026-01-11" }, { t: "a", stage: "won", worth: 300, from: "2026-01-01", to: "2026-01-31" },
    { t: "a", stage: "lost" }, { t: "a", stage: "lost" }, { t: "a", stage: "open" }, { t: "b", stage: "open" }, { t: null, stage: "open" },
  ]
  const { territories, all, warnings } = pipelineVelocity(deals, options)
  expect(territories[0]).toMatchObject({ id: "a", openCount: 1, wonCount: 2, lostCount: 2, averageDeal: 200, cycleDays: { mean: 20, median: 20 }, velocity: 1 * 0.5 * 200 / 20, perDeal: 5 })
  expect(territories[1]).toMatchObject({ id: "b", winRate: null, velocity: null, perDeal: null, interval: null })
  expect(all.velocity).toBe(10)
  expect(warnings.map((one) => one.code)).toEqual(["territory-missing"])
  expect(JSON.stringify(pipelineVelocity([...deals].reverse(), options))).toBe(JSON.stringify({ territories, all, warnings }))
})

test.each([
  ["a day of another country", () => overAll([{ entered: "3/1/2017", c: true }], conversionRate({ converted: "c", entered: "entered", asOf: "2017-06-01", windowDays: 30 })), 'records[0].entered: must be a day as YYYY-MM-DD, got "3/1/2017"'],
  ["a window without a day", () => conversionRate({ converted: "c", windowDays: 30 }), "conversionRate: needs entered, asOf and windowDays together"],
  ["a window of none", () => conversionRate({ converted: "c", entered: "e", asOf: "2017-06-01", windowDays: 0 }), "windowDays: must be a whole number of days above 0, got 0"],
  ["a deal won and lost", () => overAll([{ s: 1 }], winRate({ won: () => true, lost: () => true })), "records[0].won: is won and lost at once"],
  ["a stage for a yes", () => overAll([{ won: "Won", lost: false }], winRate({ won: "won", lost: "lost" })), 'records[0].won: must be true or false, got "Won" (give a function that compares'],
  ["cost without a key", () => acquisitionCost({ cost: "c", newCustomers: "n" } as never), 'allocation: must be one of "direct", "leads", "potential", got undefined'],
  ["efficiency of something", () => salesEfficiency({ amount: "c", cost: "n" } as never), 'variant: must be one of "revenue", "gross-margin", "net-new-arr", got undefined'],
  ["half a new customer", () => overAll([{ c: 1, n: 0.5 }], acquisitionCost({ cost: "c", newCustomers: "n", allocation: "leads" })), "records[0].n: must be a whole number of 0 or more in a per-count, got 0.5"],
  ["more than a whole year", () => overAll([{ a: 1, q: 1, s: 1.5 }], quotaAttainment({ actual: "a", quota: "q", staffedShare: "s" })), "records[0].s: must be from 0 to 1, got 1.5"],
  ["a deal closed before it began", () => pipelineVelocity([{ t: "a", w: true, l: false, v: 1, o: "2026-02-01", c: "2026-01-01" }], { territory: "t", won: "w", lost: "l", value: "v", opened: "o", closed: "c" }), 'deals[0].c: must not be before the deal was opened, got "2026-01-01"'],
  ["a won deal without a value", () => pipelineVelocity([{ t: "a", w: true, l: false, o: "2026-02-01", c: "2026-03-01" }], { territory: "t", won: "w", lost: "l", value: "v", opened: "o", closed: "c" }), "deals[0].v: must be a finite number, got undefined"],
])("%s cannot be used", (_, run, message) => {
  expect(caught(run).message).toContain(message)
})

test("a definition is an object of known parts: a misspelt share of the period does not count everybody as there all year", () => {
  const misspelt = { actual: "a", quota: "q", staffdShare: "s" } as unknown as Parameters<typeof quotaAttainment>[0]
  expect(caught(() => quotaAttainment(misspelt)).message).toBe('quotaAttainment.staffdShare: is not an option (did you mean "staffedShare"?)')
  for (const define of [winRate, valueWinRate, conversionRate, pipelineCoverage, acquisitionCost, revenueGrowth, quotaAttainment, quotaParticipation, revenuePer, salesEfficiency, marketPenetration, potentialShare, potentialIndex, coverageCompliance]) {
    expect(caught(() => (define as (given: unknown) => unknown)(undefined)).code).toBe("option-type")
    expect(caught(() => (define as (given: unknown) => unknown)({ zzz: 1 })).code).toBe("option-unknown")
  }
})

test("a bad record is one issue, named by its field; a negative quota is no quota that was reached", () => {
  const kpi = quotaParticipation<{ t: string; a: number; q: number }>({ actual: "a", quota: "q" })
  const { issues } = caught(() => comparePerformance([{ t: "a", a: 1, q: -5 }, { t: "a", a: 1, q: 5 }], { territory: "t", kpis: { kpi } }))
  expect(issues.map(({ message }) => message)).toEqual(["records[0].q: must be 0 or more, got -5 (leave the record out before the call)"])
  const visits = coverageCompliance<{ t: string; m: number; p: number }>({ made: "m", planned: "p" })
  expect(caught(() => comparePerformance([{ t: "a", m: -1, p: 5 }], { territory: "t", kpis: { visits } })).path).toBe("records[0].m")
})

test("velocity: holes of the list are no deals, sums beyond the range of numbers cannot be used, a loss without open deals is plain 0", () => {
  const deal = { rep: "ann", won: true, lost: false, worth: -3, from: "2026-01-01", to: "2026-01-31" }
  const given = { territory: "rep", won: "won", lost: "lost", value: "worth", opened: "from", closed: "to" }
  const sparse = [deal]
  sparse[2] = deal
  expect(caught(() => pipelineVelocity(sparse, given)).path).toBe("deals[1]")
  expect(caught(() => pipelineVelocity([{ ...deal, worth: 1e308 }, { ...deal, worth: 1e308 }], given)).code).toBe("kpi-overflow")
  expect(Object.is(pipelineVelocity([deal], given).all.velocity, 0)).toBe(true)
})
