import { evaluateAlignment, partitionAccounts, partitionAccountsAsync } from "equiterra"
import fc from "fast-check"
import { expect, test } from "vitest"
import { arbitraryInstance, deepFreeze, randomAccounts, seeded, shuffled } from "../helpers/random-accounts"
import { contractFaults, type Row } from "../helpers/recompute-plan"

const measures = { hours: { value: "hours" }, revenue: { value: "revenue" } }
const seed = 20_260_101

test("any instance, possible or not, is answered by the contract: every figure as recomputed", { timeout: 120_000 }, () => {
  const kinds = new Set<string>()
  fc.assert(
    fc.property(arbitraryInstance, ({ accounts, options }) => {
      const plan = partitionAccounts(accounts, options)
      kinds.add(plan.infeasibility?.kind ?? "kept")
      expect(contractFaults(accounts, options, plan)).toEqual([])
    }),
    { numRuns: 120, seed },
  )
  // the instances are of all three kinds, or this test would show little
  expect([...kinds].sort()).toEqual(["divisible", "indivisible", "kept"])
})

test("the figures hold at real sizes, with one, two and three measures", () => {
  const accounts = randomAccounts(400, 1)
  for (const [names, k] of [[["hours"], 12], [["hours", "revenue"], 8], [["hours", "revenue", "visits"], 5]] as const) {
    const options = { territories: k, measures: Object.fromEntries(names.map((name) => [name, { value: name }])), starts: 1 }
    expect(contractFaults(accounts, options, partitionAccounts(accounts, options))).toEqual([])
  }
})

test("the same call gives the same bytes, synchronously or not", async () => {
  const accounts = randomAccounts(150, 2)
  const options = { territories: 6, measures, starts: 2 }
  const bytes = JSON.stringify(partitionAccounts(accounts, options))
  expect(JSON.stringify(partitionAccounts(accounts, options))).toBe(bytes)
  expect(JSON.stringify(await partitionAccountsAsync(accounts, options))).toBe(bytes)
  expect(JSON.stringify(partitionAccounts(accounts, { ...options, seed: 7 }))).not.toBe(bytes)
})

test("two searches at once do not disturb each other", async () => {
  const [a, b] = [randomAccounts(80, 3), randomAccounts(80, 4)]
  const options = { territories: 4, measures, starts: 1 }
  const both = await Promise.all([partitionAccountsAsync(a, options), partitionAccountsAsync(b, options)])
  expect(both).toEqual([partitionAccounts(a, options), partitionAccounts(b, options)])
})

test("shuffled rows change nothing but the order of the alignment", () => {
  for (const space of ["globe", "plane"] as const) {
    const accounts = randomAccounts(120, 5, space)
    const options = { territories: 5, measures, starts: 1, compactness: { weight: (row: Row) => Math.sqrt(row.people as number) } }
    const plan = partitionAccounts(accounts, options)
    for (const order of [6, 7, 8, 9]) {
      const again = partitionAccounts(shuffled(accounts, order), options)
      expect(new Map(again.alignment.map((row) => [row.accountId, row.territoryId]))).toEqual(new Map(plan.alignment.map((row) => [row.accountId, row.territoryId])))
      expect(JSON.stringify({ ...again, alignment: [] })).toBe(JSON.stringify({ ...plan, alignment: [] }))
    }
  }
})

test("frozen accounts and options work and stay as they were", () => {
  const accounts = randomAccounts(40, 7)
  const options = { territories: [{ id: "north", share: 0.4 }, { id: "south" }, { id: "west", share: { hours: 0.3 } }], measures, starts: 1 }
  const [accountsBefore, optionsBefore] = [JSON.stringify(accounts), JSON.stringify(options)]
  const plan = partitionAccounts(deepFreeze(accounts), deepFreeze(options))
  evaluateAlignment(accounts, deepFreeze(plan.alignment), options)
  expect(JSON.stringify(accounts)).toBe(accountsBefore)
  expect(JSON.stringify(options)).toBe(optionsBefore)
})

test("a progress function that changes the input has no effect", () => {
  const accounts = randomAccounts(60, 8).map((row) => ({ ...row })) as { id: string; hours: number; longitude: number }[]
  const specs = ["a", "b", "c"].map((id) => ({ id, name: id }))
  const options = { territories: specs, measures: { hours: { value: "hours" } }, starts: 1, seed: 3 }
  const quiet = partitionAccounts(accounts, options)
  const plan = partitionAccounts(accounts, {
    ...options,
    onProgress() {
      for (const row of accounts) Object.assign(row, { id: "?", hours: NaN, longitude: 0 })
      for (const spec of specs) Object.assign(spec, { id: "?", name: "?" })
    },
  })
  expect(accounts[0].id).toBe("?")
  expect(plan).toEqual(quiet)
})

/** Costs of two plans of the same problem agree up to the rounding of its numbers. */
function expectSameObjective(a: ReturnType<typeof partitionAccounts>, b: ReturnType<typeof partitionAccounts>, scale = 1): void {
  expect(Math.abs((b.cost as number) - scale * (a.cost as number))).toBeLessThanOrEqual(1e-9 * scale * (a.cost as number))
  expect(b.violations.length).toBe(a.violations.length)
}

test("a measure times a power of two, with its bounds, gives the same plan bit by bit", () => {
  const accounts = randomAccounts(90, 9, "plane")
  const plan = partitionAccounts(accounts, { territories: 4, measures: { hours: { value: "hours", min: 18, max: 30 }, visits: { value: "visits" } }, starts: 1 })
  for (const factor of [2 ** -20, 8, 2 ** 40]) {
    const scaled = partitionAccounts(accounts, {
      territories: 4,
      measures: { hours: { value: (row) => (row.hours as number) * factor, min: 18 * factor, max: 30 * factor }, visits: { value: "visits" } },
      starts: 1,
    })
    expect(JSON.stringify(scaled.alignment)).toBe(JSON.stringify(plan.alignment))
    expect(scaled.cost).toBe((plan.cost as number) * factor)
    expect(scaled.territories.map((territory) => territory.measures.hours.activity)).toEqual(plan.territories.map((territory) => territory.measures.hours.activity * factor))
  }
})

test("any other factor gives the same objective", () => {
  const accounts = randomAccounts(90, 10)
  const plan = partitionAccounts(accounts, { territories: 4, measures, starts: 1 })
  for (const factor of [1e-9, 0.37, 1e9]) {
    const scaled = partitionAccounts(accounts, { territories: 4, measures: { ...measures, hours: { value: (row) => (row.hours as number) * factor } }, starts: 1 })
    expectSameObjective(plan, scaled, factor)
  }
})

test("a plan does not depend on where the meridian is: across the antimeridian it is the same", () => {
  for (const seedOfMap of [11, 30, 31, 32]) {
    const accounts = randomAccounts(100, seedOfMap)
    const options = { territories: 5, measures, starts: 2 }
    const plan = partitionAccounts(accounts, options)
    const changes = [100, 170, 277].map((turn) => (partitionAccounts(turned(accounts, turn), options).cost as number) / (plan.cost as number) - 1)
    // mostly the very same plan; the last bit of a coordinate may send the annealing another way, to a plan about as good
    for (const change of changes) expect(Math.abs(change)).toBeLessThan(2e-3)
    expect(changes.filter((change) => Math.abs(change) < 1e-9).length).toBeGreaterThanOrEqual(2)
  }
})

test("at fixed centers the divisible optimum is the same wherever the meridian is", () => {
  const accounts = randomAccounts(100, 33)
  const optimum = (turn: number): number => {
    const territories = [-98, -94, -90].map((longitude, t) => ({ id: `T${t}`, center: turned([{ longitude, latitude: 39 + t }], turn)[0], centerFixed: true }))
    return partitionAccounts(turned(accounts, turn), { territories, measures }).certificate.relaxedCost as number
  }
  for (const turn of [100, 170, 277]) expect(Math.abs(optimum(turn) / optimum(0) - 1)).toBeLessThan(1e-9)
})

function turned<T extends { readonly longitude?: number }>(rows: readonly T[], degrees: number): (T & { longitude: number })[] {
  return rows.map((row) => ({ ...row, longitude: (((row.longitude as number) + degrees + 540) % 360) - 180 }))
}

test("a longitude written as lon + 360 is the same place, with a warning", () => {
  const accounts = randomAccounts(30, 12)
  const options = { territories: 3, measures, starts: 1 }
  const plan = partitionAccounts(accounts.map((row) => ({ ...row, longitude: (row.longitude as number) + 360 })), options)
  expect(plan.warnings.map((warning) => warning.code)).toEqual(["longitude-wrapped"])
  expectSameObjective(partitionAccounts(accounts, options), plan)
})

test("a plane may be moved, turned and mirrored", () => {
  const accounts = randomAccounts(100, 13, "plane")
  const options = { territories: 5, measures, starts: 2 }
  const plan = partitionAccounts(accounts, options)
  const moves: ((x: number, y: number) => { x: number; y: number })[] = [
    (x, y) => ({ x: x + 12_345.678, y: y - 987.65 }),
    (x, y) => ({ x: -y, y: x }),
    (x, y) => ({ x: -x, y }),
    (x, y) => ({ x: 0.6 * x - 0.8 * y, y: 0.8 * x + 0.6 * y }),
  ]
  for (const move of moves) expectSameObjective(plan, partitionAccounts(accounts.map((row) => ({ ...row, ...move(row.x as number, row.y as number) })), options))
})

test("accounts around a pole are neighbors whatever their longitudes", () => {
  const random = seeded(14)
  const accounts: Row[] = Array.from({ length: 60 }, (_, i) => ({ id: `A${i}`, longitude: -180 + 360 * random(), latitude: 89.99, hours: 1 }))
  const plan = partitionAccounts(accounts, { territories: 1, measures: { hours: { value: "hours" } } })
  // all within 1.12 km of the pole
  expect(plan.cost).toBeLessThan(60 * 1.12 ** 2)
  const options = { territories: 4, measures: { hours: { value: "hours" } } }
  expect(contractFaults(accounts, options, partitionAccounts(accounts, options))).toEqual([])
})

test("an account without activity changes nothing for the others and goes to the nearest center", () => {
  const accounts = randomAccounts(60, 15, "plane")
  const options = { territories: ["a", "b", "c"].map((id, t) => ({ id, center: { x: 200 + 300 * t, y: 300 }, centerFixed: true })), measures: { hours: { value: "hours" } } }
  const plan = partitionAccounts(accounts, options)
  const more = partitionAccounts([...accounts, { id: "zero", x: 210, y: 310, hours: 0 }], { ...options, compactness: { weight: (row: Row) => (row.id === "zero" ? 1 : (row.hours as number)) } })
  expect(more.alignment.slice(0, 60)).toEqual(plan.alignment)
  expect(more.alignment[60].territoryId).toBe("a")
})

test("two far groups are never mixed", () => {
  for (let order = 0; order < 5; order++) {
    const groups = Array.from({ length: 20 }, (_, i) => ({ id: `A${i}`, x: (i % 2) * 1000 + i, y: i, hours: 1 }))
    const plan = partitionAccounts(shuffled(groups, order), { territories: 2, measures: { hours: { value: "hours" } } })
    const east = new Set(plan.alignment.filter((row) => Number(row.accountId.slice(1)) % 2 === 1).map((row) => row.territoryId))
    expect(east.size).toBe(1)
    expect(plan.imbalance.hours).toBe(0)
  }
})

test("one territory takes everything, and as many as accounts take one each", () => {
  const accounts = randomAccounts(12, 16)
  const one = { territories: 1, measures }
  const whole = partitionAccounts(accounts, one)
  expect(contractFaults(accounts, one, whole)).toEqual([])
  expect(whole.territories.map((territory) => territory.id)).toEqual(["t1"])
  expect(whole.certificate.gap).toBe(0)
  const all = { territories: 12, measures: { hours: { value: "hours", tolerance: null } } }
  const each = partitionAccounts(accounts, all)
  expect(contractFaults(accounts, all, each)).toEqual([])
  expect(each.territories.map((territory) => territory.accountCount)).toEqual(new Array(12).fill(1))
  expect(each.cost).toBeLessThan(1e-9) // km^2: every account is its own center
})

test("all accounts in one place are shared out by amount alone, at no cost", () => {
  for (const place of [{ x: 3, y: 4 }, { longitude: 11.5, latitude: 48.1 }]) {
    const accounts = Array.from({ length: 12 }, (_, i) => ({ id: `A${i}`, ...place, hours: 1 }))
    const options = { territories: 3, measures: { hours: { value: "hours" } } }
    const plan = partitionAccounts(accounts, options)
    expect(contractFaults(accounts, options, plan)).toEqual([])
    expect(plan.territories.map((territory) => territory.accountCount)).toEqual([4, 4, 4])
    expect(plan.cost).toBeLessThan(1e-12)
  }
})

test("copies of every account, with the bounds doubled, at fixed centers double the divisible optimum", () => {
  const accounts = randomAccounts(40, 17, "plane")
  const territories = [{ id: "w", center: { x: 250, y: 350 }, centerFixed: true }, { id: "e", center: { x: 750, y: 350 }, centerFixed: true }]
  const once = partitionAccounts(accounts, { territories, measures })
  const twice = partitionAccounts([...accounts, ...accounts.map((row) => ({ ...row, id: `${row.id} again` }))], { territories, measures })
  expect(twice.certificate.relaxedCost as number).toBeCloseTo(2 * (once.certificate.relaxedCost as number), 3)
})

test("where centers are fixed, a looser tolerance never raises the divisible optimum", () => {
  const accounts = randomAccounts(60, 18, "plane")
  const territories = [{ id: "w", center: { x: 100, y: 350 }, centerFixed: true }, { id: "m", center: { x: 300, y: 350 }, centerFixed: true }, { id: "e", center: { x: 900, y: 350 }, centerFixed: true }]
  const optima = [0, 0.01, 0.05, 0.2, 0.5, 2].map((tolerance) => partitionAccounts(accounts, { territories, measures: { hours: { value: "hours", tolerance } } }).certificate.relaxedCost as number)
  for (let step = 1; step < optima.length; step++) expect(optima[step]).toBeLessThanOrEqual(optima[step - 1] * (1 + 1e-9))
  expect(optima[5]).toBeLessThan(0.9 * optima[0])
})
