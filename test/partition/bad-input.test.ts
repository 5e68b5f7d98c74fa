import { findAccountIssues, partitionAccounts, partitionAccountsAsync, TerritoryError } from "equiterra"
import { expect, test } from "vitest"
import { caught } from "../helpers/caught"
import { randomAccounts } from "../helpers/random-accounts"
import { contractFaults, type Row } from "../helpers/recompute-plan"

const good = [
  { id: "a", longitude: -93, latitude: 41, hours: 4 },
  { id: "b", longitude: -92, latitude: 42, hours: 5 },
  { id: "c", longitude: -91, latitude: 43, hours: 6 },
]
const options = { territories: 2, measures: { hours: { value: "hours" } } }

/** Tries what a caller without types may pass. */
function failure(accounts: unknown, changed: unknown): TerritoryError {
  return caught(() => partitionAccounts(accounts as Row[], changed as typeof options))
}

/** The good accounts with the second one changed. */
function withRow(change: Record<string, unknown>): unknown[] {
  return [good[0], { ...good[1], ...change }, good[2]]
}

const current = [{ accountId: "a", territoryId: "t1" }, { accountId: "b", territoryId: "t2" }]

const badAccounts: [name: string, accounts: unknown, code: string, path: string, says: RegExp][] = [
  ["nothing", undefined, "input-missing", "accounts", /array of accounts/],
  ["null", null, "input-missing", "accounts", /null/],
  ["an object", { a: good[0] }, "input-type", "accounts", /array of accounts/],
  ["no rows", [], "no-accounts", "accounts", /at least one/],
  ["a null row", [good[0], null, good[2]], "account-type", "accounts[1]", /object/],
  ["a hole", [good[0], , good[2]], "account-type", "accounts[1]", /object/], // eslint-disable-line no-sparse-arrays
  ["a row that is a number", [good[0], 7], "account-type", "accounts[1]", /got 7/],
  ["no id", withRow({ id: undefined }), "id-missing", "accounts[1].id", /string/],
  ["a number as id", withRow({ id: 7 }), "id-type", "accounts[1].id", /String\(id\)/],
  ["an empty id", withRow({ id: "" }), "id-empty", "accounts[1].id", /empty/],
  ["an id twice", withRow({ id: "a" }), "id-duplicate", "accounts[1].id", /accounts\[0\]/],
  ["no longitude", withRow({ longitude: undefined }), "coordinate-missing", "accounts[1].longitude", /number/],
  ["no place for one of three", [good[0], { id: "b", hours: 1, revenue: 1 }, good[2]], "coordinate-missing", "accounts[1]", /1 account \("b"\) has no place, but 2 accounts \("\w+", "\w+"\) have one.*aside.*leave the coordinates of all accounts out/],
  ["NaN as latitude", withRow({ latitude: NaN }), "coordinate-not-finite", "accounts[1].latitude", /got NaN/],
  ["text as longitude", withRow({ longitude: "-92" }), "coordinate-type", "accounts[1].longitude", /got "-92"/],
  ["swapped coordinates", withRow({ longitude: 42, latitude: -92 }), "latitude-out-of-range", "accounts[1].latitude", /swapped/],
  ["a longitude out of range", withRow({ longitude: 600 }), "longitude-out-of-range", "accounts[1].longitude", /-180 and 180/],
  ["projected coordinates", withRow({ longitude: 500_000, latitude: 4_000_000 }), "latitude-out-of-range", "accounts[1].latitude", /projected/],
  ["globe and plane in one row", withRow({ x: 1 }), "coordinates-mixed", "accounts[1]", /one kind/],
  ["globe and plane in one call", [good[0], { id: "b", x: 1, y: 2, hours: 5 }], "spaces-mixed", "accounts[1]", /accounts\[0\]/],
  ["no measure", withRow({ hours: undefined }), "measure-missing", "accounts[1].hours", /number/],
  ["a negative measure", withRow({ hours: -1 }), "measure-negative", "accounts[1].hours", /got -1/],
  ["an infinite measure", withRow({ hours: Infinity }), "measure-not-finite", "accounts[1].hours", /finite/],
  ["NaN as measure", withRow({ hours: NaN }), "measure-not-finite", "accounts[1].hours", /finite/],
  ["text as measure", withRow({ hours: "1,234" }), "measure-type", "accounts[1].hours", /got "1,234"/],
  ["a Date as measure", withRow({ hours: new Date(0) }), "measure-type", "accounts[1].hours", /a Date/],
  ["a bigint as measure", withRow({ hours: 5n }), "measure-type", "accounts[1].hours", /5n/],
  ["a sum beyond the range of numbers", good.map((row) => ({ ...row, hours: 1e308 })), "measure-overflow", "measures.hours", /larger unit/],
  ["a sum too small to divide", good.map((row) => ({ ...row, hours: 5e-324 })), "measure-underflow", "measures.hours", /smaller unit/],
  ["a cost beyond the range of numbers", good.map((row) => ({ ...row, hours: 1e303 })), "cost-overflow", "compactness", /larger unit/],
]

test.each(badAccounts)("unusable accounts: %s", (_, accounts, code, path, says) => {
  const error = failure(accounts, options)
  expect({ code: error.code, path: error.path }).toEqual({ code, path })
  expect(error.message).toMatch(says)
  expect(error.message.startsWith(`${path}`)).toBe(true)
})

const badOptions: [name: string, change: Record<string, unknown>, code: string, path: string, says: RegExp][] = [
  ["an unknown key", { teritories: 3 }, "option-unknown", "teritories", /did you mean "territories"/],
  ["an unknown key of a measure", { measures: { hours: { value: "hours", tolerence: 0.1 } } }, "option-unknown", "measures.hours.tolerence", /did you mean "tolerance"/],
  ["an unknown key of a territory", { territories: [{ id: "a", centre: {} }, { id: "b" }] }, "option-unknown", "territories[0].centre", /did you mean "center"/],
  ["an unknown key of compactness", { compactness: { wieght: "hours" } }, "option-unknown", "compactness.wieght", /did you mean "weight"/],
  ["a bound on an unknown measure", { territories: [{ id: "a", max: { huors: 3 } }, { id: "b" }] }, "option-unknown", "territories[0].max.huors", /did you mean "hours"/],
  ["a share of an unknown measure", { territories: [{ id: "a", share: { hour: 0.3 } }, { id: "b" }] }, "option-unknown", "territories[0].share.hour", /did you mean "hours"/],
  ["a misspelt field", { measures: { hours: { value: "huors" } } }, "measure-missing", "accounts[0].huors", /did you mean "hours"/],
  ["signal without async", { signal: new AbortController().signal }, "option-unknown", "signal", /./],
  ...[0, -1, 1.5, NaN, Infinity, "5", null, undefined, {}].map((k): [string, Record<string, unknown>, string, string, RegExp] => [`${String(k)} territories`, { territories: k }, "territory-count", "territories", /whole number of 1 or more/]),
  ["more territories than accounts", { territories: 4 }, "territory-count", "territories", /3 accounts, got 4/],
  ["more listed territories than accounts", { territories: ["a", "b", "c", "d"].map((id) => ({ id })) }, "territory-count", "territories", /3 accounts/],
  ["an empty list of territories", { territories: [] }, "territory-count", "territories", /at least one/],
  ["territory ids twice", { territories: [{ id: "a" }, { id: "a" }] }, "id-duplicate", "territories[1].id", /territories\[0\]/],
  ["a number as territory id", { territories: [{ id: 1 }, { id: "b" }] }, "id-type", "territories[0].id", /String\(id\)/],
  ["text as a territory", { territories: ["a", "b"] }, "option-type", "territories[0]", /\{ id/],
  ["no measures", { measures: {} }, "measures-missing", "measures", /at least one/],
  ["measures as a list", { measures: ["hours"] }, "measures-missing", "measures", /object/],
  ["a measure as text", { measures: { hours: "hours" } }, "option-type", "measures.hours", /\{ value/],
  ["a measure without value", { measures: { hours: {} } }, "field-type", "measures.hours.value", /field name or a function/],
  ["a negative tolerance", { measures: { hours: { value: "hours", tolerance: -0.1 } } }, "tolerance", "measures.hours.tolerance", /0 or more/],
  ["NaN as tolerance", { measures: { hours: { value: "hours", tolerance: NaN } } }, "tolerance", "measures.hours.tolerance", /NaN/],
  ["min above max", { measures: { hours: { value: "hours", min: 8, max: 7 } } }, "bounds", "measures.hours", /8.*7/],
  ["a territory's min above the measure's max", { measures: { hours: { value: "hours", max: 7 } }, territories: [{ id: "a", min: { hours: 8 } }, { id: "b" }] }, "bounds", "territories[0]", /8.*7/],
  ["a negative bound", { measures: { hours: { value: "hours", min: -1 } } }, "bounds", "measures.hours.min", /0 or more/],
  ["null as a territory's bound", { territories: [{ id: "a", max: { hours: null } }, { id: "b" }] }, "bounds", "territories[0].max.hours", /number/],
  ["shares above 1 in sum", { territories: [{ id: "a", share: 0.7 }, { id: "b", share: 0.7 }] }, "share-sum", "territories", /1\.4/],
  ["shares below 1 in sum", { territories: [{ id: "a", share: 0.2 }, { id: "b", share: 0.7 }] }, "share-sum", "territories", /0\.9/],
  ["a share in per cent", { territories: [{ id: "a", share: 40 }, { id: "b" }] }, "share", "territories[0].share", /0\.4/],
  ["a negative share", { territories: [{ id: "a", share: -0.1 }, { id: "b" }] }, "share", "territories[0].share", /between 0 and 1/],
  ["a center of the other kind", { territories: [{ id: "a", center: { x: 1, y: 2 } }, { id: "b" }] }, "option-unknown", "territories[0].center.x", /longitude/],
  ["a center out of range", { territories: [{ id: "a", center: { longitude: 0, latitude: 91 } }, { id: "b" }] }, "center", "territories[0].center.latitude", /-90 and 90/],
  ["a center with its coordinates swapped", { territories: [{ id: "a", center: { longitude: 41.6, latitude: -93.6 } }, { id: "b" }] }, "center", "territories[0].center.latitude", /-90 and 90.*longitude and latitude may be swapped/],
  ["centerFixed without center", { territories: [{ id: "a", centerFixed: true }, { id: "b" }] }, "center-missing", "territories[0].center", /centerFixed/],
  ["a power of 3", { compactness: { power: 3 } }, "option-type", "compactness.power", /1 or 2/],
  ["centers of an unknown kind", { centers: "median" }, "option-type", "centers", /"mean" or "account"/],
  ["a broken seed", { seed: 1.5 }, "option-type", "seed", /whole number/],
  ["no starts", { starts: 0 }, "option-type", "starts", /1 or more/],
  ["a negative number of iterations", { maxIterations: -1 }, "option-type", "maxIterations", /0 or more/],
  ["a negative time limit", { timeLimitMs: -5 }, "option-type", "timeLimitMs", /0 or more/],
  ["a progress function that is none", { onProgress: "log" }, "option-type", "onProgress", /function/],
  ["an unknown certificate", { certificate: "best" }, "option-type", "certificate", /given-centers/],
  ["current as a map", { current: new Map() }, "input-type", "current", /array/],
  ["a current row without ids", { current: [{}] }, "id-type", "current[0].accountId", /string/],
  ["a number in current", { current: [{ accountId: 7, territoryId: "t1" }] }, "id-type", "current[0].accountId", /String\(id\)/],
  ["an unknown account in current", { current: [{ accountId: "A", territoryId: "t1" }] }, "id-unknown", "current[0].accountId", /"A"/],
  ["an unknown territory in current", { territories: [{ id: "north" }, { id: "south" }], current: [{ accountId: "a", territoryId: "nort" }] }, "id-unknown", "current[0].territoryId", /did you mean "north"/],
  ["two current territories for one account", { current: [...current, { accountId: "a", territoryId: "t2" }] }, "current-overlap", "current[2]", /"a" is also in territory "t1"/],
  ["locked without current", { locked: ["a"] }, "locked-without-current", "locked", /current/],
  ["locked as text", { current, locked: "a" }, "option-type", "locked", /array/],
  ["a lock on an account that current does not place", { current, locked: ["c"] }, "locked-without-current", "locked[0]", /"c"/],
  ["a lock on a number", { current, locked: [7] }, "id-type", "locked[0]", /String\(id\)/],
  ["a lock on nothing", { current, locked: [undefined] }, "id-type", "locked[0]", /undefined/],
  ["locks in more territories than asked for", { territories: 1, current, locked: ["a", "b"] }, "territory-count", "territories", /at least the 2 territories of the locked accounts/],
  ["disruption", { disruption: { penalty: 1 } }, "disruption-without-current", "disruption", /needs `current`/],
  ["eligible", { territories: 2, eligible: () => true }, "eligible-without-territories", "eligible", /needs listed territories/],
  ["groups as text", { together: "ab" }, "option-type", "together", /array of groups/],
  ["a group with an unknown account", { together: [["a", "A"]] }, "id-unknown", "together[0][1]", /"A"/],
  ["adjacency", { adjacency: [["a", "b"]] }, "unsupported", "adjacency", /not built/],
  ["a certificate for all centers, which are means", { certificate: "all-centers" }, "certificate-centers", "certificate", /centers: "account"/],
]

test.each(badOptions)("unusable options: %s", (_, change, code, path, says) => {
  const error = failure(good, { ...options, ...change })
  expect({ code: error.code, path: error.path }).toEqual({ code, path })
  expect(error.message).toMatch(says)
})

test.each([undefined, null, 7, "fast", [], new Map()].map((value) => ({ value })))("options that are $value", ({ value }) => {
  const error = failure(good, value)
  expect(error.path).toBe("options")
})

test("misspelt ids of accounts are answered with the nearest one", () => {
  const accounts = good.map((row) => ({ ...row, id: `store-${row.id}` }))
  const rows = [{ accountId: "store-a", territoryId: "t1" }]
  expect(failure(accounts, { ...options, current: [{ accountId: "stor-a", territoryId: "t1" }] }).message).toMatch(/did you mean "store-a"/)
  expect(failure(accounts, { ...options, current: rows, locked: ["store_a"] })).toMatchObject({ code: "id-unknown", path: "locked[0]" })
  expect(failure(accounts, { ...options, current: rows, locked: ["store_a"] }).message).toMatch(/did you mean "store-a"/)
})

test("faults of accounts, measures and options are told in one error", () => {
  const error = failure(withRow({ latitude: 95, hours: -1 }), { ...options, seed: 1.5, tolerance: 0.1 })
  expect(error.issues.map((one) => one.code)).toEqual(["latitude-out-of-range", "option-unknown", "option-type", "measure-negative"])
  expect(error.issueCount).toBe(4)
  expect(error.message).toMatch(/\(and 3 more\)$/)
  const rows = failure(withRow({ latitude: 95, hours: -1 }), options)
  expect(rows.issues.map((one) => one.path)).toEqual(["accounts[1].latitude", "accounts[1].hours"])
})

test("faults of current, locks and shares are told in the same error", () => {
  const territories = [{ id: "p", share: 0.9 }, { id: "q", share: 0.9 }]
  const error = failure(withRow({ hours: -1 }), { ...options, territories, current: [{ accountId: "nobody", territoryId: "r" }], seed: 1.5 })
  expect(error.issues.map((one) => `${one.code} ${one.path}`)).toEqual([
    "option-type seed", "measure-negative accounts[1].hours", "id-unknown current[0].accountId", "id-unknown current[0].territoryId", "share-sum territories",
  ])
})

test("hundreds of thousands of bad rows are an error like any other", () => {
  const current = Array.from({ length: 300_000 }, () => ({ accountId: 1, territoryId: "t" }))
  expect(failure(withRow({}), { ...options, current }).issueCount).toBe(300_000)
})

test("an error carries a thousand issues and their number", () => {
  const accounts = Array.from({ length: 1500 }, (_, i) => ({ id: `A${i}`, x: 0, y: 0, hours: "many" }))
  const error = failure(accounts, options)
  expect(error.issues.length).toBe(1000)
  expect(error.issueCount).toBe(1500)
  expect(error.message).toMatch(/\(and 1,499 more\)$/)
})

test("accessors: each is called once for an account, and what it throws is told with its account", () => {
  const calls: string[] = []
  const value = (row: { id: string; hours: number }): number => {
    calls.push(row.id)
    return row.hours
  }
  partitionAccounts(good, { territories: 2, measures: { hours: { value } }, starts: 1 })
  expect(calls.sort()).toEqual(["a", "b", "c"])
  const error = failure(good, { territories: 2, measures: { hours: { value: () => { throw new Error("no such column") } } } })
  expect(error).toMatchObject({ code: "accessor-failed", path: "accounts[0] (hours)", issueCount: 3 })
  expect(error.message).toMatch(/no such column/)
})

test("a getter of a row that throws is an issue, not a crash", () => {
  const row = { id: "b", latitude: 42, hours: 5, get longitude(): number { throw new Error("not loaded") } }
  expect(failure([good[0], row, good[2]], options)).toMatchObject({ code: "accessor-failed", path: "accounts[1]" })
})

test("ids that are names of object properties, or markup, or not quite text, are ids like any other", () => {
  const ids = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf", "then", '"><img src=x onerror=1>', "a\u0000b", "line\nbreak", "\ud800", " x ", "é", "e\u0301"]
  const accounts = ids.map((id, i) => ({ id, x: i, y: i % 3, hours: 1 + (i % 2) }))
  const own = {
    territories: ["__proto__", "constructor", "toString"].map((id) => ({ id, name: `<b>${id}</b>` })),
    measures: JSON.parse('{"__proto__": {"value": "hours", "tolerance": 0.5}, "constructor": {"value": "hours", "tolerance": null}}') as Record<string, { value: string }>,
    current: ids.map((accountId, i) => ({ accountId, territoryId: ["__proto__", "constructor", "toString"][i % 3] })),
    locked: ["__proto__", "then"],
  }
  const plan = partitionAccounts(accounts, own)
  expect(contractFaults(accounts, own, plan)).toEqual([])
  expect(plan.alignment.map((row) => row.accountId)).toEqual(ids)
  expect(JSON.parse(JSON.stringify(plan))).toEqual(plan)
})

test("rows of any make are taken: frozen, without prototype, instances of a class", () => {
  class Store {
    readonly id = "c"
    readonly longitude = -91
    readonly latitude = 43
    get hours(): number { return 6 }
  }
  const bare = Object.assign(Object.create(null) as object, good[1]) as (typeof good)[number]
  const plan = partitionAccounts([Object.freeze({ ...good[0] }), bare, new Store()], { ...options, starts: 1 })
  expect(plan).toEqual(partitionAccounts(good, { ...options, starts: 1 }))
})

test("options of a polluted prototype are neither read nor refused", () => {
  const clean = partitionAccounts(good, { ...options, starts: 1 })
  Object.assign(Object.prototype, { seed: "polluted", tolerance: -1, locked: 7 })
  try {
    expect(partitionAccounts(good, { ...options, starts: 1 })).toEqual(clean)
  } finally {
    for (const key of ["seed", "tolerance", "locked"]) delete (Object.prototype as Record<string, unknown>)[key]
  }
})

test("odd but usable input is warned of in the result", () => {
  const accounts = [...good, { id: "d", longitude: 0, latitude: 0, hours: 0 }, { id: "e", longitude: 200, latitude: 10, hours: 0 }]
  const plan = partitionAccounts(accounts, { territories: 2, measures: { hours: { value: "hours" }, none: { value: () => 0 } }, compactness: { weight: () => 1 } })
  expect(plan.warnings.map((warning) => warning.code).sort()).toEqual(["longitude-wrapped", "measure-all-zero", "null-island"])
  expect(plan.imbalance.none).toBeNull()
})

test("findAccountIssues finds what partitionAccounts refuses in rows", () => {
  const rowFaults = badAccounts.filter(([, , code]) => !code.startsWith("measure") && !code.startsWith("cost"))
  expect(rowFaults.length).toBeGreaterThan(15)
  for (const [, accounts, code, path] of rowFaults) expect(findAccountIssues(accounts)[0]).toMatchObject({ code, path })
  expect(findAccountIssues(randomAccounts(50, 1))).toEqual([])
})

test("the asynchronous form rejects with the same errors", async () => {
  await expect(partitionAccountsAsync(good, { ...options, seed: 1.5 })).rejects.toMatchObject({ code: "option-type", path: "seed" })
  await expect(partitionAccountsAsync(good, undefined as unknown as typeof options)).rejects.toMatchObject({ path: "options" })
  await expect(partitionAccountsAsync(good, { ...options, signal: "stop" as unknown as AbortSignal })).rejects.toMatchObject({ code: "option-type", path: "signal" })
  await expect(partitionAccountsAsync(null as unknown as typeof good, options)).rejects.toMatchObject({ code: "input-missing" })
})
