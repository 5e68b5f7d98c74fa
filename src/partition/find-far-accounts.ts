import { selectRank } from "../math/select/select-rank.js"

/**
 * An account counts as far from the middle beyond this many times the distance within which nine in ten accounts lie.
 */
const FAR = 5
/** The share of accounts that the usual distance holds. */
const USUAL = 0.9
/** Below this number of accounts nothing is usual. */
const FEWEST = 10
/** Where more accounts than this share (and more than `FEW`) lie so far, they are a region of their own, not slips. */
const RARE = 0.01
const FEW = 3
/** Largest number of accounts that the middle and the usual distance are taken from: every so many-th of more. */
const SAMPLE = 1 << 14

/** Accounts that lie many times farther from the middle than the others. */
export interface FarAccounts {
  /** Accounts, the farthest first; ties: the smaller index. */
  readonly accounts: readonly number[]
  /** The distance from the middle of each of these, over the usual one. */
  readonly times: readonly number[]
  /** Whether a point lies within the usual distance of the middle. */
  readonly isUsual: (point: ArrayLike<number>) => boolean
}

/**
 * The few accounts whose distance from the middle of all (the median of each coordinate) is more than five times the
 * distance that nine in ten keep: a slip of the data more likely than a market. Null where there are none, fewer than
 * 10 accounts, or more than 1 % (and 3) so far, which are a region of their own. By straight lines, on the globe
 * through it. O(n).
 *
 * @param points n x dimension
 */
export function findFarAccounts(points: Float64Array, n: number, dimension: number): FarAccounts | null {
  if (n < FEWEST) return null
  const step = Math.ceil(n / SAMPLE)
  const size = Math.ceil(n / step)
  const rankOf = (values: Float64Array, rank: number): number => {
    const rows = Int32Array.from(values, (_, row) => row)
    selectRank(values, rows, 0, values.length, rank)
    // what stands behind is no less: the rank-th is the least of these
    let least = Infinity
    for (let at = rank; at < values.length; at++) least = Math.min(least, values[at])
    return least
  }
  const middle = Float64Array.from({ length: dimension }, (_, d) =>
    rankOf(Float64Array.from({ length: size }, (_, s) => points[s * step * dimension + d]), size >> 1),
  )
  const squareOf = (point: ArrayLike<number>, offset: number): number => {
    let sum = 0
    for (let d = 0; d < dimension; d++) {
      const apart = point[offset + d] - middle[d]
      sum += apart * apart
    }
    return sum
  }
  const usual = rankOf(
    Float64Array.from({ length: size }, (_, s) => squareOf(points, s * step * dimension)),
    Math.ceil(USUAL * size) - 1,
  )
  if (!(usual > 0)) return null
  const most = Math.max(FEW, Math.floor(RARE * n))
  const found: { readonly i: number; readonly square: number }[] = []
  for (let i = 0; i < n; i++) {
    const square = squareOf(points, i * dimension)
    if (!(square > FAR * FAR * usual)) continue
    if (found.length === most) return null
    found.push({ i, square })
  }
  if (found.length === 0) return null
  found.sort((a, b) => b.square - a.square || a.i - b.i)
  return {
    accounts: found.map(({ i }) => i),
    times: found.map(({ square }) => Math.sqrt(square / usual)),
    isUsual: (point) => squareOf(point, 0) <= usual,
  }
}
