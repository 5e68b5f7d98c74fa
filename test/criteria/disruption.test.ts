import fc from "fast-check"
import { expect, test } from "vitest"
import { classifyMoves, KEPT, matchTerritories, MOVED, SHARED, UNOWNED, type OwnerTable } from "../../src/criteria/disruption.js"

function table(owners: readonly (readonly number[])[]): OwnerTable {
  const starts = new Int32Array(owners.length + 1)
  owners.forEach((own, i) => (starts[i + 1] = starts[i] + own.length))
  return { starts, owners: Int32Array.from(owners.flat()) }
}

const names = (k: number, afterCount = k): Int32Array => Int32Array.from({ length: k }, (_, b) => (b < afterCount ? b : -1))

test("a cyclic renaming finds its heirs and moves nothing", () => {
  const before = [[0], [1], [2], [0], [1], [2]]
  const after = before.map(([b]) => [(b + 1) % 3])
  const heirs = matchTerritories(table(before), table(after), 3, names(3))
  expect(Array.from(heirs)).toEqual([1, 2, 0])
  expect(Array.from(classifyMoves(table(before), table(after), heirs))).toEqual(before.map(() => KEPT))
})

test("when two heirs keep equally many, the name decides", () => {
  // territory 0 is halved between 0 and 1
  const heirs = matchTerritories(table([[0], [0]]), table([[1], [0]]), 2, Int32Array.of(1))
  expect(Array.from(heirs)).toEqual([1])
})

test("what had no owner, or several, is no disruption; what loses its owner is", () => {
  const before = table([[], [0, 1], [0], [0]])
  const after = table([[0], [0], [], [0, 1]])
  expect(Array.from(classifyMoves(before, after, Int32Array.of(0, 1)))).toEqual([UNOWNED, SHARED, MOVED, KEPT])
})

test("no other choice of heirs moves fewer accounts", () => {
  const k = 4
  const permutations = (rest: number[]): number[][] => (rest.length === 0 ? [[]] : rest.flatMap((x) => permutations(rest.filter((y) => y !== x)).map((p) => [x, ...p])))
  const all = permutations([0, 1, 2, 3])
  expect(all).toHaveLength(24)
  const owner = fc.integer({ min: 0, max: k - 1 })
  fc.assert(
    fc.property(fc.array(fc.tuple(owner, owner), { minLength: 1, maxLength: 25 }), (rows) => {
      const before = table(rows.map(([b]) => [b]))
      const after = table(rows.map(([, a]) => [a]))
      const moved = (heirs: Int32Array): number => classifyMoves(before, after, heirs).filter((f) => f === MOVED).length
      const heirs = matchTerritories(before, after, k, names(k))
      expect(moved(heirs)).toBe(Math.min(...all.map((p) => moved(Int32Array.from(p)))))
    }),
  )
})
