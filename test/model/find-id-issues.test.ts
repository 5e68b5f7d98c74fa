import { expect, test } from "vitest"
import { findAccountIssues } from "../../src/model/find-account-issues.js"
import { findIdIssues } from "../../src/model/find-id-issues.js"

const revoked = Proxy.revocable({}, {})
revoked.revoke()

test.each<[string, unknown, [string, string][]]>([
  ["nothing", undefined, [["input-missing", "accounts"]]],
  ["an object", {}, [["input-type", "accounts"]]],
  ["no rows", [], [["no-accounts", "accounts"]]],
  ["rows that are none", [null, [], "a", , 7], [0, 1, 2, 3, 4].map((i) => ["account-type", `accounts[${i}]`])],
  ["ids that are none", [{}, { id: 7 }, { id: " " }, { id: "x".repeat(1025) }], [["id-missing", "accounts[0].id"], ["id-type", "accounts[1].id"], ["id-empty", "accounts[2].id"], ["id-too-long", "accounts[3].id"]]],
  ["an id twice", [{ id: "a" }, { id: "b" }, { id: "a" }], [["id-duplicate", "accounts[2].id"]]],
  ["a getter that throws", [{ get id() { throw new Error("lazy") } }], [["accessor-failed", "accounts[0]"]]],
  ["a revoked proxy", [revoked.proxy], [["accessor-failed", "accounts[0]"]]],
  ["ids that are names of object properties", ["__proto__", "constructor"].map((id) => ({ id })), []],
])("%s: the same codes with and without a place", (_, accounts, expected) => {
  expect(findIdIssues(accounts).map((one) => [one.code, one.path])).toEqual(expected)
  const placed = findAccountIssues(accounts).filter((one) => !one.code.startsWith("coordinate"))
  expect(placed.map((one) => [one.code, one.path])).toEqual(expected)
})

test("a place is judged by the full check alone, beside what is wrong with the id", () => {
  const accounts = [{ id: "a", x: 0, y: 0 }, { id: "a", longitude: 1, latitude: 91 }, { id: 1, x: NaN, y: "2" }]
  expect(findIdIssues(accounts).map((one) => one.code)).toEqual(["id-duplicate", "id-type"])
  expect(findAccountIssues(accounts).map((one) => one.message)).toEqual([
    'accounts[1].id: must be unique, but accounts[0] has the same, got "a" (merge the two rows or rename one)',
    "accounts[1]: lies on the globe (longitude, latitude), but accounts[0] on a plane (x, y); one call takes one kind (make two calls, or give all of them the same kind)",
    "accounts[2].id: must be a string, got 1 (use String(id))",
    "accounts[2].x: must be a finite number, got NaN (set accounts without a place aside before the call)",
    'accounts[2].y: must be a number, got "2" (convert it to a number first)',
  ])
})

test("the example of findAccountIssues gives what it says", () => {
  expect(findAccountIssues([{ id: "a", longitude: -93.6, latitude: 141.6 }])[0]?.message).toBe("accounts[0].latitude: must be between -90 and 90, got 141.6")
})
