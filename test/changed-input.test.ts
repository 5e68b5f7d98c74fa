import * as equiterra from "equiterra"
import { expect, test } from "vitest"
import { placesOf, type Place } from "./helpers/hostile-values.js"
import { PUBLIC_CALLS, runCall, type PublicCall } from "./helpers/public-calls.js"

type Row = Record<string, unknown>

/** Places of one call at which an accessor is tried. */
const PLACES = 4

/** The list of rows that a call reads with accessors, and the path that messages call it by; of the report its accounts. */
function rowsOf(args: readonly unknown[]): { rows: Row[]; at: number } | null {
  const lists = args.map((arg) => (Array.isArray(arg) ? arg : (arg as { accounts?: unknown } | null)?.accounts))
  const at = lists.findIndex((list) => Array.isArray(list) && list.length > 0 && typeof list[0] === "object")
  return at < 0 ? null : { rows: lists[at] as Row[], at }
}

/** What an accessor may do to the rows that it is asked about. */
const CHANGES: Readonly<Record<string, (rows: Row[]) => void>> = {
  "adds a row": (rows) => void rows.push({ ...rows[0], id: `${rows.length} more` }),
  "removes a row": (rows) => void rows.pop(),
  "puts another row in place": (rows) => void (rows[0] = { ...rows[0] }),
  "turns the rows": (rows) => void (rows.length > 1 ? rows.reverse() : rows.pop()),
}

const valueAt = (args: readonly unknown[], place: Place): unknown => place.reduce<unknown>((value, key) => (value as Record<string | number, unknown>)[key], args)
const setAt = (args: readonly unknown[], place: Place, value: unknown): void => void ((valueAt(args, place.slice(0, -1)) as Record<string | number, unknown>)[place[place.length - 1]] = value)

/** Places of functions, and of names of fields in whose place a function may stand. */
function accessorPlaces(call: PublicCall): Place[] {
  const args = call.args()
  const found = rowsOf(args)
  if (found === null) return []
  return placesOf(args).filter((place) => {
    const value = valueAt(args, place)
    if (found.rows === args[place[0] as number] || place.includes("accounts") || place.includes("onProgress")) return false
    return typeof value === "function" || (typeof value === "string" && Object.hasOwn(found.rows[0], value))
  })
}

/** A call whose accessor at a place does something to its rows when it is first asked; null where the accessor is not asked, or may not stand there. */
async function callWith(call: PublicCall, place: Place, change: (rows: Row[]) => void): Promise<unknown> {
  for (const isHarmless of [true, false]) {
    const args = call.args()
    const given = valueAt(args, place)
    const read = typeof given === "function" ? (given as (...asked: unknown[]) => unknown) : (...[row]: unknown[]): unknown => (row as Row)[given as string]
    let asked = 0
    setAt(args, place, (...of: unknown[]) => {
      if (asked++ === 0 && !isHarmless) change(rowsOf(args)?.rows as Row[])
      return read(...of)
    })
    try {
      await runCall(call, args)
      if (asked === 0) return null
      if (!isHarmless) return "a result"
    } catch (error) {
      return isHarmless ? null : error
    }
  }
  return null
}

test("an accessor that changes the caller's own rows is found out, in every function that asks accessors", async () => {
  const reached = new Set<string>()
  let count = 0
  const labels = Object.keys(CHANGES)
  for (const call of PUBLIC_CALLS) {
    const places = accessorPlaces(call)
    const step = Math.ceil(places.length / PLACES)
    for (const place of places.filter((_, at) => at % step === 0)) {
      const label = labels[count % labels.length]
      const outcome = await callWith(call, place, CHANGES[label])
      if (outcome === null) continue
      count++
      reached.add(call.name)
      const where = `${call.name} ${place.join(".")} ${label}`
      expect(outcome, where).toMatchObject({ name: "TerritoryError", code: "changed-input" })
      const { message } = outcome as Error
      // the option is named by its last part, whatever the function calls its arguments
      expect(message, where).toContain(String(place.filter((key) => typeof key === "string").pop()))
    }
  }
  // the others take fields by name only, or make a KPI that comparePerformance asks
  const asking = "alignByLists assignAccounts checkAreas checkCoverage checkDrift classifyDensity compareAlignments comparePerformance createExplainer estimateWorkload evaluateAlignment evaluateChange explainPlan explorePlans explorePlansAsync findWhiteSpaces measureEfficiency modelSales partitionAccounts partitionAccountsAsync pipelineVelocity planTest renderMap renderReport resolveCoverage routeAccounts scoreAccounts topMoves"
  expect([...reached].sort()).toEqual(asking.split(" "))
  expect(count).toBeGreaterThan(60)
})

const rowsOfTwo = (): { id: string; x: number; y: number; hours: number }[] => Array.from({ length: 6 }, (_, i) => ({ id: `a${i}`, x: i, y: 0, hours: 1 + i }))
const thrownBy = (call: () => unknown): unknown => {
  try {
    return call()
  } catch (error) {
    return error
  }
}

test("the error says what was changed, from what to what, and by which option", () => {
  const accounts = rowsOfTwo()
  const moved = thrownBy(() => equiterra.partitionAccounts(accounts, { territories: 2, measures: { hours: { value: (row) => ((row.x += 1), row.hours) } } }))
  expect(moved).toMatchObject({
    code: "changed-input",
    path: "accounts[0].x",
    message: "accounts[0].x: changed while the call read it: from 0 to 1 (measures.hours.value must return a value and change nothing)",
  })
  const named = rowsOfTwo()
  const late = thrownBy(() => equiterra.partitionAccounts(named, { territories: 2, measures: { a: { value: "hours" }, b: { value: (row) => ((row.hours = 1), 1) } } }))
  expect(late).toMatchObject({ path: "accounts[1].hours" })
  const current = rowsOfTwo().map(({ id }) => ({ accountId: id, territoryId: "n" }))
  const lists = thrownBy(() =>
    equiterra.partitionAccounts(rowsOfTwo(), {
      territories: [{ id: "n" }, { id: "s" }],
      measures: { hours: { value: () => (current.pop(), 1) } },
      current,
      eligible: () => true,
    }),
  )
  expect(lists).toMatchObject({
    path: "current",
    message: "current: changed while the call read it: it had 6 elements and has 0 (the functions among the options must return a value and change nothing: measures.hours.value, eligible)",
  })
})

test("a getter of a row that changes the list is found out, and an accessor that adds rows for ever ends", () => {
  const accounts: { id: string; x: number; y: number; hours: number }[] = rowsOfTwo()
  Object.defineProperty(accounts[2], "hours", { get: () => (accounts.pop(), 1), enumerable: true })
  expect(thrownBy(() => equiterra.partitionAccounts(accounts, { territories: 2, measures: { hours: { value: "hours" } } }))).toMatchObject({ code: "changed-input", path: "accounts" })
  const growing = rowsOfTwo()
  const error = thrownBy(() => equiterra.routeAccounts(growing, { dimensions: { h: { kind: "number", field: (row) => growing.push({ ...row, id: `${growing.length}` }) } }, rules: [{ id: "r", territoryId: "t", when: {} }] }))
  expect(error).toMatchObject({ code: "changed-input", path: "accounts" })
  expect(growing).toHaveLength(12)
})

test("an asynchronous call holds the caller to its rows while it reads, and no longer", async () => {
  const accounts = rowsOfTwo()
  const options = { territories: 2, measures: { hours: { value: "hours" } }, starts: 1 }
  const plan = equiterra.partitionAccounts(accounts, options)
  let isChanged = false
  const onProgress = ({ phase }: { phase: string }): void => {
    if (phase !== "read" && !isChanged) isChanged = accounts.splice(0, 3).length > 0
  }
  expect(await equiterra.partitionAccountsAsync(accounts, { ...options, onProgress })).toEqual(plan)
  expect(isChanged).toBe(true)
  const other = rowsOfTwo()
  await expect(equiterra.partitionAccountsAsync(other, { ...options, onProgress: () => void other.splice(0, 1) })).rejects.toMatchObject({ code: "changed-input" })
})

test("rows that answer with a new object, or that are the same row twice, are no change", () => {
  class Visit {
    readonly #hours: number
    constructor(readonly id: string, readonly x: number, readonly y: number, hours: number) {
      this.#hours = hours
    }
    get hours(): number {
      return this.#hours
    }
    get day(): Date {
      return new Date(0)
    }
  }
  const accounts = rowsOfTwo().map(({ id, x, y, hours }) => new Visit(id, x, y, hours))
  const plain = rowsOfTwo()
  const options = { territories: 2, measures: { hours: { value: (row: { hours: number }) => row.hours } } }
  expect(equiterra.partitionAccounts(accounts, options)).toEqual(equiterra.partitionAccounts(plain, options))
})
