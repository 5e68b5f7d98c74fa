import { evaluateAlignment, partitionAccounts, type Alignment, type PartitionOptions } from "equiterra"
import { expect, test } from "vitest"
import { createRandom } from "../../src/math/random.js"
import { messageOf } from "../helpers/message-of"
import { randomAccounts } from "../helpers/random-accounts"
import { contractFaults, type Row } from "../helpers/recompute-plan"

const WORDS = ["north", "south", "east", "west", "middle", "coast", "hills", "lakes"]

/** Owners of today: nearest of some places, with some accounts strewn and some that nobody owns. */
function today(accounts: readonly Row[], count: number, seed: number): Alignment {
  const random = createRandom(seed, 5)
  const places = Array.from({ length: count }, () => accounts[Math.floor(random() * accounts.length)])
  return accounts.flatMap((row) => {
    if (random() < 0.05) return []
    const distance = (place: Row): number => Math.hypot(((row.x ?? row.longitude) as number) - ((place.x ?? place.longitude) as number), ((row.y ?? row.latitude) as number) - ((place.y ?? place.latitude) as number))
    const nearest = places.reduce((best, place, t) => (distance(place) < distance(places[best]) ? t : best), 0)
    return [{ accountId: row.id, territoryId: WORDS[random() < 0.15 ? Math.floor(random() * count) : nearest] }]
  })
}

function problem(seed: number, measures = 1 + (seed % 3)): { accounts: Row[]; options: PartitionOptions<Row> } {
  const accounts = randomAccounts(60 + 15 * (seed % 10), seed, seed % 2 === 0 ? "plane" : "globe")
  const count = 3 + (seed % 4)
  const names = ["hours", "revenue", "visits"].slice(0, measures)
  return {
    accounts,
    options: {
      territories: seed % 3 === 0 ? WORDS.slice(0, count).map((id) => ({ id })) : count,
      measures: Object.fromEntries(names.map((name) => [name, { value: name, tolerance: 0.15 }])),
      compactness: { power: seed % 5 === 0 ? 1 : 2 },
      current: today(accounts, count, seed),
      starts: 1,
      seed,
    },
  }
}

test("a penalty: the plan and its certificate count what moves, and a higher one moves less", () => {
  let [all, fewer] = [0, 0]
  for (let seed = 0; seed < 6; seed++) {
    const { accounts, options } = problem(seed)
    const free = partitionAccounts(accounts, options)
    const typical = (free.cost as number) / accounts.length
    const movedAt = [0.3, 3].map((factor) => {
      const asked = { ...options, disruption: { penalty: factor * typical } }
      const plan = partitionAccounts(accounts, asked)
      expect(contractFaults(accounts, asked, plan), `seed ${seed}, ${factor}`).toEqual([])
      const judged = evaluateAlignment(accounts, plan.alignment, asked)
      expect(judged.disruption?.movedCount).toBe(plan.disruption?.movedCount)
      expect(Math.abs((judged.certificate.lowerBound as number) - (plan.certificate.lowerBound as number))).toBeLessThanOrEqual(1e-6 * Math.abs(plan.certificate.lowerBound as number))
      return plan.disruption?.movedCount as number
    })
    all += movedAt[0]
    fewer += movedAt[1]
  }
  expect(fewer).toBeLessThan(0.9 * all)
})

test("a budget is never exceeded, and its price is part of the proof", () => {
  let [binding, inside] = [0, 0]
  for (let seed = 0; seed < 12; seed++) {
    const { accounts, options } = problem(seed)
    const share = [0.05, 0.15, 0.3][seed % 3]
    const asked: PartitionOptions<Row> = { ...options, disruption: { maxMovedShare: share, ...(seed % 2 === 0 ? { weight: "revenue" } : {}), ...(seed % 4 === 1 ? { penalty: 0.001 } : {}) } }
    const plan = partitionAccounts(accounts, asked)
    expect(contractFaults(accounts, asked, plan), `seed ${seed}`).toEqual([])
    expect(plan.disruption?.movedShare).toBeLessThanOrEqual(share + 1e-12)
    if ((plan.disruption?.price as number) > 0) binding++
    if (plan.violations.length === 0) inside++
  }
  expect(binding).toBeGreaterThan(5)
  expect(inside).toBeGreaterThan(5)
})

test("at the same centers a larger budget never makes the divisible optimum dearer", () => {
  for (let seed = 0; seed < 6; seed++) {
    const { accounts, options } = problem(seed)
    // the centers are those of this alignment, whatever the budget
    const alignment = partitionAccounts(accounts, { ...options, disruption: { maxMovedShare: 0.2 } }).alignment
    let last = Infinity
    for (const maxMovedShare of [0.1, 0.2, 0.3, 0.5, 1]) {
      const { certificate } = evaluateAlignment(accounts, alignment, { ...options, disruption: { maxMovedShare } })
      if (certificate.relaxedCost === null) continue
      expect(certificate.relaxedCost).toBeLessThanOrEqual(last * (1 + 1e-9))
      expect(Math.abs(certificate.relaxedCost - (certificate.lowerBound as number))).toBeLessThanOrEqual(1e-9 * certificate.relaxedCost)
      last = certificate.relaxedCost
    }
    expect(last).toBeLessThan(Infinity)
  }
})

test("a penalty of 0 and a budget of all is a plan without owners of today, up to ids", () => {
  for (let seed = 1; seed < 5; seed++) {
    const { accounts, options } = problem(seed)
    const { current: _, ...anew } = options
    const free = partitionAccounts(accounts, anew)
    for (const disruption of [{ penalty: 0 }, { maxMovedShare: 1 }, { penalty: 0, maxMovedShare: 1 }]) {
      const plan = partitionAccounts(accounts, { ...options, disruption })
      const pairs = new Set(plan.alignment.map(({ territoryId }, i) => `${territoryId} ${free.alignment[i].territoryId}`))
      expect(pairs.size).toBe(free.territories.length)
      expect(plan.cost).toBeCloseTo((free.cost as number), 6)
    }
  }
})

test("a budget of nothing keeps everybody where they are, bounds or not", () => {
  const { accounts, options } = problem(4)
  const asked = { ...options, disruption: { maxMovedShare: 0 } }
  const plan = partitionAccounts(accounts, asked)
  const currentOf = new Map((options.current as Alignment).map((row) => [row.accountId, row.territoryId]))
  for (const { accountId, territoryId } of plan.alignment) expect(territoryId).toBe(currentOf.get(accountId) ?? territoryId)
  expect(plan.disruption?.movedCount).toBe(0)
  expect(plan.infeasibility?.message).toMatch(/^not even divided accounts could keep all bounds when only 0 % of the disruption weight may move: about [\d.]+ % has to; raise disruption.maxMovedShare to 0\.\d+, or widen the bounds$/)
})

test("territories that go, and territories that come: what has to move is told, and new ones keep nobody", () => {
  const { accounts, options } = problem(7)
  const base = { ...options, territories: 4 }
  const fewer = partitionAccounts(accounts, { ...base, territories: 3, disruption: { penalty: 1e6 } })
  expect(contractFaults(accounts, { ...base, territories: 3, disruption: { penalty: 1e6 } }, fewer)).toEqual([])
  const ids = new Set((options.current as Alignment).map(({ territoryId }) => territoryId))
  for (const { id } of fewer.territories) expect(ids.has(id)).toBe(true)
  const most = { ...base, territories: ids.size + 1, disruption: { maxMovedShare: 0.4 } }
  const more = partitionAccounts(accounts, most)
  expect(contractFaults(accounts, most, more)).toEqual([])
  expect(more.territories.filter(({ id }) => !ids.has(id)).length).toBe(1)
})

test("locks, eligibility and a budget together", () => {
  for (let seed = 0; seed < 12; seed += 3) {
    const { accounts, options } = problem(seed)
    const current = options.current as Alignment
    const asked: PartitionOptions<Row> = {
      ...options,
      locked: current.filter((_, r) => r % 7 === 0).map(({ accountId }) => accountId),
      eligible: (row, territory) => (row.visits as number) < 3 || territory.id !== "south" || current.some((one) => one.accountId === row.id && one.territoryId === "south"),
      disruption: { weight: "hours", maxMovedShare: 0.25, penalty: 1 },
    }
    const plan = partitionAccounts(accounts, asked)
    expect(contractFaults(accounts, asked, plan), `seed ${seed}`).toEqual([])
  }
})

test("the order of rows changes nothing", () => {
  const { accounts, options } = problem(2)
  const asked = { ...options, disruption: { weight: "revenue", maxMovedShare: 0.1 } }
  const plan = partitionAccounts(accounts, asked)
  const turned = partitionAccounts([...accounts].reverse(), { ...asked, current: [...(options.current as Alignment)].reverse() })
  expect([...turned.alignment].reverse()).toEqual(plan.alignment)
  expect(turned.certificate).toEqual(plan.certificate)
})

test("bad input is named", () => {
  const { accounts, options } = problem(1)
  const refused = (disruption: unknown, more: object = {}): string => messageOf(() => partitionAccounts(accounts, { ...options, ...more, disruption } as PartitionOptions<Row>))
  expect(refused({ maxMovedShare: -0.1 })).toBe("disruption.maxMovedShare: must be a fraction between 0 and 1, got -0.1")
  expect(refused({ maxMovedShare: 15 })).toBe("disruption.maxMovedShare: must be a fraction between 0 and 1, got 15 (15 % is 0.15)")
  expect(refused({ penalty: -1 })).toContain("disruption.penalty: must be a number of 0 or more")
  expect(refused({})).toContain("disruption: must state a penalty or a limit such as maxMovedShare")
  expect(refused({ penality: 3 })).toContain("penalty")
  expect(refused({ penalty: 1, weight: "revenu" })).toContain('must be a number, got undefined')
  expect(refused({ penalty: 1 }, { current: undefined })).toContain("disruption: needs `current`")
  expect(refused(0.1)).toContain("disruption: must be an object such as")
})
