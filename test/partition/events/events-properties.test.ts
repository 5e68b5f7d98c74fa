import { evaluateAlignment, partitionAccounts, type Alignment, type PartitionOptions, type PartitionResult, type PlanEvent } from "equiterra"
import fc from "fast-check"
import { expect, test } from "vitest"
import { deepFreeze, randomAccounts, seeded, shuffled } from "../../helpers/random-accounts"
import { contractFaults, type Row } from "../../helpers/recompute-plan"

const WORDS = ["north", "south", "east", "west"]
const RUNS = { numRuns: 6, seed: 1 }

interface Case {
  readonly accounts: Row[]
  readonly options: PartitionOptions<Row> & { readonly current: Alignment; readonly territories: readonly { readonly id: string }[] }
}

/** Owners of today in quadrants, some strewn, some nowhere; changes free, dear or limited. */
const arbitraryCase: fc.Arbitrary<Case> = fc
  .record({
    seed: fc.integer({ min: 0, max: 1e6 }),
    count: fc.integer({ min: 12, max: 24 }),
    disruption: fc.constantFrom(undefined, { maxMovedShare: 0.1 }, { maxMovedShare: 0.3, weight: "revenue" }, { penalty: 3e4 }, { penalty: 20, weight: "revenue", maxMovedShare: 0.2 }),
    measures: fc.constantFrom({ hours: { value: "hours", tolerance: 0.3 } }, { hours: { value: "hours", tolerance: 0.4 }, visits: { value: "visits", tolerance: 0.4 } }),
  })
  .map(({ seed, count, disruption, measures }) => {
    const accounts = randomAccounts(count, seed, "plane")
    const random = seeded(seed + 1)
    const current = accounts.flatMap((row) => {
      const [at, chance] = [((row.x as number) > 500 ? 1 : 0) + ((row.y as number) > 350 ? 2 : 0), random()]
      return chance < 0.1 ? [] : [{ accountId: row.id, territoryId: WORDS[chance < 0.3 ? Math.floor(4 * random()) : at] }]
    })
    return deepFreeze({ accounts, options: { territories: WORDS.map((id) => ({ id })), measures, current, starts: 1, ...(disruption === undefined ? {} : { disruption }) } })
  })

/** A plan with other names of its territories. */
function renamed(plan: PartitionResult, nameOf: (id: string) => string): unknown {
  return JSON.parse(JSON.stringify(plan, (key, value: unknown) => ((key === "id" || key === "territoryId") && typeof value === "string" ? nameOf(value) : value)))
}

test("all territories renamed: the same plan under the new names, without events to tell of", () => {
  fc.assert(
    fc.property(arbitraryCase, fc.boolean(), ({ accounts, options }, swapped) => {
      const there = WORDS.filter((id) => options.current.some(({ territoryId }) => territoryId === id))
      // new names, or the old ones handed round
      const nameOf = (id: string): string => (!there.includes(id) ? id : swapped ? there[(there.indexOf(id) + 1) % there.length] : `new ${id}`)
      const rename = (territoryId: string, to: string): PlanEvent => ({ type: "territory-renamed", territoryId, to })
      const events = [...there.map((id) => rename(id, `new ${id}`)), ...(swapped ? there.map((id) => rename(`new ${id}`, nameOf(id))) : [])]
      const { digest: _, violations: __, infeasibility: ___, ...plan } = partitionAccounts(accounts, options)
      const again = partitionAccounts(accounts, { ...options, territories: options.territories.map(({ id }) => ({ id: nameOf(id) })), events })
      expect(again).toMatchObject(renamed(plan as PartitionResult, nameOf) as object)
    }),
    RUNS,
  )
})

test("a split and the merge of its parts leave everything as it was", () => {
  fc.assert(
    fc.property(arbitraryCase, ({ accounts, options }) => {
      const { territoryId } = options.current[0]
      const events: PlanEvent[] = [{ type: "territory-split", territoryId, into: ["a", territoryId, "b"] }, { type: "territories-merged", territoryIds: ["a", "b"], into: "c" }, { type: "territories-merged", territoryIds: ["c"], into: territoryId }]
      expect(partitionAccounts(accounts, { ...options, events })).toEqual(partitionAccounts(accounts, options))
    }),
    RUNS,
  )
})

test("removed territories and closed accounts: the plan is the one of a current without their rows, and tells of those who had to go", () => {
  fc.assert(
    fc.property(arbitraryCase, ({ accounts, options }) => {
      const { territoryId } = options.current[0]
      const territories = options.territories.filter(({ id }) => id !== territoryId)
      const stays = options.current.filter((row) => row.territoryId !== territoryId)
      const closed = [{ accountId: "closed 1", territoryId }, { accountId: "closed 2", territoryId: stays[0].territoryId }]
      const events: PlanEvent[] = [{ type: "accounts-closed", accountIds: closed.map(({ accountId }) => accountId) }, { type: "territory-removed", territoryId }]
      const plain = partitionAccounts(accounts, { ...options, territories, current: stays })
      const plan = partitionAccounts(accounts, { ...options, territories, current: [...closed, ...options.current], events })
      expect({ ...plan, disruption: null }).toEqual({ ...plain, disruption: null })
      if (plan.disruption === null || plain.disruption === null) return
      const { forcedCount, forcedWeight, ...moves } = plan.disruption
      expect(plain.disruption).toEqual({ ...moves, forcedCount: 0, forcedWeight: 0 })
      expect(forcedCount).toBe(options.current.length - stays.length)
      expect(forcedWeight).toBeGreaterThan(0)
    }),
    RUNS,
  )
})

/** Sound events, one after the other, and the territories that are then there. */
function happen(options: Case["options"], seed: number, count: number): { events: PlanEvent[]; territories: { id: string }[] } {
  const random = seeded(seed)
  const pick = <T>(all: readonly T[]): T => all[Math.floor(all.length * random())]
  const there = new Set(options.current.map(({ territoryId }) => territoryId))
  const events: PlanEvent[] = []
  for (let e = 0; e < count; e++) {
    const territoryId = pick([...there])
    const kind = Math.floor(5 * random())
    if (kind === 0 && there.size > 2) events.push({ type: "territory-removed", territoryId })
    else if (kind === 1 && there.size < 6) events.push({ type: "territory-split", territoryId, into: [random() < 0.5 ? territoryId : `x${e}`, `y${e}`] })
    else if (kind === 2 && there.size > 2) events.push({ type: "territories-merged", territoryIds: [...new Set([territoryId, pick([...there])])], into: `m${e}` })
    else if (kind === 3 && there.size < 6) events.push({ type: "territory-added", territoryId: `n${e}` })
    else events.push({ type: "territory-renamed", territoryId, to: `r${e}` })
    const event = events[e]
    if (event.type === "territories-merged" && event.territoryIds.length === 1) events[e] = { type: "territory-renamed", territoryId, to: `m${e}` }
    if (event.type !== "territory-added") for (const id of event.type === "territories-merged" ? event.territoryIds : [territoryId]) there.delete(id)
    const made = event.type === "territory-added" ? [event.territoryId] : event.type === "territory-split" ? event.into : event.type === "territories-merged" ? [event.into] : event.type === "territory-renamed" ? [event.to] : []
    for (const id of made) there.add(id)
  }
  return { events, territories: [...there].map((id) => ({ id })) }
}

test("whatever happened, the plan, its moves and its certificate are as recomputed account by account", () => {
  const seen = new Set<string>()
  let forced = 0
  fc.assert(
    fc.property(arbitraryCase, fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 1, max: 5 }), ({ accounts, options }, seed, count) => {
      const { events, territories } = happen(options, seed, count)
      const asked = { ...options, events, territories }
      const plan = partitionAccounts(accounts, asked)
      for (const { type } of events) seen.add(type)
      forced += plan.disruption?.forcedCount ?? 0
      expect(contractFaults(accounts, asked, plan)).toEqual([])
      const judged = evaluateAlignment(accounts, plan.alignment, asked)
      expect(contractFaults(accounts, asked, judged, "evaluation")).toEqual([])
      expect(judged.disruption?.movedWeight).toBe(plan.disruption?.movedWeight)
      // rows in another order, and the same events: the same plan
      if (seed % 3 === 0) expect(partitionAccounts(shuffled(accounts, seed), { ...asked, current: shuffled(options.current, seed) }).territories).toEqual(plan.territories)
      if (events.some(({ type }) => type === "territory-added")) return
      // only their number, with homes in the same places
      const numbered = { ...asked, territories: territories.length }
      const other = partitionAccounts(accounts, numbered)
      expect(contractFaults(accounts, numbered, other)).toEqual([])
      expect(contractFaults(accounts, numbered, evaluateAlignment(accounts, other.alignment, numbered), "evaluation")).toEqual([])
      if (options.disruption !== undefined) expect(other.territories.map(({ id }) => id).sort()).toEqual(territories.map(({ id }) => id).sort())
    }),
    { numRuns: 24, seed: 2 },
  )
  expect(seen.size).toBe(5)
  expect(forced).toBeGreaterThan(10)
})
