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

/** The mixer [16 21f0aaad 15 735a2d97 15] of hash-prospector, issue 19. */
function scramble(word: bigint): bigint {
  const once = ((word ^ (word >> 16n)) * 0x21f0_aaadn) & MASK
  const twice = ((once ^ (once >> 15n)) * 0x735a_2d97n) & MASK
  return twice ^ (twice >> 15n)
}

/** splitmix32 with that mixer. */
function* splitmix32(state: bigint): Generator<bigint, never> {
  for (;;) {
    state = (state + 0x9e37_79b9n) & MASK
    yield scramble(state)
  }
}

const take = <T>(count: number, from: Iterator<T>): T[] => Array.from({ length: count }, () => from.next().value)

test("the reference gives a published stream of sfc32: state 0, 12345, 0, 1, after 12 steps", () => {
  // the Go module maloquacious/prng, sfc32_test.go
  expect(take(17, sfc32(0n, 12345n, 0n, 1n)).slice(12).map(Number)).toEqual([235160590, 2967261163, 116171463, 2882324903, 362604721])
})

const SEEDS = [0, 1, 42, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 32 + 7, Number.MAX_SAFE_INTEGER, -1, -42, Number.MIN_SAFE_INTEGER]

function expectReference(random: () => number, seed: number, stream: number): void {
  const [a, b, c] = take(3, splitmix32(BigInt.asUintN(32, BigInt(seed))))
  const counter = (1n + scramble(BigInt(stream))) & MASK
  const reference = sfc32(a, b, c ^ BigInt.asUintN(32, BigInt(seed) >> 32n), counter)
  take(15, reference)
  for (let step = 0; step < 200; step++) {
    const [high, low] = take(2, reference)
    // 32 bits and the upper 21 of the next make 53
    expect(random()).toBe(Number((high << 21n) | (low >> 11n)) / 2 ** 53)
  }
}

test.each(SEEDS)("the stream of seed %i is the reference's", (seed) => {
  expectReference(createRandom(seed), seed, 0)
  expectReference(createRandom(seed, 0), seed, 0)
  for (const stream of [1, 2, 1000, 2 ** 31, 2 ** 32 - 1]) expectReference(createRandom(seed, stream), seed, stream)
})

test("streams of neighboring seeds share nothing: (seed, stream) is no (seed + 1, stream - 1)", () => {
  const firsts = new Set<number>()
  for (let seed = -20; seed <= 20; seed++) for (let stream = 0; stream < 40; stream++) firsts.add(createRandom(seed, stream)())
  expect(firsts.size).toBe(41 * 40)
})

test("streams of one seed are independent of each other from the first number on", () => {
  // correlation of stream s with stream s + 1: standard error 1 / sqrt(n) = 0.01; five of them
  const n = 10_000
  let common = 0
  let squares = 0
  for (let stream = 0; stream < n; stream++) {
    const x = createRandom(3, stream)() - 0.5
    common += x * (createRandom(3, stream + 1)() - 0.5)
    squares += x * x
  }
  expect(Math.abs(common / squares)).toBeLessThan(0.05)
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
