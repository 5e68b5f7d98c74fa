import { evaluateAlignment, explorePlans, explorePlansAsync, type Alignment, type ExploredPlan, type ExploreOptions, type ExploreProgress, type ExploreResult, type PartitionOptions } from "equiterra"
import { describe, expect, test } from "vitest"
import { createRandom } from "../../src/math/random.js"
import { caught } from "../helpers/caught"
import { randomAccounts } from "../helpers/random-accounts"
import { contractFaults, type Row } from "../helpers/recompute-plan"

/** Owners of today by strips of longitude, a few strewn; every `gap`-th account is new. */
function today(accounts: readonly Row[], count: number, seed: number, gap: number): Alignment {
  const random = createRandom(seed, 9)
  const place = (row: Row): number => (row.x ?? row.longitude) as number
  const sorted = accounts.map(place).sort((a, b) => a - b)
  return accounts.flatMap((row, i) => {
    if (gap > 0 && i % gap === 0) return []
    const strip = Math.floor((sorted.indexOf(place(row)) / accounts.length) ** 1.3 * count)
    return [{ accountId: row.id, territoryId: `area ${random() < 0.1 ? Math.floor(random() * count) : strip}` }]
  })
}

function setUp(seed: number): { accounts: Row[]; options: ExploreOptions<Row> } {
  const accounts = randomAccounts(12 + 3 * seed, seed, seed % 2 === 0 ? "plane" : "globe")
  const measures = { hours: { value: "hours", tolerance: 0.2 }, revenue: { value: "revenue", tolerance: seed === 2 ? null : 0.4 } }
  return {
    accounts,
    options: {
      territories: 3,
      measures,
      compactness: { power: seed === 3 ? 1 : 2 },
      ...(seed === 1 ? {} : { current: today(accounts, 3, seed, seed === 0 ? 0 : 6), disruption: seed === 2 ? { weight: "revenue" } : {} }),
      ...(seed === 0 ? {} : { tolerances: [0.1, 0.2, 0.4] }),
      ...(seed === 3 ? { movedShares: [0, 0.2, 1] } : {}),
      seed,
    },
  }
}

/** `disruption: {}` says nothing: only what is stated goes in. */
function stated({ disruption, ...options }: ExploreOptions<Row>): ExploreOptions<Row> {
  return disruption?.weight === undefined ? options : { ...options, disruption }
}

/** The options by which a plan of the set is said to be inside all its bounds. */
function optionsOf({ tolerances, maxMovedShare }: ExploredPlan, options: ExploreOptions<Row>): PartitionOptions<Row> {
  const { onProgress, timeLimitMs, plans, tolerances: all, movedShares, disruption, ...rest } = options
  const measures = Object.fromEntries(Object.entries(options.measures).map(([name, measure]) => [name, { ...measure, tolerance: tolerances[name] }]))
  return { ...rest, measures, ...(maxMovedShare === null ? {} : { disruption: { ...disruption, maxMovedShare } }) }
}

function vectorOf({ figures: { cost, imbalance, movedShare } }: ExploredPlan): number[] {
  return [cost as number, imbalance ?? 0, movedShare ?? 0]
}

const explored: ExploreResult[] = []

test.each([0, 1, 2, 3])("plans are different, inside the limits that they state, and none dominates another (seed %i)", (seed) => {
  const { accounts, options: asked } = setUp(seed)
  const options = stated(asked)
  const result = explorePlans(accounts, options)
  explored[seed] = result
  expect(JSON.parse(JSON.stringify(result))).toEqual(result)
  expect(result.plans.length).toBeGreaterThan(2)
  expect(result.plans.length).toBeLessThanOrEqual(7)
  expect(new Set(result.plans.map(({ label }) => label)).size).toBe(result.plans.length)
  expect(result.stoppedBy).toBe("completed")
  for (const plan of result.plans) {
    const judged = evaluateAlignment(accounts, plan.plan.alignment, optionsOf(plan, options))
    expect(judged.violations, plan.label).toEqual([])
    expect(Math.abs((judged.cost as number) - (plan.figures.cost as number))).toBeLessThanOrEqual(1e-9 * (judged.cost as number))
    for (const [name, imbalance] of Object.entries(judged.imbalance)) expect(plan.figures.imbalances[name]).toBeCloseTo(imbalance as number, 9)
    expect(judged.disruption?.movedShare ?? null).toEqual(plan.figures.movedShare)
    expect(plan.plan.violations).toEqual([])
    const { lowerBound } = plan.plan.certificate
    if (lowerBound !== null) expect(lowerBound).toBeLessThanOrEqual((plan.figures.cost as number) * (1 + 1e-9))
    for (const other of result.plans) {
      if (other === plan) continue
      const [a, b] = [vectorOf(other), vectorOf(plan)]
      expect(a.every((figure, f) => figure <= b[f] + 1e-9 * Math.abs(b[f])) && a.some((figure, f) => figure < b[f] - 1e-9 * Math.abs(b[f])), `${other.label} dominates ${plan.label}`).toBe(false)
    }
  }
})

test("extremes, the knee and today have their roles; steps go where they say", () => {
  let [steps, shown] = [0, 0]
  for (const { plans, today: now } of explored) {
    const roleCount = (role: string): number => plans.filter(({ roles }) => (roles as readonly string[]).includes(role)).length
    expect([roleCount("most-compact"), roleCount("best-balanced")]).toEqual([1, 1])
    expect(roleCount("knee")).toBeLessThanOrEqual(1)
    const least = (key: "cost" | "imbalance"): number => Math.min(...plans.map(({ figures }) => figures[key] as number))
    for (const { roles, figures } of plans) {
      if (roles.includes("most-compact")) expect(figures.cost).toBe(least("cost"))
      if (roles.includes("best-balanced")) expect(figures.imbalance).toBe(least("imbalance"))
    }
    for (const { figures, label, next } of plans) {
      for (const step of next) {
        steps++
        expect(step.to).not.toBe(label)
        const sign = step.direction === "looser" || step.direction === "more-moves" ? -1 : 1
        expect(Math.sign(step.costChange)).toBe(sign)
        expect(step.costChangeShare).toBeCloseTo(step.costChange / (figures.cost as number), 12)
        const change = step.direction === "tighter" || step.direction === "looser" ? step.imbalanceChange : step.movedShareChange
        expect(Math.sign(change as number)).toBe(-sign)
        expect(step.message).toMatch(sign < 0 ? /would save/ : /would cost/)
        const to = plans.find((plan) => plan.label === step.to)
        if (to === undefined) continue
        shown++
        expect((figures.cost as number) + step.costChange).toBeCloseTo((to.figures.cost as number), 6 - Math.floor(Math.log10(figures.cost as number)))
      }
    }
    if (now !== null && now.label !== null) expect(plans.find(({ label }) => label === now.label)?.figures.movedShare).toBe(0)
  }
  expect(steps).toBeGreaterThan(20)
  expect(shown).toBeGreaterThan(5)
  // every account has an owner today, and nothing dominates leaving all as it is: nothing else moves nothing
  expect(explored[0].today?.label).toContain("today's owners")
  expect(explored[1].today).toBeNull()
  expect(explored[3].today).toBeNull()
  // who is new is placed, and nobody else moves
  expect(explored[3].plans.some(({ figures }) => figures.movedShare === 0)).toBe(true)
})

test("the same call gives the same bytes, whatever the order of rows; what moves is never more than was allowed", async () => {
  const { accounts, options: asked } = setUp(0)
  const options = { ...stated(asked), tolerances: [0.1, 0.3], disruption: { maxMovedShare: 0.2 }, plans: 4 }
  const once = explorePlans(accounts, options)
  const shares: number[] = []
  const again = await explorePlansAsync([...accounts].reverse(), { ...options, onProgress: ({ share }: ExploreProgress) => shares.push(share), signal: new AbortController().signal })
  const inOrder = { ...again, plans: again.plans.map((plan) => ({ ...plan, plan: { ...plan.plan, alignment: [...plan.plan.alignment].reverse() } })) }
  expect(JSON.stringify(inOrder)).toBe(JSON.stringify(once))
  expect(shares.every((share, at) => share >= 0 && share <= 1 && (at === 0 || share >= shares[at - 1]))).toBe(true)
  expect(once.plans.length).toBeLessThanOrEqual(4)
  for (const { figures, tolerances } of once.plans) {
    expect(figures.movedShare as number).toBeLessThanOrEqual(0.2 + 1e-12)
    // revenue has twice the tolerance of hours, and keeps that
    expect(tolerances.hours as number).toBeCloseTo((tolerances.revenue as number) / 2, 12)
  }
})

test("stated bounds and locks hold in every plan", () => {
  const { accounts, options: asked } = setUp(0)
  const { current } = asked as { current: Alignment }
  const locked = current.slice(0, 4).map(({ accountId }) => accountId)
  const total = accounts.reduce((sum, row) => sum + (row.revenue as number), 0)
  const options = { ...stated(asked), locked, measures: { hours: { value: "hours", tolerance: 0.2 }, revenue: { value: "revenue", tolerance: null, max: 0.6 * total } }, movedShares: [0.1, 1], tolerances: [0.1, 0.4] }
  for (const { plan } of explorePlans(accounts, options).plans) {
    const owner = new Map(plan.alignment.map(({ accountId, territoryId }) => [accountId, territoryId]))
    for (const { accountId, territoryId } of current.slice(0, 4)) expect(owner.get(accountId)).toBe(territoryId)
    for (const { measures } of plan.territories) expect(measures.revenue.activity).toBeLessThanOrEqual(0.6 * total)
  }
})

test.each([0, 2])("groups stay whole in every plan, and count by every member's own way (seed %i)", (seed) => {
  const { accounts: few, options: asked } = setUp(seed)
  const accounts = [...few, ...randomAccounts(24, 70 + seed, "plane").map((row) => ({ ...row, id: `more ${row.id}` }))]
  const ids = accounts.map(({ id }) => id)
  const together = [[ids[0], ids[7], ids[20]], [ids[3], ids[11]], [ids[11], ids[30]]]
  const free = { ...stated(asked), tolerances: [0.2, 0.5], centers: seed === 0 ? ("mean" as const) : ("account" as const) }
  const options = { ...free, current: today(accounts, 3, seed, seed === 0 ? 0 : 6), together }
  const { plans, today: now } = explorePlans(accounts, options)
  expect(plans.length).toBeGreaterThan(2)
  expect(plans.some(({ figures }) => (figures.movedCount as number) > 0)).toBe(true)
  for (const plan of plans) {
    const owner = new Map(plan.plan.alignment.map(({ accountId, territoryId }) => [accountId, territoryId]))
    for (const group of [together[0], [...together[1], ids[30]]]) expect(new Set(group.map((id) => owner.get(id))).size).toBe(1)
    expect(plan.plan.violations, plan.label).toEqual([])
    const asOptions = optionsOf(plan, options)
    expect(contractFaults(accounts, asOptions, plan.plan), plan.label).toEqual([])
    const judged = evaluateAlignment(accounts, plan.plan.alignment, asOptions)
    expect(judged.violations, plan.label).toEqual([])
    expect(Math.abs((judged.cost as number) - (plan.figures.cost as number))).toBeLessThanOrEqual(1e-9 * (judged.cost as number))
    expect(judged.disruption?.movedShare).toBe(plan.figures.movedShare)
  }
  // owners of today tear a group apart: they are told of, and no plan
  if (seed === 0) expect([now?.label, now?.figures.movedCount]).toEqual([null, 0])
})

describe("what cannot be used is refused, all of it at once", () => {
  const accounts = [0, 1, 2, 3].map((x) => ({ id: `a${x}`, x, y: 0, hours: 1 }))
  const current = accounts.map(({ id }) => ({ accountId: id, territoryId: "t1" }))
  const options = { territories: 2, measures: { hours: { value: "hours" } } }

  test.each([
    [{ plans: 1 }, "plans"],
    [{ plans: 2.5 }, "plans"],
    [{ tolerances: [] }, "tolerances"],
    [{ tolerances: [0.1, -1] }, "tolerances[1]"],
    [{ tolerances: [0.1, 0.1] }, "tolerances[1]"],
    [{ movedShares: [0.1] }, "movedShares"],
    [{ current, movedShares: [20] }, "movedShares[0]"],
    [{ current, disruption: { penalty: 3 } }, "disruption.penalty"],
    [{ current, movedShares: [0.1], disruption: { maxMovedShare: 0.2 } }, "disruption.maxMovedShare"],
    [{ current, disruption: { maxMovedShare: 20 } }, "disruption.maxMovedShare"],
    [{ certificate: "all-centers", centers: "account" }, "certificate"],
    [{ tolerances: [0.1], measures: { hours: { value: "hours", tolerance: null } } }, "tolerances"],
    [{ tolerance: 0.1 }, "tolerance"],
  ] as readonly (readonly [object, string])[])("%j", (wrong, path) => {
    const error = caught(() => explorePlans(accounts, { ...options, ...wrong }))
    expect(error.issues.map((issue) => issue.path)).toContain(path)
    expect(error.message).toContain(":")
  })

  test("several, of the exploration and of the plan", () => {
    const error = caught(() => explorePlans(accounts, { territories: 0, measures: {}, plans: 0, tolerances: [NaN] } as never))
    expect(error.issues.map((issue) => issue.path)).toEqual(expect.arrayContaining(["plans", "tolerances[0]", "territories", "measures"]))
  })

  test("a tolerance that contradicts a stated bound", () => {
    const error = caught(() => explorePlans(accounts, { territories: 2, measures: { hours: { value: "hours", tolerance: 0.5, min: 2.5 } }, tolerances: [0.1, 0.5] }))
    expect(error.path).toBe("tolerances[0]")
  })

  test("an abort", async () => {
    await expect(explorePlansAsync(accounts, { ...options, signal: AbortSignal.abort("enough") })).rejects.toBe("enough")
  })
})

test("nothing to weigh against each other is one plan; no time is one plan too", () => {
  const { accounts } = setUp(1)
  const single = explorePlans(accounts, { territories: 3, measures: { hours: { value: "hours", tolerance: null } } })
  expect(single.plans.map(({ label, figures }) => [label, figures.imbalance, figures.movedShare])).toEqual([["most compact", null, null]])
  const hurried = explorePlans(accounts, { territories: 3, measures: { hours: { value: "hours" } }, timeLimitMs: 0 })
  expect([hurried.stoppedBy, hurried.explored]).toEqual(["time-limit", 1])
})
