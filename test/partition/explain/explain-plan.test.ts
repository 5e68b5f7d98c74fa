import { createExplainer, evaluateAlignment, explainPlan, partitionAccounts, type Location, type PartitionOptions, type PartitionResult } from "equiterra"
import { expect, test } from "vitest"
import { explainAgain } from "../../helpers/explain-again"
import { randomAccounts } from "../../helpers/random-accounts"
import type { Row } from "../../helpers/recompute-plan"

/** The plan's divisible optimum with other tolerances and the same centers. */
function relaxedCostAt(accounts: readonly Row[], plan: PartitionResult, options: PartitionOptions<Row>, measures: PartitionOptions<Row>["measures"]): number | null {
  const listed = typeof options.territories === "number" ? null : options.territories
  const territories = plan.territories.map(({ id, center }, t) => ({ ...listed?.[t], id, center: center as Location, centerFixed: true }))
  return evaluateAlignment(accounts, plan.alignment, { ...options, territories, measures }).certificate.relaxedCost
}

test("a wider tolerance saves at most what its prices say, and exactly what a new optimum says; a tighter one costs at least as much", () => {
  let checked = 0
  for (let seed = 1; seed <= 12; seed++) {
    const accounts = randomAccounts(40 + 5 * seed, seed, seed % 2 === 0 ? "plane" : "globe")
    const measures = { hours: { value: "hours", tolerance: seed % 3 === 0 ? 0.005 : 0.06 }, revenue: { value: "revenue", ...(seed % 4 === 0 ? { max: 1e9 } : {}) } }
    const territories = seed % 3 === 1 ? 4 : ["a", "b", "c", "d"].map((id, t) => ({ id, share: [0.1, 0.2, 0.3, 0.4][t], ...(t === 3 ? { max: { hours: 25 + 2 * seed } } : {}) }))
    const options: PartitionOptions<Row> = { territories, measures, starts: 1, compactness: { power: seed % 5 === 0 ? 1 : 2 } }
    const plan = partitionAccounts(accounts, options)
    const base = relaxedCostAt(accounts, plan, options, measures)
    if (base === null || plan.certificate.relaxedCost === null) continue
    for (const row of explainPlan(accounts, plan, { ...options, exact: true }).tolerances) {
      const tolerance = (measures as PartitionOptions<Row>["measures"])[row.measure].tolerance ?? 0.05
      expect([row.tolerance, row.relaxedTolerance]).toEqual([tolerance, Number((tolerance + 0.01).toPrecision(12))])
      const changed = (by: number): PartitionOptions<Row>["measures"] => ({ ...measures, [row.measure]: { ...measures[row.measure as "hours"], tolerance: tolerance + by } })
      const saving = base - (relaxedCostAt(accounts, plan, options, changed(0.01)) as number)
      expect(row.savingAtMost).toBeGreaterThanOrEqual(saving - 1e-8 * base)
      expect(Math.abs((row.exactSaving as number) - saving)).toBeLessThanOrEqual(1e-8 * base)
      expect(row.savingShare).toBeCloseTo((row.savingAtMost as number) / (plan.cost as number), 12)
      const tighter = tolerance < 0.01 ? null : relaxedCostAt(accounts, plan, options, changed(-0.01))
      if (tighter !== null) expect(tighter - base).toBeGreaterThanOrEqual((row.savingAtMost as number) - 1e-8 * base)
      checked++
    }
  }
  expect(checked).toBeGreaterThan(15)
})

test("measures without a tolerance that sets a bound are left out", () => {
  const accounts = randomAccounts(30, 1)
  const measures = { hours: { value: "hours", tolerance: null }, revenue: { value: "revenue", min: 0, max: null }, visits: { value: "visits", min: 1 } }
  const options = { territories: 3, measures, starts: 1 }
  expect(explainPlan(accounts, partitionAccounts(accounts, options), options).tolerances.map(({ measure }) => measure)).toEqual(["visits"])
})

test("territories tell their prices, and name the accounts for which crossing the border changes least", () => {
  for (const seed of [1, 2, 3]) {
    const accounts = randomAccounts(70, seed, seed === 2 ? "plane" : "globe")
    const options: PartitionOptions<Row> = {
      territories: ["a", "b", "c", "d"].map((id) => ({ id })),
      measures: { hours: { value: "hours" }, revenue: { value: "revenue", tolerance: 0.2 } },
      eligible: (account, { id }) => account.visits !== 4 || id !== "a",
      starts: 1,
    }
    const plan = partitionAccounts(accounts, options)
    const again = explainAgain(accounts, plan, options)
    const told = explainPlan(accounts, plan, options)
    expect(told.territories.map(({ territoryId }) => territoryId)).toEqual(plan.territories.map(({ id }) => id))
    told.territories.forEach((territory, t) => {
      for (const { measure, price, binding, ...figures } of territory.measures) {
        const { message, ...rest } = figures
        expect({ measure, ...rest }).toEqual({ measure, ...plan.territories[t].measures[measure] })
        expect(price).toBe(plan.territories[t].prices[measure])
        expect(message).not.toMatch(/NaN|undefined/)
        if (binding !== null) expect(Math.sign(price)).toBe(binding === "min" ? 1 : -1)
      }
      const changes = accounts.flatMap((_, i) => {
        const owner = plan.alignment[i].territoryId
        const choices = again.choicesOf(i)
        const own = choices.find(({ id }) => id === owner)?.reduced as number
        return choices.filter(({ id }) => id !== owner && again.isEligible(i, id)).map(({ id, reduced }) => ({ owner, id, i, change: reduced - own }))
      })
      const least = (rows: typeof changes): number[] => {
        const best = new Map<number, number>()
        for (const { i, change } of rows) best.set(i, Math.min(change, best.get(i) ?? Infinity))
        return [...best.values()].sort((a, b) => a - b).slice(0, 3)
      }
      const near = (got: readonly { readonly totalChange: number }[], want: readonly number[]): void => {
        expect(got.length).toBe(want.length)
        want.forEach((change, at) => expect(Math.abs(got[at].totalChange - change)).toBeLessThanOrEqual(1e-8 * (plan.cost as number)))
      }
      near(territory.leaving, least(changes.filter(({ owner }) => owner === territory.territoryId)))
      near(territory.entering, least(changes.filter(({ id }) => id === territory.territoryId)))
    })
    expect(createExplainer(accounts, plan, options).explainTerritory("c")).toEqual(told.territories[2])
  }
})
