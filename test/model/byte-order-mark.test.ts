import { comparePerformance, evaluateAlignment, findAccountIssues, partitionAccounts, scoreAccounts, toCsv, type Alignment, type LocatedAccount } from "equiterra"
import { expect, test } from "vitest"
import { messageOf } from "../helpers/message-of.js"

const REMEDY = 'remove the byte-order mark when the file is read'
const rows = (field: string): LocatedAccount[] => [0, 1, 2].map((i) => ({ id: `a${i}`, x: i, y: 0, [field]: i + 1 }))

test("the first field of a file read with its byte-order mark is named, wherever a field is asked for", () => {
  const unnamed = [0, 1].map((i) => ({ "\ufeffid": `a${i}`, x: i, y: 0 }))
  expect(findAccountIssues(unnamed)[0].message).toContain(`accounts[0].id: must be a string, got undefined (the field is called "\\ufeffid": ${REMEDY}`)
  expect(findAccountIssues([{ id: "a", "\ufefflongitude": 1, latitude: 2 }])[0].message).toContain(REMEDY)
  expect(findAccountIssues([{ id: "a", "\ufeffx": 1, y: 2 }])[0].message).toContain('"\\ufeffx"')
  // a reader that meets the mark before a quote keeps the quotes
  expect(findAccountIssues([{ id: "a", '\ufeff"x"': 1, y: 2 }])[0].message).toContain('"\\ufeff"x""')
  const byHours = { territories: 1, measures: { hours: { value: "hours" } } }
  expect(messageOf(() => partitionAccounts(rows("\ufeffhours"), byHours))).toContain(REMEDY)
  expect(messageOf(() => scoreAccounts(rows("\ufeffhours"), { factors: { hours: { value: "hours" } } }))).toContain(REMEDY)
  expect(messageOf(() => comparePerformance(rows("\ufeffrep"), { territory: "rep", kpis: { x: { numerator: "x" } } }))).toContain(REMEDY)
  expect(messageOf(() => toCsv(rows("\ufeffhours"), { columns: ["id", "hours"] }))).toContain(REMEDY)
  const alignment = rows("hours").map(({ id }) => ({ "\ufeffaccountId": id, territoryId: "t1" })) as unknown as Alignment
  expect(messageOf(() => evaluateAlignment(rows("hours"), alignment, byHours))).toContain('"\\ufeffaccountId"')
})

test("what nobody sees in a text is written as an escape", () => {
  expect(messageOf(() => comparePerformance(rows("rep"), { territory: "\ufefft\u200b", kpis: {} }))).toContain('"\\ufefft\\u200b"')
})
