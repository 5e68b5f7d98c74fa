import { createExplainer, evaluateAlignment, explainPlan, partitionAccounts, type AccountExplanation, type PartitionOptions, type PartitionResult, type TerritoryChoice } from "equiterra"
import { describe, expect, test } from "vitest"
import { explainAgain } from "../../helpers/explain-again"
import { deepFreeze, randomAccounts, seeded, shuffled } from "../../helpers/random-accounts"
import { readPlanOptions, type Row } from "../../helpers/recompute-plan"

const measures = { hours: { value: "hours" }, revenue: { value: "revenue", tolerance: 0.1 } }
const specs = ["n", "s", "e", "w"].map((id) => ({ id }))

/** Every account once, against what is recomputed. */
function checkAll(accounts: readonly Row[], plan: PartitionResult, options: PartitionOptions<Row>): Record<string, number> {
  const again = explainAgain(accounts, plan, options)
  const { names, values } = readPlanOptions(accounts, options)
  const explainer = createExplainer(accounts, plan, options)
  const counts: Record<string, number> = {}
  const near = (got: number, want: number, size: number): void => expect(Math.abs(got - want)).toBeLessThanOrEqual(1e-8 * size)
  accounts.forEach(({ id }, i) => {
    const told = explainer.explainAccount(id)
    const choices = again.choicesOf(i)
    const own = choices.find((one) => one.id === told.territoryId) as (typeof choices)[number]
    expect(told.territoryId).toBe(plan.alignment[i].territoryId)
    const size = Math.max(...choices.map(({ cost, reduced }) => cost + Math.abs(cost - reduced)))
    near(told.distance, own.distance, Math.max(...choices.map(({ distance }) => distance)))
    near(told.cost, own.cost, size)
    expect(told.nearest.distance).toBeLessThanOrEqual(Math.min(...choices.map(({ distance }) => distance)) * (1 + 1e-9))
    const others = choices.filter((one) => one.id !== own.id && again.isEligible(i, one.id))
    if (told.runnerUp === null) expect(others).toEqual([])
    else near(told.runnerUp.totalChange, Math.min(...others.map(({ reduced }) => reduced)) - own.reduced, size)
    for (const choice of [told.nearest, told.runnerUp, told.alternative]) {
      if (choice === null) continue
      const there = choices.find((one) => one.id === choice.territoryId) as (typeof choices)[number]
      near(choice.cost, there.cost, size)
      near(choice.extraCost, there.cost - own.cost, size)
      near(choice.totalChange, there.reduced - own.reduced, size)
      near(choice.extraCost + names.reduce((sum, name) => sum + choice.priceChanges[name], 0), choice.totalChange, size)
      for (const name of names) {
        const priceOf = (territoryId: string): number => plan.territories.find((one) => one.id === territoryId)?.prices[name] as number
        near(choice.priceChanges[name], (priceOf(own.id) - priceOf(choice.territoryId)) * values[name][i], size)
      }
    }
    expect([id, told.decidedBy]).toEqual([id, again.decidedBy(i)])
    checkParts(told)
    counts[told.decidedBy] = (counts[told.decidedBy] ?? 0) + 1
  })
  return counts
}

/** What goes with what. */
function checkParts({ decidedBy, alternative, measure, brokenBound, distance, message, accountId, territoryId }: AccountExplanation): void {
  expect(alternative === null).toBe(decidedBy === "nearest")
  if (decidedBy === "balance" || decidedBy === "whole") expect(measure).not.toBeNull()
  else expect(measure).toBeNull()
  if (decidedBy === "whole") expect(brokenBound).not.toBeNull()
  if (brokenBound !== null) expect(brokenBound.side === "max" ? brokenBound.activity > brokenBound.limit : brokenBound.activity < brokenBound.limit).toBe(true)
  if (alternative !== null) expect(alternative.distance).toBeLessThan(distance)
  if (decidedBy === "balance") expect((alternative as TerritoryChoice).priceChanges[measure as string]).toBeGreaterThan(0)
  for (const part of [accountId, JSON.stringify(territoryId), alternative === null ? "nearest" : JSON.stringify(alternative.territoryId)]) expect(message).toContain(part)
  expect(message).not.toMatch(/NaN|undefined|Infinity|e-\d/)
}

describe("accounts are explained by figures that can be recomputed", () => {
  test.each([1, 2, 3])("in plans that were searched, seed %i", (seed) => {
    for (const space of ["globe", "plane"] as const) {
      const accounts = randomAccounts(60, seed, space)
      const compactness = [{}, { power: 1 as const }, { weight: "visits" }][seed - 1]
      const options = { territories: 5, measures, starts: 1, compactness }
      const counts = checkAll(accounts, partitionAccounts(accounts, options), options)
      expect(counts.nearest).toBeGreaterThan(30)
    }
  })

  test("in alignments without a plan, where most accounts could move", () => {
    const accounts = randomAccounts(60, 4)
    const options = { territories: 4, measures }
    const alignment = accounts.map(({ id }, i) => ({ accountId: id, territoryId: `t${1 + ((i * i) % 4)}` }))
    const counts = checkAll(accounts, evaluateAlignment(accounts, alignment, options), options)
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
          for (const [reason, count] of Object.entries(checkAll(accounts, plan, options))) found[reason] = (found[reason] ?? 0) + count
        }
      }
      // groups that happen to be together
      const plan = evaluateAlignment(accounts, accounts.map(({ id }) => ({ accountId: id, territoryId: specs[Math.floor(4 * random())].id })), base)
      const together = specs.map(({ id }) => plan.alignment.filter((row) => row.territoryId === id).slice(0, 4).map((row) => row.accountId))
      for (const [reason, count] of Object.entries(checkAll(accounts, plan, { ...base, together }))) found[reason] = (found[reason] ?? 0) + count
    }
    expect(Object.keys(found).sort()).toEqual(["balance", "disruption", "eligible", "locked", "nearest", "none", "together", "whole"])
  })

  test("where not even divided accounts fit there are no prices, and nothing is explained by them", () => {
    const accounts = randomAccounts(30, 9)
    const options = { territories: 3, measures: { hours: { value: "hours", min: 1e6, max: null } } }
    const plan = partitionAccounts(accounts, options)
    expect(plan.infeasibility?.kind).toBe("divisible")
    const counts = checkAll(accounts, plan, options)
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
