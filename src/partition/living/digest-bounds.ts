import type { Issue } from "../../model/error.js"
import type { Measure } from "../../model/measure.js"
import { findTerritoryBounds, type BoundRow } from "../territory-bounds.js"
import type { PlanDigest } from "./plan-digest.js"

/**
 * Targets and bounds, row t * M + m, that the plan's options mean for other totals: targets and tolerances follow the totals,
 * absolute bounds stay. O(k M).
 *
 * @param totals M
 */
export function boundsOfDigest(digest: PlanDigest, k: number, totals: Float64Array, issues: Issue[]): BoundRow[] {
  const specs = typeof digest.territories === "number" ? null : digest.territories
  // `value` is not read for bounds
  return findTerritoryBounds(k, specs, Object.keys(digest.measures), digest.measures as Readonly<Record<string, Measure<unknown>>>, totals, issues)
}
