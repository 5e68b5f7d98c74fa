import { evaluateAlignment, partitionAccounts, type PartitionOptions, type Relaxation, type TerritorySpec } from "equiterra"
import { expect, test } from "vitest"
import { seeded } from "../../helpers/random-accounts"
import type { Row } from "../../helpers/recompute-plan"
import { createOracle } from "../../math/highs-oracle"
import { dividedLp, relax } from "./divided-lp"

const solve = await createOracle()
const ids = ["north", "south", "east"]

/** A few accounts of three owners, and limits of these on what may move that are mostly too small. */
function problemOf(seed: number): { accounts: Row[]; options: PartitionOptions<Row>; alignment: { accountId: string; territoryId: string }[] } {
  const random = seeded(seed)
  const n = 8 + Math.floor(20 * random())
  const accounts = Array.from({ length: n }, (_, i): Row => ({ id: `A${i}`, x: 10 * random(), y: 10 * random(), hours: 1 + Math.floor(9 * random()), revenue: 1 + 100 * random() ** 2, worth: seed % 4 === 0 && i % 5 === 0 ? 0 : 1 + 9 * random() }))
  const alignment = accounts.map(({ id }, i) => ({ accountId: id, territoryId: i < 3 ? ids[i] : ids[Math.floor(3 * random() ** 1.7)] }))
  const names = ["hours", "revenue"].slice(0, 1 + (seed % 2))
  const shares = (most: number): number | Record<string, number> => (random() < 0.5 ? most * random() : Object.fromEntries(ids.slice(0, 2 + Math.floor(2 * random())).map((id) => [id, most * random()])))
  return {
    accounts,
    alignment,
    options: {
      territories: ids.map((id) => ({ id })),
      measures: Object.fromEntries(names.map((name) => [name, { value: name, tolerance: 0.05 + 0.15 * random() }])),
      current: alignment.filter((_, i) => i % 7 !== 3),
      locked: seed % 3 === 0 ? [alignment[0].accountId] : [],
      disruption: {
        ...(seed % 5 < 4 ? { maxHandedOffShare: shares(0.1) } : {}),
        ...(seed % 5 > 2 ? { maxTakenOverShare: shares(0.12) } : {}),
        ...(seed % 7 === 0 ? { maxMovedShare: 0.3 * random() } : {}),
        ...(seed % 2 === 0 ? { weight: "worth" } : {}),
        ...(seed % 5 === 0 ? { penalty: 1 } : {}),
      },
      ...(seed % 4 === 1 ? { eligible: (row: Row, territory: TerritorySpec) => territory.id !== "north" || (row.hours as number) < 9 } : {}),
    },
  }
}

const ofMoves = ({ changes }: Relaxation): boolean => changes.every(({ kind }) => kind.endsWith("-share"))

test("each limit of a territory that is named as too small is enough at its new value, and 99 % of the way is not; limits not named do not help alone", () => {
  let [conflicts, named, helpless, together] = [0, 0, 0, 0]
  for (let seed = 0; seed < 16; seed++) {
    const { accounts, options, alignment } = problemOf(seed)
    const { infeasibility } = evaluateAlignment(accounts, alignment, options)
    const isPossible = (changed: PartitionOptions<Row>): boolean => solve(dividedLp(accounts, changed, ids)).status === "optimal"
    expect(infeasibility?.kind === "divisible", `seed ${seed}`).toBe(!isPossible(options))
    if (infeasibility === null || infeasibility.kind !== "divisible" || !isPossible({ ...options, disruption: { penalty: 1 } })) continue
    conflicts++
    const relaxations = infeasibility.relaxations.filter(ofMoves)
    // limits of territories and of all moves may have to rise together, which is not looked for
    const { weight, maxMovedShare } = options.disruption ?? {}
    if (maxMovedShare === undefined || isPossible({ ...options, disruption: { maxMovedShare, ...(weight === undefined ? {} : { weight }) } })) expect(relaxations.length, `seed ${seed}`).toBeGreaterThan(0)
    if (relaxations.some(({ changes }) => changes.length > 1)) together++
    for (const relaxation of relaxations) {
      named++
      expect([isPossible(relax(options, relaxation, ids)), isPossible(relax(options, relaxation, ids, 0.99))], `seed ${seed}: ${relaxation.message}`).toEqual([true, false])
      expect(relaxation).toMatchObject({ isMinimal: true, provenBy: "divided" })
      expect(evaluateAlignment(accounts, alignment, relax(options, relaxation, ids)).certificate.relaxedCost, `seed ${seed}: ${relaxation.message}`).not.toBeNull()
    }
    // every other limit, wide open, is no way out
    for (const kind of ["handed-off-share", "taken-over-share"] as const) {
      const shares = options.disruption?.[kind === "handed-off-share" ? "maxHandedOffShare" : "maxTakenOverShare"]
      if (shares === undefined) continue
      for (const territoryId of [...(typeof shares === "number" ? [null, ...ids] : Object.keys(shares))]) {
        if (relaxations.some(({ changes: [change, second] }) => second === undefined && change.kind === kind && change.territoryId === territoryId)) continue
        helpless++
        expect(isPossible(relax(options, { changes: [{ kind, territoryId, from: 0, to: 1e6 }] } as unknown as Relaxation, ids)), `seed ${seed}: ${kind} of ${territoryId}`).toBe(false)
      }
    }
  }
  expect(conflicts).toBeGreaterThan(7)
  expect(named).toBeGreaterThan(8)
  expect(together).toBeGreaterThan(0)
  expect(helpless).toBeGreaterThan(10)
})

test("a territory that has to hand off more is told by how much", () => {
  const accounts: Row[] = Array.from({ length: 20 }, (_, i) => ({ id: `A${10 + i}`, x: i, y: 0, hours: 1 }))
  const current = accounts.map(({ id }, i) => ({ accountId: id, territoryId: i < 14 ? "north" : "south" }))
  const options: PartitionOptions<Row> = { territories: [{ id: "north" }, { id: "south" }], measures: { hours: { value: "hours", tolerance: 0.1 } }, current, disruption: { maxHandedOffShare: { north: 0.05 } }, starts: 1 }
  const { infeasibility } = partitionAccounts(accounts, options)
  expect(infeasibility?.territoryIds).toEqual(["north"])
  // 3 of 14 have to go
  expect(infeasibility?.relaxations[0]).toEqual({ message: 'raise disruption.maxHandedOffShare of "north" from 5 % to 21.5 %', changes: [{ kind: "handed-off-share", territoryId: "north", from: 0.05, to: 0.215 }], provenBy: "divided", isMinimal: true })
  const both = partitionAccounts(accounts, { ...options, disruption: { maxHandedOffShare: 0.05, maxTakenOverShare: 0.5 } }).infeasibility?.relaxations.map(({ message }) => message)
  expect(both?.slice(0, 2)).toEqual(["raise disruption.maxHandedOffShare from 5 % to 21.5 %", 'raise disruption.maxHandedOffShare of "north" from 5 % to 21.5 %'])
  expect(partitionAccounts(accounts, { ...options, disruption: { maxHandedOffShare: { north: 0.215 } } }).infeasibility).toBeNull()
})

test("with numbered territories and groups the changed limits are those of the territories named", () => {
  let named = 0
  for (let seed = 0; seed < 4; seed++) {
    const { accounts, options, alignment } = problemOf(5 * seed + 3)
    const own: PartitionOptions<Row> = { ...options, territories: 3, current: alignment, locked: [], together: [[accounts[4].id, accounts[5].id]], starts: 1 }
    const { eligible: _, ...changed } = own
    const together = alignment.map((row, i) => ({ ...row, territoryId: alignment[i === 5 ? 4 : i].territoryId }))
    for (const relaxation of partitionAccounts(accounts, changed).infeasibility?.relaxations.filter(ofMoves) ?? []) {
      named++
      const kinds = [1, 0.99].map((share) => evaluateAlignment(accounts, together, relax(changed, relaxation, ids, share)).infeasibility?.kind === "divisible")
      expect(kinds, `seed ${seed}: ${relaxation.message}`).toEqual([false, true])
    }
  }
  expect(named).toBeGreaterThan(2)
})

test("where more has to move than may, that number is raised, if limits of territories allow it", () => {
  const accounts: Row[] = Array.from({ length: 10 }, (_, i) => ({ id: `A${i}`, x: i, y: 0, hours: 1 }))
  const current = accounts.map(({ id }, i) => ({ accountId: id, territoryId: ids[i % 2] }))
  const options: PartitionOptions<Row> = { territories: [{ id: "north" }, { id: "south" }], starts: 1, measures: { hours: { value: "hours", tolerance: 0.9 } }, current, disruption: { maxMovedShare: 0.1, maxHandedOffShare: 0.1 }, eligible: ({ id }, territory) => !["A0", "A2"].includes(id) || territory.id !== "north" }
  expect(partitionAccounts(accounts, options).infeasibility?.relaxations.map(({ message }) => message)).toEqual(["raise disruption.maxMovedShare from 0.1 to 0.2"])
  expect(partitionAccounts(accounts, { ...options, disruption: { maxMovedShare: 0.2, maxHandedOffShare: 0.1 } }).infeasibility).toBeNull()
})
