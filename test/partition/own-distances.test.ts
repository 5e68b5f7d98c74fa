import { evaluateAlignment, partitionAccounts, type PartitionOptions, type TerritorySpec } from "equiterra"
import { expect, test } from "vitest"
import { createRandom } from "../../src/math/random.js"
import { caught } from "../helpers/caught"
import { randomAccounts } from "../helpers/random-accounts"
import { distanceBetween, exactSum, type Row } from "../helpers/recompute-plan"

const place = (row: Row): NonNullable<TerritorySpec["center"]> => (row.x === undefined ? { longitude: row.longitude as number, latitude: row.latitude as number } : { x: row.x, y: row.y as number })

/** Minutes by road: no multiple of the distance, the same for the same pair. */
function minutes(account: Row, territory: TerritorySpec): number {
  const random = createRandom(account.id.length * 131 + Number(account.id.replace(/\D/g, "")) * 17 + Number(territory.id.replace(/\D/g, "")))
  return 3600 * (0.2 + random()) * (1 + distanceBetween(account, territory.center as NonNullable<TerritorySpec["center"]>))
}

function homes(accounts: readonly Row[], k: number): TerritorySpec[] {
  return accounts.slice(0, k).map((row, t) => ({ id: `T${t}`, center: place(row), centerFixed: t % 2 === 0 }))
}

test("the plan is the best on the caller's own ways: against all assignments, with groups, lists and budgets", () => {
  for (let seed = 0; seed < 16; seed++) {
    const accounts = randomAccounts(8, seed, seed % 2 === 0 ? "plane" : "globe")
    const territories = homes(accounts, 2)
    const current = accounts.slice(2).map(({ id }, i) => ({ accountId: id, territoryId: `T${i % 2}` }))
    const options: PartitionOptions<Row> = {
      territories,
      measures: { hours: { value: "hours", tolerance: 0.4 } },
      compactness: { distance: minutes, power: seed % 3 === 0 ? 2 : 1 },
      ...(seed % 4 === 1 ? { together: [[accounts[3].id, accounts[6].id]] } : {}),
      ...(seed % 4 === 2 ? { eligible: ({ id }: Row, { id: t }: TerritorySpec) => id !== accounts[1].id || t === "T1" } : {}),
      ...(seed % 4 === 3 ? { current, disruption: { maxMovedShare: 0.5 } } : {}),
      seed,
    }
    let best = Infinity
    for (let code = 0; code < 2 ** 8; code++) {
      const alignment = accounts.map(({ id }, i) => ({ accountId: id, territoryId: `T${(code >> i) & 1}` }))
      // what a list forbids has no distance
      if (seed % 4 === 2 && alignment[1].territoryId !== "T1") continue
      const judged = evaluateAlignment(accounts, alignment, options)
      expect(judged.cost).toBeCloseTo(exactSum(alignment.map(({ territoryId }, i) => (accounts[i].hours as number) * minutes(accounts[i], territories.find(({ id }) => id === territoryId) as TerritorySpec) ** (seed % 3 === 0 ? 2 : 1))), -1)
      if (judged.violations.length === 0) best = Math.min(best, (judged.cost as number))
    }
    const plan = partitionAccounts(accounts, options)
    expect(plan.violations.length === 0, `seed ${seed}`).toBe(best < Infinity)
    if (best === Infinity) continue
    expect((plan.cost as number) / best, `seed ${seed}`).toBeCloseTo(1, 9)
    expect(plan.certificate.lowerBound as number).toBeLessThanOrEqual(best * (1 + 1e-12))
    expect(plan.certificate.pairs).toBe("all")
  }
})

test("with many territories only near pairs are asked for, the certificate says so, and rows say the same as the function", () => {
  for (const space of ["plane", "globe"] as const) {
    const accounts = randomAccounts(400, 3, space)
    const territories = homes(accounts, 24)
    const asked = new Map<string, number>()
    const measures = { hours: { value: "hours", tolerance: 0.4 }, revenue: { value: "revenue", tolerance: 0.5 } }
    const distance = (account: Row, territory: TerritorySpec): number => {
      asked.set(account.id, (asked.get(account.id) ?? 0) + 1)
      return minutes(account, territory)
    }
    const plan = partitionAccounts(accounts, { territories, measures, compactness: { distance } })
    expect([...asked.values()].every((count) => count === 16)).toBe(true)
    expect(plan.certificate.pairs).toBe("listed")
    expect(plan.violations).toEqual([])
    expect(plan.certificate.gap as number).toBeLessThan(0.03)
    // fixed centers stay, the others follow
    territories.forEach(({ center, centerFixed }, t) => {
      if (centerFixed === true) expect(plan.territories[t].center).toEqual(center)
    })
    const near = accounts.flatMap((account) => [...territories].sort((a, b) => distanceBetween(account, a.center as never) - distanceBetween(account, b.center as never)).slice(0, 16).map((territory) => ({ accountId: account.id, territoryId: territory.id, distance: minutes(account, territory) })))
    const { digest, ...same } = partitionAccounts(accounts, { territories, measures, compactness: { distance: near } })
    expect(digest.compactness.distance).toBe(true)
    const { digest: _, ...first } = plan
    expect(same).toEqual(first)
    // maxDistance drops pairs
    const most = [...near].sort((a, b) => a.distance - b.distance)[Math.floor(0.7 * near.length)].distance
    const limited = partitionAccounts(accounts, { territories, measures: { hours: { value: "hours", tolerance: null } }, compactness: { distance: near }, maxDistance: most })
    for (const { accountId, territoryId } of limited.alignment) expect(minutes(accounts.find(({ id }) => id === accountId) as Row, territories.find(({ id }) => id === territoryId) as TerritorySpec)).toBeLessThanOrEqual(most)
  }
})

test("who stands elsewhere than at its lock breaks the lock, with groups and without, and costs what its way does", () => {
  const accounts = randomAccounts(7, 5, "plane")
  const territories = homes(accounts, 2)
  const current = accounts.map(({ id }) => ({ accountId: id, territoryId: "T0" }))
  const alignment = accounts.map(({ id }) => ({ accountId: id, territoryId: "T1" }))
  for (const together of [undefined, [["A2", "A3"]], [["A0", "A4"]]]) {
    const judged = evaluateAlignment(accounts, alignment, { territories, measures: { hours: { value: "hours", tolerance: null } }, compactness: { distance: minutes }, current, locked: ["A0", "A1"], ...(together === undefined ? {} : { together }) })
    expect(judged.violations.filter(({ criterion }) => criterion === "lock").map(({ accountId }) => accountId)).toEqual(together?.[0][0] === "A0" ? ["A0", "A1", "A4"] : ["A0", "A1"])
    expect((judged.cost as number) / exactSum(accounts.map((row) => (row.hours as number) * minutes(row, territories[1]) ** 2))).toBeCloseTo(1, 12)
  }
})

test("bad ways are named by pair", () => {
  const accounts: Row[] = [{ id: "A", x: 0, y: 0, hours: 1 }, { id: "B", x: 1, y: 0, hours: 1 }]
  const messageOf = (distance: unknown, change: object = {}): string =>
    (caught(() => partitionAccounts(accounts, { territories: [{ id: "n" }, { id: "s" }], measures: { hours: { value: "hours" } }, compactness: { distance }, ...change } as never)) as Error).message
  expect(messageOf(() => -1)).toContain('compactness.distance: must return a number of 0 or more, for account "A" and territory "n" too, got -1')
  expect(messageOf([{ accountId: "A", territoryId: "n", distance: 1 }])).toBe('accounts[1]: account "B" has no distance to any territory that it may go to (add a row, or leave it out)')
  expect(messageOf([{ accountId: "Z", territoryId: "n", distance: 1 }])).toContain('compactness.distance[0].accountId: is no account of this call, got "Z"')
  expect(messageOf([{ accountId: "A", territoryId: "x", distance: 1 }])).toContain('compactness.distance[0].territoryId: is no listed territory, got "x"')
  expect(messageOf([{ accountId: "A", territoryId: "n", distance: "5" }])).toContain("compactness.distance[0].distance: must be a number of 0 or more")
  expect(messageOf(() => 9, { maxDistance: 5 })).toContain('account "A" is farther than 5 from every territory that it may go to: the nearest is 9 away (raise maxDistance, or leave it out)')
  const noLock = { territories: [{ id: "n" }, { id: "s" }], measures: { hours: { value: "hours" } }, current: [{ accountId: "A", territoryId: "n" }], locked: ["A"], compactness: { distance: accounts.map(({ id }) => ({ accountId: id, territoryId: "s", distance: 1 })) } }
  const stands = accounts.map(({ id }) => ({ accountId: id, territoryId: "s" }))
  expect((caught(() => evaluateAlignment(accounts, stands, noLock)) as Error).message).toBe('accounts[0]: account "A" has no distance to any territory that it may go to (add a row, or leave it out)')
  const known = { ...noLock, locked: [], current: [], compactness: { distance: () => 1 } }
  expect((caught(() => evaluateAlignment(accounts, stands.slice(1), known)) as Error).message).toBe('alignment: has no row for account "A" (see checkCoverage)')
  expect((caught(() => evaluateAlignment(accounts, [null, ...stands] as never, known)) as { code: string }).code).toBe("assignment-type")
  expect(messageOf("road")).toContain("compactness.distance: must be a function of an account and a territory, or rows")
  expect(messageOf(() => 1, { territories: 2 })).toContain("compactness.distance: needs listed territories")
  expect(messageOf(() => 1, { certificate: "all-centers", centers: "account" })).toContain('"all-centers" has no meaning where distances are given')
})
