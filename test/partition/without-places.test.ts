import { assignAccounts, checkCoverage, checkDrift, compareAlignments, createExplainer, evaluateAlignment, explainPlan, explorePlans, partitionAccounts, partitionAccountsAsync, renderMap, renderReport, resolveCoverage, toCsv, toGeoJson, topMoves, toTable, type Alignment, type PartitionOptions, type PartitionResult } from "equiterra"
import { expect, test } from "vitest"
import { createRandom } from "../../src/math/random.js"

/** Accounts that are known by name alone. */
interface Named {
  readonly id: string
  readonly revenue: number
  readonly visits: number
  readonly hours: number
}

function namedAccounts(n: number, seed: number): Named[] {
  const random = createRandom(seed, 77)
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  return Array.from({ length: n }, (_, i) => ({ id: `n${String(i).padStart(4, "0")}`, revenue: Math.exp(normal()), visits: 1 + Math.floor(random() * 12), hours: 1 + 5 * random() }))
}

const three = { revenue: { value: "revenue" }, visits: { value: "visits" }, hours: { value: "hours" } }

test("500 accounts without places in 20 territories: three measures even far within their tolerances, compactness absent", async () => {
  const accounts = namedAccounts(500, 1)
  const options: PartitionOptions<Named> = { territories: 20, measures: three }
  const plan = partitionAccounts(accounts, options)
  expect(plan.violations).toEqual([])
  for (const name of Object.keys(three)) expect(plan.imbalance[name] as number, name).toBeLessThan(0.01)
  expect([plan.cost, ...plan.territories.flatMap(({ cost, center }) => [cost, center])].every((part) => part === null)).toBe(true)
  expect(plan.certificate).toEqual({ scope: "given-centers", pairs: "all", lowerBound: null, relaxedCost: null, gap: null, isOptimal: false })
  expect(plan.warnings.map(({ code }) => code)).toEqual(["no-places"])
  expect(plan.digest.space).toBe("none")
  expect(JSON.parse(JSON.stringify(plan))).toEqual(plan)
  expect(await partitionAccountsAsync(accounts, options)).toEqual(plan)
  // the order of rows changes nothing but the order of rows
  const turned = partitionAccounts([...accounts].reverse(), options)
  expect({ ...turned, alignment: [...turned.alignment].reverse() }).toEqual(plan)
})

test("the worst deviation is that of the best of all plans, by brute force", () => {
  let optimal = 0
  for (let seed = 0; seed < 40; seed++) {
    const accounts = namedAccounts(8, seed)
    const measures = seed % 2 === 0 ? { hours: { value: "hours" } } : { hours: { value: "hours" }, revenue: { value: "revenue" } }
    const k = 2 + (seed % 3)
    const names = Object.keys(measures) as ("hours" | "revenue")[]
    const totals = names.map((name) => accounts.reduce((sum, row) => sum + row[name], 0))
    const worstOf = (owner: readonly number[]): number => Math.max(...names.flatMap((name, m) => Array.from({ length: k }, (_, t) => Math.abs(accounts.reduce((sum, row, i) => sum + (owner[i] === t ? row[name] : 0), 0) / (totals[m] / k) - 1))))
    let best = Infinity
    for (let code = 0; code < k ** 8; code++) best = Math.min(best, worstOf(accounts.map((_, i) => Math.floor(code / k ** i) % k)))
    const plan = partitionAccounts(accounts, { territories: k, measures: Object.fromEntries(names.map((name) => [name, { value: name, tolerance: 0.9 }])) })
    const found = Math.max(...names.map((name) => plan.imbalance[name] as number))
    expect(found, `seed ${seed}`).toBeGreaterThanOrEqual(best - 1e-12)
    if (found <= best + 1e-12) optimal++
  }
  expect(optimal).toBeGreaterThanOrEqual(38)
})

test("owners of today, locks, eligibility and groups hold", () => {
  const accounts = namedAccounts(120, 3)
  const territories = ["ann", "bob", "cyd", "dan"].map((id) => ({ id }))
  const first = partitionAccounts(accounts, { territories, measures: three })
  const current = first.alignment
  const grown = accounts.map((row, i) => (i % 5 === 0 ? { ...row, revenue: 1.4 * row.revenue } : row))
  const locked = current.filter(({ territoryId }) => territoryId === "ann").slice(0, 10).map(({ accountId }) => accountId)
  const together = [[grown[50].id, grown[51].id, grown[52].id]]
  const eligible = (row: Named, { id }: { readonly id: string }): boolean => row.visits < 11 || id !== "dan"
  const plan = partitionAccounts(grown, { territories, measures: three, current, locked, together, eligible, disruption: { penalty: 1 } })
  expect(plan.violations).toEqual([])
  const ownerOf = new Map(plan.alignment.map(({ accountId, territoryId }) => [accountId, territoryId]))
  expect(locked.map((id) => ownerOf.get(id))).toEqual(locked.map(() => "ann"))
  expect(new Set(together[0].map((id) => ownerOf.get(id))).size).toBe(1)
  for (const row of grown) if (row.visits >= 11) expect(ownerOf.get(row.id)).not.toBe("dan")
  // few changes are enough, and each costs its penalty
  const { disruption, certificate, cost } = plan
  expect(cost).toBeNull()
  expect(disruption?.movedCount).toBeLessThanOrEqual(16)
  expect(disruption?.cost).toBe(disruption?.movedCount)
  expect(certificate.lowerBound as number).toBeLessThanOrEqual(disruption?.cost as number)
  // what is inside its bounds already stays as it is
  expect(partitionAccounts(accounts, { territories, measures: three, current, disruption: { penalty: 1 } }).disruption).toMatchObject({ movedCount: 0, cost: 0 })
})

test("with distances of the caller's own no place is needed: costs are there, centers are not", () => {
  const accounts = namedAccounts(40, 4)
  const territories = [{ id: "ann" }, { id: "bob" }]
  const minutes = (row: Named, { id }: { readonly id: string }): number => (id === "ann" ? row.hours : 6 - row.hours)
  const plan = partitionAccounts(accounts, { territories, measures: { visits: { value: "visits", tolerance: 0.1 } }, compactness: { distance: minutes, power: 1 } })
  expect(plan.violations).toEqual([])
  const visitsTimesMinutes = plan.alignment.reduce((sum, { territoryId }, i) => sum + accounts[i].visits * minutes(accounts[i], { id: territoryId }), 0)
  expect(plan.cost).toBeCloseTo(visitsTimesMinutes, 8)
  expect(plan.certificate.gap as number).toBeLessThan(0.05)
  expect(plan.territories.map(({ center }) => center)).toEqual([null, null])
  expect(plan.warnings).toEqual([])
  const { accounts: [told] } = explainPlan(accounts, plan, { territories, measures: { visits: { value: "visits", tolerance: 0.1 } }, compactness: { distance: minutes, power: 1 }, accountIds: [accounts[0].id] })
  expect(told.distance).toBe(minutes(accounts[0], { id: told.territoryId }))
})

test("judging, explaining and moving", () => {
  const accounts = namedAccounts(60, 5)
  const options: PartitionOptions<Named> = { territories: 3, measures: three }
  const plan = partitionAccounts(accounts, options)
  const judged = evaluateAlignment(accounts, plan.alignment, options)
  expect({ ...judged, stoppedBy: plan.stoppedBy }).toEqual(plan)
  const { accounts: told, territories } = explainPlan(accounts, plan, { ...options, accountIds: ["n0000"] })
  expect(told[0]).toMatchObject({ distance: null, cost: null, decidedBy: "unplaced", alternative: null })
  expect(told[0].message).toMatch(/^n0000 is in "t\d": no account has a place, so that none is nearer\. (In "t\d" no bound|If it went to "t\d", there would be)/)
  expect(territories.map(({ message }) => message)).toEqual(plan.territories.map(({ id, accountCount }) => `"${id}" (${accountCount} accounts): none of its bounds costs anything.`))
  expect(createExplainer(accounts, plan, options).explainAccount("n0000")).toEqual(told[0])
  expect(topMoves(accounts, plan, options)).toEqual([])
  // two accounts too many in one territory: the move that mends it, with no word of distance
  const heavy = plan.alignment.map((row, i) => (i < 12 ? { ...row, territoryId: "t1" } : row))
  const off = evaluateAlignment(accounts, heavy, options)
  expect(off.violations.length).toBeGreaterThan(0)
  const [move] = topMoves(accounts, off, options)
  expect(move.violationChange).toBeLessThan(0)
  expect(move.costChange).toBe(0)
  expect(move.message).not.toMatch(/cost|distance/)
})

test("new accounts go where the least is missing, and drift is seen", () => {
  const accounts = namedAccounts(200, 6)
  const options: PartitionOptions<Named> = { territories: 8, measures: three }
  const plan = JSON.parse(JSON.stringify(partitionAccounts(accounts, options))) as PartitionResult
  const fresh = namedAccounts(60, 7).map((row) => ({ ...row, id: `x${row.id}` }))
  const added = assignAccounts(plan, fresh, options)
  expect(added.violations).toEqual([])
  expect(added.cost).toEqual({ before: null, added: null, after: null })
  expect(added.placements.every(({ cost }) => cost === null)).toBe(true)
  for (const name of Object.keys(three)) expect(added.imbalance[name].after as number).toBeLessThan(0.05)
  const drift = checkDrift(added.plan, [...accounts, ...fresh], options)
  expect(drift).toMatchObject({ isDrifted: false, cost: { planned: null, now: null } })
  expect(checkDrift(plan, accounts.map((row, i) => (i % 8 === 0 ? { ...row, hours: 9 * row.hours } : row)), options).isDrifted).toBe(true)
  expect(() => assignAccounts(plan, [{ ...fresh[0], x: 1, y: 2 }], options)).toThrow(/has a place, but the accounts of the plan have none/)
})

test("exploring: balance against changes of owner, no plan called compact", () => {
  const accounts = namedAccounts(60, 8)
  const random = createRandom(8)
  const current = accounts.map(({ id }) => ({ accountId: id, territoryId: `r${1 + Math.floor(4 * random())}` }))
  const result = explorePlans(accounts, { territories: 4, measures: { hours: { value: "hours" } }, current, tolerances: [0.02, 0.05, 0.1], movedShares: [0.02, 0.1, 0.3] })
  expect(result.plans.length).toBeGreaterThan(1)
  for (const { figures, roles, label, plan } of result.plans) {
    expect([figures.cost, plan.cost]).toEqual([null, null])
    expect(roles).not.toContain("most-compact")
    expect(label).not.toMatch(/compact|cost/)
  }
  expect(result.today?.figures.cost).toBeNull()
})

test("comparing and covering", () => {
  const accounts = namedAccounts(40, 9)
  const before: Alignment = accounts.map(({ id }, i) => ({ accountId: id, territoryId: i % 2 === 0 ? "a" : "b" }))
  const after = before.map((row, i) => (i === 0 ? { ...row, territoryId: "b" } : row))
  const compared = compareAlignments(accounts, before, after, { measures: { hours: "hours" } })
  expect(compared.movedCount).toBe(1)
  expect([compared.before, compared.after].map(({ cost, typicalDistance }) => [cost, typicalDistance])).toEqual([[null, null], [null, null]])
  const plan = partitionAccounts(accounts, { territories: [{ id: "a" }, { id: "b" }], measures: { hours: { value: "hours" } } })
  expect(checkCoverage(accounts, before.slice(4), { territories: plan.territories, measures: { hours: "hours" } }).summary.gapCount).toBe(4)
  // who has no territory gets the one with the least to do
  const { alignment, remaining } = resolveCoverage(accounts, before.filter((_, i) => i % 2 === 0 || i < 8), { territories: plan.territories, measures: { hours: "hours" }, plan })
  expect(remaining).toEqual([])
  const load = (id: string): number => alignment.reduce((sum, { territoryId }, i) => sum + (territoryId === id ? accounts[i].hours : 0), 0)
  expect(Math.abs(load("a") - load("b"))).toBeLessThan(6)
})

test("tables have no columns of places, GeoJSON no geometry, the page no map and says why", () => {
  const accounts = namedAccounts(30, 10)
  const plan = partitionAccounts(accounts, { territories: 3, measures: { hours: { value: "hours" } } })
  expect(toTable(plan)).not.toContain("longitude")
  expect(toTable(plan).split("\n")[0]).toMatch(/accountCount.*cost/)
  expect(toCsv(plan)).not.toMatch(/NaN|undefined|null/)
  const { features } = toGeoJson(accounts, plan)
  expect(features.map(({ geometry }) => geometry)).toEqual(accounts.map(() => null))
  const page = renderReport({ accounts, plan, before: plan.alignment, comparison: compareAlignments(accounts, plan.alignment, plan.alignment, { measures: { hours: "hours" } }) })
  expect(page).toContain("There is no map: the accounts have no places")
  expect(page).toContain("only balance, rules and owners of today count")
  expect(page).not.toMatch(/Travel cost|Typical distance|NaN|undefined/)
  expect(() => renderMap(accounts, plan)).toThrow(/have no places/)
})

test("options that need places are named, and so are fields that look like places", () => {
  const accounts = namedAccounts(10, 11)
  const issuesOf = (options: Partial<PartitionOptions<Named>>, rows: readonly Named[] = accounts): string[] => {
    try {
      partitionAccounts(rows, { territories: 2, measures: three, ...options })
      return []
    } catch (error) {
      return (error as { issues: { path: string }[] }).issues.map(({ path }) => path)
    }
  }
  expect(issuesOf({ centers: "account", certificate: "all-centers" })).toEqual(["centers", "certificate"])
  expect(issuesOf({ maxDistance: 5 })).toEqual(["maxDistance"])
  expect(issuesOf({ territories: [{ id: "a", center: { x: 1, y: 2 } }, { id: "b", center: { longitude: 1, latitude: 2 } }] })).toEqual(["territories[0].center", "territories[1].center"])
  expect(issuesOf({}, accounts.map((row) => ({ ...row, lat: 41, lng: -93 })))).toHaveLength(10)
  expect(issuesOf({}, accounts.map((row, i) => (i < 4 ? row : { ...row, x: 1, y: i })))).toEqual(["accounts[0]"])
})

test("territories of a plan without places, whose centers are null, can be given back", () => {
  const accounts = namedAccounts(30, 4)
  const plan = partitionAccounts(accounts, { territories: 3, measures: three })
  const territories = plan.territories.map(({ id, center }) => ({ id, center }))
  expect(partitionAccounts(accounts, { territories, measures: three }).alignment).toEqual(plan.alignment)
  const placed = [{ id: "1", center: { x: 0, y: 0 } }, { id: "2", center: null }]
  expect(() => partitionAccounts(accounts, { territories: placed, measures: three })).toThrow(/^territories\[0\]\.center: needs accounts with places, and no account has one \(.*\)$/)
})
