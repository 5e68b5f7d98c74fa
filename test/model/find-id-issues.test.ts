import { expect, test } from "vitest"
import { findAccountIssues } from "../../src/model/find-account-issues.js"
import { findIdIssues } from "../../src/model/find-id-issues.js"

const revoked = Proxy.revocable({}, {})
revoked.revoke()
const revokedList = Proxy.revocable([], {})
revokedList.revoke()
const hostile = new Proxy({}, { get: fail, getPrototypeOf: fail, has: fail, ownKeys: fail })
function fail(): never {
  throw new Error("hands off")
}

test.each<[string, unknown, [string, string][]]>([
  ["nothing", undefined, [["input-missing", "accounts"]]],
  ["an object", {}, [["input-type", "accounts"]]],
  ["no rows", [], [["no-accounts", "accounts"]]],
  ["rows that are none", [null, [], "a", , 7], [0, 1, 2, 3, 4].map((i) => ["account-type", `accounts[${i}]`])],
  ["ids that are none", [{}, { id: 7 }, { id: " " }, { id: "x".repeat(1025) }], [["id-missing", "accounts[0].id"], ["id-type", "accounts[1].id"], ["id-empty", "accounts[2].id"], ["id-too-long", "accounts[3].id"]]],
  ["an id twice", [{ id: "a" }, { id: "b" }, { id: "a" }], [["id-duplicate", "accounts[2].id"]]],
  ["a getter that throws", [{ get id() { throw new Error("lazy") } }], [["accessor-failed", "accounts[0]"]]],
  ["a revoked proxy", [revoked.proxy], [["accessor-failed", "accounts[0]"]]],
  ["proxies in the place of the array", revokedList.proxy, [["accessor-failed", "accounts"]]],
  ["a proxy that answers nothing", hostile, [["input-type", "accounts"]]],
  ["proxies in the place of rows and ids", [hostile, { id: hostile }, { id: revoked.proxy }], [["accessor-failed", "accounts[0]"], ["id-type", "accounts[1].id"], ["id-type", "accounts[2].id"]]],
  ["what a getter throws is a proxy", [{ get id() { throw hostile } }], [["accessor-failed", "accounts[0]"]]],
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

test("a place under other names is told from a place that is missing", () => {
  const messageOf = (account: object): string | undefined => findAccountIssues([{ id: "a", ...account }])[0]?.message
  const needs = "accounts[0]: needs longitude and latitude, or x and y"
  expect(messageOf({ lat: 41.6, lng: -93.6 })).toBe(`${needs} (give "lng" as longitude and "lat" as latitude)`)
  expect(messageOf({ Latitude: 41.6, Longitude: -93.6 })).toBe(`${needs} (give "Longitude" as longitude and "Latitude" as latitude)`)
  expect(messageOf({ location: { lat: 41.6, lng: -93.6 } })).toBe(`${needs} (give the numbers of "location" as longitude and latitude, or as x and y)`)
  for (const location of [{ x: 1, y: 2 }, { lat: "41.6", lng: "-93.6" }, [-93.6, 41.6], { type: "Point", coordinates: [-93.6, 41.6] }]) {
    expect(messageOf({ location })).toContain('give the numbers of "location"')
  }
  // known by name alone: a normal input where all are
  for (const account of [{}, { lat: null, lng: null }, { latitude: undefined, longitude: null }, { lat: 3 }, { location: "Berlin" }, { location: { city: "Boston", state: "MA" } }, { geo: ["US", "MA"] }, { position: {} }]) {
    expect(messageOf(account)).toBe(undefined)
  }
})

test("places for some accounts only are one issue, which names both and the two remedies", () => {
  const rows = [{ id: "p", x: 1, y: 2 }, { id: "a" }, { id: "q", x: 1, y: 2 }, ...["b", "c", "d"].map((id) => ({ id, x: null }))]
  const [one, ...others] = findAccountIssues(rows)
  expect(others).toEqual([])
  expect(one).toMatchObject({ code: "coordinate-missing", path: "accounts[1]" })
  expect(one?.message).toBe(
    'accounts[1]: 4 accounts ("a", "b", "c" ...) have no place, but 2 accounts ("p", "q") have one; a call takes places for all accounts or for none (set accounts without a place aside and place them with another call, or leave the coordinates of all accounts out, so that distances do not count)',
  )
  expect(findAccountIssues(rows.filter(({ id }) => id >= "p"))).toEqual([])
  expect(findAccountIssues(rows.filter(({ id }) => id < "p"))).toEqual([])
})

test("what is given instead of accounts is called by its name", () => {
  const got = (accounts: unknown): string | undefined => findAccountIssues(accounts)[0]?.message.split(", got ")[1]
  expect([new Map(), new Set(), Promise.resolve([]), new Date(0), {}].map(got)).toEqual(["a Map", "a Set", "a promise", "a Date", "an object"])
})

test("the example of findAccountIssues gives what it says", () => {
  expect(findAccountIssues([{ id: "a", longitude: -93.6, latitude: 141.6 }])[0]?.message).toBe("accounts[0].latitude: must be between -90 and 90, got 141.6")
})
