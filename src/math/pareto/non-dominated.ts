/** Figures that differ by less than this share of the larger are the same. */
const SAME = 1e-9

/**
 * Which of n rows of figures, all of them to be small, no other row dominates: none is as small in every figure and smaller in
 * one. Of rows that are the same the first stays. O(n^2 x figures).
 *
 * Source: Pareto (1906); the filter by pairs of Kung, Luccio & Preparata, "On finding the maxima of a set of vectors", J. ACM 22, 1975.
 *
 * @param rows equally long, finite
 * @returns positions, ascending
 */
export function findNonDominated(rows: readonly (readonly number[])[]): number[] {
  return rows.flatMap((row, at) => (rows.some((other, place) => place !== at && isBefore(other, row, place < at)) ? [] : [at]))
}

/** Whether one row is as small as another in every figure, and smaller in one. */
export function dominates(one: readonly number[], other: readonly number[]): boolean {
  return isBefore(one, other, false)
}

function isBefore(one: readonly number[], other: readonly number[], alsoWhenSame: boolean): boolean {
  let isSmaller = alsoWhenSame
  for (let f = 0; f < one.length; f++) {
    const slack = SAME * Math.max(Math.abs(one[f]), Math.abs(other[f]))
    if (one[f] > other[f] + slack) return false
    if (one[f] < other[f] - slack) isSmaller = true
  }
  return isSmaller
}
