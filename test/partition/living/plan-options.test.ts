import { assignAccounts, checkDrift, evaluateAlignment, partitionAccounts, type PartitionOptions } from "equiterra"
import { expect, test } from "vitest"
import { caught } from "../../helpers/caught"
import { randomAccounts } from "../../helpers/random-accounts"
import type { Row } from "../../helpers/recompute-plan"

const rows = randomAccounts(60, 1)
const fresh = randomAccounts(3, 2).map((row) => ({ ...row, id: `N${row.id}` }))
const options = {
  territories: [
    { id: "north", name: "Nora", share: 0.4, center: { longitude: -94, latitude: 42 }, centerFixed: true },
    { id: "south", max: { hours: 40 } },
    { id: "west", share: { hours: 0.2 } },
  ],
  measures: { hours: { value: "hours", tolerance: 0.2 }, visits: { value: (row: Row) => row.visits as number, tolerance: null, min: 3 } },
  compactness: { weight: "people", power: 1 },
  centers: "mean",
} as const
const plan = partitionAccounts(rows, options as unknown as PartitionOptions<Row>)

test("the digest reads as the options do, with defaults, and is JSON", () => {
  expect(plan.digest).toEqual({
    space: "globe",
    territories: [
      { id: "north", share: { hours: 0.4, visits: 0.4 }, center: { longitude: -94, latitude: 42 }, centerFixed: true },
      { id: "south", max: { hours: 40 } },
      { id: "west", share: { hours: 0.2 } },
    ],
    measures: { hours: { value: "hours", tolerance: 0.2 }, visits: { value: "(function)", tolerance: null, min: 3 } },
    compactness: { weight: "people", power: 1 },
    centers: "mean",
    eligible: false,
  })
  expect(JSON.parse(JSON.stringify(plan.digest))).toEqual(plan.digest)
  expect(partitionAccounts(rows, { territories: 2, measures: { hours: { value: "hours" } } }).digest).toEqual({
    space: "globe",
    territories: 2,
    measures: { hours: { value: "hours", tolerance: 0.05 } },
    compactness: { weight: "hours", power: 2 },
    centers: "mean",
    eligible: false,
  })
  expect(evaluateAlignment(rows, plan.alignment, options as unknown as PartitionOptions<Row>).digest).toEqual(plan.digest)
})

const [north, south, west] = options.territories
const { hours, visits } = options.measures

const differing: [name: string, change: Record<string, unknown>, path: string, says: RegExp][] = [
  ["another field", { measures: { hours: { ...hours, value: "revenue" }, visits } }, "measures.hours.value", /must be "hours", as in the plan, got "revenue" \(pass the options/],
  ["a function for a field", { measures: { hours: { ...hours, value: () => 1 }, visits } }, "measures.hours.value", /must be "hours", as in the plan, got a function/],
  ["a field for a function", { measures: { hours, visits: { ...visits, value: "visits" } } }, "measures.visits.value", /must be a function of the account, as in the plan, got "visits"/],
  ["another tolerance", { measures: { hours: { ...hours, tolerance: 0.1 }, visits } }, "measures.hours.tolerance", /must be 0\.2, as in the plan, got 0\.1/],
  ["the default tolerance", { measures: { hours: { value: "hours" }, visits } }, "measures.hours.tolerance", /must be 0\.2, as in the plan, got 0\.05 \(by default; pass/],
  ["no tolerance", { measures: { hours: { ...hours, tolerance: null }, visits } }, "measures.hours.tolerance", /got null/],
  ["text as tolerance", { measures: { hours: { ...hours, tolerance: "0.2" }, visits } }, "measures.hours.tolerance", /got "0.2"/],
  ["another minimum", { measures: { hours, visits: { ...visits, min: 4 } } }, "measures.visits.min", /must be 3, as in the plan, got 4/],
  ["no minimum", { measures: { hours, visits: { value: visits.value, tolerance: null } } }, "measures.visits.min", /must be 3, as in the plan, got undefined/],
  ["an open minimum", { measures: { hours, visits: { ...visits, min: null } } }, "measures.visits.min", /got null/],
  ["a maximum", { measures: { hours: { ...hours, max: 50 }, visits } }, "measures.hours.max", /must be left out, as in the plan, got 50/],
  ["a measure less", { measures: { hours } }, "measures", /lacks "visits", a measure of the plan/],
  ["a measure more", { measures: { hours, visits, revenue: { value: "revenue" } } }, "measures.revenue", /is no measure of the plan/],
  ["a misspelt measure", { measures: { hours, visit: visits } }, "measures.visit", /did you mean "visits"/],
  ["another weight", { compactness: { weight: "hours", power: 1 } }, "compactness.weight", /must be "people", as in the plan, got "hours"/],
  ["the default weight", { compactness: { power: 1 } }, "compactness.weight", /must be "people", as in the plan, got "hours" \(by default/],
  ["another power", { compactness: { weight: "people", power: 2 } }, "compactness.power", /must be 1, as in the plan, got 2/],
  ["default compactness", { compactness: undefined }, "compactness.weight", /by default/],
  ["another kind of centers", { centers: "account" }, "centers", /must be "mean", as in the plan, got "account"/],
  ["a number of territories", { territories: 3 }, "territories", /must be the list of the plan's 3 territories, as in the plan, got 3/],
  ["a territory less", { territories: [north, south] }, "territories", /lacks "west", a territory of the plan/],
  ["a territory more", { territories: [north, south, west, { id: "east" }] }, "territories[3].id", /is no territory of the plan, got "east"/],
  ["a misspelt territory", { territories: [{ ...north, id: "nort" }, south, west] }, "territories[0].id", /did you mean "north"/],
  ["another share", { territories: [west, { ...north, share: 0.5 }, south] }, "territories[1].share.hours", /must be 0\.4, as in the plan, got 0\.5/],
  ["no share", { territories: [north, south, { id: "west" }] }, "territories[2].share.hours", /must be 0\.2, as in the plan, got undefined/],
  ["another capacity", { territories: [north, { id: "south", max: { hours: 41 } }, west] }, "territories[1].max.hours", /must be 40, as in the plan, got 41/],
  ["a lower bound of a territory", { territories: [north, { ...south, min: { hours: 1 } }, west] }, "territories[1].min.hours", /must be left out/],
  ["another fixed center", { territories: [{ ...north, center: { longitude: -93, latitude: 42 } }, south, west] }, "territories[0].center.longitude", /must be -94, as in the plan, got -93/],
  ["a center that is no longer fixed", { territories: [{ ...north, centerFixed: false }, south, west] }, "territories[0].centerFixed", /must be true/],
  ["a misspelt option", { mesures: {} }, "mesures", /did you mean "measures"/],
  ["a misspelt option of a measure", { measures: { hours: { ...hours, tolerence: 0.2 }, visits } }, "measures.hours.tolerence", /did you mean "tolerance"/],
  ["measures that are none", { measures: ["hours"] }, "measures", /must be an object, got an array/],
  ["a measure by field", { measures: { hours: "hours", visits } }, "measures.hours", /must be an object, got "hours"/],
  ["compactness that is none", { compactness: 1 }, "compactness", /must be an object/],
]

test.each(differing)("options that are not the plan's: %s", (_, change, path, says) => {
  for (const call of [assignAccounts, checkDrift]) {
    const error = caught(() => call(plan, call === checkDrift ? rows : fresh, { ...options, ...change } as unknown as PartitionOptions<Row>))
    expect(error.path).toBe(path)
    expect(error.message).toMatch(says)
    expect(error.message.startsWith(path)).toBe(true)
  }
})

test("the plan's options pass, in any order, with other options of the search and other starting centers", () => {
  const other = { ...options, seed: 7, starts: 2, timeLimitMs: 5, territories: [west, { ...south, center: { longitude: -90, latitude: 40 } }, { ...north, name: "Norbert" }], measures: { visits, hours } }
  expect(assignAccounts(plan, fresh, other as unknown as PartitionOptions<Row>)).toEqual(assignAccounts(plan, fresh, options as unknown as PartitionOptions<Row>))
  const { territories: _, ...rest } = options
  expect(assignAccounts(plan, fresh, rest as unknown as PartitionOptions<Row>)).toEqual(assignAccounts(plan, fresh, options as unknown as PartitionOptions<Row>))
})

test("a function that the plan had must be passed again", () => {
  for (const call of [assignAccounts, checkDrift]) {
    expect(caught(() => call(plan, fresh)).message).toBe("measures.visits.value: was a function when the plan was made, and a plan keeps no functions (pass the options that the plan was made with, with the same function)")
  }
  const weighed = partitionAccounts(rows, { territories: 2, measures: { hours: { value: "hours" } }, compactness: { weight: () => 1 } })
  expect(caught(() => assignAccounts(weighed, fresh))).toMatchObject({ code: "function-missing", path: "compactness.weight" })
})

test.each([null, 7, "fast", [], new Map()].map((value) => ({ value })))("options that are $value", ({ value }) => {
  for (const call of [assignAccounts, checkDrift]) expect(caught(() => call(plan, fresh, value as unknown as PartitionOptions<Row>)).path).toBe("options")
})
