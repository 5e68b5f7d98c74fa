import { partitionAccounts } from "equiterra"
import { expect, test } from "vitest"
import { randomAccounts } from "../helpers/random-accounts"
import { boundFromPrices } from "../helpers/recompute-plan"

const territories = 801
const accounts = randomAccounts(2400, 3, "plane")
/** Enough where territories are half as many, or where the bounds' sums decide. */
const half = accounts.slice(0, 1200)

test("more than 1,600 bounds of two measures: no divisible optimum, but a bound that the prices prove", () => {
  const options = { territories, measures: { hours: { value: "hours", tolerance: 0.5 }, revenue: { value: "revenue", tolerance: 0.5 } }, maxIterations: 1 }
  const plan = partitionAccounts(accounts, options)
  const { lowerBound, relaxedCost } = plan.certificate
  expect(relaxedCost).toBeNull()
  expect(lowerBound as number).toBeGreaterThan(0.5 * (plan.cost as number))
  expect(plan.cost).toBeGreaterThanOrEqual(lowerBound as number)
  expect(Math.abs(boundFromPrices(accounts, options, plan).value - (lowerBound as number))).toBeLessThanOrEqual(1e-9 * (plan.cost as number))
  expect(plan.territories.reduce((sum, { accountCount }) => sum + accountCount, 0)).toBe(accounts.length)
})

test("there too, bounds whose sums contradict the total are named", () => {
  const few = accounts.slice(0, 820)
  const total = few.reduce((sum, { hours }) => sum + (hours as number), 0)
  const plan = partitionAccounts(few, { territories, measures: { hours: { value: "hours", max: (0.9 * total) / territories, tolerance: null }, revenue: { value: "revenue", tolerance: null } }, maxIterations: 1 })
  expect(plan.infeasibility?.kind).toBe("divisible")
  expect(plan.infeasibility?.message).toContain("upper bounds of hours")
})

test("up to there, hundreds of territories are exact: the plan's certificate closes", () => {
  const options = { territories: 401, measures: { hours: { value: "hours", tolerance: 0.5 }, revenue: { value: "revenue", tolerance: 0.5 } }, maxIterations: 1 }
  const { cost, certificate } = partitionAccounts(half, options)
  const { lowerBound, relaxedCost } = certificate
  expect(Math.abs((relaxedCost as number) - (lowerBound as number))).toBeLessThanOrEqual(1e-9 * (cost as number))
  expect(cost).toBeGreaterThanOrEqual(lowerBound as number)
})

test("there, where accounts weigh nothing, the bound is proven by the prices of the search and the optimum is not known", () => {
  const some = half.map((account, i) => ({ ...account, stops: i % 7 === 0 ? 0 : account.hours }))
  const options = { territories: 401, measures: { hours: { value: "hours", tolerance: 0.5 }, revenue: { value: "revenue", tolerance: 0.5 } }, compactness: { weight: "stops" }, maxIterations: 1 }
  const plan = partitionAccounts(some, options)
  const { lowerBound, relaxedCost } = plan.certificate
  expect(relaxedCost).toBeNull()
  expect(plan.cost).toBeGreaterThanOrEqual(lowerBound as number)
  expect(Math.abs(boundFromPrices(some, options, plan).value - (lowerBound as number))).toBeLessThanOrEqual(1e-9 * (plan.cost as number))
})

test("there, bounds that only whole accounts cannot meet are not said to be beyond divided ones", () => {
  // 401 x 2 bounds; ten visits each, within half a visit: whole numbers leave exactly ten, but one territory wants 10.2 accounts' hours
  const k = 401
  const some = Array.from({ length: 10 * k }, (_, i) => ({ id: `a${i}`, x: i % 64, y: Math.floor(i / 64), visits: 1, hours: i % 2 === 0 ? 1 : 3 }))
  const specs = Array.from({ length: k }, (_, t) => ({ id: `T${t}`, center: { x: some[10 * t + 5].x, y: some[10 * t + 5].y }, centerFixed: true, ...(t === 3 ? { min: { hours: 30.6 } } : {}) }))
  const plan = partitionAccounts(some, { territories: specs, measures: { visits: { value: "visits" }, hours: { value: "hours", tolerance: null } } })
  expect(plan.infeasibility?.kind).not.toBe("divisible")
  expect(plan.certificate.lowerBound).not.toBeNull()
  expect(plan.certificate.relaxedCost).not.toBeNull()
})
