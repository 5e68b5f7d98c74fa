import { evaluateAlignment, partitionAccounts, type PartitionOptions } from "equiterra"
import { expect, test } from "vitest"
import { messageOf } from "../helpers/message-of"
import { randomAccounts } from "../helpers/random-accounts"
import { contractFaults, type Row } from "../helpers/recompute-plan"

/** Owners of today: stripes from west to east, of very different size. */
function stripes(accounts: readonly Row[], k: number): { accountId: string; territoryId: string }[] {
  const east = (row: Row): number => row.x ?? (row.longitude as number)
  const sorted = [...accounts].sort((a, b) => east(a) - east(b) || (a.id < b.id ? -1 : 1))
  return sorted.map(({ id }, at) => ({ accountId: id, territoryId: `T${Math.min(k - 1, Math.floor(k * (at / sorted.length) ** 1.3))}` }))
}

test("territories hand off and take over no more than they may, and the certificate counts what that costs", () => {
  let [bound, inside] = [0, 0]
  for (let seed = 0; seed < 24; seed++) {
    const k = 3 + (seed % 3)
    const accounts = randomAccounts(80 + 10 * seed, seed, seed % 2 === 0 ? "plane" : "globe")
    const options: PartitionOptions<Row> = {
      territories: Array.from({ length: k }, (_, t) => ({ id: `T${t}` })),
      measures: Object.fromEntries(["hours", "revenue"].slice(0, 1 + (seed % 2)).map((name) => [name, { value: name, tolerance: 0.35 }])),
      current: stripes(accounts, k),
      disruption: {
        weight: "revenue",
        ...(seed % 3 === 0 ? {} : { maxHandedOffShare: seed % 4 === 0 ? { T0: 0.1, T1: 0.2 } : 0.3 }),
        ...(seed % 3 === 1 ? {} : { maxTakenOverShare: 0.4 }),
        ...(seed % 5 === 0 ? { maxMovedShare: 0.2 } : {}),
        ...(seed % 7 === 0 ? { penalty: 3 } : {}),
      },
      starts: 1,
      seed,
    }
    const plan = partitionAccounts(accounts, options)
    expect(contractFaults(accounts, options, plan), `seed ${seed}`).toEqual([])
    expect(contractFaults(accounts, options, evaluateAlignment(accounts, plan.alignment, options), "evaluation"), `seed ${seed}, judged`).toEqual([])
    expect(plan.violations.filter(({ criterion }) => criterion === "disruption"), `seed ${seed}`).toEqual([])
    if (plan.disruption?.territories.some(({ handOffPrice, takeOverPrice }) => handOffPrice > 0 || takeOverPrice > 0) === true) bound++
    if (plan.violations.length === 0) inside++
  }
  expect(bound).toBeGreaterThan(8)
  expect(inside).toBeGreaterThan(8)
})

test("at the same centers tighter limits never make the divisible optimum cheaper, and limits of everything change nothing", () => {
  for (let seed = 0; seed < 6; seed++) {
    const accounts = randomAccounts(90, seed)
    const current = stripes(accounts, 4)
    const at = (disruption: PartitionOptions<Row>["disruption"]): number => {
      const options: PartitionOptions<Row> = { territories: 4, measures: { hours: { value: "hours", tolerance: 0.5 }, revenue: { value: "revenue", tolerance: 0.6 } }, current, disruption: disruption as NonNullable<typeof disruption> }
      return evaluateAlignment(accounts, current, options).certificate.relaxedCost ?? Infinity
    }
    const costs = [1, 0.6, 0.3, 0.1].map((share) => at({ weight: "revenue", maxHandedOffShare: share, maxTakenOverShare: 2 * share }))
    for (let step = 1; step < costs.length; step++) expect(costs[step]).toBeGreaterThanOrEqual(costs[step - 1] * (1 - 1e-9))
    expect(at({ weight: "revenue", maxHandedOffShare: 1, maxTakenOverShare: 1e6 })).toBeCloseTo(at({ weight: "revenue", maxMovedShare: 1 }), 6)
  }
})

test("with more than 1,600 limits the bound is that without them, and no optimum is claimed", () => {
  const k = 801
  const accounts = randomAccounts(2 * k, 4, "plane")
  const current = stripes(accounts, k)
  const options = { territories: k, measures: { hours: { value: "hours", tolerance: 3 } }, current }
  const { certificate, cost } = evaluateAlignment(accounts, current, { ...options, disruption: { maxHandedOffShare: 0.1, maxTakenOverShare: 0.1 } })
  const free = evaluateAlignment(accounts, current, { ...options, disruption: { maxMovedShare: 1 } }).certificate
  expect(free.relaxedCost).not.toBeNull()
  expect(certificate.relaxedCost).toBeNull()
  expect(certificate.lowerBound).toBe(free.lowerBound)
  expect(certificate.lowerBound as number).toBeLessThan(cost as number)
})

test("limits that no plan can keep are told with what they stand against; bad ones are named", () => {
  const accounts = randomAccounts(40, 1)
  const current = stripes(accounts, 3)
  const base = { territories: ["T0", "T1", "T2"].map((id) => ({ id })), measures: { hours: { value: "hours", tolerance: 0.02 } }, current }
  const plan = partitionAccounts(accounts, { ...base, disruption: { maxHandedOffShare: 0 } })
  expect(plan.disruption?.movedCount).toBe(0)
  expect(plan.infeasibility?.message).toContain("raise disruption.maxHandedOffShare or maxTakenOverShare")
  const refused = (disruption: object): string => messageOf(() => partitionAccounts(accounts, { ...base, disruption } as PartitionOptions<Row>))
  expect(refused({ maxHandedOffShare: -1 })).toBe("disruption.maxHandedOffShare: must be a fraction of 0 or more of what the territory owns today, got -1")
  expect(refused({ maxTakenOverShare: { T9: 0.1 } })).toContain('disruption.maxTakenOverShare["T9"]: is no territory of `current`: "T9"')
  expect(refused({ maxTakenOverShare: { T1: NaN } })).toContain('disruption.maxTakenOverShare["T1"]: must be a fraction of 0 or more')
})

test("a limit that does not bind makes no plan dearer, in a large problem with a penalty either", { timeout: 120_000 }, () => {
  const accounts = randomAccounts(20_100, 8, "plane")
  // today: a grid of blocks with as many accounts each
  const rank = (rows: readonly Row[], of: (row: Row) => number): Row[] => [...rows].sort((a, b) => of(a) - of(b))
  const current = Array.from({ length: 10 }, (_, column) => rank(rank(accounts, (row) => row.x as number).slice(2010 * column, 2010 * (column + 1)), (row) => row.y as number).map(({ id }, at) => ({ accountId: id, territoryId: `T${column}${Math.floor(at / 201)}` }))).flat()
  const large: PartitionOptions<Row> = { territories: 100, measures: { hours: { value: "hours" } }, maxIterations: 2 }
  const east = accounts.map((row) => ({ ...row, hours: (row.hours as number) * ((row.x as number) > 600 ? 1.3 : 1) }))
  const penalty = (evaluateAlignment(accounts, current, large).cost as number) / accounts.length
  const [free, limited] = [{ penalty }, { penalty, maxMovedShare: 0.95 }].map((disruption) => {
    const { cost, disruption: moves, violations } = partitionAccounts(east, { ...large, current, disruption })
    return { cost: (cost as number) + (moves?.cost as number), moved: moves?.movedShare, violations }
  })
  expect(free.moved as number).toBeGreaterThan(0.02)
  expect(limited.cost).toBeLessThanOrEqual(free.cost)
  expect([free.violations, limited.violations]).toEqual([[], []])
})
