import { partitionAccounts } from "equiterra"
import fc from "fast-check"
import { expect, test } from "vitest"
import { findFarAccounts } from "../../src/partition/find-far-accounts"
import { randomAccounts } from "../helpers/random-accounts"

const measures = { hours: { value: "hours" } }
/** Accounts in Iowa. */
const iowa = Array.from({ length: 60 }, (_, i) => ({ id: `a${i}`, longitude: -96 + (i % 10) * 0.5, latitude: 41 + Math.floor(i / 10) * 0.4, hours: 1 }))
const farOf = (accounts: Parameters<typeof partitionAccounts>[0]): readonly string[] =>
  partitionAccounts(accounts, { territories: 3, measures, starts: 1 }).warnings.filter(({ code }) => code === "account-far").map(({ message }) => message)

test("a place many times farther than the rest is named, with the slip that would explain it", () => {
  expect(farOf(iowa)).toEqual([])
  const put = (longitude: number, latitude: number) => [...iowa, { id: "odd", longitude, latitude, hours: 1 }]
  expect(farOf(put(93, 42))).toEqual([expect.stringMatching(/^accounts\[60\]: lies far from all others: "odd", [\d.]+ times as far .* \(the sign of longitude may be wrong\); check its place/)])
  expect(farOf(put(-93, -42))).toEqual([expect.stringContaining("(the sign of latitude may be wrong)")])
  expect(farOf(put(10, 50))).toEqual([expect.not.stringContaining("may be")])
})

test("a swapped pair inside the ranges is asked for", () => {
  const texas = iowa.map((account) => ({ ...account, longitude: account.longitude + 12, latitude: account.latitude - 9 }))
  const [message] = farOf([...texas, { id: "odd", longitude: 33, latitude: -82, hours: 1 }])
  expect(message).toContain("(longitude and latitude may be swapped)")
  const plane = randomAccounts(60, 3).map(({ id, hours }, i) => ({ id, hours, x: 1000 + (i % 8), y: i / 8 }))
  expect(farOf([...plane, { id: "odd", x: 4, y: 1003, hours: 1 }])).toEqual([expect.stringContaining("(x and y may be swapped)")])
})

test("a region of its own is no slip, nor is a long tail", () => {
  const two = [...iowa, ...iowa.slice(0, 6).map((account, i) => ({ ...account, id: `b${i}`, longitude: 10 + i, latitude: 50 }))]
  expect(farOf(two)).toEqual([])
  const tail = Array.from({ length: 100 }, (_, i) => ({ id: `a${i}`, x: 1.05 ** i, y: 0, hours: 1 }))
  expect(farOf(tail)).toEqual([])
})

test("against a look at all accounts, whatever their order", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true })), { minLength: 9, maxLength: 60 }), fc.integer({ min: 0, max: 200 }), (places, away) => {
      const all = [...places, [away, away / 2] as const]
      const points = Float64Array.from(all.flat())
      const found = findFarAccounts(points, all.length, 2)
      const middle = [0, 1].map((d) => all.map((place) => place[d]).sort((a, b) => a - b)[all.length >> 1])
      const distances = all.map(([x, y]) => Math.sqrt((x - middle[0]) * (x - middle[0]) + (y - middle[1]) * (y - middle[1])))
      const usual = [...distances].sort((a, b) => a - b)[Math.ceil(0.9 * all.length) - 1]
      const far = all.flatMap((_, i) => (usual > 0 && distances[i] > 5 * usual * (1 + 1e-9) ? [i] : []))
      if (far.length <= 3) expect([...(found?.accounts ?? [])].sort((a, b) => a - b)).toEqual(far)
      else expect(found).toBeNull()
    }),
    { seed: 1, numRuns: 300 },
  )
})

test("who is drawn too far by a mean center is told so, with remedies that work", () => {
  const accounts = [...Array.from({ length: 20 }, (_, i) => ({ id: `a${i}`, x: i % 5, y: Math.floor(i / 5), hours: 1 })), { id: "far", x: 500, y: 0, hours: 1 }]
  const options = { territories: 1, measures, maxDistance: 10 }
  const plan = partitionAccounts(accounts, options)
  expect(plan.violations.length).toBe(21)
  expect(plan.infeasibility?.message).toContain('"far" far from all others may draw a mean center away from them: check the place, plan without it, or use centers: "account"')
  expect(partitionAccounts(accounts, { ...options, centers: "account" }).violations.map(({ accountId }) => accountId)).toEqual(["far"])
  expect(partitionAccounts(accounts.slice(0, -1), options).violations).toEqual([])
})

test("of ten accounts one may be far; of nine none is", () => {
  const near = Array.from({ length: 9 }, (_, i) => ({ id: `a${i}`, x: i, y: i % 3, hours: 1 }))
  const far = { id: "far", x: 500, y: 0, hours: 1 }
  expect(farOf([...near, far])).toEqual([expect.stringContaining('"far"')])
  expect(farOf([...near.slice(1), far])).toEqual([])
})

test("centers that are all fixed are drawn by nobody, and nothing of the kind is said", () => {
  const accounts = Array.from({ length: 20 }, (_, i) => ({ id: `a${i}`, x: i === 19 ? 500 : (i % 2) * 10 + i / 10, y: 0, hours: 1 }))
  const territories = [0, 10].map((x) => ({ id: `t${x}`, center: { x, y: 3 }, centerFixed: true }))
  const { violations, infeasibility } = partitionAccounts(accounts, { territories, measures, maxDistance: 2 })
  expect(violations.length).toBe(20)
  expect(infeasibility?.message).toMatch(/; raise maxDistance, add territories or move their centers$/)
})
