import type { Warning } from "../model/error.js"
import { formatCount } from "../model/format-amount.js"
import { show } from "../model/issue.js"
import { GAP, OVERLAP, type Ownership } from "./ownership.js"

/** Places at which accounts of several territories are, such as a building that two share. */
export interface SharedPlaces {
  /** By account, the territories of all accounts at its place, ascending by number; only where there are several. */
  readonly at: ReadonlyMap<number, readonly number[]>
  /** Territories all of whose accounts are at such places. */
  readonly hidden: readonly number[]
}

/** Largest number of territories that a sentence lists. */
const MOST_SAID = 8

/** Finds accounts of different territories at one and the same place. An account of several territories is an overlap and shares nothing. O(n). */
export function findSharedPlaces({ owners, table, territoryIds }: Ownership): SharedPlaces {
  const places = new Map<string, number[]>()
  if (table.space === "none") return { at: new Map(), hidden: [] }
  for (let i = 0; i < owners.length; i++) {
    if (owners[i] === GAP || owners[i] === OVERLAP) continue
    const key = `${table.first[i]},${table.second[i]}`
    const own = places.get(key)
    if (own === undefined) places.set(key, [i])
    else own.push(i)
  }
  const at = new Map<number, readonly number[]>()
  for (const rows of places.values()) {
    const territories = [...new Set(rows.map((i) => owners[i]))].sort((a, b) => a - b)
    if (territories.length > 1) for (const i of rows) at.set(i, territories)
  }
  const isVisible = new Uint8Array(territoryIds.length)
  const isPresent = new Uint8Array(territoryIds.length)
  owners.forEach((owner, i) => {
    if (owner < 0) return
    isPresent[owner] = 1
    if (!at.has(i)) isVisible[owner] = 1
  })
  return { at, hidden: territoryIds.flatMap((_, t) => (isPresent[t] === 1 && isVisible[t] === 0 ? [t] : [])) }
}

/** What a picture or a file of places cannot show. */
export function warnOfSharedPlaces({ at, hidden }: SharedPlaces, nameOf: (t: number) => string): Warning[] {
  if (at.size === 0) return []
  const shown = hidden.slice(0, MOST_SAID).map((t) => show(nameOf(t))).join(", ")
  const more = hidden.length > MOST_SAID ? ` and ${hidden.length - MOST_SAID} more` : ""
  const only = hidden.length === 0 ? "" : `; ${shown}${more} ${hidden.length === 1 ? "has" : "have"} no accounts elsewhere`
  return [{ code: "place-shared", path: "alignment", message: `alignment: ${formatCount(at.size, "account is", "accounts are")} at the same place as accounts of other territories${only}` }]
}
