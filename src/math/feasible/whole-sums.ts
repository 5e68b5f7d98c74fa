/** Why no sums of whole accounts lie within bounds of one measure. */
export type SumGap =
  /** Every activity is a multiple of `unit`, and no multiple lies between the bounds of row `r`. */
  | { readonly kind: "none"; readonly m: number; readonly unit: number; readonly r: number }
  /**
   * Multiples of `unit` between the bounds sum to too little (`side` max) or too much (min) of the measure,
   * whichever are taken.
   */
  | {
      readonly kind: "sum"
      readonly m: number
      readonly unit: number
      readonly side: "min" | "max"
      readonly sum: number
      readonly total: number
    }
  /**
   * `count` accounts are so heavy that a territory takes at most `each` of them: all territories together take
   * `places`.
   */
  | {
      readonly kind: "heavy"
      readonly m: number
      readonly count: number
      readonly each: number
      readonly places: number
      readonly above: number
    }
  /** Fewer accounts (`count`) have any of it than territories (`asked`) have to. */
  | { readonly kind: "few"; readonly m: number; readonly count: number; readonly asked: number }

/** A unit below this share of the total per territory is none: its multiples are as good as any number. */
const FINE = 1e-7
/** Amounts that differ by less than this share are the same. */
const SAME = 1e-9
/** Heavy accounts are counted that fit into a territory so many times, at most. */
const MOST_EACH = 50

/**
 * Whether whole accounts cannot meet the bounds, by cheap tests that prove it, each of one measure: multiples of the
 * greatest unit that all activities have in common (Euclid); accounts of which a territory takes only so many; too
 * few accounts. Null where none applies, which does not say that there is a way: that is number partitioning,
 * NP-hard.
 *
 * O(n M log) at most.
 *
 * @param activities n x M, in the caller's units
 * @param lower K: 0 where open
 * @param upper K: Infinity where open
 */
export function findSumGap(
  k: number,
  M: number,
  activities: Float64Array,
  lower: Float64Array,
  upper: Float64Array,
): SumGap | null {
  for (let m = 0; m < M; m++) {
    const own = activities.filter((amount, at) => at % M === m && amount > 0)
    const rows = Array.from({ length: k }, (_, t) => t * M + m)
    const gap = byUnit(m, own, rows, lower, upper) ?? byCount(m, own, rows, lower, upper)
    if (gap !== null) return gap
  }
  return null
}

function byUnit(
  m: number,
  own: Float64Array,
  rows: readonly number[],
  lower: Float64Array,
  upper: Float64Array,
): SumGap | null {
  const total = own.reduce((sum, amount) => sum + amount, 0)
  const unit = commonUnit(own, (FINE * total) / rows.length)
  if (unit === 0) return null
  const least = rows.map((r) => Math.ceil((lower[r] / unit) * (1 - SAME)))
  const most = rows.map((r) => (upper[r] === Infinity ? Infinity : Math.floor((upper[r] / unit) * (1 + SAME))))
  const none = rows.findIndex((_, at) => least[at] > most[at])
  if (none >= 0) return { kind: "none", m, unit, r: rows[none] }
  const all = Math.round(total / unit)
  const low = least.reduce((sum, count) => sum + count, 0)
  const high = most.reduce((sum, count) => sum + count, 0)
  if (low > all) return { kind: "sum", m, unit, side: "min", sum: low * unit, total }
  return high < all ? { kind: "sum", m, unit, side: "max", sum: high * unit, total } : null
}

function byCount(
  m: number,
  own: Float64Array,
  rows: readonly number[],
  lower: Float64Array,
  upper: Float64Array,
): SumGap | null {
  const asked = rows.filter((r) => lower[r] > 0).length
  if (own.length < asked) return { kind: "few", m, count: own.length, asked }
  const widest = rows.reduce((most, r) => Math.max(most, upper[r]), 0)
  if (widest === Infinity) return null
  const sorted = own.slice().sort()
  for (let each = 0; each < MOST_EACH; each++) {
    // heavier than a part of the widest bound: no territory takes one more than `each`
    const above = (widest / (each + 1)) * (1 + SAME)
    let count = 0
    while (count < sorted.length && sorted[sorted.length - 1 - count] > above) count++
    const places = each * rows.length
    if (each > 0 && count > places) return { kind: "heavy", m, count, each, places, above: widest / (each + 1) }
  }
  return null
}

/** The greatest number of which all amounts are multiples, but for rounding; 0 where it is finer than `finest`. */
function commonUnit(amounts: Float64Array, finest: number): number {
  let unit = 0
  for (const amount of amounts) {
    let larger = Math.max(unit, amount)
    let smaller = Math.min(unit, amount)
    while (smaller > finest * 0.5) {
      const rest = larger % smaller
      larger = smaller
      // what is left of a multiple by rounding, from either side
      smaller = rest < SAME * larger * 10 || smaller - rest < SAME * larger * 10 ? 0 : rest
    }
    unit = larger
    if (unit < finest) return 0
  }
  // every amount, again, is a multiple: rounding may have added up
  const isUnit = amounts.every((amount) => Math.abs(amount / unit - Math.round(amount / unit)) < 1e-8)
  return isUnit && unit > 0 ? unit : 0
}
