import { MAX_ID_LENGTH } from "./find-id-issues.js"
import { MAX_LONGITUDE, MAX_PLANE } from "./find-account-issues.js"
import type { Space } from "./account.js"
import { inPieces } from "./in-pieces.js"
import { findMisnamedPlace } from "./missing-places.js"
import { orderByIdsSteps } from "./order-by-ids.js"

/** Ids by row, and the rows in the order of their ids. */
export interface OrderedIds {
  readonly ids: readonly string[]
  readonly order: Int32Array
}

/**
 * Tells at little cost that nothing is wrong with accounts: their ids and the order of these, or null where
 * `findAccountIssues` has something to say, and perhaps where it has not. O(n) for usual ids.
 */
export function* orderSoundAccounts(accounts: unknown): Generator<undefined, OrderedIds | null> {
  try {
    if (!Array.isArray(accounts) || accounts.length === 0) return null
    const rows = accounts as readonly unknown[]
    const ids = new Array<string>(rows.length)
    const { longitude, x } = (rows[0] ?? {}) as Readonly<Record<string, unknown>>
    const space: Space = isGiven(longitude) ? "globe" : isGiven(x) ? "plane" : "none"
    let isSound = true
    yield* inPieces(rows.length, (from, to) => {
      for (let i = from; i < to && isSound; i++) {
        isSound = isSoundRow(rows[i], space)
        if (isSound) ids[i] = (rows[i] as { readonly id: string }).id
      }
    })
    if (!isSound) return null
    const { order, isUnique } = yield* orderByIdsSteps(ids)
    return isUnique ? { ids, order } : null
  } catch {
    return null // a getter, or a proxy whose traps throw
  }
}

function isSoundRow(row: unknown, space: Space): boolean {
  if (typeof row !== "object" || row === null || Array.isArray(row)) return false
  const { id, longitude, latitude, x, y } = row as Readonly<Record<string, unknown>>
  if (typeof id !== "string" || id.length > MAX_ID_LENGTH || !hasText(id)) return false
  if (space === "none") return !isGiven(longitude) && !isGiven(latitude) && !isGiven(x) && !isGiven(y) && findMisnamedPlace(row as Readonly<Record<string, unknown>>) === null
  return space === "globe"
    ? isWithin(longitude, MAX_LONGITUDE) && isWithin(latitude, 90) && !isGiven(x) && !isGiven(y)
    : isWithin(x, MAX_PLANE) && isWithin(y, MAX_PLANE) && !isGiven(longitude) && !isGiven(latitude)
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null

/** A number from -most to most; not a number is none. */
const isWithin = (value: unknown, most: number): boolean => typeof value === "number" && Math.abs(value) <= most

/** Most ids begin with a visible character of ASCII; what else counts as a space is the engine's to say. */
function hasText(id: string): boolean {
  const unit = id.charCodeAt(0)
  return (unit > 0x20 && unit < 0x7f) || id.trim() !== ""
}
