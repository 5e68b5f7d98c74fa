import fc from "fast-check"
import { expect, test } from "vitest"
import { findWhiteSpaces } from "../../src/coverage/index.js"
import { greatCircleKm } from "../../src/math/geo/sphere.js"
import { caught } from "../helpers/caught.js"

test("white spaces are those of the greedy rule, looked at in full", () => {
  const arbitraryAccount = fc.record({ x: fc.integer({ min: 0, max: 30 }), y: fc.integer({ min: 0, max: 30 }), spend: fc.integer({ min: 0, max: 9 }), covered: fc.boolean() })
  fc.assert(
    fc.property(fc.array(arbitraryAccount, { minLength: 1, maxLength: 30 }), fc.integer({ min: 1, max: 9 }), (some, radius) => {
      const accounts = some.map((row, i) => ({ ...row, id: `a${String(i).padStart(2, "0")}` }))
      const alignment = accounts.filter(({ covered }) => covered).map(({ id }) => ({ accountId: id, territoryId: "north" }))
      const { spaces, uncovered } = findWhiteSpaces(accounts, alignment, { potential: "spend", radius, limit: 5 })
      const open = accounts.filter(({ covered }) => !covered)
      const left = new Set(open)
      expect(uncovered).toEqual({ accountCount: left.size, potential: [...left].reduce((sum, { spend }) => sum + spend, 0) })
      for (const space of spaces) {
        // around any of them, also one that is in a white space by now
        const tries = open.map((at) => [...left].filter((one) => Math.hypot(one.x - at.x, one.y - at.y) <= radius))
        const sums = tries.map((members) => members.reduce((sum, { spend }) => sum + spend, 0))
        const best = sums.indexOf(Math.max(...sums))
        expect([space.potential, space.accountIds]).toEqual([sums[best], tries[best].map(({ id }) => id)])
        for (const one of tries[best]) left.delete(one)
      }
      // it stops where nothing is left, or at the limit
      if (spaces.length < 5) expect([...left].every(({ spend }) => spend === 0)).toBe(true)
      expect(findWhiteSpaces([...accounts].reverse(), alignment, { potential: "spend", radius, limit: 5 })).toEqual(findWhiteSpaces(accounts, alignment, { potential: "spend", radius, limit: 5 }))
    }),
    { numRuns: 200 },
  )
})

test("on the globe: across the antimeridian, with what is too far from its center, and the nearest territory", () => {
  const accounts = [
    { id: "fiji", longitude: 179.9, latitude: -17, spend: 3 },
    { id: "taveuni", longitude: -179.9, latitude: -17, spend: 4 },
    { id: "suva", longitude: 178.4, latitude: -18.1, spend: 9 },
    { id: "far", longitude: 170, latitude: -18, spend: 5 },
    { id: "lost", spend: 1 },
  ]
  const territories = [{ id: "capital", center: { longitude: 178.4, latitude: -18.1 } }]
  const alignment = [{ accountId: "suva", territoryId: "capital" }, { accountId: "far", territoryId: "capital" }]
  const { spaces, warnings, total, uncovered } = findWhiteSpaces(accounts, alignment, { potential: "spend", territories, maxDistance: 100 })
  expect(spaces.map(({ accountIds, potential, rank }) => [rank, potential, accountIds])).toEqual([[1, 7, ["fiji", "taveuni"]], [2, 5, ["far"]]])
  const center = spaces[0].center as { longitude: number; latitude: number }
  expect(spaces[0].nearest).toEqual({ territoryId: "capital", distance: greatCircleKm(center.longitude, center.latitude, 178.4, -18.1) })
  expect(Math.abs(center.longitude)).toBeGreaterThan(179.9)
  expect(warnings.map(({ code }) => code)).toEqual(["account-unplaced"])
  expect([total, uncovered]).toEqual([{ accountCount: 5, potential: 22 }, { accountCount: 4, potential: 13 }])
  expect(spaces[1].message).toBe('1 account with a potential of 5 around 170, -18 has no territory within reach; the nearest territory is "capital", 888.064 km away.')
})

test("bad options are told", () => {
  const accounts = [{ id: "a", x: 1, y: 2, spend: -1 }]
  const issues = (caught(() => findWhiteSpaces(accounts, [], { potential: "spend", limit: -1, raduis: 3 } as never)) as unknown as { issues: { message: string }[] }).issues.map(({ message }) => message)
  expect(issues).toEqual([
    'raduis: is not an option (did you mean "radius"?)',
    "accounts[0].spend: must be 0 or more, got -1",
    "limit: must be a number of 0 or more, got -1",
    "radius: must be given for places on a plane, got undefined (how far a white space goes, in the unit of x and y)",
  ])
})

test("10,000 accounts within one radius are one white space, and take no look at every pair", () => {
  const accounts = Array.from({ length: 10_000 }, (_, i) => ({ id: `a${i}`, longitude: 10 + (i % 173) / 1730, latitude: 50 + Math.floor(i / 173) / 1730, spend: 0.1 }))
  const { spaces } = findWhiteSpaces(accounts, [], { potential: "spend" })
  expect(spaces.map(({ accountIds, share, potential }) => [accountIds.length, share, potential])).toEqual([[10_000, 1, 1000]])
})

test("an overlay alone covers nobody, and is not the nearest territory", () => {
  const accounts = [{ id: "a", x: 0, y: 0, spend: 2 }, { id: "b", x: 5, y: 0, spend: 3 }]
  const territories = [{ id: "north", capacity: { hours: 3 } }, { id: "laser", overlay: "product", center: { x: 0, y: 0 } }]
  const { spaces } = findWhiteSpaces(accounts, [{ accountId: "a", territoryId: "laser" }, { accountId: "b", territoryId: "north" }], { potential: "spend", radius: 1, territories })
  expect(spaces.map(({ accountIds, nearest }) => [accountIds, nearest])).toEqual([[["a"], { territoryId: "north", distance: 5 }]])
})

test("longitudes beyond 180 degrees are wrapped, and poles are places like others", () => {
  const accounts = [{ id: "a", longitude: 190, latitude: 0, spend: 1 }, { id: "b", longitude: -170, latitude: 0, spend: 1 }, { id: "c", longitude: 0, latitude: 89.9, spend: 1 }, { id: "d", longitude: 180, latitude: 89.9, spend: 1 }]
  const { spaces } = findWhiteSpaces(accounts, [], { potential: "spend" })
  expect(spaces.map(({ accountIds }) => accountIds)).toEqual([["a", "b"], ["c", "d"]])
  expect((spaces[1].center as { latitude: number }).latitude).toBeGreaterThan(89.99)
})

test.each<[string, object, string]>([
  ["a limit that is no whole number", { limit: 2.5 }, "option-range"],
  ["a distance without a center", { maxDistance: 3 }, "center-missing"],
  ["a center of the other kind", { territories: [{ id: "t", center: { longitude: 1, latitude: 1 } }] }, "spaces-mixed"],
])("%s cannot be used", (_, options, code) => {
  expect(caught(() => findWhiteSpaces([{ id: "a", x: 1, y: 2, spend: 1 }], [], { potential: "spend", radius: 1, ...options }))).toMatchObject({ code })
})

test("a potential whose sum is no number is told", () => {
  expect(caught(() => findWhiteSpaces([{ id: "a", x: 1, y: 2, spend: 1e308 }, { id: "b", x: 1, y: 2, spend: 1e308 }], [], { potential: "spend", radius: 1 }))).toMatchObject({ code: "measure-overflow" })
})
