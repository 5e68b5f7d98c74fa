import { evaluateAlignment, partitionAccounts, topMoves, type Alignment, type PartitionOptions, type PartitionResult, type PlanMove } from "equiterra"
import { expect, test } from "vitest"
import { explainAgain } from "../../helpers/explain-again"
import { randomAccounts, seeded, shuffled } from "../../helpers/random-accounts"
import type { Row } from "../../helpers/recompute-plan"

/** The alignment after a move. */
function applied(alignment: Alignment, { changes }: Pick<PlanMove, "changes">): Alignment {
  const to = new Map(changes.map((change) => [change.accountId, change]))
  return alignment.map((row) => {
    const change = to.get(row.accountId)
    if (change === undefined) return row
    expect(row.territoryId).toBe(change.from)
    return { ...row, territoryId: change.to }
  })
}

/** How far outside bounds a plan is, in shares of targets. */
const outside = (plan: PartitionResult): number =>
  plan.violations.reduce((sum, { measure, territoryId, amount, limit }) => {
    if (measure === undefined) return sum
    const { target } = plan.territories.find(({ id }) => id === territoryId)?.measures[measure] as { target: number }
    return sum + Math.abs(amount - limit) / target
  }, 0)

const misplaced = (plan: PartitionResult): number => plan.violations.filter(({ criterion }) => criterion === "lock" || criterion === "eligibility").length

/** A move's figures against those of the changed plan. */
function checkMove(accounts: readonly Row[], plan: PartitionResult, options: PartitionOptions<Row>, move: PlanMove): void {
  const { together: _, ...judged } = options
  const after = evaluateAlignment(accounts, applied(plan.alignment, move), judged)
  const before = evaluateAlignment(accounts, plan.alignment, judged)
  expect(Math.abs((after.cost as number) - (before.cost as number) - move.costChange)).toBeLessThanOrEqual(1e-9 * (before.cost as number))
  expect(Math.abs((after.disruption?.cost ?? 0) - (before.disruption?.cost ?? 0) - move.penaltyChange)).toBeLessThanOrEqual(1e-9 * (before.cost as number))
  expect(outside(after) - outside(before)).toBeCloseTo(move.violationChange, 9)
  expect(misplaced(after) - misplaced(before)).toBe(move.misplacedChange)
  for (const [name, imbalance] of Object.entries(after.imbalance)) {
    expect(move.imbalance[name]).toBeCloseTo(imbalance as number, 10)
    expect(move.imbalanceChange[name]).toBeCloseTo((imbalance as number) - (before.imbalance[name] as number), 10)
  }
  // never a bound broken that was kept
  const broken = new Set(before.violations.map(({ criterion, territoryId, measure }) => `${criterion} ${territoryId} ${measure}`))
  for (const { criterion, territoryId, measure } of after.violations) if (measure !== undefined) expect([...broken]).toContain(`${criterion} ${territoryId} ${measure}`)
  expect(move.message).not.toMatch(/NaN|undefined|Infinity/)
}

/** All single moves that break nothing more than the plan does, as judged: the best first. */
function allMoves(accounts: readonly Row[], plan: PartitionResult, options: PartitionOptions<Row>): { misplaced: number; outside: number; cost: number }[] {
  const again = explainAgain(accounts, plan, options)
  const before = evaluateAlignment(accounts, plan.alignment, options)
  const excess = again.excessOf(plan.alignment)
  return accounts
    .flatMap(({ id }, i) =>
      plan.territories.flatMap((territory) => {
        const { territoryId } = plan.alignment[i]
        if (territory.id === territoryId || !again.isAllowed(i, territory.id) || (options.locked?.includes(id) === true && again.isAllowed(i, territoryId))) return []
        if (plan.alignment.filter((row) => row.territoryId === territoryId).length === 1) return []
        const alignment = applied(plan.alignment, { changes: [{ accountId: id, from: territoryId, to: territory.id }] })
        if (again.excessOf(alignment).some((now, r) => now > excess[r] + 1e-12)) return []
        const after = evaluateAlignment(accounts, alignment, options)
        return [{ misplaced: misplaced(after) - misplaced(before), outside: outside(after) - outside(before), cost: (after.cost as number) - (before.cost as number) + (after.disruption?.cost ?? 0) - (before.disruption?.cost ?? 0) }]
      }),
    )
    .filter((move) => move.misplaced < 0 || move.outside < -1e-9 || move.cost < -1e-9 * (before.cost as number))
    .sort((a, b) => a.misplaced - b.misplaced || (Math.abs(a.outside - b.outside) > 1e-9 ? a.outside - b.outside : a.cost - b.cost))
}

const alignmentOf = (accounts: readonly Row[], ids: readonly string[], seed: number): Alignment => {
  const random = seeded(seed)
  return accounts.map(({ id }, i) => ({ accountId: id, territoryId: ids[i < ids.length ? i : Math.floor(ids.length * random())] }))
}

const ids = ["a", "b", "c"]

test("no single move is better than the first, and all say exactly what a new judgment says", () => {
  let found = 0
  for (let seed = 1; seed <= 12; seed++) {
    const accounts = randomAccounts(13, seed, seed % 2 === 0 ? "plane" : "globe")
    const current = alignmentOf(accounts, ids, seed)
    const options: PartitionOptions<Row> = {
      territories: ids.map((id) => (seed % 5 === 0 && id === "b" ? { id, center: seed % 2 === 0 ? { x: 300, y: 300 } : { longitude: -95, latitude: 40 }, centerFixed: true } : { id })),
      measures: { hours: { value: "hours", tolerance: [0.1, 0.6, 2][seed % 3] }, revenue: { value: "revenue", tolerance: 0.9 } },
      compactness: { power: seed % 4 < 2 ? 2 : 1 },
      centers: seed % 8 < 4 ? "mean" : "account",
      starts: 1,
      ...(seed % 3 === 0 ? { current, locked: current.slice(3, 6).map((row) => row.accountId), disruption: { penalty: 20_000 } } : {}),
      ...(seed % 4 === 1 && seed % 3 !== 0 ? { eligible: (account, { id }) => id !== "c" || (account.visits as number) < 4 } : {}),
    }
    for (const alignment of [alignmentOf(accounts, ids, seed + 100), partitionAccounts(accounts, options).alignment]) {
      const plan = evaluateAlignment(accounts, alignment, options)
      const moves = topMoves(accounts, plan, { ...options, count: 4 })
      for (const move of moves) checkMove(accounts, plan, options, move)
      const [best] = allMoves(accounts, plan, options)
      found += moves.length
      expect(moves.length === 0).toBe(best === undefined)
      if (best === undefined) continue
      expect(moves[0].misplacedChange).toBe(best.misplaced)
      expect(moves[0].violationChange).toBeCloseTo(best.outside, 9)
      expect(Math.abs(moves[0].costChange + moves[0].penaltyChange - best.cost)).toBeLessThanOrEqual(1e-9 * (plan.cost as number))
      // a plan inside its bounds stays inside
      if (plan.violations.length === 0) for (const move of moves) expect(evaluateAlignment(accounts, applied(plan.alignment, move), options).violations).toEqual([])
    }
  }
  expect(found).toBeGreaterThan(30)
})

test("swaps and groups are judged alike", () => {
  let swapped = 0
  for (let seed = 1; seed <= 6; seed++) {
    const accounts = randomAccounts(30, seed, seed % 2 === 0 ? "plane" : "globe")
    const options: PartitionOptions<Row> = { territories: 3, measures: { hours: { value: "hours", tolerance: 0.3 } } }
    const plan = evaluateAlignment(accounts, alignmentOf(accounts, ["t1", "t2", "t3"], seed), options)
    const together = ["t1", "t2", "t3"].map((id) => plan.alignment.filter((row) => row.territoryId === id).slice(0, 3).map((row) => row.accountId))
    for (const rich of [options, { ...options, together }]) {
      const moves = topMoves(accounts, plan, { ...rich, count: 12, swaps: true })
      swapped += moves.filter(({ kind }) => kind === "swap").length
      for (const move of moves) {
        checkMove(accounts, plan, rich, move)
        const moved = move.changes.map(({ accountId }) => accountId)
        for (const group of rich === options ? [] : together) expect([0, group.length]).toContain(group.filter((id) => moved.includes(id)).length)
      }
      const named = moves.flatMap(({ changes }) => changes.map(({ accountId }) => accountId))
      expect(new Set(named).size).toBe(named.length)
    }
  }
  expect(swapped).toBeGreaterThan(5)
})

test("a limit on moves holds, and what goes home again is free to", () => {
  const accounts = randomAccounts(20, 3)
  const current = alignmentOf(accounts, ids, 3)
  const options: PartitionOptions<Row> = { territories: ids.map((id) => ({ id })), measures: { hours: { value: "hours", tolerance: 2 } }, current, disruption: { maxMovedShare: 0.1 } }
  const two = evaluateAlignment(accounts, applied(current, { changes: [3, 4].map((i) => ({ accountId: `A${i}`, from: current[i].territoryId, to: ids.find((id) => id !== current[i].territoryId) as string })) }), options)
  for (const move of topMoves(accounts, two, options)) expect(evaluateAlignment(accounts, applied(two.alignment, move), options).disruption?.movedCount).toBeLessThanOrEqual(2)
  expect(topMoves(accounts, evaluateAlignment(accounts, current, options), options).length).toBeGreaterThan(0)
})

test("the list is the same whatever the order of rows, and as long as asked", () => {
  const accounts = randomAccounts(60, 5)
  const options = { territories: 4, measures: { hours: { value: "hours", tolerance: 0.5 } } }
  const alignment = alignmentOf(accounts, ["t1", "t2", "t3", "t4"], 5)
  const moves = topMoves(accounts, evaluateAlignment(accounts, alignment, options), { ...options, count: 7, swaps: true })
  expect(moves).toHaveLength(7)
  const mixed = shuffled(accounts, 6)
  expect(topMoves(mixed, evaluateAlignment(mixed, alignment, options), { ...options, count: 7, swaps: true })).toEqual(moves)
  expect(JSON.parse(JSON.stringify(moves))).toEqual(moves)
  expect(topMoves(accounts, evaluateAlignment(accounts, alignment, options), options)).toHaveLength(10)
})
