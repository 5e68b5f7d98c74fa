import { readFileSync } from "node:fs"
import { parse } from "csv-parse/sync"
import fc from "fast-check"
import { expect, test } from "vitest"
import { createRandom } from "../../src/math/random.js"
import { tailBothSides } from "../../src/math/stats/student-t.js"
import { modelSales, type SalesModelOptions, type SalesModelResult } from "../../src/performance/index.js"
import { caught } from "../helpers/caught.js"

type Row = Readonly<Record<string, number>> & { readonly territory: string }

const cravens = (parse(readFileSync(new URL("../fixtures/cravens-territories.csv", import.meta.url), "utf8"), { columns: true }) as Readonly<Record<string, string>>[])
  .map(({ territory, ...figures }) => ({ territory, ...Object.fromEntries(Object.entries(figures).map(([name, text]) => [name, Number(text)])) }) as Row)
const named = (...names: readonly string[]): Record<string, string> => Object.fromEntries(names.map((name) => [name, name]))
const published: SalesModelOptions<Row> = { id: "territory", outcome: "Sales", drivers: named("Poten", "AdvExp", "Share", "Accounts"), form: "linear" }

test("the regressions of Cravens, Woodruff & Stamper (1972), as published", () => {
  const { intercept, drivers, rSquared, degrees, isReliable, neededCount } = modelSales(cravens, published)
  expect(intercept.value).toBeCloseTo(-1441.93, 2)
  expect(drivers.Poten.value).toBeCloseTo(0.03822, 5)
  expect(drivers.AdvExp.value).toBeCloseTo(0.17499, 5)
  expect(drivers.Share.value).toBeCloseTo(190.144, 3)
  expect(drivers.Accounts.value).toBeCloseTo(9.21392, 4) // 9.213922
  expect(rSquared).toBeCloseTo(0.9004, 4)
  expect([degrees, isReliable, neededCount]).toEqual([20, true, 16])
  const all = modelSales(cravens, { ...published, drivers: named("Time", "Poten", "AdvExp", "Share", "Change", "Accounts", "Work", "Rating") })
  expect(all.rSquared).toBeCloseTo(0.922, 4)
  expect(all.residualError).toBeCloseTo(449.02, 2)
  expect(all.neededCount).toBe(20)
})

test("an expectation is what a model of all other territories says, in either form, and so is its interval", () => {
  for (const form of ["linear", "log-linear"] as const) {
    const options = { ...published, form }
    const all = modelSales(cravens, options)
    for (const i of [0, 6, 13]) {
      const own = all.territories[i]
      const { intercept, drivers } = modelSales(cravens.filter((_, other) => other !== i), options)
      const value = (name: string): number => (form === "linear" ? cravens[i][name] : Math.log(cravens[i][name]))
      const fit = Object.entries(drivers).reduce((sum, [name, driver]) => sum + driver.value * value(name), intercept.value)
      expect((own.expected as number) / (form === "linear" ? fit : Math.exp(fit))).toBeCloseTo(1, 9)
      expect(own.residual).toBe(own.actual - (own.expected as number))
      expect(own.index).toBe(own.actual / (own.expected as number))
      // inside the interval nobody is odd; the p-value is that of Student's t, or larger where tails may be heavy
      const isInside = (own.interval?.low as number) <= own.actual && own.actual <= (own.interval?.high as number)
      const byT = tailBothSides(own.studentized as number, all.degrees - 1)
      expect(byT >= 0.05).toBe(isInside)
      expect(own.pValue).toBeGreaterThanOrEqual(byT)
      if (byT > 0.1) expect(own.pValue).toBe(byT)
      expect(own.adjustedPValue).toBeGreaterThanOrEqual(own.pValue as number)
    }
  }
})

/** Territories that sell what potential and workload let expect, but for luck. */
function draw(n: number, random: () => number, luck: () => number, factor: (i: number) => number = () => 1): { id: string; potential: number; workload: number; sales: number }[] {
  return Array.from({ length: n }, (_, i) => {
    const [potential, workload] = [100 * Math.exp(random()), 20 * Math.exp(2 * random())]
    return { id: `t${i}`, potential, workload, sales: 3 * potential ** 0.8 * workload ** 0.4 * Math.exp(luck()) * factor(i) }
  })
}
const drawn = { outcome: "sales", drivers: named("potential", "workload") }
const normalOf = (random: () => number): (() => number) => () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

test("equal territories are accused no more often than said, also with heavy tails, intervals hold what they say, and smeared expectations add up", () => {
  const random = createRandom(5)
  const normal = normalOf(random)
  const t8 = (): number => normal() / Math.sqrt(Array.from({ length: 8 }, () => normal() ** 2).reduce((sum, square) => sum + square) / 8)
  const runs = 150
  for (const luck of [normal, t8]) {
    let [accused, covered, expected, actual] = [0, 0, 0, 0]
    for (let run = 0; run < runs; run++) {
      const { territories, smearing } = modelSales(draw(24, random, () => 0.4 * luck()), drawn)
      if (territories.some(({ verdict }) => verdict !== "consistent with chance")) accused++
      for (const one of territories) {
        if ((one.interval?.low as number) <= one.actual && one.actual <= (one.interval?.high as number)) covered++
        expected += smearing * (one.expected as number)
        actual += one.actual
      }
    }
    // 5 % of 150 runs are 7.5; three standard errors are 8
    expect(accused).toBeLessThan(16)
    // 95 % of 3,600 intervals, in runs of 24 that share a model: three standard errors of single ones, twice
    expect(covered / (24 * runs)).toBeGreaterThan(0.928)
    expect(covered / (24 * runs)).toBeLessThan(0.972)
    // a mean of 3,600 skewed figures: 1 % each way, three times
    expect(Math.abs(expected / actual - 1)).toBeLessThan(0.03)
  }
})

test("who sells a fifth of what the others let expect, or five times as much, is found", () => {
  const random = createRandom(6)
  const normal = normalOf(random)
  let found = 0
  for (let run = 0; run < 20; run++) {
    const [verdict, factor] = run % 2 === 0 ? ["below", 1 / 5] as const : ["above", 5] as const
    const { territories } = modelSales(draw(30, random, () => 0.12 * normal(), (i) => (i === 4 ? factor : 1)), drawn)
    if (territories[4].verdict === verdict) found++
  }
  expect(found).toBeGreaterThanOrEqual(18)
})

/** Everything that does not depend on units, rounded to what rounding leaves. */
const unitless = ({ rSquared, territories, drivers }: SalesModelResult): unknown => [
  rSquared?.toPrecision(9),
  territories.map(({ id, pValue, verdict, leverage }) => [id, pValue?.toPrecision(7), verdict, leverage.toPrecision(9)]),
  Object.values(drivers).map(({ pValue, vif }) => [pValue?.toPrecision(7), vif.toPrecision(9)]),
]

test("units change no verdict, the order of the territories changes nothing but the order of the rows", () => {
  fc.assert(fc.property(fc.nat(10_000), fc.constantFrom("linear" as const, "log-linear" as const), fc.double({ min: 1e-6, max: 1e6, noNaN: true }), fc.constantFrom(1e-180, 1e-6, 0.37, 1e90), (seed, form, a, b) => {
    const random = createRandom(seed)
    const rows = draw(6 + (seed % 20), random, () => random() - 0.5)
    const plain = modelSales(rows, { ...drawn, form })
    const scaled = modelSales(rows.map((row) => ({ ...row, potential: a * row.potential, sales: b * row.sales })), { ...drawn, form })
    expect(unitless(scaled)).toEqual(unitless(plain))
    scaled.territories.forEach(({ expected }, i) => expect((expected as number) / b / (plain.territories[i].expected as number)).toBeCloseTo(1, 6))
    if (form === "log-linear") expect(scaled.drivers.potential.value).toBeCloseTo(plain.drivers.potential.value, 6)
    else expect(scaled.drivers.potential.value * (a / b)).toBeCloseTo(plain.drivers.potential.value, 6)
    const order = rows.map((_, i) => i).sort((i, j) => ((i * 7919 + seed) % 31) - ((j * 7919 + seed) % 31))
    const shuffled = modelSales(order.map((i) => rows[i]), { ...drawn, form })
    expect({ ...shuffled, territories: [] }).toEqual({ ...plain, territories: [] })
    expect(shuffled.territories).toEqual(order.map((i) => plain.territories[i]))
    expect(JSON.parse(JSON.stringify(plain))).toEqual(plain)
  }), { numRuns: 60 })
})

test("the log-linear form finds the powers that sales were made with", () => {
  const rows = draw(20, createRandom(8), () => 0)
  const { intercept, drivers, residualError, smearing, territories, warnings } = modelSales(rows, drawn)
  expect(Math.exp(intercept.value)).toBeCloseTo(3, 9)
  expect([drivers.potential.value, drivers.workload.value].map((value) => value.toFixed(9))).toEqual(["0.800000000", "0.400000000"])
  expect([residualError, smearing, drivers.potential.t, drivers.potential.pValue]).toEqual([0, 1, null, null])
  expect(new Set(territories.map(({ verdict, index }) => `${verdict} ${index}`))).toEqual(new Set(["consistent with chance 1"]))
  expect(warnings.map(({ code }) => code)).toEqual(["fit-exact"])
})

test("few territories, related drivers, odd territories and constants are warned of; nobody is judged by too little", () => {
  const rows = [1, 2, 3, 4, 40].map((potential, i) => ({ id: `t${i}`, potential, hours: potential + [0, 0.1, 0, 0.2, 0][i], sales: [2, 5, 6, 7, 80][i], flat: i === 4 ? 2 : 1 }))
  const two = modelSales(rows, { outcome: "sales", drivers: named("potential", "hours"), form: "linear" })
  expect(two.warnings.map(({ message }) => message)).toEqual([
    "territories: 5 are too few for verdicts with 2 drivers: 14 are needed",
    "drivers: 5 territories for 2 drivers: with fewer than 10 for each the coefficients may not hold for others",
    expect.stringMatching(/^drivers\.potential: the other drivers tell it so well \(variance inflation [\d,.]+, above 10\) that its coefficient means little; leave one of them out$/),
    expect.stringMatching(/^drivers\.hours: /),
    expect.stringMatching(/^territories: \d territories are unlike all others, with a leverage above 0\.5: .*"t4"$/),
    'drivers.potential: "t4" has 40, far from all others (1 to 4): its expectation is extrapolated',
    'drivers.hours: "t4" has 40, far from all others (1 to 4.2): its expectation is extrapolated',
  ])
  expect(new Set(two.territories.map(({ verdict }) => verdict))).toEqual(new Set(["too little data"]))
  // nobody else has the second value: without t4 no line
  const alone = modelSales(rows, { outcome: "sales", drivers: named("flat"), form: "linear" })
  expect(alone.territories[4]).toEqual({ id: "t4", actual: 80, leverage: 1, expected: null, residual: null, index: null, interval: null, studentized: null, pValue: null, adjustedPValue: null, verdict: "too little data" })
  expect(alone.warnings.map(({ code }) => code)).toContain("alone")
  const constant = modelSales(rows, { outcome: () => 5, drivers: named("potential") })
  expect([constant.rSquared, constant.adjustedRSquared, constant.residualError]).toEqual([null, null, 0])
  expect(constant.warnings.map(({ code }) => code)).toContain("outcome-constant")
  const down = modelSales(rows, { outcome: () => -5, drivers: named("potential"), form: "linear" })
  expect(down.drivers.potential).toEqual({ value: 0, standardError: 0, t: null, pValue: null, interval: { low: 0, high: 0 }, vif: expect.closeTo(1, 12) as number, degrees: 3 })
  // as few as there can be: one degree, none without a territory
  const least = modelSales(rows.slice(0, 3), { outcome: "sales", drivers: named("potential") })
  expect(least.degrees).toBe(1)
  for (const one of least.territories) expect([one.interval, one.studentized, one.pValue, one.adjustedPValue, one.verdict]).toEqual([null, null, null, null, "too little data"])
})

test("sales below 0 have a linear model, and no index where nothing is expected", () => {
  const rows = Array.from({ length: 14 }, (_, i) => ({ id: `t${i}`, potential: i, sales: 10 * (i - 5) + (i % 3) }))
  const { territories } = modelSales(rows, { outcome: "sales", drivers: named("potential"), form: "linear" })
  expect(territories[0].index).toBe(null)
  expect(territories[0].expected).toBeLessThan(0)
  expect(territories[13].index).toBeCloseTo(1, 1)
})

test("bad input is told with row, field, value and remedy", () => {
  const messages = (territories: unknown, options: unknown): string[] => (caught(() => modelSales(territories as never, options as never)) as unknown as { issues: { message: string }[] }).issues.map(({ message }) => message)
  const rows = [5, 7, 9, 12].map((potential, i) => ({ id: `t${i}`, potential, flat: 4, twice: 2 * potential, square: potential ** 2, sales: potential + (i % 2) }))
  const options = { outcome: "sales", drivers: { potential: "potential" } }
  expect(messages([{ ...rows[0], sales: 0 }, { ...rows[1], potential: -3 }, { ...rows[2], sales: "12" }, { ...rows[3], potential: NaN }], options)).toEqual([
    'territories[2].sales: must be a number, got "12" (convert it to a number first)',
    'territories[0].sales: must be above 0 in the log-linear form, got 0 (use form: "linear", or leave the territory out)',
    "territories[3].potential: must be a finite number, got NaN (leave the territory out)",
    'territories[1].potential: must be above 0 in the log-linear form, got -3 (use form: "linear", or leave the territory out)',
  ])
  expect(messages([rows[0], { ...rows[1], potential: undefined }, rows[2]], options)).toEqual(["territories[1].potential: must be a number, got undefined (give every territory a number)"])
  expect(messages([rows[0]], options)).toEqual(["territories: must be at least 3 for 1 driver, got 1 (a model needs more rows than it has numbers; give more territories, or fewer drivers)"])
  expect(messages([rows[0], rows[0], { ...rows[1], id: 7 }, rows[3]], options)).toEqual([
    'territories[1].id: must be unique, but territories[0] has the same, got "t0" (merge the two rows or rename one)',
    "territories[2].id: must be a string, got 7 (use String(id))",
  ])
  expect(messages(rows, { ...options, id: "territory" })).toEqual(['id: is a field that no territory has, got "territory" (territories[0] has id, potential, flat, twice, square, sales)'])
  expect(messages(rows, { outcome: "sale", drivers: { potential: "potential" } })[0]).toBe('territories[0].sale: must be a number, got undefined (did you mean "sales"?)')
  expect(messages(rows, { ...options, drivers: { potential: "potential", flat: "flat" } })).toEqual(["drivers.flat: must differ between the 4 territories, got 4 (leave it out: it explains nothing)"])
  expect(messages(rows, { ...options, drivers: { potential: "potential", twice: "twice" } })).toEqual(['drivers.twice: must not follow from other drivers, but "potential" tells it in logarithms (leave one of them out)'])
  expect(messages(rows, { ...options, form: "linear", drivers: { potential: "potential", twice: "twice" } })).toEqual(['drivers.twice: must not follow from other drivers, but "potential" tells it (leave one of them out)'])
  expect(messages(rows, { ...options, drivers: { square: "square", potential: "potential" } })[0]).toMatch(/^drivers\.potential: .*"square" tells it in logarithms/)
  expect(messages(rows, { ...options, drivers: {}, form: "log", falseDiscoveryRate: 5, driver: 1 })).toEqual([
    'driver: is not an option (did you mean "drivers"?)',
    'form: must be "log-linear" or "linear", got "log"',
    "falseDiscoveryRate: must be a fraction above 0 and below 1, got 5 (5 % is 0.05)",
    'drivers: must be an object of one or more fields by name, such as { potential: "potential", workload: "workload" }',
  ])
  expect(messages(rows, { drivers: { potential: 5 } })).toEqual([
    "outcome: must be the name of a field or a function of the territory, got undefined",
    "drivers.potential: must be the name of a field or a function of the territory, got 5",
  ])
  expect(messages(rows, { ...options, outcome: () => { throw new Error("no sales") } })[0]).toMatch(/^territories\[0\] \(outcome\): could not be read: "no sales" was thrown/)
  expect(messages(rows, { ...options, outcome: () => 1e200 })[0]).toBe("territories[0] (outcome): must be below 1e+100, got 1e+200 (use a larger unit)")
  expect(messages(rows.map((row) => ({ ...row, potential: row.potential * 1e-300, sales: row.sales * 1e90 })), { ...options, form: "linear" })).toEqual(["outcome: must not be so large beside the drivers that coefficients are beyond the range of numbers (use other units)"])
  for (const nothing of [undefined, null, "rows", [], [5]]) expect(messages(nothing, options)[0]).toMatch(/^territories/)
  expect(messages(rows, null)).toEqual(['options: must be an object such as { outcome: "sales", drivers: { potential: "potential" } }, got null'])
})

test("skewed luck accuses few: who sells much is held against those above the middle, where luck has its longer tail", () => {
  const random = createRandom(14)
  const runs = 50
  let accused = 0
  for (let run = 0; run < runs; run++) {
    const rows = Array.from({ length: 60 }, (_, t) => {
      const potential = 50 + 100 * random()
      // exponential luck of the logarithm
      return { id: `t${t}`, potential, sales: 3 * potential ** 0.7 * Math.exp(0.2 * (-Math.log(1 - random()) - 1)) }
    })
    if (modelSales(rows, { outcome: "sales", drivers: { potential: "potential" } }).territories.some(({ verdict }) => verdict !== "consistent with chance")) accused++
  }
  // 2 % in the bench; by tails alike on both sides 15 %, which are 7 of 50
  expect(accused).toBeLessThan(4)
})

test("heavy tails and very skewed luck accuse in 7 % of cases at most: 24 territories with log-normal luck did in 14", () => {
  const random = createRandom(15)
  const normal = normalOf(random)
  const runs = 150
  let accused = 0
  for (let run = 0; run < runs; run++) {
    const { territories } = modelSales(draw(24, random, () => 0.3 * (Math.exp(0.8 * normal()) - Math.exp(0.32))), drawn)
    if (territories.some(({ verdict }) => verdict !== "consistent with chance")) accused++
  }
  // 7 % of 150 runs are 10; by the rule before there were 21
  expect(accused).toBeLessThanOrEqual(10)
})
