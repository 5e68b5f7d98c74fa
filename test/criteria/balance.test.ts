import { partitionAccounts } from "equiterra"
import { expect, test } from "vitest"
import { findBalanceViolation } from "../../src/criteria/balance.js"

const row = { territoryId: "t1", measure: "hours", target: 21.81094, min: 21.81094, max: 21.81094, isCapacity: false, slack: 1e-12, heaviest: null }

test("an amount that looks like its limit is told with the difference", () => {
  expect(findBalanceViolation({ ...row, activity: 21.8109402 })?.message).toBe(
    'territory "t1" has 21.8109 of hours (100.0 % of its target of 21.8109), above its maximum of 21.8109, by 2e-7',
  )
  expect(findBalanceViolation({ ...row, activity: 21.5 })?.message).toBe('territory "t1" has 21.5 of hours (98.6 % of its target of 21.8109), below its minimum of 21.8109')
})

test("so is every violation of a tolerance of 0", () => {
  const accounts = Array.from({ length: 40 }, (_, i) => ({ id: `A${i}`, x: i % 7, y: i, hours: 1 + Math.sqrt(i) }))
  const { violations } = partitionAccounts(accounts, { territories: 3, measures: { hours: { value: "hours", tolerance: 0 } } })
  expect(violations.length).toBeGreaterThan(0)
  for (const { message } of violations) {
    const [, has, limit, difference] = /has ([\d.]+) of.*(?:minimum|maximum) of ([\d.]+)(, by )?/.exec(message) as RegExpExecArray
    expect(has !== limit || difference !== undefined, message).toBe(true)
  }
})
