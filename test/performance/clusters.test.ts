import fc from "fast-check"
import { expect, test } from "vitest"
import { createRandom } from "../../src/math/random.js"
import { clusterEffect } from "../../src/math/stats/cluster-effect.js"
import { designEffects } from "../../src/math/stats/design-effect.js"
import { comparePerformance, type Kpi, type KpiKind } from "../../src/performance/index.js"
import { caught } from "../helpers/caught.js"

interface Deal {
  rep: string
  account: string | null
  tier?: string
  won: number
  size: number
}

const isApart = ({ verdict }: { verdict: string }): boolean => verdict === "above" || verdict === "below"

/** Reps of equal skill with accounts of some deals each: of every account a share of the deals has one common outcome, so that two of them correlate by its square. */
function deals(reps: number, accounts: number, each: number, correlation: number, random: () => number): (Deal & { account: string })[] {
  return Array.from({ length: reps * accounts }, (_, a) => {
    const common = random() < 0.3 ? 1 : 0
    return Array.from({ length: each }, () => ({
      rep: `r${String(Math.floor(a / accounts)).padStart(2, "0")}`,
      account: `a${a}`,
      won: random() < Math.sqrt(correlation) ? common : random() < 0.3 ? 1 : 0,
      size: 1 + Math.floor(9 * random()),
    }))
  }).flat()
}

const winRate: Kpi<Deal> = { numerator: "won", kind: "proportion" }

test("eight accounts of five deals each: taken for independent they accuse somebody in half of the draws, by account they do not, and a warning says so", () => {
  const random = createRandom(5)
  const runs = 14
  const accused = { rows: 0, clusters: 0 }
  let [held, effects] = [0, 0]
  for (let seed = 0; seed < runs; seed++) {
    const rows = deals(24, 8, 5, 0.3, random)
    const options = { territory: "rep", kpis: { winRate }, seed }
    const blind = comparePerformance(rows, options)
    expect(blind.warnings.map(({ code, path }) => `${code} ${path}`)).toEqual(["rows-clustered records.account"])
    const seeing = comparePerformance(rows, { ...options, cluster: "account" })
    expect(seeing.warnings).toEqual([])
    if (blind.territories.some(({ kpis }) => isApart(kpis.winRate))) accused.rows++
    if (seeing.territories.some(({ kpis }) => isApart(kpis.winRate))) accused.clusters++
    held += seeing.territories.filter(({ kpis: { winRate: { interval } } }) => interval !== null && interval.low <= 0.3 && interval.high >= 0.3).length
    effects += seeing.kpis.winRate.designEffect / runs
  }
  expect(accused.rows).toBeGreaterThan(0.25 * runs) // 49 % were found
  // 5 % are 0.7 of 14; 4 would be a fluke of 1 in 250
  expect(accused.clusters).toBeLessThan(4)
  expect(held / (24 * runs)).toBeGreaterThan(0.93)
  // 1 + 4 * 0.3, and a twentieth for the rates of the groups, which are estimated themselves
  expect(effects).toBeGreaterThan(2)
  expect(effects).toBeLessThan(2.5)
})

test("a cluster counts as one row of its sums: interval, tests, shrinkage and like for like are those of rows added up before", () => {
  const random = createRandom(6)
  const rows = deals(8, 12, 4, 0.2, random).map((deal) => ({ ...deal, tier: Number(deal.account?.slice(1)) % 3 === 0 ? "large" : "small" }))
  const accounts = [...new Set(rows.map(({ account }) => account))].map((account) => {
    const own = rows.filter((deal) => deal.account === account)
    return { ...own[0], won: own.reduce((sum, { won }) => sum + won, 0), size: own.reduce((sum, { size }) => sum + size, 0) }
  })
  const kpis: Record<string, Kpi<Deal>> = { perSize: { numerator: "won", denominator: "size" } }
  const byCluster = comparePerformance(rows, { territory: "rep", kpis, segment: "tier", cluster: "account" })
  const before = comparePerformance(accounts, { territory: "rep", kpis, segment: "tier" })
  expect(before.territories).toHaveLength(8)
  byCluster.territories.forEach(({ kpis: { perSize } }, t) => {
    const one = before.territories[t].kpis.perSize
    expect([perSize.n, perSize.clusterCount]).toEqual([48, 12])
    expect([one.n, one.clusterCount]).toEqual([12, null])
    for (const key of ["value", "interval", "pValue", "adjustedPValue", "verdict", "comparedWith", "shrunken", "rank", "funnel"] as const) expect(perSize[key]).toEqual(one[key])
    // each row is due its own segment's rate: the same sums in another order
    expect(perSize.likeForLike?.index).toBeCloseTo(one.likeForLike?.index as number, 12)
    expect(perSize.likeForLike?.pValue).toBeCloseTo(one.likeForLike?.pValue as number, 12)
    // the same number of accounts, four rows each
    expect(Math.abs((perSize.neededRows as number) - 4 * (one.neededRows as number))).toBeLessThanOrEqual(4)
  })
})

test.each<KpiKind>(["proportion", "count", "per-count"])("cases of a %s that go together are worth less: interval and funnel are wider by the root of the design effect", (kind) => {
  const random = createRandom(7)
  const rows = deals(6, 30, 10, 0.5, random)
  const kpi: Kpi<Deal> = kind === "per-count" ? { numerator: "size", denominator: "won", kind } : { numerator: "won", kind }
  const [plain, clustered] = [undefined, "account"].map((cluster) => comparePerformance(rows, { territory: "rep", kpis: { kpi }, ...(cluster === undefined ? {} : { cluster }) }))
  expect(clustered.kpis.kpi.designEffect).toBeGreaterThan(1.5)
  clustered.territories.forEach(({ kpis: { kpi: own } }, t) => {
    const before = plain.territories[t].kpis.kpi
    const width = ({ interval }: typeof own): number => (interval?.high ?? NaN) - (interval?.low ?? NaN)
    expect(width(own) / width(before) / Math.sqrt(clustered.kpis.kpi.designEffect)).toBeGreaterThan(0.8)
    expect(width(own) / width(before) / Math.sqrt(clustered.kpis.kpi.designEffect)).toBeLessThan(1.6)
    expect(Math.abs(own.funnel?.z ?? NaN)).toBeLessThan(Math.abs(before.funnel?.z ?? NaN))
  })
})

test("four clusters are too few, however many rows they have; rows without one count for themselves", () => {
  const random = createRandom(8)
  const rows = deals(3, 4, 20, 0.1, random)
  const { territories } = comparePerformance(rows, { territory: "rep", kpis: { winRate }, cluster: "account" })
  for (const { kpis } of territories) expect(kpis.winRate).toMatchObject({ n: 80, clusterCount: 4, flag: "too-few-clusters", verdict: "too little data" })
  const some = rows.map((deal, i) => (i % 20 === 0 ? { ...deal, account: null } : deal))
  const result = comparePerformance(some, { territory: "rep", kpis: { winRate }, cluster: "account" })
  expect(result.territories.map(({ kpis }) => kpis.winRate.clusterCount)).toEqual([8, 8, 8])
  expect(result.warnings).toEqual([{ code: "cluster-missing", path: "records", message: "records: 12 of 240 have no cluster; each counts for itself" }])
})

test("shuffled rows give the same bytes, with clusters across segments and territories and rows without one", () => {
  const deal = fc.record({ rep: fc.constantFrom("a", "b", "c"), account: fc.constantFrom("x", "y", "z", null), tier: fc.constantFrom("large", "small"), won: fc.constantFrom(0, 1), size: fc.integer({ min: 1, max: 3 }) })
  fc.assert(
    fc.property(fc.array(deal, { minLength: 1, maxLength: 40 }), (rows) => {
      const options = { territory: "rep", cluster: "account", segment: "tier", minimumRows: 2, kpis: { winRate, perSize: { numerator: "won", denominator: "size" } } }
      const result = comparePerformance(rows, options)
      expect(JSON.stringify(comparePerformance([...rows].reverse(), options))).toBe(JSON.stringify(result))
      expect(JSON.parse(JSON.stringify(result))).toEqual(result)
      for (const { id, kpis } of result.territories) {
        const own = rows.filter(({ rep }) => rep === id)
        const clusters = new Set(own.flatMap(({ account }) => account ?? [])).size + own.filter(({ account }) => account === null).length
        expect([kpis.winRate.n, kpis.winRate.clusterCount]).toEqual([own.length, clusters])
      }
    }),
    { numRuns: 20 },
  )
})

test("an ordinary category is no cluster, nor an id that moves nothing, nor names of the territories", () => {
  const random = createRandom(9)
  for (let run = 0; run < 8; run++) {
    const rows = deals(12, 8, 5, 0, random).map((deal, i) => ({
      ...deal,
      id: `d${i}`,
      repName: `Rep ${deal.rep}`,
      region: Number(deal.rep.slice(1)) < 6 ? "west" : "east",
      stage: deal.won === 1 ? "won" : "lost",
      product: `p${Math.floor(7 * random())}`,
      month: `2024-${String(1 + Math.floor(12 * random())).padStart(2, "0")}`,
      amount: Math.round(1e4 * random()),
      priority: Math.floor(4 * random()),
    }))
    // 1 in 100 by chance, of one field that looks like an id
    const { warnings } = comparePerformance(rows, { territory: "rep", kpis: { winRate: { numerator: (row) => row.won, kind: "proportion" }, size: { numerator: (row) => row.size } } })
    expect(warnings).toEqual([])
  }
})

test("ids under several names are found by the text, numbers where their name says so; a field that throws is none", () => {
  const random = createRandom(10)
  const rows = deals(12, 8, 5, 0.4, random).map(({ account, ...deal }) => Object.defineProperty({ ...deal, employees: Number(account?.slice(1)), customerId: Number(account?.slice(1)) }, "bad", { enumerable: true, get: () => { throw new Error("no") } }))
  const { warnings } = comparePerformance(rows, { territory: "rep", kpis: { winRate: { numerator: "won", kind: "proportion" } } })
  expect(warnings.map(({ path }) => path)).toEqual(["records.customerId"])
  expect(warnings[0].message).toMatch(/^records\.customerId: repeats within territories, and rows that share it go together: [23](\.\d)? rows of one customerId are worth about as much as one that is independent/)
  const named = deals(12, 8, 5, 0.4, random).map((deal) => ({ ...deal, accountId: Number(deal.account?.slice(1)) }))
  expect(comparePerformance(named, { territory: "rep", kpis: { winRate: { numerator: "won", kind: "proportion" } } }).warnings.map(({ path }) => path)).toEqual(["records.account"])
})

test("the design effect of a ratio is that of clusters over rows, by hand; beta-binomial cases give back their correlation", () => {
  // one group, ratio 1; residuals 1 1 | -1 -1 by cluster
  const ones = Float64Array.from([1, 1, 1, 1])
  const found = clusterEffect(Float64Array.from([2, 2, 0, 0]), ones, Int32Array.from([0, 4]), Int32Array.from([0, 0, 1, 1]))
  // (2 / 1) (4 + 4) over (4 / 3) 4
  expect(found.effect).toBeCloseTo(3, 12)
  // products of pairs: 2 + 2 of rows in order; -4 * 4 / 12 are expected; their variance is 2 (4 - 2) a cluster
  expect(found.z).toBeCloseTo((4 + 4 / 3) / Math.sqrt(8), 12)
  expect(clusterEffect(ones, ones, Int32Array.from([0, 4]), Int32Array.from([0, 0, 1, 1]))).toEqual({ effect: 1, z: 0 })

  const random = createRandom(11)
  const sizes = Array.from({ length: 4000 }, (_, i) => (i % 2 === 0 ? 4 : 20))
  const events = sizes.map((size) => { const common = random() < 0.4 ? 1 : 0; return Array.from({ length: size }, () => (random() < Math.sqrt(0.2) ? common : random() < 0.4 ? 1 : 0)).reduce((sum: number, one) => sum + one, 0) })
  const order = [...sizes.keys()].sort((a, b) => sizes[a] - sizes[b])
  const { groups } = designEffects(Float64Array.from(order, (i) => events[i]), Float64Array.from(order, (i) => sizes[i]), Int32Array.from([0, 2000, 4000]), "proportion", true)
  // 1 + (size - 1) * 0.2, within the luck of 4,000 cases
  expect(Math.abs(groups[0] - 1.6)).toBeLessThan(0.1)
  expect(Math.abs(groups[1] - 4.8)).toBeLessThan(0.3)
})

test("the cluster that a warning says to name can be named so: numbers, empty text and odd names included", () => {
  const kpis = { winRate: { numerator: "won", kind: "proportion" as const } }
  const rows = deals(24, 8, 5, 0.3, createRandom(5)).map(({ rep, account, won }) => ({ rep, won, number: Number(account.slice(1)) }))
  const asked = (field: string, valueOf: (number: number, i: number) => unknown, said: string): void => {
    const records = rows.map(({ rep, won, number }, i): Record<string, unknown> => ({ rep, won, [field]: valueOf(number, i) }))
    const [warning] = comparePerformance(records, { territory: "rep", kpis }).warnings
    expect(warning.message).toMatch(/ Say cluster: /)
    expect(warning.message.split(" Say cluster: ")[1]).toBe(said)
    const cluster = new Function(`return ${said}`)() as (record: Record<string, unknown>) => string | null
    expect(comparePerformance(records, { territory: "rep", kpis, cluster }).kpis.winRate.clusterCount).toBeGreaterThan(100)
  }
  asked("account", (number) => `a${number}`, '"account"')
  asked("accountId", (number) => number, "(record) => String(record.accountId)")
  asked("account no", (number) => number, '(record) => String(record["account no"])')
  asked("account", (number, i) => (i % 50 === 0 ? "" : `a${number}`), "(record) => record.account || null")
  asked("accountId", (number, i) => (i % 50 === 0 ? null : i % 50 === 1 ? "" : number), '(record) => record.accountId == null || record.accountId === "" ? null : String(record.accountId)')
})

test("a cluster that cannot be read is named", () => {
  const rows: Deal[] = [{ rep: "a", account: "x", won: 1, size: 1 }]
  const options = { territory: "rep", kpis: { winRate } }
  expect(caught(() => comparePerformance(rows, { ...options, cluster: "acount" }))).toMatchObject({ code: "field-unknown", path: "cluster" })
  expect(caught(() => comparePerformance([{ ...rows[0], account: 7 as never }], { ...options, cluster: "account" }))).toMatchObject({ code: "id-type", path: "records[0].account" })
  expect(caught(() => comparePerformance(rows, { ...options, cluster: 7 as never }))).toMatchObject({ code: "option-type", path: "cluster" })
})
