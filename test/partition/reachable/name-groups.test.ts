import { partitionAccounts } from "equiterra"
import { expect, test } from "vitest"
import { renderReport } from "../../../src/report/index.js"

test("what a group needs is not said of its first account", () => {
  const accounts = Array.from({ length: 36 }, (_, i) => ({ id: `g${i}`, x: i % 6, y: Math.floor(i / 6), hours: 1 }))
  const together = [accounts.slice(0, 18).map(({ id }) => id)]
  const { infeasibility, territories } = partitionAccounts(accounts, { territories: 4, measures: { hours: { value: "hours" } }, together })
  expect(territories.map(({ measures }) => measures.hours.activity).sort((a, b) => a - b)).toEqual([6, 6, 6, 18])
  const messages = infeasibility?.relaxations.map(({ message }) => message).join("\n") ?? ""
  expect(messages).toContain('(the group of "g0" has 18 of hours)')
  expect(messages).toContain('the group of "g0" alone needs one of 100 %')
})

test("a page on accounts without places speaks of no centers", () => {
  const accounts = Array.from({ length: 40 }, (_, i) => ({ id: `a${i}`, hours: 1 + (i % 7) }))
  const current = accounts.map(({ id }, i) => ({ accountId: id, territoryId: i < 16 ? "a" : i < 26 ? "b" : "c" }))
  const measures = { hours: { value: "hours" } }
  const plan = partitionAccounts(accounts, { territories: 3, measures, current, disruption: { penalty: 1 } })
  expect(plan.certificate.lowerBound).toBeGreaterThan(0)
  const page = renderReport({ accounts, plan, title: "Inside team" })
  expect(page).toContain("Changes of owner, against the fewest")
  expect(page).not.toMatch(/centers/)
})
