import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { CLIPPER, evenOdd, type ClipEngine } from "../../../src/math/geo/clipper-engine.js"
import { climbLadder, LADDER, POLYGON_OPS } from "../../../src/math/geo/polygon-ops.js"
import { outlineSteps, regionSteps, type Region } from "../../../src/math/geo/region.js"
import { TURF } from "../../../src/math/geo/turf-engine.js"
import { unwrapRing } from "../../../src/math/geo/unwrap-ring.js"

/** A star with spikes of random length: it may cross others often, never itself. */
const star = fc.record({ x: fc.double({ min: -2, max: 2, noNaN: true }), y: fc.double({ min: -2, max: 2, noNaN: true }), radii: fc.array(fc.double({ min: 0.5, max: 3, noNaN: true }), { minLength: 5, maxLength: 9 }) }).map(({ x, y, radii }): Region =>
  evenOdd(unwrapRing(radii.map((radius, p) => [x + radius * Math.cos((2 * Math.PI * p) / radii.length), y + radius * Math.sin((2 * Math.PI * p) / radii.length)]))),
)
/** Boxes on a coarse grid: edges and corners coincide all the time. */
const tile = fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })).map(([x, y, w, h]): Region => evenOdd(unwrapRing([[x, y], [x + w, y], [x + w, y + h], [x, y + h]])))
const shape = fc.oneof(star, tile)

const broken: ClipEngine = {
  union: () => {
    throw new Error("broken")
  },
  intersection: (a) => a,
  difference: (a) => a,
}

describe("PolygonOps", () => {
  it("gives what @turf gives", () => {
    fc.assert(
      fc.property(shape, shape, (a, b) => {
        const slack = 4 * (outlineSteps(a) + outlineSteps(b))
        for (const kind of ["union", "intersection", "difference"] as const) expect(Math.abs(regionSteps(CLIPPER[kind](a, b)) - regionSteps(TURF[kind](a, b)))).toBeLessThan(slack)
      }),
      { numRuns: 40, seed: 1 },
    )
  })

  it("splits so that areas add up, the same from both sides", () => {
    fc.assert(
      fc.property(shape, shape, (a, b) => {
        const [one, other] = [POLYGON_OPS.split(a, b), POLYGON_OPS.split(b, a)]
        const slack = 4 * (outlineSteps(a) + outlineSteps(b))
        expect(Math.abs(regionSteps(one?.both ?? []) - regionSteps(other?.both ?? []))).toBeLessThan(slack)
        expect(Math.abs(regionSteps(one?.onlyA ?? []) - regionSteps(other?.onlyB ?? []))).toBeLessThan(slack)
      }),
      { numRuns: 50, seed: 2 },
    )
  })

  it("finds what is covered twice as pairs do", () => {
    fc.assert(
      fc.property(fc.array(shape, { minLength: 2, maxLength: 6 }), (regions) => {
        const cover = POLYGON_OPS.cover(regions)
        let [once, twice]: [Region, Region] = [[], []]
        for (const region of regions) {
          twice = CLIPPER.union(twice, CLIPPER.intersection(once, region))
          once = CLIPPER.union(once, region)
        }
        const slack = 8 * regions.reduce((sum, region) => sum + outlineSteps(region), 0)
        expect(Math.abs(regionSteps(cover?.once ?? []) - regionSteps(once))).toBeLessThan(slack)
        expect(Math.abs(regionSteps(cover?.twice ?? []) - regionSteps(twice))).toBeLessThan(slack)
      }),
      { numRuns: 50, seed: 3 },
    )
  })

  it("climbs on where a library throws or gives areas that do not add up, and says when none is left", () => {
    const [a, b]: Region[] = [evenOdd(unwrapRing([[0, 0], [2, 0], [2, 2], [0, 2]])), evenOdd(unwrapRing([[1, 1], [3, 1], [3, 3], [1, 3]]))]
    const rescued = climbLadder([{ engine: broken, grid: 1 }, ...LADDER.slice(2)])
    expect(regionSteps(rescued.split(a, b)?.both ?? [])).toBeCloseTo(1e14, -9)
    expect(regionSteps(rescued.cover([a, b])?.twice ?? [])).toBeCloseTo(1e14, -9)
    const lost = climbLadder([{ engine: broken, grid: 1 }, { engine: broken, grid: 10 }])
    expect(lost.split(a, b)).toBeNull()
    expect(lost.cover([a, b])).toBeNull()
  })
})
