import { partitionAccounts, partitionAccountsAsync, type PartitionProgress } from "equiterra"
import { expect, test } from "vitest"
import { randomAccounts } from "../helpers/random-accounts"
import { contractFaults } from "../helpers/recompute-plan"

const measures = { hours: { value: "hours" }, revenue: { value: "revenue" } }

test("progress tells phase, start and share, in order", () => {
  const seen: PartitionProgress[] = []
  partitionAccounts(randomAccounts(80, 1), { territories: 4, measures, starts: 3, onProgress: (progress) => void seen.push(progress) })
  expect(new Set(seen.map((progress) => progress.phase))).toEqual(new Set(["read", "locate", "allocate", "resolve", "judge"]))
  expect(seen[0]).toEqual({ phase: "read", start: 0, starts: 0, share: 0, cost: null })
  // reading pauses as often as it needs to
  expect(seen.find(({ phase }) => phase !== "read")).toMatchObject({ phase: "locate", start: 1, starts: 3, cost: null })
  expect(seen[seen.length - 1]).toMatchObject({ phase: "judge", start: 3, starts: 3 })
  for (let step = 1; step < seen.length; step++) {
    expect(seen[step].start).toBeGreaterThanOrEqual(seen[step - 1].start)
    expect(seen[step].share).toBeGreaterThanOrEqual(seen[step - 1].share)
    expect(seen[step].share).toBeLessThanOrEqual(1)
  }
  expect(Math.max(...seen.map((progress) => progress.start))).toBe(3)
})

test("what a progress function throws ends the call, unchanged", async () => {
  const reason = new Error("enough")
  const onProgress = (): void => {
    throw reason
  }
  const accounts = randomAccounts(30, 2)
  expect(() => partitionAccounts(accounts, { territories: 3, measures, onProgress })).toThrow(reason)
  await expect(partitionAccountsAsync(accounts, { territories: 3, measures, onProgress })).rejects.toBe(reason)
  const odd = { not: "an error" }
  await expect(partitionAccountsAsync(accounts, { territories: 3, measures, onProgress: () => { throw odd } })).rejects.toBe(odd)
})

test("a signal that is already aborted rejects with its reason before any work", async () => {
  let calls = 0
  const value = (): number => ++calls
  const reason = { why: "closed" }
  await expect(partitionAccountsAsync(randomAccounts(10, 3), { territories: 2, measures: { hours: { value } }, signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  expect(calls).toBe(0)
})

test("an abort at any step rejects with its reason, and a call after it is not disturbed", async () => {
  const accounts = randomAccounts(60, 4)
  const options = { territories: 3, measures, starts: 1 }
  let steps = 0
  const whole = await partitionAccountsAsync(accounts, { ...options, onProgress: () => void steps++ })
  expect(steps).toBeGreaterThan(10)
  for (const at of [1, 2, 5, Math.floor(steps / 2), steps - 1, steps]) {
    const controller = new AbortController()
    const reason = new Error(`stopped at ${at}`)
    let step = 0
    const onProgress = (): void => {
      if (++step === at) controller.abort(reason)
    }
    await expect(partitionAccountsAsync(accounts, { ...options, onProgress, signal: controller.signal })).rejects.toBe(reason)
    expect(step).toBe(at)
  }
  expect(await partitionAccountsAsync(accounts, options)).toEqual(whole)
})

test("an abort from a timer is seen: the event loop gets its turns", async () => {
  const controller = new AbortController()
  const started = performance.now()
  setTimeout(() => controller.abort(), 50)
  // without a turn for the timer this would go on for minutes
  await expect(partitionAccountsAsync(randomAccounts(3000, 5), { territories: 30, measures, starts: 1000, signal: controller.signal })).rejects.toMatchObject({ name: "AbortError" })
  expect(performance.now() - started).toBeLessThan(20_000)
})

test("a time limit gives a valid plan, and stops", () => {
  const accounts = randomAccounts(400, 6)
  for (const timeLimitMs of [0, 1, 200]) {
    const options = { territories: 8, measures, timeLimitMs }
    const started = performance.now()
    const plan = partitionAccounts(accounts, options)
    // 20 times what the limit and its overrun take, for slow machines; test/partition/time-limit.test.ts counts steps
    expect(performance.now() - started).toBeLessThan(20 * (timeLimitMs + 500))
    expect(contractFaults(accounts, options, plan)).toEqual([])
    expect(plan.stoppedBy).toBe("time-limit")
  }
})

test("a time limit that is not reached changes nothing", () => {
  const accounts = randomAccounts(40, 7)
  const options = { territories: 3, measures, starts: 2 }
  expect(partitionAccounts(accounts, { ...options, timeLimitMs: 1e6 })).toEqual(partitionAccounts(accounts, options))
})

test("no iteration, or one, is still a plan", () => {
  const accounts = randomAccounts(100, 8)
  for (const maxIterations of [0, 1]) {
    const options = { territories: 5, measures, maxIterations, starts: 1 }
    const plan = partitionAccounts(accounts, options)
    expect(contractFaults(accounts, options, plan)).toEqual([])
    expect(plan.iterations).toBe(maxIterations)
    expect(plan.stoppedBy).toBe("iteration-limit")
  }
})

test("more starts never end worse", { timeout: 60_000 }, () => {
  let better = 0
  for (let seed = 0; seed < 6; seed++) {
    const accounts = randomAccounts(50 + 10 * seed, seed)
    const costs = [1, 2, 3, 6].map((starts) => {
      const plan = partitionAccounts(accounts, { territories: 5, measures: { hours: { value: "hours", tolerance: 0.1 } }, starts })
      expect(plan.violations).toEqual([])
      return plan.cost as number
    })
    for (let step = 1; step < costs.length; step++) expect(costs[step]).toBeLessThanOrEqual(costs[step - 1])
    if (costs[3] < costs[0]) better++
  }
  // and sometimes better, or starts would be for nothing
  expect(better).toBeGreaterThan(0)
})

test("the seed is told, and another seed searches elsewhere", () => {
  const accounts = randomAccounts(300, 9)
  const plans = [0, 1, -5, Number.MAX_SAFE_INTEGER].map((seed) => partitionAccounts(accounts, { territories: 13, measures, seed, starts: 1 }))
  expect(plans.map((plan) => plan.seed)).toEqual([0, 1, -5, Number.MAX_SAFE_INTEGER])
  expect(new Set(plans.map((plan) => plan.cost)).size).toBeGreaterThan(1)
  for (const plan of plans) expect(plan.violations).toEqual([])
})
