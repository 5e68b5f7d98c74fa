import KDBush from "kdbush"
import type { SpatialIndex } from "./spatial-index.js"

/** Indexes points of a plane. Coordinates must be finite: a NaN would hide other points. O(n log n). */
export function createPlaneIndex(xs: Float64Array, ys: Float64Array): SpatialIndex {
  const tree = new KDBush(xs.length)
  for (let i = 0; i < xs.length; i++) tree.add(xs[i], ys[i])
  tree.finish()
  return { within: (x, y, radius) => tree.within(x, y, radius) }
}
