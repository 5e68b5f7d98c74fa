import type { TransportProblem } from "./transport-problem.js"

/** A window narrower than this share of a typical account is met by luck alone, unless accounts are multiples of a unit. */
const NARROW = 1e-6
/** A unit below this share of a typical account is none: sums of it are as good as any number. */
const FINE = 1e-5
/** Of a typical account: what rounding makes of equal numbers. */
const ROUNDING = 1e-9

/**
 * Whether the bounds of some measure are so close together that sums of whole accounts meet them by luck alone: hardly any room
 * (a tolerance of 0), and either amounts of any size, or amounts in whole units with no whole number of units between the
 * bounds. A search at length is then in vain. O(n M), and only where a window is so narrow.
 */
export function areBoundsOfLuck({ n, k, measureCount: M, activities, lower, upper }: TransportProblem): boolean {
  for (let m = 0; m < M; m++) {
    let narrowest = -1
    for (let r = m; r < k * M; r += M) {
      if (lower[r] > 0 && (narrowest < 0 || upper[r] - lower[r] < upper[narrowest] - lower[narrowest])) narrowest = r
    }
    if (narrowest < 0) continue
    let sum = 0
    let square = 0
    for (let e = m; e < n * M; e += M) {
      sum += activities[e]
      square += activities[e] ** 2
    }
    // an account drawn by its activity is so large in the mean
    const typical = sum > 0 ? square / sum : 0
    if (!(upper[narrowest] - lower[narrowest] < NARROW * typical)) continue
    const unit = commonUnit(typical, m)
    if (unit < FINE * typical) return true
    for (let r = m; r < k * M; r += M) {
      const units = Math.floor((upper[r] + ROUNDING * k) / unit)
      if (units * unit < lower[r] - ROUNDING * k) return true
    }
  }
  return false

  /** The greatest number of which all activities of measure m are multiples (Euclid), as far as rounding lets it be told. */
  function commonUnit(typical: number, m: number): number {
    const slack = ROUNDING * typical
    let unit = 0
    for (let e = m; e < n * M && (unit === 0 || unit >= FINE * typical); e += M) {
      let larger = Math.max(unit, activities[e])
      let smaller = Math.min(unit, activities[e])
      while (smaller > slack) {
        const rest = larger % smaller
        larger = smaller
        smaller = smaller - rest <= slack ? 0 : rest
      }
      if (larger > slack) unit = larger
    }
    return unit
  }
}
