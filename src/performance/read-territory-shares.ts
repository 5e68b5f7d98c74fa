import { isPlainObject } from "../model/check-keys.js"
import { checkTerritoryId } from "../model/check-territory-id.js"
import type { Issue } from "../model/error.js"
import { formatAmount } from "../model/format-amount.js"
import { issue, NOTHING } from "../model/issue.js"

/** A territory as far as its fair share is concerned; a `TerritorySpec` is one. */
export interface TerritoryShare {
  readonly id: string
  /** Share of the total, 0 to 1, for all measures or by measure; territories without one divide the rest equally. */
  readonly share?: number | Readonly<Record<string, number>>
}

/** Shares may miss 1 by so much, in sum: decimal fractions do. */
const SUM_TOLERANCE = 1e-9

/** The listed territories' ids and shares, or null without a list. O(k m). */
export function readTerritoryShares(territories: unknown, measures: readonly string[], path: string, issues: Issue[]): ReadonlyMap<string, TerritoryShare> | null {
  if (territories === undefined) return null
  if (!Array.isArray(territories)) {
    issues.push(issue("option-type", path, "must be an array of { id, share? }", territories))
    return null
  }
  const read = new Map<string, TerritoryShare>()
  const placeOf = new Map<string, number>()
  territories.forEach((territory: unknown, t) => {
    const at = `${path}[${t}]`
    if (!isPlainObject(territory)) return void issues.push(issue("territory-type", at, "must be { id, share? }", territory))
    const { id, share } = territory
    if (checkTerritoryId(id, `${at}.id`, path, t, placeOf, issues)) read.set(id, territory as unknown as TerritoryShare)
    const shares = isPlainObject(share) ? Object.entries(share).map(([m, s]) => [`${at}.share.${m}`, s] as const) : share === undefined ? [] : [[`${at}.share`, share] as const]
    for (const [where, s] of shares) {
      if (typeof s !== "number" || !(s >= 0 && s <= 1)) issues.push(issue("share-range", where, "must be a fraction between 0 and 1", s, typeof s === "number" && s > 1 ? "5 % is 0.05" : ""))
    }
  })
  for (const measure of measures) {
    const given = [...read.values()].map((territory) => shareOf(territory, measure))
    const sum = given.reduce<number>((total, s) => total + (s ?? 0), 0)
    const open = given.includes(undefined)
    if (sum > 1 + SUM_TOLERANCE || (!open && given.length > 0 && sum < 1 - SUM_TOLERANCE)) {
      issues.push(issue("share-sum", path, `the shares of ${measure} must sum to 1, but sum to ${formatAmount(sum)}`, NOTHING, open ? "leave room for the territories without a share" : "divide each by their sum"))
    }
  }
  return read
}

/** One share a territory for one measure, summing to 1; equal without a list. */
export function sharesOf(territoryIds: readonly string[], listed: ReadonlyMap<string, TerritoryShare> | null, measure: string): Float64Array {
  const given = territoryIds.map((id) => shareOf(listed?.get(id), measure))
  const openCount = given.filter((share) => share === undefined).length
  const rest = Math.max(0, 1 - given.reduce<number>((sum, share) => sum + (share ?? 0), 0))
  return Float64Array.from(given, (share) => share ?? rest / openCount)
}

function shareOf(territory: TerritoryShare | undefined, measure: string): number | undefined {
  const share: unknown = territory?.share
  const own = isPlainObject(share) ? (Object.hasOwn(share, measure) ? share[measure] : undefined) : share
  return typeof own === "number" ? own : undefined
}
