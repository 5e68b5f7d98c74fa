import { evaluateAlignment, partitionAccounts, type Alignment, type PartitionOptions, type TerritorySpec } from "equiterra"
import fc from "fast-check"
import { expect, test } from "vitest"
import { caught } from "../helpers/caught"
import { arbitraryInstance, seeded } from "../helpers/random-accounts"
import { contractFaults, type Row } from "../helpers/recompute-plan"

const seed = 20_260_401

interface Constrained {
  readonly accounts: readonly Row[]
  readonly options: PartitionOptions<Row> & { readonly territories: readonly TerritorySpec[]; readonly current: Alignment }
}

/** Any instance, on usual and awkward maps, with owners of today, locks, eligibility and a limit on moves, in any mixture. */
const arbitraryConstrained: fc.Arbitrary<Constrained> = fc.tuple(arbitraryInstance, fc.integer({ min: 0, max: 1e6 })).map(([{ accounts, options }, draw]): Constrained => {
  const random = seeded(draw)
  const territories = Array.from({ length: options.territories }, (_, t) => ({ id: `T${t}` }))
  const any = (): string => territories[Math.floor(random() * territories.length)].id
  const current = accounts.filter(() => random() < 0.85).map(({ id }) => ({ accountId: id, territoryId: any() }))
  const homeOf = new Map(current.map((row) => [row.accountId, row.territoryId]))
  const locks = random() < 0.5 ? 0.25 : 0
  const locked = current.filter(() => random() < locks).map(({ accountId }) => accountId)
  // somewhere everybody may go: most at home, the others anywhere
  const refusals = random() < 0.5 ? 0.4 : 0
  const allowed = new Set(accounts.map(({ id }) => `${id} ${locked.includes(id) || random() < 0.8 ? (homeOf.get(id) ?? any()) : any()}`))
  for (const { id } of accounts) for (const territory of territories) if (random() >= refusals) allowed.add(`${id} ${territory.id}`)
  const worth = random() < 0.5 ? { weight: "people" } : {}
  const penalty = random() < 0.4 ? { penalty: 10 ** (4 * random() - 2) } : {}
  const disruption = { ...worth, ...penalty, maxMovedShare: random() < 0.2 ? 0 : random() ** 2 }
  return { accounts, options: { ...options, territories, current, locked, disruption, eligible: (row, territory) => allowed.has(`${row.id} ${territory.id}`) } as Constrained["options"] }
})

/** The share of what somebody owns that has to move whatever the plan: its owner of today may not have it. */
function unavoidableShare({ accounts, options }: Constrained): number {
  const rowOf = new Map(accounts.map((row) => [row.id, row]))
  const weightOf = (id: string): number => (options.disruption?.weight === undefined ? 1 : ((rowOf.get(id) as Row).people as number))
  const sum = (rows: Alignment): number => rows.reduce((total, row) => total + weightOf(row.accountId), 0)
  const evicted = options.current.filter((row) => options.eligible?.(rowOf.get(row.accountId) as Row, { id: row.territoryId }) === false)
  return sum(evicted) === 0 ? 0 : sum(evicted) / sum(options.current)
}

test("any constraints, possible or not: locks stay, nobody is where they may not be, no more moves than may, and every figure is as recomputed", { timeout: 120_000 }, () => {
  const counts = { locked: 0, refused: 0, moved: 0, kept: 0, broken: 0 }
  fc.assert(
    fc.property(arbitraryConstrained, (instance) => {
      const { accounts, options } = instance
      const plan = partitionAccounts(accounts, options)
      expect(contractFaults(accounts, options, plan)).toEqual([])
      const share = Math.max(options.disruption?.maxMovedShare as number, unavoidableShare(instance))
      expect(plan.disruption?.movedShare).toBeLessThanOrEqual(share + 1e-12)
      const judged = evaluateAlignment(accounts, plan.alignment, options)
      expect(judged.violations).toEqual(plan.violations)
      counts.locked += options.locked?.length ?? 0
      counts.refused += accounts.filter((row) => options.territories.some((territory) => options.eligible?.(row, territory) === false)).length
      counts.moved += plan.disruption?.movedCount ?? 0
      counts[plan.violations.length === 0 ? "kept" : "broken"]++
    }),
    { numRuns: 60, seed },
  )
  for (const [what, count] of Object.entries(counts)) expect(count, what).toBeGreaterThan(10)
})

test("at the same centers a larger budget is possible where a smaller one is, and never dearer", { timeout: 120_000 }, () => {
  let compared = 0
  fc.assert(
    fc.property(arbitraryConstrained, ({ accounts, options }) => {
      const alignment = accounts.map((row) => options.current.find(({ accountId }) => accountId === row.id) ?? { accountId: row.id, territoryId: options.territories[0].id })
      const place = ({ x, y, longitude, latitude }: Row): TerritorySpec["center"] => (x === undefined ? { longitude: longitude as number, latitude: latitude as number } : { x, y: y as number })
      // fixed, as one without accounts has none of its own
      const territories = options.territories.map((spec, t) => ({ ...spec, center: place(accounts[t]), centerFixed: true }) as TerritorySpec)
      let last: number | null = null
      for (const maxMovedShare of [0.05, 0.2, 0.5, 1]) {
        const { relaxedCost, lowerBound } = evaluateAlignment(accounts, alignment, { ...options, territories, disruption: { ...options.disruption, maxMovedShare } }).certificate
        if (last !== null) {
          compared++
          expect(relaxedCost).not.toBeNull()
          expect(relaxedCost).toBeLessThanOrEqual(last + 1e-9 * Math.abs(last) + 1e-9)
          expect(lowerBound).not.toBeNull()
        }
        last = relaxedCost
      }
    }),
    { numRuns: 40, seed },
  )
  expect(compared).toBeGreaterThan(20)
})

test("a penalty of 0 is no owners of today, up to ids, on awkward maps too", () => {
  fc.assert(
    fc.property(arbitraryInstance, fc.integer({ min: 0, max: 1e6 }), ({ accounts, options }, draw) => {
      const random = seeded(draw)
      const current = accounts.map(({ id }) => ({ accountId: id, territoryId: `owner ${Math.floor(random() * options.territories)}` }))
      const anew = partitionAccounts(accounts, options)
      const plan = partitionAccounts(accounts, { ...options, current, disruption: { penalty: 0 } })
      expect(new Set(plan.alignment.map(({ territoryId }, i) => `${territoryId} ${anew.alignment[i].territoryId}`)).size).toBe(new Set(anew.alignment.map(({ territoryId }) => territoryId)).size)
      expect(plan.cost).toBeCloseTo((anew.cost as number), 6)
    }),
    { numRuns: 40, seed },
  )
})

test("constraints that no plan could satisfy are told in one error, by row", () => {
  const accounts = ["a", "b", "c", "d"].map((id, x) => ({ id, x, y: 0, hours: 1 }))
  const base = { territories: [{ id: "n" }, { id: "s" }], measures: { hours: { value: "hours" } }, current: [{ accountId: "a", territoryId: "n" }] }
  const told = (options: object): string[] => caught(() => partitionAccounts(accounts, { ...base, ...options } as PartitionOptions<Row>)).issues.map(({ message }) => message)
  // two owners of today, and a lock on it
  expect(told({ current: [{ accountId: "a", territoryId: "n" }, { accountId: "a", territoryId: "s" }], locked: ["a"] })).toEqual([expect.stringMatching(/^current\[1\]: .*"a" is also in territory "n"/)])
  expect(told({ locked: ["b", "x"] })).toEqual([expect.stringMatching(/^locked\[0\]: account "b" has no territory in `current`/), expect.stringMatching(/^locked\[1\]: .*"x"/)])
  expect(told({ eligible: (row: Row, { id }: TerritorySpec) => row.id === "a" || (row.id === "b" && id === "s") })).toEqual([
    'accounts[2]: account "c" is eligible for none of the 2 territories (leave it out, or make it eligible for one)',
    'accounts[3]: account "d" is eligible for none of the 2 territories (leave it out, or make it eligible for one)',
  ])
  expect(told({ locked: ["a"], eligible: (row: Row, { id }: TerritorySpec) => row.id !== "a" || id === "s" })).toEqual([expect.stringMatching(/^accounts\[0\]: account "a" is locked to territory "n", but not eligible for it/)])
  expect(told({ territories: [{ id: "n", share: 0.7 }, { id: "s", share: 0.7 }], disruption: { maxMovedShare: -0.1 }, locked: ["b"] }).map((message) => message.split(":")[0]).sort()).toEqual(["disruption.maxMovedShare", "locked[0]", "territories"])
})
