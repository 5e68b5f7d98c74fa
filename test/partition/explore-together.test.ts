import { evaluateAlignment, explorePlans, type PartitionOptions } from "equiterra"
import { expect, test } from "vitest"
import { randomAccounts } from "../helpers/random-accounts"
import { contractFaults, type Row } from "../helpers/recompute-plan"

test.each([1, 2, 3, 4, 5, 6])("every explored plan keeps groups whole, states its true figures, and is what a judgment says: seed %i", (seed) => {
  const accounts = randomAccounts(30 + 8 * seed, seed, seed % 2 === 0 ? "plane" : "globe")
  const ids = accounts.map(({ id }) => id)
  // across the map, a chain, and neighbors by row
  const together = [[ids[0], ids[9], ids[20]], [ids[3], ids[4]], [ids[4], ids[5]], [ids[27], ids[28]]]
  const territories = ["A", "B", "C"].map((id) => ({ id }))
  const current = accounts.filter((_, i) => i % 8 !== 0).map(({ id, ...row }) => ({ accountId: id, territoryId: ["A", "B", "C"][Math.min(2, Math.floor(seed % 2 === 0 ? (row.x as number) / 334 : ((row.longitude as number) + 100) / 4))] }))
  const base: Omit<PartitionOptions<Row>, "onProgress" | "timeLimitMs"> = {
    territories,
    measures: { hours: { value: "hours", tolerance: 0.2 } },
    compactness: { power: seed % 3 === 0 ? 1 : 2 },
    centers: seed % 3 === 1 ? "account" : "mean",
    together,
    ...(seed > 2 ? { current } : {}),
  }
  const { plans } = explorePlans(accounts, seed > 4 ? { ...base, disruption: { weight: "revenue", maxMovedShare: 0.4 } } : base)
  expect(plans.length).toBeGreaterThan(1)
  for (const { plan, label, tolerances, maxMovedShare, figures } of plans) {
    const options: PartitionOptions<Row> = {
      ...base,
      measures: { hours: { value: "hours", tolerance: tolerances.hours } },
      ...(maxMovedShare === null ? {} : { disruption: { maxMovedShare, ...(seed > 4 ? { weight: "revenue" } : {}) } }),
    }
    expect(plan.violations, label).toEqual([])
    expect(figures.cost).toBe(plan.cost)
    const faults = contractFaults(accounts, options, plan).filter((fault) => !fault.startsWith("relaxed cost"))
    expect(faults, label).toEqual([])
    expect(evaluateAlignment(accounts, plan.alignment, options).violations, label).toEqual([])
  }
})
