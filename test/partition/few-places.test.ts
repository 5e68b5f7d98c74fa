import { partitionAccounts, type PartitionOptions } from "equiterra"
import { expect, test } from "vitest"
import { createRandom } from "../../src/math/random.js"

interface Placed {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly revenue: number
  readonly visits: number
  readonly hours: number
}

/** Accounts that are known by their town. */
function inTowns(n: number, towns: number, seed: number): Placed[] {
  const random = createRandom(seed, 78)
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const places = Array.from({ length: towns }, () => ({ x: 100 * random(), y: 100 * random() }))
  return Array.from({ length: n }, (_, i) => ({ id: `c${String(i).padStart(4, "0")}`, ...places[Math.floor(towns * random())], revenue: Math.exp(normal()), visits: 1 + Math.floor(random() * 12), hours: 1 + 5 * random() }))
}

const three = { revenue: { value: "revenue" }, visits: { value: "visits" }, hours: { value: "hours" } }

test("accounts in few towns, three measures: no violation where none is needed", () => {
  for (const [n, towns, territories, seed] of [[150, 4, 6, 1], [200, 5, 8, 2]]) {
    const plan = partitionAccounts(inTowns(n, towns, seed), { territories, measures: three, starts: 1 })
    expect(plan.violations, `seed ${seed}`).toEqual([])
    expect(plan.certificate.gap as number).toBeLessThan(0.25)
  }
})

test("accounts at one place: even, and the gap of nothing to nothing is 0", () => {
  for (const power of [1, 2] as const) {
    const accounts = inTowns(120, 1, 3).map((row) => ({ ...row, x: 1e6 + row.x, y: -3e5 / 7 }))
    const plan = partitionAccounts(accounts, { territories: 30, measures: { hours: { value: "hours" } }, compactness: { power } })
    expect(plan.violations).toEqual([])
    expect(plan.certificate.gap).toBe(0)
    expect(plan.imbalance.hours as number).toBeLessThan(0.02)
    const [{ center }] = plan.territories
    expect(center).toEqual({ x: expect.closeTo(accounts[0].x, 6) as number, y: expect.closeTo(accounts[0].y, 6) as number })
  }
})

test("499 territories of 500 accounts at one place: one has two accounts, the lightest", () => {
  const accounts = inTowns(500, 1, 4).map(({ id, x, y, hours }) => ({ id, x, y, hours }))
  const plan = partitionAccounts(accounts, { territories: 499, measures: { hours: { value: "hours" } } })
  expect(plan.territories.map(({ accountCount }) => accountCount).sort((a, b) => b - a).slice(0, 3)).toEqual([2, 1, 1])
  expect(plan.violations.length).toBeGreaterThan(0)
  expect(plan.infeasibility?.kind).toBe("indivisible")
})

test("accounts that weigh nothing go to the nearest center that has room", () => {
  const random = createRandom(9)
  const accounts = Array.from({ length: 160 }, (_, i) => ({ id: `s${String(i).padStart(3, "0")}`, x: 100 * random(), y: 100 * random(), sales: i % 4 === 0 ? 0 : 1 + 9 * random(), visits: 1 }))
  for (const [seed, measures] of [[0, { sales: { value: "sales" } }], [1, { sales: { value: "sales" }, visits: { value: "visits", tolerance: 0.4 } }]] as const) {
    const options: PartitionOptions<(typeof accounts)[number]> = { territories: 5, measures, seed, starts: 1 }
    const plan = partitionAccounts(accounts, options)
    expect(plan.violations).toEqual([])
    const visits = new Map(plan.territories.map(({ id, accountCount }) => [id, accountCount]))
    let nearest = 0
    plan.alignment.forEach(({ territoryId }, i) => {
      const { sales, x, y } = accounts[i]
      if (sales > 0) return
      const byDistance = plan.territories.map(({ id, center }) => ({ id, length: "x" in center ? Math.hypot(center.x - x, center.y - y) : NaN })).sort((a, b) => a.length - b.length)
      if (byDistance[0].id === territoryId) nearest++
      else {
        // only where the nearer ones have no room, or its own cannot spare it
        expect(seed).toBe(1)
        for (const { id } of byDistance.slice(0, byDistance.findIndex((one) => one.id === territoryId))) {
          expect((visits.get(id) as number) + 1 > 1.4 * 32 || (visits.get(territoryId) as number) - 1 < 0.6 * 32).toBe(true)
        }
      }
    })
    expect(nearest).toBeGreaterThanOrEqual(seed === 0 ? 40 : 30)
  }
})
