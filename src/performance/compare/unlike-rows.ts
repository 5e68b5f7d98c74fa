import type { GroupedRows } from "./dues.js"

/** Rows of a group spread otherwise than those of all. */
export interface UnlikeRows {
  /** They are too few for a mean so skewed to be nearly normal: neither the exchange of rows nor standard errors hold. */
  readonly isTooSkewed: boolean
}

/** Of the two-sample statistic of Smirnov: larger ones have a chance of 5 %. */
const SMIRNOV_95 = 1.358
/** Standard deviations that differ by this factor are unlike whatever the number of rows. */
const WIDER = 3
/** A mean is nearly normal from this many times the squared skewness of its rows on: Cochran, Sampling Techniques, 3rd ed. 1977, section 2.15. */
const COCHRAN = 25

/**
 * Which of some groups have rows that spread otherwise than those of all: rows are then not exchangeable even where the figures are the same, and a
 * sample of rows drawn from all says nothing of how far chance moves this group's. Rows are compared by what they are beyond the ratio of their
 * own group, as a share of it: a territory that sells twice as much of everything is like the others. Unlike are rows that Smirnov's test
 * tells apart at 5 %, or whose standard deviation is three times that of all. Rows of two values, yes or no, are what their ratio is.
 * O(rows log rows).
 *
 * @param groups those that are asked for
 * @returns by group; those that are like the others are left out
 */
export function findUnlike(rows: GroupedRows, groups: readonly number[]): Map<number, UnlikeRows> {
  const found = new Map<number, UnlikeRows>()
  const shares = sharesOf(rows)
  const sorted = Float64Array.from(shares).sort()
  const spread = Math.sqrt(sorted.reduce((sum, share) => sum + share * share, 0) / sorted.length)
  for (const g of groups) {
    const own = shares.slice(rows.starts[g], rows.starts[g + 1]).sort()
    const n = own.length
    if (n < 3 || isTwoValued(own)) continue
    const rest = sorted.length - n
    // all contain the group: the distance to the rest is larger by their share
    const distance = (farthestApart(own, sorted) * sorted.length) / rest
    const deviation = Math.sqrt(own.reduce((sum, share) => sum + share * share, 0) / n)
    if (!(distance * Math.sqrt((n * rest) / (n + rest)) > SMIRNOV_95 || deviation > WIDER * spread)) continue
    const cubes = own.reduce((sum, share) => sum + (share / deviation) ** 2 * (share / deviation), 0)
    found.set(g, { isTooSkewed: deviation > 0 && n <= COCHRAN * (cubes / n) ** 2 })
  }
  return found
}

/** Of each row, what it is beyond the ratio of its own group, as a share of that ratio where all ratios are above 0. */
function sharesOf({ numerators, denominators, starts }: GroupedRows): Float64Array {
  const groups = starts.length - 1
  const ratios = Float64Array.from({ length: groups }, (_, g) => {
    let [y, x] = [0, 0]
    for (let i = starts[g]; i < starts[g + 1]; i++) {
      y += numerators[i]
      x += denominators[i]
    }
    return x > 0 ? y / x : 0
  })
  const arePositive = ratios.every((ratio, g) => ratio > 0 || starts[g] === starts[g + 1])
  const shares = new Float64Array(numerators.length)
  for (let g = 0; g < groups; g++) {
    for (let i = starts[g]; i < starts[g + 1]; i++) {
      const beyond = numerators[i] - ratios[g] * denominators[i]
      shares[i] = arePositive ? beyond / ratios[g] : beyond
    }
  }
  // in units of the largest, so that squares stay in range
  const largest = shares.reduce((most, share) => Math.max(most, Math.abs(share)), 0)
  return largest > 0 && Number.isFinite(largest) ? shares.map((share) => share / largest) : new Float64Array(shares.length)
}

function isTwoValued(sorted: Float64Array): boolean {
  let values = 1
  for (let i = 1; i < sorted.length; i++) if (sorted[i] - sorted[i - 1] > 1e-12) values++
  return values <= 2
}

/** The largest difference of two distribution functions. Values that differ by rounding alone are one. */
function farthestApart(own: Float64Array, all: Float64Array): number {
  let [i, j, farthest] = [0, 0, 0]
  while (i < own.length) {
    const value = own[i] + 1e-12
    while (i < own.length && own[i] <= value) i++
    // just below the next of the group's, and just above this one
    const before = i < own.length ? own[i] - 1e-12 : Infinity
    while (j < all.length && all[j] <= value) j++
    farthest = Math.max(farthest, Math.abs(i / own.length - j / all.length))
    while (j < all.length && all[j] < before) j++
    farthest = Math.max(farthest, Math.abs(i / own.length - j / all.length))
  }
  let below = 0
  while (below < all.length && all[below] < own[0] - 1e-12) below++
  return Math.max(farthest, below / all.length)
}
