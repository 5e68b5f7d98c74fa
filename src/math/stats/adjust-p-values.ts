/**
 * Adjusts p-values of one family so that among the tests called significant at level q, at most the share q is expected to be
 * false (false discovery rate).
 *
 * Benjamini & Hochberg, J. R. Statist. Soc. B 57, 1995, section 3: sorted ascending, p_(i) becomes
 * min over j >= i of p_(j) m / j, at most 1. Valid for independent and for positively dependent tests. O(m log m).
 *
 * @param pValues each in [0, 1]
 * @returns the adjusted values, in the same order
 */
export function adjustPValues(pValues: ArrayLike<number>): Float64Array {
  const m = pValues.length
  const order = ascending(pValues)
  const adjusted = new Float64Array(m)
  let smallest = 1
  for (let rank = m; rank >= 1; rank--) {
    const i = order[rank - 1]
    smallest = Math.min(smallest, (pValues[i] * m) / rank)
    adjusted[i] = smallest
  }
  return adjusted
}

/**
 * Adjusts p-values so that the chance of calling any of them significant falsely is at most the level (family-wise error), however they
 * depend on each other.
 *
 * Holm, Scand. J. Statist. 6, 1979, section 3: sorted ascending, p_(i) becomes max over j <= i of p_(j) (m - j + 1), at most 1. O(m log m).
 *
 * @param pValues each in [0, 1]
 * @returns the adjusted values, in the same order
 */
export function adjustFamilyWise(pValues: ArrayLike<number>): Float64Array {
  const adjusted = new Float64Array(pValues.length)
  let largest = 0
  ascending(pValues).forEach((i, at) => {
    largest = Math.max(largest, Math.min(1, pValues[i] * (pValues.length - at)))
    adjusted[i] = largest
  })
  return adjusted
}

function ascending(pValues: ArrayLike<number>): number[] {
  return Array.from({ length: pValues.length }, (_, i) => i).sort((i, j) => pValues[i] - pValues[j] || i - j)
}
