import type { LocatedAccount, Space } from "./account.js"
import { throwIssues, type Warning } from "./error.js"
import { findAccountIssues } from "./find-account-issues.js"

/** Accounts as columns. Row i is the caller's row i. */
export interface AccountTable {
  readonly ids: readonly string[]
  readonly space: Space
  /** Degrees east in [-180, 180), or x. */
  readonly first: Float64Array
  /** Degrees north, or y. */
  readonly second: Float64Array
  /** Row by id. */
  readonly rowOf: ReadonlyMap<string, number>
  readonly warnings: readonly Warning[]
}

/**
 * Checks the accounts and copies ids and coordinates into columns; the one door through which every stage takes accounts.
 * Longitudes up to 540 degrees are wrapped, with a warning. O(n).
 *
 * @throws TerritoryError with all issues of {@link findAccountIssues}
 */
export function readAccounts(accounts: readonly LocatedAccount[]): AccountTable {
  throwIssues(findAccountIssues(accounts))
  const n = accounts.length
  const ids = new Array<string>(n)
  const first = new Float64Array(n)
  const second = new Float64Array(n)
  const rowOf = new Map<string, number>()
  const warnings: Warning[] = []
  const space: Space = accounts[0].longitude !== undefined && accounts[0].longitude !== null ? "globe" : "plane"
  let wrapped = 0
  let atZero = 0
  for (let i = 0; i < n; i++) {
    const account = accounts[i]
    ids[i] = account.id
    rowOf.set(account.id, i)
    if (space === "plane") {
      first[i] = account.x as number
      second[i] = account.y as number
      continue
    }
    const longitude = account.longitude as number
    const latitude = account.latitude as number
    // a longitude says nothing at a pole, and 180 is -180
    first[i] = Math.abs(latitude) === 90 ? 0 : longitude >= -180 && longitude < 180 ? longitude : wrapLongitude(longitude)
    second[i] = latitude
    if (Math.abs(longitude) > 180 && wrapped++ === 0) {
      warnings.push({ code: "longitude-wrapped", path: `accounts[${i}].longitude`, message: `accounts[${i}].longitude: ${longitude} was read as ${first[i]}` })
    }
    if (longitude === 0 && latitude === 0 && atZero++ === 0) {
      warnings.push({ code: "null-island", path: `accounts[${i}]`, message: `accounts[${i}] lies at 0, 0, where failed geocoding puts accounts` })
    }
  }
  const count = (warning: Warning): Warning => {
    const times = warning.code === "null-island" ? atZero : wrapped
    return times > 1 ? { ...warning, message: `${warning.message} (and ${times - 1} more)` } : warning
  }
  return { ids, space, first, second, rowOf, warnings: warnings.map(count) }
}

/** Degrees into [-180, 180); one addition for what is at most one turn away, so that lon and lon + 360 become equal. */
function wrapLongitude(longitude: number): number {
  return longitude >= 180 ? longitude - 360 : longitude + 360
}
