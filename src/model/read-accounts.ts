import type { LocatedAccount, Space } from "./account.js"
import { throwIssues, type Warning } from "./error.js"
import { findAccountIssues } from "./find-account-issues.js"
import { formatCount } from "./format-amount.js"
import { show } from "./issue.js"
import { finishSteps, inPieces } from "./in-pieces.js"
import { orderByIdsSteps } from "./order-by-ids.js"
import { orderSoundAccounts, type OrderedIds } from "./order-sound-accounts.js"

/** Accounts as columns. Row i is the caller's row i. */
export interface AccountTable {
  readonly ids: readonly string[]
  readonly space: Space
  /** Degrees east in [-180, 180), or x; 0 without places. */
  readonly first: Float64Array
  /** Degrees north, or y; 0 without places. */
  readonly second: Float64Array
  /** The rows in the order of their ids. */
  readonly order: Int32Array
  /** Row by id; made when it is first asked for. */
  readonly rowOf: ReadonlyMap<string, number>
  readonly warnings: readonly Warning[]
}

/**
 * Checks the accounts and copies ids and coordinates into columns; the one door through which every stage takes accounts.
 * Longitudes up to 540 degrees are wrapped, with a warning. O(n) for usual ids.
 *
 * @throws TerritoryError with all issues of {@link findAccountIssues}
 */
export function readAccounts(accounts: readonly LocatedAccount[]): AccountTable {
  return finishSteps(readAccountsSteps(accounts))
}

/** The same in pieces. */
export function* readAccountsSteps(accounts: readonly LocatedAccount[]): Generator<undefined, AccountTable> {
  const known = yield* orderSoundAccounts(accounts)
  if (known === null) throwIssues(findAccountIssues(accounts))
  return yield* compileSteps(accounts, known)
}

/** The same for accounts in which {@link findAccountIssues} found nothing. */
export function compileAccounts(accounts: readonly LocatedAccount[]): AccountTable {
  return finishSteps(compileSteps(accounts, null))
}

/** @param known ids and their order, if they are known */
function* compileSteps(accounts: readonly LocatedAccount[], known: OrderedIds | null): Generator<undefined, AccountTable> {
  const n = accounts.length
  const ids = known?.ids ?? accounts.map((account) => account.id)
  const first = new Float64Array(n)
  const second = new Float64Array(n)
  const space = spaceOf(accounts[0])
  const wrapped: number[] = []
  const atZero: number[] = []
  yield* inPieces(space === "none" ? 0 : n, (from, to) => {
    for (let i = from; i < to; i++) {
      const account = accounts[i]
      if (space === "plane") {
        first[i] = (account.x as number) + 0 // -0 becomes 0
        second[i] = (account.y as number) + 0
        continue
      }
      const longitude = account.longitude as number
      const latitude = account.latitude as number
      // a longitude says nothing at a pole, and 180 is -180
      first[i] = Math.abs(latitude) === 90 ? 0 : longitude >= -180 && longitude < 180 ? longitude + 0 : wrapLongitude(longitude)
      second[i] = latitude + 0
      if (Math.abs(longitude) > 180) wrapped.push(i)
      if (longitude === 0 && latitude === 0) atZero.push(i)
    }
  })
  const { order } = known ?? (yield* orderByIdsSteps(ids))
  const warnings = [
    ...warnOf(wrapped, ids, "longitude-wrapped", "accounts.longitude", (i) => `has longitude ${accounts[i].longitude as number}, which was read as ${first[i]}`),
    ...warnOf(atZero, ids, "null-island", "accounts", () => "lies at 0, 0, where failed geocoding puts accounts"),
  ]
  let rows: ReadonlyMap<string, number> | null = null
  return {
    ids,
    space,
    first,
    second,
    order,
    get rowOf(): ReadonlyMap<string, number> {
      return (rows ??= new Map(ids.map((id, i) => [id, i])))
    },
    warnings,
  }
}

/** The kind of place of sound accounts is that of any of them. */
function spaceOf({ longitude, x }: LocatedAccount): Space {
  if (longitude !== undefined && longitude !== null) return "globe"
  return x !== undefined && x !== null ? "plane" : "none"
}

/** One warning for all rows concerned, which names the one with the smallest id: the same whatever the order of the rows. */
function warnOf(rows: readonly number[], ids: readonly string[], code: string, path: string, say: (row: number) => string): Warning[] {
  if (rows.length === 0) return []
  const named = rows.reduce((least, i) => (ids[i] < ids[least] ? i : least))
  const more = rows.length === 1 ? "" : ` (and ${formatCount(rows.length - 1, "more account")})`
  return [{ code, path, message: `${path}: account ${show(ids[named])} ${say(named)}${more}` }]
}

/** Degrees into [-180, 180); one addition for what is at most one turn away, so that lon and lon + 360 become equal. */
function wrapLongitude(longitude: number): number {
  return longitude >= 180 ? longitude - 360 : longitude + 360
}
