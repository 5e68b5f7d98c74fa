import { partitionAccounts, type PartitionOptions } from "equiterra"
import { expect, test } from "vitest"
import { caught } from "../helpers/caught"
import { randomAccounts } from "../helpers/random-accounts"
import { contractFaults, type Row } from "../helpers/recompute-plan"

const accounts = randomAccounts(60, 3, "plane")
const ids = ["w", "e"]
const optionsOf = (penalty: number, together: string[][] = []): PartitionOptions<Row> => ({
  territories: ids.map((id) => ({ id })),
  measures: { hours: { value: "hours", tolerance: 0.3 } },
  current: accounts.map(({ id, x }, i) => ({ accountId: id, territoryId: ids[(x as number) < 500 || i % 9 === 0 ? 0 : 1] })),
  together,
  disruption: { weight: "people", penalty },
})

test.each([1e6, 1e9, 1e12, 1e15, 1e100, 1e300])("a penalty of %d takes no digits from the bound", (penalty) => {
  for (const together of [[], [[accounts[0].id, accounts[9].id]]]) {
    const options = optionsOf(penalty, together)
    const plan = partitionAccounts(accounts, options)
    expect(contractFaults(accounts, options, plan)).toEqual([])
    expect(plan.disruption?.movedCount).toBe(0)
    expect(plan.certificate.gap).toBeLessThan(1e-9)
    expect(plan.certificate.relaxedCost).toBe(plan.certificate.lowerBound)
  }
})

test("a penalty that overflows is refused", () => {
  expect(caught(() => partitionAccounts(accounts, optionsOf(1e308))).message).toBe(
    "disruption.penalty: times the weight of all accounts with an owner is more than a number can hold, got 1e+308 (use a smaller one, or maxMovedShare: 0 if nothing may move)",
  )
})
