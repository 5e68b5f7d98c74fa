import type { Space } from "../model/account.js"
import { MAX_LONGITUDE, MAX_PLANE } from "../model/find-account-issues.js"
import type { Issue } from "../model/error.js"
import { issue } from "../model/issue.js"

/** Where accounts are: NaN for those that have no place, which need coverage like any other. */
export interface AccountPlaces {
  readonly space: Space
  readonly first: Float64Array
  readonly second: Float64Array
  readonly unplacedCount: number
}

/** Coordinates of accounts that have some: those of the first account that has decide about the kind. O(n). */
export function readAccountPlaces(accounts: readonly object[], issues: Issue[]): AccountPlaces {
  const rows = accounts as readonly Readonly<Record<string, unknown>>[]
  const isGlobe = rows.some(({ longitude, latitude }) => isGiven(longitude) || isGiven(latitude))
  const [names, most] = isGlobe ? ([["longitude", "latitude"], [MAX_LONGITUDE, 90]] as const) : ([["x", "y"], [MAX_PLANE, MAX_PLANE]] as const)
  const columns = names.map(() => new Float64Array(rows.length).fill(NaN))
  let unplacedCount = 0
  rows.forEach((row, i) => {
    if (!names.some((name) => isGiven(row[name]))) {
      unplacedCount++
      return
    }
    names.forEach((name, c) => {
      const value = row[name]
      if (typeof value !== "number" || !Number.isFinite(value) || Math.abs(value) > most[c]) {
        issues.push(issue("coordinate-invalid", `accounts[${i}].${name}`, `must be a number between -${most[c]} and ${most[c]}`, value, "leave both coordinates out where they are unknown"))
      } else columns[c][i] = value
    })
  })
  return { space: isGlobe ? "globe" : "plane", first: columns[0], second: columns[1], unplacedCount }
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null
