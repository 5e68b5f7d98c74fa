import { partitionAccounts } from "equiterra"
import { expect, test } from "vitest"
import { randomAccounts, seeded } from "../helpers/random-accounts"

/** One measure, random accounts around fixed or free centers; the tolerance is so many of the largest accounts, relative to the target. */
function instance(seed: number, largest: number): { accounts: ReturnType<typeof randomAccounts>; options: Parameters<typeof partitionAccounts>[1] } {
  const random = seeded(seed)
  // every fifth has too many pairs for branch and bound, the others so few that it is soon done: both have to keep the bounds
  const isLarge = seed % 5 === 0
  const k = isLarge ? 12 + Math.floor(random() * 3) : 2 + Math.floor(random() * 3)
  const n = k * (isLarge ? 22 + Math.floor(random() * 10) : 4 + Math.floor(random() * 8))
  const accounts = randomAccounts(n, seed, seed % 2 === 0 ? "plane" : "globe")
  const hours = accounts.map((row) => row.hours as number)
  const tolerance = (largest * Math.max(...hours)) / (hours.reduce((a, b) => a + b) / k)
  const isFixed = random() < 0.7
  // homes at random accounts: some crowded, so that nearly every bound binds
  const homes = Array.from({ length: k }, () => accounts[Math.floor(random() * n)])
  const center = (t: number): { x: number; y: number } | { longitude: number; latitude: number } =>
    seed % 2 === 0 ? { x: homes[t].x as number, y: homes[t].y as number } : { longitude: homes[t].longitude as number, latitude: homes[t].latitude as number }
  const territories = isFixed ? Array.from({ length: k }, (_, t) => ({ id: `T${t}`, center: center(t), centerFixed: true })) : k
  return { accounts, options: { territories, measures: { hours: { value: "hours", tolerance } }, starts: 1 } }
}

test("no account larger than half the window: no violation, ever", () => {
  const outside: unknown[] = []
  for (let seed = 0; seed < 40; seed++) {
    const { accounts, options } = instance(seed, 1)
    const { violations } = partitionAccounts(accounts, options)
    if (violations.length > 0) outside.push({ seed, violations })
  }
  expect(outside).toEqual([])
})

test("no account larger than the window, and many smaller ones: no violation either", () => {
  const outside: unknown[] = []
  for (let seed = 0; seed < 40; seed++) {
    const { accounts, options } = instance(seed, 0.5)
    const { violations } = partitionAccounts(accounts, options)
    if (violations.length > 0) outside.push({ seed, violations })
  }
  expect(outside).toEqual([])
})

test("more than that cannot be promised: equal accounts as large as the window may have no plan inside", () => {
  // 12 accounts of 1 for 5 territories: each has 2 or 3, and of what is allowed, 1.9 to 2.9, only 2
  const accounts = Array.from({ length: 12 }, (_, i) => ({ id: `A${i}`, x: i, y: 0, visits: 1 }))
  const { violations, certificate } = partitionAccounts(accounts, { territories: 5, measures: { visits: { value: "visits", tolerance: 0.5 / 2.4 } } })
  expect(violations.length).toBe(2)
  expect(certificate.relaxedCost).not.toBeNull()
})

test("crowded homes, where nearly every bound binds: inside all of them at about what divided accounts cost", () => {
  const [k, n] = [100, 10_000]
  for (const seed of [1, 2]) {
    const random = seeded(seed)
    const side = Math.sqrt(n)
    const accounts = Array.from({ length: n }, (_, i) => ({ id: `A${i}`, x: side * random() ** 2, y: side * random(), hours: 0.2 + random() }))
    const territories = Array.from({ length: k }, (_, t) => ({ id: `T${t}`, center: { x: accounts[100 * t].x, y: accounts[100 * t].y }, centerFixed: true }))
    const { violations, certificate } = partitionAccounts(accounts, { territories, measures: { hours: { value: "hours" } } })
    expect(violations).toEqual([])
    // 0.25 % and 0.19 % when this was written: an account is 1 % of a territory
    expect(certificate.gap).toBeLessThan(0.004)
  }
})
