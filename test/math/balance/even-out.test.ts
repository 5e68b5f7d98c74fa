import { expect, test } from "vitest"
import { balanceAims } from "../../../src/math/balance/balance-aims.js"
import { dealAccounts } from "../../../src/math/balance/deal-accounts.js"
import { evenOut } from "../../../src/math/balance/even-out.js"
import { LATE } from "../../../src/math/lateness.js"
import { createRandom } from "../../../src/math/random.js"
import type { TransportProblem } from "../../../src/math/transport/transport-problem.js"

/** Accounts of two measures at one place, each measure summing to k. */
function drawProblem(n: number, k: number): TransportProblem {
  const random = createRandom(3)
  const activities = Float64Array.from({ length: 2 * n }, () => 0.2 + random())
  for (let m = 0; m < 2; m++) {
    let total = 0
    for (let i = 0; i < n; i++) total += activities[2 * i + m]
    for (let i = 0; i < n; i++) activities[2 * i + m] *= k / total
  }
  return {
    n,
    k,
    dimension: 2,
    measureCount: 2,
    points: new Float64Array(2 * n),
    weights: new Float64Array(n).fill(k / n),
    activities,
    lower: new Float64Array(2 * k).fill(0.95),
    upper: new Float64Array(2 * k).fill(1.05),
    lockedTo: new Int32Array(n).fill(-1),
    eligibility: null,
    power: 2,
    radius: 0,
  }
}

/** Runs to the end; how many pauses there were, and the largest deviation. */
function run(told: unknown): { readonly pauses: number; readonly worst: number } {
  const problem = drawProblem(120, 10)
  const aims = balanceAims(problem, new Float64Array(20).fill(1))
  const dealing = dealAccounts(problem, aims)
  let dealt = dealing.next()
  while (dealt.done !== true) dealt = dealing.next()
  const owner = dealt.value
  const steps = evenOut(problem, aims, owner, createRandom(1))
  let pauses = 0
  while (steps.next(told as never).done !== true) pauses++
  const sums = new Float64Array(20)
  for (let i = 0; i < problem.n; i++) for (let m = 0; m < 2; m++) sums[2 * owner[i] + m] += problem.activities[2 * i + m]
  return { pauses, worst: sums.reduce((most, sum) => Math.max(most, Math.abs(sum - 1)), 0) }
}

test("once it is late a plan is evened out no further, and is whole all the same", () => {
  const [whole, late] = [run(undefined), run(LATE)]
  expect(whole.pauses).toBeGreaterThan(100)
  expect(late.pauses).toBeLessThanOrEqual(3)
  expect(whole.worst).toBeLessThan(late.worst)
})
