import type { Fit } from "./divisible-fit.js"

/** The class that alone can go to several territories. */
export interface FreeClass {
  /** Its place among the classes; -1: nothing can choose. */
  readonly place: number
  /** What can go nowhere else, by territory. */
  readonly floor: Float64Array
}

/**
 * The one class of accounts that has a choice; null where several have. O(k + classes).
 *
 * @param sets territories of each class; at least one each
 * @param amounts by class, >= 0
 */
export function findFreeClass(k: number, sets: readonly Int32Array[], amounts: Float64Array): FreeClass | null {
  let place = -1
  for (let c = 0; c < sets.length; c++) {
    if (sets[c].length === 1 || !(amounts[c] > 0)) continue
    if (place >= 0) return null
    place = c
  }
  const floor = new Float64Array(k)
  sets.forEach((set, c) => {
    if (set.length === 1) floor[set[0]] += amounts[c]
  })
  return { place, floor }
}

/**
 * Whether one class of divided accounts can fill what others leave of bounds: by sums, as water fills a basin. They
 * cannot where the room below the upper bounds is less than the class has, or what the lower bounds lack is more; with
 * the ray of the flow's least cut (see `fitClasses`). O(k).
 *
 * @param set territories of the class
 * @param amount what it has
 * @param lower k; 0 where open
 * @param upper k; Infinity where open
 * @param least a conflict is larger than this
 */
export function fitOneClass(
  set: Int32Array,
  amount: number,
  floor: Float64Array,
  lower: Float64Array,
  upper: Float64Array,
  least: number,
): Fit {
  let room = 0
  let lack = 0
  for (const t of set) {
    room += Math.max(0, upper[t] - floor[t])
    lack += Math.max(0, lower[t] - floor[t])
  }
  const ray = new Float64Array(floor.length)
  const isTooMuch = amount - room > 0
  if (isTooMuch) for (const t of set) ray[t] = -1
  let forced = isTooMuch ? amount : 0
  let limit = 0
  floor.forEach((own, t) => {
    if (own > upper[t]) ray[t] = -1
    if (ray[t] === 0) return
    forced += own
    limit += upper[t]
  })
  if (forced - limit > least) return { status: "conflict", ray, reach: -forced, excess: forced - limit }

  ray.fill(0)
  const isTooLittle = lack - amount > 0
  if (isTooLittle) for (const t of set) if (lower[t] > floor[t]) ray[t] = 1
  const reachable = new Set(set)
  let wanted = 0
  let most = isTooLittle ? amount : 0
  floor.forEach((own, t) => {
    if (lower[t] > own && !reachable.has(t)) ray[t] = 1
    if (ray[t] === 0) return
    wanted += lower[t]
    most += own
  })
  return wanted - most > least ? { status: "conflict", ray, reach: most, excess: wanted - most } : { status: "fits" }
}
