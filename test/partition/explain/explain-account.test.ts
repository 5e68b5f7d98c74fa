import { createExplainer, evaluateAlignment, explainPlan, partitionAccounts, type PartitionOptions, type PartitionResult } from "equiterra"
import { describe, expect, test } from "vitest"
import { checkExplained } from "../../helpers/check-explained"
import { deepFreeze, randomAccounts, seeded, shuffled } from "../../helpers/random-accounts"
import type { Row } from "../../helpers/recompute-plan"

const measures = { hours: { value: "hours" }, revenue: { value: "revenue", tolerance: 0.1 } }
const specs = ["n", "s", "e", "w"].map((id) => ({ id }))

describe("accounts are explained by figures that can be recomputed", () => {
  test.each([1, 2, 3])("in plans that were searched, seed %i", (seed) => {
    for (const space of ["globe", "plane"] as const) {
      const accounts = randomAccounts(60, seed, space)
      const compactness = [{}, { power: 1 as const }, { weight: "visits" }][seed - 1]
      const options = { territories: 5, measures, starts: 1, compactness }
      const counts = checkExplained(accounts, partitionAccounts(accounts, options), options)
      expect(counts.nearest).toBeGreaterThan(30)
    }
  })

  test("in alignments without a plan, where most accounts could move", () => {
    const accounts = randomAccounts(60, 4)
    const options = { territories: 4, measures }
    const alignment = accounts.map(({ id }, i) => ({ accountId: id, territoryId: `t${1 + ((i * i) % 4)}` }))
    const counts = checkExplained(accounts, evaluateAlignment(accounts, alignment, options), options)
    expect(counts.none).toBeGreaterThan(0)
    expect(counts.whole).toBeGreaterThan(0)
  })

  test("under locks, eligibility, groups, and what changes of owner cost", () => {
    const found: Record<string, number> = {}
    for (const seed of [5, 6]) {
      const random = seeded(seed)
      const accounts = randomAccounts(50, seed, seed % 2 === 0 ? "plane" : "globe")
      const current = accounts.filter(() => random() < 0.9).map(({ id }) => ({ accountId: id, territoryId: specs[Math.floor(4 * random())].id }))
      const base: PartitionOptions<Row> = { territories: specs, measures: { hours: { value: "hours", tolerance: 0.3 } }, current, starts: 1 }
      const variants: Partial<PartitionOptions<Row>>[] = [
        { locked: current.slice(0, 12).map((row) => row.accountId) },
        { eligible: (account, { id }) => (account.visits as number) < 3 || id === "n" || id === "s" },
        { disruption: { penalty: 2 * (seed % 2 === 0 ? 40_000 : 30_000) } },
        { disruption: { maxMovedShare: 0.3, weight: "revenue" } },
      ]
      for (const variant of variants) {
        const options = { ...base, ...variant }
        for (const plan of [partitionAccounts(accounts, options), evaluateAlignment(accounts, accounts.map(({ id }, i) => ({ accountId: id, territoryId: current.find((row) => row.accountId === id)?.territoryId ?? specs[i % 4].id })), options)]) {
          for (const [reason, count] of Object.entries(checkExplained(accounts, plan, options))) found[reason] = (found[reason] ?? 0) + count
        }
      }
      // groups that happen to be together
      const plan = evaluateAlignment(accounts, accounts.map(({ id }) => ({ accountId: id, territoryId: specs[Math.floor(4 * random())].id })), base)
      const together = specs.map(({ id }) => plan.alignment.filter((row) => row.territoryId === id).slice(0, 4).map((row) => row.accountId))
      for (const [reason, count] of Object.entries(checkExplained(accounts, plan, { ...base, together }))) found[reason] = (found[reason] ?? 0) + count
    }
    expect(Object.keys(found).sort()).toEqual(["balance", "disruption", "eligible", "locked", "nearest", "none", "together", "whole"])
  })

  test("where not even divided accounts fit there are no prices, and nothing is explained by them", () => {
    const accounts = randomAccounts(30, 9)
    const options = { territories: 3, measures: { hours: { value: "hours", min: 1e6, max: null } } }
    const plan = partitionAccounts(accounts, options)
    expect(plan.infeasibility?.kind).toBe("divisible")
    const counts = checkExplained(accounts, plan, options)
    expect(counts.balance).toBeUndefined()
    const told = explainPlan(accounts, plan, { ...options, accountIds: accounts.map(({ id }) => id) })
    for (const { message } of told.accounts) expect(message).not.toContain("prices")
    expect(told.territories[0].measures[0].message).toContain("no price")
  })

  test("accounts without weight, at one place, alone in one territory", () => {
    const zeros = Array.from({ length: 12 }, (_, i) => ({ id: `z${i}`, x: i % 3, y: 0, hours: i % 2, people: 0 }))
    const options = { territories: 3, measures: { hours: { value: "hours", tolerance: 0.5 } }, compactness: { weight: "people" } }
    const plan = partitionAccounts(zeros, options)
    for (const { id } of zeros) expect(createExplainer(zeros, plan, options).explainAccount(id).message).not.toMatch(/NaN|undefined/)
    const one = [{ id: "a", x: 1, y: 2, hours: 3 }]
    const single = { territories: 1, measures: { hours: { value: "hours" } } }
    expect(createExplainer(one, partitionAccounts(one, single), single).explainAccount("a")).toMatchObject({ decidedBy: "nearest", runnerUp: null, message: 'a is in "t1" (0 away), the nearest territory; there is no other for it.' })
  })
})

test("a JSON copy of the plan and rows in another order tell the same, and nothing is changed", () => {
  const accounts = deepFreeze(randomAccounts(60, 11))
  const options = deepFreeze({ territories: 4, measures, starts: 1 })
  const plan = deepFreeze(partitionAccounts(accounts, options))
  const accountIds = accounts.map(({ id }) => id)
  const told = explainPlan(accounts, plan, { ...options, accountIds, exact: true })
  expect(JSON.parse(JSON.stringify(told))).toEqual(told)
  expect(explainPlan(accounts, JSON.parse(JSON.stringify(plan)) as PartitionResult, { ...options, accountIds, exact: true })).toEqual(told)
  const mixed = shuffled(accounts, 12)
  expect(explainPlan(mixed, partitionAccounts(mixed, options), { ...options, accountIds, exact: true })).toEqual(told)
})
