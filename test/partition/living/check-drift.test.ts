import { assignAccounts, checkDrift, evaluateAlignment, partitionAccounts, type PartitionOptions, type PartitionResult } from "equiterra"
import fc from "fast-check"
import { expect, test } from "vitest"
import { caught } from "../../helpers/caught"
import { arbitraryInstance, randomAccounts, shuffled } from "../../helpers/random-accounts"
import { distanceBetween, exactSum, readPlanOptions, type Row } from "../../helpers/recompute-plan"

const measures = { hours: { value: "hours" }, revenue: { value: "revenue", tolerance: 0.1 } }
const options: PartitionOptions<Row> = { territories: 6, measures, starts: 1 }

test("a plan has not drifted from the accounts that it was made of", () => {
  const accounts = randomAccounts(200, 1)
  const plan = partitionAccounts(accounts, options)
  const drift = checkDrift(plan, accounts, options)
  expect(drift).toMatchObject({ isDrifted: false, newAccountIds: [], goneAccountIds: [], violations: [], newActivity: { hours: 0, revenue: 0 }, warnings: [] })
  expect(drift.message).toMatch(/^balance holds: all 6 territories are inside their bounds; least room has "t\d" on (hours|revenue), \d\.\d % (above|below) target$/)
  expect((drift.cost.now as number) / (drift.cost.planned as number)).toBeCloseTo(1, 9)
  drift.territories.forEach(({ measures: own, accountCount }) => {
    expect(accountCount.now).toBe(accountCount.planned)
    for (const { activity, deviation, isOutside } of Object.values(own)) {
      expect(activity.now).toBe(activity.planned)
      expect(deviation.now).toBeCloseTo(deviation.planned as number, 12)
      expect(isOutside).toBe(false)
    }
  })
})

test("drift equals what evaluateAlignment says of today's accounts, whatever has changed", () => {
  fc.assert(
    fc.property(arbitraryInstance, fc.integer({ min: 0, max: 1e6 }), ({ accounts, options: some }, seed) => {
      const whole = some as unknown as PartitionOptions<Row>
      const plan = partitionAccounts(accounts, whole)
      const fresh = accounts.slice(0, 3).map((row): Row => ({ ...row, id: `N${row.id}` }))
      const extended = assignAccounts(plan, fresh, whole).plan
      // values move, accounts go
      const today = [...accounts, ...fresh].map((row, i) => ({ ...row, m0: (row.m0 as number) * (1 + ((seed + i) % 3)) })).filter((_, i) => i === 0 || (seed + i) % 5 !== 0)
      const drift = checkDrift(JSON.parse(JSON.stringify(extended)) as PartitionResult, today, whole)
      const ids = new Set(today.map(({ id }) => id))
      const rows = extended.alignment.filter(({ accountId }) => ids.has(accountId))
      const owner = new Map(rows.map(({ accountId, territoryId }) => [accountId, territoryId]))
      expect(drift.goneAccountIds).toEqual(extended.alignment.map(({ accountId }) => accountId).filter((id) => !ids.has(id)).sort())
      const { names, totals, boundsOf, power, weights, values } = readPlanOptions(today, whole)
      const k = plan.territories.length
      for (const { id, measures: own, cost, accountCount } of drift.territories) {
        const members = today.map((_, i) => i).filter((i) => owner.get(today[i].id) === id)
        const { center } = plan.territories.find((one) => one.id === id) as PartitionResult["territories"][number]
        const recomputed = exactSum(members.map((i) => weights[i] * distanceBetween(today[i], center) ** power))
        expect(Math.abs((cost.now as number) - recomputed)).toBeLessThanOrEqual(1e-7 * recomputed + 1e-9 * exactSum(members.map((i) => weights[i])))
        expect(accountCount.now).toBe(members.length)
        for (const name of names) {
          const bounds = boundsOf(id, k, name)
          const near = (a: number | null, b: number | null): void => (a === null || b === null ? expect(a).toBe(b) : expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-11 * Math.max(totals[name], b)))
          near(own[name].activity.now, exactSum(members.map((i) => values[name][i])))
          near(own[name].target.now, bounds.target)
          near(own[name].min, bounds.min)
          near(own[name].max, bounds.max)
        }
      }
      if (today.length < k) return
      const judged = evaluateAlignment(today, rows.filter((row) => ids.has(row.accountId)), { ...whole, territories: plan.territories.map(({ id }) => ({ id })) })
      expect(drift.violations.map(({ territoryId, measure, criterion }) => [territoryId, measure, criterion])).toEqual(judged.violations.map(({ territoryId, measure, criterion }) => [territoryId, measure, criterion]))
      expect(JSON.parse(JSON.stringify(drift))).toEqual(drift)
      expect(checkDrift(extended, shuffled(today, seed), whole)).toEqual(drift)
    }),
    { numRuns: 150 },
  )
})

test("the worst territory is named, with what was planned and what is", () => {
  const accounts = randomAccounts(120, 7)
  const plan = partitionAccounts(accounts, options)
  const [first] = plan.alignment
  const today = accounts.map((row) => (row.id === first.accountId ? { ...row, hours: 40 } : row))
  const drift = checkDrift(plan, today, options)
  expect(drift.isDrifted).toBe(true)
  expect(drift.worst).toMatchObject({ territoryId: first.territoryId, measure: "hours" })
  expect(drift.worst?.room).toBeLessThan(-0.05)
  expect(drift.message).toMatch(new RegExp(`^balance does not hold: \\d of 6 territories are outside their bounds \\(.*; worst is "${first.territoryId}" on hours, \\d+\\.\\d % above target$`))
  const row = drift.territories.find(({ id }) => id === first.territoryId)
  expect(row?.message).toMatch(/^territory "t\d": hours [\d.]+ \(planned [\d.]+\), \d+\.\d % above target, above its maximum of [\d.]+; revenue [\d.,]+, [\d.]+ % (above|below) target; \d+ accounts$/)
  expect(drift.violations[0].message).toContain("alone is")
})

test("accounts that the plan does not know are listed and count nowhere, gone ones are listed", () => {
  const accounts = randomAccounts(120, 8)
  const plan = partitionAccounts(accounts, options)
  const fresh = randomAccounts(2, 9).map((row): Row => ({ ...row, id: `N${row.id}` }))
  const drift = checkDrift(plan, [...accounts.slice(1), ...fresh], options)
  expect(drift.newAccountIds).toEqual(["NA0", "NA1"])
  expect(drift.newActivity.hours).toBeCloseTo((fresh[0].hours as number) + (fresh[1].hours as number), 12)
  expect(drift.goneAccountIds).toEqual(["A0"])
  expect(drift.message).toContain('2 accounts are new and in no territory ("NA0", "NA1"): see assignAccounts; 1 account is gone ("A0")')
  expect(caught(() => checkDrift(plan, fresh, options)).message).toBe('accounts: 2 accounts, and the plan knows none of them (theirs are ids such as "NA0", the plan\'s such as "A0")')
})

test("a plan that was outside its bounds from the start has drifted only when it is farther outside", () => {
  const accounts = [{ id: "a", x: 0, y: 0, hours: 10 }, { id: "b", x: 9, y: 0, hours: 1 }, { id: "c", x: 9, y: 1, hours: 1 }]
  const own = { territories: 2, measures: { hours: { value: "hours" } } }
  const plan = partitionAccounts(accounts, own)
  expect(plan.violations.length).toBe(2)
  const same = checkDrift(plan, accounts, own)
  expect(same.isDrifted).toBe(false)
  expect(same.message).toMatch(/^balance is as it was planned: 2 of 2 territories are outside/)
  expect(checkDrift(plan, accounts.map((row) => (row.id === "a" ? { ...row, hours: 9 } : row)), own).isDrifted).toBe(false)
  expect(checkDrift(plan, accounts.map((row) => (row.id === "a" ? { ...row, hours: 11 } : row)), own).isDrifted).toBe(true)
  const even = checkDrift(plan, accounts.map((row) => (row.id === "a" ? { ...row, hours: 2 } : row)), own)
  expect(even.violations).toEqual([])
  expect(even.territories[0].message).toMatch(/inside its bounds again/)
})

test("what new accounts broke is drift, although the plan that holds them has it so", () => {
  const accounts = randomAccounts(120, 4)
  const plan = partitionAccounts(accounts, options)
  const suburb = Array.from({ length: 9 }, (_, i): Row => ({ ...(plan.territories[0].center as { longitude: number; latitude: number }), id: `S${i}`, hours: 3, revenue: 3000 }))
  const { plan: extended, violations } = assignAccounts(plan, suburb, options)
  expect(violations.length).toBeGreaterThan(0)
  const drift = checkDrift(extended, [...accounts, ...suburb], options)
  expect(drift.isDrifted).toBe(true)
  expect(drift.violations.map(({ message }) => message)).toEqual(extended.violations.map(({ message }) => message))
})

test("a margin lets bounds be missed by so much before it counts", () => {
  const accounts = randomAccounts(120, 4)
  const plan = partitionAccounts(accounts, options)
  const today = accounts.map((row, i): Row => (i % 9 === 0 ? { ...row, hours: 3 * (row.hours as number) } : row))
  const strict = checkDrift(plan, today, options)
  expect(strict.isDrifted).toBe(true)
  const miss = -(strict.worst?.room as number)
  const lenient = checkDrift(plan, today, { ...options, margin: miss })
  expect(lenient).toEqual({ ...strict, isDrifted: false, message: lenient.message })
  expect(lenient.message).toMatch(/^balance holds within the margin of \d+\.\d %: \d of 6 territor/)
  expect(checkDrift(plan, today, { ...options, margin: 0.99 * miss }).isDrifted).toBe(true)
  for (const margin of [-0.1, NaN, "0.1"]) expect(caught(() => checkDrift(plan, today, { ...options, margin: margin as number }))).toMatchObject({ code: "option-type", path: "margin" })
})

test("a capacity that today's targets no longer reach is a warning and a violation, not an error", () => {
  const accounts = [{ id: "a", x: 0, y: 0, hours: 5 }, { id: "b", x: 9, y: 0, hours: 5 }]
  const own = { territories: [{ id: "n", max: { hours: 6 } }, { id: "s" }], measures: { hours: { value: "hours", tolerance: 0.1 } } }
  const plan = partitionAccounts(accounts, own)
  const drift = checkDrift(plan, accounts.map((row) => ({ ...row, hours: 10 })), own)
  expect(drift.isDrifted).toBe(true)
  expect(drift.violations[0].criterion).toBe("capacity")
  expect(drift.warnings[0]).toMatchObject({ code: "bounds", path: "territories[0]" })
})

test("with every side open nothing can drift, and there is no worst", () => {
  const accounts = randomAccounts(30, 3)
  const own = { territories: 3, measures: { hours: { value: "hours", tolerance: null } } }
  expect(checkDrift(partitionAccounts(accounts, own), accounts.slice(2), own)).toMatchObject({ isDrifted: false, worst: null })
})
