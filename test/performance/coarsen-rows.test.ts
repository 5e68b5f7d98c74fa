import { expect, test } from "vitest"
import { createRandom } from "../../src/math/random.js"
import { coarsenRows } from "../../src/performance/coarsen-rows.js"
import { comparePerformance } from "../../src/performance/index.js"
import type { GroupedRows } from "../../src/performance/compare/dues.js"

/** Rows of groups of these sizes in two strata. */
function rowsOf(sizes: readonly number[], seed: number): GroupedRows & { readonly stratumOf: Int32Array } {
  const random = createRandom(seed)
  const n = sizes.reduce((sum, size) => sum + size, 0)
  const starts = Int32Array.from([0, ...sizes.map((_, g) => sizes.slice(0, g + 1).reduce((sum, size) => sum + size, 0))])
  // eighths, so that sums are exact in any order
  const eighths = (): Float64Array => Float64Array.from({ length: n }, () => Math.floor(random() * 800) / 8)
  return { numerators: eighths(), denominators: eighths(), starts, stratumOf: Int32Array.from({ length: n }, () => (random() < 0.3 ? 1 : 0)) }
}

/** Numerator, denominator and rows by group and stratum. */
function sums({ numerators, denominators, starts, stratumOf }: GroupedRows): Record<string, number[]> {
  const found: Record<string, number[]> = {}
  for (let g = 0; g + 1 < starts.length; g++) {
    for (let i = starts[g]; i < starts[g + 1]; i++) {
      const cell = (found[`${g} ${stratumOf?.[i] ?? 0}`] ??= [0, 0, 0])
      cell[0] += numerators[i]
      cell[1] += denominators[i]
      cell[2]++
    }
  }
  return found
}

test("batches keep the sums of every group in every stratum, and a hundred of each that must stay many", () => {
  const rows = rowsOf([5000, 3000, 1500, 7], 1)
  const coarse = coarsenRows(rows, [0, 1, 2], 0)
  const [before, after] = [sums(rows), sums(coarse)]
  expect(Object.keys(after).sort()).toEqual(Object.keys(before).sort())
  for (const [cell, [y, x, count]] of Object.entries(before)) {
    expect(after[cell].slice(0, 2)).toEqual([y, x])
    expect(after[cell][2]).toBeLessThanOrEqual(count)
    if (!cell.startsWith("3")) expect(after[cell][2]).toBeGreaterThanOrEqual(100)
  }
  expect(coarse.numerators.length).toBeLessThan(rows.numerators.length / 3)
  expect(coarsenRows(rows, [0, 1, 2], 0)).toEqual(coarse)
  expect(coarsenRows(rows, [0, 1, 2], 1)).not.toEqual(coarse)
})

test("where one of them is small in a stratum its rows stay rows", () => {
  const rows = rowsOf([5000, 150], 2)
  expect(coarsenRows(rows, [0, 1], 0)).toBe(rows)
  expect(coarsenRows(rows, [0], 0)).not.toBe(rows)
})

test("large territories without any difference are seldom accused in batches, as they stand and like for like", () => {
  const random = createRandom(5)
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  let [raw, like] = [0, 0]
  const runs = 30
  for (let run = 0; run < runs; run++) {
    const records = Array.from({ length: 9000 }, (_, i) => ({ t: `t${i % 10}`, s: random() < 0.5 ? "u" : "r", y: Math.exp(1.5 * normal()) }))
    const { territories } = comparePerformance(records, { territory: "t", segment: "s", kpis: { y: { numerator: "y" } }, seed: run })
    const isApart = (verdict?: string): boolean => verdict === "above" || verdict === "below"
    if (territories.some((t) => isApart(t.kpis.y.verdict))) raw++
    if (territories.some((t) => isApart(t.kpis.y.likeForLike?.verdict))) like++
  }
  // 5 % are 1.5 of 30; 6 would be a fluke of 1 in 300
  expect(raw).toBeLessThan(6)
  expect(like).toBeLessThan(6)
})
