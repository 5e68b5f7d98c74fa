import { evaluateAlignment, partitionAccounts } from "equiterra"
import { expect, test } from "vitest"
import { randomAccounts, seeded } from "../helpers/random-accounts"
import { boundFromPrices, contractFaults, type Row } from "../helpers/recompute-plan"

const measures = { hours: { value: "hours" }, revenue: { value: "revenue" } }

test("the lower bound is what the prices prove, by the formula of the contract", () => {
  for (const [space, power, k] of [["globe", 2, 7], ["globe", 1, 4], ["plane", 2, 5], ["plane", 1, 9]] as const) {
    const accounts = randomAccounts(200, k, space)
    const options = { territories: k, measures, compactness: { power }, starts: 1 }
    const plan = partitionAccounts(accounts, options)
    const bound = plan.certificate.lowerBound as number
    expect(Math.abs(boundFromPrices(accounts, options, plan).value - bound)).toBeLessThanOrEqual(1e-9 * bound)
    expect(Math.abs((plan.certificate.relaxedCost as number) - bound)).toBeLessThanOrEqual(1e-9 * bound)
    expect(plan.cost).toBeGreaterThanOrEqual(bound)
  }
})

test("other prices prove less: the certificate is the best there is at its centers", () => {
  const accounts = randomAccounts(120, 1, "plane")
  const options = { territories: 4, measures, starts: 1 }
  const plan = partitionAccounts(accounts, options)
  const bound = plan.certificate.lowerBound as number
  for (const factor of [0, 0.9, 1.1]) {
    const territories = plan.territories.map((territory) => ({ ...territory, prices: { hours: territory.prices.hours * factor, revenue: territory.prices.revenue * factor } }))
    expect(boundFromPrices(accounts, options, { ...plan, territories }).value).toBeLessThan(bound * (1 - 1e-9))
  }
})

test("a price has the sign of the bound that binds, and none where no bound does", () => {
  const accounts = randomAccounts(150, 2)
  const plan = partitionAccounts(accounts, { territories: 5, measures: { hours: { value: "hours", tolerance: 0.02 }, revenue: { value: "revenue", tolerance: null } }, starts: 1 })
  const signs = plan.territories.map((territory) => Math.sign(territory.prices.hours))
  expect(signs).toContain(1)
  expect(signs).toContain(-1)
  for (const { prices } of plan.territories) expect(prices.revenue).toBe(0)
})

test("a price is what one more unit of the bound that binds adds to the divisible optimum, in the caller's units", () => {
  let priced = 0
  for (const space of ["plane", "globe"] as const) {
    const accounts = randomAccounts(150, 4, space)
    const step = 1e-3
    const solve = (bounds: readonly { min: number; max: number }[]): { optimum: number; prices: number[] } => {
      const territories = bounds.map(({ min, max }, t) => {
        const { x, y, longitude, latitude } = accounts[30 * t]
        const center = space === "plane" ? { x: x as number, y: y as number } : { longitude: longitude as number, latitude: latitude as number }
        return { id: `T${t}`, center, centerFixed: true, min: { hours: min }, max: { hours: max } }
      })
      const plan = partitionAccounts(accounts, { territories, measures: { hours: { value: "hours" } } })
      return { optimum: plan.certificate.relaxedCost as number, prices: plan.territories.map((territory) => territory.prices.hours) }
    }
    const target = accounts.reduce((sum, { hours }) => sum + (hours as number), 0) / 5
    const bounds = Array.from({ length: 5 }, () => ({ min: 0.95 * target, max: 1.05 * target }))
    const { optimum, prices } = solve(bounds)
    prices.forEach((price, t) => {
      if (price === 0) return
      priced++
      const more = bounds.map((bound, s) => (s !== t ? bound : price > 0 ? { ...bound, min: bound.min + step } : { ...bound, max: bound.max + step }))
      // the optimum is linear until another account is divided; its own rounding is 1e-12 of it
      expect(Math.abs((solve(more).optimum - optimum) / step - price)).toBeLessThanOrEqual(1e-6 * Math.abs(price) + (1e-11 * optimum) / step)
    })
  }
  expect(priced).toBeGreaterThan(4)
})

test("without bounds every account is at its nearest center, and the gap is 0", () => {
  const accounts = randomAccounts(150, 3, "plane")
  const plan = partitionAccounts(accounts, { territories: 6, measures: { hours: { value: "hours", tolerance: null } } })
  expect(plan.certificate.gap as number).toBeLessThan(1e-9)
  for (const { prices } of plan.territories) expect(prices.hours).toBe(0)
})

test("bounds that nothing can meet have no certificate", () => {
  const accounts = randomAccounts(30, 4)
  const plan = partitionAccounts(accounts, { territories: 3, measures: { hours: { value: "hours", min: 1000, max: null } } })
  expect(plan.certificate).toEqual({ scope: "given-centers", pairs: "all", lowerBound: null, relaxedCost: null, gap: null, isOptimal: false })
  for (const { prices } of plan.territories) expect(prices.hours).toBe(0)
})

test("where nothing need be traveled the bound is 0: the gap is 0 for a plan that costs nothing, and unknown for another", () => {
  const accounts: Row[] = [0, 0, 1, 1].map((x, i) => ({ id: `A${i}`, x, y: 0, hours: 1 }))
  const options = { territories: 2, measures: { hours: { value: "hours" } } }
  const best = partitionAccounts(accounts, options)
  expect(best.certificate).toEqual({ scope: "given-centers", pairs: "all", lowerBound: 0, relaxedCost: 0, gap: 0, isOptimal: true })
  const fixed = { ...options, territories: [{ id: "w", center: { x: 0, y: 0 }, centerFixed: true }, { id: "e", center: { x: 1, y: 0 }, centerFixed: true }] }
  const wrong = evaluateAlignment(accounts, accounts.map((row, i) => ({ accountId: row.id, territoryId: i % 2 === 0 ? "w" : "e" })), fixed)
  expect(wrong.cost).toBe(2)
  expect(wrong.certificate).toEqual({ scope: "given-centers", pairs: "all", lowerBound: 0, relaxedCost: 0, gap: null, isOptimal: false })
})

test("a grid, where many plans cost the same, is solved exactly too", () => {
  for (const [w, h, k] of [[12, 10, 6], [10, 10, 4], [15, 8, 10]] as const) {
    const accounts: Row[] = Array.from({ length: w * h }, (_, i) => ({ id: `A${i}`, x: i % w, y: Math.floor(i / w), hours: 1, visits: 1 + (i % 3) }))
    const options = { territories: k, measures: { hours: { value: "hours", tolerance: 0 }, visits: { value: "visits" } }, starts: 1 }
    const plan = partitionAccounts(accounts, options)
    expect(contractFaults(accounts, options, plan)).toEqual([])
    expect(plan.territories.map((territory) => territory.accountCount)).toEqual(new Array(k).fill((w * h) / k))
  }
})

test("ties that send the simplex round in circles are broken: all accounts in one place, seventeen centers around, exact bounds", () => {
  const random = seeded(14)
  const accounts: Row[] = Array.from({ length: 279 }, (_, i) => ({ id: `A${i}`, x: 0, y: 0, hours: 1 + Math.floor(5 * random()), visits: 1 + Math.floor(3 * random()) }))
  const territories = Array.from({ length: 17 }, (_, t) => ({ id: `T${t}`, center: { x: t % 9, y: 2 * Math.floor(t / 9) }, centerFixed: true }))
  const alignment = accounts.map((row, i) => ({ accountId: row.id, territoryId: `T${i % 17}` }))
  const options = { territories, measures: { hours: { value: "hours", tolerance: 0 }, visits: { value: "visits", tolerance: 0 } } }
  const judged = evaluateAlignment(accounts, alignment, options)
  expect(judged.certificate.relaxedCost).not.toBeNull()
  expect(contractFaults(accounts, options, judged, "evaluation")).toEqual([])
})
