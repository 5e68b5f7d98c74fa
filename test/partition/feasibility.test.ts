import { partitionAccounts } from "equiterra"
import { expect, test } from "vitest"
import { randomAccounts, seeded } from "../helpers/random-accounts"
import { contractFaults, type Row } from "../helpers/recompute-plan"

/** At least 75 accounts a territory, none above 2 % of a target: enough room for every tolerance of 5 %. */
const instances = Array.from({ length: 48 }, (_, seed) => {
  const random = seeded(1000 + seed)
  const k = 2 + Math.floor(4 * random())
  const count = Math.floor(k * (75 + 25 * random()))
  const names = ["hours", "revenue", "people"].slice(0, 1 + (seed % 3))
  let accounts: Row[] = randomAccounts(count, seed, seed % 2 === 0 ? "globe" : "plane")
  // cutting the heaviest lowers the total, and the limit with it: hence again and again
  for (let round = 0; round < 30; round++) {
    for (const name of names) {
      const limit = (0.0195 * accounts.reduce((sum, row) => sum + (row[name] as number), 0)) / k
      accounts = accounts.map((row) => ({ ...row, [name]: Math.min(row[name] as number, limit) }))
    }
  }
  return { accounts, options: { territories: k, measures: Object.fromEntries(names.map((name) => [name, { value: name }])), starts: 1 } }
})

test("instances with room for every bound are met: all of 48, with one, two and three measures", { timeout: 120_000 }, () => {
  let met = 0
  for (const { accounts, options } of instances) {
    const names = Object.keys(options.measures)
    for (const name of names) {
      const values = accounts.map((row) => row[name] as number)
      expect(Math.max(...values)).toBeLessThanOrEqual((0.02 * values.reduce((sum, x) => sum + x, 0)) / options.territories)
    }
    const plan = partitionAccounts(accounts, options)
    if (plan.violations.length === 0) met++
    // what is found may not be far from what could be
    expect(plan.certificate.gap as number).toBeLessThan(0.01)
  }
  expect(met).toBe(instances.length)
})

test("minima above the total: the best plan, and a sentence that says by how much", () => {
  const accounts: Row[] = Array.from({ length: 10 }, (_, i) => ({ id: `A${i}`, x: i, y: 0, hours: 10 }))
  const options = { territories: 4, measures: { hours: { value: "hours", min: 30, max: null } } }
  const plan = partitionAccounts(accounts, options)
  expect(contractFaults(accounts, options, plan)).toEqual([])
  expect(plan.infeasibility).toEqual({
    kind: "divisible",
    message: "the lower bounds of hours sum to 120, but the accounts have 100: lower them by 20 in all, or change the number of territories",
    measures: ["hours"],
    territoryIds: ["t1", "t2", "t3", "t4"],
    accountIds: [],
    conflict: ["t1", "t2", "t3", "t4"].map((territoryId) => ({ kind: "bound", territoryId, measure: "hours", side: "min", limit: 30 })),
    isConflictMinimal: true,
    relaxations: [
      { message: "make it 3 territories instead of 4", changes: [{ kind: "territories", from: 4, to: 3 }], provenBy: "divided", isMinimal: true },
      { message: "lower the minimum of hours from 30 to 25", changes: [{ kind: "bound", territoryId: null, measure: "hours", side: "min", from: 30, to: 25 }], provenBy: "divided", isMinimal: true },
      { message: "the plan found keeps a minimum of hours of 20 (instead of 30)", changes: [{ kind: "bound", territoryId: null, measure: "hours", side: "min", from: 30, to: 20 }], provenBy: "plan", isMinimal: false },
    ],
    reachable: ["t1", "t2", "t3", "t4"].map((territoryId) => ({ territoryId, measure: "hours", activity: 25, deviation: 0 })),
  })
})

test("maxima below the total", () => {
  const accounts: Row[] = Array.from({ length: 10 }, (_, i) => ({ id: `A${i}`, x: i, y: 0, hours: 10 }))
  const options = { territories: 4, measures: { hours: { value: "hours", min: null, max: 20 } } }
  const plan = partitionAccounts(accounts, options)
  expect(contractFaults(accounts, options, plan)).toEqual([])
  expect(plan.infeasibility?.message).toBe("the upper bounds of hours sum to 80, but the accounts have 100: raise them by 20 in all, or change the number of territories")
})

test("two measures whose bounds exclude each other are named by the ray that proves it", () => {
  // every account has as many visits as hours, but east is to have many hours and few visits
  const accounts: Row[] = Array.from({ length: 10 }, (_, i) => ({ id: `A${i}`, x: i, y: 0, hours: 10, visits: 1 }))
  const options = {
    territories: [{ id: "west" }, { id: "east", min: { hours: 70 }, max: { visits: 3 } }],
    measures: { hours: { value: "hours", tolerance: null }, visits: { value: "visits", tolerance: null } },
  }
  const plan = partitionAccounts(accounts, options)
  expect(contractFaults(accounts, options, plan)).toEqual([])
  expect(plan.infeasibility?.kind).toBe("divisible")
  expect(plan.infeasibility?.message).toBe('not even divided accounts could keep these bounds together: hours of "east" at least 70 and visits of "east" at most 3')
  expect(plan.infeasibility?.measures).toEqual(["hours", "visits"])
  expect(plan.infeasibility?.territoryIds).toEqual(["east"])
})

test("one account heavier than a territory may be is named, with its weight", () => {
  const accounts: Row[] = Array.from({ length: 20 }, (_, i) => ({ id: `A${i}`, x: i, y: 0, hours: i === 17 ? 12.1 : 27.9 / 19 }))
  const options = { territories: 4, measures: { hours: { value: "hours" } } }
  const plan = partitionAccounts(accounts, options)
  expect(contractFaults(accounts, options, plan)).toEqual([])
  const heavy = plan.violations.find((violation) => violation.accountId === "A17")
  expect(heavy?.message).toMatch(/account "A17" alone is 121\.0 % of the target/)
  expect(plan.infeasibility).toMatchObject({ kind: "indivisible", accountIds: ["A17"], measures: ["hours"] })
  expect(plan.infeasibility?.message).toMatch(/single accounts are heavier than a territory may be: "A17"/)
  // divided accounts could do it, so there is a bound
  expect(plan.certificate.lowerBound).not.toBeNull()
})

test("accounts too coarse for the tolerance: no plan is claimed to be impossible that is not", () => {
  // 7 equal accounts in 3 territories: 7/3 cannot be met by whole ones within 5 %
  const accounts: Row[] = Array.from({ length: 7 }, (_, i) => ({ id: `A${i}`, x: i, y: 0, hours: 1 }))
  const options = { territories: 3, measures: { hours: { value: "hours" } } }
  const plan = partitionAccounts(accounts, options)
  expect(contractFaults(accounts, options, plan)).toEqual([])
  expect(plan.infeasibility?.kind).toBe("indivisible")
  expect(plan.infeasibility?.message).toMatch(/divided accounts would fit all bounds, but no plan of whole accounts inside them was found: 3 of the 3 activities are out of bounds/)
  expect(plan.territories.map((territory) => territory.accountCount).sort()).toEqual([2, 2, 3])
})

test("hopeless bounds end soon: the search does not spend on them what it spends on hard ones", { timeout: 60_000 }, () => {
  const accounts = randomAccounts(300, 5)
  const options = { territories: 30, measures: { hours: { value: "hours", min: 50, max: null }, revenue: { value: "revenue", max: 10, min: null } }, starts: 1 }
  let steps = 0
  const plan = partitionAccounts(accounts, { ...options, onProgress: () => void steps++ })
  expect(contractFaults(accounts, options, plan)).toEqual([])
  expect(plan.infeasibility?.kind).toBe("divisible")
  expect(steps).toBeLessThan(5000)
})
