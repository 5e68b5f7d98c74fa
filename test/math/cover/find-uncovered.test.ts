import fc from "fast-check"
import { expect, test } from "vitest"
import { addBit, emptyBits, hasBit, listBits } from "../../../src/math/cover/bits.js"
import { findUncovered, turnBoxes, type Boxes } from "../../../src/math/cover/find-uncovered.js"

/** Boxes as lists of classes per dimension. */
type Lists = readonly (readonly (readonly number[])[])[]

function compile(sizes: readonly number[], boxes: Lists): Boxes {
  const holders = sizes.map((size, d) =>
    Array.from({ length: size }, (_, c) => {
      const bits = emptyBits(boxes.length)
      boxes.forEach((box, r) => box[d].includes(c) && addBit(bits, r))
      return bits
    }),
  )
  return turnBoxes(boxes.length, holders)
}

function points(part: readonly (readonly number[])[]): number[][] {
  return part.reduce<number[][]>((all, classes) => all.flatMap((point) => classes.map((c) => [...point, c])), [[]])
}

const isHeld = (point: readonly number[], boxes: Lists): boolean => boxes.some((box) => box.every((classes, d) => classes.includes(point[d])))
const all = (count: number) => {
  const bits = emptyBits(count)
  for (let r = 0; r < count; r++) addBit(bits, r)
  return bits
}

const cases = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }).chain((sizes) => {
  const side = (size: number) => {
    const some = fc.subarray(Array.from({ length: size }, (_, c) => c), { minLength: 1 })
    return fc.oneof(some, fc.constant(Array.from({ length: size }, (_, c) => c)))
  }
  const box = fc.tuple(...sizes.map(side))
  return fc.record({ sizes: fc.constant(sizes), boxes: fc.array(box, { maxLength: 14 }), part: box, budget: fc.integer({ min: 0, max: 120 }) })
})

test("the answer is that of counting all points, on the whole and on parts", () => {
  let coveredCount = 0
  fc.assert(
    fc.property(cases, ({ sizes, boxes, part }) => {
      const answer = findUncovered(compile(sizes, boxes), part, all(boxes.length), { left: Infinity })
      const missing = points(part).filter((point) => !isHeld(point, boxes))
      if (answer.isCovered === true) {
        coveredCount++
        expect(missing).toEqual([])
        const by = listBits(answer.by).map((r) => boxes[r])
        expect(points(part).every((point) => isHeld(point, by))).toBe(true)
      } else if (answer.isCovered === false) expect(missing).toContainEqual(answer.point)
      else expect.unreachable()
    }),
    { numRuns: 1000 },
  )
  expect(coveredCount).toBeGreaterThan(100)
})

test("with little work the answer is still right, or names a part on which everything depends", () => {
  let openCount = 0
  fc.assert(
    fc.property(cases, ({ sizes, boxes, part, budget }) => {
      const answer = findUncovered(compile(sizes, boxes), part, all(boxes.length), { left: budget })
      const isCovered = points(part).every((point) => isHeld(point, boxes))
      if (answer.isCovered !== null) expect(answer.isCovered).toBe(isCovered)
      else {
        openCount++
        expect(answer.open.every((classes, d) => classes.every((c) => part[d].includes(c)))).toBe(true)
        expect(points(answer.open).every((point) => isHeld(point, boxes))).toBe(isCovered)
      }
    }),
    { numRuns: 1000 },
  )
  expect(openCount).toBeGreaterThan(10)
})

test("2,000 tiles cover a space, and one tile less does not", () => {
  // tiles are disjoint: their volumes tell all
  const range = (from: number, to: number) => Array.from({ length: to - from }, (_, c) => from + c)
  const sizes = [20, 10, 10, 10]
  const tiles = range(0, 20).flatMap((a) => range(0, 10).flatMap((b) => range(0, 10).map((c) => [[a], [b], [c], range(0, 10)])))
  expect(tiles).toHaveLength(2000)
  const boxes = compile(sizes, tiles)
  const among = all(tiles.length)
  expect(findUncovered(boxes, sizes.map((size) => range(0, size)), among, { left: 1e8 }).isCovered).toBe(true)
  among[31] &= ~4
  const answer = findUncovered(boxes, sizes.map((size) => range(0, size)), among, { left: 1e8 })
  expect(answer.isCovered === false && answer.point.slice(0, 3)).toEqual([9, 9, 4])
  expect(hasBit(among, 31 * 32 + 2)).toBe(false)
})
