import fc from "fast-check"
import { expect, test } from "vitest"
import { dissolveCells } from "../../src/report/dissolve-cells.js"

type Ring = [number, number][]

const square = (x: number, y: number): Ring => [[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1], [x, y]]

/** Rings of a path, by the shoelace formula: signed areas. */
function areasOf(path: string): number[] {
  return path.split("Z").filter((ring) => ring !== "").map((ring) => {
    const points = ring.slice(1).split("L").map((pair) => pair.split(",").map(Number))
    return points.reduce((sum, [x, y], p) => {
      const [x2, y2] = points[(p + 1) % points.length]
      return sum + (x * y2 - x2 * y) / 2
    }, 0)
  })
}

test("two squares side by side become one ring without the edge between", () => {
  const path = dissolveCells([square(0, 0), square(1, 0)])
  expect(areasOf(path)).toEqual([2])
  expect(path.match(/[ML]/g)).toHaveLength(6)
})

test("a hole stays a hole", () => {
  const ring = [0, 1, 2].flatMap((x) => [0, 1, 2].map((y) => [x, y])).filter(([x, y]) => x !== 1 || y !== 1)
  expect(areasOf(dissolveCells(ring.map(([x, y]) => square(x, y)))).sort((a, b) => a - b)).toEqual([-1, 9])
})

test("nothing gives nothing", () => {
  expect(dissolveCells([])).toBe("")
})

test("whatever cells are melted, the area is the sum of theirs", () => {
  fc.assert(fc.property(fc.uniqueArray(fc.nat({ max: 63 }), { minLength: 1 }), (places) => {
    const path = dissolveCells(places.map((place) => square(place % 8, Math.floor(place / 8))))
    expect(areasOf(path).reduce((sum, area) => sum + area, 0)).toBeCloseTo(places.length, 9)
  }))
})

test("corners that differ by less than the grid still meet", () => {
  const shifted = square(1, 0).map(([x, y]): [number, number] => [x + 1e-9, y - 1e-9])
  expect(areasOf(dissolveCells([square(0, 0), shifted]))).toEqual([2])
})
