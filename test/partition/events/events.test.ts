import { assignAccounts, checkDrift, createExplainer, evaluateAlignment, explainPlan, partitionAccounts, partitionAccountsAsync, topMoves, type Alignment, type PartitionOptions, type PlanEvent } from "equiterra"
import { expect, test } from "vitest"
import type { Row } from "../../helpers/recompute-plan"

/** Four pairs of accounts at the corners of a square of 10; north-west to south-east. */
const accounts: Row[] = [
  { id: "nw1", x: 0, y: 10, hours: 1, revenue: 5 },
  { id: "nw2", x: 1, y: 10, hours: 1, revenue: 1 },
  { id: "ne1", x: 9, y: 10, hours: 1, revenue: 1 },
  { id: "ne2", x: 10, y: 10, hours: 1, revenue: 1 },
  { id: "sw1", x: 0, y: 0, hours: 1, revenue: 2 },
  { id: "sw2", x: 1, y: 0, hours: 1, revenue: 3 },
  { id: "se1", x: 9, y: 0, hours: 1, revenue: 1 },
  { id: "se2", x: 10, y: 0, hours: 1, revenue: 1 },
]
const rows = (owners: Readonly<Record<string, string>>): Alignment => Object.entries(owners).flatMap(([territoryId, ids]) => ids.split(" ").map((accountId) => ({ accountId, territoryId })))
const list = (...ids: string[]): { id: string }[] => ids.map((id) => ({ id }))
const base = { measures: { hours: { value: "hours", tolerance: 0 } }, starts: 1 }
const FOUR = rows({ nw: "nw1 nw2", ne: "ne1 ne2", sw: "sw1 sw2", se: "se1 se2" })

function membersOf(options: Partial<PartitionOptions<Row>>, rowsOf = accounts): { members: Record<string, string>; moved: unknown; forced: unknown } {
  const { alignment, disruption } = partitionAccounts(rowsOf, { ...base, territories: 4, ...options })
  const members: Record<string, string[]> = {}
  for (const { accountId, territoryId } of alignment) (members[territoryId] ??= []).push(accountId)
  return {
    members: Object.fromEntries(Object.entries(members).map(([id, ids]) => [id, ids.join(" ")])),
    moved: disruption === null ? null : [disruption.movedCount, disruption.movedWeight, disruption.movedShare],
    forced: disruption === null ? null : [disruption.forcedCount, disruption.forcedWeight],
  }
}

test("a territory removed: its accounts go where they fit, and neither count as moved nor use the budget", () => {
  const events: PlanEvent[] = [{ type: "territory-removed", territoryId: "ne" }]
  // two territories of four accounts: ne has to go with nw or se, all others stay
  const current = rows({ west: "nw1 nw2 sw1 sw2", se: "se1 se2", ne: "ne1 ne2" })
  const found = membersOf({ territories: list("west", "se"), current, events, disruption: { weight: "revenue", maxMovedShare: 0 } })
  expect(found).toEqual({ members: { west: "nw1 nw2 sw1 sw2", se: "ne1 ne2 se1 se2" }, moved: [0, 0, 0], forced: [2, 2] })
})

test("a territory removed among numbered ones: the rest keep their ids, and a new one does not get the old id", () => {
  const current = rows({ t1: "nw1 nw2", t2: "ne1 ne2", t3: "sw1 sw2", t4: "se1 se2" })
  const events: PlanEvent[] = [{ type: "territory-removed", territoryId: "t2" }]
  const members = { t1: "nw1 nw2", t5: "ne1 ne2", t3: "sw1 sw2", t4: "se1 se2" }
  expect(membersOf({ current, events })).toEqual({ members, moved: null, forced: null })
  expect(membersOf({ current, events, disruption: { maxMovedShare: 0 } })).toEqual({ members, moved: [0, 0, 0], forced: [2, 2] })
})

test("a territory added: nobody is at home there", () => {
  const current = rows({ north: "nw1 nw2 ne1 ne2", south: "sw1 sw2 se1 se2" })
  const events: PlanEvent[] = [{ type: "territory-added", territoryId: "new" }]
  const measures = { hours: { value: "hours", min: 2, max: 4 } }
  const found = membersOf({ measures, territories: list("north", "south", "new"), current, events, disruption: { maxMovedShare: 0.25 } })
  expect(found.moved).toEqual([2, 2, 0.25])
  expect(found.members.new).toMatch(/^(..)1 \1.$/)
})

test("territories renamed: nobody moves, with listed and with numbered territories, and a lock follows", () => {
  const events: PlanEvent[] = [
    { type: "territory-renamed", territoryId: "nw", to: "Kim" },
    { type: "territory-renamed", territoryId: "se", to: "nw" },
  ]
  const members = { Kim: "nw1 nw2", ne: "ne1 ne2", sw: "sw1 sw2", nw: "se1 se2" }
  for (const territories of [4, list("Kim", "ne", "sw", "nw")]) {
    expect(membersOf({ territories, current: FOUR, events, disruption: { maxMovedShare: 0 }, locked: ["nw2", "se1"] })).toEqual({ members, moved: [0, 0, 0], forced: [0, 0] })
    expect(membersOf({ territories, current: FOUR, events }).members).toEqual(members)
  }
})

test("territories merged: accounts of each are at home in the one, and a lock follows", () => {
  const events: PlanEvent[] = [
    { type: "territories-merged", territoryIds: ["nw", "ne"], into: "north" },
    { type: "territories-merged", territoryIds: ["sw"], into: "se" },
  ]
  const members = { north: "nw1 nw2 ne1 ne2", se: "sw1 sw2 se1 se2" }
  for (const territories of [2, list("north", "se")]) {
    expect(membersOf({ territories, current: FOUR, events, disruption: { maxMovedShare: 0 }, locked: ["ne1"] })).toEqual({ members, moved: [0, 0, 0], forced: [0, 0] })
  }
})

test("a territory split: in either part nobody has moved", () => {
  const current = rows({ north: "nw1 nw2 ne1 ne2", sw: "sw1 sw2", se: "se1 se2" })
  const events: PlanEvent[] = [{ type: "territory-split", territoryId: "north", into: ["north", "coast"] }]
  for (const territories of [4, list("sw", "north", "se", "coast")]) {
    const { members, moved, forced } = membersOf({ territories, current, events, disruption: { maxMovedShare: 0 } })
    expect([members.north, members.coast].sort()).toEqual(["ne1 ne2", "nw1 nw2"])
    expect(moved).toEqual([0, 0, 0])
    expect(forced).toEqual([0, 0])
  }
  // a part with a center of its own takes what lies there
  const centers = [{ id: "sw" }, { id: "north", center: { x: 10, y: 10 }, centerFixed: true }, { id: "se" }, { id: "coast" }]
  expect(membersOf({ territories: centers, current, events, disruption: { penalty: 1 } }).members).toEqual({ north: "ne1 ne2", coast: "nw1 nw2", sw: "sw1 sw2", se: "se1 se2" })
})

test("accounts open and close: closed ones stand in current only, opened ones in the call only", () => {
  const current = [...rows({ west: "nw1 nw2 sw1 sw2", east: "ne1 ne2 se1" }), { accountId: "gone", territoryId: "east" }, { accountId: "past", territoryId: "closed down" }]
  const events: PlanEvent[] = [
    { type: "accounts-closed", accountIds: ["gone", "past"] },
    { type: "accounts-opened", accountIds: ["se2"] },
  ]
  expect(membersOf({ territories: list("west", "east"), current, events, disruption: { maxMovedShare: 0 } })).toEqual({ members: { west: "nw1 nw2 sw1 sw2", east: "ne1 ne2 se1 se2" }, moved: [0, 0, 0], forced: [0, 0] })
  // an account that closed and opened again is new: that it changes its owner is no move
  const again: PlanEvent[] = [{ type: "accounts-closed", accountIds: ["gone", "past", "sw1"] }, { type: "accounts-opened", accountIds: ["se2", "sw1"] }]
  const found = membersOf({ measures: { hours: { value: "hours", min: 3, max: 5 } }, territories: [{ id: "west" }, { id: "east", center: { x: 0, y: 0 }, centerFixed: true }], current, events: again, disruption: { maxMovedShare: 0 } })
  expect(found).toMatchObject({ members: { west: "nw1 nw2 sw2 se2" }, moved: [0, 0, 0] })
})

test("events in a row: split and one part removed, merged and renamed, removed and set up anew", () => {
  const disruption = { maxMovedShare: 0 }
  const current = rows({ north: "nw1 nw2 ne1 ne2", sw: "sw1 sw2", se: "se1 se2" })
  const halved: PlanEvent[] = [
    { type: "territory-split", territoryId: "north", into: ["a", "b"] },
    { type: "territory-removed", territoryId: "b" },
    { type: "territories-merged", territoryIds: ["sw", "se"], into: "south" },
    { type: "territory-renamed", territoryId: "a", to: "top" },
  ]
  expect(membersOf({ territories: list("top", "south"), current, events: halved, disruption })).toEqual({ members: { top: "nw1 nw2 ne1 ne2", south: "sw1 sw2 se1 se2" }, moved: [0, 0, 0], forced: [0, 0] })
  const anew: PlanEvent[] = [{ type: "territory-removed", territoryId: "ne" }, { type: "territory-added", territoryId: "ne" }]
  expect(membersOf({ territories: list("nw", "ne", "sw", "se"), current: FOUR, events: anew, disruption })).toMatchObject({ moved: [0, 0, 0], forced: [2, 2] })
})

test("an account with two owners, of whom one leaves, is the other's, whichever row comes first", () => {
  const both = rows({ west: "nw1 nw2 sw1 sw2", east: "ne1 ne2 se1 se2", Kim: "nw1" })
  for (const current of [both, [...both].reverse()]) {
    const options = { territories: list("west", "east"), current, events: [{ type: "territory-removed", territoryId: "Kim" }] as PlanEvent[], disruption: { maxMovedShare: 0 }, locked: ["nw1"] }
    expect(membersOf(options)).toMatchObject({ members: { west: "nw1 nw2 sw1 sw2" }, moved: [0, 0, 0], forced: [0, 0] })
  }
})

test("the same option for judging, explaining and improving a plan, and for the asynchronous form", async () => {
  const current = rows({ north: "nw1 nw2 ne1 ne2", sw: "sw1 sw2", se: "se1 se2" })
  const events: PlanEvent[] = [{ type: "territory-split", territoryId: "north", into: ["a", "b"] }, { type: "territory-removed", territoryId: "se" }, { type: "territory-added", territoryId: "new" }]
  const options: PartitionOptions<Row> = { ...base, territories: list("a", "b", "sw", "new"), current, events, disruption: { penalty: 1e4 } }
  const plan = partitionAccounts(accounts, options)
  expect(await partitionAccountsAsync(accounts, options)).toEqual(plan)
  expect(evaluateAlignment(accounts, plan.alignment, options).disruption).toEqual(plan.disruption)
  expect(plan.disruption).toMatchObject({ movedCount: 0, forcedCount: 2, forcedWeight: 2 })
  expect(explainPlan(accounts, plan, { ...options, accountIds: ["nw1"] }).accounts).toHaveLength(1)
  expect(createExplainer(accounts, plan, options).explainAccount("ne1").accountId).toBe("ne1")
  // in the parts the other way round nobody has moved either: only the way counts
  const turned = plan.alignment.map((row) => (row.territoryId === "a" ? { ...row, territoryId: "b" } : row.territoryId === "b" ? { ...row, territoryId: "a" } : row))
  expect(evaluateAlignment(accounts, turned, options).disruption?.movedCount).toBe(0)
  // one account too far to the south-west: going back saves the penalty
  const strayed = plan.alignment.map((row) => (row.accountId === "nw1" ? { ...row, territoryId: "sw" } : row))
  const judged = evaluateAlignment(accounts, strayed, options)
  expect(judged.disruption).toMatchObject({ movedCount: 1, cost: 1e4 })
  expect(topMoves(accounts, judged, options)[0]).toMatchObject({ penaltyChange: -1e4, changes: [{ accountId: "nw1", from: "sw" }] })
})

test("a living plan takes the options that it was made with, events and all, and has none of them in its digest", () => {
  const { measures, starts } = base
  const events: PlanEvent[] = [{ type: "territories-merged", territoryIds: ["nw", "sw"], into: "west" }, { type: "accounts-closed", accountIds: ["gone"] }]
  const options: PartitionOptions<Row> = { measures, starts, territories: list("west", "ne", "se").map((spec, t) => ({ ...spec, share: t === 0 ? 0.5 : 0.25 })), current: [...FOUR, { accountId: "gone", territoryId: "se" }], events, disruption: { maxMovedShare: 0 } }
  const plan = partitionAccounts(accounts, options)
  expect(plan.violations).toEqual([])
  expect(JSON.stringify(plan.digest)).not.toContain("events")
  expect(assignAccounts(plan, [{ id: "new", x: 1, y: 5, hours: 0 }], options).alignment).toEqual([{ accountId: "new", territoryId: "west" }])
  expect(checkDrift(plan, accounts, options).isDrifted).toBe(false)
})

test("no events are no events", () => {
  const options: PartitionOptions<Row> = { ...base, territories: 4, current: FOUR, disruption: { penalty: 1 } }
  const plan = partitionAccounts(accounts, options)
  expect(partitionAccounts(accounts, { ...options, events: [] })).toEqual(plan)
  expect(partitionAccounts(accounts, { ...options, events: undefined } as unknown as typeof options)).toEqual(plan)
  expect(partitionAccounts(accounts, { ...base, territories: 4, events: [] }).disruption).toBe(null)
})
