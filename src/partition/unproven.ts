import type { Allocation } from "./allocate.js"

/**
 * What an allocation says of other centers, or of other bounds: its prices prove something there too, but it is no
 * optimum.
 */
export function unproven(centers: Float64Array, like: Allocation): Allocation {
  return { ...like, centers, status: "work-limit", relaxedCost: null, ray: null, isBeyond: false }
}
