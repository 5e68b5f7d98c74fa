import { expect, test } from "vitest"
import { createRandom } from "../../src/math/random.js"
import { setAside, type Aside } from "../../src/performance/compare/set-aside.js"
import { comparePerformance, type PerformanceResult } from "../../src/performance/index.js"

interface Row {
  t: string
  y: number
  s?: string
}

const name = (t: number): string => `t${String(t).padStart(2, "0")}`

/** Rows of yes or no: of each territory so many, at its own rate. */
function rowsOf(rates: readonly number[], counts: readonly number[], random: () => number): Row[] {
  return rates.flatMap((rate, t) => Array.from({ length: counts[t] }, () => ({ t: name(t), y: random() < rate ? 1 : 0 })))
}

const compare = (rows: Row[], seed: number): PerformanceResult => comparePerformance(rows, { territory: "t", kpis: { y: { numerator: "y", kind: "proportion" } }, seed })

const isApart = (verdict: string): boolean => verdict === "above" || verdict === "below"

const worlds: readonly [string, number, number, boolean][] = [
  ["a quarter above", 6, 0, false],
  ["a quarter below", 0, 6, false],
  ["three at either end", 3, 3, false],
  ["a giant above", 1, 0, true],
]

test.each(worlds)("where %s is really different, the others are left in peace, and every verdict agrees with the figures beside it", (_, high, low, isGiant) => {
  const random = createRandom(31 + 7 * high + low)
  const rates = Array.from({ length: 24 }, (_, t) => (t < high ? 0.5 : t < high + low ? 0.12 : 0.28))
  const counts = rates.map((_, t) => (isGiant && t === 0 ? 900 : 80))
  const runs = 4
  let [found, wrong, aside] = [0, 0, 0]
  for (let seed = 0; seed < runs; seed++) {
    const { territories, kpis: all } = compare(rowsOf(rates, counts, random), seed)
    for (const { id, kpis: { y } } of territories) {
      if (!isApart(y.verdict)) continue
      if (Number(id.slice(1)) < high + low) found++
      else wrong++
      aside += y.comparedWith?.setAside.length ?? 0
      const side = y.verdict === "above" ? 1 : -1
      const figures = [all.y.value, y.comparedWith?.value]
      expect(figures).toHaveLength(2)
      for (const figure of figures) expect(side * ((y.value as number) - (figure as number))).toBeGreaterThan(0)
      expect(side * (y.deviation as number)).toBeGreaterThan(0)
      expect(side * (y.funnel?.z as number)).toBeGreaterThan(1.96)
      const near = side > 0 ? y.interval?.low : y.interval?.high
      expect(side * ((near as number) - (y.comparedWith?.value as number))).toBeGreaterThan(0)
    }
  }
  expect(found).toBeGreaterThan(0.5 * runs * (high + low))
  // of all verdicts one of twenty may be false
  expect(wrong).toBeLessThanOrEqual(Math.max(2, 0.05 * found))
  expect(aside).toBeGreaterThan(0)
})

test("one yardstick, whichever end the extreme ones are at: the mirror image of the rows has the mirror image of the verdicts", () => {
  const random = createRandom(8)
  const rates = Array.from({ length: 16 }, (_, t) => 0.3 + 0.025 * t)
  const rows = rowsOf(rates, rates.map(() => 150), random)
  const [one, mirror] = [rows, rows.map((row) => ({ ...row, y: 1 - row.y }))].map((given) => compare(given, 3).territories.map(({ kpis }) => kpis.y))
  const turned: Record<string, string> = { above: "below", below: "above" }
  expect(one.filter(({ verdict }) => isApart(verdict)).length).toBeGreaterThan(3)
  one.forEach((own, t) => {
    // shuffles meet the scores in another order: a p-value of 50 samples is known to a seventh
    if (isApart(own.verdict) && isApart(mirror[t].verdict)) {
      expect(mirror[t].comparedWith?.value).toBeCloseTo(1 - (own.comparedWith?.value as number), 12)
      expect(mirror[t].comparedWith?.setAside).toEqual(own.comparedWith?.setAside)
    }
    if ((own.adjustedPValue as number) < 0.03 || (own.adjustedPValue as number) > 0.08) expect(mirror[t].verdict).toBe(turned[own.verdict] ?? own.verdict)
  })
})

test("seven far below do not put one below that is like all together", () => {
  const random = createRandom(4)
  // thirty territories as in a real list of won deals by agent: seven far below, three far above, and one just below the whole
  const means = Array.from({ length: 30 }, (_, t) => (t < 7 ? 1400 : t < 10 ? 3200 : t === 10 ? 2200 : 2550))
  const rows = means.flatMap((mean, t) => Array.from({ length: 140 }, () => ({ t: name(t), y: mean * (0.2 + 1.6 * random()) })))
  const { territories } = comparePerformance(rows, { territory: "t", kpis: { deal: { numerator: "y" } } })
  const verdicts = territories.map(({ kpis: { deal } }) => deal)
  const nearest = verdicts[10]
  expect(Math.abs((nearest.deviation as number))).toBeLessThan(0.07)
  expect(nearest.verdict).toBe("consistent with chance")
  expect(verdicts.slice(0, 7).map(({ verdict }) => verdict)).toEqual(Array(7).fill("below"))
  expect(verdicts.slice(7, 10).map(({ verdict }) => verdict)).toEqual(Array(3).fill("above"))
  // what it was held against, by hand
  for (const own of verdicts.slice(0, 10)) {
    const { value, setAside: ids } = own.comparedWith as { value: number; setAside: string[] }
    const rest = rows.filter(({ t }) => !ids.includes(t) && verdicts[Number(t.slice(1))] !== own)
    expect(value).toBeCloseTo(rest.reduce((sum, { y }) => sum + y, 0) / rest.length, 6)
    // those that lie apart, at both ends
    expect(ids.filter((id) => Number(id.slice(1)) < 10).length).toBe(ids.includes(name(verdicts.indexOf(own))) ? 10 : 9)
  }
  expect(verdicts.some(({ comparedWith }) => (comparedWith?.setAside.length ?? 0) > 0)).toBe(true)
})

test("like for like is held against the rates of the others, in segments of its own mix; an index is in its own unit", () => {
  const random = createRandom(5)
  const rows = Array.from({ length: 1200 }, (_, i) => {
    const s = random() < 0.2 + 0.1 * (i % 6) ? "easy" : "hard"
    return { t: name(i % 6), s, y: random() < (s === "easy" ? 0.5 : 0.2) * (i % 6 === 0 ? 1.7 : 1) ? 1 : 0 }
  })
  const { territories, kpis: all } = comparePerformance(rows, { territory: "t", segment: "s", kpis: { y: { numerator: "y", kind: "proportion" }, index: { numerator: "y", indexed: true } } })
  territories.forEach(({ id, kpis }) => {
    const own = rows.filter(({ t }) => t === id)
    const rate = (s: string, among: readonly Row[]): number => among.filter((row) => row.s === s).reduce((sum, { y }) => sum + y, 0) / among.filter((row) => row.s === s).length
    const expected = (among: readonly Row[]): number => own.reduce((sum, row) => sum + rate(row.s, among), 0)
    const aside = kpis.y.likeForLike?.comparedWith?.setAside ?? ["none"]
    const others = rows.filter(({ t }) => t !== id && !aside.includes(t))
    expect(kpis.y.likeForLike?.comparedWith?.value).toBeCloseTo(expected(others) / expected(rows), 9)
    expect(kpis.index.comparedWith?.value).toBeCloseTo(((kpis.y.comparedWith?.value as number) * 100) / (all.y.value as number), 9)
  })
})

test("groups are set aside one by one: a giant does not make all others look apart, and no more than a quarter goes at either end", () => {
  const groups = (means: readonly number[], sizes: readonly number[]): Aside => {
    const starts = Int32Array.from([0, ...sizes.map((_, g) => sizes.slice(0, g + 1).reduce((sum, size) => sum + size, 0))])
    const numerators = Float64Array.from(means.flatMap((mean, g) => Array.from({ length: sizes[g] }, (_, i) => mean + (i % 2 === 0 ? 1 : -1))))
    return setAside({ numerators, denominators: new Float64Array(numerators.length).fill(1), starts }, [...means.keys()], null)
  }
  const even = (k: number, size: number): number[] => Array(k).fill(size) as number[]
  const giant = groups([5, ...even(11, 1)], [1000, ...even(11, 20)])
  expect(giant.aside).toEqual([0])
  // 4 over the root of its variance a row and that of 220 others
  expect(giant.distances[0]).toBeCloseTo(4 / Math.sqrt(1 / 999 + 1 / 219), 9)
  giant.distances.slice(1).forEach((distance) => expect(distance).toBeCloseTo(0, 9))
  expect(groups(even(12, 1), even(12, 20)).aside).toEqual([])
  expect(groups([9, 8, ...even(8, 3), -2, -3], even(12, 20)).aside).toEqual([0, 1, 10, 11])
  // five of twelve: the three farthest
  const many = groups([9, 10, 11, 12, 13, ...even(7, 1)], even(12, 20)).aside
  expect(many.filter((g) => g < 5)).toEqual([2, 3, 4])
  expect(many.length).toBeLessThanOrEqual(6)
  // of three a quarter is none
  expect(groups([9, 1, 1], even(3, 20)).aside).toEqual([])
})
