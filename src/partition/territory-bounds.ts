import type { Issue } from "../model/error.js"
import { formatAmount } from "../model/format-amount.js"
import { issue, NOTHING } from "../model/issue.js"
import { DEFAULT_TOLERANCE, type Measure } from "../model/measure.js"
import type { TerritorySpec } from "../model/territory.js"
import { shareOut, statedShare } from "../model/territory-shares.js"

/** Target and bounds of one measure in one territory, in the caller's unit; null: open. */
export interface BoundRow {
  readonly target: number
  readonly min: number | null
  readonly max: number | null
  /** The upper bound is the territory's own `max`: its capacity. */
  readonly isCapacity: boolean
}

/**
 * Targets and bounds, row t * M + m. A territory's own bound comes before the measure's, and that before the tolerance's.
 * Adds an issue where a lower bound is above an upper one. Shares are taken to be checked. O(k M).
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
    const shares = sharesOf(name, k, specs)
    const tolerance = measure.tolerance === undefined ? DEFAULT_TOLERANCE : measure.tolerance
    for (let t = 0; t < k; t++) {
      const target = shares[t] * totals[m]
      const ownMin = ownBound(specs?.[t].min, name)
      const ownMax = ownBound(specs?.[t].max, name)
      const low = tolerance === null || tolerance >= 1 ? null : (1 - tolerance) * target
      const high = tolerance === null ? null : (1 + tolerance) * target
      const min = ownMin ?? (measure.min !== undefined ? measure.min : low)
      const max = ownMax ?? (measure.max !== undefined ? measure.max : high)
      if (min !== null && max !== null && min > max) {
        const isOwn = ownMin !== undefined || ownMax !== undefined
        const path = isOwn ? `territories[${t}]` : `measures.${name}`
        const fromTolerance = (isStated: boolean): string => (isStated ? "" : ` (tolerance ${tolerance} of the target ${formatAmount(target)})`)
        const rule = `the lower bound of ${name}, ${formatAmount(min)}${fromTolerance(ownMin !== undefined || measure.min !== undefined)}, is above its upper bound, ${formatAmount(max)}${fromTolerance(ownMax !== undefined || measure.max !== undefined)}`
        // a conflict within the measure is the same for all territories
        if (isOwn || !issues.some((known) => known.path === path && known.code === "bounds")) {
          issues.push(issue("bounds", path, rule, NOTHING, "state both min and max, or change the share or the tolerance"))
        }
      }
      rows[t * M + m] = { target, min, max, isCapacity: ownMax !== undefined }
    }
  })
  return rows
}

function ownBound(bounds: Readonly<Record<string, number>> | undefined, name: string): number | undefined {
  return bounds !== undefined && Object.hasOwn(bounds, name) ? bounds[name] : undefined
}

/** Stated shares, and an equal part of the rest for every territory without one. */
function sharesOf(name: string, k: number, specs: readonly TerritorySpec[] | null): Float64Array {
  return specs === null ? new Float64Array(k).fill(1 / k) : shareOut(specs.map((spec) => statedShare(spec, name)))
}
