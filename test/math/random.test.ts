import { expect, test } from "vitest"
import { createRandom } from "../../src/math/random.js"

const MASK = 0xffff_ffffn

/** sfc32 as PractRand 0.95 documents it (sfc.cpp: shifts 9 and 3, rotation 21), in integers of any size. */
function* sfc32(a: bigint, b: bigint, c: bigint, counter: bigint): Generator<bigint, never> {
  for (;;) {
    const sum = (a + b + counter) & MASK
    counter = (counter + 1n) & MASK
    a = b ^ (b >> 9n)
    b = (c + (c << 3n)) & MASK
    c = (((c << 21n) | (c >> 11n)) + sum) & MASK
    yield sum
  }
}

/** splitmix32 with the finalizer constants 0x21f0aaad and 0x735a2d97. */
function* splitmix32(state: bigint): Generator<bigint, never> {
  for (;;) {
    state = (state + 0x9e37_79b9n) & MASK
    let z = state
    z = ((z ^ (z >> 16n)) * 0x21f0_aaadn) & MASK
    z = ((z ^ (z >> 15n)) * 0x735a_2d97n) & MASK
    yield z ^ (z >> 15n)
  }
}

const take = <T>(count: number, from: Iterator<T>): T[] => Array.from({ length: count }, () => from.next().value)

test("the reference gives a published stream of sfc32: state 0, 12345, 0, 1, after 12 steps", () => {
  // the Go module maloquacious/prng, sfc32_test.go
  expect(take(17, sfc32(0n, 12345n, 0n, 1n)).slice(12).map(Number)).toEqual([235160590, 2967261163, 116171463, 2882324903, 362604721])
})

test.each([0, 1, 42, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 32 + 7, Number.MAX_SAFE_INTEGER, -1, -42, Number.MIN_SAFE_INTEGER])("the stream of seed %i is the reference's", (seed) => {
  const mix = splitmix32(BigInt.asUintN(32, BigInt(seed)))
  const [a, b, c] = take(3, mix)
  const reference = sfc32(a, b, c ^ BigInt.asUintN(32, BigInt(seed) >> 32n), 1n)
  take(15, reference)
  const random = createRandom(seed)
  for (let step = 0; step < 200; step++) {
    const [high, low] = take(2, reference)
    // 32 bits and the upper 21 of the next make 53
    expect(random()).toBe(Number((high << 21n) | (low >> 11n)) / 2 ** 53)
  }
})

test("no two seeds near 0 or near a power of two share a stream", () => {
  const seeds = [0, 2 ** 31, 2 ** 32, 2 ** 33, 2 ** 53 - 1000, -(2 ** 31), -(2 ** 32)].flatMap((base) => Array.from({ length: 201 }, (_, i) => base + i - 100))
  expect(new Set(seeds.map((seed) => createRandom(seed)())).size).toBe(new Set(seeds).size)
})

test("numbers lie in [0, 1) and fill it evenly", () => {
  const random = createRandom(7)
  const n = 100_000
  const bins = new Float64Array(100)
  let least = 1
  let most = 0
  let neighbours = 0
  let last = 0.5
  for (let i = 0; i < n; i++) {
    const x = random()
    least = Math.min(least, x)
    most = Math.max(most, x)
    bins[Math.floor(100 * x)]++
    neighbours += (x - 0.5) * (last - 0.5)
    last = x
  }
  expect(least).toBeGreaterThanOrEqual(0)
  expect(most).toBeLessThan(1)
  expect(most - least).toBeGreaterThan(0.999)
  // chi squared with 99 degrees of freedom: 99 +- 14; 1 in 100,000 is above 167
  const expected = n / 100
  expect(bins.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)).toBeLessThan(167)
  // correlation of neighbours: standard error 1 / sqrt(n) = 0.003; five of them
  expect(Math.abs(neighbours / n) * 12).toBeLessThan(0.016)
})
