import { createExplainer, evaluateAlignment, explorePlans, explorePlansAsync, type Alignment, type DistanceRow, type ExploredPlan, type ExploreOptions, type Location, type PartitionOptions, type TerritorySpec } from "equiterra"
import fc from "fast-check"
import { expect, test } from "vitest"
import { randomAccounts, seeded, shuffled } from "../helpers/random-accounts"
import { exactSum, type Row } from "../helpers/recompute-plan"

/** Minutes by road: the same for the same pair, and nothing that a map would tell. */
function minutes({ id }: Row, territory: TerritorySpec): number {
  return 1 + 60 * seeded(Number(id.slice(1)) * 131 + Number(territory.id.slice(1)) * 7919)()
}

function rowsOf(accounts: readonly Row[], territories: readonly TerritorySpec[], isListed: (i: number, t: number) => boolean): DistanceRow[] {
  return accounts.flatMap((account, i) => territories.flatMap((territory, t) => (isListed(i, t) ? [{ accountId: account.id, territoryId: territory.id, distance: minutes(account, territory) }] : [])))
}

/** The options by which a plan of the set is said to be inside all its bounds. */
function optionsOf({ tolerances, maxMovedShare }: ExploredPlan, options: ExploreOptions<Row>): PartitionOptions<Row> {
  const { onProgress, timeLimitMs, plans, tolerances: all, movedShares, disruption, ...rest } = options
  const measures = Object.fromEntries(Object.entries(options.measures).map(([name, measure]) => [name, { ...measure, tolerance: tolerances[name] }]))
  return { ...rest, measures, ...(maxMovedShare === null ? {} : { disruption: { ...disruption, maxMovedShare } }) }
}

const arbitraryInstance = fc
  .record({
    seed: fc.integer({ min: 0, max: 1e6 }),
    count: fc.integer({ min: 9, max: 14 }),
    k: fc.integer({ min: 2, max: 3 }),
    power: fc.constantFrom(1 as const, 2 as const),
    space: fc.constantFrom("plane" as const, "globe" as const),
    form: fc.constantFrom("function", "rows"),
    today: fc.boolean(),
    rule: fc.constantFrom("none", "locked", "eligible", "together", "centers", "split"),
  })
  .map(({ seed, count, k, power, space, form, today, rule }) => {
    const accounts = randomAccounts(count, seed, space)
    const random = seeded(seed)
    const place = ({ x, y, longitude, latitude }: Row): NonNullable<TerritorySpec["center"]> => (x === undefined ? { longitude: longitude as number, latitude: latitude as number } : { x, y: y as number })
    const territories = Array.from({ length: k }, (_, t): TerritorySpec => ({ id: `T${t}`, ...(rule === "centers" ? { center: place(accounts[t]), centerFixed: t === 0 } : {}) }))
    const rows = rowsOf(accounts, territories, (i, t) => rule === "together" || t === i % k || t === (i + 1) % k || random() < 0.5)
    // every seventh is new
    const current: Alignment = accounts.flatMap(({ id }, i) => (i % 7 === 6 ? [] : [{ accountId: id, territoryId: `T${i % k}` }]))
    const hasToday = today || rule === "locked" || rule === "split"
    const options: ExploreOptions<Row> = {
      territories,
      measures: { hours: { value: "hours", tolerance: 0.4 } },
      compactness: { power, distance: form === "rows" ? rows : minutes },
      tolerances: [0.2, 0.4, 1],
      ...(hasToday ? { current, movedShares: [0, 0.3, 1] } : {}),
      ...(rule === "locked" ? { locked: current.slice(0, 3).map(({ accountId }) => accountId) } : {}),
      ...(rule === "eligible" ? { eligible: ({ id }: Row, { id: t }: TerritorySpec) => Number(id.slice(1)) % 4 !== 1 || t === `T${Number(id.slice(1)) % k}` } : {}),
      ...(rule === "together" ? { together: [["A0", "A3"], ["A4", "A5"]] } : {}),
      ...(rule === "split" ? { current: current.map((row) => (row.territoryId === "T2" ? row : { ...row, territoryId: "all" })), events: [{ type: "territory-split" as const, territoryId: "all", into: ["T0", "T1"] }] } : {}),
      seed: seed % 3,
    }
    return { accounts, options }
  })

test("explored plans are compared by the caller's own distances, and are what a judgment says", () => {
  let [shown, several] = [0, 0]
  const agrees = ({ accounts, options }: { readonly accounts: readonly Row[]; readonly options: ExploreOptions<Row> }): void => {
    const result = explorePlans(accounts, options)
    expect(JSON.parse(JSON.stringify(result))).toEqual(result)
    if (result.plans.length > 1) several++
    for (const explored of result.plans) {
      const { plan, figures, label } = explored
      const judging = optionsOf(explored, options)
      const judged = evaluateAlignment(accounts, plan.alignment, judging)
      expect(judged.violations, label).toEqual(plan.violations)
      expect(Math.abs((judged.cost as number) - (figures.cost as number)), label).toBeLessThanOrEqual(1e-9 * (judged.cost as number))
      const { compactness, territories } = options
      const ways = plan.alignment.map(({ territoryId }, i) => (accounts[i].hours as number) * minutes(accounts[i], (territories as readonly TerritorySpec[]).find(({ id }) => id === territoryId) as TerritorySpec) ** (compactness?.power ?? 2))
      expect(Math.abs(exactSum(ways) - (figures.cost as number)), label).toBeLessThanOrEqual(1e-9 * (judged.cost as number))
      expect(judged.disruption?.movedShare ?? null).toEqual(figures.movedShare)
      judged.territories.forEach(({ center }, t) => {
        for (const [key, at] of Object.entries(center as Location)) expect(Math.abs((plan.territories[t].center as unknown as Record<string, number>)[key] - at), label).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(at)))
      })
      const { lowerBound, pairs } = plan.certificate
      expect(pairs).toBe(judged.certificate.pairs)
      if (lowerBound !== null && plan.violations.length === 0) expect(lowerBound).toBeLessThanOrEqual((figures.cost as number) * (1 + 1e-9))
      // an explored plan can be explained as it is
      const { distance } = createExplainer(accounts, plan, judging).explainAccount("A1")
      expect(distance).toBe(minutes(accounts[1], { id: plan.alignment[1].territoryId }))
      shown++
      for (const other of result.plans) {
        if (other === explored) continue
        const [a, b] = [other.figures, figures].map(({ cost, imbalance, movedShare }) => [cost as number, imbalance as number, movedShare ?? 0])
        expect(a.every((figure, f) => figure <= b[f] + 1e-9 * Math.abs(b[f])) && a.some((figure, f) => figure < b[f] - 1e-9 * Math.abs(b[f])), `${other.label} dominates ${label}`).toBe(false)
      }
    }
  }
  fc.assert(fc.property(arbitraryInstance, agrees), { numRuns: 12, seed: 5 })
  expect(shown).toBeGreaterThan(25)
  expect(several).toBeGreaterThan(8)
})

test("of eight accounts: no plan on their distances dominates one of the set, and the extremes are found", () => {
  for (let seed = 0; seed < 3; seed++) {
    const accounts = randomAccounts(8, seed, "plane")
    const territories = [{ id: "T0" }, { id: "T1" }]
    const current = accounts.map(({ id }, i) => ({ accountId: id, territoryId: `T${i % 2}` }))
    // the last has a distance to one territory only
    const distance = rowsOf(accounts, territories, (i, t) => i !== 7 || t === 1)
    const options: ExploreOptions<Row> = { territories, measures: { hours: { value: "hours", tolerance: 0.2 } }, compactness: { power: 1, distance }, current, tolerances: [0.05, 0.2, 0.5, 2], movedShares: [0, 0.3, 0.6, 1], plans: 30 }
    const total = exactSum(accounts.map(({ hours }) => hours as number))
    const all = Array.from({ length: 2 ** 7 }, (_, bits) => {
      const owner = accounts.map((_row, i) => (i === 7 ? 1 : (bits >> i) & 1))
      const own = (t: number): number => exactSum(accounts.map(({ hours }, i) => (owner[i] === t ? (hours as number) : 0)))
      return {
        cost: exactSum(accounts.map((account, i) => (account.hours as number) * minutes(account, territories[owner[i]]))),
        imbalance: Math.max(...[0, 1].map((t) => Math.abs(own(t) / (total / 2) - 1))),
        moved: owner.filter((t, i) => t !== i % 2).length / 8,
      }
    })
    const { plans, today } = explorePlans(accounts, options)
    for (const { figures, label } of plans) {
      const { cost, imbalance, movedShare } = figures as { cost: number; imbalance: number; movedShare: number }
      const better = all.filter((one) => one.imbalance <= imbalance + 1e-9 && one.moved <= movedShare + 1e-9).map((one) => one.cost)
      expect(cost / Math.min(...better), `seed ${seed}: ${label}`).toBeCloseTo(1, 9)
    }
    const least = (key: "cost" | "imbalance" | "moved"): number => Math.min(...all.map((one) => one[key]))
    expect(Math.min(...plans.map(({ figures }) => figures.cost as number)) / least("cost")).toBeCloseTo(1, 9)
    expect(Math.min(...plans.map(({ figures }) => figures.imbalance as number))).toBeCloseTo(least("imbalance"), 9)
    expect(Math.min(...plans.map(({ figures }) => figures.movedShare as number))).toBe(0)
    expect((today?.figures.cost as number) / exactSum(accounts.map((account, i) => (account.hours as number) * minutes(account, territories[i % 2])))).toBeCloseTo(1, 12)
  }
})

test("who has no distance to its owner of today has to move, rows in any order, and the asynchronous set is the same", async () => {
  const accounts = randomAccounts(12, 9, "globe")
  const territories = [{ id: "T0" }, { id: "T1" }, { id: "T2" }]
  const current = accounts.map(({ id }, i) => ({ accountId: id, territoryId: `T${i % 3}` }))
  const distance = rowsOf(accounts, territories, (i, t) => i !== 4 || t !== 1)
  const options: ExploreOptions<Row> = { territories, measures: { hours: { value: "hours", tolerance: 0.5 } }, compactness: { distance }, current, tolerances: [0.3, 0.5], movedShares: [0.3, 1] }
  const result = explorePlans(accounts, options)
  expect(result.today).toBeNull()
  for (const { plan } of result.plans) expect(plan.alignment[4].territoryId).not.toBe("T1")
  expect(Math.min(...result.plans.map(({ figures }) => figures.movedCount as number))).toBe(1)
  expect(await explorePlansAsync(accounts, options)).toEqual(result)
  const order = (plans: readonly ExploredPlan[]): unknown => plans.map(({ label, figures, plan }) => ({ label, figures, owners: [...plan.alignment].sort((a, b) => (a.accountId < b.accountId ? -1 : 1)) }))
  expect(order(explorePlans(shuffled(accounts, 2), { ...options, compactness: { distance: shuffled(distance, 3) } }).plans)).toEqual(order(result.plans))
})
