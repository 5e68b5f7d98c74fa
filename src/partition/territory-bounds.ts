import type { Issue } from "../model/error.js"
import { issue, NOTHING } from "../model/issue.js"
import { DEFAULT_TOLERANCE, type Measure } from "../model/measure.js"
import type { TerritorySpec } from "../model/territory.js"
import { checkShareSum, shareOut, statedShare } from "../model/territory-shares.js"

/** Target and bounds of one measure in one territory, in the caller's unit; null: open. */
export interface BoundRow {
  readonly target: number
  readonly min: number | null
  readonly max: number | null
}

/**
 * Targets and bounds, row t * M + m. A territory's own bound comes before the measure's, and that before the tolerance's.
 * Adds an issue where shares do not sum to 1 or a lower bound is above an upper one. O(k M).
 */
export function findTerritoryBounds(
  k: number,
  specs: readonly TerritorySpec[] | null,
  names: readonly string[],
  measures: Readonly<Record<string, Measure<unknown>>>,
  totals: Float64Array,
  issues: Issue[],
): BoundRow[] {
  const M = names.length
  const rows = new Array<BoundRow>(k * M)
  names.forEach((name, m) => {
    const measure = measures[name]
    const shares = sharesOf(name, k, specs, issues)
    for (let t = 0; t < k; t++) {
      const target = shares[t] * totals[m]
      const tolerance = measure.tolerance === undefined ? DEFAULT_TOLERANCE : measure.tolerance
      const low = tolerance === null || tolerance >= 1 ? null : (1 - tolerance) * target
      const high = tolerance === null ? null : (1 + tolerance) * target
      const min = ownBound(specs?.[t].min, name) ?? (measure.min !== undefined ? measure.min : low)
      const max = ownBound(specs?.[t].max, name) ?? (measure.max !== undefined ? measure.max : high)
      if (min !== null && max !== null && min > max) {
        const where = specs === null ? `measures.${name}` : `territories[${t}]`
        issues.push(issue("bounds", where, `the lower bound of ${name}, ${min}, is above its upper bound, ${max}`, NOTHING))
      }
      rows[t * M + m] = { target, min, max }
    }
  })
  return rows
}

function ownBound(bounds: Readonly<Record<string, number>> | undefined, name: string): number | undefined {
  return bounds !== undefined && Object.hasOwn(bounds, name) ? bounds[name] : undefined
}

/** Stated shares, and an equal part of the rest for every territory without one. */
function sharesOf(name: string, k: number, specs: readonly TerritorySpec[] | null, issues: Issue[]): Float64Array {
  if (specs === null) return new Float64Array(k).fill(1 / k)
  const stated = specs.map((spec) => statedShare(spec, name))
  checkShareSum(stated, name, "territories", issues)
  return shareOut(stated)
}
