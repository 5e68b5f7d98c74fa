import { isPlainObject } from "../model/check-keys.js"
import { checkTerritoryId } from "../model/check-territory-id.js"
import type { Issue } from "../model/error.js"
import { issue } from "../model/issue.js"
import { checkShareSum, shareOut, statedShare } from "../model/territory-shares.js"

/** A territory as far as its fair share is concerned; a `TerritorySpec` is one. */
export interface TerritoryShare {
  readonly id: string
  /** Share of the total, 0 to 1, for all measures or by measure; territories without one divide the rest equally. */
  readonly share?: number | Readonly<Record<string, number>>
}

/** The listed territories' ids and shares, or null without a list. O(k m). */
export function readTerritoryShares(territories: unknown, measures: readonly string[], path: string, issues: Issue[]): ReadonlyMap<string, TerritoryShare> | null {
  if (territories === undefined) return null
  if (!Array.isArray(territories)) {
    issues.push(issue("option-type", path, "must be an array of territories, each with an id and, if it has one, a share", territories))
    return null
  }
  const read = new Map<string, TerritoryShare>()
  const placeOf = new Map<string, number>()
  const before = issues.length
  territories.forEach((territory: unknown, t) => {
    const at = `${path}[${t}]`
    if (!isPlainObject(territory)) return void issues.push(issue("territory-type", at, "must be an object with an id, and with a share if it has one", territory))
    const { id, share } = territory
    if (checkTerritoryId(id, `${at}.id`, path, t, placeOf, issues)) read.set(id, territory as unknown as TerritoryShare)
    const shares = isPlainObject(share) ? Object.entries(share).map(([m, s]) => [`${at}.share.${m}`, s] as const) : share === undefined ? [] : [[`${at}.share`, share] as const]
    for (const [where, s] of shares) {
      if (typeof s !== "number" || !(s >= 0 && s <= 1)) issues.push(issue("share-range", where, "must be a fraction between 0 and 1", s, typeof s === "number" && s > 1 && s <= 100 ? `${s} % is ${s / 100}` : ""))
    }
  })
  if (issues.length > before) return read
  for (const measure of measures) checkShareSum([...read.values()].map((territory) => statedShare(territory, measure)), measure, path, issues)
  return read
}

/** One share a territory for one measure, summing to 1; equal without a list. */
export function sharesOf(territoryIds: readonly string[], listed: ReadonlyMap<string, TerritoryShare> | null, measure: string): Float64Array {
  return shareOut(territoryIds.map((id) => statedShare(listed?.get(id), measure)))
}
