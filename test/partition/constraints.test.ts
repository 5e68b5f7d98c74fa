import { partitionAccounts } from "equiterra"
import { expect, test } from "vitest"
import { greatCircleKm } from "../../src/math/geo/sphere.js"
import { randomAccounts } from "../helpers/random-accounts"
import { contractFaults, type Row } from "../helpers/recompute-plan"

const measures = { hours: { value: "hours" } }

test.each([
  ["no tolerance", { tolerance: null }, null],
  ["half", { tolerance: 0.5 }, 0.5],
  ["more than all", { tolerance: 2 }, 2],
  ["the default of 5 %", {}, 0.05],
  ["1 %", { tolerance: 0.01 }, 0.01],
] as const)("tolerance: %s", (_, bounds, limit) => {
  const accounts = randomAccounts(150, 1)
  const options = { territories: 6, measures: { hours: { value: "hours", ...bounds } }, starts: 1 }
  const plan = partitionAccounts(accounts, options)
  expect(contractFaults(accounts, options, plan)).toEqual([])
  expect(plan.violations).toEqual([])
  if (limit === null) for (const territory of plan.territories) expect([territory.measures.hours.min, territory.measures.hours.max]).toEqual([null, null])
  else expect(plan.imbalance.hours as number).toBeLessThanOrEqual(limit + 1e-12)
})

test("tolerance 0 is met where amounts allow it", () => {
  const accounts: Row[] = Array.from({ length: 60 }, (_, i) => ({ id: `A${i}`, x: i % 10, y: Math.floor(i / 10), hours: 1 + (i % 2) }))
  const options = { territories: 5, measures: { hours: { value: "hours", tolerance: 0 } } }
  const plan = partitionAccounts(accounts, options)
  expect(contractFaults(accounts, options, plan)).toEqual([])
  expect(plan.territories.map((territory) => territory.measures.hours.activity)).toEqual([18, 18, 18, 18, 18])
})

test("one-sided bounds leave the other side open", () => {
  const accounts = randomAccounts(120, 2)
  const total = accounts.reduce((sum, row) => sum + (row.hours as number), 0)
  for (const bounds of [{ min: total / 5, max: null }, { min: null, max: total / 3.5 }, { max: null }, { min: null }]) {
    const options = { territories: 4, measures: { hours: { value: "hours", ...bounds } }, starts: 1 }
    const plan = partitionAccounts(accounts, options)
    expect(contractFaults(accounts, options, plan)).toEqual([])
    expect(plan.violations).toEqual([])
    for (const territory of plan.territories) {
      if (bounds.min === null) expect(territory.measures.hours.min).toBeNull()
      if (bounds.max === null) expect(territory.measures.hours.max).toBeNull()
    }
  }
})

test("bounds of a territory come before those of a measure, measure by measure and side by side", () => {
  const accounts = randomAccounts(150, 3)
  const options = {
    territories: [{ id: "small", max: { hours: 20 } }, { id: "large", min: { hours: 60, visits: 100 }, share: 0.4 }, { id: "rest" }],
    measures: { hours: { value: "hours", min: 10, max: 90 }, visits: { value: "visits", tolerance: 0.8 } },
    starts: 1,
  }
  const plan = partitionAccounts(accounts, options)
  expect(contractFaults(accounts, options, plan)).toEqual([])
  expect(plan.violations).toEqual([])
  expect(plan.territories.map(({ measures: { hours } }) => [hours.min, hours.max])).toEqual([[10, 20], [60, 90], [10, 90]])
  expect(plan.territories[1].measures.visits.min).toBe(100)
})

test("shares: of all measures, of one, and the rest divided equally", () => {
  const accounts = randomAccounts(200, 4)
  const options = {
    territories: [{ id: "a", share: 0.4 }, { id: "b", share: { hours: 0.1 } }, { id: "c" }, { id: "d" }],
    measures: { hours: { value: "hours" }, revenue: { value: "revenue" } },
    starts: 2,
  }
  const plan = partitionAccounts(accounts, options)
  expect(contractFaults(accounts, options, plan)).toEqual([])
  expect(plan.violations).toEqual([])
  const sharesOf = (name: string): number[] => {
    const total = plan.territories.reduce((sum, territory) => sum + territory.measures[name].activity, 0)
    return plan.territories.map((territory) => Number((territory.measures[name].target / total).toFixed(12)))
  }
  expect(sharesOf("hours")).toEqual([0.4, 0.1, 0.25, 0.25])
  expect(sharesOf("revenue")).toEqual([0.4, 0.2, 0.2, 0.2])
})

test("a share of 0 asks for an empty territory and gets it", () => {
  const accounts = randomAccounts(40, 5)
  const options = { territories: [{ id: "all", share: 1 }, { id: "none", share: 0 }], measures }
  const plan = partitionAccounts(accounts, options)
  expect(contractFaults(accounts, options, plan)).toEqual([])
  expect(plan.territories.map((territory) => territory.accountCount)).toEqual([40, 0])
  expect(plan.territories[1].measures.hours).toEqual({ activity: 0, target: 0, min: 0, max: 0, deviation: null })
})

test("fixed centers stay, given centers may move, and the bounds hold", () => {
  const accounts = randomAccounts(120, 6)
  const home = { longitude: -99, latitude: 36.5 }
  const options = { territories: [{ id: "home", center: home, centerFixed: true }, { id: "near", center: { longitude: -90, latitude: 40 } }, { id: "free" }], measures, starts: 2 }
  const plan = partitionAccounts(accounts, options)
  expect(contractFaults(accounts, options, plan)).toEqual([])
  expect(plan.violations).toEqual([])
  const centers = plan.territories.map((territory) => territory.center as typeof home)
  expect(centers[0].longitude).toBeCloseTo(home.longitude, 10)
  expect(centers[1].longitude).not.toBeCloseTo(-90, 3)
})

test("a fixed center is reported to the digit as it was given, on the plane and on the globe", () => {
  const plane = randomAccounts(60, 9, "plane")
  const globe = randomAccounts(60, 9, "globe")
  const at = [[0.1, 0.7], [9.3, 0.2], [-0, 1 / 3]]
  const onPlane = partitionAccounts(plane, { territories: at.map(([x, y], t) => ({ id: `T${t}`, center: { x, y }, centerFixed: true })), measures: { hours: { value: "hours" } } })
  const onGlobe = partitionAccounts(globe, { territories: at.map(([longitude, latitude], t) => ({ id: `T${t}`, center: { longitude, latitude }, centerFixed: true })), measures: { hours: { value: "hours" } } })
  expect(onPlane.territories.map(({ center }) => center)).toEqual([{ x: 0.1, y: 0.7 }, { x: 9.3, y: 0.2 }, { x: 0, y: 1 / 3 }])
  expect(onGlobe.territories.map(({ center }) => center)).toEqual([{ longitude: 0.1, latitude: 0.7 }, { longitude: 9.3, latitude: 0.2 }, { longitude: 0, latitude: 1 / 3 }])
  const beyond = partitionAccounts(globe, { territories: [{ id: "T", center: { longitude: 190, latitude: 5 }, centerFixed: true }], measures: { hours: { value: "hours" } } })
  expect((beyond.territories[0].center as { longitude: number }).longitude).toBeCloseTo(-170, 9)
})

test("a center that is one of the accounts is the best of them", () => {
  for (const power of [1, 2] as const) {
    const accounts = randomAccounts(80, 7, "plane")
    const options = { territories: 4, measures, centers: "account" as const, compactness: { power, weight: "people" }, starts: 1 }
    const plan = partitionAccounts(accounts, options)
    expect(contractFaults(accounts, options, plan)).toEqual([])
    for (const territory of plan.territories) {
      const own = accounts.filter((_, i) => plan.alignment[i].territoryId === territory.id)
      const costFrom = (center: Row): number => own.reduce((sum, row) => sum + (row.people as number) * Math.hypot((row.x as number) - (center.x as number), (row.y as number) - (center.y as number)) ** power, 0)
      for (const other of own) expect(costFrom(other)).toBeGreaterThanOrEqual((territory.cost as number) * (1 - 1e-9))
    }
  }
})

test("locked accounts stay, in listed territories and in numbered ones", () => {
  const accounts = randomAccounts(100, 8)
  const current = accounts.map((row, i) => ({ accountId: row.id, territoryId: ["north", "south", "east", "west"][i % 4] }))
  const locked = accounts.filter((_, i) => i % 9 === 0).map((row) => row.id)
  for (const territories of [4, ["west", "north", "east", "south"].map((id) => ({ id }))]) {
    const options = { territories, measures, current, locked, starts: 2 }
    const plan = partitionAccounts(accounts, options)
    expect(contractFaults(accounts, options, plan)).toEqual([])
    expect(plan.violations).toEqual([])
    for (const [i, row] of plan.alignment.entries()) if (locked.includes(row.accountId)) expect(row.territoryId).toBe(current[i].territoryId)
  }
})

test("locks on one of many territories keep its name", () => {
  const accounts = randomAccounts(60, 9)
  const current = accounts.map((row, i) => ({ accountId: row.id, territoryId: `rep ${i % 8}` }))
  const options = { territories: 3, measures, current, locked: ["A5", "A13"], starts: 1 }
  const plan = partitionAccounts(accounts, options)
  expect(contractFaults(accounts, options, plan)).toEqual([])
  expect([plan.alignment[5], plan.alignment[13]].map((row) => row.territoryId)).toEqual(["rep 5", "rep 5"])
})

test("locks that overload a territory are a result, not an error: they stay, and the violation is told", () => {
  const accounts = randomAccounts(40, 10)
  const current = accounts.map((row, i) => ({ accountId: row.id, territoryId: i < 30 ? "full" : "rest" }))
  const options = { territories: [{ id: "full" }, { id: "rest" }], measures, current, locked: accounts.slice(0, 30).map((row) => row.id) }
  const plan = partitionAccounts(accounts, options)
  expect(contractFaults(accounts, options, plan)).toEqual([])
  expect(plan.violations.map((violation) => [violation.criterion, violation.territoryId])).toEqual([["balance", "full"], ["balance", "rest"]])
  expect(plan.infeasibility?.kind).toBe("divisible")
  expect(plan.infeasibility?.message).toMatch(/locked accounts alone are too much: hours of "full" is .* by locks, at most/)
  expect(plan.infeasibility?.accountIds).toHaveLength(30)
  expect(plan.certificate.lowerBound).toBeNull()
})

test("a territory's own max is its capacity, and a violation says so", () => {
  const accounts = randomAccounts(20, 12)
  const total = accounts.reduce((sum, row) => sum + (row.hours as number), 0)
  const plan = partitionAccounts(accounts, { territories: [{ id: "small", max: { hours: 0.05 * total } }, { id: "rest" }], measures: { hours: { value: "hours", min: null, max: 0.6 * total } } })
  const broken = plan.violations.filter((violation) => violation.criterion === "capacity")
  expect(plan.violations.length).toBeGreaterThan(0)
  for (const violation of broken) expect(violation.message).toContain("above its capacity")
  for (const violation of plan.violations) expect(violation.criterion).toBe(violation.territoryId === "small" ? "capacity" : "balance")
})

test("accounts without weight stay near their territory instead of filling up far ones, and a warning tells of them", () => {
  // the default weight is the first measure: every fifth account has none of it, but visits like the others
  const accounts = randomAccounts(300, 13).map((row, i) => ({ ...row, revenue: i % 5 === 0 ? 0 : (row.hours as number), visits: 1 }))
  const options = { territories: 6, measures: { revenue: { value: "revenue" }, visits: { value: "visits" } } }
  const plan = partitionAccounts(accounts, options)
  expect(contractFaults(accounts, options, plan)).toEqual([])
  expect(plan.warnings).toContainEqual(expect.objectContaining({ code: "weight-zero", path: "measures.revenue" }))
  const centers = new Map(plan.territories.map((territory) => [territory.id, territory.center as { longitude: number; latitude: number }]))
  const distance = (i: number): number => {
    const center = centers.get(plan.alignment[i].territoryId) as { longitude: number; latitude: number }
    return greatCircleKm(accounts[i].longitude as number, accounts[i].latitude as number, center.longitude, center.latitude)
  }
  const mean = (rows: readonly number[]): number => rows.reduce((sum, i) => sum + distance(i), 0) / rows.length
  const rows = accounts.map((_, i) => i)
  // strewn at random they would be more than twice as far as the others
  expect(mean(rows.filter((i) => i % 5 === 0))).toBeLessThan(1.5 * mean(rows.filter((i) => i % 5 !== 0)))
})

test("a tolerance above 1 is taken as said, with a warning that it is no percentage", () => {
  const plan = partitionAccounts(randomAccounts(20, 14), { territories: 2, measures: { hours: { value: "hours", tolerance: 5 } } })
  expect(plan.warnings).toContainEqual(expect.objectContaining({ code: "tolerance-large", path: "measures.hours.tolerance" }))
})

test("every account locked: nothing moves", () => {
  const accounts = randomAccounts(20, 11)
  const current = accounts.map((row, i) => ({ accountId: row.id, territoryId: `T${i % 2}` }))
  const options = { territories: 2, measures: { hours: { value: "hours", tolerance: 1 } }, current, locked: accounts.map((row) => row.id) }
  const plan = partitionAccounts(accounts, options)
  expect(plan.alignment).toEqual(current)
  expect(contractFaults(accounts, options, plan)).toEqual([])
})
