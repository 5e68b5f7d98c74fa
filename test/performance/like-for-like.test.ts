import fc from "fast-check"
import { expect, test } from "vitest"
import { createRandom } from "../../src/math/random.js"
import { comparePerformance, type KpiVerdict, type PerformanceOptions } from "../../src/performance/index.js"
import { caught } from "../helpers/caught.js"

interface Deal {
  t: string
  s: string | null
  y: number
  x: number
}
const options: PerformanceOptions<Deal> = { territory: "t", segment: "s", kpis: { rate: { numerator: "y", denominator: "x" } } }

const rows = fc.array(fc.record({ t: fc.constantFrom("a", "b", "c"), s: fc.constantFrom("u", "r", null), y: fc.integer({ min: -5, max: 40 }), x: fc.integer({ min: 0, max: 9 }) }), { minLength: 1, maxLength: 40 })

test("mix and rate add up to the gap; what is expected adds up to what there is; both as reckoned row by row", () => {
  fc.assert(fc.property(rows, (deals) => {
    const { territories, kpis } = comparePerformance(deals, options)
    const sum = (some: Deal[], key: "x" | "y"): number => some.reduce((total, deal) => total + deal[key], 0)
    const rate = (some: Deal[]): number => (sum(some, "x") > 0 ? sum(some, "y") / sum(some, "x") : 0)
    let expected = 0
    for (const { id, kpis: { rate: own } } of territories) {
      const like = own.likeForLike as NonNullable<KpiVerdict["likeForLike"]>
      const mine = deals.filter((deal) => deal.t === id)
      const due = ["u", "r", null].reduce((total, s) => total + rate(deals.filter((deal) => deal.s === s)) * sum(mine.filter((deal) => deal.s === s), "x"), 0)
      expect(like.expected).toBeCloseTo(due, 9)
      expected += like.expected
      if (own.value !== null && kpis.rate.value !== null) expect((like.mix as number) + (like.rate as number)).toBeCloseTo(own.value - kpis.rate.value, 9)
      if (like.index !== null) expect(like.index * like.expected).toBeCloseTo(own.numerator, 9)
    }
    // segments without any denominator bring nothing that could be expected
    const counted = ["u", "r", null].filter((s) => sum(deals.filter((deal) => deal.s === s), "x") > 0)
    expect(expected).toBeCloseTo(sum(deals.filter((deal) => counted.includes(deal.s)), "y"), 9)
    expect(JSON.stringify(territories)).not.toMatch(/NaN|Infinity|:-0[,}]/)
  }), { numRuns: 100 })
})

/** n deals of a territory in a segment, of which so many are won. */
const deals = (t: string, s: string, n: number, won: number): Deal[] => Array.from({ length: n }, (_, i) => ({ t, s, x: 1, y: i < won ? 1 : 0 }))
const winRate: PerformanceOptions<Deal> = { ...options, kpis: { rate: { numerator: "y", kind: "proportion" } } }

test("a Simpson reversal shows: below all in sum, and above all in both segments, and no verdict like for like", () => {
  // hard deals are won in 1 of 10, easy ones in 6 of 10; north has the hard ones
  const records = [...deals("north", "hard", 300, 33), ...deals("north", "easy", 100, 64), ...deals("south", "hard", 100, 8), ...deals("south", "easy", 300, 180)]
  const { territories } = comparePerformance(records, winRate)
  const [north, south] = territories.map((t) => t.kpis.rate)
  expect([north.verdict, north.likeForLike?.verdict, north.likeForLike?.isReversed]).toEqual(["below", "consistent with chance", true])
  expect([south.verdict, south.likeForLike?.isReversed]).toEqual(["above", true])
  expect(north.likeForLike?.mix).toBeLessThan(0)
  expect(north.likeForLike?.rate).toBeGreaterThan(0)
  expect(north.likeForLike?.index).toBeGreaterThan(1)
  const { low, high } = north.likeForLike?.interval as { low: number; high: number }
  expect(low < 1 && 1 < high).toBe(true)
})

test("a deficit within segments survives like for like", () => {
  const records = ["a", "b", "c", "d"].flatMap((t) => [...deals(t, "hard", 200, t === "a" ? 10 : 40), ...deals(t, "easy", 200, t === "a" ? 60 : 120)])
  const like = comparePerformance(records, winRate).territories[0].kpis.rate.likeForLike
  expect(like?.verdict).toBe("below")
  expect(like?.shrunken?.high).toBeLessThan(1)
  expect(like?.isReversed).toBe(false)
})

test("territories that differ by their mix alone are seldom accused like for like, where they nearly always are without", () => {
  const random = createRandom(8)
  let [raw, like] = [0, 0]
  const runs = 40
  for (let run = 0; run < runs; run++) {
    const records = Array.from({ length: 12 }, (_, t) => Array.from({ length: 60 }, (): Deal => {
      const s = random() < t / 11 ? "easy" : "hard"
      return { t: `t${String(t).padStart(2, "0")}`, s, x: 1, y: random() < (s === "easy" ? 0.6 : 0.15) ? 1 : 0 }
    })).flat()
    const { territories } = comparePerformance(records, { ...winRate, seed: run })
    const isAccused = (verdict?: string): boolean => verdict === "above" || verdict === "below"
    if (territories.some((t) => isAccused(t.kpis.rate.verdict))) raw++
    if (territories.some((t) => isAccused(t.kpis.rate.likeForLike?.verdict))) like++
  }
  expect(raw).toBeGreaterThan(35)
  expect(like).toBeLessThan(7) // 5 % are 2; 7 of 40 would be a fluke of 1 in 250
})

test("regions are judged from the rows of their territories, and sum to the whole", () => {
  const records = ["a", "b", "c", "d"].flatMap((t, i) => deals(t, "u", 100 + i, t < "c" ? 30 : 60))
  const regions = [{ id: "west", territoryIds: ["a", "b"] }, { id: "east", territoryIds: ["d", "c"] }]
  const result = comparePerformance(records, { ...winRate, regions })
  expect(result.regions.map(({ id, rowCount, kpis }) => [id, rowCount, kpis.rate.numerator, kpis.rate.denominator, kpis.rate.verdict])).toEqual([["west", 201, 60, 201, "below"], ["east", 205, 120, 205, "above"]])
  const regrouped = comparePerformance(records.map((deal) => ({ ...deal, t: deal.t < "c" ? "west" : "east" })), winRate)
  expect(result.regions[0].kpis.rate).toMatchObject({ value: regrouped.territories[1].kpis.rate.value, interval: regrouped.territories[1].kpis.rate.interval })
})

test("urban and rural out of the box: records are as dense as their accounts lie", () => {
  const accounts = [{ id: "1", x: 0, y: 0 }, { id: "2", x: 1, y: 0 }, { id: "3", x: 90, y: 0 }]
  const records = ["1", "2", "3", "4"].map((account, i) => ({ t: "a", account, y: i }))
  const { segments, warnings } = comparePerformance(records, { territory: "t", kpis: { y: { numerator: "y" } }, segment: { accounts, account: "account", density: { radius: 5, classes: ["rural", "urban"] } } })
  expect(segments.map((s) => [s.id, s.kpis.y.numerator])).toEqual([["rural", 2], ["urban", 1]])
  expect(warnings.map((w) => w.code)).toEqual(["account-unknown", "segment-missing", "territory-single"])
})

test("counts, costs and the family-wise level: what each promises", () => {
  const counts = comparePerformance([{ t: "a", y: 10, x: 5 }, { t: "b", y: 0, x: 5 }], { territory: "t", kpis: { visits: { numerator: "y", denominator: "x", kind: "count" } } })
  const [a, b] = counts.territories.map((t) => t.kpis.visits)
  expect(a).toMatchObject({ value: 2, intervalMethod: "poisson" })
  expect(a.interval?.low).toBeCloseTo(4.7954 / 5, 4) // Garwood 1936
  expect(b.interval).toMatchObject({ low: 0 })
  expect(b.interval?.high).toBeCloseTo(3.6889 / 5, 4)
  expect(a.shrunken?.value).toBeLessThan(2)
  const many = comparePerformance([{ t: "a", y: 5000, x: 5 }], { territory: "t", kpis: { visits: { numerator: "y", denominator: "x", kind: "count" } } })
  expect(many.kpis.visits.intervalMethod).toBe("byar")

  const records = ["a", "b", "c", "d", "e", "f"].flatMap((t, i) => deals(t, "u", 60, 20 + i))
  const [one, other] = (["false-discovery", "family-wise"] as const).map((errorControl) => comparePerformance(records, { ...winRate, errorControl }).territories.map((t) => t.kpis.rate.adjustedPValue as number))
  one.forEach((p, t) => expect(other[t]).toBeGreaterThanOrEqual(p))
})

test("lower is better of costs: the cheapest ranks first", () => {
  const records = ["a", "b", "c"].flatMap((t, i) => Array.from({ length: 200 }, () => ({ t, cost: 100 * (i + 1), came: 1 })))
  const kpi = { numerator: "cost", denominator: "came", kind: "per-count" } as const
  const rank = (better: "higher" | "lower"): number[] => comparePerformance(records, { territory: "t", kpis: { cost: { ...kpi, better } } }).territories.map((t) => t.kpis.cost.rank?.high ?? 0)
  expect([rank("lower")[0], rank("higher")[2]]).toEqual([1, 1])
  expect([rank("lower")[2], rank("higher")[0]]).toEqual([3, 3])
})

test("the bootstrap is used from 50 rows on, is of one seed, and lies beside the linearized interval", () => {
  const random = createRandom(2)
  const records = Array.from({ length: 2700 }, (_, i): Deal => ({ t: i < 40 ? "small" : i < 200 ? "medium" : "large", s: null, x: 1 + random(), y: Math.exp(random() * 3) }))
  const run = (more: Partial<PerformanceOptions<Deal>>): KpiVerdict[] => comparePerformance(records, { territory: "t", kpis: options.kpis, ...more }).territories.map((t) => t.kpis.rate)
  const plain = run({})
  const resampled = run({ resamples: 2000 })
  expect(resampled.map((t) => t.intervalMethod)).toEqual(["bootstrap", "bootstrap", "linearized"])
  expect(resampled).toEqual(run({ resamples: 2000 }))
  resampled.forEach(({ interval }, t) => {
    const width = (plain[t].interval?.high as number) - (plain[t].interval?.low as number)
    expect(Math.abs((interval?.low as number) - (plain[t].interval?.low as number))).toBeLessThan(0.2 * width)
    expect(Math.abs((interval?.high as number) - (plain[t].interval?.high as number))).toBeLessThan(0.2 * width)
  })
})

test.each([
  ["an unknown territory", { territories: ["north", "b"] }, 'records[0].t: must be one of `territories`, got "a" (add it to the list, or correct the record)'],
  ["a territory listed twice", { territories: ["a", "a"] }, 'territories[1]: is territories[0] already, got "a"'],
  ["the same record twice", { id: "s" }, 'records[1].s: is the id of records[0] already, got "u"'],
  ["a region of an unknown territory", { regions: [{ id: "w", territoryIds: ["z"] }] }, 'regions[0].territoryIds[0]: is no territory of the records, got "z"'],
  ["a territory of two regions", { regions: [{ id: "w", territoryIds: ["a"] }, { id: "v", territoryIds: ["a"] }] }, "regions[1].territoryIds[0]: is regions[0].territoryIds[0] already"],
  ["a region without territories", { regions: [{ id: "w" }] }, "regions[0]: must be an object such as"],
  ["ten resamples", { resamples: 10 }, "resamples: must be 0, or a whole number from 1000 to 100000, got 10"],
  ["another control", { errorControl: "none" }, 'errorControl: must be "false-discovery" or "family-wise", got "none"'],
  ["segments of nothing", { segment: { accounts: [], account: "t" } }, "segment.accounts: must have at least one account"],
  ["a segment of null", { segment: null }, "segment: must be the name of a field or a function of the record, got null"],
  ["a KPI that is missing everywhere", { kpis: { z: { numerator: (): undefined => undefined } } }, "kpis.z.numerator: is missing in all 2 records that count"],
  ["a field that no record has", { kpis: { z: { numerator: "z" } } }, 'kpis.z.numerator: is a field that no record has, got "z"'],
  ["half a count", { kpis: { z: { numerator: (): number => 0.5, kind: "count" } } }, "records[0] (kpis.z.numerator): must be a whole number of 0 or more in a count, got 0.5"],
  ["a caution that is no function", { kpis: { z: { numerator: "y", cautions: { late: true } } } }, "kpis.z.cautions.late: must be a function of the record"],
])("%s cannot be used", (_, more, message) => {
  const records = [{ t: "a", s: "u", y: 1, x: 1 }, { t: "b", s: "u", y: 1, x: 1 }]
  expect(caught(() => comparePerformance(records, { ...options, ...more } as never)).message).toContain(message)
})

test.each([1, 7, 400])("%i objects twice among 5,000, of equal numbers or of others: each is counted, wherever it stands", (count) => {
  const records = Array.from({ length: 5000 }, (_, i) => ({ t: `t${i % 3}`, s: "u", y: i % 4 === 0 ? 1 : i, x: 1 + (i % 5) }))
  const twice = records.filter((_, i) => i % 12 === 0).slice(0, count)
  const warningsOf = (rows: readonly Deal[]): readonly { readonly code: string; readonly message: string }[] => comparePerformance(rows, options).warnings.filter(({ code }) => code === "record-repeated")
  expect(warningsOf(records)).toEqual([])
  // equal rows are not the same row
  expect(warningsOf([...records, ...twice.map((one) => ({ ...one }))])).toEqual([])
  const [warning] = warningsOf([...twice, ...records, ...twice])
  expect(warning.message).toContain(`records: ${2 * count} of ${5000 + 2 * count} are the same object`)
})

test("one object twice, one territory, none: warnings, and no verdict", () => {
  const record = { t: "a", s: "u", y: 1, x: 1 }
  const one = comparePerformance([record, record, ...deals("a", "u", 30, 3)], options)
  expect(one.warnings.map((w) => w.code)).toEqual(["record-repeated", "territory-single"])
  expect(one.territories[0].kpis.rate).toMatchObject({ verdict: "too little data", likeForLike: { verdict: "too little data", index: 1 } })
  const none = comparePerformance([{ ...record, t: null }], { ...options, territory: (r: Deal) => r.t } as never)
  expect(none.warnings.map((w) => w.code)).toContain("territory-none")
  // a territory that is listed has its place without any record
  const listed = comparePerformance(deals("a", "u", 30, 3), { ...options, territories: ["a", "b"] })
  expect(listed.territories[1]).toMatchObject({ id: "b", rowCount: 0, kpis: { rate: { value: null, flag: "no-denominator", verdict: "too little data" } } })
})

test("shuffled records change nothing, also where rows of the same numbers are of different segments", () => {
  const random = createRandom(3)
  const records: Deal[] = Array.from({ length: 60 }, (_, i) => ({ t: `t${i % 3}`, s: random() < 0.5 ? "u" : "r", y: Math.floor(random() * 3), x: 1 }))
  const shuffled = [...records].sort((a, b) => (a.s ?? "").localeCompare(b.s ?? ""))
  for (const seed of [0, 1, 2]) expect(JSON.stringify(comparePerformance(shuffled, { ...options, seed }))).toBe(JSON.stringify(comparePerformance(records, { ...options, seed })))
})
