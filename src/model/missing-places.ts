import type { Issue } from "./error.js"
import { formatCount } from "./format-amount.js"
import { issue, NOTHING, show } from "./issue.js"
import { suggestUnmarked } from "./nearest-name.js"

/** Largest number of ids of each kind that a message names. */
const NAMED = 3
const LONGITUDES = /^(lng|lon|long|longitude|x|x_?coord)$/i
const LATITUDES = /^(lat|latitude|y|y_?coord)$/i
/** Fields that hold both coordinates in one value: an object, a pair, a GeoJSON geometry. */
const WHOLE_PLACES = /^(location|position|coordinates?|coords?|geo|geometry|point|lat_?lng|lat_?lon|lng_?lat)$/i

/**
 * The remedy for an account that has no coordinates under the names of this library, but has some under others (`lat` and `lng`
 * are the commonest slip of all); null where it has none, as an account that is known by name alone. O(fields).
 */
export function findMisnamedPlace(account: Readonly<Record<string, unknown>>): string | null {
  const marked = findMarkedPlace(account)
  if (marked !== null) return marked
  let longitude: string | null = null
  let latitude: string | null = null
  let whole: string | null = null
  for (const key of Object.keys(account)) {
    if (LONGITUDES.test(key) && isCoordinate(account[key])) longitude ??= key
    else if (LATITUDES.test(key) && isCoordinate(account[key])) latitude ??= key
    else if (WHOLE_PLACES.test(key) && isWholePlace(account[key])) whole ??= key
  }
  if (longitude !== null && latitude !== null) return `give ${show(longitude)} as longitude and ${show(latitude)} as latitude`
  if (whole !== null) return `give the numbers of ${show(whole)} as longitude and latitude, or as x and y`
  return null
}

/** The remedy where a coordinate stands behind a byte-order mark; null where none does. */
export function findMarkedPlace(account: Readonly<Record<string, unknown>>): string | null {
  return ["longitude", "latitude", "x", "y"].map((name) => suggestUnmarked(account, name)).find((remedy) => remedy !== "") ?? null
}

/** One issue for accounts of which some have a place and some have not: how many and which, and the two ways out. */
export function wordMissingPlaces(accounts: readonly unknown[], placed: readonly number[], unplaced: readonly number[]): Issue {
  const rule = `${listed(unplaced)} ${unplaced.length === 1 ? "has" : "have"} no place, but ${listed(placed)} ${placed.length === 1 ? "has" : "have"} one; a call takes places for all accounts or for none`
  return issue("coordinate-missing", `accounts[${unplaced[0]}]`, rule, NOTHING, "set accounts without a place aside and place them with another call, or leave the coordinates of all accounts out, so that distances do not count")

  function listed(rows: readonly number[]): string {
    const names = rows.slice(0, NAMED).map((i) => show((accounts[i] as { readonly id?: unknown }).id))
    return `${formatCount(rows.length, "account")} (${names.join(", ")}${rows.length > NAMED ? " ..." : ""})`
  }
}

/** A pair, a GeoJSON geometry, or an object with both coordinates; an address of city and state is no place. */
function isWholePlace(value: unknown): boolean {
  if (Array.isArray(value)) return value.length >= 2 && value.slice(0, 2).every((part) => typeof part === "number")
  if (typeof value !== "object" || value === null) return false
  const part = value as Readonly<Record<string, unknown>>
  if (Array.isArray(part.coordinates)) return true
  const has = (names: RegExp): boolean => Object.keys(part).some((key) => names.test(key) && isCoordinate(part[key]))
  return has(LONGITUDES) && has(LATITUDES)
}

const isCoordinate = (value: unknown): boolean => typeof value === "number" || (typeof value === "string" && value !== "")
