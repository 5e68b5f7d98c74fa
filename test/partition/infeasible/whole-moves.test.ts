import { partitionAccounts } from "equiterra"
import { expect, test } from "vitest"

test("where only whole accounts or groups exceed what territories may take over, that is told", () => {
  const accounts = ["a", "b", "c", "d"].map((id, x) => ({ id, x, y: 0, hours: [1, 2, 10, 7][x] }))
  const plan = partitionAccounts(accounts, {
    territories: [{ id: "n" }, { id: "s" }],
    measures: { hours: { value: "hours", tolerance: null } },
    together: [["a", "b"]],
    current: accounts.map(({ id }, i) => ({ accountId: id, territoryId: i % 2 === 0 ? "n" : "s" })),
    disruption: { weight: "hours", maxTakenOverShare: 0.1 },
  })
  expect(plan.violations).toHaveLength(1)
  expect(plan.certificate.lowerBound).not.toBeNull()
  expect(plan.infeasibility).toMatchObject({ kind: "indivisible", measures: [], territoryIds: [plan.violations[0].territoryId] })
  expect(plan.infeasibility?.message).toBe(
    'divided accounts would keep all bounds and what may move, but no plan of whole accounts that does was found: territory "s" takes over 1 in disruption weight, more than the 0.9 it may; raise what may move, or take accounts out of their groups',
  )
})
