import { expect, test } from "vitest"
import { readOwnership } from "../../src/report/ownership.js"
import { thinAccounts } from "../../src/report/thin-accounts.js"

const accounts = Array.from({ length: 10_000 }, (_, i) => ({ id: `a${i}`, x: i % 100, y: Math.floor(i / 100) }))
// one account in fifty is a gap, one in a hundred an overlap, and one territory has a single account
const alignment = accounts.flatMap((account, i) => {
  const row = { accountId: account.id, territoryId: i === 7777 ? "single" : `t${i % 3}` }
  return i % 50 === 0 ? [] : i % 100 === 1 ? [row, { ...row, territoryId: "second" }] : [row]
})
const all = (): boolean => true

test("few enough accounts are all drawn", () => {
  const drawn = thinAccounts(readOwnership(accounts, alignment, "alignment"), all, 10_000)
  expect([drawn.owned.length, drawn.gaps.length, drawn.overlaps.length]).toEqual([9700, 200, 100])
})

test("too many are thinned to the limit; every territory and gaps and overlaps stay in sight", () => {
  const ownership = readOwnership(accounts, alignment, "alignment")
  const drawn = thinAccounts(ownership, all, 1000)
  expect(drawn.drawnCount).toBe(1000)
  expect([drawn.gaps.length, drawn.overlaps.length]).toEqual([200, 100])
  const seen = new Set(Array.from(drawn.owned, (i) => ownership.territoryIds[ownership.owners[i]]))
  expect([...seen].sort()).toEqual(["single", "t0", "t1", "t2"])
})

test("the choice does not depend on the order of the rows", () => {
  const choose = (rows: typeof accounts): string[] => {
    const ownership = readOwnership(rows, alignment, "alignment")
    return Array.from(thinAccounts(ownership, all, 500).owned, (i) => ownership.table.ids[i])
  }
  expect(choose([...accounts].reverse())).toEqual(choose(accounts))
})

test("serial ids are thinned evenly over the map", () => {
  const ownership = readOwnership(accounts, accounts.map((account) => ({ accountId: account.id, territoryId: "t" })), "alignment")
  const quarters = [0, 0, 0, 0]
  for (const i of thinAccounts(ownership, all, 2000).owned) quarters[(ownership.table.first[i] < 50 ? 0 : 1) + (ownership.table.second[i] < 50 ? 0 : 2)]++
  // 500 are expected in each; binomial standard deviation 19, and four of them are 78
  for (const quarter of quarters) expect(Math.abs(quarter - 500)).toBeLessThan(78)
})
