import { evaluateAlignment, partitionAccounts } from "equiterra"
import { expect, test } from "vitest"
import { cheapestPlan } from "../helpers/brute-force"
import { seeded } from "../helpers/random-accounts"
import type { Row } from "../helpers/recompute-plan"

/** Small instances with fixed centers, so that the best plan can be found by trying all. */
const instances = Array.from({ length: 150 }, (_, seed) => {
  const random = seeded(seed)
  const n = 4 + Math.floor(5 * random())
  const k = 2 + Math.floor(2 * random())
  const accounts: Row[] = Array.from({ length: n }, (_, i) => ({ id: `A${i}`, x: random(), y: random(), hours: 1 + Math.floor(5 * random()), visits: 1 + Math.floor(3 * random()) }))
  const territories = Array.from({ length: k }, (_, t) => ({ id: `T${t}`, center: { x: random(), y: random() }, centerFixed: true }))
  const tolerance = [0.1, 0.3, 0.6][seed % 3]
  const measures = { hours: { value: "hours", tolerance }, ...(seed % 2 === 0 ? {} : { visits: { value: "visits", tolerance: tolerance + 0.2 } }) }
  return { accounts, options: { territories, measures, compactness: { power: seed % 5 === 0 ? (1 as const) : (2 as const) } } }
})

test("against all plans of small instances: bounds are bounds, and the plan found is the best or close to it", () => {
  let possible = 0
  let solved = 0
  let optimal = 0
  for (const { accounts, options } of instances) {
    const plan = partitionAccounts(accounts, options)
    const least = cheapestPlan(accounts, options, plan)
    const isInside = plan.violations.length === 0
    if (least === null) {
      expect(isInside).toBe(false)
      expect(plan.infeasibility).not.toBeNull()
      continue
    }
    possible++
    // divided accounts can do whatever whole ones can, at no more cost
    expect(plan.infeasibility?.kind).not.toBe("divisible")
    expect(plan.certificate.lowerBound as number).toBeLessThanOrEqual(least * (1 + 1e-9))
    if (!isInside) continue
    solved++
    expect(plan.cost).toBeGreaterThanOrEqual(least * (1 - 1e-9))
    if ((plan.cost as number) <= least * (1 + 1e-9)) optimal++
  }
  expect(possible).toBeGreaterThan(60)
  // few plans of so few accounts are inside the bounds: the search may miss them, but hardly ever
  expect(solved).toBeGreaterThanOrEqual(Math.floor(0.99 * possible))
  expect(optimal).toBeGreaterThanOrEqual(Math.floor(0.9 * solved))
})

test("with free centers too, no plan at the centers found is cheaper than the bound", () => {
  let possible = 0
  for (const { accounts, options } of instances.slice(0, 60)) {
    const free = { ...options, territories: options.territories.length }
    const plan = partitionAccounts(accounts, free)
    const least = cheapestPlan(accounts, free, plan)
    if (least === null) continue
    possible++
    expect(plan.certificate.lowerBound as number).toBeLessThanOrEqual(least * (1 + 1e-9))
  }
  expect(possible).toBeGreaterThan(20)
})

test("evaluateAlignment proves the same bound for a plan from anywhere", () => {
  let possible = 0
  for (const { accounts, options } of instances.slice(0, 60)) {
    const alignment = accounts.map((row, i) => ({ accountId: row.id, territoryId: `T${i % options.territories.length}` }))
    const judged = evaluateAlignment(accounts, alignment, { ...options, territories: options.territories.length })
    const least = cheapestPlan(accounts, { ...options, territories: options.territories.length }, judged)
    if (least === null) continue
    possible++
    expect(judged.certificate.lowerBound as number).toBeLessThanOrEqual(least * (1 + 1e-9))
  }
  expect(possible).toBeGreaterThan(20)
})
