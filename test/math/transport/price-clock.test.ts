import fc from "fast-check"
import { expect, it } from "vitest"
import { advanceClock, aimClock, createPriceClock, guessStep, isDue, noteGap } from "../../../src/math/transport/price-clock.js"
import { cheapestOf, findOvertaker, reducedAt, type Overtaker, type Standings } from "../../../src/math/transport/standings.js"
import { createRandom } from "../../../src/math/random.js"

const LIMITS = 3

/** A few accounts with random candidates among k territories of M measures; with limits on all moves and on those of territory 0. */
function makeStandings(seed: number, n: number, k: number, M: number, limited: boolean): Standings {
  const random = createRandom(seed)
  const entries = n * k
  const standings: Standings = {
    M,
    start: Int32Array.from({ length: n + 1 }, (_, i) => i * k),
    territory: Int32Array.from({ length: entries }, (_, e) => e % k),
    cost: Float64Array.from({ length: entries }, () => random()),
    isTied: new Uint8Array(entries),
    here: limited ? Float64Array.from({ length: entries }, (_, e) => (e % k === Math.floor(e / k) % k ? 0.5 : 0)) : new Float64Array(0),
    key: new Int32Array(n),
    activities: Float64Array.from({ length: n * M }, () => random()),
    prices: new Float64Array(k * M + (limited ? LIMITS : 0)),
    limits: limited
      ? { common: k * M, leaving: Int32Array.from({ length: k }, (_, t) => (t === 0 ? k * M + 1 : -1)), coming: Int32Array.from({ length: k }, (_, t) => (t === 0 ? k * M + 2 : -1)), weights: new Float64Array(n).fill(0.5) }
      : null,
  }
  for (let i = 0; i < n; i++) standings.key[i] = cheapestOf(standings, i)
  return standings
}

/** What an account has of everything. */
function sizeOf({ activities, M, limits }: Standings, i: number): number {
  let total = 0
  for (let m = 0; m < M; m++) total += activities[i * M + m]
  return limits === null ? total : Math.max(total, limits.weights[i])
}

it("an account that is not due keeps its cheapest territory, whatever steps prices take", () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.integer({ min: 2, max: 4 }), fc.integer({ min: 1, max: 3 }), fc.boolean(), fc.array(fc.double({ min: 0, max: 0.3, noNaN: true }), { maxLength: 6 }), (seed, k, M, limited, steps) => {
      const n = 8
      const s = makeStandings(seed, n, k, M, limited)
      const clock = createPriceClock(Float64Array.from({ length: n }, (_, i) => sizeOf(s, i)), k, { start: s.start, territory: s.territory, cost: s.cost })
      const random = createRandom(seed + 1)
      const found: Overtaker = { entry: -1, step: 0 }
      for (const step of steps) {
        const direction = Float64Array.from(s.prices, () => (random() < 0.5 ? 0 : random() - 0.5))
        aimClock(clock, direction, M, s.limits)
        for (let i = 0; i < n; i++) {
          const wasDue = isDue(clock, i, step)
          const gap = findOvertaker(s, i, 0, direction, found)
          // who is not due within the step overtakes nowhere in it
          if (!wasDue) expect(found.step).toBeGreaterThanOrEqual(step)
          if (wasDue) noteGap(clock, i, gap)
        }
        for (let r = 0; r < s.prices.length; r++) s.prices[r] += step * direction[r]
        advanceClock(clock, step)
        for (let i = 0; i < n; i++) {
          const best = cheapestOf(s, i)
          if (!isDue(clock, i, 0)) expect(best).toBe(s.key[i])
          else if (reducedAt(s, i, best) < reducedAt(s, i, s.key[i])) {
            s.key[i] = best
            clock.due[i] = -Infinity
          }
        }
      }
    }),
    { numRuns: 300 },
  )
})

it("the overtaker is the first entry whose reduced cost falls below that of the key", () => {
  const s = makeStandings(7, 20, 4, 2, true)
  const direction = Float64Array.from(s.prices, (_, r) => Math.sin(3 * r + 1))
  const found: Overtaker = { entry: -1, step: 0 }
  const start = s.prices.slice()
  for (let i = 0; i < 20; i++) {
    findOvertaker(s, i, 0, direction, found)
    const at = (step: number): number => {
      s.prices.forEach((_, r) => (s.prices[r] = start[r] + step * direction[r]))
      return cheapestOf(s, i)
    }
    if (found.entry < 0) expect(at(1e6)).toBe(s.key[i])
    else {
      expect(at(found.step * (1 - 1e-9))).toBe(s.key[i])
      expect(at(found.step * (1 + 1e-9) + 1e-12)).toBe(found.entry)
    }
    s.prices.set(start)
  }
})

it("a step is guessed from what steps changed lately", () => {
  const clock = createPriceClock(new Float64Array(1).fill(1), 2, { start: Int32Array.from([0, 2]), territory: Int32Array.from([0, 1]), cost: new Float64Array(2) })
  aimClock(clock, Float64Array.from([2, 0]), 1, null)
  const first = guessStep(clock)
  advanceClock(clock, 0.5)
  expect(guessStep(clock)).toBeGreaterThan(first)
  aimClock(clock, new Float64Array(2), 1, null)
  expect(guessStep(clock)).toBe(Infinity)
})

it("an account that was just looked at is not due before the prices of its territories have moved by its gap", () => {
  for (let seed = 0; seed < 40; seed++) {
    const [n, k] = [6, 3]
    const s = makeStandings(seed, n, k, 2, seed % 2 === 1)
    const clock = createPriceClock(Float64Array.from({ length: n }, (_, i) => sizeOf(s, i)), k, { start: s.start, territory: s.territory, cost: s.cost })
    const random = createRandom(seed + 1)
    for (let round = 0; round < 5; round++) {
      aimClock(clock, Float64Array.from(s.prices, () => random() - 0.5), 2, s.limits)
      const speed = clock.rate + clock.rates.reduce((sum, rate) => sum + rate, 0)
      for (let i = 0; i < n; i++) {
        const gap = 0.1 + random()
        noteGap(clock, i, gap)
        // all clocks of its territories together run that far before it is due
        const step = gap / sizeOf(s, i) / speed
        expect([isDue(clock, i, 0), isDue(clock, i, 0.999 * step), isDue(clock, i, 1.001 * step)]).toEqual([false, false, true])
      }
      advanceClock(clock, random())
    }
  }
})
