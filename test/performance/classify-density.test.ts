import fc from "fast-check"
import { expect, test } from "vitest"
import { greatCircleKm, EARTH_RADIUS_KM } from "../../src/math/geo/sphere.js"
import { classifyDensity } from "../../src/performance/index.js"
import { caught } from "../helpers/caught.js"

const line = [0, 1, 2, 50, 51, 100].map((x, i) => ({ id: `a${i}`, x, y: 0, people: 10 * i }))

test("counts of neighbors by hand, and a class for each third", () => {
  const { accounts, classes } = classifyDensity(line, { radius: 5 })
  expect(accounts.map((a) => [a.weight, a.class])).toEqual([[3, "urban"], [3, "urban"], [3, "urban"], [2, "suburban"], [2, "suburban"], [1, "rural"]])
  expect(accounts[0].density).toBeCloseTo(3 / (25 * Math.PI), 12)
  expect(classes.map((c) => c.accountCount)).toEqual([1, 2, 3])
  expect([classes[0].from, classes[2].to]).toEqual([null, null])
  expect(classes[0].to).toBe(classes[1].from)
})

test("every coordinate is read twice: once to be checked, once to be used", () => {
  let reads = 0
  const counted = { id: "last", y: 0, get x() { return reads++, 4 } }
  classifyDensity([...line, counted], { radius: 5 })
  expect(reads).toBe(2)
})

test("cuts and names of one's own, and weights", () => {
  const { accounts } = classifyDensity(line, { radius: 5, weight: "people", classes: ["quiet", "busy"], cuts: [35 / (25 * Math.PI)] })
  expect(accounts.map((a) => [a.weight, a.class])).toEqual([[30, "quiet"], [30, "quiet"], [30, "quiet"], [70, "busy"], [70, "busy"], [50, "busy"]])
})

test("an empty class is a warning", () => {
  const { warnings, classes } = classifyDensity(line, { radius: 1000 })
  expect(classes.map((c) => c.accountCount)).toEqual([0, 0, 6])
  expect(warnings.map((w) => w.code)).toEqual(["class-empty", "class-empty"])
})

test("on the globe a circle of half the circumference is the whole sphere", () => {
  const { accounts } = classifyDensity([{ id: "a", longitude: 0, latitude: 89 }, { id: "b", longitude: 100, latitude: -89 }], { radius: Math.PI * EARTH_RADIUS_KM })
  expect(accounts[0].density).toBeCloseTo(2 / (4 * Math.PI * EARTH_RADIUS_KM ** 2), 20)
})

test("neighbors on the globe are those within the distance, across the antimeridian and the pole; a shuffle changes nothing", () => {
  const place = fc.record({ longitude: fc.oneof(fc.double({ min: -180, max: 180, noNaN: true }), fc.constantFrom(-179.95, 179.95)), latitude: fc.oneof(fc.double({ min: -90, max: 90, noNaN: true }), fc.constantFrom(89.9, -89.9)), customers: fc.double({ min: 0, max: 9, noNaN: true }) })
  fc.assert(
    fc.property(fc.array(place, { minLength: 1, maxLength: 30 }), (places) => {
      const accounts = places.map((p, i) => ({ id: `a${i}`, ...p }))
      const result = classifyDensity(accounts, { radius: 50 })
      // no pair of these is within a millimeter of 50 km: such pairs are left out
      const clear = accounts.filter((a) => accounts.every((b) => Math.abs(greatCircleKm(a.longitude, a.latitude, b.longitude, b.latitude) - 50) > 1e-6))
      expect(clear.length).toBeGreaterThan(0)
      const weightOf = new Map(result.accounts.map((a) => [a.accountId, a.weight]))
      for (const a of clear) expect(weightOf.get(a.id)).toBe(accounts.filter((b) => greatCircleKm(a.longitude, a.latitude, b.longitude, b.latitude) < 50).length)
      const weighted = classifyDensity(accounts, { radius: 50, weight: "customers" })
      const reversed = classifyDensity([...accounts].reverse(), { radius: 50, weight: "customers" })
      expect([...reversed.accounts].reverse()).toEqual(weighted.accounts)
      expect(reversed.classes).toEqual(weighted.classes)
    }),
  )
})

test.each<[string, unknown, unknown, string, string]>([
  ["no accounts", [], {}, "no-accounts", "accounts"],
  ["a plane without a radius", line, {}, "option-missing", "radius"],
  ["a radius of 0", line, { radius: 0 }, "option-range", "radius"],
  ["a misspelt option", line, { radius: 1, cut: [1] }, "option-unknown", "cut"],
  ["one class", line, { radius: 1, classes: ["all"] }, "option-type", "classes"],
  ["two classes of one name", line, { radius: 1, classes: ["a", "a"] }, "id-duplicate", "classes"],
  ["cuts that fall", line, { radius: 1, cuts: [2, 1] }, "option-type", "cuts"],
  ["a cut too few", line, { radius: 1, cuts: [2] }, "option-range", "cuts"],
  ["a weight that accounts lack", line, { radius: 1, weight: "nothing" }, "weight-missing", "accounts[0].nothing"],
])("%s cannot be used", (_, accounts, options, code, path) => {
  expect(caught(() => classifyDensity(accounts as never, options as never))).toMatchObject({ code, path })
})
