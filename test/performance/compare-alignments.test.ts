import fc from "fast-check"
import { expect, test } from "vitest"
import { greatCircleKm } from "../../src/math/geo/sphere.js"
import { compareAlignments } from "../../src/performance/index.js"
import { caught } from "../helpers/caught.js"

const accounts = [
  { id: "a", x: 0, y: 0, sales: 1 },
  { id: "b", x: 2, y: 0, sales: 1 },
  { id: "c", x: 9, y: 0, sales: 2 },
  { id: "d", x: 9, y: 4, sales: 2 },
]
/** "t1 t2 - t1+t2": the territories of each account in turn. */
function rows(text: string, ids = accounts.map((a) => a.id)) {
  return text.split(" ").flatMap((owners, i) => (owners === "-" ? [] : owners.split("+").map((territoryId) => ({ accountId: ids[i], territoryId }))))
}
const measures = { sales: "sales" }

test("a cyclic renaming of all territories moves nothing", () => {
  const result = compareAlignments(accounts, rows("t1 t2 t3 t3"), rows("t2 t3 t1 t1"), { measures })
  expect(result).toMatchObject({ movedCount: 0, keptCount: 4, moved: [], movedActivity: { sales: { amount: 0, share: 0 } } })
  expect(result.matches).toEqual([
    { before: "t1", after: "t2", keptCount: 1 },
    { before: "t2", after: "t3", keptCount: 1 },
    { before: "t3", after: "t1", keptCount: 2 },
  ])
  expect(result.before).toEqual({ ...result.after })
})

test("without matching, names are owners", () => {
  expect(compareAlignments(accounts, rows("t1 t2 t3 t3"), rows("t2 t3 t1 t1"), { match: false }).movedCount).toBe(4)
})

test("what comes and goes, by territory, in accounts and in activity", () => {
  const result = compareAlignments(accounts, rows("n n s -"), rows("n s s s"), { measures })
  expect(result.moved).toEqual([{ accountId: "b", from: "n", to: "s" }])
  expect(result).toMatchObject({ movedCount: 1, keptCount: 2, unownedCount: 1, sharedCount: 0, movedActivity: { sales: { amount: 1, share: 0.25 } } })
  expect(result.territories).toEqual([
    { id: "n", heirOf: "n", kept: 1, takenOver: 0, handedOff: 1, newlyOwned: 0, measures: { sales: { kept: 1, takenOver: 0, handedOff: 1, newlyOwned: 0 } } },
    { id: "s", heirOf: "s", kept: 1, takenOver: 1, handedOff: 0, newlyOwned: 1, measures: { sales: { kept: 2, takenOver: 1, handedOff: 0, newlyOwned: 2 } } },
  ])
})

test("a dissolved territory has no heir, and a new one no predecessor", () => {
  const six = ["1", "2", "3", "4", "5", "6"]
  const places = six.map((id) => ({ id, x: Number(id), y: 0 }))
  const { matches, territories } = compareAlignments(places, rows("a a b c c c", six), rows("x x x y y z", six))
  expect(matches).toEqual([
    { before: "a", after: "x", keptCount: 2 },
    { before: "b", after: null, keptCount: 0 },
    { before: "c", after: "y", keptCount: 2 },
    { before: null, after: "z", keptCount: 0 },
  ])
  expect(territories.map((t) => t.heirOf)).toEqual(["a", "c", null])
})

test("cost by hand: sales times the square of the distance to the mean of each territory", () => {
  const { before } = compareAlignments(accounts, rows("n n s s"), rows("n n s s"), { measures })
  // n: mean x = 1, 1 + 1; s: mean y = 2, 2 * 4 + 2 * 4
  expect(before).toMatchObject({ territoryCount: 2, assignedCount: 4, cost: 18, typicalDistance: Math.sqrt(3) })
  const { imbalance, maxOverMean, mean, cv, gini, total } = before.measures.sales
  expect([total, mean, imbalance, maxOverMean, gini]).toEqual([6, 3, 1 / 3, 4 / 3, 1 / 6])
  expect(cv).toBeCloseTo(1 / 3, 12)
})

test("an account of two owners is divided between them, one without owner counts nowhere: sums are conserved", () => {
  const { before, sharedCount, unownedCount } = compareAlignments(accounts, rows("n n n+s -"), rows("n n s s"), { measures })
  expect(before).toMatchObject({ assignedCount: 3, territoryCount: 2 })
  expect(before.measures.sales).toMatchObject({ total: 4, mean: 2, maxOverMean: 1.5 })
  expect([sharedCount, unownedCount]).toEqual([1, 1])
})

test("what the new alignment leaves open or gives twice is a warning; to nobody or to several is to null", () => {
  const result = compareAlignments(accounts, rows("n n s s"), rows("n s+n - u+v"))
  expect(result.moved).toEqual([
    { accountId: "c", from: "s", to: null },
    { accountId: "d", from: "s", to: null },
  ])
  expect(result.keptCount).toBe(2)
  expect(result.warnings.map((w) => w.message)).toEqual(["after: 1 of 4 accounts have no territory", "after: 2 of 4 accounts are in several territories"])
})

test("a listed territory without accounts counts in the figures, and unequal shares are respected", () => {
  const empty = compareAlignments(accounts, rows("n n s s"), rows("n n s s"), { measures, territories: { after: [{ id: "n" }, { id: "s" }, { id: "w" }] } })
  expect(empty.after).toMatchObject({ territoryCount: 3, measures: { sales: { mean: 2, maxOverMean: 2, imbalance: 1 } } })
  const shared = compareAlignments(accounts, rows("n n s s"), rows("n n s s"), { measures, territories: { after: [{ id: "s", share: { sales: 2 / 3 } }, { id: "n" }] } })
  expect(shared.after.measures.sales.imbalance).toBeCloseTo(0, 12)
  expect(shared.before.measures.sales.imbalance).toBeCloseTo(1 / 3, 12)
})

test("on the globe the distance is the great circle, also across the antimeridian", () => {
  const pair = [
    { id: "a", longitude: 179, latitude: 0 },
    { id: "b", longitude: -179, latitude: 0 },
  ]
  const one = rows("t t", ["a", "b"])
  // the mean of two equal places lies halfway, 1 degree from each
  const { cost, typicalDistance } = compareAlignments(pair, one, one).after
  expect(cost).toBeCloseTo(2 * greatCircleKm(0, 0, 1, 0) ** 2, 6)
  expect(typicalDistance).toBeCloseTo(greatCircleKm(0, 0, 1, 0), 9)
})

test("weightless accounts have no typical distance, and no share of nothing moves", () => {
  const result = compareAlignments(accounts, rows("n n s s"), rows("n s s s"), { measures: { none: () => 0 } })
  expect(result.after).toMatchObject({ cost: 0, typicalDistance: null, measures: { none: { imbalance: null, gini: null, cv: null, mean: 0 } } })
  expect(result.movedActivity.none).toEqual({ amount: 0, share: null })
})

test("names of object properties survive as accounts, territories and measures", () => {
  const ids = ["__proto__", "constructor", "toString"]
  const odd = ids.map((id, i) => ({ id, x: i, y: 0 }))
  const alignment = rows("__proto__ constructor __proto__", ids)
  const { movedActivity, territories, after } = compareAlignments(odd, alignment, alignment, { measures: Object.fromEntries([["__proto__", () => 1]]) })
  expect(Object.entries(movedActivity)).toEqual([["__proto__", { amount: 0, share: 0 }]])
  expect(territories.map((t) => [t.id, t.kept, Object.keys(t.measures)])).toEqual([
    ["__proto__", 2, ["__proto__"]],
    ["constructor", 1, ["__proto__"]],
  ])
  expect(Object.keys(after.measures)).toEqual(["__proto__"])
})

test.each<[string, unknown[], string, string]>([
  ["accounts that are missing", [undefined, [], []], "input-missing", "accounts"],
  ["one account without a place", [[{ id: "a" }, { id: "b", x: 1, y: 1 }], [], []], "coordinate-missing", "accounts[0]"],
  ["a row before of an unknown account", [accounts, rows("t", ["z"]), []], "id-unknown", "before[0].accountId"],
  ["a new alignment that is none", [accounts, [], "t1"], "input-type", "after"],
  ["a misspelt option", [accounts, [], [], { measure: {} }], "option-unknown", "measure"],
  ["match as a word", [accounts, [], [], { match: "yes" }], "option-type", "match"],
  ["a negative weight", [accounts, [], [], { weight: () => -1 }], "weight-negative", "accounts[0] (weight)"],
  ["a weight that is a number", [accounts, [], [], { weight: 1 }], "option-type", "weight"],
  ["sums that overflow", [accounts, [], [], { measures: { m: () => 1e300 } }], "measure-overflow", "measures.m"],
  ["territories as a list", [accounts, [], [], { territories: ["a"] }], "option-type", "territories"],
  ["a misspelt side", [accounts, [], [], { territories: { befor: [] } }], "option-unknown", "territories.befor"],
  ["a new row of an unlisted territory", [accounts, [], rows("u"), { territories: { after: [{ id: "t" }] } }], "id-unknown", "after[0].territoryId"],
  ["shares above 1 in sum", [accounts, [], [], { measures, territories: { after: [{ id: "t", share: 0.7 }, { id: "u", share: 0.7 }] } }], "share-sum", "territories.after"],
  ["a share that is null", [accounts, [], [], { measures, territories: { after: [{ id: "t", share: null }] } }], "share-range", "territories.after[0].share"],
])("%s cannot be used", (_, input, code, path) => {
  expect(caught(() => compareAlignments(...(input as Parameters<typeof compareAlignments>)))).toMatchObject({ name: "TerritoryError", code, path })
})

test("more pairs of territories than the matching can hold are refused in the words of the call", () => {
  const many = Array.from({ length: 3163 }, (_, t) => ({ id: `t${t}` }))
  const options = { territories: { before: many, after: many } }
  const { code, message } = caught(() => compareAlignments(accounts, [], [], options))
  expect(code).toBe("limit-exceeded")
  expect(message).toBe("match: can try at most 10000000 pairs of a territory before and one after, got 10004569 (compare by name with match: false)")
  expect(compareAlignments(accounts, [], [], { ...options, match: false }).before.territoryCount).toBe(3163)
})

test("every coordinate is read twice: once to be checked, once to be used", () => {
  let reads = 0
  const counted = { id: "last", sales: 1, y: 0, get x() { return reads++, 4 } }
  compareAlignments([...accounts, counted], [], [], { measures })
  expect(reads).toBe(2)
})

const territory = fc.constantFrom("t1", "t2", "t3", "t4")
const scene = fc
  .array(fc.record({ sales: fc.integer({ min: 0, max: 99 }), x: fc.double({ min: -50, max: 50, noNaN: true }), old: fc.uniqueArray(territory, { maxLength: 3 }), young: fc.uniqueArray(territory, { maxLength: 2 }) }), { minLength: 1, maxLength: 25 })
  .map((list) => {
    const rowsOf = (pick: (one: (typeof list)[number]) => string[]) => list.flatMap((one, i) => pick(one).map((territoryId) => ({ accountId: `a${i}`, territoryId })))
    return { accounts: list.map(({ sales, x }, i) => ({ id: `a${i}`, longitude: x, latitude: x / 2, sales })), before: rowsOf((o) => o.old), after: rowsOf((o) => o.young) }
  })

test("every account is kept, moved, unowned or shared, and what territories tell adds up", () => {
  fc.assert(
    fc.property(scene, ({ accounts, before, after }) => {
      const r = compareAlignments(accounts, before, after, { measures })
      expect(r.movedCount + r.keptCount + r.unownedCount + r.sharedCount).toBe(accounts.length)
      expect(r.moved).toHaveLength(r.movedCount)
      const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0)
      expect(sum(r.matches.map((m) => m.keptCount))).toBe(r.keptCount)
      expect(sum(r.territories.map((t) => t.kept))).toBe(r.keptCount)
      expect(sum(r.territories.map((t) => t.takenOver))).toBe(r.moved.filter((m) => m.to !== null).length)
      expect(sum(r.territories.map((t) => t.handedOff))).toBe(r.moved.filter((m) => r.matches.some((match) => match.before === m.from && match.after !== null)).length)
      expect(sum(r.territories.map((t) => t.measures.sales.takenOver))).toBe(sum(r.moved.flatMap((m) => (m.to === null ? [] : [accounts.find((a) => a.id === m.accountId)?.sales ?? NaN]))))
      const owned = sum(accounts.map((a) => (before.some((row) => row.accountId === a.id) ? a.sales : 0)))
      expect(r.before.measures.sales.total).toBe(owned)
      expect(JSON.parse(JSON.stringify(r))).toEqual(r)
    }),
  )
})

test("shuffled rows and accounts give the same figures to the last bit; frozen input works", () => {
  fc.assert(
    fc.property(scene, ({ accounts, before, after }) => {
      for (const list of [accounts, before, after]) Object.freeze(list).forEach((one) => Object.freeze(one))
      // `moved` is in input order
      const { moved, ...r } = compareAlignments(accounts, before, after, Object.freeze({ measures: Object.freeze(measures) }))
      const { moved: movedToo, ...reversed } = compareAlignments([...accounts].reverse(), [...before].reverse(), [...after].reverse(), { measures })
      expect(JSON.stringify(reversed)).toBe(JSON.stringify(r))
      expect([...movedToo].reverse()).toEqual(moved)
    }),
  )
})

test("before = after is no disruption, whatever the names", () => {
  fc.assert(
    fc.property(scene, ({ accounts, before }) => {
      const renamed = before.map((row) => ({ ...row, territoryId: `new ${row.territoryId}` }))
      expect(compareAlignments(accounts, before, renamed).movedCount).toBe(0)
    }),
  )
})
