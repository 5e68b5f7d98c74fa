import { assignAccounts, evaluateAlignment, explainPlan, partitionAccounts, type Location, type PartitionOptions, type TerritorySpec } from "equiterra"
import { expect, test } from "vitest"
import { createRandom } from "../../src/math/random.js"
import { randomAccounts } from "../helpers/random-accounts"
import { contractFaults, distanceBetween, exactSum, type Row } from "../helpers/recompute-plan"

const place = (row: Row): NonNullable<TerritorySpec["center"]> => (row.x === undefined ? { longitude: row.longitude as number, latitude: row.latitude as number } : { x: row.x, y: row.y as number })

/** The distance that a share of the accounts keep to the nearest of the centers. */
function reachOf(accounts: readonly Row[], centers: readonly Row[], share: number): number {
  const nearest = accounts.map((row) => Math.min(...centers.map((center) => distanceBetween(row, place(center))))).sort((a, b) => a - b)
  return nearest[Math.min(nearest.length - 1, Math.floor(share * nearest.length))] * 1.01
}

test.each([1, 2])("nobody goes too far who need not, and the certificate counts only near enough centers: %i measures, plane and globe, fixed and free centers", (count) => {
  let [limited, kept] = [0, 0]
  for (let seed = 0; seed < 16; seed++) {
    const random = createRandom(seed)
    // worth a thousand times as much or as little: the bounds send who is worth little far, where nothing else does
    const accounts = randomAccounts(50 + 8 * seed, seed, seed % 2 === 0 ? "plane" : "globe").map((row): Row => ({ ...row, worth: 10 ** (3 * random()) }))
    const k = 3 + (seed % 3)
    const centers = accounts.slice(0, k)
    const isFree = seed % 4 === 2
    const without: PartitionOptions<Row> = {
      territories: centers.map((row, t) => (isFree ? { id: `T${t}` } : { id: `T${t}`, center: place(row), centerFixed: true })),
      measures: Object.fromEntries(["hours", "revenue"].slice(0, count).map((name) => [name, { value: name, tolerance: [0.4, 0.2, 0.1][seed % 3] }])),
      compactness: { power: seed % 5 === 0 ? 1 : 2, weight: "worth" },
      ...(seed % 4 === 1 ? { together: [[accounts[8].id, accounts[9].id]] } : {}),
      starts: 1,
      seed,
    }
    const free = partitionAccounts(accounts, without)
    const centerOf = (id: string): NonNullable<TerritorySpec["center"]> => (free.territories.find((one) => one.id === id) as typeof free.territories[number]).center as Location
    const ways = free.alignment.map(({ territoryId }, i) => ({ way: distanceBetween(accounts[i], centerOf(territoryId)), nearest: Math.min(...free.territories.map(({ center }) => distanceBetween(accounts[i], center))) }))
    const longest = Math.max(...ways.map(({ way }) => way))
    const reach = Math.max(...ways.map(({ nearest }) => nearest))
    // below the longest way, where all have a center near enough; every fourth time some have none
    const maxDistance = seed % 4 === 3 ? ways.map(({ way }) => way).sort((a, b) => a - b)[Math.floor(0.9 * ways.length)] : Math.max(reach * 1.001, 0.5 * (reach + longest))
    const options = { ...without, maxDistance }
    const plan = partitionAccounts(accounts, options)
    expect(contractFaults(accounts, options, plan), `seed ${seed}`).toEqual([])
    expect(contractFaults(accounts, options, evaluateAlignment(accounts, plan.alignment, options), "evaluation"), `seed ${seed}, judged`).toEqual([])
    const far = (result: typeof plan): number =>
      exactSum(result.alignment.map(({ territoryId }, i) => (distanceBetween(accounts[i], (result.territories.find(({ id }) => id === territoryId) as typeof plan.territories[number]).center) > maxDistance * (1 + 1e-9) ? (accounts[i].hours as number) : 0)))
    if (far(free) > far(plan)) limited++
    if (plan.violations.length === 0) kept++
    // at the same centers no more weight goes too far than without the limit
    if (!isFree) expect(far(plan), `seed ${seed}`).toBeLessThanOrEqual(far(free))
  }
  expect(limited).toBeGreaterThan(8)
  expect(kept).toBeGreaterThan(9)
})

test("at fixed centers the bound is below every plan that keeps the distance, and the best of these is found", () => {
  let found = 0
  for (let seed = 0; seed < 10; seed++) {
    const accounts = randomAccounts(9, seed, seed % 2 === 0 ? "plane" : "globe")
    const centers = [accounts[0], accounts[4]]
    const options: PartitionOptions<Row> = {
      territories: centers.map((row, t) => ({ id: `T${t}`, center: place(row), centerFixed: true })),
      measures: { hours: { value: "hours", tolerance: 0.5 } },
      maxDistance: reachOf(accounts, centers, 1) * (1 + createRandom(seed)()),
    }
    let best = Infinity
    for (let code = 0; code < 2 ** 9; code++) {
      const judged = evaluateAlignment(accounts, accounts.map(({ id }, i) => ({ accountId: id, territoryId: `T${(code >> i) & 1}` })), options)
      if (judged.violations.length === 0) best = Math.min(best, (judged.cost as number))
    }
    const plan = partitionAccounts(accounts, options)
    expect(plan.violations.length === 0, `seed ${seed}`).toBe(best < Infinity)
    if (best === Infinity) continue
    found++
    expect(plan.cost).toBeCloseTo(best, 9)
    expect(plan.certificate.lowerBound as number).toBeLessThanOrEqual(best * (1 + 1e-12))
  }
  expect(found).toBeGreaterThan(3)
})

test("who is too far from every center is told, with the distance that would do; explanations and new accounts keep it", () => {
  const accounts: Row[] = [
    { id: "a", x: 0, y: 0, hours: 1 }, { id: "b", x: 1, y: 0, hours: 1 }, { id: "c", x: 4, y: 0, hours: 3 },
    { id: "d", x: 9, y: 0, hours: 1 }, { id: "e", x: 10, y: 0, hours: 1 }, { id: "far", x: 30, y: 0, hours: 1 },
  ]
  const options: PartitionOptions<Row> = {
    territories: [{ id: "west", center: { x: 0, y: 0 }, centerFixed: true }, { id: "east", center: { x: 10, y: 0 }, centerFixed: true }],
    measures: { hours: { value: "hours", tolerance: 1 } },
    maxDistance: 5,
  }
  const plan = partitionAccounts(accounts, options)
  expect(plan.violations.map(({ criterion, accountId, amount, limit }) => [criterion, accountId, amount, limit])).toEqual([["distance", "far", 20, 5]])
  expect(plan.infeasibility?.message).toBe('1 of 6 accounts is farther than 5 from every center that it may go to, "far" the most: 20 from the nearest; raise maxDistance, add territories or move their centers')
  expect(plan.infeasibility?.relaxations.map(({ message }) => message)).toEqual(["the plan found keeps a maxDistance of 20 (instead of 5)"])
  const wide = { ...options, maxDistance: 20 }
  expect(partitionAccounts(accounts, wide).violations).toEqual([])
  // c would be better off in the east by balance, but is too far from there
  const tight = partitionAccounts(accounts.slice(0, 5), { ...options, measures: { hours: { value: "hours", tolerance: 0.9 } }, maxDistance: 4.5 })
  expect(tight.alignment[2].territoryId).toBe("west")
  expect(explainPlan(accounts.slice(0, 5), tight, { ...options, measures: { hours: { value: "hours", tolerance: 0.9 } }, maxDistance: 4.5 }).territories.length).toBe(2)
  const { alignment } = assignAccounts(plan, [{ id: "n", x: 5.2, y: 0, hours: 0.1 }, { id: "m", x: 4.9, y: 0, hours: 0.1 }], { maxDistance: 5 } as never)
  expect(alignment.map(({ territoryId }) => territoryId)).toEqual(["east", "west"])
})

test.each([0.1, 0])("an account of little weight, or none, goes no farther than another: revenue %d", (revenue) => {
  const accounts: Row[] = [
    { id: "a", x: 5, y: 0, revenue: 10, visits: 1 },
    { id: "b", x: 6.5, y: 0, revenue: 10, visits: 1 },
    { id: "c", x: 8, y: 0, revenue: 10, visits: 1 },
    { id: "small", x: 9.2, y: 0, revenue, visits: 1 },
  ]
  const options: PartitionOptions<Row> = {
    territories: [{ id: "west", center: { x: 0, y: 0 }, centerFixed: true }, { id: "east", center: { x: 10, y: 0 }, centerFixed: true }],
    measures: { visits: { value: "visits" } },
    compactness: { weight: "revenue", power: 1 },
    maxDistance: 7,
  }
  const plan = partitionAccounts(accounts, options)
  expect(plan.alignment.map(({ territoryId }) => territoryId)).toEqual(["west", "west", "east", "east"])
  expect(plan.violations).toEqual([])
  expect(plan.infeasibility).toBe(null)
  // c and small have one way; of two visits a tenth of one may go east, and b saves most by it: 6.5 - 3.5
  expect(plan.certificate.lowerBound as number).toBeCloseTo(10 * (5 + 6.5 + 2) - 0.1 * 10 * (6.5 - 3.5) + 0.8 * revenue, 9)
})

test("40 random problems, weights log-normal up to a standard deviation of 3: verdict and bound are those of HiGHS", async () => {
  const path = new URL("../../bench/differential/max-distance.js", import.meta.url).href
  const { compareMaxDistance } = (await import(path)) as {
    compareMaxDistance: (solve: typeof partitionAccounts, count: number, seed: number) => Promise<{ differing: unknown[]; kept: number; impossible: number; wholeImpossible: number }>
  }
  const { differing, ...counts } = await compareMaxDistance(partitionAccounts, 40, 0)
  expect(differing).toEqual([])
  expect(counts.kept).toBeGreaterThan(15)
  expect(counts.impossible).toBeGreaterThan(2)
})

test("bad distances are named", () => {
  const accounts: Row[] = [{ id: "a", longitude: 0, latitude: 0, hours: 1 }, { id: "b", longitude: 1, latitude: 0, hours: 1 }]
  for (const maxDistance of [0, -1, NaN, "50"]) {
    expect(() => partitionAccounts(accounts, { territories: 2, measures: { hours: { value: "hours" } }, maxDistance: maxDistance as number })).toThrow(/maxDistance: must be a number above 0, in km/)
  }
})

test("the unit in a message is that of the distances, and a limit that was exceeded is named", () => {
  const accounts = ["a", "b"].map((id) => ({ id, hours: 1 }))
  const territories = [{ id: "s" }, { id: "t" }]
  const own = { territories, measures: { hours: { value: "hours" } }, compactness: { distance: () => 1 } }
  expect(() => partitionAccounts(accounts, { ...own, maxDistance: -1 })).toThrow("maxDistance: must be a number above 0, in the unit of compactness.distance, got -1")
  expect(() => partitionAccounts(accounts, { ...own, maxDistance: Infinity })).toThrow(
    "maxDistance: must be a number above 0, in the unit of compactness.distance, and at most 1e+100, got Infinity (leave it out where there is no limit)",
  )
})
