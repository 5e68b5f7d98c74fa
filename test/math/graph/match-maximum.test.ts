import fc from "fast-check"
import munkres from "munkres"
import { expect, test } from "vitest"
import { matchMaximum } from "../../../src/math/graph/match-maximum.js"
import { createRandom } from "../../../src/math/random.js"

const matrix = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))
  .chain(([rows, columns]) => fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }))

const solve = (rows: number[][]): Int32Array => matchMaximum(rows.length, rows[0].length, Float64Array.from(rows.flat()))
const profitOf = (rows: number[][], columnOf: ArrayLike<number>): number => rows.reduce((sum, row, r) => sum + (columnOf[r] === -1 ? 0 : row[columnOf[r]]), 0)

/** The best profit by trying everything. */
function enumerate(rows: number[][], row = 0, used = 0): number {
  if (row === rows.length) return 0
  let best = enumerate(rows, row + 1, used)
  rows[row].forEach((profit, c) => {
    if ((used & (1 << c)) === 0) best = Math.max(best, profit + enumerate(rows, row + 1, used | (1 << c)))
  })
  return best
}

test("no matching of up to 7 by 7 is better, and no column is taken twice", () => {
  const small = fc.integer({ min: 1, max: 7 }).chain((columns) => fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 7 }))
  fc.assert(
    fc.property(small, (rows) => {
      const columnOf = solve(rows)
      const taken = Array.from(columnOf).filter((c) => c !== -1)
      expect(new Set(taken).size).toBe(taken.length)
      expect(profitOf(rows, columnOf)).toBe(enumerate(rows))
    }),
  )
})

test("finds the profit that the munkres package finds, on rectangles of both shapes", () => {
  fc.assert(
    fc.property(matrix, (rows) => {
      const pairs = munkres(rows.map((row) => row.map((p) => -p)))
      expect(profitOf(rows, solve(rows))).toBe(pairs.reduce((sum, [r, c]) => sum + rows[r][c], 0))
    }),
    { numRuns: 300 },
  )
})

test("a pair without profit is left alone", () => {
  expect(Array.from(solve([[0, 0], [0, 3], [0, 0]]))).toEqual([-1, 1, -1])
})

test("an empty side leaves nothing to match", () => {
  expect(Array.from(matchMaximum(2, 0, new Float64Array(0)))).toEqual([-1, -1])
  expect(Array.from(matchMaximum(0, 2, new Float64Array(0)))).toEqual([])
})

test("1,000 by 1,000, a shuffled diagonal under noise, is found whole", () => {
  const k = 1000
  const random = createRandom(5)
  const profits = Float64Array.from({ length: k * k }, () => Math.floor(random() * 40))
  const partner = (r: number): number => (r * 7 + 3) % k // a permutation: 7 and 1,000 have no common factor
  for (let r = 0; r < k; r++) profits[r * k + partner(r)] = 100
  expect(Array.from(matchMaximum(k, k, profits))).toEqual(Array.from({ length: k }, (_, r) => partner(r)))
})
