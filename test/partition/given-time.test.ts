import { expect, test } from "vitest"
import type { PartitionOptions } from "equiterra"
import { movedWeight } from "../../src/math/transport/pair-rules.js"
import { pairCost } from "../../src/math/transport/transport-problem.js"
import { violationOf } from "../../src/math/transport/whole-plan.js"
import { compileProblem } from "../../src/partition/compile-problem.js"
import { improveInTime } from "../../src/partition/optimal/improve-in-time.js"
import { searchWithinBudget } from "../../src/partition/search-within-budget.js"
import { randomAccounts, seeded } from "../helpers/random-accounts"
import type { Row } from "../helpers/recompute-plan"

function run<T>(steps: Generator<unknown, T>): T {
  let step = steps.next()
  while (step.done !== true) step = steps.next()
  return step.value
}

test("what is left of the time goes on to better plans at fixed centers: no bound broken by more, no limit on moves", () => {
  let better = 0
  for (let seed = 0; seed < 6; seed++) {
    const random = seeded(seed)
    const k = 7
    const accounts = randomAccounts(150, seed, seed % 2 === 0 ? "plane" : "globe")
    const territories = accounts.slice(0, k).map(({ x, y, longitude, latitude }, t) => ({ id: `T${t}`, center: (x === undefined ? { longitude, latitude } : { x, y }) as { x: number; y: number }, centerFixed: true }))
    const options: PartitionOptions<Row> = {
      territories,
      measures: { hours: { value: "hours", tolerance: seed === 5 ? 0.0001 : 0.05 }, revenue: { value: "revenue", tolerance: 0.1 } },
      ...(seed % 3 === 1 ? { current: accounts.map(({ id }) => ({ accountId: id, territoryId: `T${Math.floor(random() * k)}` })), disruption: { maxMovedShare: 0.7 } } : {}),
      ...(seed % 3 === 2 ? { maxDistance: seed % 2 === 0 ? 900 : 1200, eligible: (account, territory) => account.visits !== 4 || territory.id !== "T3" } : {}),
    }
    const compiled = run(compileProblem(accounts, options))
    const { problem, searched } = compiled
    const found = run(searchWithinBudget(compiled, options, () => false))
    let looks = 0
    const improved = run(improveInTime(compiled, found, options, () => ++looks > 2000))
    const costOf = (owner: Int32Array): number => owner.reduce((sum, t, i) => sum + pairCost(problem, found.centers, i, t), 0)
    // it ends when the time does
    expect(looks, `seed ${seed}`).toBeGreaterThan(2000)
    expect(improved.stoppedBy).toBe("time-limit")
    expect(improved.centers).toEqual(found.centers)
    if (costOf(improved.owner) < costOf(found.owner) * (1 - 1e-9)) better++
    expect(costOf(improved.owner), `seed ${seed}`).toBeLessThanOrEqual(costOf(found.owner) * (1 + 1e-12))
    expect(violationOf(searched, improved.owner), `seed ${seed}`).toBeLessThanOrEqual(violationOf(searched, found.owner) + 1e-9)
    const most = searched.homes?.limits?.stays ?? null
    if (most !== null) expect(movedWeight(searched, improved.owner)).toBeLessThanOrEqual(movedWeight(searched, new Int32Array(searched.n).fill(-1)) - most + 1e-9)
  }
  expect(better).toBeGreaterThan(3)
})
