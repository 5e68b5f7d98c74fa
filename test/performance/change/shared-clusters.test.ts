import { expect, test } from "vitest"
import { createRandom } from "../../../src/math/random.js"
import { sharedEffect } from "../../../src/math/stats/shared-effect.js"
import { evaluateChange, planTest, type ChangeOptions } from "../../../src/performance/index.js"
import { inverseRoot } from "../../helpers/matrices.js"

interface Row {
  readonly store: string
  readonly year: string
  readonly sales: number
  readonly region: string
}

const normals = (seed: number): (() => number) => {
  const random = createRandom(seed)
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** Territories of two stores; those of one region share `common` of the variance of their growth. */
function world(seed: number, territories: number, regionOf: (t: number) => number, common: number, years: readonly string[] = ["2020", "2021"]): Row[] {
  const normal = normals(seed)
  const shocks = Array.from({ length: territories * years.length }, normal)
  return Array.from({ length: territories }, (_, t) => years.flatMap((year, y) => {
    const growth = Math.sqrt(common) * shocks[regionOf(t) * years.length + y] + Math.sqrt(1 - common) * normal()
    return ["a", "b"].map((store) => ({ store: `t${t}${store}`, year, sales: 100 * Math.exp(0.1 * growth), region: `r${regionOf(t)}` }))
  })).flat()
}

const names = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, t) => `t${from + t}`)
const options = (territories: number, treated: number, more: Partial<ChangeOptions<Row>> = {}): ChangeOptions<Row> => ({
  account: "store",
  period: "year",
  outcome: "sales",
  alignment: names(0, territories).flatMap((territoryId) => ["a", "b"].map((store) => ({ accountId: `${territoryId}${store}`, territoryId }))),
  treated: names(0, treated),
  changedAt: "2021",
  ...more,
})
const isFound = ({ verdict }: { readonly verdict: string | null }): boolean => verdict === "higher" || verdict === "lower"

test("12 territories in 6 regions, 3 of them treated: by territories chance is called an effect three times too often, by region it is not, and a real effect is found", () => {
  const runs = 60 // bench/calibration.js has hundreds, and other layouts
  let [blind, seeing, found, held] = [0, 0, 0, 0]
  for (let run = 0; run < runs; run++) {
    const rows = world(run, 12, (t) => Math.floor(t / 2), 0.9)
    if (isFound(evaluateChange(rows, options(12, 6)))) blind++
    const { effect, verdict } = evaluateChange(rows, options(12, 6, { cluster: "region" }))
    if (isFound({ verdict })) seeing++
    if (effect?.interval && effect.interval.low <= 0 && effect.interval.high >= 0) held++
    if (run % 4 > 0) continue
    const raised = rows.map((row) => (row.year === "2021" && Number(row.store.slice(1, -1)) < 6 ? { ...row, sales: 2 * row.sales } : row))
    if (evaluateChange(raised, options(12, 6, { cluster: "region" })).verdict === "higher") found++
  }
  expect(blind).toBeGreaterThan(0.15 * runs)
  expect(seeing).toBeLessThanOrEqual(0.07 * runs)
  // an interval and a verdict are one test
  expect(held).toBe(runs - seeing)
  expect(found).toBeGreaterThan(0.8 * (runs / 4))
})

test("a cluster inside one territory says nothing that the territory does not: the same bytes but for the option", () => {
  const rows = world(1, 9, (t) => t, 0)
  expect(evaluateChange(rows, options(9, 4, { cluster: "region" }))).toEqual(evaluateChange(rows, options(9, 4)))
  expect(evaluateChange(rows, options(9, 4)).effect?.designEffect).toBe(1)
})

test("regions on both sides take the same from both: no design effect, and no warning", () => {
  const rows = world(2, 12, (t) => t % 6, 0.9)
  const { effect, warnings } = evaluateChange(rows, options(12, 6))
  const seen = evaluateChange(rows, options(12, 6, { cluster: "region" })).effect
  expect(seen?.designEffect).toBe(1)
  expect(seen?.pValue).toBe(effect?.pValue)
  expect(warnings.map(({ code }) => code)).not.toContain("rows-clustered")
})

test("territories that move together by a field of the records are warned of by its name; with cluster they are not", () => {
  const rows = world(6, 40, (t) => Math.floor(t / 5), 0.95)
  const { warnings } = evaluateChange(rows, options(40, 20))
  expect(warnings.filter(({ code }) => code === "rows-clustered")).toEqual([{ code: "rows-clustered", path: "records.region", message: expect.stringContaining('Say cluster: "region"') }])
  expect(evaluateChange(rows, options(40, 20, { cluster: "region" })).warnings.map(({ code }) => code)).toEqual(["trend-unknown"])
})

test("one cluster on a side, or fewer than three, is too little data, and the result says so", () => {
  const one = evaluateChange(world(3, 12, (t) => (t < 6 ? 0 : t), 0.5), options(12, 6, { cluster: "region" }))
  expect([one.verdict, one.needs, one.minimumDetectableEffect]).toEqual(["too little data", "A verdict needs treated territories and controls of several clusters: one cluster makes up all of a side.", null])
  const two = evaluateChange(world(3, 12, (t) => Math.floor(t / 3), 0.5), options(12, 6, { cluster: "region" }))
  expect([two.verdict, two.needs]).toEqual(["too little data", "A verdict needs at least 3 clusters among treated territories and 3 among controls; there are 2 and 2."])
})

test("shuffled records give the same bytes, with accounts that belong to no region", () => {
  const rows = world(4, 12, (t) => Math.floor(t / 2), 0.5).map((row) => (row.store.endsWith("3b") ? { ...row, region: null } : row))
  const shuffled = rows.map((row, i) => ({ row, key: (i * 7919) % 1009 })).sort((a, b) => a.key - b.key).map(({ row }) => row)
  const by = (list: typeof rows): string => JSON.stringify(evaluateChange(list, { ...options(12, 6), outcome: "sales", cluster: "region" } as ChangeOptions<(typeof rows)[number]>))
  expect(by(shuffled)).toBe(by(rows))
})

test("a plan counts clusters too: what it foresees grows by the root of the design effect", () => {
  const years = Array.from({ length: 9 }, (_, y) => `${2010 + y}`)
  const rows = world(5, 24, (t) => Math.floor(t / 2), 0.9, years)
  const { changedAt: _, treated: __, ...fields } = options(24, 0)
  const plan = { ...fields, treated: names(0, 8), controlsPerTreated: 2, plannedPeriods: 1 }
  const blind = planTest(rows, plan)
  const seeing = planTest(rows, { ...plan, cluster: "region" })
  expect(blind.designEffect).toBe(1)
  expect(blind.warnings.map(({ path }) => path)).toContain("records.region")
  expect(seeing.designEffect).toBeGreaterThan(1.4)
  const log = (effect: number | null): number => Math.log(1 + (effect ?? NaN))
  expect(log(seeing.minimumDetectableEffect) / log(blind.minimumDetectableEffect)).toBeCloseTo(Math.sqrt(seeing.designEffect), 9)
})

test("whole territories in regions: the variance is CR2 of the regression on treatment, by its matrices, and Welch's where each is its own", () => {
  const normal = normals(7)
  for (const regions of [[0, 0, 1, 1, 1, 2, 3, 3, 4, 5, 5, 6], [0, 1, 2, 0, 1, 2, 3, 0, 1, 2, 3, 3], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]]) {
    const size = 5
    const n = regions.length
    const y = Array.from({ length: n }, normal)
    const isTreated = (i: number): boolean => i < size
    const count = (i: number): number => (isTreated(i) ? size : n - size)
    const mean = (side: boolean): number => y.filter((_, i) => isTreated(i) === side).reduce((sum, own, _, all) => sum + own / all.length, 0)
    const e = y.map((own, i) => own - mean(isTreated(i)))
    let expected = 0
    for (const region of new Set(regions)) {
      const own = regions.flatMap((r, i) => (r === region ? [i] : []))
      const hat = own.map((i, a) => own.map((j, b) => (a === b ? 1 : 0) - (isTreated(i) === isTreated(j) ? 1 / count(i) : 0)))
      const root = inverseRoot(hat)
      const adjusted = own.map((_, a) => own.reduce((sum, j, b) => sum + root[a][b] * e[j], 0))
      expected += own.reduce((sum, i, a) => sum + ((isTreated(i) ? 1 : -1) / count(i)) * adjusted[a], 0) ** 2
    }
    const units = Int32Array.from({ length: n }, (_, i) => i)
    const found = sharedEffect(Float64Array.from(e), size, { unitOf: units, clusterOf: Int32Array.from(regions), clusterCount: n, deviations: Float64Array.from(e), shares: new Float64Array(n).fill(1) })
    // the iteration converges quadratically; rounding is left
    expect(found?.clustered).toBeCloseTo(expected, 10)
    const variance = (side: boolean): number => e.filter((_, i) => isTreated(i) === side).reduce((sum, own, _, all) => sum + own ** 2 / (all.length - 1) / all.length, 0)
    expect(found?.independent).toBeCloseTo(variance(true) + variance(false), 12)
  }
})
