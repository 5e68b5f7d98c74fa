import { checkDrift, evaluateAlignment, partitionAccounts, topMoves, type PartitionOptions, type TerritorySpec } from "equiterra"
import { expect, test } from "vitest"
import { caught } from "../helpers/caught"
import { randomAccounts } from "../helpers/random-accounts"
import { contractFaults, distanceBetween, type Row } from "../helpers/recompute-plan"

const place = (row: Row): NonNullable<TerritorySpec["center"]> => (row.x === undefined ? { longitude: row.longitude as number, latitude: row.latitude as number } : { x: row.x, y: row.y as number })

test("an anchored center stands between the mean of its accounts and its anchor, in the plan and in the judgement", () => {
  for (let seed = 0; seed < 12; seed++) {
    const accounts = randomAccounts(80 + 20 * seed, seed, seed % 2 === 0 ? "plane" : "globe")
    const options: PartitionOptions<Row> = {
      territories: [0, 1, 2, 3].map((t) => (t === 3 ? { id: "free" } : { id: `T${t}`, center: place(accounts[5 * t]), centerAnchor: [0.2, 0.5, 1][t] })),
      measures: { hours: { value: "hours", tolerance: 0.3 }, ...(seed % 3 === 0 ? { revenue: { value: "revenue", tolerance: 0.4 } } : {}) },
      compactness: { power: seed % 4 === 0 ? 1 : 2 },
      starts: 1,
      seed,
    }
    const plan = partitionAccounts(accounts, options)
    const judgedLike: PartitionOptions<Row> = { ...options, territories: (options.territories as TerritorySpec[]).map(({ centerAnchor, ...spec }) => (centerAnchor === 1 ? { ...spec, centerFixed: true } : { ...spec, ...(centerAnchor === undefined ? {} : { centerAnchor }) })) }
    expect(contractFaults(accounts, judgedLike, plan), `seed ${seed}`).toEqual([])
    expect(contractFaults(accounts, judgedLike, evaluateAlignment(accounts, plan.alignment, options), "evaluation"), `seed ${seed}, judged`).toEqual([])
    // a move that is offered costs what it says, the center held
    for (const move of topMoves(accounts, plan, { ...options, count: 2 })) {
      const ownerOf = new Map(move.changes.map(({ accountId, to }) => [accountId, to]))
      const moved = plan.alignment.map(({ accountId, territoryId }) => ({ accountId, territoryId: ownerOf.get(accountId) ?? territoryId }))
      expect(((evaluateAlignment(accounts, moved, options).cost as number) - (plan.cost as number)) / (plan.cost as number), `seed ${seed}`).toBeCloseTo(move.costChange / (plan.cost as number), 9)
    }
    expect(checkDrift(JSON.parse(JSON.stringify(plan)), accounts, options).isDrifted).toBe(false)
  }
})

test("the stronger the anchor, the nearer the center, from its free place to its anchor", () => {
  const accounts = randomAccounts(300, 4, "plane")
  const anchor = { x: accounts[0].x as number, y: accounts[0].y as number }
  const apart = [0, 0.3, 0.6, 0.9, 1].map((centerAnchor) => {
    const plan = partitionAccounts(accounts, { territories: [{ id: "home", center: anchor, centerAnchor }, { id: "b" }, { id: "c" }], measures: { hours: { value: "hours" } } })
    expect(plan.violations).toEqual([])
    return distanceBetween(plan.territories[0].center as Row, anchor)
  })
  expect(apart[4]).toBe(0)
  for (let step = 1; step < apart.length; step++) expect(apart[step]).toBeLessThan(apart[step - 1])
})

test("bad anchors are named", () => {
  const accounts: Row[] = [{ id: "A", x: 0, y: 0, hours: 1 }, { id: "B", x: 1, y: 0, hours: 1 }]
  const messageOf = (spec: object, change: object = {}): string => (caught(() => partitionAccounts(accounts, { territories: [{ id: "n", ...spec }], measures: { hours: { value: "hours" } }, ...change } as never)) as Error).message
  expect(messageOf({ center: { x: 0, y: 0 }, centerAnchor: 2 })).toBe("territories[0].centerAnchor: must be a fraction between 0 and 1, got 2")
  expect(messageOf({ centerAnchor: 0.5 })).toContain("territories[0].center: must be given with centerAnchor")
  expect(messageOf({ center: { x: 0, y: 0 }, centerAnchor: 0.5, centerFixed: true })).toContain("contradicts centerFixed: true")
  expect(messageOf({ center: { x: 0, y: 0 }, centerAnchor: 0.5 }, { centers: "account" })).toContain('needs centers: "mean"')
})
