import fc from "fast-check"
import { expect, test } from "vitest"
import { createRandom } from "../../../src/math/random.js"
import { sortRows } from "../../../src/math/stats/sort-rows.js"

/** The same by comparing. */
function byComparing(groupOf: Int32Array, first: Float64Array, second: Float64Array): number[][] {
  const rows = Array.from(groupOf.keys()).filter((i) => groupOf[i] !== -1)
  rows.sort((i, j) => groupOf[i] - groupOf[j] || first[i] - first[j] || second[i] - second[j])
  return rows.map((i) => [groupOf[i], first[i], second[i]])
}

const amount = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(1e-308, -1e-308, 1e290, -1e290, 0.1 + 0.2, 0.3)).map((x) => x + 0)

test("rows come out by group and numbers, as comparing has them, in groups small and large", () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: -1, max: 3 }), amount, amount), { maxLength: 60 }), fc.constantFrom(1, 40), (rows, times) => {
    // many copies with other bits make a group large
    const all = Array.from({ length: times }, (_, c) => rows.map(([group, y, x]) => [group, c === 0 ? y : y * (1 + c * 2 ** -40), c % 2 === 0 ? x : -x + 0])).flat()
    const groupOf = Int32Array.from(all, ([group]) => group)
    const [first, second] = [1, 2].map((c) => Float64Array.from(all, (row) => row[c] + 0))
    const { order, starts } = sortRows(groupOf, 4, first, second)
    expect(Array.from(order, (i) => [groupOf[i], first[i], second[i]])).toEqual(byComparing(groupOf, first, second))
    for (let g = 0; g < 4; g++) for (let at = starts[g]; at < starts[g + 1]; at++) expect(groupOf[order[at]]).toBe(g)
    expect(starts[4]).toBe(order.length)
  }), { numRuns: 60 })
})

test("a large group of amounts in cents, and one of equal amounts", () => {
  const random = createRandom(4)
  const n = 5000
  const groupOf = Int32Array.from({ length: n }, (_, i) => i % 2)
  const first = Float64Array.from({ length: n }, (_, i) => (i % 2 === 0 ? Math.round(random() * 2000 - 1000) / 100 + 0 : 7))
  const second = Float64Array.from({ length: n }, () => Math.floor(random() * 5))
  const { order } = sortRows(groupOf, 2, first, second)
  expect(Array.from(order, (i) => [groupOf[i], first[i], second[i]])).toEqual(byComparing(groupOf, first, second))
})
