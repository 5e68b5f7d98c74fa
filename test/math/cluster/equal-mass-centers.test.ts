import fc from "fast-check"
import { expect, test } from "vitest"
import { equalMassCenters } from "../../../src/math/cluster/equal-mass-centers.js"
import { createRandom } from "../../../src/math/random.js"
import { finishSteps } from "../../../src/model/in-pieces.js"

const cut = (...parameters: Parameters<typeof equalMassCenters>): Float64Array => finishSteps(equalMassCenters(...parameters))

const none = createRandom(0)
const onLine = (xs: number[]): Float64Array => Float64Array.from(xs.flatMap((x) => [x, 0]))
const rounded = (numbers: Float64Array): number[] => Array.from(numbers, (x) => Math.round(x * 1e9) / 1e9 + 0)

test("on a line equal masses are cut into equal parts, each with its mean", () => {
  const centers = cut(onLine([0, 1, 2, 10, 11, 12, 20, 21, 22, 30, 31, 32]), 2, new Float64Array(12).fill(1), Float64Array.of(1, 1, 1, 1), none, 0)
  expect(Array.from({ length: 4 }, (_, t) => centers[2 * t]).sort((a, b) => a - b).map(Math.round)).toEqual([1, 11, 21, 31])
})

test("a heavy account weighs as much as many light ones", () => {
  const centers = cut(onLine([0, 1, 2, 3, 4]), 2, Float64Array.of(1, 1, 1, 1, 4), Float64Array.of(1, 1), none, 0)
  expect(Array.from({ length: 2 }, (_, t) => centers[2 * t]).sort((a, b) => a - b)).toEqual([1.5, 4])
})

test("a territory of three shares out of four takes three quarters of the mass", () => {
  const xs = Array.from({ length: 100 }, (_, i) => i)
  const centers = cut(onLine(xs), 2, new Float64Array(100).fill(1), Float64Array.of(3, 1), none, 0)
  // rows 0 to 74 and 75 to 99, from one end or from the other
  expect([[37, 87], [62, 12]]).toContainEqual([centers[0], centers[2]])
})

test("every part holds its share of the mass, give or take the accounts at its cuts", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 1, max: 9 }), fc.constantFrom(2 as const, 3 as const), fc.double({ min: 0, max: 1, noNaN: true }), (seed, k, dimension, wobble) => {
      const random = createRandom(seed)
      const n = 200
      const points = Float64Array.from({ length: n * dimension }, () => random())
      const masses = Float64Array.from({ length: n }, () => random())
      const shares = Float64Array.from({ length: k }, () => 0.5 + random())
      const centers = cut(points, dimension, masses, shares, random, wobble)
      // the parts are not handed over: the mean of all centers by their mass must be the mean of all points
      const total = shares.reduce((sum, share) => sum + share, 0)
      const mass = masses.reduce((sum, x) => sum + x, 0)
      for (let d = 0; d < dimension; d++) {
        let ofCenters = 0
        for (let t = 0; t < k; t++) ofCenters += (shares[t] / total) * centers[t * dimension + d]
        let ofPoints = 0
        for (let i = 0; i < n; i++) ofPoints += (masses[i] / mass) * points[i * dimension + d]
        // at each of up to 4 cuts above a part at most half an account of mass 1 in about 100 is on the wrong side
        expect(Math.abs(ofCenters - ofPoints)).toBeLessThan((k * 0.5) / mass + 1e-12)
      }
    }),
  )
})

test("the same stream gives the same centers; without wobble none is drawn", () => {
  const random = createRandom(11)
  const points = Float64Array.from({ length: 300 }, () => random())
  const masses = Float64Array.from({ length: 150 }, () => random())
  const shares = new Float64Array(7).fill(1)
  const at = (seed: number, wobble: number): Float64Array => cut(points, 2, masses, shares, createRandom(seed), wobble)
  expect(at(1, 0.5)).toEqual(at(1, 0.5))
  expect(at(1, 0.5)).not.toEqual(at(2, 0.5))
  expect(cut(points, 2, masses, shares, () => expect.unreachable(), 0)).toEqual(at(2, 0))
})

test("accounts on one spot and accounts without mass still make centers that are numbers", () => {
  const spot = cut(onLine(new Array<number>(10).fill(3)), 2, new Float64Array(10).fill(1), new Float64Array(4).fill(1), none, 0)
  expect(rounded(spot)).toEqual([3, 0, 3, 0, 3, 0, 3, 0])
  const massless = cut(onLine([0, 1, 2, 3]), 2, new Float64Array(4), Float64Array.of(1, 1), none, 0)
  expect(Array.from({ length: 2 }, (_, t) => massless[2 * t]).sort((a, b) => a - b)).toEqual([0.5, 2.5])
})

test("with as many territories as accounts every account is a center", () => {
  const centers = cut(onLine([5, 1, 9, 3]), 2, Float64Array.of(1, 100, 1, 1), new Float64Array(4).fill(1), none, 0)
  expect(Array.from({ length: 4 }, (_, t) => centers[2 * t]).sort((a, b) => a - b)).toEqual([1, 3, 5, 9])
})
