import { expect, test } from "vitest"
import { createAccountSets } from "../../../src/math/feasible/account-sets.js"
import { createDivisibleFit } from "../../../src/math/feasible/divisible-fit.js"
import { askedAlong, reachAlong } from "../../../src/math/feasible/read-ray.js"
import type { LpProblem } from "../../../src/math/lp/lp-problem.js"
import { finishSteps } from "../../../src/model/in-pieces.js"
import { seeded } from "../../helpers/random-accounts.js"
import { createOracle } from "../highs-oracle.js"

interface Question {
  readonly n: number
  readonly k: number
  readonly M: number
  readonly activities: Float64Array
  readonly sets: readonly Int32Array[]
  readonly setOf: Int32Array
  readonly lower: Float64Array
  readonly upper: Float64Array
}

/** Bounds around what is usual, accounts of all mixes of measures, some restricted: near the border of what fits. */
function questionOf(seed: number): Question {
  const random = seeded(seed)
  const n = 3 + Math.floor(12 * random())
  const k = 2 + Math.floor(4 * random())
  const M = 1 + (seed % 3)
  const activities = Float64Array.from({ length: n * M }, () => (random() < 0.2 ? 0 : random() ** 2))
  for (let m = 0; m < M; m++) {
    let total = 0
    for (let i = 0; i < n; i++) total += activities[i * M + m]
    for (let i = 0; i < n; i++) activities[i * M + m] *= total > 0 ? k / total : 0
  }
  const lockedTo = Int32Array.from({ length: n }, () => (random() < 0.3 ? Math.floor(k * random()) : -1))
  const start = new Int32Array(n + 1)
  const territories: number[] = []
  for (let i = 0; i < n; i++) {
    if (lockedTo[i] < 0 && random() < 0.3) for (let t = 0; t < k; t++) if (random() < 0.5 || (t === k - 1 && territories.length === start[i])) territories.push(t)
    start[i + 1] = territories.length
  }
  const { sets, setOf } = createAccountSets({ n, k, lockedTo, eligibility: { start, territories: Int32Array.from(territories), costs: null } }, null)
  const width = random() * 0.6
  const lower = Float64Array.from({ length: k * M }, () => (random() < 0.25 ? 0 : Math.max(0, 1 - width * (0.5 + random()))))
  const upper = Float64Array.from({ length: k * M }, (_, r) => (random() < 0.25 ? Infinity : Math.max(lower[r], 1 + width * (0.5 + random()))))
  return { n, k, M, activities, sets, setOf, lower, upper }
}

function writtenOut({ n, k, M, activities, sets, setOf, lower, upper }: Question): LpProblem {
  const rows = Array.from({ length: n }, (_, i) => ({ columns: Array.from({ length: k }, (_, t) => i * k + t), coefficients: Array.from({ length: k }, () => 1), lower: 1, upper: 1 }))
  for (let r = 0; r < k * M; r++) {
    const [t, m] = [Math.floor(r / M), r % M]
    rows.push({ columns: Array.from({ length: n }, (_, i) => i * k + t), coefficients: Array.from({ length: n }, (_, i) => activities[i * M + m]), lower: lower[r] > 0 ? lower[r] : -Infinity, upper: upper[r] })
  }
  return { objective: new Float64Array(n * k), rows, upper: Float64Array.from({ length: n * k }, (_, at) => (sets[setOf[Math.floor(at / k)]].includes(at % k) ? 1 : 0)) }
}

test("800 random questions with locks and lists: the answer of HiGHS, and every no is proven on the accounts", async () => {
  const oracle = await createOracle()
  const count: Record<string, number> = {}
  const wrong: unknown[] = []
  for (let seed = 0; seed < 800; seed++) {
    const question = questionOf(seed)
    const { k, M, activities, sets, setOf, lower, upper } = question
    const fit = createDivisibleFit(k, M, activities, sets)
    const answer = finishSteps(fit.ask(lower, upper, setOf))
    count[answer.status] = (count[answer.status] ?? 0) + 1
    if ((answer.status === "fits") !== (oracle(writtenOut(question)).status === "optimal")) wrong.push({ seed, status: answer.status })
    if (answer.status !== "conflict") continue
    const { most } = finishSteps(reachAlong(answer.ray, M, activities, sets, setOf))
    expect(askedAlong(answer.ray, lower, upper) - most).toBeGreaterThan(0)
    // piles stay split: the same question again has the same answer
    expect(finishSteps(fit.ask(lower, upper, setOf)).status).toBe("conflict")
  }
  expect(wrong).toEqual([])
  expect(count.fits).toBeGreaterThan(300)
  expect(count.conflict).toBeGreaterThan(300)
  expect(count.unknown ?? 0).toBe(0)
})

test("one measure: one pile for all free accounts, one question a verdict, whatever their number", () => {
  const n = 100_000
  const k = 50
  const activities = Float64Array.from({ length: n }, () => k / n)
  const { sets, setOf } = createAccountSets({ n, k, lockedTo: new Int32Array(n).fill(-1) }, null)
  const fit = createDivisibleFit(k, 1, activities, sets)
  const bounds = (least: number): Float64Array => new Float64Array(k).fill(least)
  expect(finishSteps(fit.ask(bounds(1), bounds(1), setOf)).status).toBe("fits")
  expect(finishSteps(fit.ask(bounds(1.001), bounds(Infinity), setOf)).status).toBe("conflict")
  expect(fit.work()).toBeLessThan(1e8)
})
