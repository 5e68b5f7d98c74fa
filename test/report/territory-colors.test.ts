import fc from "fast-check"
import { expect, test } from "vitest"
import { colorTerritories } from "../../src/report/territory-colors.js"

const alone = (k: number): Set<number>[] => Array.from({ length: k }, () => new Set<number>())

test("up to twelve territories all differ, neighbours or not", () => {
  expect(new Set(colorTerritories(alone(12), new Array<null>(12).fill(null))).size).toBe(12)
})

test("a hundred territories on a map: no two neighbours share a color", () => {
  // a grid of ten by ten in which diagonals are neighbours as well, denser than any map
  const neighbors = alone(100)
  for (let s = 0; s < 100; s++) {
    for (let t = 0; t < 100; t++) {
      if (s !== t && Math.abs((s % 10) - (t % 10)) <= 1 && Math.abs(Math.floor(s / 10) - Math.floor(t / 10)) <= 1) neighbors[s].add(t)
    }
  }
  const colors = colorTerritories(neighbors, new Array<null>(100).fill(null))
  const clashes = neighbors.flatMap((others, t) => [...others].filter((other) => colors[other] === colors[t]))
  expect(clashes).toEqual([])
})

test("random neighbourhoods of up to eleven never clash", () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.nat(29), fc.nat(29)), { maxLength: 120 }), (pairs) => {
    const neighbors = alone(30)
    for (const [s, t] of pairs) {
      if (s === t || neighbors[s].size >= 11 || neighbors[t].size >= 11) continue
      neighbors[s].add(t)
      neighbors[t].add(s)
    }
    const colors = colorTerritories(neighbors, new Array<null>(30).fill(null))
    return neighbors.every((others, t) => [...others].every((other) => colors[other] !== colors[t]))
  }))
})

test("given colors are kept and avoided", () => {
  const neighbors = [new Set([1]), new Set([0])]
  const [first] = colorTerritories(neighbors, [null, null])
  expect(colorTerritories(neighbors, [null, first])[0]).not.toBe(first)
  expect(colorTerritories(neighbors, ["tomato", null])[0]).toBe("tomato")
})
