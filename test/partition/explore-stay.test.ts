import { evaluateAlignment, explorePlans, type ExploreOptions } from "equiterra"
import { expect, test } from "vitest"
import { randomAccounts } from "../helpers/random-accounts"
import type { Row } from "../helpers/recompute-plan"

const accounts = randomAccounts(24, 4, "plane")
const measures = { hours: { value: "hours", tolerance: 0.3 } }

test("the plan in which nothing moves is no infeasible one, and has a bound that it keeps", () => {
  const options: ExploreOptions<Row> = { territories: [{ id: "n" }, { id: "s" }], measures, current: accounts.map(({ id, y }) => ({ accountId: id, territoryId: (y as number) < 350 ? "n" : "s" })) }
  const still = explorePlans(accounts, options).plans.filter(({ maxMovedShare }) => maxMovedShare === 0)
  expect(still.length).toBeGreaterThan(0)
  for (const { plan } of still) {
    expect(plan.violations).toEqual([])
    expect(plan.infeasibility).toBeNull()
    expect(plan.certificate.lowerBound as number).toBeLessThanOrEqual(plan.cost)
    expect(plan.certificate.gap).toBeLessThan(1e-9)
  }
})

test("after a split nothing moves from one part to another: no part is empty, and nobody is locked", () => {
  const territories = ["n", "s"].map((id) => ({ id }))
  const current = accounts.map(({ id }) => ({ accountId: id, territoryId: "all" }))
  const base = { territories, current, events: [{ type: "territory-split" as const, territoryId: "all", into: ["n", "s"] }] }
  const { plans } = explorePlans(accounts, { ...base, measures })
  for (const { plan, tolerances, maxMovedShare, label } of plans) {
    expect(plan.territories.map(({ accountCount }) => accountCount > 0), label).toEqual([true, true])
    expect(plan.violations, label).toEqual([])
    expect(plan.infeasibility, label).toBeNull()
    const options = { ...base, measures: { hours: { value: "hours", tolerance: tolerances.hours } }, disruption: { maxMovedShare: maxMovedShare ?? 1 } }
    expect(evaluateAlignment(accounts, plan.alignment, options).violations, label).toEqual([])
  }
})
