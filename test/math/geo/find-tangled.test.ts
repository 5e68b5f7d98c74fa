import fc from "fast-check"
import { expect, test } from "vitest"
import { findTangled } from "../../../src/math/geo/find-tangled.js"
import type { GridRing, Region } from "../../../src/math/geo/region.js"

type Edge = readonly [{ x: number; y: number }, { x: number; y: number }]
const edgesOf = (ring: GridRing): Edge[] => ring.map((point, p) => [point, ring[(p + 1) % ring.length]])
const side = ([a, b]: Edge, c: { x: number; y: number }): number => Math.sign((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x))
const crosses = (one: Edge, other: Edge): boolean => side(one, other[0]) * side(one, other[1]) < 0 && side(other, one[0]) * side(other, one[1]) < 0
const crossingsOf = (a: Region, b: Region): number => a.flat(0).flatMap(edgesOf).reduce((sum, one) => sum + b.flatMap(edgesOf).filter((other) => crosses(one, other)).length, 0)

const point = fc.record({ x: fc.integer({ min: 0, max: 60 }), y: fc.integer({ min: 0, max: 60 }) })
const regions = fc.array(fc.array(fc.array(point, { minLength: 3, maxLength: 40 }), { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 4 })

test("a region is given up exactly where all crossings, counted edge by edge, are above the limit", () => {
  let givenUp = 0
  fc.assert(
    fc.property(regions, fc.integer({ min: 1, max: 200 }), (all, crossings) => {
      const pairs = all.flatMap((a, i) => all.slice(i + 1).map((b, j) => ({ i, j: i + 1 + j, count: crossingsOf(a, b) })))
      const total = pairs.reduce((sum, { count }) => sum + count, 0)
      const tangled = findTangled(all, { crossings, tests: Infinity })
      expect(tangled.length > 0).toBe(total > crossings)
      const gone = new Set(tangled.map(({ region }) => region))
      expect(pairs.filter(({ i, j }) => !gone.has(i) && !gone.has(j)).reduce((sum, { count }) => sum + count, 0)).toBeLessThanOrEqual(crossings)
      for (const { region, partner, crossings: counted } of tangled) {
        expect(partner).not.toBe(region)
        const pair = pairs.find(({ i, j }) => i === Math.min(region, partner ?? -1) && j === Math.max(region, partner ?? -1))
        expect(counted).toBeLessThanOrEqual(pair?.count ?? 0)
      }
      givenUp += tangled.length
    }),
    { numRuns: 150, seed: 5 },
  )
  expect(givenUp).toBeGreaterThan(50)
})

test("inside of one region crossings count too, where that is asked", () => {
  fc.assert(
    fc.property(fc.array(point, { minLength: 3, maxLength: 60 }), fc.integer({ min: 1, max: 100 }), (ring, crossings) => {
      const total = crossingsOf([ring], [ring]) / 2
      expect(findTangled([[ring]], { crossings, tests: Infinity }, 0, true).length).toBe(Number(total > crossings))
      expect(findTangled([[ring]], { crossings, tests: Infinity })).toEqual([])
    }),
    { numRuns: 100, seed: 6 },
  )
})

test("a region that must stay stays, and who crosses it goes; work without crossings has a limit too", () => {
  const comb = (isUpright: boolean): GridRing => {
    const ring = Array.from({ length: 40 }, (_, i) => [{ x: i, y: -1 }, { x: i, y: 50 }, { x: i + 0.5, y: 50 }, { x: i + 0.5, y: -1 }]).flat()
    return isUpright ? ring : ring.map(({ x, y }) => ({ x: y, y: x }))
  }
  const limits = { crossings: 100, tests: Infinity }
  expect(findTangled([[comb(true)], [comb(false)]], limits)).toMatchObject([{ region: 1, partner: 0 }])
  expect(findTangled([[comb(true)], [comb(false)]], limits, 1)).toMatchObject([{ region: 0, partner: 1 }])
  const far = comb(true).map(({ x, y }) => ({ x: x + 0.25, y }))
  expect(findTangled([[comb(true)], [far]], { crossings: 1e6, tests: 1_000 })).toMatchObject([{ region: 1, partner: null, crossings: 0 }])
  expect(findTangled([[comb(true)], [far]], { crossings: 1e6, tests: 1e6 })).toEqual([])
})
