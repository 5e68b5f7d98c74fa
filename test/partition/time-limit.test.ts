import type { PartitionOptions, PartitionResult } from "equiterra"
import { afterEach, expect, test, vi } from "vitest"
import { exploreSteps } from "../../src/partition/explore/explore-steps.js"
import { planSteps } from "../../src/partition/plan-steps.js"
import { contractFaults, type Row } from "../helpers/recompute-plan"
import { randomAccounts, seeded } from "../helpers/random-accounts"

afterEach(() => {
  vi.restoreAllMocks()
})

/** Runs steps with a clock that shows a millisecond for each of them; answers the result and how many there were. */
function runCounted<T>(begin: () => Generator<unknown, T>): { readonly result: T; readonly steps: number } {
  let steps = 0
  vi.spyOn(performance, "now").mockImplementation(() => steps)
  const work = begin()
  for (;;) {
    const step = work.next()
    if (step.done === true) return { result: step.value, steps }
    steps++
  }
}

const both = { hours: { value: "hours", tolerance: 0.02 }, revenue: { value: "revenue", tolerance: 0.02 } }
const random = seeded(3)
const towns = Array.from({ length: 10 }, () => ({ x: 100 * random(), y: 100 * random() }))
const inTowns: Row[] = Array.from({ length: 200 }, (_, i) => ({ id: `T${i}`, ...towns[i % 10], hours: 1 + 9 * random(), revenue: Math.exp(2 * random()) }))
const accounts = randomAccounts(240, 1)
const fixed = accounts.slice(0, 12).map((row, t) => ({ id: `t${t}`, center: { longitude: row.longitude as number, latitude: row.latitude as number }, centerFixed: true }))
const current = accounts.map(({ id }, i) => ({ accountId: id, territoryId: `t${i % 12}` }))
const nowhere: Row[] = accounts.map(({ id, hours }) => ({ id, hours }))
const hours = { hours: { value: "hours" } }
const SHAPES: Record<string, { accounts: Row[]; options: PartitionOptions<Row> }> = {
  "one measure": { accounts, options: { territories: 12, measures: { hours: { value: "hours" } } } },
  "two measures, narrow": { accounts, options: { territories: 12, measures: both } },
  "towns": { accounts: inTowns, options: { territories: 12, measures: both } },
  "fixed centers": { accounts, options: { territories: fixed, measures: both } },
  "medoids, and a bound over all": { accounts, options: { territories: 6, measures: { hours: { value: "hours" } }, centers: "account", certificate: "all-centers" } },
  "a budget of moves": { accounts, options: { territories: 12, measures: both, current, disruption: { maxMovedShare: 0.3 } } },
  "bounds that exclude each other": { accounts, options: { territories: 12, measures: { hours: { value: "hours", min: 1e4, max: null }, revenue: { value: "revenue" } } } },
  "no places": { accounts: nowhere, options: { territories: 24, measures: hours } },
  "no places, and a price of moves": { accounts: nowhere, options: { territories: 12, measures: hours, current, disruption: { penalty: 1 } } },
  "no places, and a budget of moves": { accounts: nowhere, options: { territories: 12, measures: hours, current, disruption: { maxMovedShare: 0.3 } } },
  "a limit on distances": { accounts, options: { territories: fixed, measures: { hours: { value: "hours", tolerance: 0.3 } }, maxDistance: 400 } },
}

test.each(Object.entries(SHAPES))("%s: few steps after the limit, wherever it falls, and a plan that is judged by the contract", (_, shape) => {
  let longer = 0
  for (const timeLimitMs of [2, 60]) {
    const options = { ...shape.options, timeLimitMs }
    const { result, steps } = runCounted(() => planSteps(shape.accounts, options))
    // a tenth, or 300
    expect(steps, `limit ${timeLimitMs}`).toBeLessThan(timeLimitMs + 300)
    if (steps > timeLimitMs) {
      longer++
      expect((result as PartitionResult).stoppedBy).toBe("time-limit")
    }
    if (shape.accounts === nowhere) {
      expect(result).toMatchObject({ cost: null, violations: [], alignment: nowhere.map(({ id }) => ({ accountId: id })) })
    } else if (options.certificate === undefined) // the formula of the contract is that of given centers
      expect(contractFaults(shape.accounts, options, result as PartitionResult)).toEqual([])
  }
  expect(longer).toBeGreaterThan(0)
})

test("an exploration: few steps after the limit", () => {
  for (const timeLimitMs of [2, 200]) {
    const { steps, result } = runCounted(() => exploreSteps(accounts, { territories: 12, measures: both, current, timeLimitMs }))
    expect(steps).toBeLessThan(timeLimitMs + 300)
    expect(result.plans.length).toBeGreaterThan(0)
  }
})
