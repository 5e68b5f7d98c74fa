import { assignAccounts, checkDrift, evaluateAlignment, partitionAccounts, type DistanceRow, type PartitionOptions, type PartitionResult, type TerritorySpec } from "equiterra"
import fc from "fast-check"
import { expect, test } from "vitest"
import { createRandom } from "../../../src/math/random.js"
import { caught } from "../../helpers/caught"
import { randomAccounts } from "../../helpers/random-accounts"
import { exactSum, readPlanOptions, type Row } from "../../helpers/recompute-plan"

/** Minutes by road: no multiple of the distance, the same for the same pair. */
function minutes(account: Row, territory: TerritorySpec): number {
  const random = createRandom(Number(account.id.replace(/\D/g, "")) * 17 + Number(territory.id.replace(/\D/g, "")) + (account.id.startsWith("N") ? 9999 : 0))
  return 1 + 60 * random()
}

interface Sample {
  readonly old: Row[]
  readonly fresh: Row[]
  readonly options: PartitionOptions<Row>
  readonly isPair: (account: Row, territory: { readonly id: string }) => boolean
}

/** A problem on ways by function or by rows, some pairs without any, and accounts that come later. */
function sample(seed: number): Sample {
  const random = createRandom(seed)
  const k = 2 + Math.floor(3 * random())
  const all = randomAccounts(12 + k, seed, seed % 2 === 0 ? "plane" : "globe").map((row, i) => ({ ...row, people: i % 7 === 6 ? 0 : row.people }))
  const territories = all.slice(0, k).map(({ x, y, longitude, latitude }, t): TerritorySpec => ({ id: `T${t}`, ...(t % 2 === 0 ? { name: `Rep ${t}`, center: x === undefined ? { longitude: longitude as number, latitude: latitude as number } : { x, y: y as number } } : {}) }))
  const fresh = all.slice(-4).map((row) => ({ ...row, id: `N${row.id}` }))
  const old = all.slice(0, -4)
  const byRows = seed % 3 === 0
  const eligible = ({ hours }: Row, { id }: { readonly id: string }): boolean => (hours as number) % 2 === 0 || id !== "T1"
  const hasLists = seed % 4 === 1
  const maxDistance = seed % 5 === 2 ? 55 : Infinity
  const isPair = (account: Row, { id }: { readonly id: string }): boolean => (!byRows || Number(id.slice(1)) !== account.id.length % k) && (!hasLists || eligible(account, { id })) && minutes(account, { id }) <= maxDistance
  const rows = [...old, ...fresh].flatMap((account) => territories.filter(({ id }) => !byRows || Number(id.slice(1)) !== account.id.length % k).map(({ id }): DistanceRow => ({ accountId: account.id, territoryId: id, distance: minutes(account, { id }) })))
  const options: PartitionOptions<Row> = {
    territories,
    measures: { hours: { value: "hours", tolerance: 0.3 } },
    compactness: { weight: "people", power: seed % 2 === 0 ? 1 : 2, distance: byRows ? rows : minutes },
    ...(hasLists ? { eligible } : {}),
    ...(maxDistance === Infinity ? {} : { maxDistance }),
    starts: 1,
  }
  return { old, fresh, options, isPair }
}

/** What partitionAccounts takes: rows of these accounts only. */
function of(accounts: readonly Row[], options: PartitionOptions<Row>): PartitionOptions<Row> {
  const ids = new Set(accounts.map(({ id }) => id))
  const distance = options.compactness?.distance
  return typeof distance === "function" ? options : { ...options, compactness: { ...options.compactness, distance: (distance ?? []).filter(({ accountId }) => ids.has(accountId)) } }
}

test("new accounts go where the caller's way less the prices is least, and the plan that comes back is a plan with a proven bound", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000 }), (seed) => {
      const { old, fresh, options, isPair } = sample(seed)
      const specs = options.territories as readonly TerritorySpec[]
      const reachable = [...old, ...fresh].every((row) => specs.some((spec) => isPair(row, spec)))
      if (!reachable) return
      const { power } = readPlanOptions(old, options)
      const plan = JSON.parse(JSON.stringify(partitionAccounts(old, of(old, options)))) as PartitionResult
      const result = assignAccounts(plan, fresh, options)
      fresh.forEach((account, i) => {
        const weight = account.people as number
        const keys = plan.territories.map(({ id, prices }) => (isPair(account, { id }) ? (weight === 0 ? minutes(account, { id }) : weight * minutes(account, { id }) ** power - prices.hours * (account.hours as number)) : Infinity))
        const best = plan.territories[keys.indexOf(Math.min(...keys))].id
        const { territoryId, cost, runnerUp } = result.placements[i]
        expect(territoryId).toBe(best)
        expect(cost).toBe(weight === 0 ? 0 : weight * minutes(account, { id: territoryId }) ** power)
        expect(runnerUp === null).toBe(keys.filter((key) => key < Infinity).length === 1)
      })
      const all = [...old, ...fresh]
      const judged = evaluateAlignment(all, result.plan.alignment, options)
      expect((result.plan.cost as number) / (judged.cost as number)).toBeCloseTo(1, 9)
      expect(result.plan.digest).toEqual(judged.digest)
      expect(result.plan.certificate.pairs).toBe(judged.certificate.pairs)
      const { lowerBound } = result.plan.certificate
      if (lowerBound !== null && judged.certificate.relaxedCost !== null) expect(lowerBound).toBeLessThanOrEqual(judged.certificate.relaxedCost * (1 + 1e-9))
      // the plan goes on, and nothing has drifted that was not added
      const drift = checkDrift(result.plan, all, options)
      expect((drift.cost.planned as number) / (drift.cost.now as number)).toBeCloseTo(1, 9)
      expect(checkDrift(plan, old, of(old, options)).cost.now).toBeCloseTo((plan.cost as number), 6)
    }),
    { numRuns: 40 },
  )
})

test("the bound of the longer plan is that of its prices on the caller's ways", () => {
  const { old, fresh, options } = sample(4)
  const { plan } = assignAccounts(partitionAccounts(old, options), fresh, options)
  const { boundsOf, weights, values, power } = readPlanOptions([...old, ...fresh], options)
  const ofAccounts = [...old, ...fresh].map((row, i) => Math.min(...plan.territories.map(({ id, prices }) => weights[i] * minutes(row, { id }) ** power - prices.hours * values.hours[i])))
  const ofBounds = plan.territories.map(({ id, prices }) => {
    const { min, max } = boundsOf(id, plan.territories.length, "hours")
    return prices.hours > 0 ? prices.hours * (min as number) : prices.hours * (max as number)
  })
  expect((plan.certificate.lowerBound as number) / exactSum([...ofAccounts, ...ofBounds])).toBeCloseTo(1, 9)
})

test("a function is asked for every pair once, with the territories that partitionAccounts passed, and only with those of new accounts", () => {
  const rows = randomAccounts(60, 3, "plane")
  const territories = rows.slice(0, 20).map(({ x, y }, t): TerritorySpec => ({ id: `T${t}`, name: `Rep ${t}`, ...(t < 2 ? { share: 0.1 } : {}), max: { hours: 40 }, center: { x: x as number, y: y as number }, ...(t === 0 ? { centerFixed: true } : {}) }))
  const seen: [string, TerritorySpec][] = []
  const distance = (account: Row, territory: TerritorySpec): number => {
    seen.push([account.id, territory])
    return minutes(account, territory)
  }
  const options = { territories, measures: { hours: { value: "hours", tolerance: 0.9 } }, compactness: { weight: "people", distance } }
  const old = rows.slice(0, 55)
  const fresh = rows.slice(55).map((row) => ({ ...row, id: `N${row.id}` }))
  const plan = partitionAccounts(old, options)
  const planned = new Map(seen.map(([, territory]) => [territory.id, territory]))
  seen.length = 0
  const stated = assignAccounts(plan, fresh, options)
  expect(new Set(seen.map(([id, { id: t }]) => `${id} ${t}`)).size).toBe(5 * 20)
  expect(seen).toHaveLength(5 * 20)
  for (const [, territory] of seen) expect(territory).toEqual(planned.get(territory.id))
  // without territories: what the plan keeps of them
  seen.length = 0
  expect(assignAccounts(JSON.parse(JSON.stringify(plan)) as PartitionResult, fresh, { compactness: { distance } })).toEqual(stated)
  for (const [, { id, name, center }] of seen) expect([name, center]).toEqual([planned.get(id)?.name, planned.get(id)?.center])
  seen.length = 0
  checkDrift(plan, [...old.slice(5), ...fresh], { compactness: { distance } })
  expect(seen.map(([id, { id: t }]) => [id, t])).toEqual(plan.alignment.slice(5).map(({ accountId, territoryId }) => [accountId, territoryId]))
  // another place is another way
  expect(caught(() => assignAccounts(plan, fresh, { ...options, territories: territories.map((spec) => ({ ...spec, center: { x: 1, y: 1 } })) })).path).toBe("territories[0].center.x")
})

test("ways of today: what has got longer costs more", () => {
  const { old, options } = sample(2)
  const plan = partitionAccounts(old, options)
  const drift = checkDrift(plan, old, { ...options, compactness: { ...options.compactness, distance: (account, territory) => 2 * minutes(account, territory) } })
  expect((drift.cost.now as number) / (drift.cost.planned as number)).toBeCloseTo(2, 9)
  expect(drift.isDrifted).toBe(checkDrift(plan, old, options).isDrifted)
})

test("what is missing or wrong is told with what would help", () => {
  const accounts: Row[] = [{ id: "A", x: 0, y: 0, hours: 1 }, { id: "B", x: 1, y: 0, hours: 1 }]
  const measures = { hours: { value: "hours" } }
  const base = { territories: [{ id: "n" }, { id: "s" }], measures }
  const rows = [{ accountId: "A", territoryId: "n", distance: 1 }, { accountId: "B", territoryId: "s", distance: 1 }]
  const plan = partitionAccounts(accounts, { ...base, compactness: { distance: rows } })
  const plain = partitionAccounts(accounts, base)
  const fresh: Row[] = [{ id: "C", x: 2, y: 0, hours: 1 }]
  const assigning = (distance: unknown, more: object = {}, of: PartitionResult = plan): string => (caught(() => assignAccounts(of, fresh, { ...base, compactness: { distance }, ...more } as never)) as Error).message
  const drifting = (distance: unknown, of: PartitionResult = plan): string => (caught(() => checkDrift(of, accounts, { ...base, compactness: { distance } } as never)) as Error).message
  const missing = "compactness.distance: was given when the plan was made, and a plan keeps no distances (pass the same function, or rows { accountId, territoryId, distance } of these accounts)"
  expect((caught(() => assignAccounts(plan, fresh)) as Error).message).toBe(missing)
  expect((caught(() => checkDrift(plan, accounts, base)) as Error).message).toBe(missing)
  expect(assigning(() => 1, {}, plain)).toBe("compactness.distance: must be left out, as in the plan, got a function (pass the options that the plan was made with, or make a new plan with partitionAccounts)")
  expect(drifting(rows, plain)).toContain("compactness.distance: must be left out, as in the plan, got an array")
  expect(assigning("road")).toContain("compactness.distance: must be a function of an account and a territory, or rows")
  // rows of the plan's own accounts are passed over
  expect(assigning(rows)).toBe('accounts[0]: account "C" has no distance to any territory that it may go to (add a row, or leave it out)')
  expect(assigning([{ accountId: "Z", territoryId: "n", distance: 1 }])).toContain('compactness.distance[0].accountId: is no account of this call, got "Z"')
  expect(assigning(() => -1)).toContain('compactness.distance: must return a number of 0 or more, for account "C" and territory "n" too, got -1')
  expect(assigning(() => { throw new Error("no road") })).toContain('compactness.distance: could not be asked for account "C" and territory "n": "no road" was thrown')
  expect(drifting(rows.slice(0, 1))).toBe('accounts[1]: account "B" has no distance to territory "s", in which the plan has it (add a row, or leave it out)')
  expect(drifting(() => NaN)).toContain("compactness.distance: must return a number of 0 or more")
  const near = partitionAccounts(accounts, { ...base, compactness: { distance: rows }, maxDistance: 5 })
  expect(assigning(() => 9, { maxDistance: 5 }, near)).toBe('accounts[0]: account "C" is farther than 5 from every territory that it may go to: the nearest is 9 away (raise maxDistance, or leave it out)')
  expect(assignAccounts(plan, [], { compactness: { distance: [] } }).plan).toEqual(plan)
  const edited = { ...plan, digest: { ...plan.digest, compactness: { ...plan.digest.compactness, distance: false } } } as unknown as PartitionResult
  expect(caught(() => assignAccounts(edited, fresh)).path).toBe("plan.digest.compactness.distance")
})
