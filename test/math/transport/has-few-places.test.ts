import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { hasFewPlaces } from "../../../src/math/transport/has-few-places.js"

function answer(places: readonly (readonly number[])[], most: number): boolean {
  const dimension = places[0]?.length === 3 ? 3 : 2
  const steps = hasFewPlaces({ n: places.length, points: Float64Array.from(places.flat()), dimension }, most)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

describe("hasFewPlaces", () => {
  it("counts places as a set of their coordinates does", () => {
    let few = 0
    let many = 0
    const coordinate = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.double({ noNaN: true, noDefaultInfinity: true, min: 0.5 }))
    fc.assert(
      fc.property(fc.constantFrom(2 as const, 3 as const), fc.array(fc.array(coordinate, { minLength: 3, maxLength: 3 }), { maxLength: 60 }), fc.integer({ min: 0, max: 30 }), (dimension, drawn, most) => {
        const places = drawn.map((place) => place.slice(0, dimension))
        const isFew = new Set(places.map((place) => place.join())).size < most
        if (isFew) few++
        else many++
        expect(answer(places, most)).toBe(isFew)
      }),
      { numRuns: 400, seed: 7 },
    )
    expect(few).toBeGreaterThan(30)
    expect(many).toBeGreaterThan(30)
  })

  it("200,000 accounts at four places are few; as many at their own are not, after the first of them", () => {
    const four = Array.from({ length: 200_000 }, (_, i) => [i % 2, (i >> 1) % 2])
    expect([answer(four, 4), answer(four, 5)]).toEqual([false, true])
    const own = Array.from({ length: 200_000 }, (_, i) => [i, i])
    expect(answer(own, 50_000)).toBe(false)
    expect(answer(own, 200_001)).toBe(true)
  })
})
