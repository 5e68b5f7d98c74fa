import { evaluateAlignment, partitionAccounts, type PartitionOptions } from "equiterra"
import { expect, test } from "vitest"
import { caught } from "../../helpers/caught"
import type { Row } from "../../helpers/recompute-plan"

const accounts: Row[] = ["a", "b", "c", "d", "e", "f"].map((id, i) => ({ id, x: i, y: 0, hours: 1 }))
const current = [
  { accountId: "a", territoryId: "north" },
  { accountId: "b", territoryId: "north" },
  { accountId: "c", territoryId: "south" },
  { accountId: "d", territoryId: "west" },
]
const listed = ["north", "south", "west"].map((id) => ({ id }))
const base = { territories: listed as unknown, measures: { hours: { value: "hours", tolerance: null } }, current: current as unknown, starts: 1 }

/** What is wrong, as a caller without types is told it. */
function issuesOf(events: unknown, change: object = {}): string[] {
  return caught(() => partitionAccounts(accounts, { ...base, events, ...change } as PartitionOptions<Row>)).issues.map(({ code, message }) => `${code} ${message}`)
}

const bad: [name: string, events: unknown, change: object, issues: readonly string[]][] = [
  ["no list", "territory-removed", {}, ['option-type events: must be an array of events, got "territory-removed" (such as [{ type: "territory-removed", territoryId: "north" }])']],
  ["null", null, {}, ['option-type events: must be an array of events, got null (such as [{ type: "territory-removed", territoryId: "north" }])']],
  ["no event", ["x", , null], {}, [0, 1, 2].map((e) => `option-type events[${e}]: must be an object such as { type: "territory-removed", territoryId: "north" }, got ${['"x"', "undefined", "null"][e]}`)], // eslint-disable-line no-sparse-arrays
  ["a misspelt type", [{ type: "territory-remove", territoryId: "north" }], {}, ['event-type events[0].type: must be a type of event, got "territory-remove" (did you mean "territory-removed"?)']],
  ["a type of its own", [{ type: "holiday" }], {}, ['event-type events[0].type: must be a type of event, got "holiday" (known: territory-removed, territory-added, territory-renamed, territories-merged, territory-split, accounts-opened, accounts-closed)']],
  ["a misspelt key", [{ type: "territory-renamed", territoryID: "north", to: "n" }], {}, [
    'option-unknown events[0].territoryID: is not an option (did you mean "territoryId"?)',
    "id-type events[0].territoryId: must be a string, got undefined",
  ]],
  ["ids that are none", [{ type: "territory-removed", territoryId: 7 }, { type: "accounts-closed", accountIds: [" ", 3] }, { type: "accounts-opened", accountIds: "f" }], {}, [
    "id-type events[0].territoryId: must be a string, got 7 (use String(id))",
    'id-empty events[1].accountIds[0]: must not be empty, got " "',
    "id-type events[1].accountIds[1]: must be a string, got 3 (use String(id))",
    'option-type events[2].accountIds: must be an array of ids, got "f" (use ["f"])',
  ]],
  ["empty lists", [{ type: "accounts-closed", accountIds: [] }, { type: "territory-split", territoryId: "north", into: ["n"] }, { type: "territories-merged", territoryIds: [], into: "north" }], {}, [
    "event-ids events[0].accountIds: must name at least one id (leave the event out)",
    "event-ids events[1].into: must name at least 2 ids (with one it is a territory-renamed)",
    "event-ids events[2].territoryIds: must name at least one id (leave the event out)",
  ]],
  ["an id twice in a list", [{ type: "accounts-opened", accountIds: ["e", "f", "e"] }, { type: "territory-split", territoryId: "north", into: ["n", "n"] }], {}, [
    'id-duplicate events[0].accountIds[2]: must be unique, but events[0].accountIds[0] has the same, got "e" (remove one)',
    'id-duplicate events[1].into[1]: must be unique, but events[1].into[0] has the same, got "n" (remove one)',
  ]],
  ["without current", [{ type: "accounts-opened", accountIds: ["e"] }], { current: undefined }, ["events-without-current events: need `current`, which says who owned what before them (pass current: [{ accountId, territoryId }])"]],
  ["a territory that is none", [{ type: "territory-removed", territoryId: "nort" }, { type: "territory-renamed", territoryId: "Kim", to: "west" }], {}, [
    'id-unknown events[0].territoryId: is no territory of `current`: "nort" (did you mean "north"?)',
    'id-unknown events[1].territoryId: is no territory of `current`: "Kim" (leave the event out if it owned nothing)',
    'event-exists events[1].to: territory "west" is already there, in `current` (rename that one first, or use territories-merged)',
  ]],
  ["removed twice", [{ type: "territory-removed", territoryId: "west" }, { type: "territory-removed", territoryId: "west" }], { territories: listed.slice(0, 2) }, [
    'event-gone events[1].territoryId: territory "west" is gone: events[0] removes it (events happen in the order given)',
  ]],
  ["merged after it was renamed", [{ type: "territory-renamed", territoryId: "west", to: "w" }, { type: "territories-merged", territoryIds: ["south", "west"], into: "south" }], { territories: [{ id: "north" }, { id: "south" }, { id: "w" }] }, [
    'event-gone events[1].territoryIds[1]: territory "west" is gone: events[0] renames it to "w" (events happen in the order given)',
  ]],
  ["merged alone", [{ type: "territories-merged", territoryIds: ["west"], into: "w" }], { territories: [{ id: "north" }, { id: "south" }, { id: "w" }] }, [
    'event-merge events[0]: must join at least two territories (use { type: "territory-renamed", territoryId: "west", to: "w" })',
  ]],
  ["merged into one that the call does not have", [{ type: "territories-merged", territoryIds: ["south", "west"], into: "rest" }], { territories: [{ id: "north" }, { id: "best" }] }, [
    'id-unknown events[0].into: is no territory of this call: "rest" (did you mean "best"?)',
  ]],
  ["renamed to one that the call does not have", [{ type: "territory-renamed", territoryId: "west", to: "Kim" }], { territories: listed.slice(0, 2) }, [
    'id-unknown events[0].to: is no territory of this call: "Kim" (list { id: "Kim" } among the territories)',
  ]],
  ["split into one that is there", [{ type: "territory-split", territoryId: "west", into: ["west", "south"] }], {}, [
    'event-exists events[0].into[1]: territory "south" is already there, in `current` (parts are new; if the rest takes over its accounts, use territory-removed)',
  ]],
  ["split into parts of which the call has one", [{ type: "territory-split", territoryId: "west", into: ["west", "coast"] }], {}, [
    'id-unknown events[0].into[1]: is no territory of this call: "coast" (list { id: "coast" } among the territories)',
  ]],
  ["added twice, and one that was there", ["x", "x", "north"].map((territoryId) => ({ type: "territory-added", territoryId })), { territories: [...listed, { id: "x" }] }, [
    'event-exists events[1].territoryId: territory "x" is already there, by events[0].territoryId (leave the event out)',
    'event-exists events[2].territoryId: territory "north" is already there, in `current` (leave the event out)',
  ]],
  ["added, but not in the call", [{ type: "territory-added", territoryId: "Lee" }], {}, ['id-unknown events[0].territoryId: is no territory of this call: "Lee" (list { id: "Lee" } among the territories)']],
  ["added where territories have only a number", [{ type: "territory-added", territoryId: "Lee" }], { territories: 4 }, [
    "event-needs-list events[0]: needs listed territories: a number gives new ones ids of its own (list the territories, or leave the event out)",
  ]],
  ["removed, but still in the call", [{ type: "territory-removed", territoryId: "west" }], {}, [
    'event-still-listed events[0]: removes it, but the territories of this call still have "west" (list it no longer; a new one of that id is { type: "territory-added", territoryId: "west" } after it)',
  ]],
  ["opened, but owned, or not there, or twice", [{ type: "accounts-opened", accountIds: ["a", "g", "e"] }, { type: "accounts-opened", accountIds: ["e"] }], {}, [
    'event-opened-owned events[0].accountIds[0]: account "a" opens, but stands in `current` already (leave it out here, or its row out of current)',
    'id-duplicate events[1].accountIds[0]: account "e" is already opened by events[0].accountIds[2] (remove one)',
    'id-unknown events[0].accountIds[1]: is no account of this call: "g" (add the account, or leave the event out)',
  ]],
  ["closed, but in the call", [{ type: "accounts-closed", accountIds: ["a", "gone"] }], {}, ['event-closed-account events[0].accountIds[0]: account "a" is closed, but accounts[0] has it (leave the account out, or the event)']],
  ["a lock on an account of a removed territory", [{ type: "territory-removed", territoryId: "west" }], { territories: listed.slice(0, 2), locked: ["d"] }, [
    'locked-removed locked[0]: account "d" is to stay in territory "west", which events remove (do not lock it)',
  ]],
  ["a lock on an account of a split territory", [{ type: "territory-split", territoryId: "north", into: ["n", "m"] }], { territories: 4, locked: ["c", "b"] }, [
    'locked-split locked[1]: account "b" is to stay in territory "north", which events split into "m", "n" (do not lock it, or tell by `eligible` which part it may go to)',
  ]],
  ["two owners after the events", [{ type: "territory-split", territoryId: "north", into: ["n", "m"] }], { territories: 4, current: [...current, { accountId: "a", territoryId: "south" }] }, [
    'current-overlap current[4]: account "a" is also in territory "m" or "n", got "south" (an account has one current territory; see checkCoverage)',
  ]],
]

test.each(bad)("%s", (_, events, change, issues) => {
  expect(issuesOf(events, change)).toEqual(issues)
})

test("an id of current that is not in the call stays an error without an event, which names the event", () => {
  const [west, gone] = [{ accountId: "e", territoryId: "eest" }, { accountId: "gone", territoryId: "west" }]
  expect(issuesOf(undefined, { current: [...current, west, gone] })).toEqual([
    'id-unknown current[4].territoryId: is no territory of this call: "eest" (did you mean "west"? if it was removed, renamed, merged or split, say so: events: [{ type: "territory-removed", territoryId: "eest" }])',
    'id-unknown current[5].accountId: is no account of this call: "gone" (if it closed, pass events: [{ type: "accounts-closed", accountIds: ["gone"] }])',
  ])
  expect(issuesOf([{ type: "accounts-closed", accountIds: ["gone"] }], { current: [...current, west, gone] })).toHaveLength(1)
})

test("wrong events do not make every row of current wrong, and are told with what else is wrong", () => {
  const [first, ...rest] = issuesOf([{ type: "territory-removed", territoryId: 1 }], { territories: listed.slice(0, 2), seed: 0.5 })
  expect(first).toMatch(/^option-type seed/)
  expect(rest).toEqual(["id-type events[0].territoryId: must be a string, got 1 (use String(id))"])
})

test("an alignment of before the events is not judged as one of after them", () => {
  const alignment = accounts.map(({ id }, i) => ({ accountId: id, territoryId: i < 3 ? "north" : "west" }))
  const options = { ...base, territories: 2, events: [{ type: "territory-removed", territoryId: "west" }] } as unknown as PartitionOptions<Row>
  const error = caught(() => evaluateAlignment(accounts, alignment, options))
  expect(error.issueCount).toBe(3)
  expect(error.message).toBe('alignment[3].territoryId: territory "west" is gone after the events (what is judged is the plan after them) (and 2 more)')
})
