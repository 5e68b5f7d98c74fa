import { evaluateAlignment, explainPlan, topMoves, type PartitionOptions } from "equiterra"
import { expect, test } from "vitest"
import type { Row } from "../../helpers/recompute-plan"

// four in a row belong to the west, though two of them lie with the east
const accounts: Row[] = [0, 1, 8, 9, 10].map((x, i) => ({ id: `a${i}`, x, y: 0, hours: 1 }))
const current = accounts.map(({ id }, i) => ({ accountId: id, territoryId: i < 4 ? "west" : "east" }))
const base: PartitionOptions<Row> = { territories: [{ id: "west" }, { id: "east" }], measures: { hours: { value: "hours", tolerance: null } }, current }

test.each<[string, NonNullable<PartitionOptions<Row>["disruption"]>, number]>([
  ["no limit binds", { maxHandedOffShare: 1, maxTakenOverShare: 4 }, 2],
  ["the one may hand off nothing", { maxHandedOffShare: { west: 0 } }, 0],
  ["the other may take over nothing", { maxTakenOverShare: { east: 0.5 } }, 0],
  ["a limit of others", { maxHandedOffShare: { east: 0 }, maxTakenOverShare: { west: 0 } }, 2],
])("top moves and reasons keep limits of territories: %s", (_, disruption, count) => {
  const options = { ...base, disruption }
  const plan = evaluateAlignment(accounts, current, options)
  expect(plan.violations).toEqual([])
  const moves = topMoves(accounts, plan, options)
  expect(moves).toHaveLength(count)
  for (const { changes } of moves) {
    const after = current.map((row) => ({ ...row, territoryId: changes.find(({ accountId }) => accountId === row.accountId)?.to ?? row.territoryId }))
    expect(evaluateAlignment(accounts, after, options).violations).toEqual([])
  }
  const { decidedBy } = explainPlan(accounts, plan, { ...options, accountIds: ["a3"] }).accounts[0]
  expect(decidedBy).toBe(count > 0 ? "none" : "disruption")
})
