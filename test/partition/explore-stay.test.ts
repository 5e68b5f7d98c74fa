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
    expect(plan.certificate.lowerBound as number).toBeLessThanOrEqual(plan.cost as number)
    expect(plan.certificate.gap).toBeLessThan(1e-9)
  }
})

test.each([2, 3])("after a split nothing moves from one part to another: no part is empty, and nobody is locked (listed, and %i by number)", (count) => {
  const territories = count > 2 ? count : ["n", "s"].map((id) => ({ id }))
  // with three the third lies west of the parts, so that they are renumbered
  const current = accounts.map(({ id, x }) => ({ accountId: id, territoryId: count > 2 && (x as number) < 300 ? "west" : "all" }))
  const base = { territories, current, events: [{ type: "territory-split" as const, territoryId: "all", into: ["n", "s"] }] }
  const { plans } = explorePlans(accounts, { ...base, measures })
  for (const { plan, tolerances, maxMovedShare, label } of plans) {
    expect(plan.territories.map(({ accountCount }) => accountCount > 0), label).toEqual(Array(count).fill(true))
    expect(plan.certificate.lowerBound as number, label).toBeLessThanOrEqual((plan.cost as number) * (1 + 1e-12))
    expect(plan.violations, label).toEqual([])
    expect(plan.infeasibility, label).toBeNull()
    const options = { ...base, measures: { hours: { value: "hours", tolerance: tolerances.hours } }, disruption: { maxMovedShare: maxMovedShare ?? 1 } }
    expect(evaluateAlignment(accounts, plan.alignment, options).violations, label).toEqual([])
  }
})
