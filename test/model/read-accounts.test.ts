import { expect, test } from "vitest"
import { findAlignmentIssues } from "../../src/model/find-alignment-issues.js"
import { readAccounts } from "../../src/model/read-accounts.js"

test("warnings name the account with the smallest id, whatever the order of the rows", () => {
  const accounts = [
    { id: "d", longitude: 0, latitude: 0 },
    { id: "c", longitude: 181, latitude: 10 },
    { id: "b", longitude: -190.5, latitude: 10 },
    { id: "a", longitude: 0, latitude: 0 },
    { id: "e", longitude: 180, latitude: 10 },
  ]
  const expected = [
    { code: "longitude-wrapped", path: "accounts.longitude", message: 'accounts.longitude: account "b" has longitude -190.5, which was read as 169.5 (and 1 more account)' },
    { code: "null-island", path: "accounts", message: 'accounts: account "a" lies at 0, 0, where failed geocoding puts accounts (and 1 more account)' },
  ]
  expect(readAccounts(accounts).warnings).toEqual(expected)
  expect(readAccounts([...accounts].reverse()).warnings).toEqual(expected)
  expect(readAccounts([{ id: "a", x: 0, y: 0 }]).warnings).toEqual([])
})

test("an alignment of other ids altogether is refused row by row, with hints for the first ones only", () => {
  const known = new Map(Array.from({ length: 5000 }, (_, i) => [`account ${i}`, i]))
  const rows = Array.from({ length: 2000 }, (_, i) => ({ accountId: `acount ${i}`, territoryId: "t" }))
  const issues = findAlignmentIssues(rows, known, null, "alignment")
  expect(issues).toHaveLength(2000)
  expect(issues[0]?.message).toBe('alignment[0].accountId: is no account of this call: "acount 0" (did you mean "account 0"?)')
  expect(issues[1999]?.message).toBe('alignment[1999].accountId: is no account of this call: "acount 1999"')
})

test("a result in the place of its alignment is told so", () => {
  const known = new Map([["a", 0]])
  const messageOf = (alignment: unknown): string | undefined => findAlignmentIssues(alignment, known, null, "alignment")[0]?.message
  expect(messageOf({ alignment: [], territories: [] })).toBe("alignment: must be an array of { accountId, territoryId }, got an object (pass its `alignment`)")
  expect(messageOf({})).toBe("alignment: must be an array of { accountId, territoryId }, got an object")
})
