import { expect, test } from "vitest"
import { narrowBounds } from "../../src/partition/narrow-bounds.js"
import { randomProblem } from "../math/transport/random-problem.js"

test("bounds come closer by half a typical account or a share of the window, whichever is less, and stay in order", () => {
  let [byAccount, byShare] = [0, 0]
  for (let seed = 0; seed < 200; seed++) {
    const { problem } = randomProblem(seed)
    const { n, k, measureCount: M, activities, lower, upper } = problem
    const owner = Int32Array.from({ length: n }, (_, i) => (i * 7 + seed) % k)
    const share = 0.05 * (1 + (seed % 5))
    for (const of of [owner, null]) {
      const narrow = narrowBounds(problem, of, share)
      for (let r = 0; r < k * M; r++) {
        const mine = Array.from({ length: n }, (_, i) => i).filter((i) => of === null || of[i] === Math.floor(r / M)).map((i) => activities[i * M + (r % M)])
        const sum = mine.reduce((a, b) => a + b, 0)
        const typical = sum > 0 ? mine.reduce((a, b) => a + b * b, 0) / sum : 0
        const room = Math.min(typical / 2, share * (upper[r] - lower[r]))
        if (typical / 2 < share * (upper[r] - lower[r])) byAccount++
        else byShare++
        // sums in another order: rounding
        expect(narrow.upper[r]).toBeCloseTo(upper[r] - room, 12)
        expect(narrow.lower[r]).toBeCloseTo(lower[r] > 0 ? lower[r] + room : lower[r], 12)
        expect(narrow.lower[r]).toBeLessThanOrEqual(narrow.upper[r] + 1e-12)
      }
    }
  }
  expect(byAccount).toBeGreaterThan(100)
  expect(byShare).toBeGreaterThan(100)
})
