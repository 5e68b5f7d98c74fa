import { embedPoint, EARTH_RADIUS_KM } from "../math/geo/sphere.js"
import type { Warning } from "../model/error.js"
import { formatAmount } from "../model/format-amount.js"
import type { AccountTable } from "../model/read-accounts.js"
import { findFarAccounts } from "./find-far-accounts.js"
import type { Places } from "./place-accounts.js"

/** Accounts that a warning names. */
const NAMED = 3

/**
 * Places that are many times farther than the rest, `account-far`, each with the slip that would explain it:
 * coordinates that are swapped, or a sign that is lost. O(n).
 */
export function warnOfFarAccounts(table: AccountTable, { points, dimension, origin, lengthUnit }: Places): Warning[] {
  const { space, order, ids, first, second } = table
  if (space === "none") return []
  const far = findFarAccounts(points, order.length, dimension)
  if (far === null) return []
  const pointOf = (a: number, b: number): Float64Array => {
    const point = new Float64Array(dimension)
    if (space === "globe") embedPoint(a, b, EARTH_RADIUS_KM, point, 0)
    else point.set([a - origin[0], b - origin[1]])
    return point.map((x) => x / lengthUnit)
  }
  const names = space === "globe" ? "longitude and latitude" : "x and y"
  const slipOf = (a: number, b: number): string => {
    const isPossible = space === "plane" || Math.abs(a) <= 90
    if (isPossible && a !== b && far.isUsual(pointOf(b, a))) return ` (${names} may be swapped)`
    if (a !== 0 && far.isUsual(pointOf(-a, b))) return ` (the sign of ${space === "globe" ? "longitude" : "x"} may be wrong)`
    return b !== 0 && far.isUsual(pointOf(a, -b)) ? ` (the sign of ${space === "globe" ? "latitude" : "y"} may be wrong)` : ""
  }
  const named = far.accounts.slice(0, NAMED).map((i, at) => {
    const row = order[i]
    const text = `${JSON.stringify(ids[row])}, ${formatAmount(far.times[at])} times as far from the middle as nine in ten accounts`
    return text + slipOf(first[row], second[row])
  })
  const count = far.accounts.length
  const more = count > NAMED ? ` and ${count - NAMED} more` : ""
  const path = `accounts[${order[far.accounts[0]]}]`
  const remedy = `check ${count === 1 ? "its place" : "their places"}; one far account draws a mean center away from the others, an account as center (centers: "account") much less`
  return [{ code: "account-far", path, message: `${path}: ${count === 1 ? "lies" : `${count} accounts lie`} far from all others: ${named.join("; ")}${more}; ${remedy}` }]
}
