import * as equiterra from "equiterra"
import { expect, test } from "vitest"
import { HOSTILE_VALUES, placesOf, putAt, unfitPlace, type Place } from "./helpers/hostile-values.js"
import { PUBLIC_CALLS, runCall, type PublicCall } from "./helpers/public-calls.js"

/** Places of one call that are tried, and values at each of them; both are taken in turns, so that all values meet every function. */
const PLACES = 5
const VALUES = 3
const LABELS = Object.keys(HOSTILE_VALUES)

/** Fields of accounts that the calls of these functions read; the others come back as they came, whatever is in them. */
const READ_FIELDS: Readonly<Record<string, readonly string[]>> = { scoreAccounts: ["id", "hours", "money"], estimateWorkload: ["id", "hours", "rep"] }

/** What is not ours to say: what a listener of progress throws ends the call unchanged, and rows of a caller come back with fields that nobody asked for, and with his -0. */
function isOurs({ name }: PublicCall, place: Place, label: string): boolean {
  if (place.includes("onProgress")) return !label.startsWith("a function that throws") && label !== "throwing proxy of a function"
  const read = READ_FIELDS[name]
  return read === undefined || place[0] !== 0 || place.length < 3 || (label !== "-0" && read.includes(String(place[place.length - 1])))
}

const outcome = async (call: PublicCall, args: unknown[]): Promise<string | null> => {
  try {
    return unfitPlace(await runCall(call, args))
  } catch (error) {
    const { name, path, message } = error as { name?: unknown; path?: unknown; message?: unknown }
    return name === "TerritoryError" && typeof path === "string" && path !== "" ? null : `threw ${String(name)}: ${String(message)}`
  }
}

test("every public function is called here, and holds nothing that no result may hold", async () => {
  const named = new Set(PUBLIC_CALLS.map(({ name }) => name))
  const functions = Object.entries(equiterra).filter(([name, value]) => typeof value === "function" && name !== "TerritoryError").map(([name]) => name)
  expect(functions.filter((name) => !named.has(name as keyof typeof equiterra))).toEqual([])
  for (const call of PUBLIC_CALLS) expect(unfitPlace(await runCall(call, call.args())), call.name).toBeNull()
})

test("whatever stands in place of an argument, an option or a part of one, the call returns a sound result or a TerritoryError with its path", async () => {
  const rejections: unknown[] = []
  const note = (reason: unknown): void => void rejections.push(reason)
  process.on("unhandledRejection", note)
  const found: string[] = []
  let turn = 0
  for (const call of PUBLIC_CALLS) {
    const places = placesOf(call.args())
    const step = Math.max(1, Math.floor(places.length / PLACES))
    for (let p = turn % step; p < places.length; p += step) {
      for (let v = 0; v < VALUES; v++) {
        const label = LABELS[turn++ % LABELS.length]
        if (!isOurs(call, places[p], label)) continue
        const what = await outcome(call, putAt(call.args(), places[p], HOSTILE_VALUES[label]()))
        if (what !== null) found.push(`${call.name} ${places[p].join(".")} <- ${label}: ${what}`)
      }
    }
  }
  await new Promise((resolve) => setTimeout(resolve, 0))
  process.off("unhandledRejection", note)
  expect(found).toEqual([])
  expect(rejections).toEqual([])
  expect(turn).toBeGreaterThan(700)
})

test("a list of four billion holes is refused at once, wherever a list may stand", async () => {
  let count = 0
  for (const call of PUBLIC_CALLS) {
    const lists = placesOf(call.args()).filter((place) => Array.isArray(place.reduce<unknown>((value, key) => (value as Record<string | number, unknown>)[key], call.args())))
    for (const place of lists.filter((_, at) => at % 2 === 0)) {
      const what = await outcome(call, putAt(call.args(), place, Object.assign([], { 4_000_000_000: "x" })))
      expect(what, `${call.name} ${place.join(".")}`).toBeNull()
      count++
    }
  }
  expect(count).toBeGreaterThan(200)
})

const accounts = Array.from({ length: 12 }, (_, i) => ({ id: `a${i}`, x: i % 4, y: Math.floor(i / 4), hours: 1 + (i % 3) }))
const options = { territories: 2, measures: { hours: { value: "hours" } } }

test("an onProgress that rejects is an error with its path, and ends no program", async () => {
  const onProgress = async (): Promise<void> => Promise.reject(new Error("no network"))
  await expect(equiterra.partitionAccountsAsync(accounts, { ...options, onProgress })).rejects.toMatchObject({ name: "TerritoryError", path: "onProgress" })
  expect(() => equiterra.partitionAccounts(accounts, { ...options, onProgress })).toThrow("onProgress: must not return a promise where nothing waits for it")
  // one that does not reject is waited for
  let waited = 0
  const plan = await equiterra.partitionAccountsAsync(accounts, { ...options, onProgress: async () => { await Promise.resolve(); waited++ } })
  expect(waited).toBeGreaterThan(1)
  expect(plan).toEqual(equiterra.partitionAccounts(accounts, options))
})

test("a huge number in place of no limit is refused with the remedy", () => {
  const fail = (change: object): string => {
    try {
      equiterra.partitionAccounts(accounts, { ...options, ...change })
    } catch (error) {
      return (error as Error).message
    }
    return ""
  }
  expect(fail({ maxDistance: Number.MAX_VALUE })).toContain("leave it out where there is no limit")
  expect(fail({ timeLimitMs: Number.MAX_VALUE })).toContain("leave it out for the default")
  expect(fail({ territories: [{ id: "n" }, { id: "s" }], compactness: { distance: () => 1e155 } })).toContain("leave the pair out where there is no way")
  expect(fail({ measures: { hours: { value: () => 1e308 } } })).toContain("sums to more than a number can hold")
  expect(unfitPlace(equiterra.partitionAccounts(accounts, { ...options, maxDistance: 1e100 }))).toBeNull()
})
