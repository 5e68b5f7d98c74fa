import { expect, test } from "vitest"
import { alignByLists, checkCoverage } from "../../src/coverage/index.js"

test("the example of checkCoverage prints what it says", () => {
  const accounts = [{ id: "a", revenue: 10 }, { id: "b", revenue: 5 }]
  const alignment = [{ accountId: "a", territoryId: "north" }, { accountId: "a", territoryId: "south" }]
  const { complete, exclusive, findings } = checkCoverage(accounts, alignment, { measures: { revenue: "revenue" } })
  expect([complete, exclusive]).toEqual([false, false])
  expect(findings.map((f) => f.message)).toEqual(['Account "b" (revenue 5) has no territory.', 'Account "a" (revenue 10) is in 2 territories: "north", "south".'])
})

test("the example of alignByLists gives what it says", () => {
  const accounts = [{ id: "a", zip: "01234" }, { id: "b", zip: "50613" }, { id: "c", zip: "99999" }]
  const lists = { east: ["01234"], west: ["50613", "01234"] }
  const { alignment, unlisted, shared } = alignByLists(accounts, { field: "zip", lists })
  expect(alignment.map((row) => `${row.accountId} ${row.territoryId}`)).toEqual(["a east", "a west", "b west"])
  expect([unlisted[0].value, shared[0].value]).toEqual(["99999", "01234"])
})
