import { expect, test } from "vitest"
import { fitClasses } from "../../../src/math/feasible/class-flow.js"
import { findFreeClass } from "../../../src/math/feasible/one-class-fit.js"
import { createDivisibleFit } from "../../../src/math/feasible/divisible-fit.js"
import { stretchBounds, type Ask, type StretchInput } from "../../../src/math/feasible/stretch-bounds.js"
import type { LpProblem, LpRow } from "../../../src/math/lp/lp-problem.js"
import { finishSteps } from "../../../src/model/in-pieces.js"
import { seeded } from "../../helpers/random-accounts.js"
import { createOracle, type OracleAnswer } from "../highs-oracle.js"

interface Question extends StretchInput {
  readonly n: number
  readonly k: number
  readonly M: number
  readonly activities: Float64Array
  readonly sets: readonly Int32Array[]
  readonly setOf: Int32Array
}

/** Bounds that mostly cannot be met: giants, locks, lists, capacities and minima of all sizes, targets that differ. */
function questionOf(seed: number): Question {
  const random = seeded(seed)
  const n = 3 + Math.floor(7 * random())
  const k = 2 + Math.floor(3 * random())
  const M = 1 + (seed % 3)
  const activities = Float64Array.from({ length: n * M }, () => (random() < 0.15 ? 0 : random() < 0.15 ? 5 * random() : random()))
  for (let m = 0; m < M; m++) {
    let total = 0
    for (let i = 0; i < n; i++) total += activities[i * M + m]
    for (let i = 0; i < n; i++) activities[i * M + m] *= total > 0 ? k / total : 0
  }
  const sets: Int32Array[] = []
  const setOf = Int32Array.from({ length: n }, () => {
    const kind = random()
    const set = Int32Array.from({ length: k }, (_, t) => t)
    const own = kind < 0.3 ? Int32Array.of(Math.floor(k * random())) : kind < 0.6 ? set.filter(() => random() < 0.6) : set
    const chosen = own.length > 0 ? own : set
    const known = sets.findIndex((other) => other.join() === chosen.join())
    return known >= 0 ? known : sets.push(chosen) - 1
  })
  const unit = Float64Array.from({ length: k * M }, () => 0.5 + random())
  const width = 0.3 * random()
  const lower = unit.map((target) => (random() < 0.2 ? 0 : Math.max(0, target * (1 - width + 0.3 * (random() - 0.3)))))
  const upper = unit.map((target, r) => (random() < 0.2 ? Infinity : Math.max(lower[r], target * (1 + width + 0.3 * (random() - 0.7)))))
  const floor = new Float64Array(k * M)
  for (let i = 0; i < n; i++) if (sets[setOf[i]].length === 1) for (let m = 0; m < M; m++) floor[sets[setOf[i]][0] * M + m] += activities[i * M + m]
  const gives = new Uint8Array(k * M).fill(1)
  return { n, k, M, activities, sets, setOf, lower, upper, unit, floor, lowerGives: gives, upperGives: gives }
}

/** The program with an excess of its own for every bound; `z` bounds those that are still open, or one alone is minimized. */
function program({ n, k, M, activities, sets, setOf, lower, upper, unit }: Question, fixed: ReadonlyMap<string, number>, z: number | null, alone: string | null): LpProblem {
  const rows: LpRow[] = Array.from({ length: n }, (_, i) => ({ columns: Array.from({ length: k }, (_, t) => i * k + t), coefficients: Array.from({ length: k }, () => 1), lower: 1, upper: 1 }))
  const free = n * k
  for (let r = 0; r < k * M; r++) {
    const [t, m] = [Math.floor(r / M), r % M]
    const columns = Array.from({ length: n }, (_, i) => i * k + t)
    const coefficients = Array.from({ length: n }, (_, i) => activities[i * M + m])
    for (const side of ["lower", "upper"] as const) {
      const bound = side === "lower" ? lower[r] : upper[r]
      if (side === "lower" ? bound <= 0 : bound === Infinity) continue
      const name = `${side} ${r}`
      const sign = side === "lower" ? 1 : -1
      const isFree = name === alone || (z === null && !fixed.has(name))
      const excess = isFree ? 0 : (fixed.get(name) ?? (z as number))
      const limit = bound - sign * excess * unit[r]
      rows.push({ columns: isFree ? [...columns, free] : columns, coefficients: isFree ? [...coefficients, sign * unit[r]] : coefficients, lower: side === "lower" ? limit : -Infinity, upper: side === "upper" ? limit : Infinity })
    }
  }
  return { objective: [...new Array<number>(n * k).fill(0), 1], rows, upper: [...Array.from({ length: n * k }, (_, at) => (sets[setOf[Math.floor(at / k)]].includes(at % k) ? 1 : 0)), Infinity] }
}

/** Lexicographically least excesses by HiGHS, level by level: of every bound, whether it can be below the level is a program of its own. */
function levelsOf(question: Question, oracle: (problem: LpProblem) => OracleAnswer): Map<string, number> {
  const names = [...question.lower.keys()].flatMap((r) => [...(question.lower[r] > 0 ? [`lower ${r}`] : []), ...(question.upper[r] < Infinity ? [`upper ${r}`] : [])])
  const fixed = new Map<string, number>()
  for (;;) {
    const { objective: z } = oracle(program(question, fixed, null, null))
    if (z < 1e-7) break
    let isAny = false
    for (const name of names) {
      if (fixed.has(name)) continue
      if (oracle(program(question, fixed, z + 1e-8, name)).objective < z - 1e-6) continue
      fixed.set(name, z + 2e-8)
      isAny = true
    }
    if (!isAny) throw new Error("no bound is at the level")
  }
  return fixed
}

test("60 random questions of one to three measures: every excess is that of the lexicographic program (HiGHS)", async () => {
  const oracle = await createOracle()
  let unmet = 0
  let levels = 0
  for (let seed = 0; seed < 60; seed++) {
    const question = questionOf(seed)
    const { n, k, M, activities, sets, setOf, lower, upper, unit } = question
    const fit = createDivisibleFit(k, M, activities, sets)
    const amounts = new Float64Array(sets.length)
    for (let i = 0; i < n && M === 1; i++) amounts[setOf[i]] += activities[i]
    const byFlow: Ask = function* (low, high) {
      return fitClasses(k, sets, amounts, low, high, 1e-11 * k)
    }
    const answers = [stretchBounds(question, (low, high) => fit.ask(low, high, setOf), () => false), ...(M === 1 ? [stretchBounds(question, byFlow, () => false)] : [])].map((steps) => finishSteps(steps))
    const expected = levelsOf(question, oracle)
    for (const answer of answers) {
      expect(answer.status, `seed ${seed}`).toBe("fits")
      for (let r = 0; r < k * M; r++) {
        // levels of the program are fixed with room of 2e-8, which later levels gain from many times over
        expect(Math.max(0, lower[r] - answer.lower[r]) / unit[r], `seed ${seed}, lower ${r}`).toBeCloseTo(lower[r] > 0 ? Math.min(expected.get(`lower ${r}`) ?? 0, lower[r] / unit[r]) : 0, 4)
        if (upper[r] < Infinity) expect(Math.max(0, answer.upper[r] - upper[r]) / unit[r], `seed ${seed}, upper ${r}`).toBeCloseTo(expected.get(`upper ${r}`) ?? 0, 4)
      }
    }
    if (expected.size > 0) unmet++
    levels = Math.max(levels, new Set([...expected.values()].map((z) => z.toFixed(6))).size)
  }
  expect(unmet).toBeGreaterThan(35)
  expect(levels).toBeGreaterThan(2)
})

test("flows on classes say the same as the simplex on piles, and prove it", () => {
  const count = { fits: 0, conflict: 0 }
  let closed = 0
  for (let seed = 0; seed < 600; seed++) {
    const question = questionOf(3 * seed)
    const { n, k, activities, sets, setOf, lower } = question
    // half of them loosened, so that both answers come up
    const upper = question.upper.map((bound) => bound * (1 + (seed % 4)))
    const low = lower.map((bound) => bound / (1 + (seed % 4)))
    const amounts = new Float64Array(sets.length)
    for (let i = 0; i < n; i++) amounts[setOf[i]] += activities[i]
    const answer = fitClasses(k, sets, amounts, low, upper, 1e-11 * k)
    expect(answer.status, `seed ${seed}`).toBe(finishSteps(createDivisibleFit(k, 1, activities, sets).ask(low, upper, setOf)).status)
    if (answer.status === "unknown") continue
    if (findFreeClass(k, sets, amounts) !== null) closed++
    count[answer.status]++
    if (answer.status !== "conflict") continue
    const { ray } = answer
    let asked = 0
    ray.forEach((price, t) => (asked += price > 0 ? price * low[t] : price < 0 ? price * upper[t] : 0))
    let reach = 0
    for (let i = 0; i < n; i++) reach += activities[i] * Math.max(...Array.from(sets[setOf[i]], (t) => ray[t]))
    expect(asked - reach).toBeCloseTo(answer.excess, 9)
    expect(answer.excess).toBeGreaterThan(0)
  }
  expect(count.fits).toBeGreaterThan(100)
  expect(count.conflict).toBeGreaterThan(100)
  // those with a closed form among them
  expect(closed).toBeGreaterThan(50)
})

test("one class that may go anywhere, others bound to one territory: the closed form says what the flow of two halves says", () => {
  const count = { fits: 0, conflict: 0 }
  for (let seed = 0; seed < 400; seed++) {
    const random = seeded(seed)
    const k = 2 + Math.floor(5 * random())
    const free = Int32Array.from({ length: k }, (_, t) => t).filter(() => random() < 0.7)
    if (free.length < 2) continue
    const sets = [...Array.from({ length: k }, (_, t) => Int32Array.of(t)), free]
    const bound = Array.from({ length: k }, () => (random() < 0.4 ? random() : 0))
    const amount = k * random()
    const lower = Float64Array.from({ length: k }, () => (random() < 0.3 ? 0 : 1.2 * random()))
    const upper = lower.map((low) => (random() < 0.2 ? Infinity : low + 1.5 * random()))
    const one = fitClasses(k, sets, Float64Array.from([...bound, amount]), lower, upper, 1e-9)
    // the same class twice: no longer alone, so the flow answers
    const two = fitClasses(k, [...sets, free], Float64Array.from([...bound, amount / 2, amount / 2]), lower, upper, 1e-9)
    expect(one.status, `seed ${seed}`).toBe(two.status)
    if (one.status === "unknown") continue
    count[one.status]++
    if (one.status !== "conflict") continue
    const asked = one.ray.reduce((sum, price, t) => sum + (price > 0 ? price * lower[t] : price < 0 ? price * upper[t] : 0), 0)
    const reach = bound.reduce((sum, own, t) => sum + own * one.ray[t], 0) + amount * Math.max(...Array.from(free, (t) => one.ray[t]))
    expect(asked - reach).toBeCloseTo(one.excess, 9)
    expect(one.excess).toBeGreaterThan(1e-9)
  }
  expect(count.fits).toBeGreaterThan(20)
  expect(count.conflict).toBeGreaterThan(100)
})

test("where the work is over, all that may give way do so by the last level, which can be met", () => {
  let evened = 0
  for (let seed = 0; seed < 300; seed++) {
    const question = questionOf(seed)
    const { k, M, activities, sets, setOf, unit } = question
    // piles stay split: each run begins with its own
    const askAnew = (): Ask => {
      const fit = createDivisibleFit(k, M, activities, sets)
      return (low, high) => fit.ask(low, high, setOf)
    }
    const whole = finishSteps(stretchBounds(question, askAnew(), () => false))
    let questions = 0
    const cut = finishSteps(stretchBounds(question, askAnew(), () => questions++ >= 4))
    if (cut.status !== "evened") {
      expect(cut.status === "unknown" ? cut.levels : cut).toEqual(cut.status === "unknown" ? [] : whole)
      continue
    }
    evened++
    expect(cut.levels).toEqual(whole.levels.slice(0, cut.levels.length))
    expect(finishSteps(askAnew()(cut.lower, cut.upper)).status, `seed ${seed}`).toBe("fits")
    for (let r = 0; r < k * M; r++) {
      expect(cut.lower[r]).toBeLessThanOrEqual(whole.lower[r] + 1e-7 * unit[r])
      expect(cut.upper[r]).toBeGreaterThanOrEqual(whole.upper[r] - 1e-7 * unit[r])
    }
  }
  expect(evened).toBeGreaterThan(30)
})
