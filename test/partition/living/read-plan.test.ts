import { assignAccounts, checkDrift, partitionAccounts, type PartitionResult, type TerritoryError } from "equiterra"
import { expect, test } from "vitest"
import { caught } from "../../helpers/caught"
import { randomAccounts } from "../../helpers/random-accounts"
import type { Row } from "../../helpers/recompute-plan"

const rows = randomAccounts(60, 1)
const options = { territories: [{ id: "a" }, { id: "b", max: { hours: 40 } }, { id: "c" }], measures: { hours: { value: "hours", tolerance: 0.2 }, revenue: { value: "revenue", max: null } } }
const stored = JSON.stringify(partitionAccounts(rows, options))
const fresh = [{ id: "new", longitude: -94, latitude: 40, hours: 1, revenue: 900 }]

type Loose = Record<string, unknown>

/** The stored plan with one part changed: a path such as `territories.0.center`; undefined removes it. */
function damaged(path: string, value: unknown): PartitionResult {
  const plan = JSON.parse(stored) as Loose
  const keys = path.split(".")
  const last = keys.pop() as string
  const part = keys.reduce((at, key) => at[key] as Loose, plan)
  if (value === undefined) delete part[last]
  else part[last] = value
  return plan as unknown as PartitionResult
}

function failure(plan: unknown): TerritoryError {
  const error = caught(() => assignAccounts(plan as PartitionResult, fresh, options))
  expect(caught(() => checkDrift(plan as PartitionResult, rows, options)).message).toBe(error.message)
  return error
}

test.each([
  ["nothing", undefined, /got undefined/],
  ["null", null, /got null/],
  ["text", stored, /use JSON\.parse/],
  ["a promise", Promise.resolve(JSON.parse(stored)), /await it/],
  ["an alignment", (JSON.parse(stored) as PartitionResult).alignment, /must be a plan, as partitionAccounts or evaluateAlignment returns it, got an array of 60/],
  ["a number", 7, /got 7/],
])("no plan: %s", (_, plan, says) => {
  const error = failure(plan)
  expect(error).toMatchObject({ code: "input-type", path: "plan" })
  expect(error.message).toMatch(says)
})

/** Every part of a plan, by its path. */
function partsOf(value: unknown, path: string): string[] {
  if (typeof value !== "object" || value === null) return [path]
  return [...(path === "" ? [] : [path]), ...Object.entries(value).flatMap(([key, part]) => partsOf(part, path === "" ? key : `${path}.${key}`))]
}

const small = { ...(JSON.parse(stored) as PartitionResult), alignment: [] }
/** Parts that a plan may lack, or of which any value of the kind is right. */
const FREE = /^alignment$|^disruption|^digest\.territories\.1\.max|^digest\.measures\.revenue\.max$|^certificate\.\w+$|^warnings|^imbalance\.|^infeasibility/

test.each(partsOf(small, "").filter((path) => !FREE.test(path)))("a plan that lost %s, or has something else there", (path) => {
  for (const value of [undefined, "x\u0000", true, []]) {
    if (typeof value === "string" && /(^|\.)(id|value|weight|scope|stoppedBy)$/.test(path)) continue
    if (value === true && path === "digest.eligible") continue
    if (Array.isArray(value) && /^(violations|warnings)$/.test(path)) continue
    const error = failure(damaged(path, value))
    expect(error.code).toBe("result-invalid")
    expect(error.path.startsWith("plan.")).toBe(true)
  }
})

test.each([
  ["territories.0.measures.hours.max", 1e6, "plan.territories[0].measures.hours.max", /by plan\.digest and the activities, got 1000000/],
  ["territories.0.measures.hours.min", null, "plan.territories[0].measures.hours.min", /got null/],
  ["territories.1.measures.hours.activity", -1, "plan.territories[1].measures.hours.activity", /0 or more/],
  ["territories.0.measures.hours.target", 3, "plan.territories[0].measures.hours.target", /must be/],
  ["territories.2.accountCount", 3, "plan.territories[2].accountCount", /rows that the alignment has for it, got 3/],
  ["territories.2.id", "b", "plan.alignment[", /must be a territory of the plan, got "c"/],
  ["territories.2.cost", -1, "plan.territories[2].cost", /0 or more/],
  ["territories.2.center", { x: 1, y: 2 }, "plan.territories[2].center", /a place on the globe/],
  ["territories.2.center", { longitude: 1, latitude: 200 }, "plan.territories[2].center", /a place on the globe/],
  ["territories.2.prices.revenue", -1, "plan.territories[2].prices.revenue", /bound of its side is open, got -1/],
  ["alignment.3.territoryId", "d", "plan.alignment[3].territoryId", /must be a territory of the plan, got "d"/],
  ["alignment.3", {}, "plan.alignment[3].accountId", /string/],
  ["alignment.3", null, "plan.alignment[3].accountId", /string/],
  ["alignment.3.accountId", rows[2].id, "plan.alignment[3]", /has a row already/],
  ["digest.space", "moon", "plan.digest.space", /"globe" or "plane" or "none", got "moon"/],
  ["digest.space", "plane", "plan.territories[0].center", /a place on the plane/],
  ["digest.centers", "median", "plan.digest.centers", /"mean" or "account"/],
  ["digest.compactness.power", 3, "plan.digest.compactness.power", /1 or 2/],
  ["digest.territories", 4, "plan.territories", /must be the 4 of plan\.digest\.territories, 1 or more, got 3/],
  ["digest.measures.hours.tolerance", 0.1, "plan.territories[0].measures.hours.min", /by plan\.digest/],
  ["digest.measures.hours.tolerance", -1, "plan.digest.measures.hours.tolerance", /0 or more/],
  ["digest.measures.visits", { value: "visits", tolerance: null }, "plan.territories[0].measures", /must have the measures of plan\.digest, "hours", "revenue", "visits"/],
  ["digest", undefined, "plan.digest", /judge its alignment with evaluateAlignment, and go on with the result/],
])("a plan that contradicts itself: %s is %o", (path, value, where, says) => {
  const error = failure(damaged(path, value))
  expect(error.code).toBe("result-invalid")
  expect(error.path.startsWith(where)).toBe(true)
  expect(error.message).toMatch(says)
})

const badAccounts: [name: string, accounts: unknown, code: string, path: string, says: RegExp][] = [
  ["nothing", undefined, "input-missing", "accounts", /array of accounts/],
  ["an object", fresh[0], "input-type", "accounts", /array of accounts/],
  ["a null row", [null], "account-type", "accounts[0]", /object/],
  ["an account of the plan", [...fresh, rows[4]], "account-in-plan", "accounts[1].id", /is in the plan, in territory "[abc]", got "A4" \(pass new accounts only; assignAccounts moves nobody\)/],
  ["an id twice", [...fresh, ...fresh], "id-duplicate", "accounts[1].id", /accounts\[0\]/],
  ["a number as id", [{ ...fresh[0], id: 7 }], "id-type", "accounts[0].id", /String\(id\)/],
  ["a place on a plane", [{ id: "new", x: 1, y: 2, hours: 1, revenue: 1 }], "spaces-mixed", "accounts[0]", /lies on a plane \(x, y\), but the plan on the globe \(longitude, latitude\)/],
  ["no place", [{ id: "new", hours: 1, revenue: 1 }], "coordinate-missing", "accounts[0]", /needs longitude and latitude, as the accounts of the plan/],
  ["no measure", [{ ...fresh[0], hours: undefined }], "measure-missing", "accounts[0].hours", /number/],
  ["a negative measure", [{ ...fresh[0], hours: -1 }], "measure-negative", "accounts[0].hours", /got -1/],
  ["text as measure", [{ ...fresh[0], hours: "1,2" }], "measure-type", "accounts[0].hours", /got "1,2"/],
  ["a sum beyond the range of numbers", [{ ...fresh[0], revenue: 1.7e308 }, { ...fresh[0], id: "n2", revenue: 1.7e308 }], "measure-overflow", "measures.revenue", /larger unit/],
  ["a cost beyond the range of numbers", [{ ...fresh[0], hours: 1e307 }], "cost-overflow", "compactness", /larger unit/],
]

test.each(badAccounts)("unusable new accounts: %s", (_, accounts, code, path, says) => {
  const error = caught(() => assignAccounts(JSON.parse(stored) as PartitionResult, accounts as Row[], options))
  expect({ code: error.code, path: error.path }).toEqual({ code, path })
  expect(error.message).toMatch(says)
})

test("other options that assignAccounts cannot honor are refused", () => {
  const plan = JSON.parse(stored) as PartitionResult
  expect(caught(() => assignAccounts(plan, fresh, { ...options, within: "reach" as "bounds" }))).toMatchObject({ code: "option-type", path: "within" })
  expect(caught(() => assignAccounts(plan, fresh, { ...options, together: [["A1", "A2"], ["A3", "new"]] }))).toMatchObject({ code: "unsupported", path: "together[1]" })
  expect(caught(() => assignAccounts(plan, fresh, { ...options, eligible: 7 as unknown as () => boolean }))).toMatchObject({ code: "option-type", path: "eligible" })
  expect(caught(() => checkDrift(plan, rows, { ...options, within: "bounds" } as typeof options))).toMatchObject({ code: "option-unknown", path: "within" })
})

test("no new accounts are no error", () => {
  const plan = JSON.parse(stored) as PartitionResult
  const result = assignAccounts(plan, [], options)
  expect(result).toMatchObject({ alignment: [], placements: [], violations: [], warnings: [] })
  expect(result.plan).toEqual(plan)
  expect(caught(() => checkDrift(plan, [], options)).code).toBe("no-accounts")
})
