import { createExplainer, evaluateAlignment, explainPlan, partitionAccounts, topMoves, type Alignment, type DistanceRow, type PartitionOptions, type PartitionResult, type PlanMove, type TerritorySpec } from "equiterra"
import fc from "fast-check"
import { expect, test } from "vitest"
import { caught } from "../../helpers/caught"
import { checkExplained } from "../../helpers/check-explained"
import { explainAgain } from "../../helpers/explain-again"
import { randomAccounts, seeded, shuffled } from "../../helpers/random-accounts"
import { exactSum, readPlanOptions, type Row } from "../../helpers/recompute-plan"

/** Minutes by road: the same for the same pair, and nothing that a map would tell. */
function minutes({ id }: Row, territory: TerritorySpec): number {
  return 1 + 60 * seeded(Number(id.slice(1)) * 131 + Number(territory.id.slice(1)) * 7919)()
}

function listed(count: number): TerritorySpec[] {
  return Array.from({ length: count }, (_, t) => ({ id: `T${t}` }))
}

/** Rows for some of the pairs, each account with two at least. */
function rowsOf(accounts: readonly Row[], territories: readonly TerritorySpec[], seed: number): DistanceRow[] {
  const random = seeded(seed)
  return accounts.flatMap((account, i) => territories.flatMap((territory, t) => (t === i % territories.length || t === (i + 1) % territories.length || random() < 0.4 ? [{ accountId: account.id, territoryId: territory.id, distance: minutes(account, territory) }] : [])))
}

function applied(alignment: Alignment, { changes }: Pick<PlanMove, "changes">): Alignment {
  const to = new Map(changes.map((change) => [change.accountId, change.to]))
  return alignment.map((row) => ({ ...row, territoryId: to.get(row.accountId) ?? row.territoryId }))
}

interface Instance {
  readonly accounts: readonly Row[]
  readonly options: PartitionOptions<Row>
  readonly alignment: Alignment
  readonly isBest: boolean
}

const arbitraryInstance: fc.Arbitrary<Instance> = fc
  .record({
    seed: fc.integer({ min: 0, max: 1e6 }),
    count: fc.integer({ min: 8, max: 18 }),
    k: fc.integer({ min: 2, max: 5 }),
    power: fc.constantFrom(1 as const, 2 as const),
    space: fc.constantFrom("plane" as const, "globe" as const),
    form: fc.constantFrom("function", "rows"),
    tolerance: fc.constantFrom(0.1, 0.4, 2),
    centers: fc.constantFrom(undefined, "mean" as const, "account" as const),
    isBest: fc.boolean(),
    rule: fc.constantFrom("none", "locked", "eligible", "together", "penalty", "share", "weightless", "max-distance"),
  })
  .map(({ seed, count, k, power, space, form, tolerance, centers, isBest, rule }) => {
    const accounts = randomAccounts(count, seed, space)
    const territories = listed(k)
    const rows = rowsOf(accounts, territories, seed)
    const random = seeded(seed + 1)
    // where the caller has a distance: some plan, not a good one
    const alignment = accounts.map(({ id }, i) => {
      const own = rows.filter((row) => row.accountId === id)
      return { accountId: id, territoryId: rule === "eligible" || rule === "max-distance" ? `T${i % k}` : own[Math.floor(own.length * random())].territoryId }
    })
    const near = Math.max(...alignment.map(({ territoryId }, i) => minutes(accounts[i], { id: territoryId })))
    const options: PartitionOptions<Row> = {
      territories,
      measures: { hours: { value: "hours", tolerance }, revenue: { value: "revenue", tolerance: 1.5 } },
      compactness: { power, distance: form === "rows" ? rows : minutes, ...(rule === "weightless" ? { weight: ({ visits }: Row) => ((visits as number) > 2 ? 1 : 0) } : {}) },
      ...(centers === undefined ? {} : { centers }),
      ...(rule === "locked" ? { current: alignment, locked: alignment.slice(0, 4).map(({ accountId }) => accountId) } : {}),
      ...(rule === "eligible" ? { eligible: ({ id }: Row, { id: t }: TerritorySpec) => Number(id.slice(1)) % 3 !== 0 || t === `T${Number(id.slice(1)) % k}` } : {}),
      ...(rule === "together" ? { together: territories.map(({ id }) => alignment.filter((row) => row.territoryId === id).slice(0, 3).map(({ accountId }) => accountId)).filter((group) => group.length > 1) } : {}),
      ...(rule === "penalty" ? { current: alignment, disruption: { penalty: 30 } } : {}),
      ...(rule === "share" ? { current: alignment, disruption: { maxMovedShare: 0.3 } } : {}),
      ...(rule === "max-distance" ? { maxDistance: near } : {}),
      seed: seed % 5,
    }
    return { accounts, options, alignment, isBest }
  })

/** A plan of an instance: the best, or some other. */
function planOf({ accounts, options, alignment, isBest }: Instance): PartitionResult {
  return isBest ? partitionAccounts(accounts, options) : evaluateAlignment(accounts, alignment, options)
}

test("accounts are explained by the caller's own distances, and what has none is no option", () => {
  const found: Record<string, number> = {}
  const explains = (instance: Instance): void => {
    const plan = planOf(instance)
    for (const [reason, count] of Object.entries(checkExplained(instance.accounts, plan, instance.options))) found[reason] = (found[reason] ?? 0) + count
    for (const { message } of explainPlan(instance.accounts, plan, { ...instance.options, accountIds: instance.accounts.map(({ id }) => id) }).accounts) expect(message).not.toMatch(/ km|Infinity/)
  }
  fc.assert(fc.property(arbitraryInstance, explains), { numRuns: 14, seed: 1 })
  expect(Object.keys(found).sort()).toEqual(["balance", "disruption", "locked", "nearest", "none", "together", "whole"])
})

test("what explanations say of every account adds up to the bound that is proven", () => {
  let proven = 0
  const addsUp = (instance: Instance): void => {
    const { accounts, options } = instance
    if (options.together !== undefined || options.disruption !== undefined) return
    const plan = planOf(instance)
    const { lowerBound } = plan.certificate
    if (lowerBound === null) return
    const { names, values } = readPlanOptions(accounts, options)
    const explainer = createExplainer(accounts, plan, options)
    const terms = accounts.map(({ id }, i) => {
      const { cost, runnerUp, territoryId } = explainer.explainAccount(id)
      const { prices } = plan.territories.find((one) => one.id === territoryId) as PartitionResult["territories"][number]
      const gain = runnerUp === null || options.locked?.includes(id) === true ? 0 : Math.min(0, runnerUp.totalChange)
      return (cost as number) - exactSum(names.map((name) => prices[name] * values[name][i])) + gain
    })
    for (const { measures, prices } of plan.territories) for (const name of names) terms.push((measures[name].min ?? 0) * Math.max(prices[name], 0) - (measures[name].max ?? 0) * Math.max(-prices[name], 0))
    const size = terms.reduce((most, term) => Math.max(most, Math.abs(term)), plan.cost as number)
    expect(Math.abs(exactSum(terms) - lowerBound)).toBeLessThanOrEqual(1e-8 * size)
    proven++
  }
  fc.assert(fc.property(arbitraryInstance, addsUp), { numRuns: 20, seed: 2 })
  expect(proven).toBeGreaterThan(6)
})

test("moves change exactly what a new judgment says, none leads where there is no distance, and no other is better", () => {
  let found = 0
  const agrees = ({ accounts, options: { together: _, ...options }, alignment }: Instance): void => {
    const plan = evaluateAlignment(accounts, alignment, options)
    const again = explainAgain(accounts, plan, options)
    for (const swaps of [false, true]) {
      const moves = topMoves(accounts, plan, { ...options, count: 6, swaps })
      for (const { changes, costChange, penaltyChange } of moves) {
        for (const { accountId, to } of changes) expect(again.isAllowed(accounts.findIndex(({ id }) => id === accountId), to)).toBe(true)
        const after = evaluateAlignment(accounts, applied(alignment, { changes }), options)
        expect(Math.abs((after.cost as number) - (plan.cost as number) - costChange)).toBeLessThanOrEqual(1e-9 * (plan.cost as number))
        expect(Math.abs((after.disruption?.cost ?? 0) - (plan.disruption?.cost ?? 0) - penaltyChange)).toBeLessThanOrEqual(1e-9 * (plan.cost as number))
        found++
      }
      if (swaps || plan.violations.length > 0) continue
      const excess = again.excessOf(alignment)
      let best = 0
      accounts.forEach(({ id }, i) => {
        const { territoryId: from } = alignment[i]
        if (options.locked?.includes(id) === true || alignment.filter(({ territoryId }) => territoryId === from).length === 1) return
        for (const { id: to } of plan.territories) {
          if (to === from || !again.isAllowed(i, to)) continue
          const moved = applied(alignment, { changes: [{ accountId: id, from, to }] })
          if (again.excessOf(moved).some((now, r) => now > excess[r])) continue
          const after = evaluateAlignment(accounts, moved, options)
          if (after.violations.length === 0) best = Math.min(best, (after.cost as number) + (after.disruption?.cost ?? 0) - (plan.cost as number) - (plan.disruption?.cost ?? 0))
        }
      })
      const first = moves.length === 0 ? 0 : moves[0].costChange + moves[0].penaltyChange
      expect(Math.abs(first - best)).toBeLessThanOrEqual(1e-8 * (plan.cost as number))
    }
  }
  fc.assert(fc.property(arbitraryInstance, agrees), { numRuns: 6, seed: 3 })
  expect(found).toBeGreaterThan(8)
})

test("groups move where all of them have a distance, whatever the order of rows", () => {
  const accounts = randomAccounts(18, 4, "plane")
  const territories = listed(3)
  const distance = accounts.flatMap((account, i) => territories.flatMap((territory, t) => (i === 2 && t === 1 ? [] : [{ accountId: account.id, territoryId: territory.id, distance: minutes(account, territory) }])))
  const options: PartitionOptions<Row> = { territories, measures: { hours: { value: "hours", tolerance: 2 } }, compactness: { distance }, together: [["A0", "A2"], ["A5", "A8"]] }
  const alignment = accounts.map(({ id }, i) => ({ accountId: id, territoryId: `T${[0, 2].includes(i) ? 0 : [5, 8].includes(i) ? 1 : i % 3}` }))
  const plan = evaluateAlignment(accounts, alignment, options)
  const moves = topMoves(accounts, plan, { ...options, count: 20, swaps: true })
  expect(moves.length).toBeGreaterThan(3)
  for (const { changes, costChange } of moves) {
    expect(changes.filter(({ accountId, to }) => accountId === "A0" && to === "T1")).toEqual([])
    expect((evaluateAlignment(accounts, applied(alignment, { changes }), options).cost as number) - (plan.cost as number)).toBeCloseTo(costChange, 6)
  }
  const mixed = shuffled(accounts, 5)
  const same = { ...options, compactness: { distance: shuffled(distance, 6) } }
  expect(topMoves(mixed, evaluateAlignment(mixed, alignment, same), { ...same, count: 20, swaps: true })).toEqual(moves)
})

test("of many accounts the best move is found too", () => {
  const accounts = randomAccounts(1200, 2, "plane")
  const territories = listed(6)
  const options: PartitionOptions<Row> = { territories, measures: { hours: { value: "hours", tolerance: null } }, compactness: { distance: minutes, power: 1 } }
  const alignment = accounts.map(({ id }, i) => ({ accountId: id, territoryId: `T${i % 6}` }))
  const best = Math.min(...accounts.flatMap((account, i) => territories.map((territory) => (account.hours as number) * (minutes(account, territory) - minutes(account, territories[i % 6])))))
  expect(topMoves(accounts, evaluateAlignment(accounts, alignment, options), { ...options, count: 1 })[0].costChange / best).toBeCloseTo(1, 12)
})

test("with many territories only pairs that were asked for are told, and a tolerance saves what a new optimum says", () => {
  const accounts = randomAccounts(80, 7, "globe")
  const territories = accounts.slice(0, 20).map(({ longitude, latitude }, t) => ({ id: `T${t}`, center: { longitude: longitude as number, latitude: latitude as number } }))
  const asked = new Set<string>()
  const distance = (account: Row, territory: TerritorySpec): number => {
    asked.add(`${account.id} ${territory.id}`)
    return minutes(account, territory)
  }
  const options: PartitionOptions<Row> = { territories, measures: { hours: { value: "hours", tolerance: 0.3 } }, compactness: { distance, power: 1 } }
  const plan = partitionAccounts(accounts, options)
  expect(plan.certificate.pairs).toBe("listed")
  const told = explainPlan(accounts, plan, { ...options, accountIds: accounts.map(({ id }) => id), exact: true })
  expect(asked.size).toBe(16 * accounts.length)
  for (const { accountId, nearest, runnerUp, alternative } of told.accounts) for (const choice of [nearest, runnerUp, alternative]) if (choice !== null) expect(asked.has(`${accountId} ${choice.territoryId}`)).toBe(true)
  for (const { leaving, entering } of told.territories) for (const { accountId, territoryId, distance: way } of [...leaving, ...entering]) expect(way).toBe(minutes({ id: accountId }, { id: territoryId }))
  const wider = evaluateAlignment(accounts, plan.alignment, { ...options, measures: { hours: { value: "hours", tolerance: 0.31 } } })
  expect(told.tolerances[0].exactSaving).toBeCloseTo((plan.certificate.relaxedCost as number) - (wider.certificate.relaxedCost as number), 6)
  expect(told.tolerances[0].savingAtMost as number).toBeGreaterThanOrEqual((told.tolerances[0].exactSaving as number) - 1e-9 * (plan.cost as number))
})

test("a plan on other distances is none of these, and one without a distance says which", () => {
  const accounts = randomAccounts(8, 1, "plane")
  const territories = listed(2)
  const options: PartitionOptions<Row> = { territories, measures: { hours: { value: "hours", tolerance: 1 } }, compactness: { distance: minutes } }
  const plan = partitionAccounts(accounts, options)
  const messageOf = (distance: unknown): string => (caught(() => topMoves(accounts, plan, { ...options, compactness: { distance } } as never)) as Error).message
  expect(messageOf((account: Row, territory: TerritorySpec) => 2 * minutes(account, territory))).toContain("plan.cost: is ")
  const { accountId, territoryId } = plan.alignment[3]
  const rows = accounts.flatMap((account) => territories.map((territory) => ({ accountId: account.id, territoryId: territory.id, distance: minutes(account, territory) })))
  expect(messageOf(rows.filter((row) => row.accountId !== accountId || row.territoryId !== territoryId))).toBe(`compactness.distance: has no distance for account "${accountId}" and territory "${territoryId}", in which the plan has it (add it, or see whether the account may go there)`)
  expect((caught(() => explainPlan(accounts, { ...plan, alignment: [null] } as never, options)) as { code: string }).code).toBe("assignment-type")
})
