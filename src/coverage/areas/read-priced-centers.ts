import { isPlainObject } from "../../model/check-keys.js"
import type { Issue } from "../../model/error.js"
import { fieldOf } from "../../model/field-of.js"
import { issue, NOTHING } from "../../model/issue.js"

/** A territory's center, and what its prices pay there for a unit of weight of the usual mix of measures, km2. */
export interface PricedCenter {
  readonly id: string
  readonly longitude: number
  readonly latitude: number
  readonly worth: number
}

/** Reads centers and prices of a plan; null where there are issues. A unit of weight has as much of each measure as all accounts have. O(n + k M). */
export function readPricedCenters(plan: unknown, accounts: readonly object[], issues: Issue[]): PricedCenter[] | null {
  const { territories, digest } = (isPlainObject(plan) ? plan : {}) as { territories?: unknown; digest?: { compactness?: { weight?: unknown; power?: unknown } } }
  const isSound = Array.isArray(territories) && territories.length > 0 && territories.every((one: unknown) => isPlainObject(one) && typeof one.id === "string" && isPlainObject(one.prices) && isPlainObject(one.measures) && isPlainObject(one.center) && Number.isFinite(one.center.longitude) && Number.isFinite(one.center.latitude))
  if (!isSound) {
    issues.push(issue("plan-invalid", "plan", "must have territories with centers in degrees, prices and measures for power cells", NOTHING, "pass what partitionAccounts returns, or leave out cells"))
    return null
  }
  const weight = digest?.compactness?.weight
  if (digest?.compactness?.power !== 2 || typeof weight !== "string") {
    issues.push(issue("plan-invalid", "plan.digest.compactness.power", "must be 2 for power cells: other costs have curved borders", digest?.compactness?.power, "leave out cells"))
    return null
  }
  // weights that a function made are not known here: the first measure stands for them
  let total = 0
  for (const account of accounts) total += Number(fieldOf(account, weight)) || 0
  const rows = territories as { id: string; center: { longitude: number; latitude: number }; prices: Record<string, number>; measures: Record<string, { activity: number }> }[]
  const activityOf = (name: string): number => rows.reduce((sum, { measures }) => sum + (measures[name]?.activity ?? 0), 0)
  const first = Object.keys(rows[0].measures)[0]
  const mass = total > 0 ? total : activityOf(first)
  return rows.map(({ id, center, prices }) => ({
    id,
    longitude: center.longitude,
    latitude: center.latitude,
    worth: Object.entries(prices).reduce((sum, [name, price]) => sum + (mass > 0 ? (price * activityOf(name)) / mass : 0), 0),
  }))
}
