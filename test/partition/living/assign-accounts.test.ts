import { assignAccounts, checkDrift, evaluateAlignment, partitionAccounts, type AssignResult, type Location, type PartitionOptions, type PartitionResult } from "equiterra"
import fc from "fast-check"
import { expect, test } from "vitest"
import { caught } from "../../helpers/caught"
import { arbitraryInstance, deepFreeze, randomAccounts, shuffled } from "../../helpers/random-accounts"
import { boundFromPrices, distanceBetween, exactSum, readPlanOptions, type Row } from "../../helpers/recompute-plan"

const measures = { hours: { value: "hours" }, revenue: { value: "revenue" } }

interface Sample {
  readonly old: Row[]
  readonly fresh: Row[]
  readonly options: PartitionOptions<Row>
  readonly plan: PartitionResult
}

/** A plan of accounts, and new ones of the same kind. */
function sample(count: number, newCount: number, k: number, seed: number, space: "globe" | "plane" = "globe", more: Partial<PartitionOptions<Row>> = {}): Sample {
  const all = randomAccounts(count + newCount, seed, space)
  const options: PartitionOptions<Row> = { territories: k, measures, starts: 1, ...more }
  return { old: all.slice(0, count), fresh: all.slice(count).map((row) => ({ ...row, id: `N${row.id}` })), options, plan: partitionAccounts(all.slice(0, count), options) }
}

/** Costs less prices of an account at every territory, by haversine, straight from the plan's rows. */
function reducedCosts(account: Row, options: PartitionOptions<Row>, plan: PartitionResult): number[] {
  const { names, power, weights, values } = readPlanOptions([account], options)
  return plan.territories.map(({ center, prices }) => weights[0] * distanceBetween(account, center) ** power - names.reduce((sum, name) => sum + prices[name] * values[name][0], 0))
}

function faultsOfChoices(accounts: readonly Row[], options: PartitionOptions<Row>, plan: PartitionResult, result: AssignResult): string[] {
  const faults: string[] = []
  const placeOf = new Map(plan.territories.map(({ id }, t) => [id, t]))
  accounts.forEach((account, i) => {
    const { accountId, territoryId, runnerUp, isDiverted } = result.placements[i]
    if (accountId !== account.id || result.alignment[i].accountId !== account.id || result.alignment[i].territoryId !== territoryId) faults.push(`row ${i} is not of ${account.id}`)
    const { weights } = readPlanOptions([account], options)
    const keys = weights[0] === 0 ? plan.territories.map(({ center }) => distanceBetween(account, center)) : reducedCosts(account, options, plan)
    const chosen = keys[placeOf.get(territoryId) as number]
    // a distance is known to a part in 1e12 of the coordinates' size, a cost accordingly
    const size = account.x === undefined ? 6371 : Math.max(...[account, ...plan.territories.map(({ center }) => center as { x: number; y: number })].map(({ x, y }) => Math.max(Math.abs(x as number), Math.abs(y as number))))
    const farthest = Math.max(...plan.territories.map(({ center }) => distanceBetween(account, center)))
    const power = options.compactness?.power ?? 2
    const ofPlace = Math.max(1, weights[0]) * power * (farthest + 1e-12 * size) ** (power - 1) * 1e-12 * size
    const slack = 1e-7 * Math.max(1e-9, ...keys.map(Math.abs)) + ofPlace
    if (isDiverted || chosen > Math.min(...keys) + slack) faults.push(`${account.id} went to ${territoryId} at ${chosen}, not for ${Math.min(...keys)}`)
    if (plan.territories.length === 1) {
      if (runnerUp !== null) faults.push(`${account.id} has a runner-up of one`)
      return
    }
    const second = [...keys].sort((a, b) => a - b)[1]
    if (runnerUp === null || runnerUp.territoryId === territoryId) faults.push(`${account.id} has no runner-up`)
    else if (weights[0] > 0 && Math.abs(runnerUp.extraCost - (second - chosen)) > slack) faults.push(`${account.id}: the runner-up costs ${runnerUp.extraCost} more, recomputed ${second - chosen}`)
  })
  return faults
}

test.each(["globe", "plane"] as const)("every new account goes where cost less prices is least, by brute force, on the %s", (space) => {
  for (const power of [1, 2] as const) {
    for (const weight of [undefined, "people"]) {
      const { fresh, options, plan } = sample(200, 60, 7, 3, space, { compactness: { power, ...(weight === undefined ? {} : { weight }) } })
      expect(faultsOfChoices(fresh, options, plan, assignAccounts(plan, fresh, options))).toEqual([])
    }
  }
})

test("on any instance choices are the best ones, sums are conserved, and the plan that comes back is a plan", () => {
  fc.assert(
    fc.property(arbitraryInstance, fc.integer({ min: 1, max: 8 }), ({ accounts, options }, newCount) => {
      const whole = options as unknown as PartitionOptions<Row>
      const fresh = accounts.slice(0, newCount).map((row) => ({ ...row, id: `N${row.id}` }))
      const plan = partitionAccounts(accounts, whole)
      const before = JSON.stringify(plan)
      const result = assignAccounts(deepFreeze(plan), deepFreeze(fresh), whole)
      expect(JSON.stringify(plan)).toBe(before)
      expect(faultsOfChoices(fresh, whole, plan, result)).toEqual([])
      expect(JSON.parse(JSON.stringify(result))).toEqual(result)
      const all = [...accounts, ...fresh]
      const judged = evaluateAlignment(all, result.plan.alignment, { ...whole, territories: plan.territories.map(({ id }) => ({ id })) })
      const { names, totals } = readPlanOptions(all, whole)
      result.plan.territories.forEach((territory, t) => {
        expect(territory.accountCount).toBe(judged.territories[t].accountCount)
        for (const name of names) {
          for (const key of ["activity", "target", "min", "max"] as const) {
            const want = judged.territories[t].measures[name][key]
            if (want === null) expect(territory.measures[name][key]).toBeNull()
            else expect(Math.abs((territory.measures[name][key] as number) - want)).toBeLessThanOrEqual(1e-11 * Math.max(totals[name], want))
          }
        }
      })
      // the next batch goes on from there, and a copy is as good
      expect(assignAccounts(JSON.parse(JSON.stringify(result.plan)) as PartitionResult, [], whole).plan).toEqual(result.plan)
    }),
    { numRuns: 150 },
  )
})

test("the plan that comes back proves its lower bound by the same prices, for all of its accounts", () => {
  for (const space of ["globe", "plane"] as const) {
    const { old, fresh, options, plan } = sample(150, 50, 5, 8, space)
    const { plan: extended, cost } = assignAccounts(plan, fresh, options)
    const { lowerBound, relaxedCost, gap } = extended.certificate
    const bound = boundFromPrices([...old, ...fresh], options, extended)
    expect(Math.abs((lowerBound as number) - bound.value)).toBeLessThan(1e-9 * Math.max(bound.value, bound.largest))
    expect(relaxedCost).toBeNull()
    expect(gap).toBe(((extended.cost as number) - (lowerBound as number)) / (lowerBound as number))
    // a bound of the exact optimum at these centers, which a solver finds for itself
    const fixed = { ...options, territories: extended.territories.map(({ id, center }) => ({ id, center: center as Location, centerFixed: true })) }
    const exact = evaluateAlignment([...old, ...fresh], extended.alignment, fixed)
    expect(lowerBound).toBeLessThanOrEqual((exact.certificate.relaxedCost as number) * (1 + 1e-9))
    expect((extended.cost as number) / (exact.cost as number)).toBeCloseTo(1, 9)
    expect(((cost.after as number) - (cost.before as number)) / (cost.added as number)).toBeCloseTo(1, 9)
  }
})

test("a plan from JSON behaves as the plan itself, and the order of new accounts changes nothing but that of rows", () => {
  const { fresh, options, plan } = sample(300, 80, 9, 4)
  for (const within of [undefined, "bounds"] as const) {
    const own = within === undefined ? options : { ...options, within }
    const result = assignAccounts(plan, fresh, own)
    const copy = JSON.parse(JSON.stringify(plan)) as PartitionResult
    expect(copy).toEqual(plan)
    expect(JSON.stringify(assignAccounts(copy, fresh, own))).toBe(JSON.stringify(result))
    const other = assignAccounts(plan, shuffled(fresh, 5), own)
    expect(JSON.stringify([other.territories, other.violations, other.imbalance, other.cost])).toBe(JSON.stringify([result.territories, result.violations, result.imbalance, result.cost]))
    const byId = new Map(other.placements.map((placement) => [placement.accountId, placement]))
    expect(fresh.map(({ id }) => byId.get(id))).toEqual(result.placements)
  }
})

test("without options the plan's own are taken", () => {
  const { fresh, options, plan } = sample(120, 20, 4, 6, "plane", { compactness: { power: 1, weight: "people" }, measures: { hours: { value: "hours", tolerance: 0.1 } } })
  expect(assignAccounts(plan, fresh)).toEqual(assignAccounts(plan, fresh, options))
  expect(assignAccounts(plan, fresh, { within: "bounds" })).toEqual(assignAccounts(plan, fresh, { ...options, within: "bounds" }))
})

test("a plan's own accounts, as if they were new, would nearly all be placed where they are", () => {
  const { old, options, plan } = sample(400, 0, 8, 2)
  const placeOf = new Map(plan.territories.map(({ id }, t) => [id, t]))
  const away = old.filter((account, i) => {
    const reduced = reducedCosts(account, options, plan)
    return reduced[placeOf.get(plan.alignment[i].territoryId) as number] > Math.min(...reduced) + 1e-6
  })
  expect(away.length).toBeLessThan(0.1 * old.length)
})

test("accounts that would break an upper bound go to the cheapest territory with room, in the order of ids", () => {
  const { old, options, plan } = sample(200, 0, 6, 9, "plane", { measures: { hours: { value: "hours", tolerance: 0.05 } } })
  // a new suburb: all in one place
  const [{ center }] = plan.territories
  const suburb = Array.from({ length: 30 }, (_, i): Row => ({ ...(center as { x: number; y: number }), id: `S${10 + i}`, hours: 2, revenue: 0, people: 1 }))
  const free = assignAccounts(plan, suburb, options)
  expect(free.violations.map(({ territoryId, criterion }) => [territoryId, criterion])).toContainEqual([free.alignment[0].territoryId, "balance"])
  expect(free.violations[0].message).toMatch(/^territory "t\d" has .* of hours \(\d+\.\d % of its target of .*\), (above its maximum|below its minimum) of /)
  const held = assignAccounts(plan, suburb, { ...options, within: "bounds" })
  expect(held.placements.some(({ isDiverted }) => isDiverted)).toBe(true)
  expect(held.violations.filter(({ amount, limit }) => amount > limit)).toEqual([])
  // by brute force: the same rule, step by step
  const filled = plan.territories.map(({ measures: own }) => own.hours.activity)
  const total = exactSum([...old, ...suburb].map(({ hours }) => hours as number))
  suburb.forEach((account, i) => {
    const reduced = reducedCosts(account, options, plan)
    const order = reduced.map((_, t) => t).sort((a, b) => reduced[a] - reduced[b])
    const open = order.find((t) => filled[t] + 2 <= (1.05 * total) / 6 + 1e-9)
    const t = open ?? order[0]
    expect(held.alignment[i].territoryId).toBe(plan.territories[t].id)
    expect(held.placements[i].isDiverted).toBe(t !== order[0])
    filled[t] += 2
  })
  for (const { isDiverted, runnerUp } of held.placements) if (isDiverted) expect(runnerUp?.extraCost).toBeLessThan(0)
})

test("where no territory has room the prices alone decide, and the violation is told", () => {
  const options = { territories: [{ id: "n", max: { hours: 5 } }, { id: "s", max: { hours: 5 } }], measures: { hours: { value: "hours", tolerance: null } } }
  const plan = partitionAccounts([{ id: "a", x: 0, y: 9, hours: 4 }, { id: "b", x: 0, y: 0, hours: 4 }], options)
  const result = assignAccounts(plan, [{ id: "c", x: 0, y: 1, hours: 3 }], { ...options, within: "bounds" })
  const { territoryId } = plan.alignment[1]
  expect(result.alignment).toEqual([{ accountId: "c", territoryId }])
  expect(result.violations).toEqual([{ criterion: "capacity", territoryId, measure: "hours", amount: 7, limit: 5, message: `territory "${territoryId}" has 7 of hours (127.3 % of its target of 5.5), above its capacity of 5` }])
})

test("new accounts go where they are eligible, and an account without a territory is an error", () => {
  const { fresh, options, plan } = sample(150, 40, 5, 12)
  const eligible = (account: Row, { id }: { readonly id: string }): boolean => (account.visits as number) > 2 || id !== "t3"
  const result = assignAccounts(plan, fresh, { ...options, eligible })
  fresh.forEach((account, i) => {
    const reduced = reducedCosts(account, options, plan).map((cost, t) => (eligible(account, plan.territories[t]) ? cost : Infinity))
    expect(result.alignment[i].territoryId).toBe(plan.territories[reduced.indexOf(Math.min(...reduced))].id)
    if (!eligible(account, { id: "t3" })) expect(result.placements[i].runnerUp?.territoryId).not.toBe("t3")
  })
  expect(caught(() => assignAccounts(plan, fresh, { ...options, eligible: ({ id }) => id !== fresh[3].id }))).toMatchObject({ code: "account-ineligible", path: "accounts[3]", issueCount: 1 })
  expect(caught(() => assignAccounts(plan, fresh, { ...options, eligible: (() => 1) as unknown as () => boolean }))).toMatchObject({ code: "eligible-type" })
})

test("a plan that was made with eligible asks for it again, with the caller's own territories", () => {
  const rows = randomAccounts(40, 3)
  const options: PartitionOptions<Row> = { territories: [{ id: "a", name: "Anna" }, { id: "b" }], measures: { hours: { value: "hours" } }, eligible: (account, { name }) => account.visits !== 4 || name === "Anna" }
  const plan = partitionAccounts(rows, options)
  const fresh = [{ ...rows[0], id: "new", visits: 4 }]
  expect(assignAccounts(plan, fresh, options).alignment[0].territoryId).toBe("a")
  const { territories, measures: own } = options
  expect(caught(() => assignAccounts(plan, fresh, { territories, measures: own }))).toMatchObject({ code: "function-missing", path: "eligible" })
})

test("a plan that not even divided accounts could fit has no prices: the nearest center, with a warning", () => {
  const rows = randomAccounts(60, 5)
  const options = { territories: 4, measures: { hours: { value: "hours", min: 1e6, max: null } } }
  const plan = partitionAccounts(rows, options)
  expect(plan.infeasibility?.kind).toBe("divisible")
  const fresh = randomAccounts(20, 6).map((row) => ({ ...row, id: `N${row.id}` }))
  const result = assignAccounts(plan, fresh, options)
  expect(result.warnings.map(({ code }) => code)).toEqual(["plan-without-prices"])
  fresh.forEach((account, i) => {
    const distances = plan.territories.map(({ center }) => distanceBetween(account, center))
    expect(result.alignment[i].territoryId).toBe(plan.territories[distances.indexOf(Math.min(...distances))].id)
  })
})

test("accounts that weigh nothing go to the nearest center, with a warning", () => {
  const { fresh, options, plan } = sample(100, 6, 5, 1, "plane", { compactness: { weight: "people" } })
  const light = fresh.map((row, i) => (i < 2 ? { ...row, people: 0 } : row))
  const result = assignAccounts(plan, light, options)
  expect(faultsOfChoices(light, options, plan, result)).toEqual([])
  expect(result.warnings[0].message).toBe("compactness.weight: 2 of 6 new accounts weigh 0; they went to the nearest center, whatever the prices")
})

test("a batch at once is two batches one after the other, without bounds", () => {
  const { old, fresh, options, plan } = sample(150, 30, 5, 14)
  const first = assignAccounts(plan, fresh.slice(0, 10), options)
  const second = assignAccounts(first.plan, fresh.slice(10), options)
  const whole = assignAccounts(plan, fresh, options)
  expect(second.plan.alignment).toEqual(whole.plan.alignment)
  second.plan.territories.forEach((territory, t) => expect(territory.measures.hours.activity).toBeCloseTo(whole.plan.territories[t].measures.hours.activity, 9))
  expect((second.plan.certificate.lowerBound as number) / (whole.plan.certificate.lowerBound as number)).toBeCloseTo(1, 9)
  expect(checkDrift(second.plan, [...fresh, ...old], options)).toMatchObject({ newAccountIds: [], goneAccountIds: [] })
})

test("realigned plans and those with a bound over all centers are extended too", () => {
  const rows = randomAccounts(80, 20)
  const base = { territories: 4, measures: { hours: { value: "hours" } }, starts: 1 }
  const current = partitionAccounts(rows, base).alignment
  const options = { ...base, measures: { hours: { value: "hours", tolerance: 0.02 } }, current, disruption: { penalty: 5, maxMovedShare: 0.2 } }
  const fresh = randomAccounts(9, 21).map((row) => ({ ...row, id: `N${row.id}` }))
  const plan = partitionAccounts(rows, options)
  const { plan: extended } = assignAccounts(plan, fresh, options)
  expect(extended.disruption).toEqual(plan.disruption)
  const bound = boundFromPrices([...rows, ...fresh], options, extended)
  expect((extended.certificate.lowerBound as number) / bound.value).toBeCloseTo(1, 9)
  const all = partitionAccounts(rows, { ...base, centers: "account", certificate: "all-centers" })
  expect(assignAccounts(all, fresh).plan.certificate).toEqual({ pairs: "all", scope: "given-centers", lowerBound: null, relaxedCost: null, gap: null, isOptimal: false })
})

test("1,000 new accounts of a hundred territories are placed in O(k) each", () => {
  const rows = randomAccounts(33_000, 30)
  const alignment = rows.map(({ id, longitude, latitude }) => ({ accountId: id, territoryId: `r${Math.floor(((longitude as number) + 100) / 1.2)}c${Math.floor(((latitude as number) - 36) / 0.7)}` }))
  const options = { territories: 100, measures: { hours: { value: "hours", tolerance: null } } }
  const plan = JSON.parse(JSON.stringify(evaluateAlignment(rows, alignment, options))) as PartitionResult
  const fresh = randomAccounts(1000, 31).map((row): Row => ({ ...row, id: `N${row.id}` }))
  const timeOf = (accounts: readonly Row[]): number => {
    const start = performance.now()
    assignAccounts(plan, accounts, options)
    return performance.now() - start
  }
  timeOf(fresh)
  // tens of milliseconds in truth; generous, for busy machines
  expect(timeOf(fresh)).toBeLessThan(1000)
  expect(timeOf([])).toBeLessThan(1000)
  let reads = 0
  const counted = fresh.map((row) => Object.defineProperty({ ...row } as Row, "hours", { get: () => (reads++, row.hours as number) }))
  assignAccounts(plan, counted, options)
  expect(reads).toBe(fresh.length)
})
