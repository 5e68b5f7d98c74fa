import type { Reachable } from "../../math/feasible/reachable-bounds.js"

/**
 * What can be reached, with territory t at place `placeOf[t]`. Only such as have the same bounds change places.
 * O(k M).
 */
export function renumberReachable(reach: Reachable, placeOf: Int32Array): Reachable {
  const M = reach.lower.length / placeOf.length
  const move = (values: Float64Array): Float64Array => {
    const moved = new Float64Array(values.length)
    placeOf.forEach((place, t) => moved.set(values.subarray(t * M, (t + 1) * M), place * M))
    return moved
  }
  return {
    ...reach,
    lower: move(reach.lower),
    upper: move(reach.upper),
    floor: move(reach.floor),
    placed: reach.placed.map(({ account, territory }) => ({ account, territory: placeOf[territory] })),
    *loads() {
      return move(yield* reach.loads())
    },
  }
}
