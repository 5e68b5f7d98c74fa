import { evaluateAlignment, partitionAccounts, type PartitionOptions, type TerritorySpec } from "equiterra"
import { expect, test } from "vitest"
import { createRandom } from "../../src/math/random.js"
import { messageOf } from "../helpers/message-of"
import { randomAccounts } from "../helpers/random-accounts"
import { contractFaults, groupsOf, type Row } from "../helpers/recompute-plan"

/** Groups of two to four, of a third of the accounts, some with a member in common; neighbors or not. */
function families(accounts: readonly Row[], seed: number): string[][] {
  const random = createRandom(seed, 7)
  return Array.from({ length: Math.floor(accounts.length / 9) }, () => Array.from({ length: 2 + Math.floor(random() * 3) }, () => accounts[Math.floor(random() * accounts.length)].id))
}

test.each([1, 2, 3])("groups stay whole, and the certificate counts every member's way: %i measures, plane and globe, both powers, means and medoids", (count) => {
  let [grouped, inside] = [0, 0]
  for (let seed = 0; seed < 12; seed++) {
    const accounts = randomAccounts(60 + 10 * seed, seed, seed % 2 === 0 ? "plane" : "globe")
    const together = families(accounts, seed)
    const groups = groupsOf(accounts, { together })
    const current = accounts.filter((_, i) => i % 7 !== 0).map(({ id }, i) => ({ accountId: id, territoryId: `T${i % 3}` }))
    const options: PartitionOptions<Row> = {
      territories: Array.from({ length: 3 + (seed % 3) }, (_, t) => ({ id: `T${t}` })),
      measures: Object.fromEntries(["hours", "revenue", "visits"].slice(0, count).map((name) => [name, { value: name, tolerance: 0.25 }])),
      compactness: { power: seed % 3 === 0 ? 1 : 2 },
      centers: seed % 5 === 0 ? "account" : "mean",
      together,
      ...(seed % 2 === 0 ? {} : { current, disruption: { penalty: seed, weight: "revenue", ...(seed % 4 === 1 ? { maxMovedShare: 0.7 } : {}) } }),
      starts: 1,
      seed,
    }
    const plan = partitionAccounts(accounts, options)
    expect(contractFaults(accounts, options, plan), `seed ${seed}`).toEqual([])
    expect(contractFaults(accounts, options, evaluateAlignment(accounts, plan.alignment, options), "evaluation"), `seed ${seed}, judged`).toEqual([])
    grouped += groups.filter((group) => group.length > 1).length
    if (plan.violations.length === 0) inside++
  }
  expect(grouped).toBeGreaterThan(80)
  expect(inside).toBeGreaterThan(8)
})

test("at fixed centers no assignment that keeps the groups is cheaper than the bound, and the best is close to what is found", () => {
  for (let seed = 0; seed < 12; seed++) {
    const accounts = randomAccounts(9, seed, seed % 2 === 0 ? "plane" : "globe")
    const place = (row: Row): NonNullable<TerritorySpec["center"]> => (row.x === undefined ? { longitude: row.longitude as number, latitude: row.latitude as number } : { x: row.x, y: row.y as number })
    const options: PartitionOptions<Row> = {
      territories: [0, 1].map((t) => ({ id: `T${t}`, center: place(accounts[4 * t]), centerFixed: true })),
      measures: { hours: { value: "hours", tolerance: 0.4 } },
      together: [[accounts[0].id, accounts[5].id], [accounts[2].id, accounts[3].id, accounts[7].id]],
      seed,
    }
    const groups = groupsOf(accounts, options)
    let best = Infinity
    for (let code = 0; code < 2 ** groups.length; code++) {
      const alignment: { accountId: string; territoryId: string }[] = new Array(accounts.length)
      groups.forEach((group, g) => group.forEach((i) => (alignment[i] = { accountId: accounts[i].id, territoryId: `T${(code >> g) & 1}` })))
      const judged = evaluateAlignment(accounts, alignment, options)
      if (judged.violations.length === 0) best = Math.min(best, (judged.cost as number))
    }
    const plan = partitionAccounts(accounts, options)
    expect(plan.violations.length === 0, `seed ${seed}`).toBe(best < Infinity)
    if (best < Infinity) {
      expect(plan.cost).toBeCloseTo(best, 9)
      expect(plan.certificate.lowerBound as number).toBeLessThanOrEqual(best * (1 + 1e-12))
    }
  }
})

test("locks and eligibility of one member bind the group", () => {
  const accounts = randomAccounts(60, 2)
  const territories = ["A", "B", "C"].map((id) => ({ id }))
  const [a, b, c, d] = accounts.map(({ id }) => id)
  const { alignment } = partitionAccounts(accounts, {
    territories,
    measures: { hours: { value: "hours", tolerance: 0.3 } },
    together: [[a, b], [c, d]],
    current: [{ accountId: a, territoryId: "B" }],
    locked: [a],
    eligible: ({ id }, territory) => id !== d || territory.id === "C",
  })
  expect(alignment.slice(0, 4).map(({ territoryId }) => territoryId)).toEqual(["B", "B", "C", "C"])
})

test("where groups are as many as territories, or one is heavier than a territory may be, that is told", () => {
  const accounts = randomAccounts(12, 5)
  const ids = accounts.map(({ id }) => id)
  const measures = { hours: { value: "hours" } }
  const halves = partitionAccounts(accounts, { territories: 2, measures, together: [ids.slice(0, 6), ids.slice(6)] })
  expect(new Set(halves.alignment.slice(0, 6).map(({ territoryId }) => territoryId)).size).toBe(1)
  const all = partitionAccounts(accounts, { territories: 3, measures, together: [ids] })
  expect(new Set(all.alignment.map(({ territoryId }) => territoryId)).size).toBe(1)
  expect(all.violations.length).toBeGreaterThan(0)
  expect(all.infeasibility).not.toBeNull()
})

test("bad groups are named by their members", () => {
  const accounts: Row[] = ["A", "B", "C"].map((id, x) => ({ id, x, y: 0, hours: 1 }))
  const base = { territories: [{ id: "n" }, { id: "s" }], measures: { hours: { value: "hours" } } }
  const current = [{ accountId: "A", territoryId: "n" }, { accountId: "C", territoryId: "s" }]
  const refused = (options: object): string => messageOf(() => partitionAccounts(accounts, { ...base, ...options } as PartitionOptions<Row>))
  expect(refused({ together: [["A", "B"], ["B", "C"]], current, locked: ["A", "C"] })).toBe('together: accounts "A" and "C" are to be together, but locked to "n" and "s" (unlock one, or take it out of the group)')
  expect(refused({ together: [["A", "B"]], eligible: ({ id }: Row, t: TerritorySpec) => id === "C" || (id === "A") === (t.id === "n") })).toBe(
    'together: accounts "A", "B" are to be together, but no territory may have them all (make them eligible for one, or take some out of the group)',
  )
  expect(refused({ together: [["A", "B"]], current, locked: ["A"], eligible: ({ id }: Row, t: TerritorySpec) => id !== "B" || t.id === "s" })).toContain('account "A" is locked to territory "n", for which account "B" of its group is not eligible')
  expect(refused({ together: [["A", "Z"]] })).toContain('together[0][1]: is no account of this call: "Z"')
  expect(refused({ together: "AB" })).toContain("together: must be an array of groups of account ids")
  expect(refused({ together: [["A"], [], ["B", "B"]] })).toBe("no error")
})
