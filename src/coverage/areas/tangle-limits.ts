import { findTangled, type Tangled, type TangleLimits } from "../../math/geo/find-tangled.js"
import { pointCount } from "../../math/geo/polygon-ops.js"
import type { Region } from "../../math/geo/region.js"

/**
 * Borders up to which all is clipped: each crossing is a corner of a piece, and 100,000 of them take some seconds. Borders of real maps that were
 * drawn twice cross some thousand times; of very large ones as many crossings as corners are no more than reading them.
 */
const TANGLE_LIMITS: TangleLimits = Object.freeze({ crossings: 100_000, tests: 200_000_000 })

/** {@link findTangled} within the limits for regions of their size. */
export function findTangledOf(regions: readonly Region[], kept = 0, isWithin = false): Tangled[] {
  const corners = regions.reduce((sum, region) => sum + pointCount(region), 0)
  return findTangled(regions, { ...TANGLE_LIMITS, crossings: Math.max(TANGLE_LIMITS.crossings, corners) }, kept, isWithin)
}
