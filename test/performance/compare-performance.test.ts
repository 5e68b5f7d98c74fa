import fc from "fast-check"
import { expect, test } from "vitest"
import { createRandom } from "../../src/math/random.js"
import { comparePerformance, type Kpi } from "../../src/performance/index.js"
import { caught } from "../helpers/caught.js"

interface Store {
  territoryId: string | null
  sales: number
  days: number
  area?: string | null
}
const kpis: Record<string, Kpi<Store>> = { perDay: { numerator: "sales", denominator: "days" } }
const options = { territory: "territoryId", kpis }

/** `count` rows of each territory, by a function of a seeded number. */
function stores(territories: readonly string[], count: number, make: (territory: string, random: () => number) => Partial<Store>, seed = 1): Store[] {
  const random = createRandom(seed)
  return territories.flatMap((territoryId) => Array.from({ length: count }, () => ({ territoryId, days: 1, sales: 1, ...make(territoryId, random) })))
}

/** Log-normal amounts: a few large rows carry most of the sum. */
const heavy = (random: () => number, sd: number): number => Math.exp(sd * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()))

test("a ratio of sums, never a mean of ratios", () => {
  const result = comparePerformance([{ territoryId: "t", sales: 100, days: 50 }, { territoryId: "t", sales: 10, days: 1 }], options)
  expect(result.kpis.perDay).toMatchObject({ value: 110 / 51, numerator: 110, denominator: 51, n: 2, flag: "too-few-rows" })
  expect(result.territories).toHaveLength(1)
  expect(result.territories[0]).toMatchObject({ id: "t", rowCount: 2, kpis: { perDay: { value: 110 / 51, deviation: 0, pValue: null, adjustedPValue: null, verdict: "too little data" } } })
})

test("growth from one year to another over stores that traded in both", () => {
  const records = [
    { t: "a", y2018: 10, y2021: 15 },
    { t: "a", y2018: 0, y2021: 99 },
    { t: "a", y2018: 30, y2021: 0 },
    { t: "a", y2018: 10, y2021: 10 },
  ]
  const growth: Kpi<(typeof records)[number]> = { numerator: "y2021", denominator: "y2018", where: (r) => r.y2018 > 0 && r.y2021 > 0 }
  expect(comparePerformance(records, { territory: "t", kpis: { growth } }).kpis.growth).toMatchObject({ value: 1.25, n: 2 })
})

test("rows left out by `where` are not read: what they lack does not matter", () => {
  const records = [{ t: "a", won: 1, closed: true }, { t: "a", closed: false }]
  const kpi: Kpi<{ t: string; won?: number; closed: boolean }> = { numerator: "won", where: (r) => r.closed, kind: "proportion" }
  expect(comparePerformance(records, { territory: "t", kpis: { winRate: kpi } }).kpis.winRate).toMatchObject({ value: 1, n: 1 })
})

test("a denominator of 0 has no value and says so; no row at all is the same", () => {
  const records = [{ territoryId: "a", sales: 5, days: 0 }, { territoryId: "b", sales: 5, days: 2 }]
  const result = comparePerformance(records, { ...options, kpis: { ...kpis, nothing: { numerator: "sales", where: () => false } } })
  expect(result.territories[0].kpis.perDay).toMatchObject({ value: null, numerator: 5, denominator: 0, interval: null, flag: "no-denominator", deviation: null, verdict: "too little data" })
  expect(result.kpis.nothing).toEqual({ value: null, numerator: 0, denominator: 0, n: 0, clusterCount: null, interval: null, intervalMethod: null, atLeast: null, flag: "no-denominator", cautions: [], kind: "ratio", better: "higher", overDispersion: null, spread: null, designEffect: 1 })
})

test("a quotient beyond the range of numbers has no value", () => {
  expect(comparePerformance([{ territoryId: "a", sales: 1e200, days: 1e-200 }], options).kpis.perDay).toMatchObject({ value: null, flag: "out-of-range" })
})

test("a proportion has Wilson's interval", () => {
  const records = Array.from({ length: 263 }, (_, i) => ({ t: "a", won: i < 81 ? 1 : 0 }))
  const { interval } = comparePerformance(records, { territory: "t", kpis: { winRate: { numerator: "won", kind: "proportion" } } }).kpis.winRate
  // Newcombe 1998, table I, printed to 4 digits
  expect(interval?.low).toBeCloseTo(0.2553, 4)
  expect(interval?.high).toBeCloseTo(0.3662, 4)
})

test("24 equal territories with heavy-tailed revenue are seldom accused", () => {
  const names = Array.from({ length: 24 }, (_, t) => `t${t}`)
  const runs = 60
  let accusedRuns = 0
  for (let run = 0; run < runs; run++) {
    const records = stores(names, 30, (_, random) => ({ sales: heavy(random, 2) }), 1000 + run)
    const { territories } = comparePerformance(records, { ...options, seed: run })
    if (territories.some((t) => t.kpis.perDay.verdict !== "consistent with chance")) accusedRuns++
  }
  // the false discovery rate promises 5 % of runs; 9 of 60 would be a fluke of 1 in 400. By t tests it is about 50 (bench/calibration.js)
  expect(accusedRuns).toBeLessThan(9)
})

test("equal territories of unequal stores are seldom accused either: large stores here, small ones there", () => {
  const names = Array.from({ length: 12 }, (_, t) => `t${t}`)
  const runs = 60
  let accusedRuns = 0
  for (let run = 0; run < runs; run++) {
    const records = stores(names, 60, (name, random) => {
      const days = (1 + Number(name.slice(1))) * heavy(random, 0.7)
      return { days, sales: days * heavy(random, 0.7) }
    }, 2000 + run)
    const { territories } = comparePerformance(records, { ...options, seed: run })
    if (territories.some((t) => t.kpis.perDay.verdict !== "consistent with chance")) accusedRuns++
  }
  expect(accusedRuns).toBeLessThan(9)
})

test("a territory that sells twice as much is found among 24, and the others are left in peace", () => {
  const names = Array.from({ length: 24 }, (_, t) => `t${String(t).padStart(2, "0")}`)
  const records = stores(names, 60, (name, random) => ({ sales: heavy(random, 0.7) * (name === "t07" ? 2 : 1) }))
  const { territories } = comparePerformance(records, options)
  expect(territories.filter((t) => t.kpis.perDay.verdict !== "consistent with chance").map((t) => [t.id, t.kpis.perDay.verdict])).toEqual([["t07", "above"]])
})

test("a difference that is real in both directions is called by its side", () => {
  const { territories } = comparePerformance(stores(["n", "s"], 40, (name, random) => ({ sales: random() + (name === "n" ? 1 : 0) })), options)
  expect(territories.map((t) => t.kpis.perDay.verdict)).toEqual(["above", "below"])
  expect(territories[0].kpis.perDay.deviation).toBeGreaterThan(0.3)
})

test("territories of one ratio are equal, also when every row is the same", () => {
  const { territories } = comparePerformance(stores(["n", "s"], 12, (_, random) => { const days = 1 + Math.floor(9 * random()); return { days, sales: 0.1 * days } }), options)
  expect(territories.map((t) => t.kpis.perDay.pValue)).toEqual([1, 1])
})

test("too few rows for a verdict are counted in the whole but not judged, nor do they cost the others", () => {
  const records = [...stores(["n", "s"], 40, (name, random) => ({ sales: random() + (name === "n" ? 1 : 0) })), ...stores(["tiny"], 9, () => ({ sales: 50 }))]
  const { territories, kpis: all } = comparePerformance(records, options)
  expect(territories.map((t) => [t.id, t.kpis.perDay.n, t.kpis.perDay.flag])).toEqual([["n", 40, null], ["s", 40, null], ["tiny", 9, "too-few-rows"]])
  expect(territories[2].kpis.perDay).toMatchObject({ verdict: "too little data", pValue: null, adjustedPValue: null })
  expect(all.perDay.n).toBe(89)
})

test("segments are a second cut through the same rows; rows without territory or segment are counted in a warning", () => {
  const records = [
    { territoryId: "a", sales: 1, days: 1, area: "urban" },
    { territoryId: "b", sales: 5, days: 1, area: "rural" },
    { territoryId: "b", sales: 3, days: 1, area: null },
    { territoryId: null, sales: 100, days: 1, area: "urban" },
  ]
  const { segments, kpis: all, warnings } = comparePerformance(records, { ...options, segment: "area" })
  expect(segments.map((s) => [s.id, s.kpis.perDay.numerator, s.kpis.perDay.n])).toEqual([["rural", 5, 1], ["urban", 1, 1]])
  expect(all.perDay).toMatchObject({ numerator: 9, n: 3 })
  expect(warnings.map((w) => w.message)).toEqual(["records: 1 of 4 have no territory; they count nowhere", "records: 1 of 4 have no segment; they count in no segment, and as one of their own where like is compared with like"])
})

test("names of object properties survive as territories, segments and KPIs", () => {
  const ids = ["__proto__", "constructor"]
  const records = ids.flatMap((id) => [{ t: id, v: 2 }, { t: id, v: 4 }])
  const result = comparePerformance(records, { territory: "t", segment: "t", kpis: Object.fromEntries([["__proto__", { numerator: "v" }]]) })
  expect(result.territories.map((t) => [t.id, Object.entries(t.kpis).map(([name, k]) => [name, k.value])])).toEqual(ids.map((id) => [id, [["__proto__", 3]]]))
  expect(result.segments.map((s) => s.id)).toEqual(ids)
  expect(Object.keys(result.kpis)).toEqual(["__proto__"])
})

const store = { territoryId: "a", sales: 1, days: 1 }
test.each<[string, unknown, unknown, string, string]>([
  ["no records", undefined, options, "input-missing", "records"],
  ["records as an object", {}, options, "input-type", "records"],
  ["an empty list of records", [], options, "no-records", "records"],
  ["a record that is a number", [store, 7], options, "record-type", "records[1]"],
  ["no options", [store], undefined, "option-type", "options"],
  ["a misspelt option", [store], { ...options, segments: "area" }, "option-unknown", "segments"],
  ["no territory", [store], { kpis }, "option-type", "territory"],
  ["a misspelt territory field", [store], { ...options, territory: "teritoryId" }, "field-unknown", "territory"],
  ["a numeric territory id", [{ ...store, territoryId: 7 }], options, "id-type", "records[0].territoryId"],
  ["an empty territory id", [{ ...store, territoryId: "" }], options, "id-empty", "records[0].territoryId"],
  ["no KPI", [store], { territory: "territoryId", kpis: {} }, "option-type", "kpis"],
  ["a KPI that is a field", [store], { territory: "territoryId", kpis: { s: "sales" } }, "option-type", "kpis.s"],
  ["a misspelt key of a KPI", [store], { territory: "territoryId", kpis: { s: { numerator: "sales", denominater: "days" } } }, "option-unknown", "kpis.s.denominater"],
  ["a KPI without a numerator", [store], { territory: "territoryId", kpis: { s: {} } }, "option-type", "kpis.s.numerator"],
  ["an unknown kind", [store], { territory: "territoryId", kpis: { s: { numerator: "sales", kind: "rate" } } }, "option-type", "kpis.s.kind"],
  ["a missing number", [{ ...store, sales: null }], options, "kpi-missing", "records[0].sales"],
  ["text for a number", [{ ...store, sales: "1,234" }], options, "kpi-type", "records[0].sales"],
  ["a number that is none", [{ ...store, sales: NaN }], options, "kpi-not-finite", "records[0].sales"],
  ["a negative denominator", [{ ...store, days: -1 }], options, "kpi-negative", "records[0].days"],
  ["more won than there were", [{ ...store, sales: 2 }], { territory: "territoryId", kpis: { s: { numerator: "sales", kind: "proportion" } } }, "kpi-range", "records[0].sales"],
  ["`where` that answers with a number", [store], { territory: "territoryId", kpis: { s: { numerator: "sales", where: () => 1 } } }, "where-type", "records[0] (kpis.s.where)"],
  ["an accessor that throws", [store], { territory: "territoryId", kpis: { s: { numerator: () => { throw new Error("no") } } } }, "accessor-failed", "records[0] (kpis.s.numerator)"],
  ["sums that overflow", [{ ...store, sales: 1e300 }], options, "kpi-overflow", "kpis.perDay"],
  ["a minimum of one row", [store], { ...options, minimumRows: 1 }, "option-range", "minimumRows"],
  ["a rate of 5", [store], { ...options, falseDiscoveryRate: 5 }, "option-range", "falseDiscoveryRate"],
  ["a seed of half", [store], { ...options, seed: 0.5 }, "option-range", "seed"],
])("%s cannot be used", (_, records, given, code, path) => {
  expect(caught(() => comparePerformance(records as never, given as never))).toMatchObject({ name: "TerritoryError", code, path })
})

const record = fc.record({ territoryId: fc.constantFrom("a", "b", "c"), sales: fc.double({ min: -100, max: 1e5, noNaN: true }), days: fc.integer({ min: 0, max: 300 }), area: fc.constantFrom("urban", "rural") })

test("shuffled and frozen records give the same bytes, of plain JSON, and territories and segments sum to the whole", () => {
  fc.assert(
    fc.property(fc.array(record, { minLength: 1, maxLength: 40 }), fc.integer({ min: 0, max: 9 }), (records, seed) => {
      records.forEach((one) => Object.freeze(one))
      const given = Object.freeze({ ...options, segment: "area", minimumRows: 3, seed })
      const result = comparePerformance(Object.freeze(records), given)
      expect(JSON.stringify(comparePerformance([...records].reverse(), given))).toBe(JSON.stringify(result))
      expect(JSON.parse(JSON.stringify(result))).toEqual(result)
      for (const parts of [result.territories, result.segments]) {
        const sum = parts.reduce((total, part) => total + part.kpis.perDay.numerator, 0)
        // at most 40 numbers up to 1e5 in another order
        expect(Math.abs(sum - result.kpis.perDay.numerator)).toBeLessThan(1e-8)
        expect(parts.reduce((total, part) => total + part.kpis.perDay.n, 0)).toBe(records.length)
      }
    }),
    { numRuns: 50 },
  )
})

test("where all together shrink, who shrinks more lies below: the sign of the deviation is that of the verdict", () => {
  const records = stores(["a", "b"], 40, (territory, random) => ({ sales: (territory === "a" ? -3 : -1) - random() }))
  const { territories } = comparePerformance(records, options)
  const [a, b] = territories.map(({ kpis: { perDay } }) => perDay)
  expect([a.verdict, b.verdict]).toEqual(["below", "above"])
  expect(a.deviation).toBeLessThan(0)
  expect(b.deviation).toBeGreaterThan(0)
})

test("amounts next to 0 give plain numbers: proportions of them, and an index", () => {
  for (const size of [1e-310, 1e-320]) {
    const records = stores(["a", "b", "c"], 12, (_, random) => ({ days: size, sales: random() < 0.5 ? size : 0, area: random() < 0.5 ? "u" : "r" }))
    const result = comparePerformance(records, {
      territory: "territoryId",
      segment: "area",
      kpis: { share: { numerator: "sales", denominator: "days", kind: "proportion" }, index: { numerator: "sales", indexed: true } },
    })
    expect(JSON.parse(JSON.stringify(result))).toEqual(result)
    expect(result.kpis.share.interval).toEqual({ low: expect.any(Number) as number, high: expect.any(Number) as number })
    expect(result.kpis.index.value).toBe(100)
  }
})

test("an index of a whole that is not above 0 has no value, and nothing in another unit beside it", () => {
  const records = stores(["a", "b"], 12, (territory) => ({ sales: territory === "a" ? -2 : -1, area: "u" }))
  const { territories } = comparePerformance(records, { territory: "territoryId", segment: "area", kpis: { index: { numerator: "sales", indexed: true } } })
  expect(territories[0].kpis.index).toMatchObject({ value: null, flag: "out-of-range", deviation: null, likeForLike: { mix: null, rate: null } })
})

test("of two territories both have the same chance, and a giant is not accused for its size", () => {
  let accused = 0
  for (let seed = 0; seed < 20; seed++) {
    const small = stores(["small"], 12, (_, random) => ({ sales: heavy(random, 1.5) }), seed + 1)
    const giant = stores(["giant"], 2000, (_, random) => ({ sales: heavy(random, 1.5) }), seed + 101)
    const [one, other] = comparePerformance([...small, ...giant], { ...options, seed }).territories.map(({ kpis: { perDay } }) => perDay)
    expect(one.pValue).toBe(other.pValue)
    if (one.verdict !== "consistent with chance") accused++
  }
  // 1 in 20 expected; 5 or more have a chance of 0.3 %
  expect(accused).toBeLessThan(5)
})

test("what cannot be used is named by row, field, value and remedy, amounts too; a region by its own path", () => {
  const [store] = stores(["a"], 1, () => ({}))
  const first = (given: Partial<Store>, kpi: Partial<Kpi<Store>> = {}): string => caught(() => comparePerformance([store, { ...store, ...given }], { ...options, kpis: { perDay: { ...kpis.perDay, ...kpi } } })).message
  expect(first({ days: -1 })).toBe("records[1].days: must be 0 or more, got -1 (leave the record out with `where`)")
  expect(first({ sales: 5 }, { kind: "proportion" })).toBe('records[1].sales: must be from 0 to the denominator, 1, in a proportion, got 5 (use kind "ratio" if it may exceed it)')
  expect(first({ sales: 1e300 })).toContain("records[1].sales, got 1e+300 (use a larger unit)")
  const regions = [{ id: "", territoryIds: ["z"] }, { id: "w", territoryIds: [] }, { id: "w", territoryIds: [] }]
  const { issues } = caught(() => comparePerformance([store], { ...options, regions }))
  expect(issues.map(({ path, code }) => `${path} ${code}`)).toEqual(["regions[0].id id-type", "regions[2].id id-duplicate", "regions[0].territoryIds[0] id-unknown"])
})

test("rows that are all alike tell nothing of chance: no interval, and a flag", () => {
  const records = stores(["a", "b"], 12, () => ({ sales: 3 }))
  const { territories } = comparePerformance(records, options)
  expect(territories[0].kpis.perDay).toMatchObject({ value: 3, interval: null, intervalMethod: null, flag: "rows-alike", verdict: "consistent with chance" })
})
