import KDBush from "kdbush"
import { turnsFrom } from "../../math/geo/longitude-frame.js"
import { boxOf, isInRegion, STEPS_PER_DEGREE, type Region } from "../../math/geo/region.js"
import type { IdentifiedAccount, LocatedAccount } from "../../model/account.js"
import { TerritoryError, type Issue, type Warning } from "../../model/error.js"
import { formatCount, groupThousands } from "../../model/format-amount.js"
import { issue, show } from "../../model/issue.js"
import { readAccounts } from "../../model/read-accounts.js"
import { readTextField } from "../../model/read-text-field.js"
import { readMeasures, type MeasureColumn } from "../../model/read-measures.js"
import { readAccountIds } from "../read-account-ids.js"
import { AS_TEXT } from "../value-lists.js"
import { atStake, severityOf } from "../word-finding.js"
import type { MapFrame } from "./map-frame.js"

const NORTH = 90 * STEPS_PER_DEGREE - 0.5

/** Accounts on the map of one call. */
export interface AccountsOnMap {
  readonly measures: readonly MeasureColumn[]
  /** The rows inside of a region, in the order of their ids. O(log n + rows in its box, by its points). */
  readonly inside: (region: Region) => readonly number[]
  readonly warnings: readonly Warning[]
}

/** What accounts are worth, and how to say it. */
export interface Stake {
  readonly accountCount: number
  readonly severity: Readonly<Record<string, number>>
}

/** Accounts read from options, before there is a map. */
export interface ReadPlaces {
  readonly longitudes: Float64Array
  readonly latitudes: Float64Array
  readonly order: Int32Array
  readonly measures: readonly MeasureColumn[]
  readonly warnings: readonly Warning[]
  /** Rows by the area that they name, in the order of their ids; null where places decide. */
  readonly byArea: ReadonlyMap<string, readonly number[]> | null
}

/** Reads accounts that name their area. O(n log n). */
export function readNamedAreas(accounts: unknown, area: unknown, measures: unknown, issues: Issue[]): ReadPlaces {
  const rows = accounts as readonly IdentifiedAccount[]
  const table = readAccountIds(rows, issues)
  const byArea = new Map<string, number[]>()
  const none = { longitudes: new Float64Array(0), latitudes: new Float64Array(0), order: new Int32Array(0), warnings: [], byArea }
  if (table === null) return { ...none, measures: [] }
  const named = readTextField(rows, area, "accounts", "area", { noun: "value", row: "account", remedy: AS_TEXT }, issues)
  for (const i of table.order) {
    const name = named[i]
    if (name === null) continue
    const own = byArea.get(name)
    if (own === undefined) byArea.set(name, [i])
    else own.push(i)
  }
  return { ...none, measures: readMeasures(rows, measures, issues) }
}

/** Reads accounts with their measures; those without longitude and latitude are left out, with a warning. O(n log n). */
export function readPlaces(accounts: unknown, measures: unknown, issues: Issue[]): ReadPlaces {
  const none = { longitudes: new Float64Array(0), latitudes: new Float64Array(0), order: new Int32Array(0), measures: readMeasures([], accounts === undefined ? undefined : measures, []), warnings: [], byArea: null }
  if (accounts === undefined) {
    if (measures !== undefined) issues.push(issue("option-alone", "measures", "needs accounts to measure", measures))
    return none
  }
  if (!Array.isArray(accounts)) {
    issues.push(issue("input-type", "accounts", "must be an array of accounts", accounts))
    return none
  }
  const rows = Array.from(accounts as readonly LocatedAccount[]) // a hole is no account
  const placedRows = rows.flatMap((account, i) => (isUnplaced(account) ? [] : [i]))
  const placed = placedRows.map((i) => rows[i])
  const warnings = warnOfUnplaced(rows.filter(isUnplaced))
  if (placed.length === 0) return { ...none, warnings }
  const found: Issue[] = []
  try {
    const table = readAccounts(placed)
    if (table.space !== "globe") found.push(issue("space-plane", "accounts", "must lie on the globe (longitude, latitude) to be inside of areas", placed[0]))
    return { longitudes: table.first, latitudes: table.second, order: table.order, measures: readMeasures(placed, measures, found), warnings: [...warnings, ...table.warnings], byArea: null }
  } catch (error) {
    if (!(error instanceof TerritoryError)) throw error
    for (const one of error.issues) found.push(one)
    return none
  } finally {
    // in the numbers of the rows as the caller has them
    const renumber = (text: string): string => text.replace(/\baccounts\[(\d+)\]/g, (all, row: string) => (placedRows[Number(row)] === undefined ? all : `accounts[${placedRows[Number(row)]}]`))
    for (const { code, path, message } of found) issues.push({ code, path: renumber(path), message: renumber(message) })
  }
}

function isUnplaced(account: LocatedAccount | null | undefined): boolean {
  if (typeof account !== "object" || account === null) return false
  try {
    return (account.longitude ?? null) === null && (account.latitude ?? null) === null && (account.x ?? null) === null && (account.y ?? null) === null
  } catch {
    return false // a getter that throws is told where accounts are read
  }
}

/** The id for a message. */
function idOf(account: LocatedAccount): string {
  try {
    return String(account.id)
  } catch {
    return "?" // a getter that throws
  }
}

function warnOfUnplaced(accounts: readonly LocatedAccount[]): Warning[] {
  if (accounts.length === 0) return []
  const names = accounts.map((account) => idOf(account))
  const first = names.reduce((a, b) => (b < a ? b : a))
  const who = accounts.length === 1 ? `${show(first)} has no longitude and latitude, and is` : `${show(first)} and ${groupThousands(String(accounts.length - 1))} more have no longitude and latitude, and are`
  return [{ code: "account-unplaced", path: "accounts", message: `accounts: ${who} counted nowhere` }]
}

/** Places accounts on a map. O(n log n). */
export function placeOnMap({ longitudes, latitudes, order, measures, warnings }: ReadPlaces, { cut }: MapFrame): AccountsOnMap {
  const n = order.length
  const xs = longitudes.map((longitude) => longitude * STEPS_PER_DEGREE + turnsFrom(cut, longitude * STEPS_PER_DEGREE))
  // what lies on a region's northern end lies outside of it; nothing lies north of the pole, so half a step south of it stands for it
  const ys = latitudes.map((latitude) => Math.min(latitude * STEPS_PER_DEGREE, NORTH))
  if (n === 0) return { measures, inside: () => [], warnings }
  const tree = new KDBush(n, 64, Float64Array)
  // in the order of ids: what the tree finds is sorted back into it
  for (const i of order) tree.add(xs[i], ys[i])
  tree.finish()
  const inside = (region: Region): readonly number[] => {
    const { minX, minY, maxX, maxY } = boxOf(region)
    return tree.range(minX, minY, maxX, maxY).sort((a, b) => a - b).map((place) => order[place]).filter((i) => isInRegion(xs[i], ys[i], region))
  }
  return { measures, inside, warnings }
}

/** What rows are worth, by measure. */
export function stakeOf(rows: readonly number[], measures: readonly MeasureColumn[]): Stake {
  return { accountCount: rows.length, severity: severityOf(rows, measures) }
}

/** "with 3 accounts (revenue 1,200)", or nothing. */
export function withStake({ accountCount, severity }: Stake): string {
  return accountCount === 0 ? "" : ` with ${formatCount(accountCount, "account")}${atStake(severity)}`
}
