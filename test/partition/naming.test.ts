import { partitionAccounts, type Alignment, type PartitionResult } from "equiterra"
import { expect, test } from "vitest"
import type { CompiledProblem } from "../../src/partition/compile-problem.js"
import { listHomes } from "../../src/partition/current-homes.js"
import { nameTerritories } from "../../src/partition/name-territories.js"
import { randomAccounts, shuffled } from "../helpers/random-accounts"
import { contractFaults } from "../helpers/recompute-plan"

const measures = { hours: { value: "hours" } }

function centersOf(plan: PartitionResult): { longitude: number; latitude: number }[] {
  return plan.territories.map((territory) => territory.center as { longitude: number; latitude: number })
}

test("a number makes t1 to tk, zero-padded to one width, from west to east", () => {
  const plan = partitionAccounts(randomAccounts(80, 1), { territories: 11, measures, starts: 1 })
  expect(plan.territories.map((territory) => territory.id)).toEqual(["t01", "t02", "t03", "t04", "t05", "t06", "t07", "t08", "t09", "t10", "t11"])
  const longitudes = centersOf(plan).map((center) => center.longitude)
  expect(longitudes).toEqual([...longitudes].sort((a, b) => a - b))
  expect(partitionAccounts(randomAccounts(20, 1), { territories: 3, measures, starts: 1 }).territories.map((territory) => territory.id)).toEqual(["t1", "t2", "t3"])
})

test("on one meridian they go from south to north", () => {
  const accounts = shuffled(Array.from({ length: 12 }, (_, i) => ({ id: `A${i}`, x: 5, y: i + 10 * Math.floor(i / 4), hours: 1 })), 2)
  const plan = partitionAccounts(accounts, { territories: 3, measures })
  const ys = plan.territories.map((territory) => (territory.center as { y: number }).y)
  expect(ys).toEqual([...ys].sort((a, b) => a - b))
  expect(plan.territories.map((territory) => territory.id)).toEqual(["t1", "t2", "t3"])
})

test("with current, ids stay with the territories that keep most of their accounts", () => {
  const accounts = randomAccounts(120, 3)
  const before = partitionAccounts(accounts, { territories: 5, measures, starts: 1 })
  const named: Alignment = before.alignment.map((row) => ({ ...row, territoryId: `rep ${row.territoryId}` }))
  const options = { territories: 5, measures, current: named, starts: 1 }
  const after = partitionAccounts(accounts, options)
  expect(contractFaults(accounts, options, after)).toEqual([])
  // the same search: every account stays
  expect(after.alignment).toEqual(named)
})

test("the total that stays under its id is the most that any naming of the territories could keep", () => {
  const accounts = randomAccounts(90, 4)
  const before = partitionAccounts(accounts, { territories: 4, measures, starts: 1, seed: 5 })
  const after = partitionAccounts(accounts, { territories: 4, measures: { revenue: { value: "revenue" } }, current: before.alignment, starts: 1 })
  const ids = after.territories.map((territory) => territory.id)
  const stays = (names: readonly string[]): number => after.alignment.filter((row, i) => names[ids.indexOf(row.territoryId)] === before.alignment[i].territoryId).length
  const permutations = (items: readonly string[]): string[][] => (items.length === 0 ? [[]] : items.flatMap((item) => permutations(items.filter((one) => one !== item)).map((rest) => [item, ...rest])))
  expect([...ids].sort()).toEqual(["t1", "t2", "t3", "t4"])
  expect(stays(ids)).toBe(Math.max(...permutations(["t1", "t2", "t3", "t4"]).map(stays)))
})

test("a territory that keeps nothing gets a new id, never one of today's", () => {
  const accounts = randomAccounts(60, 5)
  const current = accounts.slice(0, 30).map((row) => ({ accountId: row.id, territoryId: "t1" }))
  const plan = partitionAccounts(accounts, { territories: 4, measures, current, starts: 1 })
  const keeper = plan.territories.filter((territory) => territory.id === "t1")
  expect(keeper.length).toBe(1)
  const kept = plan.alignment.filter((row, i) => i < 30 && row.territoryId === "t1").length
  for (const { id } of plan.territories) expect(plan.alignment.filter((row, i) => i < 30 && row.territoryId === id).length).toBeLessThanOrEqual(kept)
  // more territories today than wanted: those that keep nothing are gone, and their ids with them
  const many = accounts.map((row, i) => ({ accountId: row.id, territoryId: `t${1 + (i % 9)}` }))
  const fewer = partitionAccounts(accounts, { territories: 3, measures, current: many, starts: 1 })
  expect(new Set(fewer.territories.map((territory) => territory.id)).size).toBe(3)
  for (const { id } of fewer.territories) expect(fewer.alignment.some((row, i) => row.territoryId === id && many[i].territoryId === id)).toBe(true)
})

test("listed territories keep their ids, names and order; interchangeable ones keep most of their accounts", () => {
  const accounts = randomAccounts(90, 6)
  const specs = ["west", "east", "south"].map((id) => ({ id, name: id.toUpperCase() }))
  const before = partitionAccounts(accounts, { territories: specs, measures, starts: 1 })
  const turned = before.alignment.map((row) => ({ ...row, territoryId: specs[(specs.findIndex((spec) => spec.id === row.territoryId) + 1) % 3].id }))
  const after = partitionAccounts(accounts, { territories: specs, measures, current: turned, starts: 1 })
  expect(after.territories.map(({ id, name }) => [id, name])).toEqual([["west", "WEST"], ["east", "EAST"], ["south", "SOUTH"]])
  expect(after.alignment).toEqual(turned)
})

test("a territory with a share of its own is not given to another's accounts", () => {
  const accounts = randomAccounts(90, 7)
  const specs = [{ id: "half", share: 0.5 }, { id: "a" }, { id: "b" }]
  const current = accounts.map((row, i) => ({ accountId: row.id, territoryId: ["half", "a", "b"][i % 3] }))
  const options = { territories: specs, measures, current, starts: 1 }
  const plan = partitionAccounts(accounts, options)
  expect(contractFaults(accounts, options, plan)).toEqual([])
  expect(plan.violations).toEqual([])
  expect(plan.territories[0].measures.hours.target).toBeCloseTo(2 * plan.territories[1].measures.hours.target, 9)
})

test("ids of today may be as many as accounts: pairs of territory and id that would not fit into memory are not needed", () => {
  const [k, perTerritory] = [2200, 900]
  const n = k * perTerritory
  const owner = Int32Array.from({ length: n }, (_, i) => i % k)
  // every account has its own id, but for three pairs: 3 and 3 + k share one (both in territory 3), 5 and 6, 7 + 2 k and 8 + 2 k
  const current = Int32Array.from({ length: n }, (_, i) => i)
  current[3 + k] = 3
  current[6] = 5
  current[8 + 2 * k] = 7 + 2 * k
  const currentIds = Array.from({ length: n }, (_, id) => `id ${id}`)
  const compiled = { specs: null, space: "plane", current, currentIds, currentHomes: listHomes(n, []), goneIds: new Set(), problem: { k, lockedTo: new Int32Array(n).fill(-1) } } as unknown as CompiledProblem
  const { ids } = nameTerritories(compiled, owner, Float64Array.from({ length: 2 * k }, (_, d) => (d % 2 === 0 ? d : 0)))
  expect(ids.length).toBe(k)
  expect(new Set(ids).size).toBe(k)
  expect(ids[3]).toBe("id 3")
  // territory 6 has nothing of id 6: that account has id 5 now
  // account m still has id m, and is in the territory of that name
  const numbers = ids.map((id) => Number(id.slice("id ".length)))
  expect(numbers.filter((m, t) => owner[m] !== t || current[m] !== m)).toEqual([])
})
