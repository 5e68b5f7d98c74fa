import { expect, test } from "vitest"
import { createRandom, type Random } from "../../../src/math/random.js"
import { selectMass } from "../../../src/math/select/select-mass.js"
import { selectRank } from "../../../src/math/select/select-rank.js"
import { sortRun } from "../../../src/math/select/sort-run.js"
import { splitRun } from "../../../src/math/select/split-run.js"

/** Runs that trouble a careless selection: in order, in reverse, equal, few values, organ pipes, at random. */
const shapes: readonly ((at: number, length: number, random: Random) => number)[] = [
  (at) => at,
  (at) => -at,
  () => 7,
  (_, __, random) => Math.floor(3 * random()),
  (at, length) => Math.min(at, length - at),
  (_, __, random) => random() - 0.5,
  (at, _, random) => (at % 2 === 0 ? -Infinity : random()),
]

/** A run in the middle of longer arrays, of keys of the given shape and rows in any order. */
function runOf(length: number, shape: number, seed: number): { keys: Float64Array; rows: Int32Array; from: number; to: number; inOrder: readonly (readonly [key: number, row: number])[] } {
  const random = createRandom(seed)
  const from = 3
  const to = from + length
  const keys = Float64Array.from({ length: to + 2 }, (_, at) => shapes[shape](at - from, length, random))
  const rows = Int32Array.from({ length: to + 2 }, (_, at) => (seed % 2 === 0 ? at : to + 2 - at))
  const inOrder = Array.from({ length }, (_, at) => [keys[from + at], rows[from + at]] as const).sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1]))
  return { keys, rows, from, to, inOrder }
}

const pairs = (keys: Float64Array, rows: Int32Array, from: number, to: number): (readonly [number, number])[] => Array.from({ length: to - from }, (_, at) => [keys[from + at], rows[from + at]] as const)
const sorted = (items: readonly (readonly [number, number])[]): (readonly [number, number])[] => [...items].sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1]))
const lengths = [1, 2, 3, 5, 17, 128, 130, 1000]

test("a split puts the pivot at its place in the full order, with all that comes before it before it", () => {
  for (const length of lengths) {
    for (let shape = 0; shape < shapes.length; shape++) {
      const { keys, rows, from, to, inOrder } = runOf(length, shape, shape + length)
      const outside = [pairs(keys, rows, 0, from), pairs(keys, rows, to, rows.length)]
      const pivot = splitRun(keys, rows, from, to)
      expect([keys[pivot], rows[pivot]]).toEqual(inOrder[pivot - from])
      expect(sorted(pairs(keys, rows, from, pivot))).toEqual(inOrder.slice(0, pivot - from))
      expect(sorted(pairs(keys, rows, pivot, to))).toEqual(inOrder.slice(pivot - from))
      expect([pairs(keys, rows, 0, from), pairs(keys, rows, to, rows.length)]).toEqual(outside)
    }
  }
})

test("a sorted run is what the naive sort makes of it", () => {
  for (const length of [0, ...lengths]) {
    for (let shape = 0; shape < shapes.length; shape++) {
      const { keys, rows, from, to, inOrder } = runOf(length, shape, shape + length)
      sortRun(keys, rows, from, to)
      expect(pairs(keys, rows, from, to)).toEqual(inOrder)
    }
  }
})

test("the first items by rank are those of the naive sort, for every rank", () => {
  for (const length of lengths) {
    for (let shape = 0; shape < shapes.length; shape++) {
      for (const rank of new Set([0, 1, length >> 1, length - 1, length])) {
        const { keys, rows, from, to, inOrder } = runOf(length, shape, shape + length)
        selectRank(keys, rows, from, to, rank)
        expect(sorted(pairs(keys, rows, from, from + rank))).toEqual(inOrder.slice(0, rank))
        expect(sorted(pairs(keys, rows, from + rank, to))).toEqual(inOrder.slice(rank))
      }
    }
  }
})

test("the first items by mass are those that the naive walk along the sorted run takes", () => {
  let inside = 0
  for (const length of lengths) {
    for (let shape = 0; shape < shapes.length; shape++) {
      for (const share of [0, 0.01, 0.3, 0.5, 0.999, 1, 2]) {
        const { keys, rows, from, to, inOrder } = runOf(length, shape, shape + length)
        const random = createRandom(length)
        // whole masses, a third of them 0: their sums are exact in any order
        const masses = Float64Array.from({ length: rows.length + 1 }, () => Math.max(0, Math.floor(12 * random()) - 4))
        const wanted = share * inOrder.reduce((sum, [, row]) => sum + masses[row], 0)
        let count = 0
        for (let sum = 0; count < length && sum + masses[inOrder[count][1]] / 2 < wanted; ) sum += masses[inOrder[count++][1]]
        expect(selectMass(keys, rows, masses, from, to, wanted)).toBe(count)
        expect(sorted(pairs(keys, rows, from, from + count))).toEqual(inOrder.slice(0, count))
        if (count > 0 && count < length) inside++
      }
    }
  }
  expect(inside).toBeGreaterThan(100)
})
