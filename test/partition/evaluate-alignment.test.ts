import { evaluateAlignment, partitionAccounts, type Alignment } from "equiterra"
import { expect, test } from "vitest"
import { caught } from "../helpers/caught"
import { randomAccounts, shuffled } from "../helpers/random-accounts"
import { contractFaults } from "../helpers/recompute-plan"

const measures = { hours: { value: "hours" }, revenue: { value: "revenue" } }

test("a plan is judged by the figures with which it was handed out", () => {
  for (const centers of ["mean", "account"] as const) {
    const accounts = randomAccounts(120, 1)
    const options = { territories: 5, measures, centers, starts: 1 }
    const plan = partitionAccounts(accounts, options)
    const judged = evaluateAlignment(accounts, plan.alignment, options)
    expect(judged.alignment).toEqual(plan.alignment)
    expect(judged.violations).toEqual(plan.violations)
    expect(judged.territories.map(({ id, accountCount, measures: own }) => [id, accountCount, own])).toEqual(plan.territories.map(({ id, accountCount, measures: own }) => [id, accountCount, own]))
    expect(Math.abs((judged.cost as number) / (plan.cost as number) - 1)).toBeLessThan(1e-9)
    // the same optimum, found from other prices
    expect(Math.abs((judged.certificate.lowerBound as number) / (plan.certificate.lowerBound as number) - 1)).toBeLessThan(1e-9)
  }
})

test("any alignment is judged by the contract, good or bad, in any order of rows", () => {
  const accounts = randomAccounts(90, 2)
  const options = { territories: 4, measures }
  const alignment = accounts.map((row, i) => ({ accountId: row.id, territoryId: `rep ${(i * i) % 4}` }))
  const judged = evaluateAlignment(accounts, alignment, options)
  expect(contractFaults(accounts, options, judged, "evaluation")).toEqual([])
  expect(evaluateAlignment(accounts, shuffled(alignment, 3), options)).toEqual(judged)
  // a row said twice is no overlap, but odd
  const repeated = { code: "assignment-repeated", path: "alignment", message: "alignment: 2 rows repeat another row; each counts once" }
  expect(evaluateAlignment(accounts, [...alignment, alignment[0], alignment[7]], options)).toEqual({ ...judged, warnings: [...judged.warnings, repeated] })
})

test("a bad alignment is no proof that no good one exists", () => {
  const accounts = randomAccounts(40, 4)
  const alignment = accounts.map((row, i) => ({ accountId: row.id, territoryId: i < 35 ? "a" : "b" }))
  const judged = evaluateAlignment(accounts, alignment, { territories: 2, measures })
  expect(judged.violations.length).toBe(4)
  expect(judged.infeasibility).toBeNull()
  const hopeless = evaluateAlignment(accounts, alignment, { territories: 2, measures: { hours: { value: "hours", min: 1e6, max: null } } })
  expect(hopeless.infeasibility?.kind).toBe("divisible")
})

test("a cheap plan outside its bounds may cost less than the bound; the gap then says so", () => {
  const accounts = Array.from({ length: 20 }, (_, i) => ({ id: `A${i}`, x: i < 15 ? i : 100 + i, y: 0, hours: 1 }))
  const alignment = accounts.map((row) => ({ accountId: row.id, territoryId: row.x < 50 ? "w" : "e" }))
  const judged = evaluateAlignment(accounts, alignment, { territories: 2, measures: { hours: { value: "hours", tolerance: 0.01 } } })
  expect(judged.violations.length).toBe(2)
  expect(judged.certificate.gap as number).toBeLessThan(0)
})

test("locked accounts that stand elsewhere are violations with their names", () => {
  const accounts = randomAccounts(20, 6)
  const current: Alignment = accounts.map((row, i) => ({ accountId: row.id, territoryId: `T${i % 2}` }))
  for (const territories of [2, [{ id: "T0" }, { id: "T1" }]]) {
    const options = { territories, measures: { hours: { value: "hours", tolerance: null } }, current, locked: ["A3", "A4"] }
    const moved = current.map((row) => (row.accountId === "A3" ? { ...row, territoryId: "T0" } : row))
    const judged = evaluateAlignment(accounts, moved, options)
    expect(contractFaults(accounts, options, judged, "evaluation")).toEqual([])
    expect(judged.violations).toEqual([
      { criterion: "lock", territoryId: "T0", accountId: "A3", amount: 1, limit: 0, message: 'account "A3" is locked to territory "T1", but stands in "T0"' },
    ])
  }
})

test("listed territories may be empty, and numbers leave room for more", () => {
  const accounts = randomAccounts(20, 7)
  const alignment = accounts.map((row) => ({ accountId: row.id, territoryId: "t1" }))
  const options = { territories: 3, measures: { hours: { value: "hours", tolerance: null } } }
  const judged = evaluateAlignment(accounts, alignment, options)
  expect(contractFaults(accounts, options, judged, "evaluation")).toEqual([])
  expect(judged.territories.map((territory) => [territory.id, territory.accountCount, (territory.cost as number) > 0])).toEqual([["t1", 20, true], ["t2", 0, false], ["t3", 0, false]])
})

const accounts = randomAccounts(4, 8)
const rows = accounts.map((row, i) => ({ accountId: row.id, territoryId: `T${i % 2}` }))
const two = { territories: 2, measures }

test.each([
  ["no alignment", undefined, "input-type", "alignment"],
  ["a gap", rows.slice(1), "account-gap", "alignment"],
  ["an overlap", [...rows, { accountId: "A0", territoryId: "T1" }], "account-overlap", "alignment[4]"],
  ["an unknown account", [...rows, { accountId: "A9", territoryId: "T1" }], "id-unknown", "alignment[4].accountId"],
  ["a number as id", [{ accountId: 0, territoryId: "T0" }, ...rows.slice(1)], "id-type", "alignment[0].accountId"],
  ["no territory", [{ accountId: "A0", territoryId: "" }, ...rows.slice(1)], "id-empty", "alignment[0].territoryId"],
  ["more territories than asked for", rows.map((row, i) => ({ ...row, territoryId: `T${i}` })), "territory-count", "territories"],
] as const)("an alignment that is no plan is refused: %s", (_, alignment, code, path) => {
  const error = caught(() => evaluateAlignment(accounts, alignment as Alignment, two))
  expect({ code: error.code, path: error.path }).toEqual({ code, path })
})

test("a territory that is not listed is refused with the nearest name", () => {
  const named = rows.map((row) => ({ ...row, territoryId: row.territoryId === "T0" ? "north" : "sout" }))
  const error = caught(() => evaluateAlignment(accounts, named, { territories: [{ id: "north" }, { id: "south" }], measures }))
  expect(error).toMatchObject({ code: "id-unknown", path: "alignment[1].territoryId", issueCount: 2 })
  expect(error.message).toMatch(/did you mean "south"/)
})

test("with a number of territories one of today that has no accounts left keeps its id", () => {
  const accounts = [0, 1, 9].map((x, i) => ({ id: `a${i}`, x, y: 0, hours: 1 }))
  const alignment = accounts.map(({ id }) => ({ accountId: id, territoryId: "west" }))
  const current = [...alignment.slice(0, 2), { accountId: "a2", territoryId: "east" }]
  const { territories } = evaluateAlignment(accounts, alignment, { territories: 3, measures: { hours: { value: "hours" } }, current })
  expect(territories.map(({ id, accountCount }) => `${id} ${accountCount}`)).toEqual(["west 3", "east 0", "t1 0"])
})
