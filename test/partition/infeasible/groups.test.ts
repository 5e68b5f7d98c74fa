import { partitionAccounts, type PartitionOptions, type Relaxation, type TerritorySpec } from "equiterra"
import { expect, test } from "vitest"
import type { Row } from "../../helpers/recompute-plan"

const accounts: Row[] = ["a", "b", "c", "d"].map((id, x) => ({ id, x, y: 0, hours: 1 }))
const base: PartitionOptions<Row> = { territories: [{ id: "n" }, { id: "s" }], measures: { hours: { value: "hours", tolerance: 0 } }, together: [["a", "b"]] }

test("a group is made eligible, or unlocked, by all of its members", () => {
  const refused = (options: PartitionOptions<Row>, { changes }: Relaxation): PartitionOptions<Row> => ({
    ...options,
    locked: options.locked?.filter((id) => !changes.some((change) => change.kind === "unlock" && change.accountId === id)) ?? [],
    eligible: (row: Row, territory: TerritorySpec) =>
      options.eligible?.(row, territory) !== false || changes.some((change) => change.kind === "eligible" && change.accountId === row.id && change.territoryId === territory.id),
  })
  const cases: PartitionOptions<Row>[] = [
    // nobody may go south
    { ...base, eligible: (_, territory) => territory.id === "n" },
    // everybody is locked to the north
    { ...base, current: accounts.map(({ id }) => ({ accountId: id, territoryId: "n" })), locked: accounts.map(({ id }) => id) },
    // one member of the group may go south, the other not
    { ...base, eligible: (row, territory) => territory.id === "n" || row.id === "b" },
  ]
  const changesOf = cases.map((options) => {
    const { infeasibility } = partitionAccounts(accounts, options)
    const ways = infeasibility?.relaxations.filter(({ changes }) => changes.every(({ kind }) => kind === "unlock" || kind === "eligible")) ?? []
    expect(ways).toHaveLength(1)
    expect(partitionAccounts(accounts, refused(options, ways[0])).violations).toEqual([])
    return ways[0].changes.map((change) => ("accountId" in change ? change.accountId : ""))
  })
  expect(changesOf).toEqual([["a", "b"], ["a", "b"], ["a"]])
})
